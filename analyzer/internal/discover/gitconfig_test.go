package discover

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseGitConfig(t *testing.T) {
	src := "\ufeff; comment\n[Core]\n\tExcludesFile = ~/a b  # why\n bare\n[include \"x\\\"y\"] path=\"a;b\" c\\\\d\n" +
		"[a.B]\nc = one \\\ntwo\nd =\ne = \"  x  \" \r\nf=\"\\t\\n\"\n[broken\ng=1"
	want := []string{`core||excludesfile|~/a b`, `core||bare|true`, `include|x"y|path|a;b c\d`, `a.b||c|one two`, `a.b||d|`,
		`a.b||e|  x  `, "a.b||f|\t\n"}
	var got []string
	parseGitConfig(src, func(section, sub, key, value string) {
		got = append(got, strings.Join([]string{section, sub, key, value}, "|"))
	})
	if diff := cmp.Diff(want, got[:len(want)]); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestExcludesFile finds the user's own ignore file wherever git would.
func TestExcludesFile(t *testing.T) {
	home := "HOME/.gitconfig"
	tests := []struct {
		name  string
		files map[string]string // HOME, TOP and XDG stand for folders
		want  string
	}{
		{"default", map[string]string{"HOME/.config/git/ignore": "a.py"}, "b.py"},
		{"home", map[string]string{home: "[core]\nexcludesFile=~/mine", "HOME/mine": "a.py"}, "b.py"},
		{"xdg is read before home", map[string]string{"HOME/.config/git/config": "[core]\nexcludesFile=~/mine", "HOME/mine": "a.py"}, "b.py"},
		{"home wins over xdg", map[string]string{"HOME/.config/git/config": "[core]\nexcludesFile=~/mine", "HOME/mine": "a.py", home: "[core]\nexcludesFile=~/other", "HOME/other": "b.py"}, "a.py"},
		{"repository wins", map[string]string{home: "[core]\nexcludesFile=~/mine", "HOME/mine": "a.py", "TOP/.git/config": "[core]\nexcludesFile=other", "TOP/other": "b.py"}, "a.py"},
		{"switched off", map[string]string{home: "[core]\nexcludesFile=", "HOME/.config/git/ignore": "a.py"}, "a.py b.py"},
		{"null device", map[string]string{home: "[core]\nexcludesFile=/dev/null", "HOME/.config/git/ignore": "a.py"}, "a.py b.py"},
		{"included", map[string]string{home: "[include]\npath=more", "HOME/more": "[core]\nexcludesFile=~/mine", "HOME/mine": "a.py"}, "b.py"},
		{"included in a circle", map[string]string{home: "[include]\npath=.gitconfig\n[core]\nexcludesFile=~/mine", "HOME/mine": "a.py"}, "b.py"},
		{"included if", map[string]string{home: "[includeIf \"gitdir:TOP/\"]\npath=more\n[includeIf \"gitdir:/nowhere/\"]\npath=less", "HOME/more": "[core]\nexcludesFile=~/mine", "HOME/less": "[core]\nexcludesFile=~/none", "HOME/mine": "a.py"}, "b.py"},
		{"info/exclude wins", map[string]string{"HOME/.config/git/ignore": "a.py\nb.py", "TOP/.git/info/exclude": "!a.py"}, "a.py"},
		{"case", map[string]string{"TOP/.git/config": "[core]\nignoreCase", "TOP/.gitignore": "A.PY"}, "b.py"},
		{"worktree config", map[string]string{"TOP/.git/config": "[extensions]\nworktreeConfig=true", "TOP/.git/config.worktree": "[core]\nignoreCase=yes", "TOP/.gitignore": "A.PY"}, "b.py"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			top := plant(t, append(repo(""), "a.py", "b.py")...)
			places := strings.NewReplacer("HOME", os.Getenv("HOME"), "TOP", filepath.ToSlash(top))
			for name, content := range test.files {
				writeFile(t, places.Replace(name), places.Replace(content))
			}
			r := find(t, Options{Roots: []string{top}, Base: top})
			if rels(r) != test.want || len(r.Skipped) > 0 {
				t.Errorf("found %q, want %q, skipped %q", rels(r), test.want, r.Skipped)
			}
		})
	}
}

func TestConfigEnvironment(t *testing.T) {
	top := plant(t, append(repo(""), "a.py", "b.py", "c.py", "conf: [core]\nexcludesFile=list\n", "list: a.py\n", "xdg/git/ignore: b.py\n")...)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(top, "xdg"))
	for variable, want := range map[string]string{"": "a.py c.py", "GIT_CONFIG_GLOBAL": "b.py c.py", "GIT_CONFIG_SYSTEM": "b.py c.py"} {
		t.Run(variable, func(t *testing.T) {
			if variable != "" {
				t.Setenv("GIT_CONFIG_NOSYSTEM", "")
				t.Setenv(variable, filepath.Join(top, "conf"))
			}
			if got := rels(find(t, Options{Roots: []string{top}, Base: top})); got != want {
				t.Errorf("found %q, want %q", got, want)
			}
		})
	}
}

// TestGitConfigIncludesItself would not end if each of its includes were followed.
func TestGitConfigIncludesItself(t *testing.T) {
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	top := plant(t, append(repo(""), "a.py", "b.py")...)
	writeFile(t, filepath.Join(top, ".git/config"), strings.Repeat("[include]\npath = config\n", 100)+"[core]\nexcludesFile = mine\n")
	writeFile(t, filepath.Join(top, "mine"), "b.py\n")
	if got := rels(find(t, Options{Roots: []string{top}, Base: top})); got != "a.py" {
		t.Errorf("found %q", got)
	}
}

// FuzzParseGitConfig must come to an end.
func FuzzParseGitConfig(f *testing.F) {
	f.Add("[core]\nexcludesFile = \"~/a\" # x\n[include \"a\\\"b\"]\npath = x\\\ny")
	f.Fuzz(func(t *testing.T, src string) {
		parseGitConfig(src, func(section, sub, key, value string) { fmt.Fprint(t.Output(), section, sub, key, value) })
	})
}
