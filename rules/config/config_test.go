package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/rules"
)

// write makes a repository of files, and works in it.
func write(t *testing.T, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir)
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var badFiles = []struct{ name, text, want string }{
	{"unknown keys", "exlude: [a]\nseverities: {}\nzzz: 1\n", `
keyvet.yaml:1:1: unknown key "exlude"; did you mean "exclude"?
keyvet.yaml:3:1: unknown key "zzz"; expected one of "baseline", "certainty", "clients", "exclude", "families", "format", "generated", "include", "minified", "no_ignore", "no_suppress", "overrides", "require_until", "rules", "rules_dirs", "severities", "severity", "strict", "target", "vendored" and others`},
	{"wrong words", "severity: fatal\ncertainty: sure\nformat: srif\nvendored: 1\ninclude: a\n", `
keyvet.yaml:1:11: unknown severity "fatal"; expected one of "error", "note", "warning"
keyvet.yaml:2:12: unknown certainty "sure"; expected one of "certain", "likely", "possible"
keyvet.yaml:3:9: unknown format "srif"; did you mean "sarif"?
keyvet.yaml:4:11: expected true or false in "vendored", found the number 1
keyvet.yaml:5:10: expected a list in "include", found a text`},
	{"globs", "include: [\"\", \"a{b\", \"!x\"]\nexclude: [../x, \"a/../../b\"]\noverrides: [{paths: [\"[\"], severities: {\"*\": off}}]\n", `
keyvet.yaml:1:11: bad glob "": it is empty
keyvet.yaml:1:15: bad glob "a{b": unbalanced brackets or braces, or a backslash at the end
keyvet.yaml:1:22: bad glob "!x": a leading "!" does not negate; write \! for a name that begins with it
keyvet.yaml:2:11: bad glob "../x": it leads out of the folder of this file
keyvet.yaml:2:17: bad glob "a/../../b": it leads out of the folder of this file
keyvet.yaml:3:22: bad glob "[": unbalanced brackets or braces, or a backslash at the end`},
	{"severities", "severities: {serch-command: off, search-command: eror, own: note}\noverrides:\n- paths: [a]\n- severities: {own: note, nobody: off}\nrules:\n- {id: own, title: t, severity: bad, message: m, commands: [FT.SEARCH]}\n", `
keyvet.yaml:1:14: there is no rule "serch-command"; did you mean "search-command"?
keyvet.yaml:1:50: unknown value "eror"; did you mean "error"?
keyvet.yaml:3:3: missing key "severities"
keyvet.yaml:4:3: missing key "paths"
keyvet.yaml:4:27: there is no rule "nobody"; RULES
keyvet.yaml:6:33: unknown severity "bad"; expected one of "error", "note", "off", "warning"`},
	{"parts", "rules: [{id: search-command, serverity: off}]\nclients: [{client: c, langage: go}, 7]\nfamilies: {}\n", `
keyvet.yaml:1:30: unknown key "serverity"; did you mean "severity"?
keyvet.yaml:2:11: missing key "language"
keyvet.yaml:2:11: expected one of the keys "modules", "globals": no program can use the client
keyvet.yaml:2:23: unknown key "langage"; did you mean "language"?
keyvet.yaml:2:37: expected a mapping, found the number 7
keyvet.yaml:3:11: expected a list, found a mapping`},
	{"folders", "rules_dirs: [\"\", /etc, .., gone, out, own]\n", `
keyvet.yaml:1:14: expected a path as seen from the folder of this file, found ""
keyvet.yaml:1:18: expected a path as seen from the folder of this file, found "/etc"
keyvet.yaml:1:24: ".." leads out of the repository
keyvet.yaml:1:28: "gone" cannot be read: no such file or directory
keyvet.yaml:1:34: "out" leads out of the repository
own/rules.yaml:1:1: expected a client`},
	{"baseline", "baseline: ../known.txt\n", `
keyvet.yaml:1:11: "../known.txt" leads out of the repository`},
	{"baseline behind a link", "baseline: out/known.txt\n", `
keyvet.yaml:1:11: "out/known.txt" leads out of the repository`},
	{"absolute baseline", "baseline: /known.txt\nno_suppress: 1\nrequire_until: x\n", `
keyvet.yaml:1:11: expected a path as seen from the folder of this file, found "/known.txt"
keyvet.yaml:2:14: expected true or false in "no_suppress", found the number 1
keyvet.yaml:3:16: expected true or false in "require_until", found a text`},
	{"not YAML", "severity: [\n", `
keyvet.yaml:1:1: not valid YAML: did not find expected node content`},
	{"two documents", "severity: error\n---\nseverity: note\n", `
keyvet.yaml:2:1: a second document begins here; a file holds only one`},
	{"twice", "severity: error\nseverity: note\n", `
keyvet.yaml:2:1: duplicate key "severity", first on line 1`},
}

