// Package treesitter parses source text and hands out the syntax tree as plain
// Go memory. It is the only package that imports the tree-sitter runtime.
//
// # What it knows
//
// The grammars it is linked with, how to run a parser within a time limit, and
// how to copy a whole tree out of C at once. [Grammar.Parse] costs four calls
// into C however big the file is; after it nothing of C is left, so a [Tree]
// needs no Close and can be read by many goroutines. Who is done with it may say
// so, with [Tree.Free], and spare the next one some memory.
// Neither the copying nor any method recurses: the nesting of a hostile file
// does not end up on a stack.
//
// # What it does not know
//
// The meaning of any node: kinds and fields are the words of the grammars, and
// a newer grammar may use others. Line numbers, encodings (the text is taken as
// UTF-8, a byte order mark is skipped) and which files deserve parsing are the
// caller's business too.
//
// # Broken sources
//
// A tree is made of every source, however broken. What did not fit is below
// nodes of kind "ERROR", what the parser had to invent is "missing" and empty;
// the rest of the tree is as good as ever. So look at [Node.HasError] to lower
// your confidence, not to drop a file.
//
// # Two ways to copy a tree
//
// native.c walks the tree in C. It uses the runtime that
// github.com/smacker/go-tree-sitter brings, by way of weak symbols: that
// package does not export the C pointers. portable.go does the same through the
// package's Go methods in three times the time. It serves Windows, where weak
// symbols are not to be had, any build with the tag treesitter_portable, and
// the tests, which compare the two.
package treesitter

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"time"

	sitter "github.com/smacker/go-tree-sitter"
	"github.com/smacker/go-tree-sitter/java"
	"github.com/smacker/go-tree-sitter/javascript"
	"github.com/smacker/go-tree-sitter/python"
	"github.com/smacker/go-tree-sitter/typescript/tsx"
	"github.com/smacker/go-tree-sitter/typescript/typescript"
)

var (
	// ErrTimeLimit is wrapped by the error of a parse that took too long. It is
	// a [context.DeadlineExceeded] too, for callers that know no trees.
	ErrTimeLimit error = timeLimit{}

	// ErrTooLarge is wrapped by the error for a source, or a tree, that is too
	// big to be held.
	ErrTooLarge = errors.New("too large")
)

type timeLimit struct{}

func (timeLimit) Error() string { return "time limit reached" }

// Is makes it what a context says of the same.
func (timeLimit) Is(target error) bool { return target == context.DeadlineExceeded }

// A Grammar is one tree-sitter grammar with its tables of names. It can be used
// by many goroutines at once.
type Grammar struct {
	name     string
	language *sitter.Language
	kinds    []string // by symbol
	comments []bool   // by symbol
	fields   []string // by field id; fields[0] is ""
	native   native
}

// Python returns the grammar of Python 3, with the statements of Python 2.
func Python() *Grammar { return pythonGrammar() }

// JavaScript returns the grammar of JavaScript with JSX.
func JavaScript() *Grammar { return javaScriptGrammar() }

// TypeScript returns the grammar of TypeScript, where `<T>x` is a conversion.
func TypeScript() *Grammar { return typeScriptGrammar() }

// TSX returns the grammar of TypeScript with JSX, where `<T>x` is an element.
func TSX() *Grammar { return tsxGrammar() }

// Java returns the grammar of Java.
func Java() *Grammar { return javaGrammar() }

var (
	pythonGrammar     = once("python", python.GetLanguage)
	javaScriptGrammar = once("javascript", javascript.GetLanguage)
	typeScriptGrammar = once("typescript", typescript.GetLanguage)
	tsxGrammar        = once("tsx", tsx.GetLanguage)
	javaGrammar       = once("java", java.GetLanguage)
)

// Name returns the grammar's name in lower case, such as "java" or "tsx".
func (g *Grammar) Name() string { return g.name }

// Parse makes the tree of src, which must not change while the tree is in use.
// Zero as limit means no limit of time, and a negative one is already over.
//
// A broken source is no error, see the package's documentation. An error wraps
// [ErrTimeLimit] or [ErrTooLarge], or tells of a build that does not work.
func (g *Grammar) Parse(src []byte, limit time.Duration) (*Tree, error) {
	return g.parse(src, limits{time: limit, bytes: maxBytes, nodes: maxNodes}, g.dump)
}

const (
	maxBytes = math.MaxInt32 // offsets have to fit uint32, in C and here
	maxNodes = 20_000_000    // 480 MB as a Go slice, about four times that in C
)

// limits bound one parse.
type limits struct {
	time  time.Duration
	bytes int
	nodes int
}

// micros is the time limit as the runtime wants it: a part of a microsecond
// must not become zero, which stands for no limit.
func (l limits) micros() int64 {
	return int64((l.time + time.Microsecond - 1) / time.Microsecond)
}

// since returns what is left of the limits, where some time always is: the
// runtime would take none for no limit.
func (l limits) since(start time.Time) limits {
	if l.time > 0 {
		l.time = max(l.time-time.Since(start), time.Microsecond)
	}
	return l
}

// A dumper parses src and lists the nodes of the tree, parents before their
// children. Its errors need not name the grammar.
type dumper func(src []byte, l limits) ([]node, error)

func (g *Grammar) parse(src []byte, l limits, dump dumper) (*Tree, error) {
	if len(src) > l.bytes {
		return nil, fmt.Errorf("parse %s: source of %d bytes: %w", g.name, len(src), ErrTooLarge)
	}
	if l.time < 0 {
		return nil, fmt.Errorf("parse %s: %w before the start", g.name, ErrTimeLimit)
	}
	nodes, err := dump(src, l)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", g.name, err)
	}
	return &Tree{Source: src, grammar: g, nodes: nodes}, nil
}

// errTime and errNodes keep the wording of the two dumpers the same.
func errTime(l limits) error { return fmt.Errorf("%w after %v", ErrTimeLimit, l.time) }
func errNodes(l limits) error {
	return fmt.Errorf("tree of more than %d nodes: %w", l.nodes, ErrTooLarge)
}

// commentKinds are the kinds that the Named methods of Node leave out.
var commentKinds = map[string]bool{
	"comment":       true,
	"line_comment":  true,
	"block_comment": true,
	"html_comment":  true,
}

// once makes a grammar on its first use: most programs need few of them.
func once(name string, language func() *sitter.Language) func() *Grammar {
	return sync.OnceValue(func() *Grammar {
		g := &Grammar{name: name, language: language(), fields: []string{""}}
		for s := range g.language.SymbolCount() {
			kind := g.language.SymbolName(sitter.Symbol(s))
			g.kinds = append(g.kinds, kind)
			g.comments = append(g.comments, commentKinds[kind])
		}
		for id := 1; ; id++ {
			field := g.language.FieldName(id)
			if field == "" { // past the last one
				break
			}
			g.fields = append(g.fields, field)
		}
		g.native = newNative(name)
		return g
	})
}

// kind names a symbol. That of an ERROR node is in no table.
func (g *Grammar) kind(symbol uint16) string {
	if int(symbol) < len(g.kinds) {
		return g.kinds[symbol]
	}
	return "ERROR"
}

func (g *Grammar) isComment(symbol uint16) bool {
	return int(symbol) < len(g.comments) && g.comments[symbol]
}
