package baseline

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/analyzer/report"
)

var update = flag.Bool("update", false, "write the golden file")

func same(path string) string { return path }

// scanned is a report of uses written as "path function text", all of one rule.
func scanned(uses ...string) *report.Report {
	r := &report.Report{}
	for i, use := range uses {
		part := strings.SplitN(use, " ", 3)
		lines := strings.Split(part[2], "\n")
		r.Uses = append(r.Uses, report.Use{Kind: report.CommandUse, Command: "FT.SEARCH", Path: part[0], Function: part[1], Lines: lines,
			Range: report.Range{Start: report.Position{Line: 10 * i, Column: 1}, End: report.Position{Line: 10*i + len(lines) - 1, Column: len(lines[len(lines)-1]) + 1}}})
		r.Findings = append(r.Findings, report.Finding{Rule: "search-command", Severity: "error", Use: i})
		r.Paths = append(r.Paths, part[0])
	}
	return r
}

func TestApply(t *testing.T) {
	for _, test := range []struct {
		name          string
		before, after []string
		fresh, fixed  int
	}{
		{"nothing changed", []string{"a.py f r.x(1)"}, []string{"a.py f r.x(1)"}, 0, 0},
		{"moved lines", []string{"a.py f r.x(1)", "a.py g r.x(2)"}, []string{"a.py g r.x(2)", "a.py f r.x(1)"}, 0, 0},
		{"reformatted", []string{"a.py f r.x('a', b, {c: d})"}, []string{"a.py f r.x(\n  \"a\",\n  b,\n  {c: d,},\n)"}, 0, 0},
		{"new", []string{"a.py f r.x(1)"}, []string{"a.py f r.x(1)", "a.py f r.x(2)"}, 1, 0},
		{"new, alike", []string{"a.py f r.x(1)"}, []string{"a.py f r.x(1)", "a.py f r.x(1)"}, 1, 0},
		{"fixed", []string{"a.py f r.x(1)", "a.py f r.x(1)"}, []string{"a.py f r.x(1)"}, 0, 1},
		{"function renamed", []string{"a.py f r.x(1)"}, []string{"a.py g r.x(1)"}, 0, 0},
		{"argument changed", []string{"a.py f r.x(1)"}, []string{"a.py f r.x(2)"}, 0, 0},
		{"another function, another text", []string{"a.py f r.x(1)"}, []string{"a.py g r.x(2)"}, 1, 1},
		{"file renamed", []string{"gone.py f r.x(1)"}, []string{"a.py f r.x(1)"}, 0, 0},
		{"file renamed, one more", []string{"gone.py f r.x(1)"}, []string{"a.py f r.x(1)", "b.py f r.x(1)"}, 1, 0},
		{"file copied", []string{"a.py f r.x(1)"}, []string{"a.py f r.x(1)", "b.py f r.x(1)"}, 1, 0},
		{"file gone", []string{"gone.py f r.x(1)"}, []string{"a.py f r.x(2)"}, 1, 1},
		{"file not scanned", []string{"other.py f r.x(1)"}, []string{"a.py f r.x(1)"}, 1, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			entries, err := Read("b", Format(Of(scanned(test.before...), same)))
			if err != nil {
				t.Fatal(err)
			}
			r := scanned(test.after...)
			out := Apply(r, entries, "b", same, func(path string) bool { return path == "gone.py" })
			fresh := 0
			for _, f := range r.Findings {
				if f.Suppressed == nil {
					fresh++
				}
			}
			if fresh != test.fresh || len(out.Fixed) != test.fixed || out.Known != len(r.Findings)-fresh {
				t.Errorf("%d new, %+v", fresh, out)
			}
			if out.Known+len(out.Unseen)+len(out.Fixed) != len(entries) {
				t.Errorf("%d entries became %+v", len(entries), out)
			}
		})
	}
}

func TestFormat(t *testing.T) {
	entries := Sorted([]Entry{
		{Path: "b.py", Rule: "search-command", Subject: "FT.CONFIG GET", Function: "Shop.find", Text: "0011"},
		{Path: "a b\x1b\u202e.py", Rule: "resp3-enabled", Subject: "resp=3", Text: "0022"},
		{Path: "b.py", Rule: "search-command", Subject: "FT.CONFIG GET", Function: "Shop.find", Text: "0011"},
		{Path: "#\".py", Rule: "search-command", Subject: "?", Text: "0033"},
	})
	got := Format(entries)
	const file = "testdata/baseline.golden"
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("run: go test ./analyzer/baseline -update\n%s", diff)
	}
	read, err := Read(file, got)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(entries, read); diff != "" {
		t.Error(diff)
	}
}

func TestRead(t *testing.T) {
	_, err := Read("x", []byte("a b c d e\r\n<<<<<<< HEAD\na b\na b c d e 1\n\"a b c d e\n=======\n"))
	want := `x:2: a conflict of git; remove the line, keep those of both sides
x:3: 2 words, expected path, rule, subject, function, hash and perhaps a number
x:4: "1" is no number from 2 on
x:5: a quote is not closed
x:6: a conflict of git; remove the line, keep those of both sides`
	if err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
	if _, err := Read("x", []byte("# keyvet baseline 2\n")); err == nil || !strings.Contains(err.Error(), "x:1: format 2") {
		t.Errorf("%v", err)
	}
	twice, err := Read("x", []byte("z b c - e\na b c - e\nz b c - e\n"))
	if err != nil || len(twice) != 2 || twice[0].Path != "a" || twice[0].Function != "" {
		t.Errorf("%+v, %v", twice, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(explanation + "a b c - e 2\n\"a b\" b c d e\n")
	f.Fuzz(func(t *testing.T, src string) {
		entries, err := Read("x", []byte(src))
		if err != nil {
			return
		}
		text := Format(entries)
		again, err := Read("x", text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if diff := cmp.Diff(entries, again); diff != "" {
			t.Fatalf("%s\n%s", diff, text)
		}
		if string(Format(again)) != string(text) {
			t.Fatal("not stable")
		}
	})
}
