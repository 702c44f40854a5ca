package witness

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/keyvet/keyvet/analyzer/internal/wire"
)

// world is a few files, and a link to one of them.
func world(t *testing.T) (path func(string) string) {
	t.Helper()
	root := t.TempDir()
	path = func(name string) string { return filepath.Join(root, name) }
	must(t, os.Mkdir(path("shop"), 0o777))
	must(t, os.WriteFile(path("shop/db.py"), []byte("r = Redis()\n"), 0o666))
	must(t, os.WriteFile(path("shop/Makefile"), []byte("all:\n"), 0o666))
	must(t, os.WriteFile(path("one"), []byte("1"), 0o666))
	must(t, os.WriteFile(path("two"), []byte("2"), 0o666))
	must(t, os.Symlink("one", path("link")))
	return path
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// see asks all kinds of questions.
func see(t *testing.T, w *Witness, path func(string) string) {
	t.Helper()
	before := w.BeforeFolder(path("shop"))
	w.Folder(path("shop"), before)
	content, err := os.ReadFile(path("shop/db.py"))
	must(t, err)
	w.File(path("shop/db.py"), look(path("shop/db.py"), false), content)
	w.Head(path("shop/Makefile"))
	w.Root(path("link"))
	w.There(path(".git"))
	w.Root(path("shop"))
}

// later is when everything that was just written is settled.
func later() time.Time { return time.Now().Add(time.Hour) }

func TestChangesAreSeen(t *testing.T) {
	write := func(name, text string) func(*testing.T, func(string) string) {
		return func(t *testing.T, path func(string) string) { must(t, os.WriteFile(path(name), []byte(text), 0o666)) }
	}
	for name, change := range map[string]func(*testing.T, func(string) string){
		"a file is edited":            write("shop/db.py", "r = Valkey()\n"),
		"an edit keeps the size":      write("shop/db.py", "r = redis()\n"),
		"a file without an extension": write("shop/Makefile", "ALL:\n"),
		"a file appears in a folder":  write("shop/new.py", ""),
		"what was not there is there": write(".git", ""),
		"a folder is in a file's place": func(t *testing.T, path func(string) string) {
			must(t, os.Remove(path("shop/db.py")))
			must(t, os.Mkdir(path("shop/db.py"), 0o777))
		},
		"an edit keeps size and modification time": func(t *testing.T, path func(string) string) {
			info, err := os.Stat(path("shop/db.py"))
			must(t, err)
			must(t, os.WriteFile(path("shop/db.py"), []byte("r = redis()\n"), 0o666))
			must(t, os.Chtimes(path("shop/db.py"), info.ModTime(), info.ModTime()))
		},
		"another file takes the name": func(t *testing.T, path func(string) string) {
			must(t, os.WriteFile(path("shop/x"), []byte("r = redis()\n"), 0o666))
			must(t, os.Rename(path("shop/x"), path("shop/db.py")))
		},
		"a file goes": func(t *testing.T, path func(string) string) { must(t, os.Remove(path("shop/db.py"))) },
		"a file is renamed": func(t *testing.T, path func(string) string) {
			must(t, os.Rename(path("shop/Makefile"), path("shop/makefile2")))
		},
		"a link leads elsewhere": func(t *testing.T, path func(string) string) {
			must(t, os.Remove(path("link")))
			must(t, os.Symlink("two", path("link")))
		},
		"another folder takes the name": func(t *testing.T, path func(string) string) {
			must(t, os.Rename(path("shop"), path("old")))
			must(t, os.CopyFS(path("shop"), os.DirFS(path("old"))))
			must(t, os.RemoveAll(path("old")))
		},
	} {
		// Just written, so that content decides; or as if it were old, so that the
		// stamp does.
		for mode, began := range map[string]func() time.Time{"content": time.Now, "stamp": later} {
			t.Run(name+" by "+mode, func(t *testing.T) {
				path := world(t)
				w := New()
				w.began = began()
				see(t, w, path)
				memory := w.Memory()
				if holds, _ := memory.Holds(2); !holds || !w.Sure() {
					t.Fatalf("nothing has changed, yet holds is %v", holds)
				}
				time.Sleep(30 * time.Millisecond) // more than the clock of any file system here
				change(t, path)
				if holds, _ := memory.Holds(2); holds {
					t.Error("not seen")
				}
			})
		}
	}
}

// TestRacilyClean: a file may change twice within a tick of the clock and keep its
// times. So what was read right after it was written is compared by content.
func TestRacilyClean(t *testing.T) {
	for name, test := range map[string]struct {
		stamp   Stamp
		settled bool
	}{
		"old":                         {Stamp{kind: file, modified: -1e10, changed: -1e10, inode: 1}, true},
		"just changed":                {Stamp{kind: file, modified: -1e9, changed: -1e9, inode: 1}, false},
		"its time was set back":       {Stamp{kind: file, modified: -1e15, changed: -1e9, inode: 1}, false},
		"its time is in the future":   {Stamp{kind: file, modified: 1e15, changed: -1e10, inode: 1}, false},
		"the clock was in the future": {Stamp{kind: file, modified: 1e15, changed: 1e15, inode: 1}, false},
		"without an inode":            {Stamp{kind: file, modified: -1e10, changed: -1e10}, false},
		"in a network file system":    {Stamp{kind: file, modified: -1e10, changed: -1e10, inode: 1, device: 2}, false},
		"neither a file nor a folder": {Stamp{kind: other, modified: -1e10, changed: -1e10, inode: 1}, false},
		"a folder, old":               {Stamp{kind: folder, modified: -1e10, changed: -1e10, inode: 1}, true},
	} {
		now := time.Now()
		here := systems{known: map[uint64]bool{0: true, 2: false}}
		test.stamp.modified += now.UnixNano()
		test.stamp.changed += now.UnixNano()
		if got := here.settled("x", test.stamp, now); got != test.settled {
			t.Errorf("%s: settled is %v", name, got)
		}
	}
}

// TestTouched: a new time alone is no change where content was compared, and content
// need not be compared for ever.
func TestTouched(t *testing.T) {
	path := world(t)
	w := New()
	see(t, w, path)
	memory := w.Memory()
	now := time.Now()
	must(t, os.Chtimes(path("shop/db.py"), now, now))
	if holds, renewed := memory.Holds(1); !holds || renewed {
		t.Errorf("touched: holds %v, renewed %v", holds, renewed)
	}
	if holds, renewed := memory.holdsAt(later(), 1); !holds || !renewed {
		t.Errorf("an hour later: holds %v, renewed %v", holds, renewed)
	}
	for _, in := range memory.inputs {
		if in.sealed {
			t.Errorf("%s is still compared by content", in.path)
		}
	}
	if holds, renewed := memory.holdsAt(later(), 1); !holds || renewed {
		t.Errorf("then: holds %v, renewed %v", holds, renewed)
	}
}

// TestUnsure: what cannot be read today can perhaps be read tomorrow.
func TestUnsure(t *testing.T) {
	w := New()
	w.Unread("gone", os.ErrNotExist)
	if !w.Sure() {
		t.Error("that a file is not there is an answer")
	}
	w.Unread("closed", os.ErrPermission)
	if w.Sure() {
		t.Error("a file that could not be read is taken for an answer")
	}
}

// TestAbsentInSeenFolder: the folder says it already.
func TestAbsentInSeenFolder(t *testing.T) {
	path := world(t)
	w := New()
	see(t, w, path)
	n := len(w.Memory().inputs)
	w.There(path("shop/go.mod"))
	if got := len(w.Memory().inputs); got != n {
		t.Errorf("%d inputs, %d before", got, n)
	}
	w.There(path("go.mod"))
	if got := len(w.Memory().inputs); got != n+1 {
		t.Errorf("%d inputs, %d before", got, n)
	}
}

func TestNobodyWatches(t *testing.T) {
	path := world(t)
	var w *Witness
	see(t, w, path)
	w.Unsure()
	if names, err := w.ReadDir(path("shop")); len(names) != 2 || err != nil {
		t.Errorf("%v, %v", names, err)
	}
}

func TestMemoryComesBack(t *testing.T) {
	path := world(t)
	for _, began := range []time.Time{time.Now(), later()} {
		w := New()
		w.began = began
		see(t, w, path)
		out := wire.NewWriter()
		w.Memory().Code(out)
		data, err := out.Written()
		must(t, err)
		var back Memory
		in := wire.NewReader(string(data))
		if back.Code(in); in.Done() != nil {
			t.Fatal(in.Done())
		}
		if holds, _ := back.Holds(1); !holds || len(back.inputs) != len(w.Memory().inputs) {
			t.Errorf("%d of %d inputs, holds %v", len(back.inputs), len(w.Memory().inputs), holds)
		}
		must(t, os.WriteFile(path("shop/db.py"), []byte("changed"), 0o666))
		if holds, _ := back.Holds(1); holds {
			t.Error("not seen")
		}
	}
}

func FuzzMemory(f *testing.F) {
	out := wire.NewWriter()
	(&Memory{[]input{
		{path: "a/b", stamp: Stamp{kind: file, size: 7, modified: 1e18, changed: 1e18, inode: 9}},
		{path: "a/c", kind: askFolder, stamp: Stamp{kind: folder}, sealed: true},
	}}).Code(out)
	data, _ := out.Written()
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		var m Memory
		in := wire.NewReader(string(data))
		if m.Code(in); in.Done() != nil {
			return
		}
		again := wire.NewWriter()
		m.Code(again)
		second, err := again.Written()
		must(t, err)
		var same Memory
		in = wire.NewReader(string(second))
		if same.Code(in); in.Done() != nil || len(same.inputs) != len(m.inputs) {
			t.Fatal("what was read is not what is written")
		}
	})
}
