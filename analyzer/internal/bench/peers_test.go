//go:build bench && linux

package bench

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The tools that are compared, each asked the same of the same tree. ripgrep
// looks for commands and for libraries' names, as someone would who wants to
// miss nothing; ast-grep for calls with a command.
const (
	ripgrepPattern = `(FT|JSON|TS|BF|CF|CMS|TOPK|TDIGEST|GRAPH)\.[A-Z_]{2,}|` +
		`(?i:redis|valkey|jedis|lettuce|redisson|rueidis|redigo|aioredis)`
	rounds     = 5
	slowRounds = 3 // of ast-grep, which is far from the others; one where it takes more than longRun

	cold    = "keyvet"
	warm    = "keyvet, cache" // nothing has changed since its last scan
	ripgrep = "ripgrep"
	astGrep = "ast-grep"
)

// What was measured, for bench.json.
type outcome struct {
	Commit, Machine      string
	Tools                map[string]string // their versions
	Modules              int               // that are linked in
	BinaryMB, StrippedMB float64
	Peers                []measurement
	TenFiles             []measurement
}

type measurement struct {
	Tree, Tool     string
	Files          int     // all that lie in the tree
	Wall, CPU      float64 // seconds, medians
	PeakMB         float64 // the greatest
	WallPerRipgrep float64 `json:",omitempty"`
	WallPerAstGrep float64 `json:",omitempty"`
	SourcesRead    int     `json:",omitempty"` // files that keyvet parsed
	SourcesFound   int     `json:",omitempty"`
}

// TestPeers runs keyvet, ripgrep and ast-grep over the trees in KEYVET_TREES, in turns, and has ten files of each changed
// and looked at again. KEYVET_BINARY, RG and AST_GREP name the tools.
func TestPeers(t *testing.T) {
	binary := keyvet(t)
	all := describe(t, binary)
	rules, err := filepath.Abs("testdata/ast-grep.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, tree := range filepath.SplitList(os.Getenv("KEYVET_TREES")) {
		all.Peers = append(all.Peers, compare(t, tree, map[string][]string{
			cold:    {binary, "--no-cache", "--format", "json", "."},
			warm:    {binary, "--cache", t.TempDir(), "--format", "json", "."},
			ripgrep: {os.Getenv("RG"), "--no-config", "-tgo", "-tpy", "-tjava", "-tjs", "-tts", "-n", ripgrepPattern, "."},
			astGrep: {os.Getenv("AST_GREP"), "scan", "-r", rules, "--json=stream", "."},
		})...)
		all.TenFiles = append(all.TenFiles, tenFiles(t, binary, tree)...)
	}
	publish(t, "peers", all.text())
	if path := os.Getenv("KEYVET_BENCH_JSON"); path != "" {
		data, err := json.MarshalIndent(all, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(data, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// compare measures the tools in turns, so that what else the machine does falls on all of them. The first round fills the
// caches and does not count.
func compare(t *testing.T, tree string, commands map[string][]string) (list []measurement) {
	t.Helper()
	tools, runs := []string{cold, warm, ripgrep, astGrep}, make(map[string][]run)
	for round := range rounds + 1 {
		for _, tool := range tools {
			if tool == astGrep && (round > slowRounds || round > 0 && runs[tool] != nil && runs[tool][0].cpu > longRun) {
				continue
			}
			if r := execute(t, tree, commands[tool]...); round > 0 || r.cpu > longRun {
				runs[tool] = append(runs[tool], r)
			}
		}
	}
	files := countFiles(t, tree)
	beside := func(tool string) float64 { return middle(runs[tool]).wall.Seconds() }
	for _, tool := range tools {
		m := newMeasurement(tree, tool, files, runs[tool])
		if tool == cold || tool == warm {
			m.WallPerRipgrep, m.WallPerAstGrep = m.Wall/beside(ripgrep), m.Wall/beside(astGrep)
		}
		list = append(list, m)
	}
	return list
}

func newMeasurement(tree, tool string, files int, runs []run) measurement {
	m := middle(runs)
	return measurement{
		Tree: filepath.Base(tree), Tool: tool, Files: files, Wall: m.wall.Seconds(), CPU: m.cpu.Seconds(), PeakMB: float64(m.peak) / 1e6,
		SourcesRead: m.read, SourcesFound: m.found,
	}
}

func countFiles(t *testing.T, tree string) (n int) {
	t.Helper()
	err := filepath.WalkDir(tree, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// tenFiles measures what a hook before a commit costs: ten files of a tree are changed, and looked at with the tree around
// them; then the whole tree is.
func tenFiles(t *testing.T, binary, tree string) []measurement {
	t.Helper()
	dir, cache := t.TempDir(), t.TempDir()
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, os.DirFS(tree)); err != nil {
		t.Fatal(err)
	}
	changed := spread(t, dir)
	settle()
	var few, whole []run
	for round := range rounds + 2 {
		for _, file := range changed {
			appendLine(t, filepath.Join(dir, file), round)
		}
		a := execute(t, dir, append([]string{binary, "--cache", cache, "--context", "."}, changed...)...)
		b := execute(t, dir, binary, "--cache", cache, ".")
		if round > 1 {
			few, whole = append(few, a), append(whole, b)
		}
	}
	files := countFiles(t, dir)
	return []measurement{
		newMeasurement(tree, "the ten files, with the tree as context", files, few),
		newMeasurement(tree, "the tree", files, whole),
	}
}

// spread picks ten sources from all over a tree.
func spread(t *testing.T, dir string) (files []string) {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); err == nil && d.Type().IsRegular() && (ext == ".go" || ext == ".py" || ext == ".java") {
			rel, _ := filepath.Rel(dir, path)
			all = append(all, rel)
		}
		return err
	})
	if err != nil || len(all) < 10 {
		t.Fatalf("%d files, %v", len(all), err)
	}
	for i := range 10 {
		files = append(files, all[i*len(all)/10])
	}
	return files
}

func appendLine(t *testing.T, path string, round int) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	mark := "//"
	if filepath.Ext(path) == ".py" {
		mark = "#"
	}
	if err := os.WriteFile(path, fmt.Appendf(text, "\n%s round %d\n", mark, round), 0o666); err != nil {
		t.Fatal(err)
	}
}

// describe says what is compared: versions, and what the program is made of.
func describe(t *testing.T, binary string) outcome {
	t.Helper()
	o := outcome{Machine: machine(), Commit: programCommit(t), Tools: map[string]string{
		cold: firstLine(output(t, binary, "--version")), ripgrep: firstLine(output(t, os.Getenv("RG"), "--version")),
		astGrep: firstLine(output(t, os.Getenv("AST_GREP"), "--version")),
	}}
	for _, line := range strings.Split(output(t, "go", "version", "-m", binary), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "dep\t") {
			o.Modules++
		}
	}
	stripped := filepath.Join(t.TempDir(), "keyvet")
	output(t, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", stripped, "github.com/keyvet/keyvet/cmd/keyvet")
	o.BinaryMB, o.StrippedMB = size(t, binary), size(t, stripped)
	return o
}

// programCommit is the last one that changes the program.
func programCommit(t *testing.T) string {
	t.Helper()
	return output(t, "git", "log", "-1", "--abbrev=12", "--format=%h", "--", ":/go.mod", ":/analyzer", ":/cmd", ":/languages", ":/rules", ":(exclude,glob,top)**/*_test.go")
}

func size(t *testing.T, path string) float64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return float64(info.Size()) / 1e6
}

