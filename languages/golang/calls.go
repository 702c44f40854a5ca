package golang

import (
	"slices"

	"github.com/keyvet/keyvet/languages"
	ts "github.com/keyvet/keyvet/languages/internal/treesitter"
)

// newCall adds a call to the innermost function, before its parts are read.
func (x *extractor) newCall(start, end int, damaged bool) *languages.Expr {
	call := x.b.Expr(languages.Call, start, end)
	call.Damaged = damaged || x.damaged > 0
	x.b.Call(x.fn, call)
	return call
}

func (x *extractor) call(n ts.Node) *languages.Expr {
	function, args := n.Child("function"), n.Child("arguments")
	if e := x.builtin(n, function, args); e != nil {
		return e
	}
	place := len(x.b.File.Functions[x.fn].Calls)
	call := x.newCall(n.Start(), n.End(), isBroken(n, args))
	x.calleeWith(call, function, n.Child("type_arguments"))
	call.Items = x.arguments(args)
	if e := x.callText(call); e != nil {
		calls := &x.b.File.Functions[x.fn].Calls
		*calls = slices.Delete(*calls, place, place+1)
		return e
	}
	return call
}

// isBroken: an error right in the call or its list of arguments. Deeper ones,
// say in a function literal, leave no doubt about the call.
func isBroken(n, args ts.Node) bool {
	if !n.HasError() {
		return false
	}
	for _, list := range []ts.Node{n, args} {
		for c := range list.Children() {
			if c.IsError() || c.IsMissing() {
				return true
			}
		}
	}
	return false
}

// callee sets what is called, and where its name stands.
func (x *extractor) callee(call *languages.Expr, n ts.Node) {
	switch n.Kind() {
	case "type_identifier", "qualified_type", "generic_type":
		call.Base = x.name(n)
	default:
		call.Base = x.expr(n)
	}
	call.At = call.Base.At
}

// calleeWith is callee for what has type arguments, or looks like it: for a
// variable they are the index of an element.
func (x *extractor) calleeWith(call *languages.Expr, n, typeArgs ts.Node) {
	x.callee(call, n)
	index := typeArgs.NamedChild(0).NamedChild(0)
	if !typeArgs.Valid() || typeArgs.NamedChildCount() != 1 || !x.isElement(call.Base) {
		return
	}
	var key *languages.Expr
	switch index.Kind() {
	case "type_identifier", "qualified_type":
		key = x.name(index)
	default:
		return
	}
	e := x.b.List(languages.Index, int(call.Base.Range.Start), typeArgs.End(), key)
	e.Base = call.Base
	call.Base, call.At = e, e.At
}

// isElement: base[x] is an element, as base is a variable, or the field of one:
// a method has no type arguments.
func (x *extractor) isElement(base *languages.Expr) bool {
	switch base.Kind {
	case languages.Name:
		return x.isVariable(base.Text)
	case languages.Member:
		return base.Base.Kind != languages.Name || x.isVariable(base.Base.Text)
	}
	return false
}

func (x *extractor) arguments(list ts.Node) []languages.Item { return x.argumentsAfter(list, 0) }

// argumentsAfter reads all arguments but the first ones.
func (x *extractor) argumentsAfter(list ts.Node, first int) []languages.Item {
	n := list.NamedChildCount() - first
	if n <= 0 {
		return nil
	}
	items := x.b.Items(n)
	for c := range list.NamedChildren() {
		if first > 0 {
			first--
			continue
		}
		items = append(items, x.argument(c))
	}
	return items
}

func (x *extractor) argument(n ts.Node) languages.Item {
	spread := n.Kind() == "variadic_argument"
	return languages.Item{Value: x.expr(n), Spread: spread, Range: rangeOf(n)}
}

