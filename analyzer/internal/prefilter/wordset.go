package prefilter

import (
	"bytes"
	"slices"
)

// A WordSet finds many words in one pass over a text, as [HasWord] finds one.
type WordSet struct {
	table *nameTable // of the words in begun: most texts hold none
	first [1 << 16]bool
	// begun holds the words by the letters that they begin with, up to one that is no
	// word's letter: "acme" of "acme-store".
	begun map[string][]string
	// odd are the words that begin otherwise, short ones, or all of a few.
	odd []string
}

// fewWords is how many words are found sooner one by one.
const fewWords = 4

// NewWordSet makes a set of words.
func NewWordSet(words map[string]bool) *WordSet {
	s := &WordSet{begun: make(map[string][]string)}
	var inLower []string
	for word := range words {
		end := endOfWord([]byte(word), 0)
		if end < 2 || len(word) < MinName || len(words) <= fewWords {
			s.odd = append(s.odd, word)
			continue
		}
		s.first[uint16(word[0])<<8|uint16(word[1])] = true
		s.begun[word[:end]] = append(s.begun[word[:end]], word)
		inLower = append(inLower, string(asLower([]byte(word))))
	}
	if len(inLower) > 0 {
		slices.Sort(inLower)
		s.table = newNameTable(slices.Compact(inLower), nil)
	}
	return s
}

func asLower(word []byte) []byte {
	for i, c := range word {
		word[i] = lower(c)
	}
	return word
}

// In gives the words that src holds, nil if there is none.
func (s *WordSet) In(src []byte) (held map[string]bool) {
	hold := func(word string) {
		if held == nil {
			held = make(map[string]bool)
		}
		held[word] = true
	}
	for _, word := range s.odd {
		if HasWord(src, word) {
			hold(word)
		}
	}
	if s.table == nil || !s.table.in(src) {
		return held
	}
	for i := 0; i < len(src); i++ {
		start := i
		i = endOfWord(src, i)
		if i-start < 2 || !s.first[uint16(src[start])<<8|uint16(src[start+1])] {
			continue
		}
		for _, word := range s.begun[string(src[start:i])] {
			end := start + len(word)
			if end <= len(src) && bytes.HasPrefix(src[i:], []byte(word[i-start:])) && (end == len(src) || !isWord(src[end])) {
				hold(word)
			}
		}
	}
	return held
}
