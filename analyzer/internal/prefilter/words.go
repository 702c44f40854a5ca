package prefilter

import (
	"bytes"
	"encoding/binary"
)

// vocabulary maps identifiers to what they are evidence of in the right form.
type vocabulary struct {
	words   map[string]meaning
	begins  beginnings
	modules [][]byte
	all     Evidence
}

// A meaning is what an identifier is evidence of: Word, Setting or Command. It is a
// Word only where one of the modules is named, by index; a type is one in any form.
type meaning struct {
	is      Evidence
	modules []int
	typ     bool
}

func newVocabulary(n *Needles) *vocabulary {
	v := &vocabulary{words: make(map[string]meaning)}
	index := make(map[string]int)
	for w, texts := range n.Words {
		var modules []int
		for _, text := range texts {
			if _, known := index[text]; !known {
				index[text] = len(v.modules)
				v.modules = append(v.modules, []byte(text))
			}
			modules = append(modules, index[text])
		}
		v.add(w, Word, modules)
		m := v.words[w]
		m.typ = n.Types[w]
		v.words[w] = m
	}
	for _, w := range n.Settings {
		v.add(w, Setting, nil)
	}
	for w := range n.Commands {
		v.add(w, Command, nil)
	}
	return v
}

func (v *vocabulary) add(word string, is Evidence, modules []int) {
	m := v.words[word]
	m.is |= is
	m.modules = append(m.modules, modules...)
	v.words[word] = m
	v.begins.add(word)
	v.all |= is
}

// in looks for the identifiers of the vocabulary in the forms in which code uses
// them.
func (v *vocabulary) in(src []byte) Evidence {
	var e Evidence
	named := names{src: src, vocabulary: v}
	for i := 0; i < len(src) && e != v.all; {
		if !wordBytes[src[i]] {
			i++
			continue
		}
		start := i
		i = endOfWord(src, i)
		if start+4 <= len(src) && !v.begins.may(binary.LittleEndian.Uint32(src[start:])) {
			continue
		}
		if m := v.words[string(src[start:i])]; m.is&^e != 0 {
			found := m.is & formAt(src, start, i)
			if m.typ {
				found |= Word
			}
			if found&^e&Word != 0 && !named.any(m.modules) {
				found &^= Word
			}
			e |= found
		}
	}
	return e
}

// names tells which modules a text names, and looks for each of them once.
type names struct {
	*vocabulary
	src    []byte
	looked []bool
	there  []bool
}

func (n *names) any(modules []int) bool {
	if n.looked == nil {
		n.looked, n.there = make([]bool, len(n.modules)), make([]bool, len(n.modules))
	}
	for _, m := range modules {
		if !n.looked[m] {
			n.looked[m], n.there[m] = true, bytes.Contains(n.src, n.modules[m])
		}
		if n.there[m] {
			return true
		}
	}
	return false
}

// formAt tells what the identifier from start to end may be by its form: a word is
// called, has a member or a type's parameters; a setting is given a value; a quote or
// blanks may stand between. A command stands behind a quote, and before another, its
// arguments, or a place for them.
func formAt(src []byte, start, end int) (e Evidence) {
	if start > 0 && isQuote(src[start-1]) && endsCommand(src, end) {
		e = Command
	}
	if end < len(src) && isQuote(src[end]) {
		end++
	}
	if end = skipBlanks(src, end); end == len(src) {
		return e
	}
	switch src[end] {
	case '(':
		e |= Word | Setting
	case '.', '<', '[':
		e |= Word
	case '=', ':':
		e |= Setting
	}
	return e
}

func endsCommand(src []byte, end int) bool {
	if end == len(src) || isQuote(src[end]) {
		return true
	}
	switch src[end] {
	case ' ', '\t', '\n', '\r', '\\', '%', '{':
		return true
	}
	return false
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
