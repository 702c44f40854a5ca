package discover

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// benchTree is a repository of 20,000 files in 2,000 folders, half of the files in a known language,
// with the ignore files of an ordinary project.
func benchTree(b *testing.B) string {
	b.Helper()
	top := b.TempDir()
	for _, line := range repo("") {
		name, content, _ := strings.Cut(line, ": ")
		writeFile(b, filepath.Join(top, name), content)
	}
	var ignore strings.Builder
	for i := range 30 {
		fmt.Fprintf(&ignore, "name%d\n*.ext%d\n/path%d/**/x\n", i, i, i)
	}
	writeFile(b, filepath.Join(top, ".gitignore"), ignore.String())
	content := strings.Repeat("print('hello')\n", 200)
	for i := range 2000 {
		dir := filepath.Join(top, fmt.Sprintf("part%d/module%d/sub%d", i%10, i/10%20, i))
		for j := range 10 {
			ending := []string{"py", "txt"}[j%2]
			writeFile(b, filepath.Join(dir, fmt.Sprintf("some_file_name_%d.%s", j, ending)), content)
		}
	}
	return top
}

func BenchmarkFind20k(b *testing.B) {
	top := benchTree(b)
	for _, workers := range []int{1, 2, 4} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			for b.Loop() {
				r := find(b, Options{Roots: []string{top}, Base: top, Workers: workers})
				if len(r.Files) != 10_000 {
					b.Fatal(len(r.Files))
				}
			}
		})
	}
	b.Run("workers=2,ignored", func(b *testing.B) {
		for b.Loop() {
			find(b, Options{Roots: []string{top}, Base: top, Workers: 2, Ignored: true})
		}
	})
	b.Run("workers=2,globs", func(b *testing.B) {
		for b.Loop() {
			find(b, Options{Roots: []string{top}, Base: top, Workers: 2, Include: []string{"**/*.py"}, Exclude: []string{"tests", "docs/**"}})
		}
	})
	b.Run("filepath.WalkDir", func(b *testing.B) {
		for b.Loop() {
			n := 0
			filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
				if err == nil && d.Type().IsRegular() && byExtension(d.Name()) != "" {
					n++
				}
				return err
			})
		}
	})
}

func BenchmarkListing(b *testing.B) {
	top := benchTree(b)
	var dirs []string
	filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if d.IsDir() {
			dirs = append(dirs, path)
		}
		return err
	})
	var l listing
	for name, read := range map[string]func(string) error{"fast": l.read, "portable": l.readPortable} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				for _, dir := range dirs {
					if err := read(dir); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	top := benchTree(b)
	r := find(b, Options{Roots: []string{top}})
	b.Run("Read", func(b *testing.B) {
		var buf []byte
		for b.Loop() {
			for _, f := range r.Files {
				src, err := Read(f.Path, buf, 1<<20)
				if err != nil {
					b.Fatal(err)
				}
				buf = src
			}
		}
	})
	b.Run("os.ReadFile", func(b *testing.B) {
		for b.Loop() {
			for _, f := range r.Files {
				if _, err := os.ReadFile(f.Path); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func BenchmarkIgnore(b *testing.B) {
	var file strings.Builder
	for i := range 30 {
		fmt.Fprintf(&file, "name%d\n*.ext%d\n/path%d/**/x\n", i, i, i)
	}
	list := parseIgnore([]byte(file.String()), false)
	rel := []byte("part1/module2/sub3/some_file_name_4.py")
	for b.Loop() {
		list.match(rel, false)
	}
}
