package prefilter

import (
	"bytes"
	"encoding/binary"
)

// vocabulary maps identifiers to what they are evidence of in the right form.
type vocabulary struct {
	words  map[string]Evidence // Word, Setting and Command
	begins beginnings
	all    Evidence
}

func newVocabulary(n *Needles) *vocabulary {
	v := &vocabulary{words: make(map[string]Evidence)}
	add := func(word string, e Evidence) {
		v.words[word] |= e
		v.begins.add(word)
		v.all |= e
	}
	for _, w := range n.Words {
		add(w, Word)
	}
	for _, w := range n.Settings {
		add(w, Setting)
	}
	for w := range n.Commands {
		add(w, Command)
	}
	return v
}

// in looks for the identifiers of the vocabulary in the forms in which code uses
// them.
func (v *vocabulary) in(src []byte) Evidence {
	var e Evidence
	for i := 0; i < len(src) && e != v.all; {
		if !wordBytes[src[i]] {
			i++
			continue
		}
		start := i
		i = endOfWord(src, i)
		if start+4 > len(src) || v.begins.may(binary.LittleEndian.Uint32(src[start:])) {
			if is := v.words[string(src[start:i])]; is&^e != 0 {
				e |= is & formAt(src, start, i)
			}
		}
	}
	return e
}

// formAt tells what the identifier from start to end may be by its form: a word is
// called, has a member or a type's parameters; a setting is given a value; a quote or
// blanks may stand between. A command stands behind a quote.
func formAt(src []byte, start, end int) (e Evidence) {
	if start > 0 && isQuote(src[start-1]) {
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
