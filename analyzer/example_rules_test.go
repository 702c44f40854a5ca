package analyzer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/rules"
)

// extensions names the files that rules' examples are written to.
var extensions = map[string]string{
	"go": "example.go", "python": "example.py", "javascript": "example.js", "java": "Example.java", "lua": "example.lua",
}

// TestExamples runs every rule's examples: each line that ends in "want" must
// be found, and no other.
func TestExamples(t *testing.T) {
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range set.Rules {
		if len(rule.Examples) == 0 {
			t.Errorf("rule %s has no example", rule.ID)
		}
		for i, example := range rule.Examples {
			t.Run(fmt.Sprintf("%s/%s%d", rule.ID, example.Language, i), func(t *testing.T) {
				folder := t.TempDir()
				if err := os.WriteFile(filepath.Join(folder, extensions[example.Language]), []byte(example.Code), 0o644); err != nil {
					t.Fatal(err)
				}
				for name, text := range example.Files {
					if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				got, want := scanAgainst(t, set, targetOf(t, set, rule), folder), expectations(t, folder)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("findings differ (-want +got):\n%s\n%s", diff, example.Code)
				}
			})
		}
	}
}

// targetOf gives the target that a rule's examples are judged against.
func targetOf(t *testing.T, set *rules.Set, rule *rules.Rule) *rules.Target {
	t.Helper()
	if rule.Target == "" {
		return nil
	}
	target, err := set.Target(rule.Target)
	if err != nil {
		t.Fatal(err)
	}
	return target
}
