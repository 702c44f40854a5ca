package discover

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPublicAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://github.com/a/b.git":             "https://github.com/a/b.git",
		"https://user:secret@host/a/b?token=x#y": "https://host/a/b",
		"https://ghp_secret@github.com/a/b":      "https://github.com/a/b",
		"git@github.com:a/b.git":                 "ssh://git@github.com/a/b.git",
		"host:/srv/git/a":                        "ssh://host/srv/git/a",
		"ssh://me:pw@host:2222/a":                "ssh://me@host:2222/a",
		"/srv/git/a":                             "",
		"../a":                                   "",
		"./a:b":                                  "",
		"C:/git/a":                               "",
		"file:///srv/a":                          "",
		"ext::sh -c evil":                        "",
		"https://%zz":                            "",
		"":                                       "",
	} {
		if got := publicAddress(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

func TestOpenCheckout(t *testing.T) {
	const id = "0123456789abcdef0123456789abcdef01234567"
	for _, test := range []struct {
		name             string
		files            map[string]string
		revision, branch string
	}{
		{"branch", map[string]string{"HEAD": "ref: refs/heads/a/b\n", "refs/heads/a/b": id + "\n"}, id, "a/b"},
		{"packed", map[string]string{"HEAD": "ref: refs/heads/main\n", "packed-refs": "# pack\n" + id + " refs/heads/main\n"}, id, "main"},
		{"detached", map[string]string{"HEAD": id + "\n"}, id, ""},
		{"unborn", map[string]string{"HEAD": "ref: refs/heads/main\n"}, "", "main"},
		{"hostile", map[string]string{"HEAD": "ref: refs/../../secret\n", "../secret": id}, "", "refs/../../secret"},
		{"loop", map[string]string{"HEAD": "ref: refs/heads/a\n", "refs/heads/a": "ref: refs/heads/a\n"}, "", "a"},
		{"no id", map[string]string{"HEAD": "ref: refs/heads/a\n", "refs/heads/a": "<script>\n"}, "", "a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			top := t.TempDir()
			for _, dir := range []string{"objects", "refs"} {
				if err := os.MkdirAll(filepath.Join(top, ".git", dir), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			test.files["config"] = "[remote \"origin\"]\n\turl = https://me:pw@host/a\n"
			for name, content := range test.files {
				file := filepath.Join(top, ".git", name)
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			below := filepath.Join(top, "x", "y")
			if err := os.MkdirAll(below, 0o755); err != nil {
				t.Fatal(err)
			}
			c, ok := OpenCheckout(below)
			if !ok || c.Revision != test.revision || c.Branch != test.branch || c.Remote != "https://host/a" || !strings.HasSuffix(c.Top, filepath.Base(top)) {
				t.Errorf("%+v, %v", c, ok)
			}
		})
	}
	if c, ok := OpenCheckout(t.TempDir()); ok {
		t.Errorf("%+v", c)
	}
}

// FuzzCheckout reads a hostile repository. What is told of it tells no password and no folder.
func FuzzCheckout(f *testing.F) {
	id := strings.Repeat("0123456789", 4)
	f.Add("ref: refs/heads/main\n", "[remote \"origin\"]\nurl = https://me:token@example.com/a/b.git?x#y\n", id+" refs/heads/main\n", "")
	f.Add(id, "[remote \"a\"]\nurl = git@example.com:a/b\n[core]\nexcludesFile = ~/x\n[include]\npath = config\n", "", "*.py\n")
	f.Add("ref: refs/../../../etc/passwd", "[remote \"a\"]\nurl = /home/me/secret\n", "", "")
	f.Add("ref: ref: refs/heads/a", "[includeIf \"gitdir:**/*\"]\npath = a\n", "ref: refs/heads/a refs/heads/a\n", "")
	top := plant(f, append(repo(""), "a.py")...)
	f.Fuzz(func(t *testing.T, head, config, packed, exclude string) {
		for name, text := range map[string]string{"HEAD": head, "config": config, "packed-refs": packed, "info/exclude": exclude} {
			writeFile(t, filepath.Join(top, ".git", name), text)
		}
		c, ok := OpenCheckout(top)
		if !ok {
			t.Fatal("no repository")
		}
		if c.Revision != "" && !isObject(c.Revision) {
			t.Errorf("revision %q", c.Revision)
		}
		if strings.HasPrefix(c.Remote, "/") || strings.HasPrefix(c.Remote, "file:") || strings.ContainsAny(c.Remote, "\n\x1b") {
			t.Errorf("remote %q", c.Remote)
		}
		find(t, Options{Roots: []string{top}, Base: top})
	})
}
