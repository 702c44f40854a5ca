// Package baseline keeps a list of findings that are known and left for later,
// so that only new ones fail.
//
// It knows reports, and nothing of source code. A finding is told from others by
// what does not change when people work on other things: its file, its rule, the
// command or setting, the function around it, and the text of the call without
// blanks, line breaks, trailing commas and kinds of quotes. Not by its line. Of
// findings that are alike the n-th one is told by its number.
//
// What has changed a little is recognized still, one entry for one finding, never
// more findings than there are entries:
//
//   - in another function of the file (it was renamed, or the code was moved),
//   - in another file, if the entry's own file is gone (it was renamed),
//   - with another text in the same function (an argument was changed).
//
// # The file
//
// One entry a line, sorted: path, rule, subject, function ("-" for none), a hash
// of the text, and the number from the second on. Words with blanks in them are
// quoted. Git merges such files well; where it does not, keeping the lines of
// both sides is right, for entries that are there twice count once, their order
// does not matter, and entries of no finding are only remarked upon.
package baseline

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/report"
)

// An Entry is one known finding.
type Entry struct {
	Path     string // as seen from the folder of the file that holds the entry
	Rule     string
	Subject  string // "FT.SEARCH", "resp=3"; "" where the finding judges no use
	Function string // "" outside of functions
	Text     string // a hash of the normalized text
	N        int    // from 1
}

// A Place turns paths of a report into paths of a baseline.
type Place func(path string) string

// Of gives the entries of all findings of a report that are not excused.
func Of(r *report.Report, place Place) []Entry {
	var all []Entry
	for _, f := range r.Findings {
		if f.Suppressed == nil {
			all = append(all, entryOf(r, f, place))
		}
	}
	return Sorted(all)
}

func entryOf(r *report.Report, f report.Finding, place Place) Entry {
	u := r.Judged(f)
	return Entry{Path: place(u.Path), Rule: f.Rule, Subject: u.Subject(), Function: u.Function, Text: hash(u)}
}

// Sorted puts entries in order and counts those that are alike.
func Sorted(all []Entry) []Entry {
	slices.SortFunc(all, compare)
	for i := range all {
		all[i].N = 1
		if i > 0 {
			before := all[i-1]
			before.N = 1
			if before == all[i] {
				all[i].N = all[i-1].N + 1
			}
		}
	}
	return all
}

func compare(a, b Entry) int {
	return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Subject, b.Subject),
		strings.Compare(a.Function, b.Function), strings.Compare(a.Text, b.Text), cmp.Compare(a.N, b.N))
}

// An Outcome is what became of the entries of a baseline.
type Outcome struct {
	Known  int     // entries of findings
	Fixed  []Entry // of no finding any more; they can go
	Unseen []Entry // of files that were not scanned
}

// Apply marks the findings of a report that have an entry. Gone tells whether the
// file of an entry does not exist any more; an entry of a file that exists and is
// not in the report says nothing. Name is the baseline's, for people.
func Apply(r *report.Report, entries []Entry, name string, place Place, gone func(path string) bool) Outcome {
	m := newMatcher(r, entries, place)
	away := make(map[string]bool)
	for _, e := range entries {
		if _, asked := away[e.Path]; !asked {
			away[e.Path] = gone(e.Path)
		}
	}
	anywhere := func(Entry) bool { return true }
	m.pass(anywhere, func(e Entry) Entry { return e })
	m.pass(anywhere, func(e Entry) Entry { e.Function = ""; return e })
	m.pass(func(e Entry) bool { return away[e.Path] }, func(e Entry) Entry { e.Path = ""; return e })
	m.pass(anywhere, func(e Entry) Entry { e.Text = ""; return e })

	var out Outcome
	scanned := make(map[string]bool)
	for _, p := range r.Paths {
		scanned[place(p)] = true
	}
	for i, e := range entries {
		switch {
		case m.used[i]:
			out.Known++
		case scanned[e.Path] || away[e.Path]:
			out.Fixed = append(out.Fixed, e)
		default:
			out.Unseen = append(out.Unseen, e)
		}
	}
	for _, i := range m.known {
		r.Findings[i].Suppressed = &report.Suppressed{Kind: report.External, Justification: "in the baseline " + name}
	}
	return out
}

// A matcher pairs findings and entries, each at most once.
type matcher struct {
	entries []Entry
	used    []bool
	open    []int // indices of findings without an entry
	keys    map[int]Entry
	known   []int
}

func newMatcher(r *report.Report, entries []Entry, place Place) *matcher {
	m := &matcher{entries: entries, used: make([]bool, len(entries)), keys: make(map[int]Entry)}
	for i, f := range r.Findings {
		if f.Suppressed == nil {
			m.open = append(m.open, i)
			m.keys[i] = entryOf(r, f, place)
		}
	}
	return m
}

// pass pairs what is alike after blur, in order.
func (m *matcher) pass(take func(Entry) bool, blur func(Entry) Entry) {
	free := make(map[Entry][]int)
	for i, e := range m.entries {
		if !m.used[i] && take(e) {
			e.N = 0
			key := blur(e)
			free[key] = append(free[key], i)
		}
	}
	var open []int
	for _, i := range m.open {
		key := blur(m.keys[i])
		if left := free[key]; len(left) > 0 {
			m.used[left[0]] = true
			free[key] = left[1:]
			m.known = append(m.known, i)
		} else {
			open = append(open, i)
		}
	}
	m.open = open
}

// hash identifies the text of a use, however it is formatted.
func hash(u *report.Use) string {
	sum := sha256.Sum256([]byte(normalize(text(u))))
	return hex.EncodeToString(sum[:6])
}

// maxText bounds how much of a call is looked at.
const maxText = 64 << 10

// text cuts a use out of its lines.
func text(u *report.Use) string {
	if len(u.Lines) == 0 {
		return ""
	}
	lines := slices.Clone(u.Lines)
	last := len(lines) - 1
	if end := u.Range.End.Column - 1; end >= 0 && end < len(lines[last]) {
		lines[last] = lines[last][:end]
	}
	lines[0] = lines[0][min(max(u.Range.Start.Column-1, 0), len(lines[0])):]
	whole := strings.Join(lines, "\n")
	return whole[:min(len(whole), maxText)]
}

// normalize takes out of a text what formatters change.
func normalize(s string) string {
	var b strings.Builder
	comma := false
	for i := range len(s) {
		c := s[i]
		switch c {
		case ' ', '\t', '\n', '\r', '\f', '\v':
			continue
		case '\'', '`':
			c = '"'
		}
		if comma && c != ')' && c != ']' && c != '}' {
			b.WriteByte(',')
		}
		if comma = c == ','; !comma {
			b.WriteByte(c)
		}
	}
	return b.String()
}
