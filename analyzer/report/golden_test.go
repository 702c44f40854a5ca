package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files and the schema")

const updateCommand = "go test ./analyzer/report -update"

// TestFormats writes one report, with all that is awkward in it, in every format.
func TestFormats(t *testing.T) {
	for _, format := range Formats() {
		t.Run(format.Name, func(t *testing.T) {
			compare(t, format.Name, written(t, format, sample(), sampleOptions()))
		})
		t.Run(format.Name+" empty", func(t *testing.T) {
			compare(t, format.Name+"-empty", written(t, format, &Report{}, Options{}))
		})
	}
	for _, name := range []string{"text", "sarif"} {
		t.Run(name+" suppressed", func(t *testing.T) {
			format, _ := Lookup(name)
			compare(t, name+"-suppressed", written(t, format, sample(), Options{ShowSuppressed: true}))
		})
	}
	t.Run("text color", func(t *testing.T) {
		format, _ := Lookup("text")
		compare(t, "text-color", written(t, format, sample(), Options{Color: true}))
	})
}

func written(t testing.TB, f Format, r *Report, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func compare(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run: %s", err, updateCommand)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("run: %s\n(-want +got)\n%s", updateCommand, diff)
	}
}

// TestParses reads each format back with a parser.
func TestParses(t *testing.T) {
	for _, format := range Formats() {
		for name, r := range map[string]*Report{"sample": sample(), "empty": {}, "broken": {Findings: []Finding{{Rule: "x", Use: 7}, {Use: -1}}}} {
			checkParses(t, format.Name+" "+name, format.Name, written(t, format, r, sampleOptions()))
		}
	}
}

func checkParses(t *testing.T, name, format string, out []byte) {
	t.Helper()
	switch format {
	case "json", "sarif", "gitlab":
		var value any
		if err := json.Unmarshal(out, &value); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		if bytes.Contains(out, []byte("null")) {
			t.Errorf("%s holds a null", name)
		}
	case "checkstyle":
		d := xml.NewDecoder(bytes.NewReader(out))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
	}
}

// TestJSONIsTheReport reads the JSON form back into a Report.
func TestJSONIsTheReport(t *testing.T) {
	format, _ := Lookup("json")
	d := json.NewDecoder(bytes.NewReader(written(t, format, sample(), Options{})))
	d.DisallowUnknownFields()
	var got Report
	if err := d.Decode(&got); err != nil {
		t.Fatal(err)
	}
	want := sample()
	want.Rules = nil
	for i := range want.Uses {
		u := &want.Uses[i]
		u.Lines = nil
		u.Path = strings.ToValidUTF8(u.Path, "\ufffd") // JSON cannot say more
		if u.Because == nil {
			u.Because = []Step{}
		}
	}
	for _, f := range want.Findings {
		if f.Place != nil {
			f.Place.Lines = nil
		}
	}
	if diff := cmp.Diff(*want, got); diff != "" {
		t.Error(diff)
	}
}

// TestErrors: what cannot be written is said.
func TestErrors(t *testing.T) {
	for _, format := range Formats() {
		for _, room := range []int{0, 100} {
			err := format.Write(&fullDisk{room}, big(2000), Options{})
			if !errors.Is(err, errFull) {
				t.Errorf("%s with %d bytes of room: %v", format.Name, room, err)
			}
		}
	}
}

var errFull = errors.New("full")

type fullDisk struct{ room int }

func (d *fullDisk) Write(b []byte) (int, error) {
	n := min(len(b), d.room)
	d.room -= n
	if n < len(b) {
		return n, errFull
	}
	return n, nil
}

// big is a report with n findings, every tenth of them an error.
func big(n int) *Report {
	r := &Report{Rules: sample().Rules}
	for i := range n {
		severity := "note"
		if i%10 == 0 {
			severity = "error"
		}
		at := Position{i%500 + 1, 1}
		r.Uses = append(r.Uses, Use{Kind: CommandUse, Command: "FT.SEARCH", Certainty: Certain,
			Path: "pkg/file" + number(i/500) + ".go", Range: Range{at, Position{at.Line, 9}}, Lines: []string{"x.Search(y)"}})
		r.Findings = append(r.Findings, Finding{Rule: "search-command", Severity: severity, Message: "FT.SEARCH is a RediSearch command", Use: i})
	}
	return r
}
