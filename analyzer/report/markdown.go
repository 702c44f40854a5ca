package report

import (
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
)

// maxMarkdown bounds the size, in bytes: a comment on GitHub takes 65,536
// characters.
const maxMarkdown = 60_000

// markdownTail is kept free for what says that something was cut.
const markdownTail = 400

// writeMarkdown writes a comment: how much was found, by which rules, where, the
// worst first, and what to do instead.
func writeMarkdown(w io.Writer, r *Report, _ Options) error {
	m := &markdown{printer: newPrinter(w), left: maxMarkdown - markdownTail}
	m.head(r)
	if len(r.Findings) > 0 {
		m.rules(r)
		cut := m.findings(r)
		m.advice(r)
		m.inventory(r)
		m.tail(cut)
	} else {
		m.inventory(r)
	}
	return m.flush()
}

type markdown struct {
	*printer
	left int  // how many bytes may be written
	cut  bool // something had no room
}

// add writes a piece if there is room for it.
func (m *markdown) add(piece string) bool {
	if len(piece) > m.left {
		m.cut = true
		return false
	}
	m.left -= len(piece)
	m.print(piece)
	return true
}

func (m *markdown) head(r *Report) {
	m.add("## keyvet: " + r.Summary() + "\n\n")
	f := r.Files
	line := fmt.Sprintf("%s: %s read, %s passed over", Count(f.Found, "file"), Thousands(f.Read), Thousands(f.Passed))
	if f.Damaged > 0 {
		line += ", " + Thousands(f.Damaged) + " read only in part"
	}
	if n := len(r.Skipped); n > 0 {
		line += ", **" + Thousands(n) + " not looked at**"
	}
	m.add(line + ".\n")
	for i, note := range r.Notes {
		if m.cut = m.cut || i == 20; i == 20 {
			break
		}
		m.add("\nNote: " + escapeMarkdown(note) + ".\n")
	}
}

func (m *markdown) rules(r *Report) {
	m.add("\n| Rule | Severity | Findings | Files |\n|---|---|--:|--:|\n")
	for _, n := range byRule(r) {
		name := codeSpan(n.key[0])
		if rule := r.rule(n.key[0]); rule != nil && rule.Title != "" {
			name += " " + escapeMarkdown(rule.Title)
		}
		m.add(fmt.Sprintf("| %s | %s | %s | %s |\n", name, escapeMarkdown(n.key[1]), Thousands(n.count), Thousands(n.files)))
	}
}

// maxClients is how many rows the list of clients has.
const maxClients = 40

// inventory lists the client libraries in use, folded.
func (m *markdown) inventory(r *Report) {
	if len(r.Clients) == 0 {
		return
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n<details><summary>%s in use</summary>\n\n", Count(len(r.Clients), "client"))
	for i, row := range inventory(r) {
		if i > maxClients {
			fmt.Fprintf(&b, "\n%s more.\n", Thousands(len(inventory(r))-1-maxClients))
			break
		}
		for _, cell := range row {
			b.WriteString("| " + escapeMarkdown(cell) + " ")
		}
		b.WriteString("|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("|---", len(row)) + "|\n")
		}
	}
	b.WriteString("\n</details>\n")
	m.add(b.String())
}

// findings lists the worst as far as there is room, and says how many there is
// none for. A part of the room is for advice.
func (m *markdown) findings(r *Report) (cut int) {
	const reserved = 12_000
	m.left -= reserved
	defer func() { m.left += reserved }()
	m.add("\n| | Place | Finding |\n|---|---|---|\n")
	order := worstFirst(r)
	for n, i := range order {
		f := r.Findings[i]
		u := r.use(f)
		where := codeSpan(clip(u.Path, 300) + ":" + number(u.Range.Start.Line))
		if !m.add(fmt.Sprintf("| %s | %s | %s %s |\n", escapeMarkdown(f.Severity), where,
			escapeMarkdown(clip(f.Message, 500)), codeSpan(f.Rule))) {
			return len(order) - n
		}
	}
	return 0
}

// advice says what the rules that found something tell to do instead. It is
// Markdown by those who wrote the rules.
func (m *markdown) advice(r *Report) {
	var told []string
	for _, n := range byRule(r) {
		rule := r.rule(n.key[0])
		if rule == nil || slices.Contains(told, rule.ID) || strings.TrimSpace(rule.Instead) == "" {
			continue
		}
		told = append(told, rule.ID)
		more := ""
		if rule.Page != "" {
			more = "\n[More about " + codeSpan(rule.ID) + "](" + rule.Page + ")\n"
		}
		m.add(fmt.Sprintf("\n<details><summary>What to do about <code>%s</code></summary>\n\n%s\n%s\n</details>\n",
			html.EscapeString(Printable(rule.ID)), strings.TrimSpace(rule.Instead), more))
	}
}

// tail says what was cut.
func (m *markdown) tail(findings int) {
	what := "Parts of the report"
	if findings > 0 {
		what = Count(findings, "more finding")
	}
	if m.cut {
		m.print("\n" + what + " are not shown, for this text may not grow longer. The formats json, sarif and text have all.\n")
	}
}

// rule gives what the report says of a rule.
func (r *Report) rule(id string) *Rule {
	i := slices.IndexFunc(r.Rules, func(rule Rule) bool { return rule.ID == id })
	if i < 0 {
		return nil
	}
	return &r.Rules[i]
}

// escapeMarkdown makes a text mean itself, in a cell of a table and in HTML as
// well. An empty comment keeps @names and #numbers from notifying and linking.
func escapeMarkdown(s string) string {
	var b strings.Builder
	s = Printable(s)
	for i, c := range s {
		switch {
		case c == '<':
			b.WriteString("&lt;")
		case c == '>':
			b.WriteString("&gt;")
		case c == '&':
			b.WriteString("&amp;")
		case c == '@' || c == '#':
			b.WriteString(string(c) + "<!-- -->")
		case strings.ContainsRune("\\`*_[]|~$", c) || c == ':' && strings.HasPrefix(s[i+1:], "//"):
			b.WriteString(`\` + string(c))
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// codeSpan shows a text as code, in a cell of a table as well: there a bar ends
// the cell even in code, unless there is a backslash before it.
func codeSpan(s string) string {
	s = Printable(s)
	fence, run := 1, 0
	for _, c := range s {
		if c != '`' {
			run = 0
			continue
		}
		run++
		fence = max(fence, run+1)
	}
	s = strings.ReplaceAll(s, "|", `\|`)
	marks := strings.Repeat("`", fence)
	if fence > 1 || strings.HasPrefix(s, " ") || s == "" {
		return marks + " " + s + " " + marks
	}
	return marks + s + marks
}
