package discover

import (
	"strings"
	"testing"
)

// FuzzIgnore reads a hostile ignore file, and compares what its maps of frequent shapes say with asking one pattern
// after the other.
func FuzzIgnore(f *testing.F) {
	for _, file := range curatedIgnoreFiles {
		f.Add(file, "a/foo/b.go", false)
	}
	f.Add("*.py\n!a.py\n/x\nx/\n*.tar.gz\n", "x/a.py", true)
	f.Add(strings.Repeat("**/*a*/", 60)+"b", strings.Repeat("a/", 60), true)
	f.Fuzz(func(t *testing.T, file, path string, dir bool) {
		for _, fold := range []bool{false, true} {
			l := parseIgnore([]byte(file), fold)
			if l == nil {
				continue
			}
			got, want := l.match([]byte(path), dir), unsaid
			name := []byte(path[strings.LastIndexByte(path, '/')+1:])
			for _, p := range l.patterns {
				if p.onlyDir && !dir || p.base && !p.matchName(name, fold) || !p.base && !p.matchPath([]byte(path), fold) {
					continue
				}
				want = ignored
				if p.negative {
					want = wanted
				}
			}
			if got != want {
				t.Errorf("%q, fold %v, folder %v, by %q: %v, one by one %v", path, fold, dir, file, got, want)
			}
		}
	})
}
