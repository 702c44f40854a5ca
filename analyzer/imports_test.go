package analyzer_test

import (
	"os/exec"
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
