package changes

import (
	"bytes"
	"slices"
)

// A hunk is a stretch of old lines and the new ones in their place, as half-open
// ranges that count from 0.
type hunk struct{ oldStart, oldEnd, newStart, newEnd int }

// maxDistance bounds how different two texts may be before all between their
// common beginning and end counts as changed.
const maxDistance = 1000

// diff compares two texts line by line. Whether lines end in CRLF does not
// matter: git may have changed it.
func diff(old, text []byte) []hunk {
	a, b := lines(old), lines(text)
	start := 0
	for start < len(a) && start < len(b) && bytes.Equal(a[start], b[start]) {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && bytes.Equal(a[len(a)-1-end], b[len(b)-1-end]) {
		end++
	}
	return middle(a[start:len(a)-end], b[start:len(b)-end], start)
}

func lines(src []byte) [][]byte {
	if len(src) == 0 {
		return nil
	}
	all := bytes.Split(bytes.TrimSuffix(src, []byte("\n")), []byte("\n"))
	for i := range all {
		all[i] = bytes.TrimSuffix(all[i], []byte("\r"))
	}
	return all
}

// middle is the algorithm of Myers: it goes down the furthest ways, by their
// number of changes, and remembers how far each came.
func middle(a, b [][]byte, offset int) []hunk {
	if len(a) == 0 && len(b) == 0 {
		return nil
	}
	limit := min(len(a)+len(b), maxDistance)
	furthest := make([]int, 2*limit+2) // x by diagonal, from -limit
	var trace [][]int
	for d := 0; d <= limit; d++ {
		trace = append(trace, slices.Clone(furthest[limit-d:min(limit+d+2, len(furthest))]))
		for k := -d; k <= d; k += 2 {
			x := step(furthest, limit, d, k)
			y := x - k
			for x < len(a) && y < len(b) && bytes.Equal(a[x], b[y]) {
				x, y = x+1, y+1
			}
			furthest[limit+k] = x
			if x >= len(a) && y >= len(b) {
				return walkBack(trace, len(a), len(b), offset)
			}
		}
	}
	return []hunk{{offset, offset + len(a), offset, offset + len(b)}}
}

// step is where a way with d changes enters a diagonal.
func step(furthest []int, limit, d, k int) int {
	if k == -d || k != d && furthest[limit+k-1] < furthest[limit+k+1] {
		return furthest[limit+k+1] // a line was added
	}
	return furthest[limit+k-1] + 1 // a line was removed
}

// walkBack follows the shortest way from its end.
func walkBack(trace [][]int, x, y, offset int) []hunk {
	var found []hunk
	for d := len(trace) - 1; d > 0; d-- {
		before := trace[d] // furthest of d-1, its diagonal -d at 0
		k := x - y
		from := k - 1
		if k == -d || k != d && before[k-1+d] < before[k+1+d] {
			from = k + 1
		}
		fromX := before[from+d]
		fromY := fromX - from
		h := hunk{fromX, fromX + 1, fromY, fromY}
		if from == k+1 {
			h = hunk{fromX, fromX, fromY, fromY + 1}
		}
		found = append(found, hunk{h.oldStart + offset, h.oldEnd + offset, h.newStart + offset, h.newEnd + offset})
		x, y = fromX, fromY
	}
	slices.Reverse(found)
	return join(found)
}

// join makes one hunk of those that touch.
func join(all []hunk) []hunk {
	var out []hunk
	for _, h := range all {
		if n := len(out); n > 0 && out[n-1].oldEnd == h.oldStart && out[n-1].newEnd == h.newStart {
			out[n-1].oldEnd, out[n-1].newEnd = h.oldEnd, h.newEnd
			continue
		}
		out = append(out, h)
	}
	return out
}
