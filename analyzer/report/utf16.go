package report

import (
	"iter"
	"unicode/utf16"
	"unicode/utf8"
)

func surrogates(r rune) (high, low rune) { return utf16.EncodeRune(r) }

// units yields a text as UTF-16 code units. What is no UTF-8 becomes U+FFFD as
// browsers and Node decode it: one for each maximal part that could have begun
// a character, where Go would give one for each byte.
func units(s []byte) iter.Seq[uint16] {
	return func(yield func(uint16) bool) {
		for i := 0; i < len(s); {
			r, size := utf8.DecodeRune(s[i:])
			if r == utf8.RuneError && size == 1 {
				size = broken(s[i:])
			}
			i += size
			if r < 0x10000 {
				if !yield(uint16(r)) {
					return
				}
				continue
			}
			high, low := utf16.EncodeRune(r)
			if !yield(uint16(high)) || !yield(uint16(low)) {
				return
			}
		}
	}
}

// broken gives the length of the maximal part of a broken character at the
// start of s: the first byte and those after it that could follow it.
func broken(s []byte) int {
	need, low, high := 0, byte(0x80), byte(0xbf)
	switch first := s[0]; {
	case first >= 0xc2 && first <= 0xdf:
		need = 1
	case first >= 0xe0 && first <= 0xef:
		need = 2
		switch first {
		case 0xe0:
			low = 0xa0
		case 0xed:
			high = 0x9f
		}
	case first >= 0xf0 && first <= 0xf4:
		need = 3
		switch first {
		case 0xf0:
			low = 0x90
		case 0xf4:
			high = 0x8f
		}
	}
	n := 1
	for n <= need && n < len(s) && s[n] >= low && s[n] <= high {
		n++
		low, high = 0x80, 0xbf
	}
	return n
}

// utf16Len counts the code units of a text.
func utf16Len(s string) int {
	n := 0
	for range units([]byte(s)) {
		n++
	}
	return n
}
