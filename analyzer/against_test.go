package analyzer_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/rules"
)

// TestAgainst is TestFixtures for the folders of testdata/against/<target>, which
// are judged against that target.
func TestAgainst(t *testing.T) {
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	folders, err := filepath.Glob("../testdata/against/*/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no folders: %v", err)
	}
	for _, folder := range folders {
		name := filepath.Base(filepath.Dir(folder))
		t.Run(name+"/"+filepath.Base(folder), func(t *testing.T) {
			target, err := set.Target(name)
			if err != nil {
				t.Fatal(err)
			}
			got, want := scanAgainst(t, set, target, folder), expectations(t, folder)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("findings differ (-want +got):\n%s", diff)
			}
		})
	}
}
