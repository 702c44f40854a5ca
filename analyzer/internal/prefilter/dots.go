package prefilter

import "bytes"

// dots looks at each dot of src: for a family's name before it and a command
// behind, and for a known member behind.
func (f *Filter) dots(src []byte) Evidence {
	var e Evidence
	for at := 0; at < len(src); {
		i := bytes.IndexByte(src[at:], '.')
		if i < 0 {
			break
		}
		at += i
		if e&Raw == 0 && f.rawAt(src, at) {
			e |= Raw
		}
		at++
		if at+1 < len(src) && f.first[uint16(src[at])<<8|uint16(src[at+1])] {
			e |= f.memberAt(src, at)
		}
	}
	return e
}

// rawAt tells whether the dot at i stands in a command: the family before it in
// upper case, or in any case right behind a quote; a name, or the end of the
// text that the name is joined to, behind it.
func (f *Filter) rawAt(src []byte, i int) bool {
	if i == 0 || i+1 >= len(src) {
		return false
	}
	families := f.families[src[i-1]]
	if families == nil {
		return false
	}
	for _, family := range families {
		start := i - len(family)
		if start < 0 || !equalFold(src[start:i], family) || start > 0 && isWord(src[start-1]) {
			continue
		}
		quoted := start > 0 && isQuote(src[start-1])
		next := src[i+1]
		switch {
		case quoted && (isWord(next) || isQuote(next) || next == '%' || next == '{' || next == '*'):
			return true
		case string(src[start:i]) == family && (next >= 'A' && next <= 'Z' || next == '_'):
			return true
		}
	}
	return false
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
	end := i
	for end < len(src) && isWord(src[end]) {
		end++
	}
	e := f.needles.Members[string(src[i:end])]
	if members, ok := f.needles.Accessors[string(src[i:end])]; ok {
		e |= accessorAt(src, end, members, f.needles.Called[string(src[i:end])])
	}
	return e
}

// accessorAt gives the evidence of an accessor that ends at i: strong if one of
// its members follows, or if it is one that takes arguments and has one.
func accessorAt(src []byte, i int, members map[string]bool, takes bool) Evidence {
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
		start := i + 1
		end := start
		for end < len(src) && isWord(src[end]) {
			end++
		}
		if own, known := members[string(src[start:end])]; known && (own || !called) {
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

// words looks for symbols and settings in the forms in which code uses them.
func (f *Filter) words(src []byte) Evidence {
	var e Evidence
	for _, w := range f.needles.Words {
		if hasForm(src, w, "(.<[") {
			e |= Word
			break
		}
	}
	for _, m := range f.needles.Modules {
		if e == 0 && bytes.Contains(src, []byte(m)) {
			e |= Word
		}
	}
	for _, w := range f.needles.Settings {
		if hasForm(src, w, "=:(") {
			e |= Setting
			break
		}
	}
	if f.quoted(src) {
		e |= Command
	}
	return e
}

// quoted tells whether one of the commands stands right behind a quote.
func (f *Filter) quoted(src []byte) bool {
	for i := 0; i+1 < len(src); i++ {
		if !isQuote(src[i]) || !isWord(src[i+1]) {
			continue
		}
		end := i + 1
		for end < len(src) && isWord(src[end]) {
			end++
		}
		if f.needles.Commands[string(src[i+1:end])] {
			return true
		}
		i = end - 1
	}
	return false
}

// hasForm tells whether src holds word as a word, followed by one of the marks;
// a quote and blanks may stand between.
func hasForm(src []byte, word, marks string) bool {
	for at := 0; ; {
		i := bytes.Index(src[at:], []byte(word))
		if i < 0 {
			return false
		}
		start := at + i
		end := start + len(word)
		at = start + 1
		if start > 0 && isWord(src[start-1]) || end < len(src) && isWord(src[end]) {
			continue
		}
		if end < len(src) && isQuote(src[end]) {
			end++
		}
		end = skipBlanks(src, end)
		if end < len(src) && bytes.IndexByte([]byte(marks), src[end]) >= 0 {
			return true
		}
	}
}

// HasWord tells whether src holds word with no word's letter before or behind it.
func HasWord(src []byte, word string) bool {
	for at := 0; ; {
		i := bytes.Index(src[at:], []byte(word))
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(word)
		if (start == 0 || !isWord(src[start-1])) && (end == len(src) || !isWord(src[end])) {
			return true
		}
		at = start + 1
	}
}
