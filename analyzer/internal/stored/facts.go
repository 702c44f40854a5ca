// Package stored describes to package wire what the cache keeps: the facts of a file,
// and a report.
package stored

import (
	"maps"
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/wire"
	"github.com/keyvet/keyvet/languages"
)

// File codes the facts of a file but its path, which its content does not tell. What
// is read holds together: every index in it leads somewhere, every place lies within
// size, the number of bytes of the file.
func File(c *wire.Coder, f *languages.File, size int) {
	fileFields(c, f)
	if c.Reading() && !c.Failed() && !sound(f, c.AllShared(), size) {
		c.Fail()
	}
}

func fileFields(c *wire.Coder, f *languages.File) {
	wire.Text(c, &f.Language)
	wire.Text(c, &f.Package)
	wire.List(c, &f.Imports, importFact)
	wire.List(c, &f.Functions, function)
	wire.List(c, &f.Types, typeFact)
	wire.List(c, &f.Exports, export)
	wire.List(c, &f.Texts, expr)
	wire.List(c, &f.Comments, comment)
	wire.List(c, &f.Damage, place)
	wire.List(c, &f.Lines, wire.Number[int32])
}

func place(c *wire.Coder, r *languages.Range) {
	// Most places are short, and lie where the one before did.
	wire.Number(c, &r.Start)
	length := int64(r.End) - int64(r.Start)
	if wire.Number(c, &length); c.Reading() {
		if end := int64(r.Start) + length; length < -1<<32 || length > 1<<32 || int64(int32(end)) != end {
			c.Fail()
		} else {
			r.End = int32(end)
		}
	}
}

func importFact(c *wire.Coder, i *languages.Import) {
	wire.Text(c, &i.Module)
	wire.Text(c, &i.Symbol)
	wire.Text(c, &i.Local)
	c.Bool(&i.Static)
	c.Bool(&i.Reexport)
	wire.Number(c, &i.Function)
	place(c, &i.Range)
}

func export(c *wire.Coder, e *languages.Export) {
	wire.Text(c, &e.Name)
	expr(c, &e.Value)
}

func function(c *wire.Coder, f *languages.Function) {
	wire.Text(c, &f.Name)
	wire.Number(c, &f.Parent)
	wire.Number(c, &f.Owner)
	wire.Text(c, &f.Receiver)
	c.Bool(&f.ClassReceiver)
	c.Bool(&f.Constructor)
	wire.List(c, &f.Params, param)
	wire.List(c, &f.Results, typeRef)
	wire.List(c, &f.Annotations, expr)
	wire.List(c, &f.Bindings, binding)
	wire.List(c, &f.Calls, expr)
	wire.List(c, &f.Records, expr)
	wire.List(c, &f.Returns, expr)
	wire.List(c, &f.Cases, caseFact)
	place(c, &f.Range)
}

func caseFact(c *wire.Coder, k *languages.Case) {
	expr(c, &k.Subject)
	wire.List(c, &k.Values, expr)
	place(c, &k.Range)
}

func param(c *wire.Coder, p *languages.Param) {
	wire.Text(c, &p.Name)
	typeRef(c, &p.Type)
	expr(c, &p.Default)
	c.Bool(&p.Variadic)
	c.Bool(&p.Keywords)
	pattern(c, &p.Pattern)
	wire.List(c, &p.Annotations, expr)
	place(c, &p.Range)
}

type pair struct{ key, value string }

func pattern(c *wire.Coder, p *map[string]string) {
	var pairs []pair
	if *p != nil {
		pairs = make([]pair, 0, len(*p))
		for _, key := range slices.Sorted(maps.Keys(*p)) {
			pairs = append(pairs, pair{key, (*p)[key]})
		}
	}
	wire.List(c, &pairs, func(c *wire.Coder, q *pair) {
		wire.Text(c, &q.key)
		wire.Text(c, &q.value)
	})
	if !c.Reading() {
		return
	}
	if *p = nil; pairs != nil {
		*p = make(map[string]string, len(pairs))
		for _, q := range pairs {
			(*p)[q.key] = q.value
		}
	}
}

