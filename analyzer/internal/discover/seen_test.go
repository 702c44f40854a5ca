package discover

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/analyzer/internal/witness"
)

// TestSeen asks for manifests with and without what a walk saw: the answers are the same, and what the walk knows not to
// be there is not asked for again.
func TestSeen(t *testing.T) {
	top := plant(t, "go.mod: module m", "a.py", "a/go.mod", "a/go.modern/x.py", "a/old.go.mod", "deep/er/pom.xml: <project/>",
		"gradle/libs.toml: x", "gradle/sub/y.py", "vendor/go.mod: module v", "outside/go.mod: module o")
	t.Chdir(top)
	r := find(t, Options{Roots: []string{"a", "deep", "gradle", "a.py"}})
	for _, rel := range []string{
		"go.mod", "a", "a/go.mod", "a/go.mo", "a/go.modern", "a/go", "a/old.go", "a/mod", "a/x/go.mod", "a/./go.mod", "a/../go.mod", "a/..", "a/.", "a/",
		"deep/er/pom.xml", "deep/pom.xml", "gradle/libs.toml", "vendor/go.mod", "vendor", "outside/go.mod", "nowhere/go.mod", ".", "",
	} {
		type answers struct {
			Data, Problem  string
			Names, Folders []string
		}
		ask := func(tree Tree) (got answers) {
			data, problem := tree.Read(rel, 1<<20)
			return answers{string(data), problem, tree.Names(rel), tree.Folders(rel)}
		}
		if diff := cmp.Diff(ask(Tree{}), ask(Tree{Seen: r.Seen})); diff != "" {
			t.Errorf("%q: -without +with what was seen:\n%s", rel, diff)
		}
	}
	for rel, want := range map[string]presence{
		"a/go.mod": seenFile, "a/go.mo": seenNothing, "a/mod": seenNothing, "a/old.go": seenNothing, "a/go.modern": seenFolder,
		"nowhere/go.mod": unseen, "go.mod": unseen, "a/..": unseen,
	} {
		if got := r.Seen.at(rel); got != want {
			t.Errorf("at(%q) = %v, want %v", rel, got, want)
		}
	}
}

// TestSeenLeftOut holds for all that lies in a folder, for whatever reason the walk passes it over.
func TestSeenLeftOut(t *testing.T) {
	top := plant(t, append(repo(""), ".gitignore: *.mod", "go.mod: module m", "vendor/go.mod: module v", "env/pyvenv.cfg", "env/go.mod: module e")...)
	t.Chdir(top)
	r := find(t, Options{Roots: []string{"."}})
	for _, rel := range []string{"go.mod", "vendor/go.mod", "env/go.mod"} {
		if data, problem := (Tree{Seen: r.Seen}).Read(rel, 1<<20); !strings.HasPrefix(string(data), "module") {
			t.Errorf("%s: %q, %s", rel, data, problem)
		}
	}
}

// TestSeenWitnessed relies on the folder alone, of which the walk has taken notes.
func TestSeenWitnessed(t *testing.T) {
	top := plant(t, "a/x.py")
	t.Chdir(top)
	w := witness.New()
	r := find(t, Options{Roots: []string{"."}, Witness: w})
	if data, _ := (Tree{Seen: r.Seen, Witness: w}).Read("a/setup.py", 1<<20); data != nil {
		t.Fatalf("read %q", data)
	}
	memory := w.Memory()
	if holds, _ := memory.Holds(1); !holds {
		t.Fatal("does not hold although nothing has changed")
	}
	writeFile(t, "a/setup.py", "")
	if holds, _ := memory.Holds(1); holds {
		t.Error("a new manifest goes unseen")
	}
}
