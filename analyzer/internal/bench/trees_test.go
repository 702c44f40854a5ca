//go:build bench && linux

package bench

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

var ends = []string{"py", "ts", "go", "java"}

// A program is a file of testdata/growth, of which any length can be made: what comes once, and what comes again and again.
type program struct{ head, unit, tail []byte }

var marks = regexp.MustCompile(`(?m)^[ \t]*(?://|#) (?:each|end)\n`)

func load(t *testing.T, name string) program {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "growth", name))
	if err != nil {
		t.Fatal(err)
	}
	parts := marks.Split(string(text), -1)
	p := program{head: []byte(parts[0])}
	if len(parts) > 1 {
		p.unit = []byte(parts[1])
	}
	if len(parts) > 2 {
		p.tail = []byte(parts[2])
	}
	return p
}

// make gives the program with a number of units, numbered from first on.
func (p program) make(first, units int) []byte {
	out := numbered(nil, p.head, first)
	for i := range units {
		out = numbered(out, p.unit, first+i)
	}
	return append(out, p.tail...)
}

// units says how many make a file of about so many bytes.
func (p program) units(size int) int {
	return max(1, (size-len(p.head))/len(numbered(nil, p.unit, 1000)))
}

func numbered(out, text []byte, n int) []byte {
	return append(out, bytes.ReplaceAll(text, []byte("NUMBER"), strconv.AppendInt(nil, int64(n), 10))...)
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}
