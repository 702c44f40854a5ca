package discover

import "strings"

// wildmatch reports whether a shell pattern matches the whole of text, as git's wildmatch does with
// WM_PATHNAME: `*` and `?` stop at a slash, `**` between slashes spans folders.
//
// Git's own version recurses at each star and takes exponential time on hostile patterns. It is
// enough to go back to the last `*` and, when that is exhausted, to the last `**`: an earlier star
// could only hand a later one less text to choose from. So the time is polynomial.
func wildmatch(pattern string, text []byte, fold bool) bool {
	m := matcher{pattern: pattern, text: text, fold: fold, starP: -1, deepP: -1}
	for {
		switch m.step() {
		case stepOn:
		case stepMatch:
			return true
		case stepNever:
			return false
		case stepBack:
			if !m.back() {
				return false
			}
		}
	}
}

// A step is what became of one pattern element.
type step uint8

const (
	stepOn    step = iota // it matched, go on
	stepBack              // it did not, try the last star again
	stepMatch             // all is matched
	stepNever             // the pattern is broken, nothing matches it
)

// A matcher is a place in the pattern, a place in the text, and where to go back to.
type matcher struct {
	pattern string
	text    []byte
	fold    bool
	p, t    int

	starP, starT int // after the last `*`, and where the text goes on; starP < 0: none
	deepP, deepT int // the same for the last `**`
	deepBySlash  bool
}

func (m *matcher) step() step {
	if m.p == len(m.pattern) {
		if m.t == len(m.text) {
			return stepMatch
		}
		return stepBack
	}
	c := m.pattern[m.p]
	if c == '*' {
		return m.star()
	}
	if m.t == len(m.text) {
		return stepBack
	}
	t := m.text[m.t]
	if m.fold {
		t, c = lower(t), lower(c)
	}
	switch c {
	case '[':
		return m.class(t)
	case '?':
		if t == '/' {
			return stepBack
		}
	case '\\':
		m.p++
		// Git does not fold an escaped letter, so that `\A` matches nothing with core.ignorecase.
		if m.p == len(m.pattern) || m.pattern[m.p] != t {
			return stepBack
		}
	default:
		if c != t {
			return stepBack
		}
	}
	m.p++
	m.t++
	return stepOn
}

// star takes a run of asterisks.
func (m *matcher) star() step {
	start, end := m.p, m.p+1
	for end < len(m.pattern) && m.pattern[end] == '*' {
		end++
	}
	rest := m.pattern[end:]
	m.p = end
	whole := end-start > 1 && (start == 0 || m.pattern[start-1] == '/') &&
		(rest == "" || rest[0] == '/' || strings.HasPrefix(rest, `\/`))
	if !whole { // `a**b` is `a*b`
		m.starP, m.starT = end, m.t
		return stepOn
	}
	if rest == "" {
		return stepMatch
	}
	m.starP = -1
	m.deepBySlash = rest[0] == '/'
	if m.deepBySlash {
		m.p++ // `**/` may stand for nothing, and otherwise ends after a slash
	}
	m.deepP, m.deepT = m.p, m.t
	return stepOn
}

// back gives the last star one byte more, or the last `**` one folder more.
func (m *matcher) back() bool {
	if m.starP >= 0 && m.starT < len(m.text) && m.text[m.starT] != '/' {
		m.starT++
		m.p, m.t = m.starP, m.starT
		return true
	}
	if m.deepP < 0 {
		return false
	}
	for m.deepT < len(m.text) {
		m.deepT++
		if !m.deepBySlash || m.text[m.deepT-1] == '/' {
			m.starP = -1
			m.p, m.t = m.deepP, m.deepT
			return true
		}
	}
	return false
}

// class matches t with the bracket expression that begins at m.p.
func (m *matcher) class(t byte) step {
	c := m.classByte()
	negated := c == '!' || c == '^'
	if negated {
		c = m.classByte()
	}
	matched := false
	var before byte // what a range may begin with
	for first := true; first || c != ']'; first = false {
		in, last, ok := m.member(c, before, t)
		if !ok {
			return stepNever
		}
		matched = matched || in
		before, c = last, m.classByte()
	}
	if matched == negated || t == '/' {
		return stepBack
	}
	m.p++
	m.t++
	return stepOn
}

// member matches t with one member of a bracket expression, which begins with c at m.p. Then m.p is
// at its last byte; last is what a range may begin with, 0 if nothing. A broken one is not ok.
func (m *matcher) member(c, before, t byte) (in bool, last byte, ok bool) {
	switch {
	case c == '\\':
		c = m.classByte()
		return c == t, c, c != 0
	case c == '-' && before != 0 && m.peek(1) != 0 && m.peek(1) != ']':
		if c = m.classByte(); c == '\\' {
			c = m.classByte()
		}
		return inRange(t, before, c, m.fold), 0, c != 0
	case c == '[' && m.peek(1) == ':':
		in, size, ok := namedClass(m.pattern[m.p:], t, m.fold)
		if m.p += size; size > 0 {
			c = 0
		}
		return in, c, ok
	}
	return c == t, c, c != 0
}

// classByte moves on by a byte; 0 is the end of the pattern, which holds no NUL.
func (m *matcher) classByte() byte {
	m.p++
	return m.peek(0)
}

func (m *matcher) peek(n int) byte {
	if m.p+n >= len(m.pattern) {
		return 0
	}
	return m.pattern[m.p+n]
}

// inRange knows that t is lower case when letters are folded.
func inRange(t, from, to byte, fold bool) bool {
	if from <= t && t <= to {
		return true
	}
	if fold && 'a' <= t && t <= 'z' {
		t -= 'a' - 'A'
		return from <= t && t <= to
	}
	return false
}

// namedClass reads `[:name:]` at the beginning of s. A size of 0 means that s begins with a plain
// bracket; then in says whether t is one. Otherwise the size leads to the last byte, a bracket.
func namedClass(s string, t byte, fold bool) (in bool, size int, ok bool) {
	end := strings.IndexByte(s[2:], ']')
	if end < 0 {
		return false, 0, false
	}
	end += 2
	if end < 3 || s[end-1] != ':' {
		return t == '[', 0, true
	}
	in, ok = inClass(s[2:end-1], t, fold)
	return in, end, ok
}

// inClass holds to git's own table of ASCII, in which neither vertical tab nor form feed is a space.
func inClass(name string, t byte, fold bool) (in, ok bool) {
	isLower, isUpper := 'a' <= t && t <= 'z', 'A' <= t && t <= 'Z'
	isDigit := '0' <= t && t <= '9'
	isSpace := t == ' ' || t == '\t' || t == '\n' || t == '\r'
	isPrint := t >= ' ' && t <= '~'
	isAlnum := isLower || isUpper || isDigit
	switch name {
	case "alnum":
		in = isAlnum
	case "alpha":
		in = isLower || isUpper
	case "blank":
		in = t == ' ' || t == '\t'
	case "cntrl":
		in = t < ' ' || t == 0x7f
	case "digit":
		in = isDigit
	case "graph":
		in = isPrint && !isSpace
	case "lower":
		in = isLower
	case "print":
		in = isPrint
	case "punct":
		in = isPrint && !isAlnum && !isSpace
	case "space":
		in = isSpace
	case "upper":
		in = isUpper || fold && isLower
	case "xdigit":
		in = isDigit || 'a' <= t && t <= 'f' || 'A' <= t && t <= 'F'
	default:
		return false, false
	}
	return in, true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
