package suppress

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// TestApply: each program is a list of lines. "find" and "get" begin a use of FT.SEARCH
// and JSON.GET, which ends at the next ";". What counts in the end, and the
// problems of comments, are "line rule" and "line state: problem".
func TestApply(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"trailing", "find; // keyvet:ignore search-command x\nfind;", "2 search-command"},
		{"trailing, other rule", "get; // keyvet:ignore search-command x", "1 json-command|1 unused: there is no finding of search-command in this line"},
		{"trailing, end of the call", "find(\n  q); // keyvet:ignore search-command x", ""},
		{"trailing does not reach down", "a; // keyvet:ignore search-command x\nfind;", "2 search-command|1 unused: there is no finding of search-command in this line"},
		{"above", "// keyvet:ignore search-command x\nfind;\nfind;", "3 search-command"},
		{"above a call of several lines", "// keyvet:ignore search-command x\nfind(\n a,\n b);", ""},
		{"above, broken line", "// keyvet:ignore search-command x\nx = (\n  find;", ""},
		{"empty line", "// keyvet:ignore search-command x\n\nfind;", "3 search-command|1 unused: there is no finding of search-command that begins in line 2"},
		{"stacked", "// keyvet:ignore search-command x\n// and why\n// keyvet:ignore json-command y\nfind; get;", ""},
		{"two rules", "// keyvet:ignore search-command, json-command x\nfind; get;", ""},
		{"comma forgotten", "// keyvet:ignore search-command json-command x\nfind; get;",
			`2 json-command|2 search-command|1 invalid: write a comma before "json-command"`},
		{"block", "find;\n// keyvet:ignore-start search-command x\nfind;\nfind; // keyvet:ignore-end\nfind;", "1 search-command|5 search-command"},
		{"block in a block", "// keyvet:ignore-start search-command x\n// keyvet:ignore-start json-command y\nfind; get;\n// keyvet:ignore-end\nfind; get;\n// keyvet:ignore-end\n", "5 json-command"},
		{"blocks that cross", "// keyvet:ignore-start search-command x\n// keyvet:ignore-start json-command y\nfind; get;\n// keyvet:ignore-end search-command\nfind; get;\n// keyvet:ignore-end json-command\n", "5 search-command"},
		{"no end", "// keyvet:ignore-start search-command x\nfind;", "2 search-command|1 invalid: it has no keyvet:ignore-end below"},
		{"no start", "find;\n// keyvet:ignore-end", "1 search-command|2 invalid: there is no keyvet:ignore-start above that it would end"},
		{"file", "// keyvet:ignore-file search-command x\nfind;\nget;", "3 json-command"},
		{"file, too late", "find;\n// keyvet:ignore-file search-command x", "1 search-command|2 invalid: keyvet:ignore-file must stand above all code"},
		{"narrowest first", "// keyvet:ignore-file search-command x\nfind; // keyvet:ignore search-command y",
			"1 unused: there is no finding of search-command in this file"},
		{"twice", "// keyvet:ignore search-command x\nfind; // keyvet:ignore search-command y",
			"2 unused: there is no finding of search-command in this line"},
		{"last day", "find; // keyvet:ignore search-command until=2026-11-24 x", ""},
		{"day after", "find; // keyvet:ignore search-command until=2026-11-23 x", "1 search-command|1 expired: its last day was 2026-11-23"},
		{"a last day is asked for", "UNTIL;\nfind; // keyvet:ignore search-command x\nfind; // keyvet:ignore search-command until=2027-01-31 x", "2 search-command|2 invalid: it has no last day, which this project asks for; write one like until=2027-01-31"},
		{"no reason", "find; // keyvet:ignore search-command", "1 search-command|1 invalid: it gives no reason"},
		{"unknown, known", "find; // keyvet:ignore serch-command, search-command x", `1 invalid: there is no rule "serch-command"; did you mean "search-command"?`},
		{"unknown", "find; // keyvet:ignore qqqqqqqq x", `1 search-command|1 invalid: there is no rule "qqqqqqqq"; keyvet rules lists all`},
		{"itself", "find; // keyvet:ignore unused-suppression x", "1 search-command|1 invalid: a comment cannot suppress unused-suppression; mend what it finds"},
		{"in JSX", "{/* keyvet:ignore search-command x */}\nfind;", ""},
		{"a list of comments", "/*\n * keyvet:ignore search-command x\n * keyvet:ignore json-command x\n */\nfind; get;", ""},
		{"prose", "// see keyvet:ignore\nfind;", "2 search-command"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, strings.Join(outcome(t, test.src), "|")); diff != "" {
				t.Errorf("(-want +got)\n%s\n%s", diff, test.src)
			}
		})
	}
}

