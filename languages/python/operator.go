package python

import (
	"slices"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// subscript is base[index]; with several indexes it is base[[a, b]]. A slice is
// not known, and neither is what it takes.
func (x *extractor) subscript(n node) *languages.Expr {
	base := x.expr(n.Child("value"))
	var indexes []*languages.Expr
	sliced := false
	for c := range n.ChildrenByField("subscript") {
		if !c.IsNamed() {
			continue
		}
		sliced = sliced || c.Kind() == "slice"
		indexes = append(indexes, x.expr(c))
	}
	if sliced || len(indexes) == 0 {
		return x.unknown(n)
	}
	e := x.b.Expr(languages.Index, n.Start(), n.End())
	e.Base = base
	index := indexes[0]
	if len(indexes) > 1 {
		index = x.b.List(languages.List, int(index.Range.Start), int(indexes[len(indexes)-1].Range.End), indexes...)
	}
	e.SetItems(append(x.b.Items(1), languages.Item{Value: index, Range: index.Range}))
	return e
}

// operands lists the operands of a chain of one operator, a + b + c, without
// recursion: generated code has chains of thousands.
func operands(n node, kind, operator string) []node {
	var list []node
	for n.Kind() == kind && string(n.Child("operator").Bytes()) == operator {
		list = append(list, n.Child("right"))
		n = n.Child("left")
	}
	list = append(list, n)
	slices.Reverse(list)
	return list
}

func (x *extractor) binary(n node) *languages.Expr {
	switch string(n.Child("operator").Bytes()) {
	case "+":
		return x.sum(n)
	case "|":
		return x.union(n)
	case "%":
		left := x.expr(n.Child("left"))
		if left.Kind == languages.Text {
			return x.percent(n, left)
		}
		x.visit(n.Child("right"))
		return x.unknown(n)
	}
	x.visitAll(n)
	return x.unknown(n)
}

// sum joins lists if one of the operands is written as a list. Else it is taken
// for a joined text, for that is what can be made use of.
func (x *extractor) sum(n node) *languages.Expr {
	nodes := operands(n, "binary_operator", "+")
	values := make([]*languages.Expr, len(nodes))
	list, known := false, true
	for i, c := range nodes {
		values[i] = x.expr(c)
		switch values[i].Kind {
		case languages.List:
			list = true
		case languages.Number, languages.Bool, languages.None:
			known = false
		}
	}
	if list {
		return x.joinLists(n, nodes, values)
	}
	if !known {
		return x.unknown(n)
	}
	return x.b.Concat(n.Start(), n.End(), values...)
}

// maxJoined bounds the lists that are copied, for sums may be nested in sums.
const maxJoined = 1000

func (x *extractor) joinLists(n node, nodes []node, values []*languages.Expr) *languages.Expr {
	e := x.b.Expr(languages.List, n.Start(), n.End())
	for i, v := range values {
		if v.Kind == languages.List && len(v.Items()) <= maxJoined && !strings.HasSuffix(nodes[i].Kind(), "comprehension") {
			e.SetItems(append(e.Items(), v.Items()...))
			continue
		}
		e.SetItems(append(e.Items(), languages.Item{Value: v, Spread: true, Range: v.Range}))
	}
	return e
}

// union is a record joined from records, if one of them is written as such.
func (x *extractor) union(n node) *languages.Expr {
	left, right := x.expr(n.Child("left")), x.expr(n.Child("right"))
	if left.Kind != languages.Record && right.Kind != languages.Record {
		return x.unknown(n)
	}
	e := x.b.Expr(languages.Record, n.Start(), n.End())
	e.SetItems(x.b.Items(2))
	for _, v := range []*languages.Expr{left, right} {
		e.SetItems(append(e.Items(), languages.Item{Value: v, Spread: true, Range: v.Range}))
	}
	x.addRecord(e)
	return e
}

// boolean: "a or b" is one of them; "a and b" is b wherever it is of use.
func (x *extractor) boolean(n node) *languages.Expr {
	if string(n.Child("operator").Bytes()) == "or" {
		nodes := operands(n, "boolean_operator", "or")
		return x.choice(n, nodes...)
	}
	nodes := operands(n, "boolean_operator", "and")
	for _, c := range nodes[:len(nodes)-1] {
		x.visit(c)
	}
	return x.expr(nodes[len(nodes)-1])
}

func (x *extractor) choice(n node, nodes ...node) *languages.Expr {
	values := make([]*languages.Expr, len(nodes))
	for i, c := range nodes {
		values[i] = x.expr(c)
	}
	return x.b.List(languages.Choice, n.Start(), n.End(), values...)
}

// conditional is "a if condition else b".
func (x *extractor) conditional(n node) *languages.Expr {
	var parts []node
	for c := range n.NamedChildren() {
		if c.Kind() != "line_continuation" && !c.IsError() {
			parts = append(parts, c)
		}
	}
	if len(parts) != 3 {
		x.visitAll(n)
		return x.unknown(n)
	}
	e := x.choice(n, parts[0], parts[2])
	x.visit(parts[1])
	return e
}

func (x *extractor) unary(n node) *languages.Expr {
	value := x.expr(n.Child("argument"))
	switch string(n.Child("operator").Bytes()) {
	case "+":
		return value
	case "-":
		if value.Kind == languages.Number && !strings.HasPrefix(value.Text, "-") {
			return x.b.Leaf(languages.Number, "-"+value.Text, n.Start(), n.End())
		}
	}
	return x.unknown(n)
}

// asPattern is "value as name" of a with statement.
func (x *extractor) asPattern(n node) *languages.Expr {
	value := x.expr(n.NamedChild(0))
	entered := value
	switch value.Kind {
	case languages.Name, languages.Member, languages.Call:
		start, end := int(value.Range.Start), int(value.Range.End)
		entered = x.b.Expr(languages.Call, start, end)
		entered.Base = x.b.Member(value, enter, start, end)
	}
	if value.Kind == languages.Call && value.Base != nil && len(value.Items()) == 1 {
		switch value.Base.Text { // of contextlib: these give what they got
		case "closing", "aclosing", "nullcontext":
			entered = value.Items()[0].Value
		}
	}
	if alias := n.Child("alias"); alias.Valid() {
		x.bind(alias, entered, languages.TypeRef{}, span(n))
	}
	return value
}

// enter is the method by which an object gives what "with" binds.
const enter = "__enter__"

// yield hands a value out, like return. What it gives is not known.
func (x *extractor) yield(n node) *languages.Expr {
	from := false
	for c := range n.Children() {
		switch {
		case !c.IsNamed():
			from = from || c.Kind() == "from"
		case c.Kind() == "comment", c.Kind() == "line_continuation":
		case c.IsError():
			x.visit(c)
		case from:
			x.returns(x.each(x.expr(c)))
		default:
			x.returns(x.returned(c))
		}
	}
	return x.unknown(n)
}
