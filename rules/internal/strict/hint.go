package strict

import (
	"slices"
	"strconv"
	"strings"
)

const maxListed = 20 // valid words named when none is near

// Hint says which word may have been meant, or else what there is to choose.
func Hint(word string, valid []string) string {
	if near := Nearest(word, valid); near != "" {
		return "did you mean " + strconv.Quote(near) + "?"
	}
	sorted := slices.Sorted(slices.Values(valid))
	if len(sorted) > maxListed {
		return "expected one of " + Quoted(sorted[:maxListed]) + " and others"
	}
	if len(sorted) == 0 {
		return "there is none"
	}
	return "expected one of " + Quoted(sorted)
}

// Quoted lists words.
func Quoted(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = strconv.Quote(w)
	}
	return strings.Join(quoted, ", ")
}

// Nearest gives the valid word that word is most likely a slip of, or "".
func Nearest(word string, valid []string) string {
	const longest, most = 64, 2000 // what people write is less; keeps hostile input cheap
	if len(word) > longest || len(valid) > most {
		return ""
	}
	best, bestDistance := "", max(2, len(word)/3)+1
	for _, v := range slices.Sorted(slices.Values(valid)) {
		if v == "" || len(v) > longest {
			continue
		}
		d := distance(strings.ToLower(word), strings.ToLower(v))
		if d < bestDistance && d < len(v) && d < max(len(word), 1) {
			best, bestDistance = v, d
		}
	}
	return best
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour to turn a into b.
func distance(a, b string) int {
	before, last, this := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		this[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			this[j] = min(last[j]+1, this[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				this[j] = min(this[j], before[j-2]+1)
			}
		}
		before, last, this = last, this, before
	}
	return last[len(b)]
}
