//go:build linux || darwin

package discover

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func mustLink(t *testing.T, to, from string) {
	t.Helper()
	if err := os.Symlink(to, from); err != nil {
		t.Fatal(err)
	}
}

// TestFindNoLinksNoPipes would wait forever if a pipe were opened, or if a link led round in a circle.
func TestFindNoLinksNoPipes(t *testing.T) {
	top := plant(t, "a.py", "d/b.py", "d/secret")
	t.Chdir(top)
	mustLink(t, "..", "d/up.py")
	mustLink(t, ".", "self")
	mustLink(t, "a.py", "link.py")
	mustLink(t, "nowhere.py", "dangling.py")
	for _, name := range []string{"pipe.py", "pipe", ".keyvetignore"} {
		if err := syscall.Mkfifo(name, 0o666); err != nil {
			t.Skip(err)
		}
	}
	r := find(t, Options{Roots: []string{"."}, Script: byShebang})
	if got := rels(r); got != "a.py d/b.py" {
		t.Errorf("found %q", got)
	}
	want := [NumReasons]Tally{LeftSymlink: {4, 0}, LeftSpecial: {3, 0}, LeftLanguage: {1, 0}}
	if diff := cmp.Diff(want, r.Counts.Left); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]Skip{{".keyvetignore", "ignore file not read: not a regular file"}}, r.Skipped); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	r = find(t, Options{Roots: []string{"link.py", "d/up.py", "pipe.py"}})
	if got := rels(r); got != "a.py d/b.py" {
		t.Errorf("given links lead to %q", got)
	}
	if len(r.Skipped) != 2 || r.Skipped[1] != (Skip{"pipe.py", "not a regular file or folder"}) {
		t.Errorf("skipped %q", r.Skipped)
	}
	if _, err := Find(t.Context(), Options{Roots: []string{"dangling.py"}}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

// TestRootAboveALink goes up from where the link leads, as the system does.
func TestRootAboveALink(t *testing.T) {
	top := plant(t, "real/x/a.py", "real/b.py", "c.py")
	t.Chdir(top)
	mustLink(t, "real/x", "link")
	if got := rels(find(t, Options{Roots: []string{"link/.."}})); got != "real/b.py real/x/a.py" {
		t.Errorf("found %q", got)
	}
	if err := os.Chdir("link"); err != nil {
		t.Fatal(err)
	}
	if got := rels(find(t, Options{Roots: []string{"../b.py"}, Base: top})); got != "real/b.py" {
		t.Errorf("found %q", got)
	}
}

// TestIgnoreFileIsALink: git refuses it, since a link could lead to any file of the machine.
func TestIgnoreFileIsALink(t *testing.T) {
	top := plant(t, append(repo(""), "list: a.py\n", "a.py", "d/.gitignore/b.py")...)
	t.Chdir(top)
	mustLink(t, "list", ".gitignore")
	r := find(t, Options{Roots: []string{"."}})
	if rels(r) != "a.py d/.gitignore/b.py" || len(r.Skipped) != 1 || !strings.HasPrefix(r.Skipped[0].Reason, "ignore file not read: ") {
		t.Errorf("found %q, skipped %q", rels(r), r.Skipped)
	}
}

// TestFindUnreadable needs a folder that not even root may read.
func TestFindUnreadable(t *testing.T) {
	top := plant(t, "a.py", "closed/b.py")
	closed := filepath.Join(top, "closed")
	if err := os.Chmod(closed, 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(closed, 0o777)
	if _, err := os.ReadDir(closed); err == nil {
		t.Skip("permissions do not hold for this user")
	}
	t.Chdir(top)
	r := find(t, Options{Roots: []string{"."}})
	if diff := cmp.Diff([]Skip{{"closed", "permission denied"}}, r.Skipped); diff != "" || rels(r) != "a.py" {
		t.Errorf("found %q; -want +got:\n%s", rels(r), diff)
	}
}

// TestFolderVanishes stands in for all errors of reading a folder, which root meets as well.
func TestFolderVanishes(t *testing.T) {
	top := plant(t, "a.py", "b.py")
	t.Chdir(top)
	f, err := newFinder(Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := f.newWorker()
	for _, name := range []string{"gone", "a.py"} {
		w.folder(&folder{abs: top + "/" + name, root: &root{abs: top}})
	}
	want := []Skip{{"gone", "no such file or directory"}, {"a.py", "not a directory"}}
	if diff := cmp.Diff(want, w.skipped); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestReadOnlyRegularFiles(t *testing.T) {
	top := plant(t, "a.py: x")
	t.Chdir(top)
	mustLink(t, "a.py", "link")
	if err := syscall.Mkfifo("pipe", 0o666); err != nil {
		t.Skip(err)
	}
	for _, name := range []string{".", "link", "pipe", "nope", "/dev/null"} {
		if src, err := Read(name, nil, 0); err == nil {
			t.Errorf("%s: read %q", name, src)
		}
	}
}

// TestSeenLinks leaves links to those who know how far they may be followed.
func TestSeenLinks(t *testing.T) {
	top := plant(t, "tree/a/x.py", "tree/a/real.json: {}", "tree/b/y.py", "secret/go.mod: module secret")
	t.Chdir(filepath.Join(top, "tree"))
	mustLink(t, "real.json", "a/package.json")
	mustLink(t, "../../secret/go.mod", "a/go.mod")
	mustLink(t, "../../secret", "b/requirements")
	r := find(t, Options{Roots: []string{"."}})
	tree := Tree{Seen: r.Seen}
	for rel, want := range map[string]string{"a/package.json": "{}", "a/go.mod": "", "b/requirements/go.mod": ""} {
		if data, _ := tree.Read(rel, 1<<20); string(data) != want {
			t.Errorf("%s: read %q", rel, data)
		}
	}
	if names := tree.Names("b/requirements"); len(names) > 0 {
		t.Errorf("listed %q", names)
	}
}
