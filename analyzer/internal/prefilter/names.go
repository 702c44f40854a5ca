package prefilter

import (
	"encoding/binary"
	"strings"
)

// A nameTable finds any of several words in any case. It looks at three bytes, at
// every third byte: of the first five bytes of a word, or of any five in a row, such
// a triple is met wherever the word begins.
type nameTable struct {
	slots [1 << slotBits]uint8 // by the hash of a triple: one more than the place in hits
	hits  [][]nameHit
	short bool // a word is too short for the table: everything passes
}

type nameHit struct {
	word       string
	offset     int // of the triple in the word
	lookalikes []lookalike
}

// A lookalike is a text that holds the word by chance, at an offset.
type lookalike struct {
	text   string
	offset int
}

const (
	stride   = 3
	batch    = 4 * stride // bytes that are looked at together
	slotBits = 13
	maxHits  = 255 // what a slot can name
)

func newNameTable(words, lookalikes []string) *nameTable {
	t := &nameTable{}
	for _, w := range words {
		if len(w) < MinName {
			t.short = true
			return t
		}
		hit := nameHit{word: w}
		for _, text := range lookalikes {
			if at := strings.Index(strings.ToLower(text), w); at >= 0 {
				hit.lookalikes = append(hit.lookalikes, lookalike{text, at})
			}
		}
		for hit.offset = rarest(w); hit.offset < rarest(w)+stride; hit.offset++ {
			t.add(hit)
		}
	}
	return t
}

// rarest gives the offset of the [MinName] bytes of a word that are rarest in code,
// by their letters: "gogf/" of "github.com/gogf/gf".
func rarest(word string) (at int) {
	const frequent = "etaoinsrlcdupmhgfb./_"
	best := -1
	for i := 0; i+MinName <= len(word); i++ {
		sum := 0
		for _, c := range []byte(word[i : i+MinName]) {
			if rank := strings.IndexByte(frequent, c); rank >= 0 {
				sum += rank
			} else {
				sum += len(frequent)
			}
		}
		if sum > best {
			best, at = sum, i
		}
	}
	return at
}

func (t *nameTable) add(hit nameHit) {
	w := hit.word[hit.offset:]
	slot := &t.slots[slotOf(uint32(w[0])|uint32(w[1])<<8|uint32(w[2])<<16)]
	switch {
	case *slot != 0:
		t.hits[*slot-1] = append(t.hits[*slot-1], hit)
	case len(t.hits) < maxHits:
		t.hits = append(t.hits, []nameHit{hit})
		*slot = uint8(len(t.hits))
	default:
		t.short = true
	}
}

// slotOf gives the slot of the triple in the lower three bytes, whatever the case of
// its letters.
func slotOf(triple uint32) uint32 {
	return triple & 0xdfdfdf * 0x9e3779b1 >> (32 - slotBits)
}

// in tells whether src holds one of the words.
func (t *nameTable) in(src []byte) bool {
	if t.short {
		return true
	}
	rest := src
	for len(rest) >= batch+2 {
		a, b := binary.LittleEndian.Uint64(rest), binary.LittleEndian.Uint64(rest[2*stride:])
		first, second := t.slots[slotOf(uint32(a))], t.slots[slotOf(uint32(a>>(8*stride)))]
		third, fourth := t.slots[slotOf(uint32(b))], t.slots[slotOf(uint32(b>>(8*stride)))]
		if first|second|third|fourth != 0 {
			at := len(src) - len(rest)
			if t.verify(src, at, first) || t.verify(src, at+stride, second) ||
				t.verify(src, at+2*stride, third) || t.verify(src, at+3*stride, fourth) {
				return true
			}
		}
		rest = rest[batch:]
	}
	return t.inRest(src, len(src)-len(rest))
}

// inRest is in for the few bytes from at on.
func (t *nameTable) inRest(src []byte, at int) bool {
	for i := at; i+stride <= len(src); i += stride {
		if t.verify(src, i, t.slots[slotOf(uint32(src[i])|uint32(src[i+1])<<8|uint32(src[i+2])<<16)]) {
			return true
		}
	}
	return false
}

// verify tells whether a word of the slot stands where its triple is at.
func (t *nameTable) verify(src []byte, at int, slot uint8) bool {
	if slot == 0 {
		return false
	}
	for i := range t.hits[slot-1] {
		h := &t.hits[slot-1][i]
		if start := at - h.offset; hasFold(src, start, h.word) && !h.misleads(src, start) {
			return true
		}
	}
	return false
}

func hasFold(src []byte, start int, word string) bool {
	return start >= 0 && start+len(word) <= len(src) && equalFold(src[start:start+len(word)], word)
}

// misleads tells whether the word at start only stands in a text that looks like it.
func (h *nameHit) misleads(src []byte, start int) bool {
	for _, l := range h.lookalikes {
		if from := start - l.offset; hasFold(src, from, l.text) && spelledAlike(src[from:from+len(l.text)], l.text) {
			return true
		}
	}
	return false
}

// spelledAlike tells whether two texts that are equal but for case are of the same
// words: with capitals in the same places, all in capitals, or beginning with one.
func spelledAlike(found []byte, text string) bool {
	if string(found) == text {
		return true
	}
	if strings.ToLower(text) != text {
		return false
	}
	rest := string(found[1:])
	return rest == text[1:] || rest == strings.ToUpper(text[1:])
}
