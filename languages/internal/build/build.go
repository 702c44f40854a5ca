// Package build collects the facts of one file while its syntax tree is walked.
//
// It knows the bookkeeping that all extractors share: where expressions are kept
// meanwhile, names kept once, texts joined and folded, the bounds on depth and
// damage, which texts may hold a program. It knows no language and no syntax
// tree: offsets and strings go in, a [languages.File] comes out, which holds what
// can be reached from it and takes no more memory than that needs.
//
// A typical extractor:
//
//	b := build.New(path, "lua", src)
//	fn := b.Function(languages.Function{Name: "f", Parent: 0, Owner: -1, Range: build.Range(3, 40)})
//	call := b.Expr(languages.Call, 10, 20)
//	b.Call(fn, call) // before its arguments are converted: outer before inner
//	call.Base = ...
//	call.SetItems(append(b.Items(2), ...))
//	return b.Finish()
//
// A Builder belongs to one goroutine and one file.
package build

import (
	"github.com/keyvet/keyvet/languages"
)

const (
	// MaxDepth is how deep an extractor should follow nested syntax before it
	// says [languages.Unknown]: far more than people write, far less than a
	// hostile file can hold.
	MaxDepth = 2000
	// MaxDamage bounds File.Damage: more than that tells nobody anything.
	MaxDamage = 100
)

// maxKept is the length, in bytes, of a string that is worth looking up.
const maxKept = 64

// A Builder collects the facts of one file.
type Builder struct {
	// File is what has been collected so far. Imports, Exports and whatever has
	// no method here are appended to it directly.
	File *languages.File

	src    []byte
	memory *memory
	joined map[*languages.Expr]bool // parts of a text that is longer
}

// New starts the facts of the file at path. Functions[0] is there already.
func New(path, language string, src []byte) *Builder {
	b := &Builder{
		src:    src,
		memory: borrow(),
	}
	b.File = &languages.File{
		Path: path, Language: language, Lines: languages.LineStarts(src),
		Functions: b.memory.functions,
	}
	b.Function(languages.Function{Parent: -1, Owner: -1, Range: Range(0, len(src))})
	return b
}

// Range makes a range of two offsets.
func Range(start, end int) languages.Range {
	return languages.Range{Start: int32(start), End: int32(end)}
}

// Expr returns a new expression that stands for itself: At equals Range, there
// is no anonymous class.
func (b *Builder) Expr(kind languages.Kind, start, end int) *languages.Expr {
	e := &b.memory.exprs.take(1)[0]
	*e = languages.Expr{
		Kind: kind, Declared: -1, Range: Range(start, end), At: Range(start, end),
	}
	return e
}

// Leaf returns a new expression of a kind that has a text: Text, Number, Bool,
// Name, Module.
func (b *Builder) Leaf(kind languages.Kind, text string, start, end int) *languages.Expr {
	e := b.Expr(kind, start, end)
	e.Text = text
	return e
}

// Member returns base.name, whose name stands at the given offsets.
func (b *Builder) Member(base *languages.Expr, name string, start, end int) *languages.Expr {
	e := b.Leaf(languages.Member, name, int(base.Range.Start), end)
	if base.Range.Start > int32(start) { // base was made up from elsewhere
		e.Range.Start = int32(start)
	}
	e.Base = base
	e.At = Range(start, end)
	return e
}

// Items returns an empty list with room for n items.
func (b *Builder) Items(n int) []languages.Item {
	if n == 0 {
		return nil
	}
	return b.memory.items.take(n)[:0]
}

// List returns an expression whose items are the given values.
func (b *Builder) List(kind languages.Kind, start, end int, values ...*languages.Expr) *languages.Expr {
	e := b.Expr(kind, start, end)
	e.SetItems(b.Items(len(values)))
	for _, v := range values {
		e.SetItems(append(e.Items(), languages.Item{Value: v, Range: v.Range}))
	}
	return e
}

// Appended is what is bound where one value is appended to a list: a list is an element
// of the other, which would else be taken for the elements themselves.
func (b *Builder) Appended(value *languages.Expr) *languages.Expr {
	if value.Kind != languages.List {
		return value
	}
	return b.List(languages.List, int(value.Range.Start), int(value.Range.End), value)
}

// String returns a string of its own for a stretch of the source. Short ones,
// which mostly are names, are kept once.
func (b *Builder) String(text []byte) string {
	if len(text) > maxKept {
		return string(text)
	}
	if s, ok := b.memory.kept[string(text)]; ok {
		return s
	}
	s := string(text)
	b.memory.kept[s] = s
	return s
}

// Keep is String for a string that is no part of anything larger.
func (b *Builder) Keep(text string) string {
	if len(text) > maxKept {
		return text
	}
	if s, ok := b.memory.kept[text]; ok {
		return s
	}
	b.memory.kept[text] = text
	return text
}

// Most functions have no more bindings, and calls, than these.
const (
	fewBindings = 4
	fewCalls    = 8
)

// Function adds a function and returns its index.
func (b *Builder) Function(f languages.Function) int {
	b.File.Functions = append(b.File.Functions, f)
	return len(b.File.Functions) - 1
}

// Type adds a type and returns its index.
func (b *Builder) Type(t languages.Type) int {
	b.File.Types = append(b.File.Types, t)
	return len(b.File.Types) - 1
}

// Bind adds a binding to function fn.
func (b *Builder) Bind(fn int, binding languages.Binding) {
	f := &b.File.Functions[fn]
	if f.Bindings == nil {
		f.Bindings = b.memory.bindings.take(fewBindings)[:0]
	}
	f.Bindings = append(f.Bindings, binding)
}

// Call adds a call to function fn. Add it before its arguments are converted,
// so that outer calls come before inner ones.
func (b *Builder) Call(fn int, call *languages.Expr) {
	f := &b.File.Functions[fn]
	if f.Calls == nil {
		f.Calls = b.memory.calls.take(fewCalls)[:0]
	}
	f.Calls = append(f.Calls, call)
}

// Record adds a record to function fn, like Call.
func (b *Builder) Record(fn int, record *languages.Expr) {
	f := &b.File.Functions[fn]
	f.Records = append(f.Records, record)
}

// Case adds a case to a function.
func (b *Builder) Case(fn int, c languages.Case) {
	f := &b.File.Functions[fn]
	f.Cases = append(f.Cases, c)
}

// Return adds a returned value to function fn.
func (b *Builder) Return(fn int, value *languages.Expr) {
	f := &b.File.Functions[fn]
	f.Returns = append(f.Returns, value)
}

// Damage adds a stretch that could not be read, up to [MaxDamage] of them.
func (b *Builder) Damage(start, end int) {
	if len(b.File.Damage) < MaxDamage {
		b.File.Damage = append(b.File.Damage, Range(start, end))
	}
}
