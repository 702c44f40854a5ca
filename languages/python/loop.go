package python

import (
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

// loop binds the targets of "for left in over".
//
// A mapping has no kind of its own here: an element of one ([languages.Each])
// is a value, as .values() and .items() give it. Keys are known only where the
// record is written in place; else they are what the text says, an element of
// d.items() or of d.
func (x *extractor) loop(left node, over *languages.Expr, comprehension bool) {
	if !left.Valid() {
		return
	}
	if comprehension { // names of a comprehension are no fields
		class := x.class
		x.class = 0
		defer func() { x.class = class }()
	}
	at := build.Range(left.Start(), max(left.End(), int(over.Range.End)))
	if over.Kind == languages.Call && over.Base != nil && x.loopCall(left, over, at) {
		return
	}
	if over.Kind == languages.Record && len(over.Items()) > 0 {
		over = x.keys(over)
	}
	x.bind(left, x.each(over), languages.TypeRef{}, at)
}

// loopCall binds the targets of a loop over a call that Python itself knows.
func (x *extractor) loopCall(left node, over *languages.Expr, at languages.Range) bool {
	base := over.Base
	switch {
	case base.Kind == languages.Name && base.Text == "enumerate" && len(over.Items()) > 0:
		x.bindEach(left, at, x.unknownAt(over.Range), x.each(over.Items()[0].Value))
	case base.Kind == languages.Name && base.Text == "zip" && len(over.Items()) > 0:
		values := make([]*languages.Expr, len(over.Items()))
		for i, item := range over.Items() {
			values[i] = x.unknownAt(item.Range)
			if !item.Spread && item.Name == "" {
				values[i] = x.each(item.Value)
			}
		}
		x.bindEach(left, at, values...)
	case base.Kind == languages.Name && (base.Text == "reversed" || base.Text == "iter") && len(over.Items()) == 1:
		x.bind(left, x.each(over.Items()[0].Value), languages.TypeRef{}, at)
	case base.Kind != languages.Member || len(over.Items()) > 0:
		return false
	case base.Text == "values":
		x.bind(left, x.each(x.values(base.Base)), languages.TypeRef{}, at)
	case base.Text == "items", base.Text == "iteritems":
		if base.Base.Kind == languages.Record {
			x.bindEach(left, at, x.each(x.keys(base.Base)), x.each(x.values(base.Base)))
			return true
		}
		x.bindEach(left, at, x.element(x.each(over), 0, false), x.each(base.Base))
	default:
		return false
	}
	return true
}

// bindEach binds the targets in left to values that come side by side.
func (x *extractor) bindEach(left node, at languages.Range, values ...*languages.Expr) {
	list := x.b.List(languages.Tuple, int(at.Start), int(at.End), values...)
	x.bind(left, list, languages.TypeRef{}, at)
}

// each is an element of over.
func (x *extractor) each(over *languages.Expr) *languages.Expr {
	if over.Kind == languages.Unknown {
		return over
	}
	if over.Kind == languages.List && len(over.Items()) == 1 && over.Items()[0].Spread {
		over = over.Items()[0].Value // list(x), sorted(x), [*x]
	}
	e := x.b.Expr(languages.Each, int(over.Range.Start), int(over.Range.End))
	e.Base = over
	return e
}

// keys lists the keys of a record, values its values. What is no record stays.
func (x *extractor) keys(record *languages.Expr) *languages.Expr {
	list := x.b.Expr(languages.List, int(record.Range.Start), int(record.Range.End))
	list.SetItems(x.b.Items(len(record.Items())))
	for _, item := range record.Items() {
		if item.Spread {
			list.SetItems(append(list.Items(), languages.Item{Value: x.unknownAt(item.Range), Spread: true, Range: item.Range}))
			continue
		}
		key := item.Key
		if key == nil {
			key = x.b.Leaf(languages.Text, item.Name, int(item.Range.Start), int(item.Range.End))
		}
		list.SetItems(append(list.Items(), languages.Item{Value: key, Range: key.Range}))
	}
	return list
}

func (x *extractor) values(record *languages.Expr) *languages.Expr {
	if record.Kind != languages.Record {
		return record
	}
	list := x.b.Expr(languages.List, int(record.Range.Start), int(record.Range.End))
	list.SetItems(x.b.Items(len(record.Items())))
	for _, item := range record.Items() {
		list.SetItems(append(list.Items(), languages.Item{Value: item.Value, Spread: item.Spread, Range: item.Range}))
	}
	return list
}

// comprehension binds the names of the clauses and returns the body's value.
// The clauses stand behind the body, but no order of bindings matters.
func (x *extractor) comprehension(n node) node {
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "for_in_clause":
			x.loop(c.Child("left"), x.over(c), true)
		case "if_clause", "ERROR":
			x.visit(c)
		}
	}
	return n.Child("body")
}

// over is what a clause runs over: several values (Python 2) make a list.
func (x *extractor) over(clause node) *languages.Expr {
	var values []*languages.Expr
	for c := range clause.ChildrenByField("right") {
		if c.IsNamed() {
			values = append(values, x.expr(c))
		}
	}
	if len(values) == 1 {
		return values[0]
	}
	return x.b.List(languages.List, clause.Start(), clause.End(), values...)
}
