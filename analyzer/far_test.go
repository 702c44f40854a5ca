package analyzer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/analyzer"
)

// TestFar: a receiver that comes from too far away is no silence. A member that
// only clients have is a possible use of an unknown command; everyday members are
// counted in a note.
func TestFar(t *testing.T) {
	const far = 400
	first := "import redis\n\ndef f0():\n    return redis.Redis()\n"
	function := func(i int) string { return fmt.Sprintf("\ndef f%d():\n    return f%d()\n", i, i-1) }
	use := fmt.Sprintf("\nf3().execute_command(input())\nf%d().execute_command(input())\nf%d().get('k')\n", far, far)
	var upwards, downwards strings.Builder
	for i := range far {
		upwards.WriteString(function(i + 1))
		downwards.WriteString(function(far - i))
	}
	const line = 5 + 3*far + 1 // of the first use
	for _, test := range []struct {
		name, text string
		uses       []string
		notes      []string
	}{
		{"in steps that are known", first + upwards.String() + use, []string{fmt.Sprint(line, " ? certain"), fmt.Sprint(line+1, " ? certain")}, nil},
		{"too far", first + downwards.String() + use, []string{fmt.Sprint(line, " ? certain"), fmt.Sprint(line+1, " ? possible")}, []string{fmt.Sprintf(
			"1 call of members that many libraries have: where the receiver comes from is too far to be followed; the first is get in far.py:%d", line+2)}},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "far.py"), []byte(test.text), 0o644); err != nil {
			t.Fatal(err)
		}
		r := run(t, analyzer.Options{Base: dir, Roots: []string{dir}})
		var got []string
		for _, u := range r.Uses {
			got = append(got, fmt.Sprint(u.Range.Start.Line, " ", u.Command, " ", u.Certainty))
		}
		if diff := cmp.Diff(test.uses, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.name, diff)
		}
		if diff := cmp.Diff(test.notes, r.Notes); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.name, diff)
		}
	}
}
