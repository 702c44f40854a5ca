// Package lua reads Lua source: 5.1 to 5.4 and LuaJIT.
//
// # What it knows
//
// Lua's syntax, and of its library what puts texts and lists together: "..",
// string.format, string.upper and lower, tostring, table.concat, table.insert,
// unpack, pairs and ipairs, require.
//
// # What it does not know
//
// Metatables, environments, modules other than by require, arithmetic, and what
// a host program has put into the globals: those are just names. Blocks are no
// scopes: a local holds in the whole function.
//
// # Its own parser
//
// The Lua grammar that comes with our tree-sitter keeps the state of its
// scanner in C globals, so that two parses at the same time spoil each other,
// and hands out "a.b(c)" as a flat row of tokens. Lua is small, and this package
// also reads fragments of scripts, with holes where another language puts in
// a value, so it brings a parser that knows how to go on after anything. It is
// linear in the size of the source and needs no time limit.
//
// # Choices that a reader of the facts may want to know
//
//   - Lists count from 0 here, as in all other languages: t[1] is an Index of
//     0. t["k"] is the Member t.k if k is a name.
//   - a:b(c) is a Call of the Member a.b, without the extra argument. A function
//     a:b is a method of a type named "a" (made for it) with the receiver self,
//     and, as a.b is, a Binding of the Member to a Lambda.
//   - "x and y" is y, "x or y" a Choice. An empty table is a List.
//   - "..." is a name, as a parameter and as an argument, where it is a Spread;
//     so is unpack(x), which is a Call too.
//   - What a file returns is its Export "=", if it is no call.
//   - tostring, require and what makes known texts is folded away and no Call.
package lua

import (
	"context"
	"fmt"
	"math"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

type language struct{}

// New returns the language Lua, which is without state.
func New() languages.Language { return language{} }

func (language) Name() string         { return "lua" }
func (language) Extensions() []string { return []string{".lua"} }

func (language) Interpreters() []string {
	return []string{"lua", "luajit", "lua5.1", "lua5.2", "lua5.3", "lua5.4", "lua5.5",
		"lua51", "lua52", "lua53", "lua54", "lua55", "resty", "tarantool"}
}

func (language) Traits() languages.Traits {
	return languages.Traits{TextMembers: map[string]languages.TextChange{
		"upper": languages.UpperText,
		"lower": languages.LowerText,
	}}
}

func (language) Extract(ctx context.Context, path string, src []byte) (*languages.File, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if len(src) > math.MaxInt32 {
		return nil, fmt.Errorf("read %s: %d bytes are too many", path, len(src))
	}
	p := &parser{
		b:      build.New(path, "lua", src),
		src:    src,
		locals: make(map[local]bool),
		types:  make(map[string]int),
	}
	p.scan()
	p.block(true)
	return p.finish(), nil
}
