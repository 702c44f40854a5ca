package manifest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestComments(t *testing.T) {
	for _, test := range []struct{ path, src, want string }{
		{"requirements.txt", "a @ https://x/#egg=a\nb==1 # one\n# two\n#three", "2t one|3 two|4 three"},
		{"pyproject.toml", "a = \"# no\" # one\nb = '#' # two\nc = \"\"\"\n# no\n\"\"\" # three\n", "1t one|2t two|5t three"},
		{"setup.cfg", "a =\n  b>1\n  # one\n; two\nc = d#no\n", "3 one|4 two"},
		{"go.mod", "module m // one\n// two\nrequire \"x//y\" v1 // three\n", "1t one|2 two|3t three"},
		{"app/build.gradle.kts", "url = \"https://x\" // one\n/* two\n three */\na /* four */ b\n", "1t one|2 two\n three|4t four"},
		{"pom.xml", "<a/> <!-- one -->\n<!-- two\n  three -->\n<!-- four", "1t one|2 two\n  three|4 four"},
		{"setup.py", "x = '#' # one\n", "1t one"},
		{"Pipfile", "redis = \"*\" # one\n", "1t one"},
	} {
		f := Comments(test.path, []byte(test.src))
		var got []string
		for _, c := range f.Comments {
			trailing := ""
			if c.Trailing {
				trailing = "t"
			}
			got = append(got, fmt.Sprintf("%d%s %s", f.Position(c.Range.Start).Line, trailing, c.Text))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", test.path, diff)
		}
	}
	if Comments("package.json", []byte("{} // no")) != nil {
		t.Error("JSON has no comments")
	}
}

func FuzzComments(f *testing.F) {
	f.Add("pom.xml", "<!-- x")
	f.Add("a.gradle", "\"\"\" /* \\")
	f.Fuzz(func(t *testing.T, path, src string) {
		if file := Comments(path, []byte(src)); file != nil {
			for _, c := range file.Comments {
				if c.Range.Start < 0 || c.Range.Start > c.Range.End || int(c.Range.End) > len(src) {
					t.Fatalf("range %v of %d bytes", c.Range, len(src))
				}
			}
		}
	})
}
