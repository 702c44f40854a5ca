// Package strict reads YAML into Go values and reports every mistake in it at
// once, each with its line and column, what was expected, and the nearest
// valid key. It knows no rule or client: the tags of the Go types and a Spec
// say what is allowed, and the same table makes the JSON Schema.
//
// Hostile files end in a mistake, never in a panic or in unbounded work: size,
// depth and the expansion of aliases are limited.
package strict

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Limits of one file. What lies beyond is a mistake.
const (
	MaxBytes    = 4 << 20 // size
	MaxDepth    = 64      // nesting
	MaxNodes    = 100_000 // keys, values and lists
	MaxAliased  = 10_000  // of them reached through aliases
	maxMistakes = 100     // reported
)

// A Node is a piece of a file that has a place in it.
type Node = yaml.Node

// A Mistake is something wrong in a file. A line of 0 means the file as a whole.
type Mistake struct {
	File         string
	Line, Column int
	Message      string
}

// A File is a YAML file and the mistakes found in it so far.
type File struct {
	Name     string
	Root     *Node // nil when the file could not be read at all
	Empty    bool  // there is nothing in it, or only comments
	mistakes []Mistake
}

// Parse reads the text of a file. The name is only for messages.
func Parse(name string, data []byte) *File {
	f := &File{Name: name}
	if len(data) > MaxBytes {
		f.Whole("the file is larger than %d MB", MaxBytes>>20)
		return f
	}
	doc, err := documents(data)
	if doc == nil || len(doc.Content) == 0 {
		if err == nil || errors.Is(err, io.EOF) {
			f.Empty = true
			f.Whole("the file is empty")
		} else {
			f.syntax(err)
		}
		return f
	}
	var second secondDocument
	switch {
	case errors.As(err, &second):
		f.add(second.line, second.column, "a second document begins here; a file holds only one")
	case err != nil:
		f.syntax(err)
	}
	if f.checkLimits(doc.Content[0]) {
		f.Root = resolve(doc.Content[0])
	}
	return f
}

type secondDocument struct{ line, column int }

func (secondDocument) Error() string { return "second document" }

// documents gives the first document of data, and an error if it is broken or
// another one follows.
func documents(data []byte) (first *Node, err error) {
	defer func() {
		if r := recover(); r != nil { // yaml.v3 has paniced on broken text before (CVE-2022-28948)
			err = errors.New("yaml: the text cannot be read as YAML")
		}
	}()
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc Node
	if err := decoder.Decode(&doc); err != nil {
		return nil, err
	}
	first = &doc
	var next Node
	switch err := decoder.Decode(&next); {
	case errors.Is(err, io.EOF):
		return first, nil
	case err != nil:
		return first, err
	}
	return first, secondDocument{next.Line, next.Column}
}

var lineOfError = regexp.MustCompile(`^line (\d+): `)

// syntax reports an error of the YAML parser.
func (f *File) syntax(err error) {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if m := lineOfError.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = text[len(m[0]):]
	}
	f.add(line, min(line, 1), "not valid YAML: "+text)
}

// checkLimits reports a file that is too deep, too long or expands to too much.
func (f *File) checkLimits(root *Node) bool {
	nodes, aliased := 0, 0
	var visit func(n *Node, depth int, under bool) bool
	visit = func(n *Node, depth int, under bool) bool {
		if depth > MaxDepth {
			return f.Mistake(n, "nested deeper than %d levels", MaxDepth)
		}
		if nodes++; nodes > MaxNodes {
			return f.Mistake(root, "the file has more than %d keys and values", MaxNodes)
		}
		if under {
			if aliased++; aliased > MaxAliased {
				return f.Mistake(root, "aliases expand to more than %d nodes", MaxAliased)
			}
		}
		if n.Kind == yaml.AliasNode {
			return visit(n.Alias, depth+1, true)
		}
		for _, c := range n.Content {
			if !visit(c, depth+1, under) {
				return false
			}
		}
		return true
	}
	return visit(root, 1, false)
}

// Mistake reports a mistake at a node and gives false.
func (f *File) Mistake(n *Node, format string, args ...any) bool {
	if n == nil {
		return f.Whole(format, args...)
	}
	return f.add(n.Line, n.Column, fmt.Sprintf(format, args...))
}

// Whole reports a mistake of the file as a whole and gives false.
func (f *File) Whole(format string, args ...any) bool {
	return f.add(0, 0, fmt.Sprintf(format, args...))
}

func (f *File) add(line, column int, message string) bool {
	m := Mistake{f.Name, line, column, message}
	switch {
	case len(f.mistakes) < maxMistakes:
		f.mistakes = append(f.mistakes, m)
	case len(f.mistakes) == maxMistakes:
		m.Line, m.Column, m.Message = 0, 0, "more mistakes are left out"
		f.mistakes = append(f.mistakes, m)
	}
	return false
}

// Full tells that no more mistakes are taken: there is no use in looking on.
func (f *File) Full() bool { return len(f.mistakes) > maxMistakes }

// Mistakes gives the mistakes found so far, in the order of the file.
func (f *File) Mistakes() []Mistake {
	sorted := slices.Clone(f.mistakes)
	slices.SortStableFunc(sorted, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.Compact(sorted)
}
