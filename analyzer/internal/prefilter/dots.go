package prefilter

import (
	"bytes"
	"encoding/binary"
)

// dots looks at each dot of src: for a family's name before it and a command
// behind, and for a known member behind.
func (f *Filter) dots(src []byte) Evidence {
	var e Evidence
	for at := 0; ; at++ {
		i := bytes.IndexByte(src[at:], '.')
		if i < 0 {
			return e
		}
		at += i
		if at < 2 || len(src)-at < 6 {
			e |= f.dotAt(src, at)
			continue
		}
		around := binary.LittleEndian.Uint64(src[at-2:]) // two bytes, the dot, and five
		if f.before.has(uint16(around)) && f.rawAt(src, at) {
			e |= Raw
		}
		if f.behind.may(uint32(around >> 24)) {
			e |= f.memberAt(src, at+1)
		}
	}
}

// dotAt gives the evidence of the dot at i.
func (f *Filter) dotAt(src []byte, i int) Evidence {
	if f.rawAt(src, i) {
		return Raw | f.memberAt(src, i+1)
	}
	return f.memberAt(src, i+1)
}

// pairs is a set of pairs of bytes.
type pairs [1 << 16 / 64]uint64

func (p *pairs) add(pair uint16)      { p[pair>>6] |= 1 << (pair & 63) }
func (p *pairs) has(pair uint16) bool { return p[pair>>6]>>(pair&63)&1 != 0 }

// beginnings tells by four bytes whether an identifier may be one of a set.
type beginnings struct {
	four pairs // hashes of the first four bytes
	two  pairs // the beginning of those that are shorter
}

// add adds an identifier of two bytes at least; one of a single byte says nothing.
func (b *beginnings) add(name string) {
	switch {
	case len(name) >= 4:
		b.four.add(hashFour(binary.LittleEndian.Uint32([]byte(name))))
	case len(name) >= 2:
		b.two.add(uint16(name[0]) | uint16(name[1])<<8)
	}
}

func (b *beginnings) may(four uint32) bool {
	return b.four.has(hashFour(four)) || b.two.has(uint16(four)) && (!isWord(byte(four>>16)) || !isWord(byte(four>>24)))
}

func hashFour(four uint32) uint16 { return uint16(four * 0x9e3779b1 >> 16) }

// rawAt tells whether the dot at i stands in a command: a known one in upper case, or in
// any case right behind a quote. There, what is in upper case need not be known, and at
// the end of a text anything may be joined to it.
func (f *Filter) rawAt(src []byte, i int) bool {
	if i == 0 || i+1 >= len(src) {
		return false
	}
	for _, family := range f.families[src[i-1]] {
		start := i - len(family)
		if start < 0 || start > 0 && isWord(src[start-1]) || !equalFold(src[start:i], family) {
			continue
		}
		quoted := start > 0 && isQuote(src[start-1])
		upper := string(src[start:i]) == family
		switch next := src[i+1]; {
		case isWord(next) && quoted && upper, quoted && (isQuote(next) || next == '%' || next == '{' || next == '*'):
			return true
		case isWord(next) && (quoted || upper):
			if f.isVerb(family, src[i+1:endOfWord(src, i+1)], quoted) {
				return true
			}
		}
	}
	return false
}

// isVerb tells whether a word is behind the dot of a family's commands: in upper case, or
// in any.
func (f *Filter) isVerb(family string, word []byte, anyCase bool) bool {
	if anyCase {
		word = bytes.ToUpper(word)
	}
	return f.needles.Families[family][string(word)]
}

func endOfWord(src []byte, i int) int {
	for i < len(src) && isWord(src[i]) {
		i++
	}
	return i
}

func equalFold(a []byte, b string) bool {
	for i := range a {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

// memberAt gives the evidence of the identifier that starts at i.
func (f *Filter) memberAt(src []byte, i int) Evidence {
	end := endOfWord(src, i)
	if end-i < 2 {
		return 0
	}
	e := f.needles.Members[string(src[i:end])]
	if members, ok := f.needles.Accessors[string(src[i:end])]; ok {
		e |= accessorAt(src, end, members, f.needles.Called[string(src[i:end])])
	}
	return e
}

// accessorAt gives the evidence of an accessor that ends at i: strong if one of
// its members follows, or if it is one that takes arguments and has one. Before a
// quote it is no accessor, but the end of a file's name.
func accessorAt(src []byte, i int, members map[string]bool, takes bool) Evidence {
	if i < len(src) && isQuote(src[i]) {
		return 0
	}
	if i < len(src) && src[i] == '?' {
		i++
	}
	called := i < len(src) && src[i] == '('
	if called {
		i = skipBlanks(src, i+1)
		if i < len(src) && src[i] != ')' {
			if takes {
				return API
			}
			return WeakAPI
		}
		i = skipBlanks(src, i+1)
	} else {
		i = skipBlanks(src, i)
	}
	if i < len(src) && src[i] == '.' {
		if own, known := members[string(src[i+1:endOfWord(src, i+1)])]; known && (own || !called) {
			return API
		}
	}
	return WeakAPI
}

func skipBlanks(src []byte, i int) int {
	for i < len(src) && (src[i] == ' ' || src[i] == '\t' || src[i] == '\n' || src[i] == '\r') {
		i++
	}
	return i
}
