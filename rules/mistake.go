package rules

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// A Mistake is something wrong in a user's file. A Line of 0 means the file, or
// folder, as a whole.
type Mistake struct {
	File         string
	Line, Column int
	Message      string
}

// String gives "file:line:column: message".
func (m Mistake) String() string {
	if m.Line == 0 {
		return m.File + ": " + m.Message
	}
	return Place{m.File, m.Line, m.Column}.String() + ": " + m.Message
}

// A Place is one in a user's file.
type Place struct {
	File         string
	Line, Column int
}

// String gives "file:line:column", or "" for no place at all.
func (p Place) String() string {
	if p.File == "" {
		return ""
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
}

// Mistakes are all mistakes of all files, by file and place.
type Mistakes []Mistake

// Error gives one line for each mistake.
func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i, mistake := range m {
		lines[i] = mistake.String()
	}
	return strings.Join(lines, "\n")
}

// mistakesOf collects the mistakes of files, sorted, or gives nil.
func mistakesOf(files []*strict.File) error {
	var all Mistakes
	for _, f := range files {
		for _, m := range f.Mistakes() {
			all = append(all, Mistake(m))
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b Mistake) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return all
}
