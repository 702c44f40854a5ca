package golang

import (
	"bytes"
	"strconv"

	"github.com/keyvet/keyvet/languages"
	ts "github.com/keyvet/keyvet/languages/internal/treesitter"
)

// bind gives the target a value, which may be nil for a declaration alone.
func (x *extractor) bind(target ts.Node, value *languages.Expr, ref languages.TypeRef, declare bool) {
	x.bindAs(target, languages.Binding{Type: ref, Value: value}, declare)
}

// bindAs completes a binding by its target and adds it. Names that are declared
// here belong to the innermost function; of the others only those that it has
// not declared before belong to a scope around it.
func (x *extractor) bindAs(target ts.Node, b languages.Binding, declare bool) {
	if string(target.Bytes()) == "_" {
		return
	}
	b.Target = x.expr(target)
	b.Range = b.Target.Range
	if b.Value != nil {
		b.Range.Start = min(b.Range.Start, b.Value.Range.Start)
		b.Range.End = max(b.Range.End, b.Value.Range.End)
	}
	switch b.Target.Kind {
	case languages.Name:
		if declare {
			x.declare(b.Target.Text)
		} else {
			b.Nonlocal = x.fn != 0 && !x.locals[local{x.fn, b.Target.Text}]
		}
	case languages.Member, languages.Index:
	default:
		return // an element of what nobody knows
	}
	x.b.Bind(x.fn, b)
}

func (x *extractor) assignmentStatement(n ts.Node) {
	left, right := n.Child("left"), n.Child("right")
	switch n.Child("operator").Kind() {
	case "=":
		x.assignment(n, left, right, false)
	case "+=":
		x.bindAs(left.NamedChild(0), languages.Binding{Value: x.expr(right.NamedChild(0)), Append: true}, false)
	default:
		x.node(left)
		x.node(right)
	}
}

// assignment reads targets and values, with := if declare is set.
func (x *extractor) assignment(n, left, right ts.Node, declare bool) {
	if n.HasError() && (!left.Valid() || !right.Valid()) {
		for c := range n.NamedChildren() {
			x.node(c)
		}
		return
	}
	var room [4]ts.Node
	x.assign(children(room[:0], left), right, languages.TypeRef{}, declare)
}

// assign gives targets the values of right: one each, or the results of one.
func (x *extractor) assign(targets []ts.Node, right ts.Node, ref languages.TypeRef, declare bool) {
	var room [4]ts.Node
	values := children(room[:0], right)
	switch {
	case len(values) == len(targets):
		for i, target := range targets {
			x.pair(target, values[i], ref, declare)
		}
	case len(values) == 1:
		x.unpack(targets, x.expr(values[0]), ref, declare)
	default: // damaged
		for _, v := range values {
			x.node(v)
		}
		for _, target := range targets {
			x.bind(target, nil, ref, declare)
		}
	}
}

// pair binds one value to one target. An append to the target itself is said to
// be one.
func (x *extractor) pair(target, value ts.Node, ref languages.TypeRef, declare bool) {
	if args := appendCall(value); args.Valid() {
		first := args.NamedChild(0)
		if first.Valid() && bytes.Equal(first.Bytes(), target.Bytes()) {
			list := x.b.Expr(languages.List, value.Start(), value.End())
			list.Items = x.argumentsAfter(args, 1)
			if first.Kind() != "identifier" {
				x.node(first) // for the calls in it
			}
			x.bindAs(target, languages.Binding{Type: ref, Value: list, Append: true}, declare)
			return
		}
	}
	x.bind(target, x.expr(value), ref, declare)
}

// unpack binds the results of one expression. Only a call has several; of all
// others (v, ok) the first is the value.
func (x *extractor) unpack(targets []ts.Node, value *languages.Expr, ref languages.TypeRef, declare bool) {
	for i, target := range targets {
		switch {
		case value.Kind == languages.Call:
			x.bind(target, x.result(value, i), ref, declare)
		case i == 0:
			x.bind(target, value, ref, declare)
		default:
			x.bind(target, x.b.Expr(languages.Unknown, target.Start(), target.End()), ref, declare)
		}
	}
}

func (x *extractor) result(call *languages.Expr, i int) *languages.Expr {
	start, end := int(call.Range.Start), int(call.Range.End)
	e := x.b.List(languages.Result, start, end, x.b.Leaf(languages.Number, strconv.Itoa(i), start, end))
	e.Base, e.At = call, call.At
	return e
}

func (x *extractor) send(n ts.Node) {
	list := x.b.List(languages.List, n.Start(), n.End(), x.expr(n.Child("value")))
	x.bindAs(n.Child("channel"), languages.Binding{Value: list, Append: true}, false)
}

// rangeClause reads "k, v := range x". A map written on the spot is the only
// thing whose keys are of interest.
func (x *extractor) rangeClause(n ts.Node) {
	over := x.expr(n.Child("right"))
	var room [4]ts.Node
	for i, target := range children(room[:0], n.Child("left")) {
		value := x.b.Expr(languages.Unknown, target.Start(), target.End())
		switch {
		case i == 1:
			value = x.each(over)
		case over.Kind == languages.Record:
			value = x.each(x.keys(over))
		}
		x.bind(target, value, languages.TypeRef{}, hasToken(n, ":="))
	}
}

func (x *extractor) each(over *languages.Expr) *languages.Expr {
	e := x.b.Expr(languages.Each, int(over.Range.Start), int(over.Range.End))
	e.Base = over
	return e
}

func (x *extractor) keys(record *languages.Expr) *languages.Expr {
	keys := x.b.Expr(languages.List, int(record.Range.Start), int(record.Range.End))
	for _, item := range record.Items {
		key := item.Key
		if key == nil {
			key = x.b.Leaf(languages.Text, item.Name, int(item.Range.Start), int(item.Range.End))
		}
		keys.Items = append(keys.Items, languages.Item{Value: key, Range: item.Range})
	}
	return keys
}

func (x *extractor) returns(n ts.Node) {
	var values []*languages.Expr
	for v := range n.NamedChild(0).NamedChildren() {
		values = append(values, x.expr(v))
	}
	if n.NamedChildCount() == 0 {
		for _, name := range x.results {
			values = append(values, x.b.Leaf(languages.Name, x.b.String(name.Bytes()), n.Start(), n.End()))
		}
	}
	switch len(values) {
	case 0:
	case 1:
		x.b.Return(x.fn, values[0])
	default:
		x.b.Return(x.fn, x.b.List(languages.Tuple, n.Start(), n.End(), values...))
	}
}

// typeSwitch binds the variable of "switch v := x.(type)" to x seen as the type
// of each case.
func (x *extractor) typeSwitch(n ts.Node) {
	alias, over := n.Child("alias").NamedChild(0), n.Child("value")
	x.node(n.Child("initializer"))
	value := x.expr(over)
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "type_case":
			for t := range c.ChildrenByField("type") {
				if ref := x.typeRef(t); alias.Valid() && ref.Name != "" && ref.Name != "nil" {
					x.bind(alias, x.cast(value, ref, over), languages.TypeRef{}, true)
				}
			}
			x.node(c)
		case "default_case":
			if alias.Valid() {
				x.bind(alias, value, languages.TypeRef{}, true)
			}
			x.node(c)
		case "ERROR":
			x.node(c)
		}
	}
}

// children appends the parts of an expression list, or n itself if it is none.
func children(to []ts.Node, n ts.Node) []ts.Node {
	if n.Kind() != "expression_list" {
		if n.Valid() {
			to = append(to, n)
		}
		return to
	}
	for c := range n.NamedChildren() {
		to = append(to, c)
	}
	return to
}
