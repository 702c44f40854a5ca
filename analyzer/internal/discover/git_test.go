package discover

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The names that the trees of these tests are made of: what patterns can stumble over.
var treeNames = []string{
	"a", "b", "foo", "foobar", "bar", "A", "Foo", "x.go", "y.GO", "a.b.c", ".x", ".hidden.py", "a b", "a ",
	" ", "#a", "!a", "[a]", "a*", "a?", `a\`, `\a`, "a\tb", "a\nb", "é", "\xff\xfe", "]", "-", "a-z", "^", "**",
	"foo.min.js", "1", "_", "build", "vendored", "\x01", "\x7f", "a\r", "{a}", "~",
}

// gitTree is a working tree that both git and we look at.
type gitTree struct {
	t     testing.TB
	top   string
	files []string // relative
	dirs  []string

	ignored int // how often git said so
}

func newGitTree(t testing.TB) *gitTree {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is missing")
	}
	if os.PathSeparator != '/' {
		t.Skip("the names are not possible here")
	}
	home := t.TempDir()
	for key, value := range map[string]string{"HOME": home, "XDG_CONFIG_HOME": "", "GIT_CONFIG_NOSYSTEM": "1"} {
		setenv(t, key, value)
	}
	for _, key := range []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CONFIG_GLOBAL"} {
		unsetenv(t, key) // a hook of git sets them
	}
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	g := &gitTree{t: t, top: top}
	g.git("", "init", "-q", ".")
	return g
}

// setenv and unsetenv are t.Setenv for fuzz targets as well.
func setenv(t testing.TB, key, value string) {
	old, had := os.LookupEnv(key)
	os.Setenv(key, value)
	t.Cleanup(func() {
		if had {
			os.Setenv(key, old)
		} else {
			os.Unsetenv(key)
		}
	})
}

func unsetenv(t testing.TB, key string) {
	setenv(t, key, "")
	os.Unsetenv(key)
}

// git runs a command, whose exit status 1 means no and is no failure.
func (g *gitTree) git(stdin string, args ...string) string {
	g.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = g.top
	cmd.Stdin = strings.NewReader(stdin)
	var out, failed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &failed
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != 1 {
		g.t.Fatalf("git %q: %v\n%s", args, err, failed.String())
	}
	return out.String()
}

func (g *gitTree) write(file, content string) {
	g.t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		g.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		g.t.Fatal(err)
	}
}

// grow makes folders three deep, each with some files.
func (g *gitTree) grow(r *rand.Rand, dir string, depth int) {
	names := slices.Clone(treeNames)
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for i, name := range names[:12-2*depth] {
		rel := strings.TrimPrefix(dir+"/"+name, "/")
		if i < 4 && depth < 3 {
			g.dirs = append(g.dirs, rel)
			if err := os.MkdirAll(g.top+"/"+rel, 0o777); err != nil {
				g.t.Fatal(err)
			}
			g.grow(r, rel, depth+1)
			continue
		}
		g.write(g.top+"/"+rel, "")
		g.files = append(g.files, rel)
	}
}

// compare asks git and us about each file and folder, and returns how many there were.
func (g *gitTree) compare(about string) int {
	g.t.Helper()
	all := slices.Concat(g.files, g.dirs)
	out := g.git("./"+strings.Join(all, "\x00./")+"\x00", "check-ignore", "--no-index", "-z", "--stdin")
	byGit := map[string]bool{}
	for rel := range strings.SplitSeq(strings.TrimSuffix(out, "\x00"), "\x00") {
		byGit[strings.TrimPrefix(rel, "./")] = true
	}
	g.ignored += len(byGit)
	r := g.find(g.top)
	for _, rel := range g.files {
		if found := r.found[rel]; found == byGit[rel] {
			g.t.Errorf("%q: ignored by git: %v, by us: %v\n%s", rel, byGit[rel], !found, about)
		}
	}
	folders := 0
	for _, rel := range g.dirs {
		if byGit[rel] && !byGit[filepath.Dir(rel)] {
			folders++
		}
	}
	if n := r.Counts.Left[LeftIgnored].Folders; n != folders {
		g.t.Errorf("folders ignored by git: %d, by us: %d\n%s", folders, n, about)
	}
	g.compareBelow(byGit, about)
	return len(all)
}

// compareBelow starts in a folder of the tree, so that the ignore files above must be found.
func (g *gitTree) compareBelow(byGit map[string]bool, about string) {
	g.t.Helper()
	root := g.dirs[len(about)%len(g.dirs)]
	if byGit[root] {
		return // then we do not hold with git
	}
	r := g.find(g.top + "/" + root)
	for _, rel := range g.files {
		if found := r.found[rel]; strings.HasPrefix(rel, root+"/") && found == byGit[rel] {
			g.t.Errorf("%q from %q: ignored by git: %v, by us: %v\n%s", rel, root, byGit[rel], !found, about)
		}
	}
}

type gitResult struct {
	Result
	found map[string]bool
}

func (g *gitTree) find(root string) gitResult {
	g.t.Helper()
	o := Options{Roots: []string{root}, Base: g.top, Language: func(string) string { return "x" },
		Vendored: true, Generated: true, Minified: true, Workers: 2}
	r, err := Find(g.t.Context(), o)
	if err != nil {
		g.t.Fatal(err)
	}
	found := map[string]bool{}
	for _, f := range r.Files {
		found[f.Rel] = true
	}
	return gitResult{r, found}
}

// patternTokens make up random patterns.
var patternTokens = []string{
	"*", "**", "/", "/", "**/", "/**", "?", "[a-c]", "[!a]", "[^b]", "[[:alpha:]]", "[[:upper:]_]", "[[:space:]]",
	"[[:punct:]]", "[]a]", "[]-a]", "[a-]", "[\\]]", "[a", "[[:bad:]]", "[[:digit:]", "[[.a.]]", "[A-Z]", "[[:cntrl:]]",
	"\\", "\\a", "\\*", "\\/", "\\[", "a", "b", "foo", "o", "bar", "x.go", ".", ".go", "*.go", ".x", " ", "\\ ", "#", "!",
	"\t", "é", "\xff", "A", "GO", "\r", "{a,b}", "-", "]", "[!-~]", "[\x01-\x1f]",
}

func randomIgnoreFile(r *rand.Rand) string {
	var b strings.Builder
	if r.IntN(20) == 0 {
		b.WriteString("\xef\xbb\xbf")
	}
	for range 1 + r.IntN(7) {
		if r.IntN(4) == 0 {
			b.WriteString("!")
		}
		if r.IntN(4) == 0 {
			b.WriteString("/")
		}
		if r.IntN(3) == 0 {
			b.WriteString(treeNames[r.IntN(len(treeNames))])
		} else {
			for range 1 + r.IntN(5) {
				b.WriteString(patternTokens[r.IntN(len(patternTokens))])
			}
		}
		if r.IntN(4) == 0 {
			b.WriteString("/")
		}
		b.WriteString([]string{"\n", "\n", "\n", "\r\n", " \n", "\\\n", "\x00z\n"}[r.IntN(7)])
	}
	return strings.TrimSuffix(b.String(), []string{"", "\n"}[r.IntN(2)])
}

// TestIgnoreAgainstGit compares with git on random trees and patterns. KEYVET_IGNORE_ROUNDS=5000 and
// KEYVET_IGNORE_SEED=7 make it longer or different.
func TestIgnoreAgainstGit(t *testing.T) {
	rounds, seed := 60, uint64(1)
	if s := os.Getenv("KEYVET_IGNORE_ROUNDS"); s != "" {
		rounds, _ = strconv.Atoi(s)
	}
	if s := os.Getenv("KEYVET_IGNORE_SEED"); s != "" {
		seed, _ = strconv.ParseUint(s, 10, 64)
	}
	r := rand.New(rand.NewPCG(seed, 0))
	g := newGitTree(t)
	g.grow(r, "", 0)
	compared := 0
	for round := range rounds {
		files := map[string]string{g.top + "/.gitignore": randomIgnoreFile(r)}
		if r.IntN(3) == 0 {
			files[g.top+"/.git/info/exclude"] = randomIgnoreFile(r)
		}
		if r.IntN(3) == 0 {
			files[os.Getenv("HOME")+"/.config/git/ignore"] = randomIgnoreFile(r)
		}
		for range r.IntN(4) {
			files[g.top+"/"+g.dirs[r.IntN(len(g.dirs))]+"/.gitignore"] = randomIgnoreFile(r)
		}
		fold := r.IntN(4) == 0
		g.git("", "config", "core.ignorecase", strconv.FormatBool(fold))
		about := fmt.Sprintf("seed %d, round %d, ignorecase %v", seed, round, fold)
		for _, file := range slices.Sorted(maps.Keys(files)) {
			g.write(file, files[file])
			about += fmt.Sprintf("\n%s: %q", file, files[file])
		}
		compared += g.compare(about)
		for file := range files {
			os.Remove(file)
		}
		if t.Failed() {
			break
		}
	}
	t.Logf("%d verdicts compared, %d of them ignored", compared, g.ignored)
}

// curatedIgnoreFiles are the ones that other implementations stumble over.
var curatedIgnoreFiles = []string{
	"*\n!*/\n!*.go\n", "foo\n!foo/a\n", "foo/*\n!foo/a\n", "/foo\n", "foo/\n", "/foo/\n", "foo/**\n", "**/foo\n",
	"foo**\n", "foo**bar\n", "a/**/b\n", "a/foo**/b\n", "**\n", "/**\n", "**/\n", "*\n", "/*\n", "*/\n", "/\n", "//\n",
	"[a]\n", "[!a]\n", "[^a]\n", "[[:digit:]]\n", "[[:alpha:]\n", "[[:nope:]]\n", "[]a]\n", "[a-\n", "[b-a]\n", "[\\]]\n",
	"a \n", "a\\ \n", "a\\  \n", "a\t\n", "#a\n", "\\#a\n", "!a\n", "\\!a\n", "!\n", "\\\n", "a\\\n", "a\\\\\n", "\\a\n",
	"\xef\xbb\xbfa\n", "a\r\n", "a\r\r\n", "a", "\r\n", " \n", "a\x00b\n", "a/b/\n", "a//b\n", "./a\n", "../a\n", "a/./b\n",
	"*.go\n!x.go\n", "!x.go\n*.go\n", "*.b.c\n", "*.*.c\n", ".*\n", "*.\n", "?\n", "???\n", "\xff*\n", "é\n", "?[?]\n",
	"a/*/b\n", "*/foo\n", "*foo\n", "*foo/\n", "**/a/**/b\n", "**/**/b\n", "***\n", "a/***/b\n", "a**/b\n", "/a**\n", "a\\/b\n",
	"**\\/b\n", "[/]\n", "a[/]b\n", "a[!x]b\n", "a?b\n", "{a,b}\n", "~\n", "$HOME\n", "A\n", "[A-Z]\n", "\\A\n", "[[:upper:]]\n",
}

// FuzzIgnoreAgainstGit lets the fuzzer look for an ignore file that git reads differently.
func FuzzIgnoreAgainstGit(f *testing.F) {
	for _, file := range curatedIgnoreFiles {
		f.Add(file, false)
		f.Add(file, true)
	}
	g := newGitTree(f)
	g.grow(rand.New(rand.NewPCG(3, 0)), "", 0)
	f.Fuzz(func(t *testing.T, file string, fold bool) {
		here := *g
		here.t = t
		here.write(g.top+"/.git/config", fmt.Sprintf("[core]\nrepositoryformatversion = 0\nignorecase = %v\n", fold))
		here.write(g.top+"/.gitignore", file)
		here.compare(fmt.Sprintf("ignorecase %v\n.gitignore: %q", fold, file))
	})
}

// TestNestedGit compares with git where repositories, worktrees and submodules meet.
func TestNestedGit(t *testing.T) {
	g := newGitTree(t)
	g.write(g.top+"/.gitignore", "*.log\n/lost/\n")
	g.write(g.top+"/.git/info/exclude", "*.excluded\n")
	g.write(os.Getenv("HOME")+"/.gitconfig", "[core]\n\texcludesFile = ~/mine ; comment\n")
	g.write(os.Getenv("HOME")+"/mine", "*.mine\n")
	g.git("", "add", ".gitignore")
	g.git("", "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-q", "-m", "x")
	g.git("", "worktree", "add", "-q", "wt")
	g.git("", "init", "-q", "inner")
	g.git("", "init", "-q", "lost/inner")
	g.write(g.top+"/fake/.git/readme", "no repository\n")
	g.write(g.top+"/broken/.git", "gitdir: /nowhere\n")
	for _, dir := range []string{"", "wt/", "inner/", "lost/inner/", "fake/", "broken/"} {
		for _, name := range []string{"a.log", "a.excluded", "a.mine", "a.py"} {
			g.write(g.top+"/"+dir+name, "")
		}
	}
	want := []string{".gitignore", "a.py", "broken/a.py", "fake/a.py", "inner/a.log", "inner/a.py", "wt/.gitignore", "wt/a.py"}
	// info/exclude belongs to all worktrees, and inner has one of its own.
	want = append(want, "inner/a.excluded")
	slices.Sort(want)
	got := slices.Sorted(maps.Keys(g.find(g.top).found))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, dir := range []string{"", "wt", "inner", "lost/inner", "fake"} {
		here := *g
		here.top = g.top + "/" + dir
		out := here.git("a.log\x00a.excluded\x00a.mine\x00a.py\x00", "check-ignore", "--no-index", "-z", "--stdin")
		byGit := strings.Split(out, "\x00")
		r := g.find(g.top + "/" + dir)
		for _, name := range []string{"a.log", "a.excluded", "a.mine", "a.py"} {
			rel := strings.TrimPrefix(dir+"/"+name, "/")
			if slices.Contains(byGit, name) == r.found[rel] {
				t.Errorf("%q: by git %q, by us: %v", rel, byGit, r.found[rel])
			}
		}
	}
}
