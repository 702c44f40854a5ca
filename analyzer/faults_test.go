package analyzer_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/builtin"
	"github.com/keyvet/keyvet/rules"
)

// A brokenScripts is a language whose extractor has a mistake that only programs inside of texts meet.
type brokenScripts struct{ languages.Language }

func (l brokenScripts) Extract(ctx context.Context, path string, src []byte) (*languages.File, error) {
	if path == "" {
		var none []int
		_ = none[len(src)]
	}
	return l.Language.Extract(ctx, path, src)
}

// TestFaultOfDetection: a mistake that one file meets is said, and the rest is found.
func TestFaultOfDetection(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.py": "import redis\nr = redis.Redis()\nr.json().get('k')\nr.register_script(\"return redis.call('JSON.GET', KEYS[1])\")\n",
		"b.py": "import redis\nr = redis.Redis()\nr.ft('idx').search('q')\n",
		"c.py": "from b import r\nr.ft('idx').search('q')\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all := builtin.Languages()
	for i, l := range all {
		all[i] = brokenScripts{l}
	}
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	r, err := analyzer.Run(t.Context(), analyzer.Options{Base: dir, Roots: []string{dir}, Rules: set, Languages: all})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Skipped) != 1 || r.Files.Skipped != 1 || r.Skipped[0].Path != "a.py" ||
		!strings.Contains(r.Skipped[0].Reason, "internal fault while looking for uses in it: runtime error: index out of range") ||
		!strings.Contains(r.Skipped[0].Reason, "please report it") {
		t.Errorf("skipped: %+v", r.Skipped)
	}
	var found []string
	for _, u := range r.Uses {
		if u.Command != "" {
			found = append(found, u.Path+" "+u.Command)
		}
	}
	if want := []string{"a.py JSON.GET", "b.py FT.SEARCH", "c.py FT.SEARCH"}; !slices.Equal(found, want) {
		t.Errorf("found %q, want %q", found, want)
	}
}

// TestFaultOfTheRest: a mistake that is no file's is an error.
func TestFaultOfTheRest(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.py"), []byte("import redis\nredis.Redis().json().get('k')\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	r, err := analyzer.Run(t.Context(), analyzer.Options{
		Base: dir, Roots: []string{dir}, Rules: set, Languages: builtin.Languages(),
		Severity: func(string, string, rules.Severity) rules.Severity { panic("no such severity") },
	})
	if r != nil || err == nil || !strings.Contains(err.Error(), "internal fault: no such severity (faults_test.go:") {
		t.Errorf("report %v, error %v", r, err)
	}
}
