//go:build bench && linux

package bench

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/languages/builtin"
	"github.com/keyvet/keyvet/rules"
)

// BenchmarkScan is a cold scan of the trees in KEYVET_TREES, or of the fixtures, within this program: for profiles. What the
// parsers' C code allocates is in none of them.
func BenchmarkScan(b *testing.B) {
	set, err := rules.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	trees := filepath.SplitList(os.Getenv("KEYVET_TREES"))
	if len(trees) == 0 {
		trees = []string{"../../../testdata/projects"}
	}
	for _, tree := range trees {
		b.Run(filepath.Base(tree), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := analyzer.Run(b.Context(), analyzer.Options{Base: tree, Roots: []string{tree}, Rules: set, Languages: builtin.Languages()}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
