package golang

import (
	"slices"

	"github.com/keyvet/keyvet/languages"
	ts "github.com/keyvet/keyvet/languages/internal/treesitter"
)

// expr reads an expression. It never returns nil.
func (x *extractor) expr(n ts.Node) *languages.Expr {
	if !x.deeper() {
		return x.unknown(n)
	}
	defer func() { x.depth-- }()
	switch n.Kind() {
	case "identifier", "type_identifier", "field_identifier", "package_identifier":
		if n.IsMissing() {
			return x.unknown(n)
		}
		return x.leaf(languages.Name, n)
	case "nil":
		return x.b.Expr(languages.None, n.Start(), n.End())
	case "true", "false":
		return x.leaf(languages.Bool, n)
	case "interpreted_string_literal", "raw_string_literal":
		return x.text(n)
	case "int_literal", "rune_literal":
		return x.number(n)
	case "parenthesized_expression", "literal_element", "variadic_argument":
		return x.expr(n.NamedChild(0))
	case "selector_expression":
		return x.member(n)
	case "index_expression":
		base := x.expr(n.Child("operand"))
		e := x.b.List(languages.Index, n.Start(), n.End(), x.expr(n.Child("index")))
		e.Base = base
		return e
	case "slice_expression":
		return x.slice(n)
	case "type_assertion_expression":
		return x.cast(x.expr(n.Child("operand")), x.typeRef(n.Child("type")), n)
	case "type_instantiation_expression":
		return x.name(n.Child("type"))
	case "type_conversion_expression":
		return x.conversion(n)
	case "unary_expression":
		return x.unary(n)
	case "binary_expression":
		return x.binary(n)
	case "call_expression":
		return x.call(n)
	case "composite_literal":
		return x.literal(n, n.Child("type"), n.Child("body"))
	case "literal_value":
		return x.literal(n, ts.Node{}, n)
	case "func_literal":
		return x.lambda(n)
	}
	return x.unknownWith(n)
}

func (x *extractor) leaf(kind languages.Kind, n ts.Node) *languages.Expr {
	return x.b.Leaf(kind, x.b.String(n.Bytes()), n.Start(), n.End())
}

func (x *extractor) unknown(n ts.Node) *languages.Expr {
	return x.b.Expr(languages.Unknown, n.Start(), n.End())
}

// unknownWith is for nodes that are no expression; the calls in them count.
func (x *extractor) unknownWith(n ts.Node) *languages.Expr {
	e := x.unknown(n)
	if n.IsError() {
		x.damaged++
		defer func() { x.damaged-- }()
	}
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "call_expression", "selector_expression", "interpreted_string_literal", "identifier":
			e.Items = append(e.Items, languages.Item{Value: x.expr(c), Range: rangeOf(c)})
		default:
			x.node(c)
		}
	}
	return e
}

func (x *extractor) cast(base *languages.Expr, ref languages.TypeRef, n ts.Node) *languages.Expr {
	e := x.b.Expr(languages.Cast, n.Start(), n.End())
	e.Base, e.Type = base, ref
	return e
}

func (x *extractor) member(n ts.Node) *languages.Expr {
	field := n.Child("field")
	e := x.b.Member(x.expr(n.Child("operand")), x.b.String(field.Bytes()), field.Start(), field.End())
	e.Range = rangeOf(n)
	return e
}

// name reads a name that the grammar took for a type: "f" or "pkg.F", with its
// type arguments dropped.
func (x *extractor) name(n ts.Node) *languages.Expr {
	switch n.Kind() {
	case "generic_type":
		return x.name(n.Child("type"))
	case "qualified_type":
		name := n.Child("name")
		base := x.leaf(languages.Name, n.Child("package"))
		return x.b.Member(base, x.b.String(name.Bytes()), name.Start(), name.End())
	case "type_identifier":
		return x.leaf(languages.Name, n)
	}
	return x.unknownWith(n)
}

