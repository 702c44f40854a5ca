package globs

import (
	"strings"
	"testing"

	"github.com/bmatcuk/doublestar/v4"
)

func TestProblem(t *testing.T) {
	for glob, want := range map[string]string{
		"":                          "it is empty",
		"!a":                        `a leading "!" does not negate; write \! for a name that begins with it`,
		"a{b":                       "unbalanced brackets or braces, or a backslash at the end",
		"**/*.{js,ts,{c,m}{js,ts}}": "",
		`a\{b,\}`:                   "",
		strings.Repeat("{a,b}", 8):  "",
		strings.Repeat("{a,b}", 9):  "its braces stand for more than 256 globs; write several globs",
		strings.Repeat("{a,b}", 90): "its braces stand for more than 256 globs; write several globs",
		strings.Repeat("{a,", 300) + strings.Repeat("}", 300): "its braces stand for more than 256 globs; write several globs",
		"{" + strings.Repeat("a,", 256) + "}":                 "its braces stand for more than 256 globs; write several globs",
		strings.Repeat("**/", 1000) + "a":                     "",
	} {
		if got := Problem(glob); got != want {
			t.Errorf("%.40q: %q, want %q", glob, got, want)
		}
	}
}

// FuzzGlobs must come back, whatever glob meets whatever path.
func FuzzGlobs(f *testing.F) {
	for _, glob := range []string{"**/*.{js,ts}", strings.Repeat("{a,a}", 30) + "b", strings.Repeat("**/", 40) + "b", strings.Repeat("*a", 40) + "b", "[!a-c]{x,[}]}", `\{a,b`} {
		f.Add(glob, "a/b/c.js")
		f.Add(glob, strings.Repeat("a", 40))
		f.Add(glob, strings.Repeat("a/", 40))
	}
	f.Fuzz(func(t *testing.T, glob, path string) {
		if Problem(glob) == "" {
			_, _ = doublestar.Match(glob, path) // [!a}] is valid to one half of the library and not to the other
		}
	})
}
