package analyzer

import (
	"testing"

	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
)

func TestAround(t *testing.T) {
	f := &languages.File{
		Lines: []int32{0, 10, 20, 30, 40, 50, 60, 70, 80, 90},
		Types: []languages.Type{{Name: "Shop"}},
		Functions: []languages.Function{
			{Owner: -1}, // the file
			{Name: "find", Owner: 0, Range: languages.Range{Start: 10, End: 60}},
			{Name: "inner", Owner: -1, Range: languages.Range{Start: 20, End: 40}},
			{Owner: -1, Range: languages.Range{Start: 25, End: 28}}, // without a name
			{Name: "same", Owner: -1, Range: languages.Range{Start: 20, End: 40}},
			{Name: "last", Owner: -1, Range: languages.Range{Start: 70, End: 80}},
		},
	}
	fs := functionsOf(f)
	for line, want := range map[int]string{1: "", 2: "Shop.find", 3: "same", 4: "same", 5: "Shop.find", 6: "Shop.find", 7: "", 8: "last", 9: "", 10: "", 0: "", 99: ""} {
		if got := fs.around(report.Position{Line: line, Column: 1}); got != want {
			t.Errorf("line %d: %q, want %q", line, got, want)
		}
	}
	if got := functionsOf(nil).around(report.Position{Line: 1, Column: 1}); got != "" {
		t.Errorf("without facts: %q", got)
	}
}
