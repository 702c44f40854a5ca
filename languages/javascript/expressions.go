package javascript

import (
	"strings"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

// expr returns a new expression for a node.
func (x *extractor) expr(kind languages.Kind, n treesitter.Node) *languages.Expr {
	e := x.b.Expr(kind, n.Start(), n.End())
	e.Damaged = x.damaged > 0
	return e
}

func (x *extractor) leaf(kind languages.Kind, n treesitter.Node, text string) *languages.Expr {
	e := x.expr(kind, n)
	e.Text = text
	return e
}

// name is the node as a name.
func (x *extractor) name(n treesitter.Node) *languages.Expr {
	return x.leaf(languages.Name, n, x.text(n))
}

func (x *extractor) text(n treesitter.Node) string { return x.b.String(n.Bytes()) }

// value converts an expression. Every node is to be converted once: whatever
// is called inside becomes a call of the current function.
func (x *extractor) value(n treesitter.Node) *languages.Expr {
	if !n.Valid() || x.depth >= build.MaxDepth {
		return x.expr(languages.Unknown, n)
	}
	x.depth++
	e := x.convert(n)
	x.depth--
	return e
}

func (x *extractor) convert(n treesitter.Node) *languages.Expr {
	switch kind := n.Kind(); kind {
	case "identifier", "shorthand_property_identifier", "this", "property_identifier",
		"type_identifier":
		return x.name(n)
	case "string":
		return x.leaf(languages.Text, n, x.literalText(n))
	case "template_string":
		return x.template(n, false)
	case "number":
		return x.number(n)
	case "true", "false":
		return x.leaf(languages.Bool, n, kind)
	case "null", "undefined":
		return x.expr(languages.None, n)
	case "super":
		return x.expr(languages.Super, n)
	case "member_expression", "nested_identifier":
		return x.member(n)
	case "subscript_expression":
		return x.subscript(n)
	case "call_expression":
		return x.call(n)
	case "new_expression":
		return x.construct(n)
	case "object":
		return x.record(n)
	case "array":
		return x.list(n)
	case "arrow_function", "function_expression", "generator_function":
		return x.literal(n, noOwner())
	case "class":
		return x.classValue(n)
	case "assignment_expression":
		return x.assignment(n)
	case "augmented_assignment_expression":
		return x.augmented(n)
	case "binary_expression":
		return x.binary(n)
	case "ternary_expression":
		x.walk(n.Child("condition"))
		then := x.value(n.Child("consequence"))
		return x.choice(n, then, x.value(n.Child("alternative")))
	case "unary_expression":
		return x.unary(n)
	case "yield_expression":
		return x.yield(n)
	case "sequence_expression":
		return x.sequence(n)
	case "parenthesized_expression", "await_expression", "non_null_expression",
		"satisfies_expression", "instantiation_expression", "jsx_expression", "spread_element":
		return x.inner(n)
	case "as_expression":
		return x.cast(n, n.NamedChild(0), n.NamedChild(1))
	case "type_assertion":
		return x.cast(n, n.LastNamedChild(), n.NamedChild(0).NamedChild(0))
	}
	if !x.statement(n) {
		x.walkChildren(n)
	}
	return x.expr(languages.Unknown, n)
}

// inner is the value of the first child. The others are types, or damage.
func (x *extractor) inner(n treesitter.Node) *languages.Expr {
	var e *languages.Expr
	for c := range n.NamedChildren() {
		if e == nil && !c.IsError() {
			e = x.value(c)
		} else {
			x.walk(c)
		}
	}
	if e == nil {
		return x.expr(languages.Unknown, n)
	}
	return e
}

func (x *extractor) member(n treesitter.Node) *languages.Expr {
	object, property := n.Child("object"), n.Child("property")
	e := x.expr(languages.Member, n)
	e.Base = x.value(object)
	e.Text = x.text(property)
	e.Optional = optional(n)
	e.At = build.Range(property.Start(), property.End())
	return e
}

// optional reports whether a "?." stands in the node. The grammars disagree on
// where: it is a field, a node or a token.
func optional(n treesitter.Node) bool {
	for c := range n.Children() {
		switch c.Kind() {
		case "optional_chain", "?.":
			return true
		}
	}
	return false
}

// subscript reads a[i]. An a["b"] is the member b, provided that b is a name.
func (x *extractor) subscript(n treesitter.Node) *languages.Expr {
	object, index := n.Child("object"), n.Child("index")
	base := x.value(object)
	i := x.value(index)
	e := x.expr(languages.Index, n)
	e.Base = base
	e.Optional = optional(n)
	if i.Kind == languages.Text && isName(i.Text) {
		e.Kind, e.Text, e.At = languages.Member, i.Text, i.Range
		return e
	}
	e.SetItems(append(x.b.Items(1), languages.Item{Value: i, Range: i.Range}))
	return e
}

func isName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c >= 0x80
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

func (x *extractor) choice(n treesitter.Node, values ...*languages.Expr) *languages.Expr {
	e := x.b.List(languages.Choice, n.Start(), n.End(), values...)
	e.Damaged = x.damaged > 0
	return e
}

func (x *extractor) cast(n, value, typ treesitter.Node) *languages.Expr {
	v := x.value(value)
	ref := x.typeRef(typ)
	if !typ.Valid() || ref.Name == "" || ref.Name == "const" { // as const
		return v
	}
	e := x.expr(languages.Cast, n)
	e.Base = v
	e.SetType(ref)
	return e
}

func (x *extractor) assignment(n treesitter.Node) *languages.Expr {
	left, right := n.Child("left"), n.Child("right")
	v := x.value(right)
	switch left.Kind() {
	case "member_expression", "subscript_expression":
		target := x.value(left)
		x.bind(target, v, languages.TypeRef{}, assigned)
		x.commonJS(target, v)
	default:
		x.assign(left, v, languages.TypeRef{}, assigned)
	}
	return v
}

// augmented reads x += v, and x ??= v, after which x is either.
func (x *extractor) augmented(n treesitter.Node) *languages.Expr {
	left := x.value(n.Child("left"))
	v := x.value(n.Child("right"))
	switch n.Child("operator").Kind() {
	case "+=":
		if v.Kind != languages.Number { // which counts
			x.bind(left, v, languages.TypeRef{}, appended)
		}
	case "||=", "??=", "&&=":
		x.bind(left, v, languages.TypeRef{}, assigned)
		return x.choice(n, left, v)
	}
	return x.expr(languages.Unknown, n)
}

// binary reads a chain of operators. It leans to the left and may be long, so
// that it is taken apart without recursion.
func (x *extractor) binary(n treesitter.Node) *languages.Expr {
	operator := n.Child("operator").Kind()
	var operands []treesitter.Node // from the last to the second
	left := n
	for left.Kind() == "binary_expression" && left.Child("operator").Kind() == operator {
		operands = append(operands, left.Child("right"))
		left = left.Child("left")
	}
	values := make([]*languages.Expr, 0, len(operands)+1)
	values = append(values, x.value(left))
	for i := len(operands) - 1; i >= 0; i-- {
		values = append(values, x.value(operands[i]))
	}
	for c := range n.NamedChildren() {
		if c.IsError() {
			x.walk(c)
		}
	}
	switch operator {
	case "+":
		return x.concat(n, values...)
	case "||", "??":
		return x.choice(n, values...)
	case "&&": // what comes before it is a condition
		return values[len(values)-1]
	}
	return x.expr(languages.Unknown, n)
}

func (x *extractor) unary(n treesitter.Node) *languages.Expr {
	v := x.value(n.Child("argument"))
	switch n.Child("operator").Kind() {
	case "+":
		return v
	case "-":
		if v.Kind == languages.Number && !strings.HasPrefix(v.Text, "-") {
			return x.leaf(languages.Number, n, "-"+v.Text)
		}
	case "void":
		return x.expr(languages.None, n)
	}
	return x.expr(languages.Unknown, n)
}

// yield hands a value out; what comes back in is, to the libraries that use
// generators for waiting, the same.
func (x *extractor) yield(n treesitter.Node) *languages.Expr {
	v := n.NamedChild(0)
	if !v.Valid() {
		return x.expr(languages.None, n)
	}
	e := x.value(v)
	x.b.Return(x.fn, e)
	return e
}

func (x *extractor) sequence(n treesitter.Node) *languages.Expr {
	last := n.LastNamedChild()
	for c := range n.NamedChildren() {
		if c != last {
			x.walk(c)
		}
	}
	return x.value(last)
}