func TestBadFiles(t *testing.T) {
	for _, test := range badFiles {
		t.Run(test.name, func(t *testing.T) {
			write(t, map[string]string{Name: test.text, ".git/HEAD": "", "own/rules.yaml": "clint: c\n"})
			if err := os.Symlink(os.TempDir(), "out"); err != nil {
				t.Fatal(err)
			}
			_, err := Load(Options{Path: Name})
			lines := strings.Split(strings.TrimPrefix(test.want, "\n"), "\n")
			var got []string
			if err != nil {
				got = strings.Split(err.Error(), "\n")
			}
			for i := range got { // what is too long to be repeated here
				if i < len(lines) {
					if start, _, cut := strings.Cut(lines[i], "RULES"); cut && strings.HasPrefix(got[i], start) {
						got[i] = lines[i]
					}
					if strings.HasSuffix(lines[i], "expected a client") && strings.HasPrefix(got[i], lines[i]) {
						got[i] = lines[i]
					}
				}
			}
			if diff := cmp.Diff(lines, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestBomb: a file that expands to too much ends in a mistake.
func TestBomb(t *testing.T) {
	bomb := "x0: &b0 [a, a, a, a, a, a, a, a, a, a]\n"
	for i := range 8 {
		bomb += fmt.Sprintf("x%d: &b%d [%s*b%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*b%d, ", i), 9), i)
	}
	for name, text := range map[string]string{
		"aliases": bomb, "depth": "include: " + strings.Repeat("[", 100_000), "size": "include: [" + strings.Repeat("a, ", 2<<20) + "]",
	} {
		write(t, map[string]string{Name: text})
		if _, err := Load(Options{Path: Name}); err == nil {
			t.Errorf("%s: no mistake", name)
		}
	}
}

func TestEmptyFileChangesNothing(t *testing.T) {
	for _, text := range []string{"", "# nothing\n"} {
		write(t, map[string]string{Name: text})
		c, err := Load(Options{Path: Name})
		if err != nil || len(c.Set.Rules) == 0 || c.Given("severity") != "" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestFind(t *testing.T) {
	write(t, map[string]string{
		"keyvet.yaml":                "",
		"repo/.git/HEAD":             "",
		"repo/a/keyvet.yaml":         "",
		"repo/a/b/c.py":              "",
		"repo/d/e.py":                "",
		"plain/x/y.py":               "",
		"top/.git/HEAD":              "",
		"top/keyvet.yaml":            "",
		"top/sub/f.py":               "",
		"linked/.git/HEAD":           "",
		"linked/x.py":                "",
		"top/sub/nested/.git":        "gitdir: elsewhere",
		"top/sub/nested/keyvet.yaml": "",
	})
	if err := os.Symlink("../keyvet.yaml", "linked/keyvet.yaml"); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		roots []string
		want  string
		err   string
	}{
		{[]string{"repo/a/b"}, "repo/a/keyvet.yaml", ""},
		{[]string{"repo/a/b/c.py", "repo/a"}, "repo/a/keyvet.yaml", ""},
		{[]string{"repo/d"}, "", ""}, // the one above the repository is not its own
		{[]string{"repo"}, "", ""},
		{[]string{"plain/x/y.py"}, "keyvet.yaml", ""}, // no repository: up to the working directory
		{[]string{"top/sub"}, "top/keyvet.yaml", ""},
		{[]string{"top/sub/nested"}, "top/sub/nested/keyvet.yaml", ""},
		{[]string{"gone", ""}, "", ""},
		{[]string{"top", "repo/a"}, "", `belong to two configurations, "top/keyvet.yaml" and "repo/a/keyvet.yaml"`},
		{[]string{"linked/x.py"}, "", `"linked/keyvet.yaml" is a link that leads out of the repository`},
	} {
		got, err := Find(test.roots)
		if got != filepath.FromSlash(test.want) || (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
			t.Errorf("%q: %q, %v", test.roots, got, err)
		}
	}
	t.Chdir("plain/x")
	if got, err := Find([]string{"."}); got != "" || err != nil {
		t.Errorf("above the working directory: %q, %v", got, err)
	}
}

func TestSeverity(t *testing.T) {
	write(t, map[string]string{Name: `
severities: {resp3-enabled: off, json-command: note}
overrides:
- paths: [tests/, "*_test.go", /gen/*.py]
  severities: {"*": note}
- paths: [tests/slow/**]
  severities: {search-command: off}
- paths: [./legacy/]
  severities: {resp3-enabled: error}
`})
	c, err := Load(Options{Path: Name})
	if err != nil {
		t.Fatal(err)
	}
	cwd, err := filepath.EvalSymlinks(".")
	if err != nil {
		t.Fatal(err)
	}
	if cwd, err = filepath.Abs(cwd); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		rule, file string
		want       rules.Severity
	}{
		{"search-command", "a.go", "error"},
		{"search-command", "a/tests/b.go", "note"},
		{"search-command", "tests", "error"}, // a file, not a folder
		{"search-command", "x/a_test.go", "note"},
		{"search-command", "gen/a.py", "note"},
		{"search-command", "x/gen/a.py", "error"},
		{"search-command", "tests/slow/a.go", "off"},
		{"json-command", "a.go", "note"},
		{"resp3-enabled", "a.go", "off"},
		{"resp3-enabled", "tests/a.go", "off"}, // "*" wakes nothing
		{"resp3-enabled", "legacy/a.go", "error"},
		{"search-command", "../tests/a.go", "error"}, // not below the file
	} {
		got := c.Severity(test.rule, filepath.Join(cwd, test.file), c.Set.Rule(test.rule).Severity)
		if got != test.want {
			t.Errorf("%s in %s: %q, not %q", test.rule, test.file, got, test.want)
		}
	}
}

// TestAbove: the answer depends on the folder alone, not on who asks from where.
func TestAbove(t *testing.T) {
	write(t, map[string]string{
		"keyvet.yaml":             "",
		"repo/.git/HEAD":          "",
		"repo/keyvet.yaml":        "",
		"repo/a/b/go.mod":         "",
		"plain/go.mod":            "",
		"own/go.mod":              "",
		"own/keyvet.yaml":         "",
		"linked/.git/HEAD":        "",
		"linked/folder/go.mod":    "",
		"linked/folder/other.txt": "",
	})
	if err := os.Symlink("../keyvet.yaml", "linked/keyvet.yaml"); err != nil {
		t.Fatal(err)
	}
	here, err := filepath.EvalSymlinks(".")
	if err == nil {
		here, err = filepath.Abs(here)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ dir, want, tried, err string }{
		{"repo/a/b", "repo/keyvet.yaml", "repo/a/b/keyvet.yaml repo/a/keyvet.yaml repo/keyvet.yaml", ""},
		{"plain", "", "plain/keyvet.yaml", ""},
		{"own", "own/keyvet.yaml", "own/keyvet.yaml", ""},
		{"linked/folder", "", "linked/folder/keyvet.yaml linked/keyvet.yaml", "leads out of the repository"},
		{"gone", "", "", "no such file"},
	} {
		got, tried, err := Above(test.dir)
		if (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
			t.Errorf("%s: %v", test.dir, err)
		}
		shown := func(path string) string {
			return filepath.ToSlash(strings.TrimPrefix(path, here+string(filepath.Separator)))
		}
		for i, path := range tried {
			tried[i] = shown(path)
		}
		if shown(got) != test.want || strings.Join(tried, " ") != test.tried {
			t.Errorf("%s: %q, tried %q", test.dir, shown(got), tried)
		}
	}
}

func TestLeavesOut(t *testing.T) {
	write(t, map[string]string{Name: "include: [services/, '*.go']\nexclude: [testdata/, services/old/**]\n"})
	c, err := Load(Options{Path: Name})
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]bool{
		"services/a.py": false, "b/c.go": false, "b/c.py": true, "b/testdata/c.go": true, "testdata": true,
		"services/old/a.go": true, "../b.py": false,
	} {
		if got := c.LeavesOut(filepath.Join(c.Dir, file)); got != want {
			t.Errorf("%s is left out: %v", file, got)
		}
	}
	if none := (&Config{}); none.LeavesOut("/a.go") {
		t.Error("nothing is left out without a configuration")
	}
}

func TestAbsolute(t *testing.T) {
	c := &Config{Dir: "/a/[b]"}
	got := c.Absolute([]string{"x", "x/", "*.py", "/x", "./x/y", "x/**", "x/y/"})
	want := []string{"x", "x/", "*.py", `/a/\[b\]/x`, `/a/\[b\]/x/y`, `/a/\[b\]/x/**`, `/a/\[b\]/x/y/`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// FuzzConfig loads hostile configurations. What does not load is a list of mistakes with places; what does can be used.
func FuzzConfig(f *testing.F) {
	for _, test := range badFiles {
		f.Add(test.text)
	}
	f.Add("target: valkey-9.1\nwith: valkey-json=1.0\nexclude: [testdata/]\nseverity: error\nseverities: {resp2-pinned: off}\noverrides:\n  - paths: [scripts/, \"*_test.go\"]\n    severities: {\"*\": note}\n")
	f.Add("rules:\n  - {id: own, title: t, severity: error, commands: [\"FT.SUG*\"], message: \"{command} x\"}\nclients:\n  - client: our\n    language: python\n    modules: [shop.redis]\n    functions:\n      raw: [{members: [run], command: 0}]\n")
	f.Add("rules_dirs: [../../etc, /etc, own]\nexclude: [&a \"x\", *a]\n")
	dir := f.TempDir()
	f.Chdir(dir)
	if err := os.Mkdir("own", 0o755); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(Name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		c, err := Load(Options{Path: Name})
		var mistakes rules.Mistakes
		switch {
		case errors.As(err, &mistakes):
			for _, m := range mistakes {
				if m.File == "" || m.Line < 0 || m.Column < 0 || m.Message == "" {
					t.Errorf("odd mistake %+v", m)
				}
			}
		case err != nil:
			t.Errorf("not a mistake of the file: %v", err)
		default:
			c.Absolute(c.Exclude)
			for _, rule := range c.Set.Rules {
				c.Severity(rule.ID, filepath.Join(dir, "a", "b.py"), rule.Severity)
			}
		}
	})
}