func output(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command(args[0], args[1:]...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

func (o outcome) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s, of commit `%s`: %s, %s, %s. The program has %d modules besides Go's own library, and %.1f MB, %.1f MB without its symbols.\n",
		o.Machine, o.Commit, o.Tools[cold], o.Tools[ripgrep], o.Tools[astGrep], o.Modules, o.BinaryMB, o.StrippedMB)
	b.WriteString("\n| tree | files | tool | wall | CPU | memory | wall / ripgrep | wall / ast-grep | sources read |\n|---|--:|---|--:|--:|--:|--:|--:|--:|\n")
	for _, m := range o.Peers {
		ratios, read := " | ", ""
		if m.WallPerRipgrep > 0 {
			ratios = fmt.Sprintf("%.2f | %.3f", m.WallPerRipgrep, m.WallPerAstGrep)
			read = fmt.Sprintf("%s of %s", grouped(m.SourcesRead), grouped(m.SourcesFound))
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s |\n", m.Tree, grouped(m.Files), m.Tool, m.wall(), m.cpu(), megabytes(int64(m.PeakMB*1e6)), ratios, read)
	}
	b.WriteString("\n" + o.goal())
	b.WriteString("\nTen files all over a tree are changed, as a commit does, and looked at again, with a cache from before:\n")
	b.WriteString("\n| tree | files | what is scanned | wall | CPU | memory |\n|---|--:|---|--:|--:|--:|\n")
	for _, m := range o.TenFiles {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", m.Tree, grouped(m.Files), m.Tool, m.wall(), m.cpu(), megabytes(int64(m.PeakMB*1e6)))
	}
	return b.String()
}

// twentieth is what part of ast-grep's time a cold scan is to take at most.
const twentieth = 0.05

// goal says where that is so.
func (o outcome) goal() string {
	var reached, missed []string
	for _, m := range o.Peers {
		switch {
		case m.Tool != cold:
		case m.WallPerAstGrep <= twentieth:
			reached = append(reached, m.Tree)
		default:
			missed = append(missed, fmt.Sprintf("%s (%.3f)", m.Tree, m.WallPerAstGrep))
		}
	}
	text := "A cold scan is to take at most a twentieth of ast-grep's time. "
	if len(reached) > 0 {
		text += "It does for " + strings.Join(reached, ", ") + ". "
	}
	if len(missed) > 0 {
		text += "It does not for " + strings.Join(missed, ", ") + "."
	}
	return strings.TrimSpace(text) + "\n"
}

func (m measurement) wall() string { return milliseconds(m.Wall) }
func (m measurement) cpu() string  { return milliseconds(m.CPU) }

func milliseconds(s float64) string {
	return fmt.Sprint(time.Duration(s * 1e9).Round(time.Millisecond))
}
