package baseline

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/keyvet/keyvet/analyzer/report"
)

// head begins every file. The number is that of the format.
const head = "# keyvet baseline 1"

const explanation = head + `
# Findings that are known and left for later, one a line, sorted:
# path, rule, subject, function, hash of the text, number among equals.
# Written by "keyvet baseline update". When git finds a conflict in here, keep the
# lines of both sides.
`

// Format writes entries. The result depends on nothing but the entries.
func Format(entries []Entry) []byte {
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, compare)
	var b strings.Builder
	b.WriteString(explanation)
	for _, e := range slices.Compact(sorted) {
		b.WriteString(e.String() + "\n")
	}
	return []byte(b.String())
}

// String is the entry as it stands in a file.
func (e Entry) String() string {
	function := e.Function
	if function == "" {
		function = "-"
	}
	words := []string{quote(e.Path), quote(e.Rule), quote(e.Subject), quote(function), quote(e.Text)}
	if e.N > 1 {
		words = append(words, strconv.Itoa(e.N))
	}
	return strings.Join(words, " ")
}

// quote makes one word of a text, safe for a terminal.
func quote(s string) string {
	plain := s != "" && s[0] != '#' && s[0] != '"' && report.Printable(s) == s &&
		!strings.ContainsFunc(s, unicode.IsSpace)
	if plain {
		return s
	}
	return strconv.QuoteToASCII(s)
}

// maxMistakes is how many mistakes of a file are told.
const maxMistakes = 10

// Read reads a file. Name is for the error, which tells all that is wrong.
func Read(name string, src []byte) ([]Entry, error) {
	var entries []Entry
	var mistakes []error
	seen := make(map[Entry]bool)
	n := 0
	for line := range strings.SplitSeq(strings.TrimPrefix(string(src), "\ufeff"), "\n") {
		n++
		line = strings.TrimSpace(line)
		if version, ok := strings.CutPrefix(line, "# keyvet baseline "); ok && line != head {
			return nil, fmt.Errorf("%s:%d: format %s is not known to this keyvet; update keyvet", name, n, version)
		}
		if line == "" || line[0] == '#' {
			continue
		}
		e, err := parse(line)
		switch {
		case err != nil && len(mistakes) < maxMistakes:
			mistakes = append(mistakes, fmt.Errorf("%s:%d: %w", name, n, err))
		case err == nil && !seen[e]:
			seen[e] = true
			entries = append(entries, e)
		}
	}
	if len(mistakes) > 0 {
		return nil, errors.Join(mistakes...)
	}
	slices.SortFunc(entries, compare)
	return entries, nil
}

func parse(line string) (Entry, error) {
	for _, mark := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(line, mark) {
			return Entry{}, errors.New("a conflict of git; remove the line, keep those of both sides")
		}
	}
	words, err := split(line)
	if err != nil {
		return Entry{}, err
	}
	if len(words) != 5 && len(words) != 6 {
		return Entry{}, fmt.Errorf("%d words, expected path, rule, subject, function, hash and perhaps a number", len(words))
	}
	e := Entry{words[0], words[1], words[2], words[3], words[4], 1}
	if e.Function == "-" {
		e.Function = ""
	}
	if len(words) == 6 {
		if e.N, err = strconv.Atoi(words[5]); err != nil || e.N < 2 {
			return Entry{}, fmt.Errorf("%q is no number from 2 on", words[5])
		}
	}
	return e, nil
}

// split cuts a line into words and takes away their quotes.
func split(line string) (words []string, err error) {
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		word := line
		if line[0] == '"' {
			quoted, err := strconv.QuotedPrefix(line)
			if err != nil {
				return nil, errors.New("a quote is not closed")
			}
			if word, err = strconv.Unquote(quoted); err != nil {
				return nil, errors.New("a quoted word cannot be read")
			}
			words, line = append(words, word), line[len(quoted):]
			continue
		}
		if i := strings.IndexFunc(line, unicode.IsSpace); i >= 0 {
			word = line[:i]
		}
		words, line = append(words, word), line[len(word):]
	}
	return words, nil
}