func binding(c *wire.Coder, b *languages.Binding) {
	expr(c, &b.Target)
	typeRef(c, &b.Type)
	expr(c, &b.Value)
	c.Bool(&b.Append)
	c.Bool(&b.Declares)
	c.Bool(&b.Nonlocal)
	place(c, &b.Range)
}

func typeFact(c *wire.Coder, t *languages.Type) {
	wire.Text(c, &t.Name)
	wire.Number(c, &t.Kind)
	wire.Number(c, &t.Function)
	wire.Number(c, &t.Outer)
	wire.List(c, &t.Bases, typeRef)
	wire.List(c, &t.Fields, field)
	wire.List(c, &t.Methods, wire.Number[int])
	wire.Texts(c, &t.Params)
	wire.List(c, &t.Annotations, expr)
	place(c, &t.Range)
}

func field(c *wire.Coder, f *languages.Field) {
	wire.Text(c, &f.Name)
	typeRef(c, &f.Type)
	expr(c, &f.Value)
	c.Bool(&f.Embedded)
	wire.List(c, &f.Annotations, expr)
	place(c, &f.Range)
}

func typeRef(c *wire.Coder, t *languages.TypeRef) { wire.Nested(c, t, typeFields) }

func typeFields(c *wire.Coder, t *languages.TypeRef) {
	wire.Text(c, &t.Name)
	wire.List(c, &t.Args, typeRef)
}

func comment(c *wire.Coder, m *languages.Comment) {
	wire.Text(c, &m.Text)
	place(c, &m.Range)
	c.Bool(&m.Trailing)
}

// expr codes an expression. Those who read facts tell one from another by where it is
// kept, so one that several facts hold must remain one.
func expr(c *wire.Coder, p **languages.Expr) { wire.Shared(c, p, exprFields) }

// Flags of an expression.
const (
	isNew = 1 << iota
	isOptional
	isDamaged
	hasParts
	hasDeclared // a function or a class
)

func exprFields(c *wire.Coder, x *languages.Expr) {
	wire.Number(c, &x.Kind)
	flags := flagsOf(x)
	wire.Number(c, &flags)
	x.New, x.Optional, x.Damaged = flags&isNew != 0, flags&isOptional != 0, flags&isDamaged != 0
	wire.Text(c, &x.Text)
	place(c, &x.Range)
	at := languages.Range{Start: x.At.Start - x.Range.Start, End: x.At.End - x.Range.Start}
	place(c, &at)
	if c.Reading() {
		x.At = languages.Range{Start: at.Start + x.Range.Start, End: at.End + x.Range.Start}
	}
	expr(c, &x.Base)
	if flags&hasParts != 0 {
		wire.Pointer(c, &x.Parts, parts)
	}
	if flags&hasDeclared != 0 {
		wire.Number(c, &x.Declared)
	} else if c.Reading() {
		x.Declared = -1
	}
}

func parts(c *wire.Coder, p *languages.Parts) {
	wire.List(c, &p.Items, item)
	wire.Pointer(c, &p.Typing, typing)
}

func typing(c *wire.Coder, t *languages.Typing) {
	typeRef(c, &t.Written)
	wire.Pointer(c, &t.Static, static)
}

func static(c *wire.Coder, s *languages.Static) {
	wire.Texts(c, &s.Types)
	c.Bool(&s.Interface)
	c.Bool(&s.Foreign)
	wire.Text(c, &s.Object)
}

func flagsOf(x *languages.Expr) (flags uint8) {
	for i, set := range []bool{x.New, x.Optional, x.Damaged, x.Parts != nil, x.Declared != -1} {
		if set {
			flags |= 1 << i
		}
	}
	return flags
}

func item(c *wire.Coder, i *languages.Item) {
	wire.Text(c, &i.Name)
	expr(c, &i.Key)
	expr(c, &i.Value)
	c.Bool(&i.Spread)
	place(c, &i.Range)
}
