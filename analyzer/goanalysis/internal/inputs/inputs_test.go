package inputs

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

var day = time.Date(2027, 1, 31, 12, 0, 0, 0, time.Local)

// TestState goes through the life of a record: each step says whether the state
// must be the one from before any of them.
func TestState(t *testing.T) {
	work := t.TempDir()
	module := filepath.Join(work, "shop")
	file, folder := filepath.Join(module, "keyvet.yaml"), filepath.Join(work, "rules")
	absent := filepath.Join(work, "keyvet.yaml")
	put(t, filepath.Join(module, "go.mod"), "module shop\n")
	put(t, file, "target: a\n")
	put(t, filepath.Join(folder, "deep", "a.yaml"), "a\n")
	r := Record{filepath.Join(work, "record")}
	first := state(t, r, day)
	seen := []Input{
		{Path: file, Digest: Digest(file), Module: module}, {Path: absent, Digest: Digest(absent), Module: module},
		{Path: folder, Digest: Digest(folder)}, {Until: "2027-01-31"},
	}
	if err := r.Add(seen); err != nil {
		t.Fatal(err)
	}
	now := day
	for _, step := range []struct {
		name string
		do   func()
		same bool
	}{
		{"nothing happened", func() {}, true},
		{"a file changes", func() { put(t, file, "target: b\n") }, false},
		{"seen again, changed", func() {
			if err := r.Add([]Input{{Path: file, Digest: Digest(file), Module: module}}); err != nil {
				t.Fatal(err)
			}
		}, false},
		{"the file is what it was", func() { put(t, file, "target: a\n") }, true},
		{"the file is gone", func() { remove(t, file) }, false},
		{"the module is gone with it", func() { remove(t, filepath.Join(module, "go.mod")) }, true},
		{"the module is there, without the file", func() { put(t, filepath.Join(module, "go.mod"), "module shop\n") }, false},
		{"all is there again", func() { put(t, file, "target: a\n") }, true},
		{"a file appears that was not there", func() { put(t, absent, "") }, false},
		{"and goes", func() { remove(t, absent) }, true},
		{"a file in a folder changes", func() { put(t, filepath.Join(folder, "deep", "a.yaml"), "b\n") }, false},
		{"and back", func() { put(t, filepath.Join(folder, "deep", "a.yaml"), "a\n") }, true},
		{"a file in a folder appears", func() { put(t, filepath.Join(folder, "b.yaml"), "") }, false},
		{"and goes", func() { remove(t, filepath.Join(folder, "b.yaml")) }, true},
		{"the last day is over", func() { now = day.AddDate(0, 0, 1) }, false},
	} {
		step.do()
		if got := state(t, r, now); (got == first) != step.same {
			t.Errorf("%s: the state is the first one: %v", step.name, got == first)
		}
	}
}

// TestLostRecord: whoever lost a record knows nothing of the answers from before.
func TestLostRecord(t *testing.T) {
	r := Record{filepath.Join(t.TempDir(), "record")}
	seen := map[string]string{state(t, r, day): "first"}
	for _, test := range []struct {
		name  string
		spoil func()
	}{
		{"removed", func() { remove(t, r.dir) }},
		{"no id", func() { remove(t, filepath.Join(r.dir, idFile)) }},
		{"id cut short", func() { put(t, filepath.Join(r.dir, idFile), "ABC") }},
		{"entry cut short", func() { put(t, filepath.Join(r.dir, "x.json"), `{"path":`) }},
		{"too many entries", func() {
			for i := range maxEntries + 1 {
				if err := r.Add([]Input{{Until: day.AddDate(0, 0, i).Format(time.DateOnly)}}); err != nil {
					t.Fatal(err)
				}
			}
		}},
	} {
		test.spoil()
		got := state(t, r, day)
		if seen[got] != "" {
			t.Errorf("%s: the state is that of %s", test.name, seen[got])
		}
		seen[got] = test.name
		if again := state(t, r, day); again != got {
			t.Errorf("%s: the state changes by itself", test.name)
		}
	}
}

// TestNoRecord: where none can be made there is no state, and nothing to add to.
func TestNoRecord(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	put(t, file, "")
	r := Record{filepath.Join(file, "record")}
	if state, err := r.State(day); err == nil {
		t.Errorf("state %q in a folder that cannot be made", state)
	}
	if err := (Record{filepath.Join(t.TempDir(), "none")}).Add([]Input{{Until: "2027-01-31"}}); err != nil {
		t.Error(err)
	}
}

func state(t *testing.T, r Record, now time.Time) string {
	t.Helper()
	s, err := r.State(now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, name string) {
	t.Helper()
	if err := os.RemoveAll(name); err != nil {
		t.Fatal(err)
	}
}
