package report

import (
	"io"
	"strings"
)

// writeText writes what a person reads at a terminal. Each finding comes as
//
//	path:line:column: severity: message [rule]
//
// with the column in bytes, as in the JSON form and as editors and compilers
// have it, then the source line with a caret below, and what led to it.
// A report without findings is an empty text.
func writeText(w io.Writer, r *Report, o Options) error {
	t := text{newPrinter(w), palette(o.Color)}
	for _, f := range r.Findings {
		u := r.use(f)
		if u == nil {
			continue
		}
		if t.failed() {
			break
		}
		t.finding(f, u)
	}
	if len(r.open().Findings) > 0 {
		t.summary(r)
	}
	if o.Inventory && len(r.Clients) > 0 {
		t.inventory(r)
	}
	return t.flush()
}

type text struct {
	*printer
	colors
}

// maxChain bounds how many steps of a chain are shown.
const maxChain = 12

func (t text) finding(f Finding, u *Use) {
	t.printf("%s: %s: %s %s\n", t.bold(place(u.Path, u.Range.Start)),
		t.severity(f.Severity), t.bold(Printable(f.Message)), t.dim("["+Printable(f.Rule)+"]"))
	t.source(u)
	if f.Suppressed != nil {
		t.printf("    %s\n", t.dim(Printable(f.Suppressed.excuse())))
	}
	if u.Certainty != Certain && u.Certainty != "" {
		t.printf("    %s\n", t.dim(Printable(string(u.Certainty))+", not certain:"))
	}
	for i, step := range u.Because {
		if i == maxChain {
			t.printf("    %s\n", t.dim("... and "+Count(len(u.Because)-maxChain, "more step")))
			break
		}
		t.printf("    %s\n", t.dim(Printable(step.Path)+":"+number(step.Range.Start.Line)+": "+Printable(step.Message)))
	}
}

func place(path string, p Position) string {
	return Printable(path) + ":" + number(p.Line) + ":" + number(p.Column)
}

// source shows the first line of a use.
func (t text) source(u *Use) {
	if len(u.Lines) == 0 {
		return
	}
	line, start, end := firstLine(u)
	shown, before, width := excerpt(line, start, end)
	margin := number(u.Range.Start.Line)
	t.printf("  %s %s\n", t.dim(margin+" |"), shown)
	t.printf("  %s %s\n", t.dim(strings.Repeat(" ", len(margin))+" |"),
		strings.Repeat(" ", before)+t.caret("^"+strings.Repeat("~", width-1)))
}

// summary is what a reader scrolls to first.
func (t text) summary(r *Report) {
	rules := table{{"rule", "severity", "findings", "files"}}
	for _, n := range byRule(r) {
		rules = append(rules, []string{Printable(n.key[0]), Printable(n.key[1]), Thousands(n.count), Thousands(n.files)})
	}
	uses := table{{"what", "client", "uses", "files"}}
	for _, n := range byFamily(r) {
		uses = append(uses, []string{Printable(n.key[0]), Printable(n.key[1]), Thousands(n.count), Thousands(n.files)})
	}
	t.printf("\n%s\n\n", t.bold(r.Summary()))
	t.table(rules)
	if len(uses) > 1 {
		t.print("\n")
		t.table(uses)
	}
}

// inventory lists the client libraries in use.
func (t text) inventory(r *Report) {
	if len(r.open().Findings) > 0 {
		t.print("\n")
	}
	rows := table(inventory(r))
	for _, row := range rows {
		for i, cell := range row {
			row[i] = Printable(cell)
		}
	}
	t.columns(rows, len(rows[0]))
}

// A table has columns of words, then of numbers. Its first row is the head.
type table [][]string

// table writes one with two columns of words.
func (t text) table(rows table) { t.columns(rows, 2) }

func (t text) columns(rows table, words int) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], displayWidth(cell))
		}
	}
	for i, row := range rows {
		var b strings.Builder
		for j, cell := range row {
			gap := strings.Repeat(" ", widths[j]-displayWidth(cell))
			if j < words {
				b.WriteString("  " + cell + gap)
			} else {
				b.WriteString("  " + gap + cell)
			}
		}
		line := strings.TrimRight(b.String(), " ")
		if i == 0 {
			line = t.dim(line)
		}
		t.print(line + "\n")
	}
}
