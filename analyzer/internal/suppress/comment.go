package suppress

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// mark is what a comment begins with that speaks to keyvet.
const mark = "keyvet:ignore"

// A form is how far a comment reaches.
type form string

// The forms. An end has no rules and no reason.
const (
	lineForm  form = "line"
	blockForm form = "block"
	fileForm  form = "file"
	blockEnd  form = "end"
)

// A directive is what one line of a comment says.
type directive struct {
	form   form
	offset int      // of the mark, in the text
	length int      // of all that is said
	rules  []string // as written
	reason string
	until  string
	// problem says what is wrong with the comment as a whole; it then excuses
	// nothing.
	problem string
}

// parse finds the directives in the text of a comment, which may have several
// lines. The mark must come first in its line, or right after the mark of a
// comment in a comment ("nolint // keyvet:ignore ..."): prose that only speaks
// of the mark is no directive.
func parse(text string) []directive {
	var found []directive
	for offset := 0; offset < len(text); {
		line, _, _ := strings.Cut(text[offset:], "\n")
		if at := start(line); at >= 0 {
			said := strings.TrimRightFunc(line[at:], unicode.IsSpace)
			if d, ok := read(said[len(mark):]); ok {
				d.offset, d.length = offset+at, len(said)
				found = append(found, d)
			}
		}
		offset += len(line) + 1
	}
	return found
}

// start finds the mark in a line, -1 where it is not there or is only spoken of.
func start(line string) int {
	for from := 0; ; {
		i := strings.Index(line[from:], mark)
		if i < 0 {
			return -1
		}
		at := from + i
		before := strings.TrimRight(line[:at], " \t")
		if strings.Trim(before, " \t*/#!-;") == "" {
			return at
		}
		for _, m := range []string{"//", "#", "--", "/*"} {
			if strings.HasSuffix(before, m) {
				return at
			}
		}
		from = at + len(mark)
	}
}

// read understands what stands behind the mark. It is not ok where the mark is
// part of a longer word or of a sentence.
func read(rest string) (directive, bool) {
	d := directive{form: lineForm}
	word, args := cutWord(rest)
	switch word {
	case "":
	case "-start":
		d.form = blockForm
	case "-file":
		d.form = fileForm
	case "-end":
		d.form = blockEnd
	case ":":
		d.problem = "write a blank behind keyvet:ignore"
		return d, true
	default:
		if word[0] != '-' {
			return d, false
		}
		d.problem = "there is keyvet:ignore, keyvet:ignore-start, keyvet:ignore-end and keyvet:ignore-file, no keyvet:ignore" + word
		return d, true
	}
	d.arguments(args)
	return d, true
}

func cutWord(s string) (word, rest string) {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// arguments reads the rules, the last day, and the reason.
func (d *directive) arguments(s string) {
	var rest string
	d.rules, rest = ruleList(s)
	if d.form == blockEnd {
		return // what else it says is for people
	}
	var reason []string
	for _, word := range strings.Fields(beforeComment(rest)) {
		day, ok := strings.CutPrefix(word, "until=")
		switch {
		case !ok:
			reason = append(reason, word)
		case d.until != "":
			d.problem = "it has two last days"
		default:
			d.until = day
			if _, err := time.Parse(time.DateOnly, day); err != nil {
				d.problem = "until=" + day + " is no day; write it like until=2027-01-31"
			}
		}
	}
	d.reason = strings.TrimLeft(strings.Join(reason, " "), " :;-–—")
	switch {
	case d.problem != "":
	case len(d.rules) == 0:
		d.problem = "it names no rule"
	case slices.Contains(d.rules, "*") || slices.Contains(d.rules, "all"):
		d.problem = "it must name the rules, one by one"
	case !strings.ContainsFunc(d.reason, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		d.problem = "it gives no reason"
	}
}

// ruleList reads names with commas between them. Blanks around the commas do not
// matter.
func ruleList(s string) (names []string, rest string) {
	for {
		s = strings.TrimLeftFunc(s, unicode.IsSpace)
		end := strings.IndexFunc(s, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
		if end < 0 {
			end = len(s)
		}
		name := s[:end]
		if len(names) == 0 && startsComment(name) || strings.HasPrefix(name, "until=") {
			return names, s
		}
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
		after, comma := strings.CutPrefix(strings.TrimLeftFunc(s[end:], unicode.IsSpace), ",")
		if !comma {
			return names, s[end:]
		}
		s = after
	}
}

func startsComment(word string) bool { return word == "//" || word == "#" || word == "--" }

// beforeComment ends a reason where another comment begins in the comment.
func beforeComment(s string) string {
	for _, m := range []string{" // ", " # "} {
		if i := strings.Index(s, m); i >= 0 {
			s = s[:i]
		}
	}
	return s
}
