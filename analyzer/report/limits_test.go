package report

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestSARIFKeepsTheWorst: over GitHub's limit errors stay, and the cut is said.
func TestSARIFKeepsTheWorst(t *testing.T) {
	format, _ := Lookup("sarif")
	var log struct {
		Runs []struct {
			Results     []struct{ Level string }
			Invocations []struct {
				Notifications []struct{ Message struct{ Text string } } `json:"toolExecutionNotifications"`
			}
		}
	}
	if err := json.Unmarshal(written(t, format, big(30_000), Options{}), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	counts := map[string]int{}
	for _, r := range run.Results {
		counts[r.Level]++
	}
	if counts["error"] != 3000 || counts["note"] != 22_000 {
		t.Errorf("kept %v", counts)
	}
	if n := run.Invocations[0].Notifications; len(n) != 1 || !strings.Contains(n[0].Message.Text, "of 30,000 findings, the worst 25,000") {
		t.Errorf("notifications: %+v", n)
	}
}

// TestMarkdownIsBounded also with advice and skips.
func TestMarkdownIsBounded(t *testing.T) {
	format, _ := Lookup("markdown")
	r := big(30_000)
	r.Notes = make([]string, 1000)
	for i := range r.Notes {
		r.Notes[i] = strings.Repeat("é", 2000)
	}
	out := string(written(t, format, r, Options{}))
	if n := utf8.RuneCountInString(out); n > maxMarkdown || n < maxMarkdown/3 {
		t.Errorf("%d characters", n)
	}
	for _, part := range []string{"more findings are not shown", "What to do about"} {
		if !strings.Contains(out, part) {
			t.Errorf("%q is not in it:\n%.2000s", part, out)
		}
	}
}

// TestGitHubAnnotations: ten of each level, and a notice that says the cut has
// to be one of the ten.
func TestGitHubAnnotations(t *testing.T) {
	format, _ := Lookup("github")
	out := string(written(t, format, big(500), Options{}))
	for command, want := range map[string]int{"::error ": 10, "::notice file=": 9, "::notice title=keyvet::481 more findings": 1} {
		if n := strings.Count(out, command); n != want {
			t.Errorf("%q comes %d times, not %d:\n%s", command, n, want, out)
		}
	}
}

// TestGitLabFingerprints: alike findings differ, and lines that move do not matter.
func TestGitLabFingerprints(t *testing.T) {
	format, _ := Lookup("gitlab")
	read := func(r *Report) map[string]bool {
		var issues []struct{ Fingerprint string }
		if err := json.Unmarshal(written(t, format, r, Options{}), &issues); err != nil {
			t.Fatal(err)
		}
		all := map[string]bool{}
		for _, issue := range issues {
			all[issue.Fingerprint] = true
		}
		if len(all) != len(r.Findings) {
			t.Errorf("%d fingerprints for %d findings", len(all), len(r.Findings))
		}
		return all
	}
	before := read(big(40))
	moved := big(40)
	for i := range moved.Uses {
		moved.Uses[i].Range.Start.Line += 7
		moved.Uses[i].Range.End.Line += 7
	}
	for f := range read(moved) {
		if !before[f] {
			t.Error("a finding got another fingerprint by moving")
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1234: "-1,234"} {
		if got := Thousands(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

// TestExcerpt: the caret stands below the code whatever is before it.
func TestExcerpt(t *testing.T) {
	long := strings.Repeat("ab ", 100)
	for _, test := range []struct{ line, part, shown, marked string }{
		{"r.search(q)", "search", "r.search(q)", "search"},
		{"\tr.search(q)", "r.search", "    r.search(q)", "r.search"},
		{"ab\tc()", "c()", "ab  c()", "c()"},
		{"漢字.x()", "x()", "漢字.x()", "x()"},
		{"\x1b[1m x()", "x()", `\x1b[1m x()`, "x()"},
		{long + "x()" + long, "x()", "", "x()"},
		{long + "x(" + long + ")", "x(" + long + ")", "", ""},
	} {
		start := strings.Index(test.line, test.part)
		shown, before, width := excerpt(test.line, start, start+len(test.part))
		if test.shown != "" && shown != test.shown {
			t.Errorf("%q is shown as %q", test.line, shown)
		}
		if n := displayWidth(shown); n > excerptWidth+2 || before+width > n {
			t.Errorf("%q: %d columns, caret from %d, %d wide", test.line, n, before, width)
		}
		if test.marked != "" {
			if got := columns(shown, before, width); got != test.marked {
				t.Errorf("%q: the caret marks %q", test.line, got)
			}
		}
	}
}

// columns cuts terminal columns out of a text.
func columns(s string, from, width int) string {
	var b strings.Builder
	at := 0
	for _, r := range s {
		if at >= from && at < from+width {
			b.WriteRune(r)
		}
		at += displayWidth(string(r))
	}
	return b.String()
}
