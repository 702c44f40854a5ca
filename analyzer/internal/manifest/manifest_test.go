package manifest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
)

// moduleFiles are the names of all files that are read, and a source file that they are read for.
var moduleFiles = []struct{ name, source string }{
	{"go.mod", "x.go"}, {"package.json", "x.js"}, {"tsconfig.json", "x.js"}, {"pyproject.toml", "x.py"},
	{"setup.cfg", "x.py"}, {"setup.py", "x.py"}, {"PKG-INFO", "x.py"}, {"shop_kit-1.0.dist-info/RECORD", "x.py"},
}

// FuzzModules reads hostile manifests. Whatever they say, what they name is named in them.
func FuzzModules(f *testing.F) {
	for i, text := range []string{
		"module example.com/m // x\n", `{"name":"@a/b","main":"./m.js","exports":{".":[{"import":"./i.mjs"},"./j.js"],"./x/*":"./y/*.js"}}`,
		`{"compilerOptions":{"baseUrl":"./src","paths":{"@/*":["*"],"~":["../../x"],},}, // a
}`, "[project]\nname = \"shop\"\n[tool.poetry]\nname='x'\n", "[metadata]\nname = shop\n", "setup(name='shop')\n", "Name: shop\n", "shop/a.py,sha256=x,1\nshop_kit-1.0.dist-info/RECORD,,\n",
	} {
		f.Add(uint8(i), text)
	}
	f.Fuzz(func(t *testing.T, file uint8, text string) {
		base, m := t.TempDir(), moduleFiles[int(file)%len(moduleFiles)]
		if err := os.MkdirAll(filepath.Dir(filepath.Join(base, m.name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(base, m.name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		got, _ := Modules(discover.Tree{Base: base}, []string{m.source})
		if name := got.PythonPackages["."]; !strings.Contains(strings.ToLower(text), name) {
			t.Errorf("%q is not in %q", name, text)
		}
		for folder := range got.PythonPackages {
			if !strings.Contains("./"+text, folder) {
				t.Errorf("the folder %q is not in %q", folder, text)
			}
		}
	})
}
