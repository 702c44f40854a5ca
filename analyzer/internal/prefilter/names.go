package prefilter

// A nameTable finds any of several words in any case. It looks at pairs of
// bytes only every stride bytes: a word of at least stride+1 bytes cannot lie
// between them, so one of its first pairs is always met.
type nameTable struct {
	pairs  [1 << 16]uint16 // index into hits, plus one
	hits   [][]nameHit
	stride int
	short  bool // a word is too short for the table: everything passes
}

type nameHit struct {
	word   string
	offset int // of the pair in the word
}

func newNameTable(words []string) *nameTable {
	t := &nameTable{stride: MinName - 1}
	for _, w := range words {
		if len(w) < MinName {
			t.short = true
			return t
		}
		for offset := 0; offset < t.stride; offset++ {
			for _, a := range []byte{lower(w[offset]), upper(w[offset])} {
				for _, b := range []byte{lower(w[offset+1]), upper(w[offset+1])} {
					t.add(uint16(a)<<8|uint16(b), nameHit{w, offset})
				}
			}
		}
	}
	return t
}

func (t *nameTable) add(pair uint16, hit nameHit) {
	if t.pairs[pair] == 0 {
		t.hits = append(t.hits, nil)
		t.pairs[pair] = uint16(len(t.hits))
	}
	i := t.pairs[pair] - 1
	for _, h := range t.hits[i] {
		if h == hit {
			return
		}
	}
	t.hits[i] = append(t.hits[i], hit)
}

// in tells whether src holds one of the words.
func (t *nameTable) in(src []byte) bool {
	if t.short {
		return true
	}
	for i := 0; i+1 < len(src); i += t.stride {
		if h := t.pairs[uint16(src[i])<<8|uint16(src[i+1])]; h != 0 && t.verify(src, i, t.hits[h-1]) {
			return true
		}
	}
	return false
}

func (t *nameTable) verify(src []byte, at int, hits []nameHit) bool {
	for _, h := range hits {
		start := at - h.offset
		if start >= 0 && start+len(h.word) <= len(src) && equalFold(src[start:start+len(h.word)], h.word) {
			return true
		}
	}
	return false
}
