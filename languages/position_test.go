package languages

import (
	"slices"
	"testing"
)

func TestLineStarts(t *testing.T) {
	for src, want := range map[string][]int32{
		"":           {0},
		"a":          {0},
		"\n":         {0, 1},
		"a\n\r\nb\n": {0, 2, 4, 6},
		"\n\nend":    {0, 1, 2},
	} {
		if got := LineStarts([]byte(src)); !slices.Equal(got, want) {
			t.Errorf("LineStarts(%q) = %v, want %v", src, got, want)
		}
	}
}
