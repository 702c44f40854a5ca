package report

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

// FuzzFormats writes a report of hostile texts in every format: the result must
// parse, be UTF-8 and hold nothing that a terminal obeys.
func FuzzFormats(f *testing.F) {
	f.Add("a/b.py", "r.ft().search(q)", "message", "rule-id", "because", 1, 1, 1, 5)
	f.Add("\x1b\n|`\xff", "\ufeff\t\x1b]0;x\x07 \u202e漢\xff👩‍👧", "](1)\u009b<b>@x|`", "R\n|", "\\[x](2)\r", 0, -3, 9, 900)
	f.Add("C:/x%y.go", "", "::error::x%", "-", "", 1<<31, 7, 2, 1<<30)
	f.Add("]]>", "\xe2\x82\xac\xe2\x82", "]]> & \" '", "x`y``z", "\U000e0001\ue000", 3, 2, 3, 4)
	f.Fuzz(func(t *testing.T, path, line, message, rule, because string, l, c, el, ec int) {
		at := Range{Position{l, c}, Position{el, ec}}
		r := &Report{
			Version: message, Notes: []string{because}, Skipped: []Skip{{path, message}},
			Files: Counts{Left: map[string]int{path: 1}},
			Rules: []Rule{{ID: rule, Title: message, Severity: because, Why: line, Sources: []string{message, path}}},
			Uses: []Use{{Kind: CommandUse, Command: rule, Client: path, Certainty: Certainty(because), Path: path, Range: at,
				Lines: []string{line}, Because: []Step{{because, path, at}}}},
			Findings: []Finding{{Rule: rule, Severity: message, Message: because}, {Rule: message, Severity: rule, Message: path,
				Suppressed: &Suppressed{Kind: InSource, Justification: line, Until: path, Line: l}}},
			Suppressions: []Suppression{{Path: path, Line: l, Form: "line", Rules: []string{rule}, Reason: line, Problem: message}},
		}
		options := Options{Category: message, ShowSuppressed: c%2 == 0, VersionControl: &VersionControl{path, message, rule},
			Open: func(string) ([]byte, error) { return []byte(line), nil }}
		for _, format := range Formats() {
			out := written(t, format, r, options)
			checkParses(t, format.Name, format.Name, out)
			if format.Name == "sarif" || format.Name == "markdown" {
				continue // they hold the text of rules, which is not hostile, as it is
			}
			checkHarmless(t, format.Name, out)
		}
		r.Rules = nil
		for _, name := range []string{"sarif", "markdown"} {
			format, _ := Lookup(name)
			checkHarmless(t, name, written(t, format, r, options))
		}
	})
}

func checkHarmless(t *testing.T, name string, out []byte) {
	t.Helper()
	if !utf8.Valid(out) {
		t.Errorf("%s: not UTF-8: %q", name, out)
	}
	if i := bytes.IndexFunc(out, func(r rune) bool { return hidden(r) && r != '\n' }); i >= 0 {
		t.Errorf("%s: holds %q", name, out[max(0, i-20):min(len(out), i+20)])
	}
}
