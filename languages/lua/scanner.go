package lua

import (
	"bytes"
)

type tokenKind uint8

const (
	endToken tokenKind = iota // of the file
	nameToken
	keywordToken
	numberToken
	textToken
	otherToken // operators, brackets, and whatever is no Lua
)

// A token is a stretch of the source.
type token struct {
	kind       tokenKind
	line       bool // the first on its line
	start, end int32
}

// scan makes tokens of the whole source. Comments are handed on at once.
func (p *parser) scan() {
	p.tokens = make([]token, 0, len(p.src)/4+2)
	comments := p.b.HasComments()
	i, line := p.start(), true
	for i < len(p.src) {
		c := p.src[i]
		switch {
		case c == '\n':
			line = true
			i++
			continue
		case isBlank(c):
			i++
			continue
		case c == '-' && p.at(i+1) == '-':
			end := p.comment(i)
			if comments {
				p.addComment(i, end)
			}
			line = line || bytes.IndexByte(p.src[i:end], '\n') >= 0
			i = end
			continue
		}
		kind, end := p.token(i)
		p.tokens = append(p.tokens, token{kind, line, int32(i), int32(end)})
		i, line = end, false
	}
	n := int32(len(p.src))
	p.tokens = append(p.tokens, token{endToken, true, n, n})
}

// start is the offset behind a byte order mark and a "#!" line.
func (p *parser) start() int {
	i := 0
	if bytes.HasPrefix(p.src, []byte("\xef\xbb\xbf")) {
		i = 3
	}
	if p.at(i) == '#' {
		if n := bytes.IndexByte(p.src[i:], '\n'); n >= 0 {
			return i + n
		}
		return len(p.src)
	}
	return i
}

// at is the byte at offset i, or 0 behind the end.
func (p *parser) at(i int) byte {
	if i < len(p.src) {
		return p.src[i]
	}
	return 0
}

func (p *parser) token(i int) (kind tokenKind, end int) {
	c := p.src[i]
	switch {
	case isLetter(c):
		end = i + 1
		for end < len(p.src) && (isLetter(p.src[end]) || isDigit(p.src[end])) {
			end++
		}
		if isKeyword(p.src[i:end]) {
			return keywordToken, end
		}
		return nameToken, end
	case isDigit(c) || c == '.' && isDigit(p.at(i+1)):
		return numberToken, p.number(i)
	case c == '"' || c == '\'':
		return textToken, p.quoted(i)
	case c == '[':
		if level := p.bracket(i); level >= 0 {
			return textToken, p.long(i, level)
		}
	}
	for _, op := range [...]string{"...", "..", "==", "~=", "!=", "<=", ">=", "//", "::", "<<", ">>"} {
		if len(p.src)-i >= len(op) && string(p.src[i:i+len(op)]) == op {
			return otherToken, i + len(op)
		}
	}
	return otherToken, i + 1
}

// number ends where neither digits nor letters follow; what it means is asked
// later.
func (p *parser) number(i int) int {
	for ; i < len(p.src); i++ {
		c := p.src[i]
		switch {
		case isDigit(c) || isLetter(c):
		case c == '.' && p.at(i+1) != '.': // 1..2 is a concatenation to most people
		case (c == '+' || c == '-') && (p.src[i-1]|0x20 == 'e' || p.src[i-1]|0x20 == 'p') && isDigit(p.at(i+1)):
		default:
			return i
		}
	}
	return i
}

// quoted ends behind the closing quote, or with the line.
func (p *parser) quoted(start int) int {
	for i := start + 1; i < len(p.src); i++ {
		switch p.src[i] {
		case p.src[start]:
			return i + 1
		case '\n':
			p.b.Damage(start, i)
			return i
		case '\\':
			i++
			if p.at(i) == '\r' && p.at(i+1) == '\n' {
				i++
			}
			if p.at(i) == 'z' {
				for i+1 < len(p.src) && (isBlank(p.src[i+1]) || p.src[i+1] == '\n') {
					i++
				}
			}
		}
	}
	p.b.Damage(start, len(p.src))
	return len(p.src)
}

// bracket is the level of the long bracket that opens at i, or -1.
func (p *parser) bracket(i int) int {
	level := 0
	for p.at(i+1+level) == '=' {
		level++
	}
	if p.at(i) == '[' && p.at(i+1+level) == '[' {
		return level
	}
	return -1
}

// long ends behind the bracket that closes the one at start.
func (p *parser) long(start, level int) int {
	for i := start + 2 + level; ; {
		n := bytes.IndexByte(p.src[i:], ']')
		if n < 0 {
			p.b.Damage(start, len(p.src))
			return len(p.src)
		}
		i += n + 1
		equals := 0
		for p.at(i+equals) == '=' {
			equals++
		}
		if equals == level && p.at(i+equals) == ']' {
			return i + equals + 1
		}
		i += equals
	}
}

func (p *parser) comment(i int) int {
	if level := p.bracket(i + 2); level >= 0 {
		return p.long(i+2, level)
	}
	if n := bytes.IndexByte(p.src[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(p.src)
}

func (p *parser) addComment(start, end int) {
	level := p.bracket(start + 2)
	if level < 0 {
		p.b.Comment(start, end, "--", "")
		return
	}
	open := string(p.src[start : start+level+4])
	p.b.Comment(start, end, open, "]"+open[3:3+level]+"]")
}

func isBlank(c byte) bool  { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' || c >= 0x80 }

func isKeyword(word []byte) bool {
	switch string(word) {
	case "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in",
		"local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while":
		return true
	}
	return false
}

func isName(text string) bool {
	if text == "" || isDigit(text[0]) || isKeyword([]byte(text)) {
		return false
	}
	return bytes.IndexFunc([]byte(text), func(r rune) bool {
		return r > 0x7f || !isLetter(byte(r)) && !isDigit(byte(r))
	}) < 0
}
