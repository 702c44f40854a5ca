//go:build unix

package manifest

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/internal/manifest/dependencies"
)

// TestNoRegularFile would wait for ever if a pipe were opened, and fill the memory if a link to a device were followed.
func TestNoRegularFile(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "package.json")
	if err := os.WriteFile(outside, []byte(`{"name": "secret", "dependencies": {"redis": "^4"}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	base := t.TempDir()
	for _, folder := range []string{"pipes/requirements", "links", "inside"} {
		if err := os.MkdirAll(filepath.Join(base, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	link := func(to, from string) {
		if err := os.Symlink(to, filepath.Join(base, from)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "package.json", "tsconfig.json", "setup.py", "requirements.txt", "gradle", "requirements/a.txt"} {
		if err := syscall.Mkfifo(filepath.Join(base, "pipes", name), 0o666); err != nil {
			t.Skip(err)
		}
	}
	link("/dev/zero", "links/go.mod")
	link(outside, "links/package.json")
	link(filepath.Dir(outside), "links/requirements")
	link("/dev/zero", "links/pyproject.toml")
	link("nowhere", "links/setup.cfg")
	link("../links/../inside/real.json", "inside/package.json")
	if err := os.WriteFile(filepath.Join(base, "inside/real.json"), []byte(`{"name": "inside", "dependencies": {"redis": "^4"}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	files := []string{"pipes/x.go", "pipes/x.js", "pipes/x.py", "pipes/X.java", "links/x.go", "links/x.js", "links/x.py", "inside/x.js"}
	m, notes := Modules(discover.Tree{Base: base}, files)
	if len(m.GoModules) > 0 || len(m.NodePackages) != 1 || m.NodePackages["inside"].Name != "inside" {
		t.Errorf("%+v", m)
	}
	want := []string{
		"links/pyproject.toml: cannot be read: a link that leads out of the scanned folder",
		"pipes/setup.py: cannot be read: not a regular file",
		"links/go.mod: cannot be read: a link that leads out of the scanned folder",
		"pipes/go.mod: cannot be read: not a regular file",
		"links/package.json: cannot be read: a link that leads out of the scanned folder",
		"pipes/package.json: cannot be read: not a regular file",
		"pipes/tsconfig.json: cannot be read: not a regular file",
	}
	if diff := cmp.Diff(want, notes); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	asked := map[string][]string{"go": {"redis"}, "npm": {"redis"}, "pypi": {"redis"}, "maven": {"redis"}}
	by := make(map[string][]string)
	for _, file := range files {
		ecosystem := map[string]string{".go": "go", ".js": "npm", ".py": "pypi", ".java": "maven"}[filepath.Ext(file)]
		by[ecosystem] = append(by[ecosystem], file)
	}
	r := dependencies.Read(dependencies.Input{Tree: discover.Tree{Base: base}, Files: by, Wanted: asked})
	if d, ok := r.Find("inside/x.js", "npm", []string{"redis"}); !ok || d.Text != "^4" {
		t.Errorf("through a link inside: %+v", d)
	}
	if d, ok := r.Find("links/x.js", "npm", []string{"redis"}); ok {
		t.Errorf("through a link outside: %+v", d)
	}
	if said := strings.Join(r.Notes(), "\n"); !strings.Contains(said, "pipes/requirements.txt: cannot be read: not a regular file") {
		t.Error(said)
	}
}
