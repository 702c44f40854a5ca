package report

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
)

func sarifOf(t *testing.T, r *Report, o Options) Written {
	t.Helper()
	format, _ := Lookup("sarif")
	return Written{"x.sarif", written(t, format, r, o)}
}

// TestMergeSARIF: what is in two files comes once, with the rules of both.
func TestMergeSARIF(t *testing.T) {
	one, other := sample(), sample()
	other.Rules = append([]Rule{{ID: "a-rule", Severity: "note"}}, other.Rules...)
	other.Uses = append(other.Uses, Use{Kind: CommandUse, Command: "X", Path: "zz.go", Range: span(1, 1, 2), Lines: []string{"x"}})
	other.Findings = append(other.Findings, Finding{Rule: "a-rule", Severity: "note", Message: "new", Use: len(other.Uses) - 1})
	files := []Written{sarifOf(t, one, sampleOptions()), sarifOf(t, other, sampleOptions())}
	var b bytes.Buffer
	counts, err := MergeSARIF(&b, files, "")
	if err != nil {
		t.Fatal(err)
	}
	open := len(one.open().Findings)
	if counts != (Merged{open + 1, open, 0}) {
		t.Errorf("%+v, %d findings", counts, open)
	}
	checkHarmless(t, "merged", b.Bytes())
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if run.Details.ID != "nightly/" || len(run.Provenance) == 0 || len(run.Bases) == 0 {
		t.Errorf("%+v", run)
	}
	var rules []struct{ ID string }
	if err := json.Unmarshal(run.Tool.Driver["rules"], &rules); err != nil {
		t.Fatal(err)
	}
	for _, r := range run.Results {
		var index int
		if err := json.Unmarshal(r["ruleIndex"], &index); err != nil || rules[index].ID != textOf(r["ruleId"]) {
			t.Errorf("%s has the index %s", r["ruleId"], r["ruleIndex"])
		}
	}
	var again bytes.Buffer
	if _, err := MergeSARIF(&again, []Written{{"merged", b.Bytes()}}, ""); err != nil || again.String() != b.String() {
		t.Errorf("merging one file changes it: %v", err)
	}
}

func TestMergeSARIFDiffers(t *testing.T) {
	plain := sarifOf(t, sample(), Options{})
	var b bytes.Buffer
	if _, err := MergeSARIF(&b, []Written{plain, sarifOf(t, sample(), sampleOptions())}, "all"); err != nil {
		t.Fatal(err)
	}
	if out := b.String(); strings.Contains(out, "versionControlProvenance") || !strings.Contains(out, `"automationDetails": {"id":"all/"}`) {
		t.Errorf("%.600s", out)
	}
	for want, data := range map[string]string{
		"x: not a SARIF file":                     "{",
		`x: SARIF version "", expected 2.1.0`:     "{}",
		`x: written by "CodeQL"; only files`:      `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"CodeQL"}}}]}`,
		`x: columns are counted in "", expected`:  `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"keyvet"}}}]}`,
		"x: its rules cannot be read: unexpected": `{"version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","tool":{"driver":{"name":"keyvet"}}}]}`,
	} {
		if _, err := MergeSARIF(io.Discard, []Written{{"x", []byte(data)}}, ""); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", data, err)
		}
	}
}

// TestMergeSARIFCut: over GitHub's limit the worst are kept.
func TestMergeSARIFCut(t *testing.T) {
	one, other := big(20_000), big(20_000)
	for i := range other.Uses {
		other.Uses[i].Path = "other/" + other.Uses[i].Path
	}
	var b bytes.Buffer
	counts, err := MergeSARIF(&b, []Written{sarifOf(t, one, Options{}), sarifOf(t, other, Options{})}, "")
	if err != nil || counts != (Merged{25_000, 0, 15_000}) {
		t.Errorf("%+v, %v", counts, err)
	}
	if n := strings.Count(b.String(), `"level":"error"`); n < 4000 || !strings.Contains(b.String(), "of 40,000 findings, the worst 25,000 are written") {
		t.Errorf("%d errors", n)
	}
}

func FuzzMergeSARIF(f *testing.F) {
	f.Add([]byte(`{"version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","tool":{"driver":{"name":"keyvet","rules":[{"id":"a"}]}},"results":[{"ruleId":"a","locations":[]}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var b bytes.Buffer
		if _, err := MergeSARIF(&b, []Written{{"a", data}, {"b", data}}, ""); err == nil && !json.Valid(b.Bytes()) {
			t.Fatalf("%s", b.Bytes())
		}
	})
}
