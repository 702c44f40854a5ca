package kept

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/keyvet/keyvet/analyzer/internal/cache"
	"github.com/keyvet/keyvet/analyzer/internal/witness"
	"github.com/keyvet/keyvet/languages"
)

// open opens the memory of a folder as a scan does that begins in an hour, when all
// that was written is settled.
func open(t *testing.T, store *cache.Store, folder, needles string) *Files {
	t.Helper()
	w := witness.New()
	w.BeginAt(time.Now().Add(time.Hour))
	return Open(store, "build", folder, needles, w)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestSightsAreRecalled(t *testing.T) {
	store := cache.Open(t.TempDir(), 0)
	path := filepath.Join(t.TempDir(), "a.py")
	write(t, path, "r = Redis()\n")
	f := open(t, store, "here", "needles")
	want := Sight{Evidence: 5, Digest: f.Digest([]byte("r = Redis()\n"))}
	f.Learn(path, witness.LookAt(path), want)
	f.Save()
	if got, _, ok := open(t, store, "here", "needles").Recall(path); !ok || got != want {
		t.Errorf("got %+v, %v", got, ok)
	}
	for name, other := range map[string]*Files{
		"other needles":  open(t, store, "here", "more needles"),
		"another folder": open(t, store, "there", "needles"),
		"another cache":  open(t, cache.Open(t.TempDir(), 0), "here", "needles"),
	} {
		if _, _, ok := other.Recall(path); ok {
			t.Errorf("%s: recalled", name)
		}
	}
	time.Sleep(30 * time.Millisecond)
	write(t, path, "r = redis()\n") // of the same size
	if _, _, ok := open(t, store, "here", "needles").Recall(path); ok {
		t.Error("recalled what has changed")
	}
}

// TestFreshFilesAreNotKept: a file that was just written may change once more without
// its stamp telling.
func TestFreshFilesAreNotKept(t *testing.T) {
	store := cache.Open(t.TempDir(), 0)
	path := filepath.Join(t.TempDir(), "a.py")
	write(t, path, "x")
	f := Open(store, "build", "here", "needles", witness.New())
	f.Learn(path, witness.LookAt(path), Sight{Evidence: 1})
	f.Save()
	if _, _, ok := Open(store, "build", "here", "needles", witness.New()).Recall(path); ok {
		t.Error("it was kept")
	}
}

// TestFewFilesForgetNothing: a scan of a few files leaves the rest as it is, one of all
// files drops those that are gone.
func TestFewFilesForgetNothing(t *testing.T) {
	store, dir := cache.Open(t.TempDir(), 0), t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	scan := func(names ...string) {
		f := open(t, store, "here", "needles")
		for _, name := range names {
			write(t, path(name), name)
			f.Learn(path(name), witness.LookAt(path(name)), Sight{Evidence: 1})
		}
		f.Save()
	}
	knows := func(name string) bool {
		_, _, ok := open(t, store, "here", "needles").Recall(path(name))
		return ok
	}
	scan("a", "b", "c", "d")
	scan("a")
	if !knows("a") || !knows("b") || !knows("d") {
		t.Error("a scan of one file has made it forget the others")
	}
	scan("a", "b", "c")
	if !knows("c") || knows("d") {
		t.Error("a file that is gone is remembered")
	}
}

func TestAnswersAreRecalled(t *testing.T) {
	f := open(t, cache.Open(t.TempDir(), 0), "here", "needles")
	facts := &languages.File{
		Path: "a.py", Language: "python", Lines: []int32{0},
		Functions: []languages.Function{{Parent: -1, Owner: -1}},
	}
	q := Question{Language: "python", Extension: ".py", Options: "1", Digest: f.Digest([]byte("x")), Size: 1}
	f.Answered(q, Answer{State: 2, Facts: facts})
	got, ok := f.Answer(q)
	if !ok || got.State != 2 || got.Facts == nil || got.Facts.Language != "python" || got.Facts.Path != "" {
		t.Errorf("got %+v, %v", got, ok)
	}
	for name, change := range map[string]func(*Question){
		"language":  func(q *Question) { q.Language = "java" },
		"extension": func(q *Question) { q.Extension = ".pyi" },
		"options":   func(q *Question) { q.Options = "2" },
		"content":   func(q *Question) { q.Digest[0]++ },
		"size":      func(q *Question) { q.Size = 2 },
		"no digest": func(q *Question) { q.Digest = witness.Digest{} },
	} {
		other := q
		change(&other)
		if _, ok := f.Answer(other); ok {
			t.Errorf("another %s has the same answer", name)
		}
	}
	none := Question{Digest: f.Digest([]byte("generated")), Size: 9}
	f.Answered(none, Answer{State: 4})
	if got, ok := f.Answer(none); !ok || got.State != 4 || got.Facts != nil {
		t.Errorf("got %+v, %v", got, ok)
	}
}

func TestNothingIsKept(t *testing.T) {
	var f *Files
	f.Learn("x", witness.Stamp{}, Sight{})
	f.Answered(Question{Digest: witness.Digest{1}}, Answer{})
	f.Save()
	if _, _, ok := f.Recall("x"); ok {
		t.Error("recalled")
	}
	if _, ok := f.Answer(Question{Digest: witness.Digest{1}}); ok {
		t.Error("answered")
	}
}
