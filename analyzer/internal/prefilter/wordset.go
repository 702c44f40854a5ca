package prefilter

import "bytes"

// A WordSet finds many words in one pass over a text, as [HasWord] finds one.
type WordSet struct {
	first [1 << 16]bool // what the words begin with
	// begun holds the words by the letters that they begin with, up to one that is no
	// word's letter: "redis" of "redis-store".
	begun map[string][]string
	// odd are the words that begin otherwise, or all of a few.
	odd []string
}

// fewWords is how many words are found sooner one by one.
const fewWords = 10

// NewWordSet makes a set of words.
func NewWordSet(words map[string]bool) *WordSet {
	s := &WordSet{begun: make(map[string][]string)}
	for word := range words {
		end := 0
		for end < len(word) && isWord(word[end]) {
			end++
		}
		if end < 2 || len(words) <= fewWords {
			s.odd = append(s.odd, word)
			continue
		}
		s.first[uint16(word[0])<<8|uint16(word[1])] = true
		s.begun[word[:end]] = append(s.begun[word[:end]], word)
	}
	return s
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
	for i := 0; i < len(src) && len(s.begun) > 0; i++ {
		start := i
		for i < len(src) && isWord(src[i]) {
			i++
		}
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
