package analyzer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/keyvet/keyvet/analyzer"
)

// TestStarsOfStars: forty files, each of which hands on all names of the thirty before it. From the last one to the
// first there are more ways than anyone can go.
func TestStarsOfStars(t *testing.T) {
	dir := t.TempDir()
	for i := range 40 {
		var text strings.Builder
		text.WriteString("import redis\n")
		if i == 0 {
			text.WriteString("books = redis.Redis()\n")
		}
		for j := max(0, i-30); j < i; j++ {
			fmt.Fprintf(&text, "from m%d import *\n", j)
		}
		text.WriteString("books.json().get('k')\nlost.json().get('k')\n")
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("m%d.py", i)), []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if found := len(run(t, analyzer.Options{Base: dir, Roots: []string{dir}}).Findings); found != 40 {
		t.Errorf("%d findings, want one in each file", found)
	}
}
