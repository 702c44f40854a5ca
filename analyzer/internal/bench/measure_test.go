//go:build bench && linux

// Package bench measures the program from outside, beside other tools and against the size of what it is given. Nothing
// here fails because something takes long: it prints tables, and writes them into docs/performance.md where it is asked to.
package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A run is what one command took. The counts are keyvet's own, from standard error.
type run struct {
	wall, cpu             time.Duration
	peak                  int64 // bytes
	found, read, findings int
}

var (
	filesSaid    = regexp.MustCompile(`(?m)^keyvet: ([\d,]+) files?.*?: ([\d,]+) read`)
	findingsSaid = regexp.MustCompile(`([\d,]+) findings?`)
)

// usage is what a command took, as the process says that ran it.
type usage struct {
	Wall, CPU time.Duration
	Peak      int64 // bytes
	Status    int
}

// TestMain is also the process between the measurements and what is measured: the system counts for a command what the
// process that starts it has taken, and this one has written large trees.
func TestMain(m *testing.M) {
	if os.Getenv("KEYVET_BETWEEN") == "" {
		os.Exit(m.Run())
	}
	if err := between(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func between(args []string) error {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	start := time.Now()
	err := cmd.Run()
	took := usage{Wall: time.Since(start)}
	if cmd.ProcessState == nil {
		return err
	}
	took.Status, took.CPU = cmd.ProcessState.ExitCode(), cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()
	if system, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		took.Peak = system.Maxrss << 10
	}
	return json.NewEncoder(os.NewFile(3, "usage")).Encode(took)
}

// execute runs a command in a folder. What it prints goes through a pipe to nowhere: into /dev/null a tool might write
// less.
func execute(t *testing.T, dir string, args ...string) run {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	cmd := exec.Command(self, args...)
	var said bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.ExtraFiles = dir, io.Discard, &said, []*os.File{write}
	cmd.Env = append(os.Environ(), "KEYVET_BETWEEN=1")
	err = cmd.Run()
	write.Close()
	var took usage
	if err == nil {
		err = json.NewDecoder(read).Decode(&took)
	}
	if err != nil || took.Status > 1 || took.Status < 0 { // 1: something was found
		t.Fatalf("%s in %s: status %d, %v: %.1000s", strings.Join(args, " "), dir, took.Status, err, &said)
	}
	r := run{wall: took.Wall, cpu: took.CPU, peak: took.Peak}
	if m := filesSaid.FindStringSubmatch(said.String()); m != nil {
		r.found, r.read = number(m[1]), number(m[2])
	}
	if m := findingsSaid.FindStringSubmatch(said.String()); m != nil {
		r.findings = number(m[1])
	}
	return r
}

func number(digits string) int {
	n, _ := strconv.Atoi(strings.ReplaceAll(digits, ",", "")) // empty: none
	return n
}

// middle gives the medians of times, and the greatest peak, of several runs of one command.
func middle(runs []run) run {
	m := runs[0]
	m.wall = median(runs, func(r run) time.Duration { return r.wall })
	m.cpu = median(runs, func(r run) time.Duration { return r.cpu })
	for _, r := range runs {
		m.peak = max(m.peak, r.peak)
	}
	return m
}

func median(runs []run, time func(run) time.Duration) time.Duration {
	slices.SortFunc(runs, func(a, b run) int { return int(time(a) - time(b)) })
	return time(runs[len(runs)/2])
}

// machine says where the numbers are from.
func machine() string {
	model := runtime.GOARCH
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if m := regexp.MustCompile(`(?m)^model name\s*: (.*)$`).FindSubmatch(text); m != nil {
			model = string(m[1])
		}
	}
	memory := ""
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		if m := regexp.MustCompile(`(?m)^MemTotal:\s*(\d+) kB$`).FindSubmatch(text); m != nil {
			memory = fmt.Sprintf(", %d GB of memory", (number(string(m[1]))+1<<19)>>20)
		}
	}
	busy := ""
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		load, _, _ := strings.Cut(string(text), " ")
		busy = ", with a load of " + load + " besides"
	}
	return fmt.Sprintf("%d processors (%s)%s, Linux, %s%s", runtime.NumCPU(), model, memory, runtime.Version(), busy)
}

func keyvet(t *testing.T) string {
	t.Helper()
	binary := os.Getenv("KEYVET_BINARY")
	if binary == "" {
		t.Fatal("KEYVET_BINARY names no program; run .ci/bench")
	}
	return binary
}

func seconds(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", (n+500_000)/1_000_000) }
