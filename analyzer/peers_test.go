//go:build bench && linux

package analyzer_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// The tools that are compared, each asked the same of the same tree. ripgrep
// looks for commands and for libraries' names, as someone would who wants to
// miss nothing; ast-grep for calls with a command.
const (
	ripgrepPattern = `(FT|JSON|TS|BF|CF|CMS|TOPK|TDIGEST|GRAPH)\.[A-Z_]{2,}|` +
		`(?i:redis|valkey|jedis|lettuce|redisson|rueidis|redigo|aioredis)`
	rounds = 9
)

type measurement struct {
	Tree, Tool      string
	Wall, CPU       time.Duration // medians
	PeakMB          float64       // greatest
	WallPerRipgrep  float64       `json:",omitempty"`
	WallPerAstGrep  float64       `json:",omitempty"`
	SourcesRead     int           `json:",omitempty"` // files that keyvet parsed
	SourcesFound    int           `json:",omitempty"`
	sampleW, sample []time.Duration
}

// TestPeers runs keyvet, ripgrep and ast-grep over the trees in KEYVET_TREES, in
// turns, and prints the ratios. KEYVET_BINARY, RG and AST_GREP name the tools.
func TestPeers(t *testing.T) {
	rules, err := filepath.Abs("testdata/bench/ast-grep.yml")
	if err != nil {
		t.Fatal(err)
	}
	var all []*measurement
	for _, tree := range filepath.SplitList(os.Getenv("KEYVET_TREES")) {
		commands := map[string][]string{
			"keyvet":  {os.Getenv("KEYVET_BINARY"), "--no-cache", "--format", "json", "."},
			warm:      {os.Getenv("KEYVET_BINARY"), "--cache", t.TempDir(), "--format", "json", "."},
			"ripgrep": {os.Getenv("RG"), "--no-config", "-tgo", "-tpy", "-tjava", "-tjs", "-tts", "-n", ripgrepPattern, "."},
		}
		if tool := os.Getenv("AST_GREP"); tool != "" {
			commands["ast-grep"] = []string{tool, "scan", "-r", rules, "--json=stream", "."}
		}
		all = append(all, compare(t, tree, commands)...)
	}
	fmt.Println("| tree | tool | wall | CPU | peak memory | wall / ripgrep | wall / ast-grep | files read |")
	fmt.Println("|---|---|---|---|---|---|---|---|")
	for _, m := range all {
		read := ""
		if m.SourcesFound > 0 {
			read = fmt.Sprintf("%d of %d", m.SourcesRead, m.SourcesFound)
		}
		fmt.Printf("| %s | %s | %v | %v | %.0f MB | %.2f | %.3f | %s |\n", filepath.Base(m.Tree), m.Tool,
			m.Wall.Round(time.Millisecond), m.CPU.Round(time.Millisecond), m.PeakMB, m.WallPerRipgrep, m.WallPerAstGrep, read)
	}
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

// warm is keyvet where nothing has changed since its last scan.
const warm = "keyvet, cache"

// compare measures the tools in turns, so that what else the machine does falls
// on all of them. The first round fills the caches and does not count.
func compare(t *testing.T, tree string, commands map[string][]string) []*measurement {
	tools := []string{"keyvet", warm, "ripgrep", "ast-grep"}
	found := make(map[string]*measurement)
	for round := range rounds + 1 {
		for _, tool := range tools {
			if commands[tool] == nil || tool == "ast-grep" && round > 3 { // slow, and far from the others
				continue
			}
			m := found[tool]
			if m == nil {
				m = &measurement{Tree: tree, Tool: tool}
				found[tool] = m
			}
			measure(t, m, commands[tool], round > 0)
		}
	}
	var list []*measurement
	for _, tool := range tools {
		if m := found[tool]; m != nil {
			m.Wall, m.CPU = median(m.sampleW), median(m.sample)
			list = append(list, m)
		}
	}
	for _, m := range list[:2] {
		m.WallPerRipgrep = float64(m.Wall) / float64(found["ripgrep"].Wall)
		if other := found["ast-grep"]; other != nil {
			m.WallPerAstGrep = float64(m.Wall) / float64(other.Wall)
		}
	}
	return list
}

// TestTenFiles measures what a hook before a commit costs: ten files of a tree are
// changed, and looked at with the tree around them; then the whole tree is.
func TestTenFiles(t *testing.T) {
	binary := os.Getenv("KEYVET_BINARY")
	fmt.Println("\n| tree | after ten files were changed | wall | CPU | peak memory |")
	fmt.Println("|---|---|---|---|---|")
	for _, tree := range filepath.SplitList(os.Getenv("KEYVET_TREES")) {
		dir, cache := t.TempDir(), t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(tree)); err != nil {
			t.Fatal(err)
		}
		files := tenFiles(t, dir)
		time.Sleep(3 * time.Second) // so that the copies count as settled
		few := &measurement{Tree: dir, Tool: "the ten files, with the tree as context"}
		whole := &measurement{Tree: dir, Tool: "the tree"}
		for round := range rounds + 1 {
			for _, file := range files {
				appendLine(t, filepath.Join(dir, file), round)
			}
			measure(t, few, append([]string{binary, "--cache", cache, "--context", "."}, files...), round > 1)
			measure(t, whole, []string{binary, "--cache", cache, "."}, round > 1)
		}
		for _, m := range []*measurement{few, whole} {
			fmt.Printf("| %s | %s | %v | %v | %.0f MB |\n", filepath.Base(tree), m.Tool,
				median(m.sampleW).Round(time.Millisecond), median(m.sample).Round(time.Millisecond), m.PeakMB)
		}
	}
}

// tenFiles picks sources from all over a tree.
func tenFiles(t *testing.T, dir string) (files []string) {
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
	text, err := os.ReadFile(path)
	if err == nil {
		mark := "//"
		if filepath.Ext(path) == ".py" {
			mark = "#"
		}
		err = os.WriteFile(path, fmt.Appendf(text, "\n%s round %d\n", mark, round), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func measure(t *testing.T, m *measurement, args []string, counts bool) {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = m.Tree
	start := time.Now()
	out, err := cmd.Output()
	wall := time.Since(start)
	if cmd.ProcessState == nil {
		t.Fatalf("%s: %v", m.Tool, err)
	}
	if m.Tool == "keyvet" || m.Tool == warm {
		var report struct{ Files struct{ Found, Read int } }
		if err := json.Unmarshal(out, &report); err != nil {
			t.Fatalf("keyvet: %v", err)
		}
		m.SourcesFound, m.SourcesRead = report.Files.Found, report.Files.Read
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		m.PeakMB = max(m.PeakMB, float64(usage.Maxrss)/1024)
	}
	if counts {
		m.sampleW = append(m.sampleW, wall)
		m.sample = append(m.sample, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
	}
}

func median(samples []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(samples))
	return sorted[len(sorted)/2]
}
