// Package javascript reads JavaScript, TypeScript, JSX and the scripts of Vue
// and Svelte components.
//
// # What it knows
//
// The syntax of the whole family, by three grammars that the file's extension
// chooses between; ES modules and CommonJS, written by hand or by a compiler;
// classes, constructor functions with prototypes, and object literals whose
// methods use "this"; the few built-ins that hand a value on unchanged
// (String, Buffer.from, Object.freeze, Promise.resolve) or join texts
// (join, concat, util.format).
//
// # What it does not know
//
// Block scopes: all of a function's names are in one scope. The type checker's
// inference. Bundlers' path aliases and package.json. What a decorator, a JSX
// element or a tagged template does. Namespaces are read as if their content
// stood outside of them, ambient modules (declare module "x") not at all.
//
// # Names that no program can write
//
// Some things of the language have no name, yet facts refer to them by one:
//
//   - "class@120": an anonymous class as a value, by its offset
//   - "object@120": an object literal whose methods use "this"
//   - "type@120": an object type written in place, {client: Client}
//   - "import@120": what import("x").Y in a type position stands for
//   - "{0}", "{client}": a destructured parameter, or a part of one, that
//     [languages.Param] cannot express
package javascript

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

// parseLimit bounds parsing where the context has no deadline.
const parseLimit = 2 * time.Second

var errEncoding = errors.New("text is UTF-16, not UTF-8")

type language struct{}

// New returns the language. It has no state: one value serves all goroutines.
func New() languages.Language { return language{} }

func (language) Name() string { return "javascript" }

func (language) Extensions() []string {
	return []string{
		".js", ".jsx", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".vue", ".svelte",
	}
}

func (language) Interpreters() []string {
	return []string{"node", "nodejs", "deno", "bun", "ts-node", "tsx"}
}

func (language) Traits() languages.Traits {
	return languages.Traits{HandsOn: handsOn, EntryMembers: map[string]bool{"get": true}, TextMembers: map[string]languages.TextChange{
		"toString":          languages.SameText,
		"valueOf":           languages.SameText,
		"normalize":         languages.SameText,
		"trim":              languages.SameText,
		"trimStart":         languages.SameText,
		"trimEnd":           languages.SameText,
		"split":             languages.SameText,
		"toUpperCase":       languages.UpperText,
		"toLocaleUpperCase": languages.UpperText,
		"toLowerCase":       languages.LowerText,
		"toLocaleLowerCase": languages.LowerText,
	}}
}

func (l language) Extract(ctx context.Context, path string, src []byte) (*languages.File, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return nil, fmt.Errorf("read %s: %w", path, errEncoding)
	}
	text, grammar := dialect(path, src)
	tree, err := parse(ctx, text, grammar)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	defer tree.Free()
	x := &extractor{
		b:       build.New(path, l.Name(), src),
		src:     text,
		modules: make(map[string]bool),
	}
	return x.file(tree), nil
}

// dialect returns the grammar for a file, and the text that it is to read.
func dialect(path string, src []byte) ([]byte, *treesitter.Grammar) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".ts", ".mts", ".cts":
		return src, treesitter.TypeScript()
	case ".tsx":
		return src, treesitter.TSX()
	case ".vue", ".svelte":
		return scripts(src)
	}
	return src, treesitter.JavaScript()
}

// parse makes the tree. JavaScript that does not parse may be typed (Flow, or
// TypeScript under the wrong name); the reading with less damage counts.
func parse(ctx context.Context, text []byte, g *treesitter.Grammar) (*treesitter.Tree, error) {
	until := time.Now().Add(parseLimit)
	if deadline, ok := ctx.Deadline(); ok {
		until = deadline
	}
	tree, err := parseUntil(until, text, g)
	if err != nil || g != treesitter.JavaScript() || !tree.Root().HasError() {
		return tree, err
	}
	typed, err := parseUntil(until, text, treesitter.TSX())
	if err == nil {
		if damage(typed) < damage(tree) {
			tree, typed = typed, tree
		}
		typed.Free()
	}
	return tree, nil
}

func parseUntil(until time.Time, text []byte, g *treesitter.Grammar) (*treesitter.Tree, error) {
	left := time.Until(until)
	if left <= 0 {
		left = -1 // zero would be no limit at all
	}
	return g.Parse(text, left)
}

// damage weighs what a tree could not make sense of. A stretch counts by its
// length, so that one error around half of a file is no better than ten.
func damage(t *treesitter.Tree) int {
	sum := 0
	for _, e := range t.Errors() {
		sum += 20 + e[1] - e[0]
	}
	return sum
}
