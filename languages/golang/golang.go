// Package golang reads Go source.
//
// # What it knows
//
// Go's syntax, the built-in functions and types, and the few functions of the
// standard library that put texts together (fmt.Sprintf, strings.Join and their
// like): what they make of known texts is worked out here, and so is what
// conversions, composite literals and append leave of their arguments.
//
// # What it does not know
//
// Types of expressions (unless somebody else checked them, see [Types]), other
// files of the package, the standard library beyond the above. Blocks are no scopes: whatever a function declares holds in
// the whole function. Build constraints, cgo and iota are not looked at, and
// arithmetic is not done.
//
// # Choices that a reader of the facts may want to know
//
//   - A method whose receiver type is declared in another file of the package
//     gets a placeholder in this file: a [languages.Type] of the same name, of
//     kind ClassType, without fields. Merge types of one package by name.
//   - The empty interface is the type "any", an anonymous struct "struct", any
//     other anonymous interface "interface".
//   - x[T](y) is a call of x, unless x is known to be a variable: then x[T] is
//     an element. T(y) is a Cast if T is declared in this file, else a Call.
//   - What is folded away is no Call: conversions, new, make, append, cmp.Or and
//     the functions that make texts.
//   - Sending to a channel appends to it, receiving takes an element.
package golang

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"math"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

// maxSize is what the offsets of [languages.Range] can hold.
const maxSize = math.MaxInt32

type language struct{}

// New returns the language Go, which is without state.
func New() languages.Language { return language{} }

func (language) Name() string           { return "go" }
func (language) Extensions() []string   { return []string{".go"} }
func (language) Interpreters() []string { return nil }

func (language) Traits() languages.Traits {
	return languages.Traits{
		PackageScope: true,
		TextMembers:  map[string]languages.TextChange{"String": languages.SameText},
		PackageOf:    packageOf,
		Declared:     declared,
		Unexported:   func(name string) bool { return !ast.IsExported(name) },
	}
}

func (language) Extract(ctx context.Context, path string, src []byte) (*languages.File, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if len(src) > maxSize {
		return nil, fmt.Errorf("read %s: %d bytes, more than a position can tell", path, len(src))
	}
	whole := parse(src, speaksToTools(src))
	if err := ctx.Err(); err != nil { // the parser takes as long as the file is
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	x := newExtractor(build.New(path, "go", src), src)
	x.all(whole)
	return x.b.Finish(), nil
}

// ExtractFile turns a file that was parsed elsewhere, with its comments, into the
// facts that Extract gives for its source, which is src. The path is the name in
// the file set. What types know comes to it, unless they are nil.
func ExtractFile(files *token.FileSet, file *ast.File, src []byte, checked *Types) *languages.File {
	at := files.File(file.FileStart)
	x := newExtractor(build.New(at.Name(), "go", src), src)
	x.checked = checked
	x.all(&piece{file: file, base: at.Base(), to: len(src)})
	return x.b.Finish()
}

// all reads a file, whole or broken.
func (x *extractor) all(whole *piece) {
	if len(whole.errors) > 0 {
		x.recover(whole)
		return
	}
	x.b.File.Package = whole.file.Name.Name
	x.comments(whole)
	x.heads(whole)
	x.bodies(whole)
}
