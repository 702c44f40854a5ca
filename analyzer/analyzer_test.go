package analyzer_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages/builtin"
	"github.com/keyvet/keyvet/rules"
)

func run(t *testing.T, o analyzer.Options) *report.Report {
	t.Helper()
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	o.Rules, o.Languages = set, builtin.Languages()
	r, err := analyzer.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// folders lists the folders of testdata that match one of the patterns.
func folders(t *testing.T, patterns ...string) []string {
	t.Helper()
	var found []string
	for _, pattern := range patterns {
		matches, err := filepath.Glob("../testdata/" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range matches {
			if info, err := os.Stat(m); err == nil && info.IsDir() {
				found = append(found, m)
			}
		}
	}
	return found
}

// TestSieve checks that nothing depends on the sieve but time: with and without
// it, all of testdata gives the same uses.
func TestSieve(t *testing.T) {
	for _, folder := range folders(t, "*/*/*", "projects/*") {
		o := analyzer.Options{Base: folder, Roots: []string{folder}, Ignored: true, Vendored: true}
		sieved := run(t, o)
		o.Everything = true
		all := run(t, o)
		if diff := cmp.Diff(all.Uses, sieved.Uses); diff != "" {
			t.Errorf("%s: the sieve loses uses (-all +sieved):\n%s", folder, diff)
		}
		if diff := cmp.Diff(all.Findings, sieved.Findings); diff != "" {
			t.Errorf("%s: the sieve loses findings (-all +sieved):\n%s", folder, diff)
		}
	}
}

// TestSieveUnaided is TestSieve without the fixtures' expectations: the commands
// named in those comments would wake the sieve.
func TestSieveUnaided(t *testing.T) {
	for _, folder := range folders(t, "clients/*/*", "projects/*") {
		bare := filepath.Join(t.TempDir(), "bare")
		if err := os.CopyFS(bare, os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
		stripExpectations(t, bare)
		o := analyzer.Options{Base: bare, Roots: []string{bare}, Ignored: true, Vendored: true}
		sieved := run(t, o)
		o.Everything = true
		if diff := cmp.Diff(places(run(t, o), ""), places(sieved, "")); diff != "" {
			t.Errorf("%s: the sieve loses uses (-all +sieved):\n%s", folder, diff)
		}
	}
}

func stripExpectations(t *testing.T, folder string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		lines := strings.Split(string(src), "\n")
		for i, line := range lines {
			lines[i] = want.ReplaceAllString(line, "")
		}
		return os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestWorkers checks that the number of workers changes nothing.
func TestWorkers(t *testing.T) {
	o := analyzer.Options{Base: "../testdata", Roots: []string{"../testdata"}, Ignored: true, Vendored: true, Workers: 1}
	want := run(t, o)
	for _, n := range []int{2, 7, 64} {
		o.Workers = n
		if diff := cmp.Diff(want, run(t, o), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%d workers differ from one (-one +%d):\n%s", n, n, diff)
		}
	}
}

// TestHostile gives a scan what no editor would save. Every file must be
// accounted for, and the one sound file among them must give its use.
func TestHostile(t *testing.T) {
	folder := t.TempDir()
	const sound = "import redis\nredis.Redis().ft('i').search('x')\n"
	const head = "import redis\nr = redis.Redis()\nr.ft('i').search(" // makes the sieve let a file pass
	deep := strings.Repeat("(", 100_000)
	files := map[string]string{
		"sound.py":           sound,
		"utf16.py":           "\xff\xfei\x00m\x00p\x00",
		"nul.py":             head + "\x00)",
		"deep.py":            head + deep,
		"deep.go":            "package a\nimport \"github.com/redis/go-redis/v9\"\nvar c redis.Client\nvar x = c.FTSearch(" + deep,
		"deep.js":            "const redis = require('redis'); redis.createClient().ft.search(" + deep,
		"Deep.java":          "import redis.clients.jedis.*; class A { void f(JedisPooled j) { j.ftSearch(" + deep,
		"deep.lua":           "redis.call('FT.SEARCH'," + deep,
		"broken.py":          "import redis\ndef f(:\n  r = redis.Redis(\n\xff\xfe\xfd'FT.SEARCH'\n",
		"empty.py":           "",
		"long.js":            "const redis = require('redis');" + strings.Repeat("a.b('FT.SEARCH');", 1<<16),
		"new\nline.py":       sound,
		"esc\x1b[31m.py":     sound,
		"bad\xff\xfename.py": sound,
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(".", filepath.Join(folder, "loop")); err != nil {
		t.Fatal(err)
	}
	r := run(t, analyzer.Options{Base: folder, Roots: []string{folder}})
	left := r.Files.Left["minified"] + r.Files.Left["generated"]
	if got := r.Files.Passed + r.Files.Read + r.Files.Skipped + left; got != r.Files.Found {
		t.Errorf("%d of %d files are accounted for: %+v", got, r.Files.Found, r.Files)
	}
	if r.Files.Found != len(files) {
		t.Errorf("found %d files, want %d", r.Files.Found, len(files))
	}
	found := make(map[string]bool)
	for _, u := range r.Uses {
		found[u.Path] = true
	}
	for _, name := range []string{"sound.py", "new\nline.py", "esc\x1b[31m.py", "bad\xff\xfename.py"} {
		if !found[name] {
			t.Errorf("%q: its use is missing", name)
		}
	}
	for _, skip := range r.Skipped {
		if skip.Reason == "" || strings.Contains(skip.Reason, "fault") {
			t.Errorf("%q: skipped for %q", skip.Path, skip.Reason)
		}
	}
}

// TestGrowth checks that an evaluation that could go round in circles ends.
func TestGrowth(t *testing.T) {
	folder := t.TempDir()
	const n = 40
	for i := range n {
		var b strings.Builder
		b.WriteString("import redis\n")
		for j := range n {
			fmt.Fprintf(&b, "from m%d import f%d as g%d, C%d\n", j, j, j, j)
		}
		fmt.Fprintf(&b, "class C%d(C%d):\n  def run(self, c):\n    self.x = self.y or c\n    self.y = self.x\n    return self.run(self.x).run(self.y)\n", i, (i+1)%n)
		fmt.Fprintf(&b, "def f%d(a=None):\n", i)
		for j := range n {
			fmt.Fprintf(&b, "  a = g%d(a) or {**a, **g%d()}\n", j, (j+7)%n)
		}
		fmt.Fprintf(&b, "  a.ft('i').search(C%d().run(a))\n  a.execute_command(a, 'FT.SEARCH')\n  return a\n", i)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("m%d.py", i)), []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if r := run(t, analyzer.Options{Base: folder, Roots: []string{folder}}); r.Files.Read != n {
		t.Errorf("read %d files, want %d", r.Files.Read, n)
	}
}

// TestFewFiles checks that, of what a file imports, the files that declare what it
// asks for are read, and no others.
func TestFewFiles(t *testing.T) {
	for _, test := range []struct {
		project      string
		read, passed int
		needless     string // the files that are passed over
	}{
		{"go-packages", 9, 3, "kv/stats.go, names/limits.go, storage/size.go"},
		{"js-barrels", 11, 2, "src/shop/rows.ts, src/words/limits.ts"},
		{"python-stars", 3, 2, "app/__init__.py, app/words/limits.py"},
	} {
		folder := "../testdata/projects/" + test.project
		r := run(t, analyzer.Options{Base: folder, Roots: []string{folder}})
		if r.Files.Read != test.read || r.Files.Passed != test.passed {
			t.Errorf("%s: read %d files and passed %d over, want %d and %d: %s",
				test.project, r.Files.Read, r.Files.Passed, test.read, test.passed, test.needless)
		}
	}
}

// TestOutside checks that a project is seen the same from outside: manifests
// are found by whole paths too.
func TestOutside(t *testing.T) {
	elsewhere := t.TempDir()
	for _, folder := range folders(t, "projects/*") {
		whole, err := filepath.Abs(folder)
		if err != nil {
			t.Fatal(err)
		}
		inside := run(t, analyzer.Options{Base: whole, Roots: []string{whole}, Ignored: true, Vendored: true})
		outside := run(t, analyzer.Options{Base: elsewhere, Roots: []string{whole}, Ignored: true, Vendored: true})
		if diff := cmp.Diff(places(inside, ""), places(outside, filepath.ToSlash(whole)+"/")); diff != "" {
			t.Errorf("%s: seen otherwise from outside (-inside +outside):\n%s", folder, diff)
		}
	}
}

// places words the uses of a report, without a prefix of their paths.
func places(r *report.Report, prefix string) []string {
	var list []string
	for _, u := range r.Uses {
		list = append(list, fmt.Sprintf("%s:%d %s%s%s %s", strings.TrimPrefix(u.Path, prefix), u.Range.Start.Line, u.Command, u.Setting, u.Value, u.Certainty))
	}
	return list
}

// TestLibraries checks that the source of client libraries is not parsed, unless
// something is looked up in it; what tries a library out is.
func TestLibraries(t *testing.T) {
	for folder, want := range map[string]int{
		"python-installed":      1, // of 3
		"python-is-the-library": 1, // of 4
		"go-own-library":        2, // of 3
		"java-own-library":      1, // of 2
	} {
		folder = "../testdata/projects/" + folder
		r := run(t, analyzer.Options{Base: folder, Roots: []string{folder}})
		if r.Files.Read != want {
			t.Errorf("%s: %d of %d files parsed, want %d", folder, r.Files.Read, r.Files.Found, want)
		}
	}
}
