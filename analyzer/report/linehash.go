package report

import "strconv"

// The hash is one over a window of this many code units, and its factor.
const (
	hashWindow = 100
	hashFactor = 37
)

// LineHashes gives GitHub's "primaryLocationLineHash" of each line of a file, by
// line number less one. Code scanning tells by it whether an alert is one that
// it knew before, so it must be the very value that GitHub's own upload action
// computes (src/fingerprints.ts of github/codeql-action).
//
// It is a rolling hash of the hundred UTF-16 code units from the start of the
// line on, blanks and tabs left out, CR and CR LF as LF; the file is followed by
// 0xFFFF and zeros. After a colon stands for the how-manieth time the file has
// that hash.
func LineHashes(src []byte) []string {
	h := lineHasher{seen: make(map[uint64]int), oldest: 1, lineStart: true}
	for range hashWindow {
		h.oldest *= hashFactor
	}
	for i := range h.starts {
		h.starts[i] = -1
	}
	for c := range units(src) {
		h.add(c)
	}
	h.add(0xffff)
	for range hashWindow {
		h.output()
		h.roll(0)
	}
	return h.hashes
}

type lineHasher struct {
	window [hashWindow]uint16
	starts [hashWindow]int // the line that begins at that place of the window, or -1
	at     int
	sum    uint64
	oldest uint64 // the factor of what leaves the window
	seen   map[uint64]int

	lines     int
	lineStart bool
	wasCR     bool
	hashes    []string
}

func (h *lineHasher) add(c uint16) {
	wasCR := h.wasCR
	h.wasCR = false
	if c == ' ' || c == '\t' || wasCR && c == '\n' {
		return
	}
	if c == '\r' {
		c, h.wasCR = '\n', true
	}
	h.output()
	if h.lineStart {
		h.lineStart = false
		h.starts[h.at] = h.lines
		h.lines++
	}
	if c == '\n' {
		h.lineStart = true
	}
	h.roll(c)
}

// output notes the hash of the line whose start is about to leave the window.
func (h *lineHasher) output() {
	line := h.starts[h.at]
	if line < 0 {
		return
	}
	h.starts[h.at] = -1
	h.seen[h.sum]++
	h.hashes = append(h.hashes, strconv.FormatUint(h.sum, 16)+":"+strconv.Itoa(h.seen[h.sum]))
}

func (h *lineHasher) roll(c uint16) {
	h.sum = hashFactor*h.sum + uint64(c) - h.oldest*uint64(h.window[h.at])
	h.window[h.at] = c
	h.at = (h.at + 1) % hashWindow
}
