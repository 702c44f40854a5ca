package prefilter

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// FuzzWordSet compares a set's pass over a text with a search for each of the words.
func FuzzWordSet(f *testing.F) {
	f.Add("store run redis-client [id] a $ns ünlü", "run(store)\nimport redis-client; redis-clients $ns.ünlü a [id]")
	f.Add("ab ab-c ab-cd", "ab-c ab-cde ab")
	f.Fuzz(func(t *testing.T, words, src string) {
		all := make(map[string]bool)
		want := make(map[string]bool)
		for i := range fewWords * (len(words) % 2) { // many or few
			all[fmt.Sprint("padding", i)] = true
		}
		for _, word := range strings.Fields(words) {
			all[word] = true
		}
		for word := range all {
			if HasWord([]byte(src), word) {
				want[word] = true
			}
		}
		if got := NewWordSet(all).In([]byte(src)); !maps.Equal(got, want) {
			t.Errorf("of %q, %q holds %q, want %q", words, src, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
		}
	})
}
