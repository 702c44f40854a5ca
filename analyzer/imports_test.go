package analyzer_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestImports keeps the houses apart: who may not reach whom.
func TestImports(t *testing.T) {
	const module = "github.com/keyvet/keyvet/"
	for _, test := range []struct{ from, never string }{
		{"rules/...", module + "languages"},
		{"rules/...", module + "analyzer"},
		{"languages/...", module + "rules"},
		{"languages/...", module + "analyzer"},
		{"analyzer/...", "github.com/smacker/go-tree-sitter"},
		{"analyzer/...", module + "languages/builtin"},
		{"analyzer/internal/discover", module + "languages"},
		{"analyzer/internal/prefilter", module + "rules"},
		{"analyzer/internal/link", module + "rules"},
		{"analyzer/report/...", module + "rules"},
	} {
		out, err := exec.Command("go", "list", "-deps", "../"+test.from).Output()
		if err != nil {
			t.Fatalf("go list ../%s: %v", test.from, err)
		}
		for _, dep := range strings.Fields(string(out)) {
			if dep == test.never || strings.HasPrefix(dep, test.never+"/") {
				t.Errorf("%s reaches %s", test.from, dep)
			}
		}
	}
}

// TestNothingIsReadPastTheWitness: a report is recalled from the cache if all that was
// asked of the file system for it has the same answer. So all must ask through package
// discover, which has it taken down.
func TestNothingIsReadPastTheWitness(t *testing.T) {
	asks := regexp.MustCompile(`\b(os\.(Open|ReadFile|ReadDir|Stat|Lstat|DirFS)|filepath\.(Walk|WalkDir|Glob|EvalSymlinks)|discover\.Read)\(`)
	allowed := map[string]int{
		"source.go": 1, // what was read before, once more
		"cache.go":  1, // the working directory, which is part of the key
	}
	apart := []string{"internal/discover", "internal/witness", "internal/cache", "goanalysis"} // the last is not of a scan
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains(apart, filepath.ToSlash(path)):
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if found := asks.FindAllString(string(source), -1); len(found) != allowed[path] {
			t.Errorf("%s: %d of %q, want %d; read through package discover with a witness", path, len(found), found, allowed[path])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestReach keeps promises of SECURITY.md: one package may run a program, and one may open connections. Tools that
// build what they check, such as go vet, are no part of a scan.
func TestReach(t *testing.T) {
	const module = "github.com/keyvet/keyvet/"
	may := map[string][]string{
		"os/exec": {module + "cmd/keyvet/internal/changes"},
		"net":     {module + "cmd/keyvet/internal/live"},
	}
	out, err := exec.Command("go", "list", "-deps", "-f", `{{if not .Standard}}{{.ImportPath}}: {{join .Imports " "}}{{end}}`, "../cmd/keyvet").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		from, imports, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for _, to := range strings.Fields(imports) {
			name := to
			if to == "net/http" || to == "crypto/tls" {
				name = "net"
			}
			if allowed, restricted := may[name]; restricted && strings.HasPrefix(from, module) && !slices.Contains(allowed, from) {
				t.Errorf("%s imports %s", from, to)
			}
		}
	}
}
