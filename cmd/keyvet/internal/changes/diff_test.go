package changes

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
)

func TestDiff(t *testing.T) {
	for _, test := range []struct{ old, text, want string }{
		{"a\nb\nc\n", "a\nb\nc\n", "[]"},
		{"a\nb\nc\n", "a\r\nb\r\nc", "[]"},
		{"a\nb\nc\n", "a\nx\nc\n", "[{1 2 1 2}]"},
		{"a\nb\nc\n", "a\nc\n", "[{1 2 1 1}]"},
		{"a\nc\n", "a\nb\nc\n", "[{1 1 1 2}]"},
		{"", "a\n", "[{0 0 0 1}]"},
		{"a\n", "", "[{0 1 0 0}]"},
		{"a\nb\nc\nd\ne\n", "a\nx\nc\ny\ne\n", "[{1 2 1 2} {3 4 3 4}]"},
	} {
		if got := fmt.Sprint(diff([]byte(test.old), []byte(test.text))); got != test.want {
			t.Errorf("%q to %q: %s, want %s", test.old, test.text, got, test.want)
		}
	}
}

// TestDiffApplies: what is outside of the hunks is the same on both sides.
func TestDiffApplies(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 300 {
		old, text := someLines(random), someLines(random)
		if random.Intn(3) == 0 {
			text = slices.Concat(old[:len(old)/2], text, old[len(old)/2:])
		}
		var rebuilt []string
		at := 0
		for _, h := range diff([]byte(strings.Join(old, "\n")), []byte(strings.Join(text, "\n"))) {
			rebuilt = append(rebuilt, old[at:h.oldStart]...)
			rebuilt = append(rebuilt, text[h.newStart:h.newEnd]...)
			at = h.oldEnd
		}
		rebuilt = append(rebuilt, old[at:]...)
		if !slices.Equal(rebuilt, text) {
			t.Fatalf("%v to %v gives %v", old, text, rebuilt)
		}
	}
}

func someLines(random *rand.Rand) []string {
	all := make([]string, 1+random.Intn(30))
	for i := range all {
		all[i] = string(rune('a' + random.Intn(4)))
	}
	return all
}

func FuzzDiff(f *testing.F) {
	f.Add("a\nb", "b\na\r\n")
	f.Fuzz(func(t *testing.T, old, text string) {
		a, b := len(lines([]byte(old))), len(lines([]byte(text)))
		last := hunk{}
		for _, h := range diff([]byte(old), []byte(text)) {
			if h.oldStart < last.oldEnd || h.newStart < last.newEnd || h.oldEnd > a || h.newEnd > b {
				t.Fatalf("%+v after %+v, %d and %d lines", h, last, a, b)
			}
			last = h
		}
	})
}