func outcome(t *testing.T, src string) (said []string) {
	t.Helper()
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	facts := facts(src)
	r := &report.Report{}
	for _, call := range facts.Functions[0].Calls {
		rule, command := "search-command", "FT.SEARCH"
		if strings.HasPrefix(src[call.Range.Start:], "get") {
			rule, command = "json-command", "JSON.GET"
		}
		r.Findings = append(r.Findings, report.Finding{Rule: rule, Severity: "error", Use: len(r.Uses)})
		r.Uses = append(r.Uses, report.Use{Kind: report.CommandUse, Command: command, Path: facts.Path,
			Range: report.Range{Start: position(facts, int(call.Range.Start)), End: position(facts, int(call.Range.End))}})
	}
	Apply(Policy{Rules: set, Now: time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC), RequireUntil: strings.Contains(src, "UNTIL")}, r, Comments(facts, []byte(src)), nil)
	var problems []string
	for i, f := range r.Findings {
		u := r.Uses[f.Use]
		if i > 0 && f.Use < r.Findings[i-1].Use {
			t.Error("findings are not in order")
		}
		switch {
		case u.Kind == report.SuppressionUse:
			_, text, _ := strings.Cut(f.Message, ": ")
			problems = append(problems, fmt.Sprintf("%d %s: %s", u.Range.Start.Line, u.Value, text))
		case f.Suppressed == nil:
			said = append(said, fmt.Sprintf("%d %s", u.Range.Start.Line, f.Rule))
		case f.Suppressed.Justification == "" || f.Suppressed.Kind != report.InSource:
			t.Errorf("suppressed by %+v", f.Suppressed)
		}
	}
	slices.Sort(said)
	return append(said, problems...)
}

// facts reads the language of these tests: calls and comments of two forms.
func facts(src string) *languages.File {
	f := &languages.File{Path: "a.x", Language: "x", Lines: languages.LineStarts([]byte(src)), Functions: make([]languages.Function, 1)}
	for at := 0; at < len(src); at++ {
		rest := src[at:]
		switch {
		case strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "/*"):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				end = len(rest)
			}
			if rest[1] == '*' {
				end = strings.Index(rest, "*/") + 2
			}
			text := strings.TrimSpace(strings.TrimSuffix(rest[2:end], "*/"))
			line := strings.LastIndexByte(src[:at], '\n') + 1
			f.Comments = append(f.Comments, languages.Comment{Text: text,
				Range: languages.Range{Start: int32(at), End: int32(at + end)}, Trailing: strings.TrimSpace(src[line:at]) != ""})
			at += end - 1
		case strings.HasPrefix(rest, "find"), strings.HasPrefix(rest, "get"):
			end := strings.IndexByte(rest, ';')
			f.Functions[0].Calls = append(f.Functions[0].Calls,
				&languages.Expr{Kind: languages.Call, Range: languages.Range{Start: int32(at), End: int32(at + end)}})
			at += end
		}
	}
	return f
}

// TestChangedFile: a file that is not what it was when it was read does no harm.
func TestChangedFile(t *testing.T) {
	src := "a;\n{/* keyvet:ignore search-command x */}\n// keyvet:ignore-file search-command y\nfind;"
	for _, now := range []string{"", "a", src[:20], strings.Repeat("\n", 100), src + src} {
		Comments(facts(src), []byte(now))
	}
	for i := range src {
		Comments(facts(src), bytes.Repeat([]byte("/"), i))
	}
}

// TestMany has more comments than anybody writes. Where each were compared with each line, it would take minutes.
func TestMany(t *testing.T) {
	const n = 20_000
	for name, test := range map[string]struct {
		src      string
		problems int
	}{
		"stacked":    {strings.Repeat("// keyvet:ignore search-command x\n", n) + "find;", n - 1},
		"trailing":   {strings.Repeat("find; // keyvet:ignore search-command x\n", n), 0},
		"whole file": {strings.Repeat("// keyvet:ignore-file search-command x\n", n) + "find;", n - 1},
	} {
		t.Run(name, func(t *testing.T) {
			if got := len(outcome(t, test.src)); got != test.problems {
				t.Errorf("%d findings, want %d", got, test.problems)
			}
		})
	}
}
