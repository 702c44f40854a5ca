package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestShardsAreTheWhole: however many parts a scan is made in, merged they are what it
// is in one.
func TestShardsAreTheWhole(t *testing.T) {
	for _, tree := range []string{"demo", "projects", "clients"} {
		t.Run(tree, func(t *testing.T) {
			t.Chdir(filepath.Join("../../testdata", tree))
			cache, dir := t.TempDir(), t.TempDir()
			for _, format := range []string{"json", "sarif"} {
				scan := func(name string, args ...string) string {
					path := filepath.Join(dir, name)
					got := scanWith(t, cache, append(args, "--format", format, "--severity", "note", "-o", path)...)
					if got.code > exitFindings {
						t.Fatalf("exit code %d: %s", got.code, got.err)
					}
					return path
				}
				whole := scan("whole")
				want := scanWith(t, cache, "merge", whole).out
				if text := read(t, whole); format == "json" && text != want {
					t.Errorf("merging one report changes it: %s", want)
				}
				for n := 1; n <= 5; n++ {
					args := []string{"merge"}
					for i := n; i >= 1; i-- { // in any order
						args = append(args, scan(fmt.Sprintf("%d-%d", i, n), "--shard", fmt.Sprintf("%d/%d", i, n)))
					}
					got := scanWith(t, cache, args...)
					if got.out != want {
						t.Errorf("%s in %d parts: got %s, want %s; %s", format, n, got.out, want, got.err)
					}
					if n > 1 && !strings.Contains(got.err, " 0 were there twice") {
						t.Errorf("%s in %d parts: %s", format, n, got.err)
					}
				}
			}
		})
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
