package discover

import (
	"bytes"
	"strings"
)

// An ignoreList holds the patterns of one ignore file. Git asks for the last pattern that matches;
// the two maps answer for the most frequent shapes, so that only the rest is tried one by one.
type ignoreList struct {
	patterns []ignorePattern
	names    map[string][]int // `name`: by base name
	suffixes map[string][]int // `*.ext`: by what begins at the last dot
	rest     []int
	fold     bool // core.ignorecase
}

// An ignorePattern is one line, taken apart as git does.
type ignorePattern struct {
	text     string
	literal  int // how many bytes at the beginning are no wildcard
	negative bool
	onlyDir  bool
	base     bool // holds no slash: matched with the base name
	suffix   bool // `*` and then no wildcard
}

// parseIgnore reads an ignore file.
func parseIgnore(src []byte, fold bool) *ignoreList {
	l := &ignoreList{fold: fold, names: map[string][]int{}, suffixes: map[string][]int{}}
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	for line := range bytes.Lines(src) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		line = bytes.TrimSuffix(line, []byte("\r"))
		line, _, _ = bytes.Cut(line, []byte{0}) // git's lines are C strings
		if p := parsePattern(trimSpaces(string(line))); p.text != "" {
			l.add(p)
		}
	}
	if len(l.patterns) == 0 {
		return nil
	}
	return l
}

// trimSpaces drops blanks at the end that no backslash keeps. Tabs stay: they are part of the name.
func trimSpaces(s string) string {
	end := -1
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ' ':
			if end < 0 {
				end = i
			}
			continue
		case '\\':
			if i++; i == len(s) {
				return s
			}
		}
		end = -1
	}
	if end < 0 {
		return s
	}
	return s[:end]
}

func parsePattern(s string) ignorePattern {
	var p ignorePattern
	s, p.negative = strings.CutPrefix(s, "!")
	// Whether a wildcard follows the star is asked before the slash at the end is cut off, as in git.
	p.suffix = s != "" && s[0] == '*' && literalPrefix(s[1:]) == len(s)-1
	p.text, p.onlyDir = strings.CutSuffix(s, "/")
	p.base = !strings.Contains(p.text, "/")
	p.literal = literalPrefix(p.text)
	if !p.base {
		if rest, ok := strings.CutPrefix(p.text, "/"); ok {
			p.text = rest
			p.literal--
		}
	}
	return p
}

func literalPrefix(s string) int {
	if i := strings.IndexAny(s, `*?[\`); i >= 0 {
		return i
	}
	return len(s)
}

func (l *ignoreList) add(p ignorePattern) {
	n := len(l.patterns)
	l.patterns = append(l.patterns, p)
	switch {
	case l.fold || !p.base:
		l.rest = append(l.rest, n)
	case p.literal == len(p.text):
		l.names[p.text] = append(l.names[p.text], n)
	case p.suffix && strings.LastIndexByte(p.text, '.') == 1:
		l.suffixes[p.text[1:]] = append(l.suffixes[p.text[1:]], n)
	default:
		l.rest = append(l.rest, n)
	}
}

// A verdict is what an ignore file says about a path.
type verdict uint8

const (
	unsaid verdict = iota
	ignored
	wanted // by a pattern with `!`
)

// match judges a path that is relative to the folder of the ignore file.
func (l *ignoreList) match(rel []byte, dir bool) verdict {
	name := rel[bytes.LastIndexByte(rel, '/')+1:]
	best := l.last(l.names[string(name)], -1, dir)
	if dot := bytes.LastIndexByte(name, '.'); dot >= 0 {
		best = l.last(l.suffixes[string(name[dot:])], best, dir)
	}
	for i := len(l.rest) - 1; i >= 0 && l.rest[i] > best; i-- {
		p := &l.patterns[l.rest[i]]
		if p.onlyDir && !dir {
			continue
		}
		if p.base && p.matchName(name, l.fold) || !p.base && p.matchPath(rel, l.fold) {
			best = l.rest[i]
			break
		}
	}
	switch {
	case best < 0:
		return unsaid
	case l.patterns[best].negative:
		return wanted
	}
	return ignored
}

// last is the highest of the candidates that holds for a folder or file, if higher than best.
func (l *ignoreList) last(candidates []int, best int, dir bool) int {
	for i := len(candidates) - 1; i >= 0 && candidates[i] > best; i-- {
		if dir || !l.patterns[candidates[i]].onlyDir {
			return candidates[i]
		}
	}
	return best
}

func (p *ignorePattern) matchName(name []byte, fold bool) bool {
	switch {
	case p.literal == len(p.text):
		return same(p.text, name, fold)
	case p.suffix:
		n := len(p.text) - 1
		return n <= len(name) && same(p.text[1:], name[len(name)-n:], fold)
	}
	return wildmatch(p.text, name, fold)
}

// matchPath cuts off the literal beginning first and matches the rest by itself. That is more than
// speed: it lets `a/foo**/bar` match `a/foo/x/bar`, as in git.
func (p *ignorePattern) matchPath(rel []byte, fold bool) bool {
	n := p.literal
	if n > len(rel) || !same(p.text[:n], rel[:n], fold) {
		return false
	}
	if n == len(p.text) {
		return n == len(rel)
	}
	return wildmatch(p.text[n:], rel[n:], fold)
}

func same(a string, b []byte, fold bool) bool {
	if len(a) != len(b) {
		return false
	}
	if !fold {
		return a == string(b)
	}
	for i := range b {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

// A scope is an ignore file and the folder it lies in; its parents are asked when it says nothing.
type scope struct {
	list *ignoreList
	base int // where, in an absolute path, the part below that folder begins
	up   *scope
}

// with adds a list for a folder to the chain; a nil list adds nothing.
func (s *scope) with(list *ignoreList, folder string) *scope {
	if list == nil {
		return s
	}
	return &scope{list: list, base: len(folder) + 1, up: s}
}

// match asks the ignore files from the nearest to the farthest.
func (s *scope) match(abs []byte, dir bool) verdict {
	for ; s != nil; s = s.up {
		if v := s.list.match(abs[s.base:], dir); v != unsaid {
			return v
		}
	}
	return unsaid
}
