package report

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// TestLineHashes compares with testdata/linehash.js, which says what GitHub's
// own code does in other words.
func TestLineHashes(t *testing.T) {
	data, err := os.ReadFile("testdata/linehash.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name   string
		Base64 []byte
		Hashes []string
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 10 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		if diff := cmp.Diff(v.Hashes, LineHashes(v.Base64)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", v.Name, diff)
		}
	}
}

func FuzzLineHashes(f *testing.F) {
	for _, seed := range []string{"", "a\r\nb", "\ufeffx\n\n", "\xff\xe2\x82", strings.Repeat("ab \n", 60)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		hashes := LineHashes(src)
		// Ends of lines are LF, CR and CR LF with only blanks skipped: a line less
		// than the ends would mean that one was lost.
		if most := 1 + strings.Count(string(src), "\n") + strings.Count(string(src), "\r"); len(hashes) > most || len(hashes) == 0 {
			t.Errorf("%d hashes for at most %d lines", len(hashes), most)
		}
		seen := make(map[string]bool)
		for _, h := range hashes {
			if seen[h] {
				t.Errorf("hash %s twice", h)
			}
			seen[h] = true
		}
		// Blanks do not count, unless one parts CR from LF or a broken character.
		if !strings.Contains(string(src), "\r") && utf8.Valid(src) {
			if diff := cmp.Diff(hashes, LineHashes([]byte(strings.ReplaceAll(string(src), " ", "")))); diff != "" {
				t.Error(diff)
			}
		}
	})
}