// slice is its operand if it takes all of it. A part is not known, save the
// empty beginning that code clears a list with.
func (x *extractor) slice(n ts.Node) *languages.Expr {
	operand := x.expr(n.Child("operand"))
	start, end := n.Child("start"), n.Child("end")
	switch {
	case !start.Valid() && !end.Valid():
		return operand
	case !start.Valid() && string(end.Bytes()) == "0":
		return x.b.Expr(languages.List, n.Start(), n.End())
	}
	e := x.b.List(languages.Unknown, n.Start(), n.End(), operand)
	for _, field := range []string{"start", "end", "capacity"} {
		x.node(n.Child(field))
	}
	return e
}

func (x *extractor) unary(n ts.Node) *languages.Expr {
	operand := x.expr(n.Child("operand"))
	switch n.Child("operator").Kind() {
	case "&", "*", "+":
		return operand
	case "<-":
		e := x.each(operand)
		e.Range, e.At = rangeOf(n), rangeOf(n)
		return e
	case "-":
		if operand.Kind == languages.Number && operand.Text != "0" && operand.Text[0] != '-' {
			operand.Text = "-" + operand.Text
			operand.Range, operand.At = rangeOf(n), rangeOf(n)
			return operand
		}
	}
	return x.b.List(languages.Unknown, n.Start(), n.End(), operand)
}

// binary reads a chain of one operator, however long, without going deeper for
// each part: the parser nests it to the left.
func (x *extractor) binary(n ts.Node) *languages.Expr {
	operator := n.Child("operator").Kind()
	var nodes []ts.Node
	cur := n
	for cur.Kind() == "binary_expression" && cur.Child("operator").Kind() == operator {
		nodes = append(nodes, cur.Child("right"))
		cur = cur.Child("left")
	}
	nodes = append(nodes, cur)
	slices.Reverse(nodes)
	values := make([]*languages.Expr, len(nodes))
	for i, c := range nodes {
		values[i] = x.expr(c)
	}
	if operator == "+" && joinsTexts(values) {
		return x.b.Concat(n.Start(), n.End(), values...)
	}
	return x.b.List(languages.Unknown, n.Start(), n.End(), values...)
}

// joinsTexts tells a sum of texts from one of numbers: names alone could be
// either, and are more useful as texts.
func joinsTexts(values []*languages.Expr) bool {
	unclear := true
	for _, v := range values {
		switch v.Kind {
		case languages.Text, languages.Concat:
			return true
		case languages.Number, languages.Unknown:
			unclear = false
		}
	}
	return unclear
}

// conversion reads []T(x), interface{}(x) and their like; the grammar takes
// calls of generic functions for conversions too.
func (x *extractor) conversion(n ts.Node) *languages.Expr {
	t, operand := n.Child("type"), n.Child("operand")
	if t.Kind() == "generic_type" {
		if _, isType := x.written[string(t.Child("type").Bytes())]; !isType {
			return x.genericCall(n, t, operand)
		}
	}
	return x.converted(n, t, x.expr(operand))
}

// converted is what is left of value as a t: itself, where the type says no
// more than that it is bytes, a list or anything.
func (x *extractor) converted(n, t ts.Node, value *languages.Expr) *languages.Expr {
	switch t.Kind() {
	case "slice_type", "interface_type", "array_type":
		return value
	}
	return x.cast(value, x.typeRef(t), n)
}

// genericCall is f[T](x), and the element of a variable called.
func (x *extractor) genericCall(n, t, operand ts.Node) *languages.Expr {
	call := x.newCall(n.Start(), n.End(), false)
	x.calleeWith(call, t.Child("type"), t.Child("type_arguments"))
	call.Items = x.b.Items(1)
	call.Items = append(call.Items, x.argument(operand))
	return call
}

func (x *extractor) lambda(n ts.Node) *languages.Expr {
	e := x.b.Expr(languages.Lambda, n.Start(), n.End())
	e.Function = x.function(n, languages.Function{Parent: x.fn, Owner: -1, Range: rangeOf(n)})
	return e
}