// builtin reads what looks like a call but is none of a function that somebody
// wrote: built-in functions and conversions. It returns nil for all others.
func (x *extractor) builtin(n, function, args ts.Node) *languages.Expr {
	switch function.Kind() {
	case "identifier":
	case "parenthesized_expression":
		if t := function.NamedChild(0); isPointerType(t) && args.NamedChildCount() == 1 {
			return x.cast(x.expr(args.NamedChild(0)), x.typeRef(t), n)
		}
		return nil
	case "call_expression": // what the parser makes of new(f(x)), new in Go 1.26
		inner := function.Child("arguments")
		if string(function.Child("function").Bytes()) == "new" && isBroken(function, inner) {
			call := x.newCall(inner.NamedChild(0).Start(), n.End(), true)
			x.callee(call, inner.NamedChild(0))
			call.Items = x.arguments(args)
			return call
		}
		return nil
	default:
		return nil
	}
	switch name := string(function.Bytes()); name {
	case "append":
		return x.appended(n, args)
	case "make":
		return x.made(n, args)
	case "new":
		return x.newValue(n, args)
	case "string", "any", "byte", "rune", "int", "int8", "int16", "int32", "int64",
		"uint", "uint8", "uint16", "uint32", "uint64", "uintptr", "float32", "float64", "bool", "error":
		if args.NamedChildCount() == 1 {
			return x.basic(name, args.NamedChild(0))
		}
	default:
		if _, isType := x.written[name]; isType && args.NamedChildCount() == 1 && !x.isVariable(name) {
			return x.cast(x.expr(args.NamedChild(0)), languages.TypeRef{Name: x.b.String(function.Bytes())}, n)
		}
	}
	return nil
}

// isPointerType: the "*T" of "(*T)(x)".
func isPointerType(n ts.Node) bool {
	return n.Kind() == "unary_expression" && n.Child("operator").Kind() == "*"
}

// basic is a conversion to a type of the language itself. Only a rune becomes
// something else as a string.
func (x *extractor) basic(name string, operand ts.Node) *languages.Expr {
	e := x.expr(operand)
	if name == "string" && operand.Kind() == "rune_literal" && e.Kind == languages.Number {
		e.Kind, e.Text = languages.Text, runeText(operand.Bytes())
	}
	return e
}

// appendCall returns the arguments if n is a call of append.
func appendCall(n ts.Node) ts.Node {
	if n.Kind() != "call_expression" || string(n.Child("function").Bytes()) != "append" {
		return ts.Node{}
	}
	return n.Child("arguments")
}

// appended is the list that append gives: what was there, then the rest.
func (x *extractor) appended(n, args ts.Node) *languages.Expr {
	e := x.b.Expr(languages.List, n.Start(), n.End())
	if first := args.NamedChild(0); first.Valid() {
		switch base := x.expr(first); {
		case base.Kind == languages.List:
			e.Items = slices.Clip(base.Items)
			e.Type = base.Type
		case base.Kind != languages.None:
			e.Items = []languages.Item{{Value: base, Spread: true, Range: rangeOf(first)}}
		}
	}
	e.Items = append(e.Items, x.argumentsAfter(args, 1)...)
	return e
}

// made is what make gives: something empty of a known type.
func (x *extractor) made(n, args ts.Node) *languages.Expr {
	t := args.NamedChild(0)
	e := x.b.Expr(languages.Record, n.Start(), n.End())
	e.Type = x.typeRef(t)
	switch x.shapeOf(t).kind {
	case listShape:
		e.Kind = languages.List
	case chanShape:
		e.Kind = languages.Unknown
	}
	x.argumentsAfter(args, 1) // sizes
	return e
}

// newValue is new(T), or new(x) as of Go 1.26, which the grammar does not know.
func (x *extractor) newValue(n, args ts.Node) *languages.Expr {
	if inside := args.Bytes(); len(inside) > 2 {
		switch inside = inside[1 : len(inside)-1]; inside[0] {
		case '"', '`':
			return x.b.Leaf(languages.Text, decode(inside), args.Start()+1, args.End()-1)
		}
	}
	t := args.NamedChild(0)
	if t.IsError() {
		return x.unwrapped(t)
	}
	if t.Kind() == "type_identifier" && x.isVariable(string(t.Bytes())) {
		return x.leaf(languages.Name, t)
	}
	e := x.b.Expr(languages.Record, n.Start(), n.End())
	e.Type = x.typeRef(t)
	x.b.Record(x.fn, e)
	return e
}

// unwrapped is the one expression in an ERROR, if it is one.
func (x *extractor) unwrapped(n ts.Node) *languages.Expr {
	if n.NamedChildCount() != 1 {
		return x.unknownWith(n)
	}
	x.damaged++
	defer func() { x.damaged-- }()
	return x.expr(n.NamedChild(0))
}

// span is where an expression stands, as two offsets.
func span(e *languages.Expr) (start, end int) { return int(e.Range.Start), int(e.Range.End) }
