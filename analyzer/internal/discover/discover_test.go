package discover

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// byExtension is a caller that knows two languages.
func byExtension(name string) string {
	switch path.Ext(name) {
	case ".py":
		return "python"
	case ".js", ".ts":
		return "javascript"
	}
	return ""
}

func byShebang(head []byte) string {
	if line, _, _ := bytes.Cut(head, []byte("\n")); bytes.HasPrefix(line, []byte("#!")) && bytes.Contains(line, []byte("python")) {
		return "python"
	}
	return ""
}

// plant makes a tree from lines of `name` or `name: content`, below a fresh folder.
func plant(t testing.TB, lines ...string) string {
	t.Helper()
	t.Setenv("HOME", t.TempDir()) // whoever runs the tests may ignore things
	t.Setenv("XDG_CONFIG_HOME", "")
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		name, content, _ := strings.Cut(line, ": ")
		writeFile(t, filepath.Join(top, name), content)
	}
	return top
}

func writeFile(t testing.TB, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// repo is what makes a folder a repository.
func repo(dir string) []string {
	return []string{dir + ".git/HEAD: ref: refs/heads/main\n", dir + ".git/objects/x", dir + ".git/refs/x"}
}

func find(t testing.TB, o Options) Result {
	t.Helper()
	if o.Language == nil {
		o.Language = byExtension
	}
	r, err := Find(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func rels(r Result) string {
	var names []string
	for _, f := range r.Files {
		names = append(names, f.Rel)
	}
	return strings.Join(names, " ")
}

// TestFind has one tree a case; roots are relative to its top, which is the working directory.
func TestFind(t *testing.T) {
	git := repo("")
	tests := []struct {
		name  string
		tree  []string
		o     Options
		want  string
		left  map[Reason]Tally
		unmet []string
	}{
		{name: "sorted by bytes", tree: []string{"b.py", "a/b.py", "a.py", "a-b.py", "B.py", "x.txt"}, want: "B.py a-b.py a.py a/b.py b.py",
			left: map[Reason]Tally{LeftLanguage: {1, 0}}},
		{name: "hidden folders are as any other", tree: []string{".github/a.py", ".b.py"}, want: ".b.py .github/a.py"},
		{name: "no repository", tree: []string{".gitignore: a.py\n", "a.py", "b.py"}, want: "a.py b.py", left: map[Reason]Tally{LeftLanguage: {1, 0}}},
		{name: "repository", tree: append(git, ".gitignore: a.py\nlost/\n", "a.py", "b.py", "lost/c.py", ".git/d.py"), want: "b.py",
			left: map[Reason]Tally{LeftLanguage: {1, 0}, LeftIgnored: {1, 1}}},
		{name: "ignored too", tree: append(git, ".gitignore: a.py\n", "a.py"), o: Options{Ignored: true}, want: "a.py",
			left: map[Reason]Tally{LeftLanguage: {1, 0}}},
		{name: "own ignore file without git", tree: []string{".keyvetignore: /a.py\n", "a.py", "b/a.py"}, want: "b/a.py",
			left: map[Reason]Tally{LeftLanguage: {1, 0}, LeftIgnored: {1, 0}}},
		{name: "own ignore file wins", tree: append(git, ".keyvetignore: !a.py\nb.py\n", ".gitignore: a.py\n!b.py\n", "a.py", "b.py"), want: "a.py",
			left: map[Reason]Tally{LeftLanguage: {2, 0}, LeftIgnored: {1, 0}}},
		{name: "own ignore file reaches into nested repositories",
			tree: slices.Concat(git, repo("in/"), []string{".keyvetignore: b.py\n", ".gitignore: a.py\n", "in/a.py", "in/b.py"}), want: "in/a.py",
			left: map[Reason]Tally{LeftLanguage: {2, 0}, LeftIgnored: {1, 0}}},
		{name: "ignore files above the root", tree: append(git, ".gitignore: /x/y/a.py\n", "x/.gitignore: b.py\n", "x/.keyvetignore: c.py\n",
			"x/y/a.py", "x/y/b.py", "x/y/c.py", "x/y/d.py"), o: Options{Roots: []string{"x/y"}}, want: "x/y/d.py",
			left: map[Reason]Tally{LeftIgnored: {3, 0}}},
		{name: "ignored root", tree: append(git, ".gitignore: x/\n*.js\n", "x/.gitignore: a.py\n", "x/a.py", "x/b.py", "x/c.js"),
			o: Options{Roots: []string{"x"}}, want: "x/b.py x/c.js", left: map[Reason]Tally{LeftLanguage: {1, 0}, LeftIgnored: {1, 0}}},
		{name: "given files are taken", tree: append(git, ".gitignore: *.py\nd/\n", "a.py", "d/a.pb.py", "vendor/x.min.js", "y.txt"),
			o: Options{Roots: []string{"a.py", "d/a.pb.py", "vendor/x.min.js", "y.txt"}}, want: "a.py d/a.pb.py vendor/x.min.js",
			left: map[Reason]Tally{LeftLanguage: {1, 0}}},
		{name: "vendored", tree: []string{"vendor/a.py", "x/node_modules/a.js", "env/pyvenv.cfg", "env/a.py", "src/main/java/x/vendor/a.py", "vendor.py"},
			want: "src/main/java/x/vendor/a.py vendor.py", left: map[Reason]Tally{LeftVendored: {0, 3}}},
		{name: "vendored too", tree: []string{"vendor/a.py", "env/pyvenv.cfg", "env/a.py"}, o: Options{Vendored: true},
			want: "env/a.py vendor/a.py", left: map[Reason]Tally{LeftLanguage: {1, 0}}},
		{name: "root in a vendored folder", tree: []string{"vendor/x/a.py", "vendor/x/vendor/b.py", "vendor/c.py", "env/pyvenv.cfg", "env/a.py"},
			o: Options{Roots: []string{"vendor/x", "env"}}, want: "env/a.py vendor/x/a.py", left: map[Reason]Tally{LeftLanguage: {1, 0}, LeftVendored: {0, 1}}},
		{name: "generated and minified", tree: []string{"a_pb2.py", "a.d.ts", "a.min.js", "a.js"}, want: "a.js",
			left: map[Reason]Tally{LeftGenerated: {2, 0}, LeftMinified: {1, 0}}},
		{name: "generated and minified too", tree: []string{"a_pb2.py", "a.min.js"}, o: Options{Generated: true, Minified: true}, want: "a.min.js a_pb2.py"},
		{name: "scripts", tree: []string{"run: #!/usr/bin/env python3\n", "Makefile: all:\n", ".profile: #!python\n", "empty"}, o: Options{Script: byShebang},
			want: "run", left: map[Reason]Tally{LeftLanguage: {3, 0}}},
		{name: "given script", tree: []string{"run.it: #!/usr/bin/env python3\n"}, o: Options{Roots: []string{"run.it"}, Script: byShebang}, want: "run.it"},
		{name: "overlapping roots", tree: []string{"a.py", "x/b.py", "x/vendor/c.py", "x/y/d.py"}, o: Options{Roots: []string{"x", ".", "./x/", "x/vendor", "x/b.py", "x/y/../b.py"}},
			want: "a.py x/b.py x/vendor/c.py x/y/d.py"},
		{name: "a file is no match for a folder", tree: []string{"build", "a.py"}, o: Options{Exclude: []string{"build/"}}, want: "a.py",
			left: map[Reason]Tally{LeftLanguage: {1, 0}}, unmet: []string{"build/"}},
		{name: "exclude", tree: []string{"a.py", "x/a.py", "x/b.py", "x/tests/c.py", "y/d.js"}, o: Options{Exclude: []string{"tests", "./x/b.py", "y/", "nope"}},
			want: "a.py x/a.py", left: map[Reason]Tally{LeftExcluded: {1, 2}}, unmet: []string{"nope"}},
		{name: "include", tree: []string{"a.py", "x/a.py", "x/b.js", "y/src/c.js", "y/d.js"}, o: Options{Include: []string{"*.py", "src", "x/*.go"}},
			want: "a.py x/a.py y/src/c.js", left: map[Reason]Tally{LeftNotIncluded: {2, 0}}, unmet: []string{"x/*.go"}},
		{name: "include what lies right in a folder", tree: []string{"x/a.py", "x/y/b.py"}, o: Options{Include: []string{"x/*"}}, want: "x/a.py",
			left: map[Reason]Tally{LeftNotIncluded: {1, 0}}},
		{name: "an include glob that matches only what is left out", tree: []string{"a.min.js", "b.py"}, o: Options{Include: []string{"a.*", "b.*"}},
			want: "b.py", left: map[Reason]Tally{LeftMinified: {1, 0}}, unmet: []string{"a.*"}},
		{name: "globs know a path as given, and from the root", tree: []string{"x/y/a.py", "x/y/b.py", "x/y/c.py", "x/d.py"},
			o: Options{Roots: []string{"x"}, Exclude: []string{"x/y/a.py", "y/b.py", "/d.py"}}, want: "x/y/c.py", left: map[Reason]Tally{LeftExcluded: {3, 0}}},
		{name: "globs hold for given files", tree: []string{"x/a.py", "x/b.py", "y/c.py"},
			o: Options{Roots: []string{"x/a.py", "x/b.py", "y/c.py"}, Exclude: []string{"x/b*"}, Include: []string{"x"}}, want: "x/a.py",
			left: map[Reason]Tally{LeftExcluded: {1, 0}, LeftNotIncluded: {1, 0}}},
		{name: "a root in an excluded folder", tree: []string{"x/y/a.py"}, o: Options{Roots: []string{"x/y"}, Exclude: []string{"x"}},
			left: map[Reason]Tally{LeftExcluded: {0, 1}}},
		{name: "base", tree: []string{"x/a.py", "y/b.py"}, o: Options{Roots: []string{"x/a.py"}, Base: "x"}, want: "a.py"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(plant(t, test.tree...))
			if test.o.Roots == nil {
				test.o.Roots = []string{"."}
			}
			for _, workers := range []int{1, 4} {
				test.o.Workers = workers
				r := find(t, test.o)
				if diff := cmp.Diff(test.want, rels(r)); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
				left := map[Reason]Tally{}
				for reason, tally := range r.Counts.Left {
					if tally != (Tally{}) {
						left[Reason(reason)] = tally
					}
				}
				if test.left == nil {
					test.left = map[Reason]Tally{}
				}
				if diff := cmp.Diff(test.left, left); diff != "" {
					t.Errorf("left out: -want +got:\n%s", diff)
				}
				if diff := cmp.Diff(test.unmet, r.UnmatchedGlobs); diff != "" {
					t.Errorf("unmatched globs: -want +got:\n%s", diff)
				}
				if len(r.Skipped) > 0 || r.Counts.Files != len(r.Files) {
					t.Errorf("skipped %q, counted %d", r.Skipped, r.Counts.Files)
				}
			}
		})
	}
}

func TestFindOutsideOfBase(t *testing.T) {
	top := plant(t, "x/a.py", "y/b.py")
	t.Chdir(filepath.Join(top, "x"))
	r := find(t, Options{Roots: []string{".", filepath.Join("..", "y")}, Include: []string{"*.py"}})
	want := []File{{Path: filepath.Join(top, "y", "b.py"), Rel: filepath.ToSlash(top) + "/y/b.py", Language: "python"},
		{Path: "a.py", Rel: "a.py", Language: "python"}}
	if diff := cmp.Diff(want, r.Files); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	r = find(t, Options{Roots: []string{top}, Base: top, Exclude: []string{filepath.ToSlash(top) + "/x/**"}})
	if got := rels(r); got != "y/b.py" {
		t.Errorf("an absolute glob leaves %q", got)
	}
	src, err := Read(r.Files[0].Path, nil, 0)
	if err != nil || len(src) > 0 {
		t.Errorf("Path is not to be opened: %v", err)
	}
}

func TestFindErrors(t *testing.T) {
	t.Chdir(plant(t, "a.py"))
	_, err := Find(t.Context(), Options{Roots: []string{"a.py", "nope", "a.py/x", ""}})
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	want := "cannot look at \"nope\": no such file or directory\ncannot look at \"a.py/x\": not a directory\n" +
		"cannot look at \"\": the path is empty"
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	_, err = Find(t.Context(), Options{Roots: []string{"."}, Include: []string{"[a", "{a,b", "ok"}, Exclude: []string{"!x", "", `x\`}})
	var bad *BadGlobError
	if !errors.As(err, &bad) || bad.Glob != "[a" || strings.Count(err.Error(), "bad glob") != 5 {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = Find(ctx, Options{Roots: []string{"."}}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestFindByNameOnly holds for names that are no text.
func TestFindByNameOnly(t *testing.T) {
	if os.PathSeparator != '/' {
		t.Skip("the names are not possible here")
	}
	names := []string{"a\nb.py", "a\x1b[31m.py", "\xff\xfe.py", " .py", "-.py", `a\b.py`, "*.py", "[a].py", ":(top)x.py"}
	top := plant(t, names...)
	t.Chdir(top)
	slices.Sort(names)
	if got := rels(find(t, Options{Roots: []string{"."}, Include: []string{"*.py"}})); got != strings.Join(names, " ") {
		t.Errorf("got %q", got)
	}
	if got := rels(find(t, Options{Roots: names})); got != strings.Join(names, " ") {
		t.Errorf("given one by one: got %q", got)
	}
}

// TestFindDeep goes down until a path is too long for the system.
func TestFindDeep(t *testing.T) {
	top := plant(t, "a.py")
	root, err := os.OpenRoot(top)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.Repeat("d", 100)
	for range 60 {
		if err := root.Mkdir(name, 0o777); err != nil {
			t.Fatal(err)
		}
		next, err := root.OpenRoot(name)
		if err != nil {
			t.Fatal(err)
		}
		root.Close()
		root = next
	}
	root.Close()
	t.Chdir(top)
	r := find(t, Options{Roots: []string{"."}})
	if len(r.Skipped) != 1 || len(r.Skipped[0].Path) < 4096 || r.Skipped[0].Reason != "file name too long" || rels(r) != "a.py" {
		t.Errorf("found %q, skipped %d", rels(r), len(r.Skipped))
	}
}

func TestListingPortable(t *testing.T) {
	top := plant(t, "a.py", "d/b.py", "\u00e9")
	if err := os.Symlink("a.py", filepath.Join(top, "link")); err != nil {
		t.Skip(err)
	}
	sorted := func(l *listing) []string {
		var all []string
		for _, e := range l.entries {
			all = append(all, string(l.name(e))+string('0'+rune(e.kind)))
		}
		slices.Sort(all)
		return all
	}
	var fast, portable listing
	if err := errors.Join(fast.read(top), portable.readPortable(top)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sorted(&portable), sorted(&fast)); diff != "" {
		t.Errorf("-portable +fast:\n%s", diff)
	}
	for _, name := range []string{"nope", "a.py", "link"} {
		if fast.read(filepath.Join(top, name)) == nil || portable.readPortable(filepath.Join(top, name)) == nil {
			t.Errorf("%s was read as a folder", name)
		}
	}
}

// TestKindUnknown is for file systems that do not say what an entry is.
func TestKindUnknown(t *testing.T) {
	top := plant(t, "a.py", "d/b.py")
	f, err := newFinder(Options{Base: top})
	if err != nil {
		t.Fatal(err)
	}
	w := f.newWorker()
	for name, want := range map[string]kind{"a.py": kindFile, "d": kindFolder, "gone": kindUnknown} {
		w.path = []byte(filepath.ToSlash(top) + "/" + name)
		if got := w.kind(kindUnknown); got != want {
			t.Errorf("%s is %d, want %d", name, got, want)
		}
	}
	if diff := cmp.Diff([]Skip{{"gone", "no such file or directory"}}, w.skipped); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestFolder(t *testing.T) {
	for _, rel := range []string{"a", "a/b", "a/b/c.go", "/a", "/a/b", ".", "/", "..", "../a"} {
		if got := Folder(rel); got != path.Dir(rel) {
			t.Errorf("Folder(%q) = %q", rel, got)
		}
	}
}
