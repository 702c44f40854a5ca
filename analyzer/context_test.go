package analyzer_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/analyzer/report"
)

// TestContext: what is found in one file is the same, whether the whole project is
// scanned or the file with the project as context. Only what is said about it may
// be less: which of several libraries it goes through, and by which way.
func TestContext(t *testing.T) {
	projects, err := filepath.Glob("../testdata/projects/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range projects {
		o := analyzer.Options{Base: folder, Roots: []string{folder}, Ignored: true, Vendored: true}
		whole := make(map[string][]report.Use)
		r := run(t, o)
		for _, u := range r.Uses {
			whole[u.Path] = append(whole[u.Path], u)
		}
		for _, path := range r.Paths {
			o.Roots, o.Context = []string{filepath.Join(folder, path)}, []string{folder}
			got := run(t, o)
			if diff := cmp.Diff(whole[path], got.Uses, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(report.Use{}, "Client", "Because")); diff != "" {
				t.Errorf("%s/%s by itself (-whole +alone):\n%s", folder, path, diff)
			}
			if got.Files.Found != 1 || got.Files.Context != len(r.Paths)-1 {
				t.Errorf("%s/%s: %+v", folder, path, got.Files)
			}
		}
	}
}
