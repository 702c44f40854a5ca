package java

import (
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

// deeper goes one level down unless that is too deep. The caller comes back up.
func (x *extractor) deeper() bool {
	if x.depth >= build.MaxDepth {
		return false
	}
	x.depth++
	return true
}

// value is the expression n. What is none is walked for its calls. An ERROR
// node is left to whoever reads the errors of its parent.
func (x *extractor) value(n node) *languages.Expr {
	if !n.Valid() || n.IsError() || !x.deeper() {
		return x.Expr(languages.Unknown, n.Start(), n.End())
	}
	e := x.expression(n)
	if e == nil {
		x.depth--
		x.walk(n)
		return x.Expr(languages.Unknown, n.Start(), n.End())
	}
	x.errorsIn(n)
	x.depth--
	return e
}

// expression converts n, or returns nil for what is no expression. Errors right
// below n are left to the caller.
func (x *extractor) expression(n node) *languages.Expr {
	switch n.Kind() {
	case "identifier", "underscore_pattern":
		return x.Leaf(languages.Name, x.text(n), n.Start(), n.End())
	case "this":
		return x.Leaf(languages.Name, "this", n.Start(), n.End())
	case "super":
		return x.Expr(languages.Super, n.Start(), n.End())
	case "string_literal":
		return x.stringLiteral(n)
	case "character_literal":
		return x.Leaf(languages.Text, x.unquote(n, 1), n.Start(), n.End())
	case "decimal_integer_literal", "hex_integer_literal", "octal_integer_literal", "binary_integer_literal":
		return x.integer(n)
	case "decimal_floating_point_literal", "hex_floating_point_literal":
		return x.Expr(languages.Unknown, n.Start(), n.End())
	case "true", "false":
		return x.Leaf(languages.Bool, n.Kind(), n.Start(), n.End())
	case "null_literal":
		return x.Expr(languages.None, n.Start(), n.End())
	case "scoped_identifier":
		return x.qualified(n)
	case "field_access":
		return x.fieldAccess(n)
	case "array_access":
		return x.arrayAccess(n)
	case "method_invocation":
		return x.invocation(n)
	case "explicit_constructor_invocation":
		return x.constructorCall(n)
	case "object_creation_expression":
		return x.creation(n)
	case "array_creation_expression":
		return x.arrayCreation(n)
	case "array_initializer", "element_value_array_initializer":
		return x.list(n)
	case "lambda_expression":
		return x.lambda(n)
	case "method_reference":
		return x.methodReference(n)
	case "parenthesized_expression":
		return x.value(firstRead(n))
	case "cast_expression":
		return x.cast(x.value(n.Child("value")), x.typeRef(n.Child("type")), n)
	case "assignment_expression":
		return x.assignment(n)
	case "binary_expression":
		return x.binary(n)
	case "unary_expression":
		return x.unary(n)
	case "update_expression":
		x.value(firstRead(n))
		return x.Expr(languages.Unknown, n.Start(), n.End())
	case "ternary_expression":
		x.value(n.Child("condition"))
		yes := x.value(n.Child("consequence"))
		return x.List(languages.Choice, n.Start(), n.End(), yes, x.value(n.Child("alternative")))
	case "instanceof_expression":
		return x.instanceOf(n)
	case "switch_expression":
		return x.switchValue(n)
	case "class_literal":
		return x.Member(x.typeExpr(firstRead(n)), "class", max(n.End()-len("class"), n.Start()), n.End())
	case "template_expression":
		return x.template(n)
	case "annotation", "marker_annotation":
		return x.annotation(n)
	}
	return nil
}

// firstRead is the first named child that the parser could read.
func firstRead(n node) node {
	for c := range n.NamedChildren() {
		if !c.IsError() {
			return c
		}
	}
	return node{}
}

func (x *extractor) fieldAccess(n node) *languages.Expr {
	object, member := n.Child("object"), n.Child("field")
	if member.Kind() == "this" {
		return x.outerThis(n, x.text(object), member)
	}
	return x.Member(x.value(object), x.text(member), member.Start(), member.End())
}

// outerThis is Outer.this: the object or, in a type inside of it, some one of that type.
func (x *extractor) outerThis(n node, outer string, this node) *languages.Expr {
	if x.typ >= 0 && x.File.Types[x.typ].Name == outer {
		e := x.Leaf(languages.Name, "this", n.Start(), n.End())
		e.At = rangeOf(this)
		return e
	}
	e := x.Expr(languages.Cast, n.Start(), n.End())
	e.Base = x.Expr(languages.Unknown, n.Start(), n.End())
	e.SetType(languages.TypeRef{Name: outer})
	return e
}

func (x *extractor) arrayAccess(n node) *languages.Expr {
	e := x.Expr(languages.Index, n.Start(), n.End())
	e.Base = x.value(n.Child("array"))
	index := x.value(n.Child("index"))
	e.SetItems(append(x.Items(1), languages.Item{Value: index, Range: index.Range}))
	return e
}

// arrayCreation makes new T[]{...} a list; new T[n] is one that is filled later.
func (x *extractor) arrayCreation(n node) *languages.Expr {
	t := x.typeRef(n.Child("type"))
	for c := range n.ChildrenByField("dimensions") {
		switch c.Kind() {
		case "dimensions":
			t = arrayOf(t, c)
		case "dimensions_expr":
			t = languages.TypeRef{Name: "[]", Args: []languages.TypeRef{t}}
			x.children(c)
		}
	}
	var e *languages.Expr
	if v := n.Child("value"); v.Valid() {
		e = x.value(v)
	} else {
		e = x.Expr(languages.List, n.Start(), n.End())
	}
	e.SetType(t)
	e.Range, e.At = rangeOf(n), rangeOf(n)
	return e
}

func (x *extractor) list(n node) *languages.Expr {
	e := x.Expr(languages.List, n.Start(), n.End())
	e.SetItems(x.Items(n.NamedChildCount()))
	for c := range n.NamedChildren() {
		if !c.IsError() {
			e.SetItems(append(e.Items(), languages.Item{Value: x.value(c), Range: rangeOf(c)}))
		}
	}
	return e
}

// binary joins texts. Other operators have no value, but what is in them counts.
func (x *extractor) binary(n node) *languages.Expr {
	var operands []node // from right to left
	sum := true
	at := n
	for ; at.Kind() == "binary_expression"; at = at.Child("left") {
		if op := at.Child("operator").Kind(); op != "+" {
			if len(operands) > 0 && sum {
				break // a sum whose first operand is something else
			}
			sum = false
		} else if !sum {
			break
		}
		operands = append(operands, at.Child("right"))
		if at != n {
			x.errorsIn(at)
		}
	}
	parts := make([]*languages.Expr, 0, len(operands)+1)
	parts = append(parts, x.value(at))
	for i := len(operands) - 1; i >= 0; i-- {
		parts = append(parts, x.value(operands[i]))
	}
	if !sum {
		return x.Expr(languages.Unknown, n.Start(), n.End())
	}
	return x.sum(n, parts)
}

// sum joins parts if one is a text, or if there are names that may well be.
// Numbers in front of the first text are added up before they become text.
func (x *extractor) sum(n node, parts []*languages.Expr) *languages.Expr {
	first := len(parts)
	numbers, names := false, false
	for i, p := range parts {
		if p.Kind == languages.Text || p.Kind == languages.Concat {
			first = i
			break
		}
		number := p.Kind == languages.Number || p.Kind == languages.Unknown ||
			p.Kind == languages.Name && x.shape(p.Text) == numberShape ||
			p.Kind == languages.Member && p.Text == "length"
		numbers = numbers || number
		names = names || p.Kind == languages.Name || p.Kind == languages.Member
	}
	if first == len(parts) && (numbers || !names) {
		return x.Expr(languages.Unknown, n.Start(), n.End())
	}
	if first > 1 && numbers {
		added := x.Expr(languages.Unknown, int(parts[0].Range.Start), int(parts[first-1].Range.End))
		parts = append([]*languages.Expr{added}, parts[first:]...)
	}
	for i, p := range parts {
		parts[i] = x.asText(p)
	}
	return x.Concat(n.Start(), n.End(), parts...)
}

// asText is a constant as Java would print it. All else stays.
func (x *extractor) asText(e *languages.Expr) *languages.Expr {
	text := e.Text
	switch e.Kind {
	case languages.None:
		text = "null"
	case languages.Number, languages.Bool:
	default:
		return e
	}
	return x.Leaf(languages.Text, text, int(e.Range.Start), int(e.Range.End))
}

func (x *extractor) unary(n node) *languages.Expr {
	v := x.value(n.Child("operand"))
	switch op := n.Child("operator").Kind(); {
	case op == "+":
		return v
	case op == "-" && v.Kind == languages.Number:
		return x.Leaf(languages.Number, "-"+v.Text, n.Start(), n.End())
	}
	return x.Expr(languages.Unknown, n.Start(), n.End())
}

// methodReference makes a::b, T::b and T::new members.
func (x *extractor) methodReference(n node) *languages.Expr {
	object := firstRead(n)
	var base *languages.Expr
	switch object.Kind() {
	case "type_identifier", "scoped_type_identifier", "generic_type", "array_type",
		"annotated_type", "integral_type", "floating_point_type", "boolean_type":
		base = x.typeExpr(object)
	default:
		base = x.value(object)
	}
	var last node
	for c := range n.Children() {
		if c.Kind() == "new" || c.Kind() == "identifier" {
			last = c
		}
	}
	if !last.Valid() || last == object {
		return base
	}
	member := x.Member(base, x.text(last), last.Start(), last.End())
	if last.Kind() == "new" || !isVariable(base) {
		return member
	}
	return x.boundMethod(member, n)
}

// boundMethod makes value::method the function literal that calls the method: with what,
// whoever gets it knows.
func (x *extractor) boundMethod(member *languages.Expr, n node) *languages.Expr {
	call := x.Expr(languages.Call, n.Start(), n.End())
	call.Base, call.At = member, member.At
	fn := x.Function(languages.Function{Parent: x.fn, Owner: -1, Range: rangeOf(n)})
	x.Call(fn, call)
	x.Return(fn, call)
	e := x.Expr(languages.Lambda, n.Start(), n.End())
	e.Declared = int32(fn)
	return e
}

// lambda is a function of its own.
func (x *extractor) lambda(n node) *languages.Expr {
	e := x.Expr(languages.Lambda, n.Start(), n.End())
	outer := x.fn
	x.fn = x.Function(languages.Function{Parent: x.fn, Owner: -1, Range: rangeOf(n)})
	e.Declared = int32(x.fn)
	params := x.params(n.Child("parameters"))
	x.File.Functions[x.fn].Params = params
	if body := n.Child("body"); body.Kind() == "block" {
		x.walk(body)
	} else if body.Valid() {
		x.Return(x.fn, x.value(body))
	}
	x.fn = outer
	return e
}
