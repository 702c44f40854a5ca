//go:build soak

package analyzer_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages/builtin"
	"github.com/keyvet/keyvet/rules"
)

const (
	partFiles  = 4000             // a tree of more files is taken folder by folder
	partTime   = 20 * time.Minute // one part takes seconds; this is a hang
	soakRounds = 4                // over one tree, to see whether memory grows
	mayGrow    = 32               // MB from the second round to the last
)

// TestSoak scans whatever source the folders in KEYVET_SOAK hold, as users do and with every file parsed: it must come to
// an end without a fault, and hold no more memory after the last round than after an early one.
func TestSoak(t *testing.T) {
	folders := filepath.SplitList(os.Getenv("KEYVET_SOAK"))
	if len(folders) == 0 {
		t.Fatal("KEYVET_SOAK names no folder; run .ci/soak")
	}
	fmt.Println("| tree | files | read | MB | damaged | skipped | findings | all parsed: read | seconds | memory |")
	fmt.Println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, folder := range folders {
		start, sums := time.Now(), soakSums{}
		for _, part := range parts(t, folder) {
			sums.add(t, part)
		}
		fmt.Printf("| %s | %d | %d | %d | %d | %d | %d | %d | %.0f | %d MB |\n", folder, sums.files, sums.read, sums.bytes>>20, sums.damaged, sums.skipped,
			sums.findings, sums.all, time.Since(start).Seconds(), resident(t))
	}
	var held []int
	tree := smallest(parts(t, folders[0]))
	for range soakRounds {
		new(soakSums).add(t, tree)
		debug.FreeOSMemory()
		held = append(held, resident(t))
	}
	fmt.Printf("\nmemory after each of %d rounds over %s: %v MB\n", soakRounds, tree, held)
	if grown := held[soakRounds-1] - held[1]; grown > mayGrow {
		t.Errorf("memory grows by %d MB", grown)
	}
}

// parts are folders, and files beside folders, with a bearable number of files in each.
func parts(t *testing.T, root string) (all []string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(root, func(_ string, d fs.DirEntry, err error) error {
		if n++; n > partFiles {
			return fs.SkipAll
		}
		return nil // what cannot be read is a scan's to say
	})
	if err != nil {
		t.Fatal(err)
	}
	if n <= partFiles {
		return []string{root}
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if path := filepath.Join(root, e.Name()); e.IsDir() {
			all = append(all, parts(t, path)...)
		} else if e.Type().IsRegular() {
			all = append(all, path)
		}
	}
	return all
}

// smallest gives the part to go round in: the first that is a folder.
func smallest(parts []string) string {
	for _, part := range parts {
		if info, err := os.Stat(part); err == nil && info.IsDir() {
			return part
		}
	}
	return parts[0]
}

type soakSums struct {
	files, read, damaged, skipped, findings, all int
	bytes                                        int64
}

func (s *soakSums) add(t *testing.T, root string) {
	t.Helper()
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	base := root
	if info, err := os.Stat(root); err == nil && !info.IsDir() {
		base = filepath.Dir(root)
	}
	for _, everything := range []bool{false, true} {
		ctx, cancel := context.WithTimeoutCause(context.Background(), partTime, errors.New("it does not come to an end"))
		r, err := analyzer.Run(ctx, analyzer.Options{
			Base: base, Roots: []string{root}, Rules: set, Languages: builtin.Languages(), Everything: everything,
			Ignored: true, Vendored: true, Generated: everything, Minified: everything, AllComments: true,
		})
		if err != nil {
			t.Errorf("%s: %v (%v)", root, err, context.Cause(ctx))
			cancel()
			return
		}
		cancel()
		for _, skip := range r.Skipped {
			if strings.Contains(skip.Reason, "internal fault") {
				t.Errorf("%s/%s: %s", root, skip.Path, skip.Reason)
			}
		}
		for _, format := range report.Formats() {
			if err := format.Write(io.Discard, r, report.Options{}); err != nil {
				t.Errorf("%s as %s: %v", root, format.Name, err)
			}
		}
		if everything {
			s.all += r.Files.Read
			continue
		}
		s.files += r.Files.Found
		s.read += r.Files.Read
		s.damaged += r.Files.Damaged
		s.skipped += len(r.Skipped)
		s.findings += len(r.Findings)
		for _, path := range r.Paths {
			if info, err := os.Stat(filepath.Join(base, path)); err == nil {
				s.bytes += info.Size()
			}
		}
	}
}

// resident gives the memory of this process, in MB; where the system does not say, that of Go.
func resident(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.Sys >> 20)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kilobytes, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes >> 10
}
