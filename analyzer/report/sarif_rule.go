package report

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDescription is how many characters GitHub takes of a description.
const maxDescription = 1024

// describe tells all that GitHub shows of a rule. Every text must be there.
func describe(r Rule) sarifRule {
	title := cmp.Or(r.Title, r.ID)
	why := cmp.Or(strings.TrimSpace(r.Why), title)
	text, markdown := help(r, title)
	return sarifRule{
		ID:               r.ID,
		Name:             pascal(r.ID),
		ShortDescription: sarifText{Text: sentence(clip(Printable(title), maxDescription-1))},
		FullDescription:  sarifText{Text: sentence(clip(oneLine(why), maxDescription-1))},
		Help:             sarifText{Text: text, Markdown: markdown},
		HelpURI:          helpURI(r),
		Configuration:    sarifConfiguration{level(r.Severity)},
		Properties: sarifRuleProperties{
			Precision: "high",
			Severity:  map[string]string{"error": "error", "warning": "warning", "note": "recommendation"}[level(r.Severity)],
			Tags:      []string{"compatibility", "migration"},
		},
	}
}

// level turns a severity into SARIF's word for it.
func level(severity string) string { return severities()[rank(severity)] }

// help writes a rule's page, as plain text and as Markdown.
func help(r Rule, title string) (text, markdown string) {
	var t, m strings.Builder
	t.WriteString(sentence(title) + "\n")
	m.WriteString("# " + escapeMarkdown(title) + "\n")
	for _, part := range [][2]string{{"Why", r.Why}, {"Instead", r.Instead}} {
		if body := strings.TrimSpace(part[1]); body != "" {
			t.WriteString("\n" + part[0] + ":\n" + body + "\n")
			m.WriteString("\n## " + part[0] + "\n\n" + body + "\n")
		}
	}
	for i, source := range r.Sources {
		if i == 0 {
			t.WriteString("\nSources:\n")
			m.WriteString("\n## Sources\n\n")
		}
		t.WriteString(source + "\n")
		m.WriteString("- " + source + "\n")
	}
	return strings.ToValidUTF8(t.String(), "\ufffd"), strings.ToValidUTF8(m.String(), "\ufffd")
}

// helpURI is the rule's page, or the first of its sources that is an address.
func helpURI(r Rule) string {
	for _, address := range append([]string{r.Page}, r.Sources...) {
		if strings.HasPrefix(address, "https://") && !strings.ContainsFunc(address, unfitForURI) {
			return address
		}
	}
	return ""
}

func unfitForURI(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", r)
}

// pascal turns "search-command" into "SearchCommand". A name must be one word and
// not be the id: without one that is, there is none.
func pascal(id string) string {
	var b strings.Builder
	up := true
	for _, r := range id {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			up = true
			continue
		}
		if up {
			r = unicode.ToUpper(r)
		}
		b.WriteRune(r)
		up = false
	}
	if strings.EqualFold(b.String(), id) {
		return ""
	}
	return b.String()
}

// sentence ends a text with a period.
func sentence(s string) string {
	s = strings.TrimSpace(Printable(s))
	if last, _ := utf8.DecodeLastRuneInString(s); strings.ContainsRune(".!?…", last) {
		return s
	}
	return s + "."
}

// oneLine puts a text on one line.
func oneLine(s string) string { return Printable(strings.Join(strings.Fields(s), " ")) }
