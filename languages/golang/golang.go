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
// Types of expressions, other files of the package, the standard library
// beyond the above. Blocks are no scopes: whatever a function declares holds in
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
	"time"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

// parseLimit bounds the parse of one file if the context does not.
const parseLimit = 2 * time.Second

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
	}
}

func (language) Extract(ctx context.Context, path string, src []byte) (*languages.File, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	limit := parseLimit
	if deadline, ok := ctx.Deadline(); ok {
		limit = min(time.Until(deadline), time.Hour)
	}
	if limit == 0 {
		limit = -1 // zero would be no limit
	}
	tree, err := treesitter.Go().Parse(src, limit)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	x := newExtractor(build.New(path, "go", src))
	x.file(tree.Root())
	for _, r := range tree.Errors() {
		x.b.Damage(r[0], r[1])
	}
	if x.b.HasComments() {
		x.comments(tree.Root())
	}
	return x.b.Finish(), nil
}
