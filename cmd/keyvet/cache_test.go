package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/keyvet/keyvet/analyzer/report"
)

// An outcome is all that a run shows.
type outcome struct {
	out, err string
	code     int
}

func scanWith(t *testing.T, cache string, args ...string) outcome {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(args, streams{in: strings.NewReader(""), out: &out, err: &errs, env: func(name string) string {
		return map[string]string{cacheVariable: cache}[name]
	}})
	return outcome{out.String(), errs.String(), code}
}

// kept says what is in a cache, so that it tells whether anything was written.
func kept(t *testing.T, cache string) string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(cache, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "usage" {
			return err
		}
		info, err := d.Info()
		all = append(all, fmt.Sprint(path, info.Size(), info.ModTime()))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, "\n")
}

// TestCacheIsInvisible: with it and without it, the first time and the next, with any
// number of workers and in every format, the output is the same.
func TestCacheIsInvisible(t *testing.T) {
	for _, tree := range []string{"demo", "projects", "clients/go", "clients/java"} {
		t.Run(tree, func(t *testing.T) {
			t.Chdir(filepath.Join("../../testdata", filepath.FromSlash(tree)))
			cache := t.TempDir()
			var formats []string
			for _, f := range report.Formats() {
				formats = append(formats, f.Name)
			}
			for i, format := range formats {
				args := []string{"--format", format, "--show-suppressed"}
				want := scanWith(t, cacheOff, args...)
				if want.code != exitFindings {
					t.Fatalf("exit code %d: %s", want.code, want.err)
				}
				before := ""
				if i > 0 { // the report is kept, whatever the format
					before = kept(t, cache)
				}
				for _, jobs := range []string{"1", "2", "64"} {
					if got := scanWith(t, cache, append(args, "-j", jobs)...); got != want {
						t.Errorf("%s with %s jobs: got %+v, want %+v", format, jobs, got, want)
					}
					if before != "" && kept(t, cache) != before {
						t.Errorf("%s with %s jobs: nothing has changed, yet it was scanned again", format, jobs)
					}
					before = kept(t, cache)
				}
			}
		})
	}
}

// TestFilesAreRemembered: where another question is asked of the same files, they are
// not read again, and the answer is that of a scan that reads them.
func TestFilesAreRemembered(t *testing.T) {
	for _, tree := range []string{"demo", "projects", "clients"} {
		t.Run(tree, func(t *testing.T) {
			t.Chdir(filepath.Join("../../testdata", tree))
			cache := t.TempDir()
			scanWith(t, cache)
			before := strings.Count(kept(t, cache), "\n")
			for n, jobs := range []string{"1", "2", "64"} {
				args := []string{"--format", "json", "--exclude", "no-such-folder-" + jobs, "-j", jobs}
				if got, want := scanWith(t, cache, args...), scanWith(t, cacheOff, args...); got != want {
					t.Errorf("with %s jobs: got %+v, want %+v", jobs, got, want)
				}
				if entries := strings.Count(kept(t, cache), "\n"); entries != before+n+1 {
					t.Errorf("with %s jobs: %d entries, want one more for each question, %d", jobs, entries, before+n+1)
				}
			}
		})
	}
}

// TestEdits: whatever is done to a tree, and however fast, the report is that of a scan
// without a cache.
func TestEdits(t *testing.T) {
	dir, cache := t.TempDir(), t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata/projects/go-shop")); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(dir, "demo"), os.DirFS("../../testdata/demo")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	random := rand.New(rand.NewPCG(1, 2))
	for step := range 30 {
		done := edit(t, random)
		for _, args := range [][]string{{"--format", "json"}, {"--format", "json", "--target", "valkey-bundle-9.1"}} {
			if got, want := scanWith(t, cache, args...), scanWith(t, cacheOff, args...); got != want {
				t.Fatalf("step %d, %s: got %+v, want %+v", step, done, got, want)
			}
		}
	}
}

// edit changes something in the working directory, and says what.
func edit(t *testing.T, random *rand.Rand) string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	path := files[random.IntN(len(files))]
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	var what string
	switch random.IntN(7) {
	case 0:
		what, err = "nothing", nil
	case 1:
		what, err = "a line more in "+path, os.WriteFile(path, append(text, '\n'), 0o666)
	case 2:
		what, err = "other text of the same size in "+path, os.WriteFile(path, bytes.ReplaceAll(text, []byte("FT."), []byte("BF.")), 0o666)
	case 3:
		what = "other text of the same size, and the old time, in " + path
		if err = os.WriteFile(path, bytes.ReplaceAll(text, []byte("redis"), []byte("xedis")), 0o666); err == nil {
			err = os.Chtimes(path, info.ModTime(), info.ModTime())
		}
	case 4:
		what, err = "no "+path, os.Remove(path)
	case 5:
		to := files[random.IntN(len(files))]
		what, err = path+" in the place of "+to, os.Rename(path, to)
	case 6:
		what, err = "an ignore file beside "+path, os.WriteFile(filepath.Join(filepath.Dir(path), ".keyvetignore"), []byte(filepath.Base(path)), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	return what
}

// TestDamagedCache: a cache that is damaged in any way changes no report.
func TestDamagedCache(t *testing.T) {
	t.Chdir("../../testdata/demo")
	want := scanWith(t, cacheOff)
	for name, damage := range map[string]func(path string) error{
		"cut off": func(path string) error { return os.Truncate(path, 100) },
		"empty":   func(path string) error { return os.Truncate(path, 0) },
		"rubbish": func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte("rubbish"), 1000), 0o600) },
		"gone":    os.Remove,
	} {
		cache := t.TempDir()
		scanWith(t, cache)
		n := 0
		err := filepath.WalkDir(cache, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			n++
			return damage(path)
		})
		if err != nil || n == 0 {
			t.Fatalf("%d files, %v", n, err)
		}
		for range 2 {
			if got := scanWith(t, cache); got != want {
				t.Errorf("%s: got %+v, want %+v", name, got, want)
			}
		}
	}
}

// TestUnwritableCache: it is said, once, to those who named the cache.
func TestUnwritableCache(t *testing.T) {
	t.Chdir("../../testdata/demo")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	want := scanWith(t, cacheOff)
	got := scanWith(t, filepath.Join(file, "cache"))
	if got.out != want.out || got.code != want.code || strings.Count(got.err, "nothing is kept in the cache") != 1 {
		t.Errorf("got %+v, want %+v and a note", got, want)
	}
}
