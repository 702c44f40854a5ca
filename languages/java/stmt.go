package java

import (
	"github.com/keyvet/keyvet/languages"
)

// declare binds a name that is new in the current function.
func (x *extractor) declare(name node, t languages.TypeRef, value *languages.Expr, n node) {
	if !name.Valid() || x.text(name) == "_" { // "_" names nothing
		return
	}
	target := x.Leaf(languages.Name, x.text(name), name.Start(), name.End())
	s := shapeOf(t)
	if t.Name == "" && value != nil { // var
		switch value.Kind {
		case languages.List:
			s = listShape
		case languages.Number:
			s = numberShape
		}
	}
	x.locals[local{x.fn, target.Text}] = s
	x.Bind(x.fn, languages.Binding{Target: target, Type: t, Value: value, Declares: true, Range: rangeOf(n)})
}

// variables reads a declaration of local variables.
func (x *extractor) variables(n node) {
	base := x.typeRef(n.Child("type"))
	for d := range n.ChildrenByField("declarator") {
		if d.Kind() != "variable_declarator" {
			continue // a comma
		}
		t := arrayOf(base, d.Child("dimensions"))
		var value *languages.Expr
		if v := d.Child("value"); v.Valid() {
			value = x.initial(v, t)
		}
		x.declare(d.Child("name"), t, value, d)
		x.errorsIn(d)
	}
}

// initial is the value that a variable of type t starts with.
func (x *extractor) initial(n node, t languages.TypeRef) *languages.Expr {
	v := x.value(n)
	if v.Type().Name == "" && (v.Kind == languages.List || v.Kind == languages.Record) {
		v.SetType(t)
	}
	return v
}

// forEach makes a loop variable an element of what is iterated over.
func (x *extractor) forEach(n node) {
	over := n.Child("value")
	each := x.Expr(languages.Each, over.Start(), over.End())
	each.Base = x.value(over)
	x.declare(n.Child("name"), arrayOf(x.typeRef(n.Child("type")), n.Child("dimensions")), each, n.Child("name"))
	x.walk(n.Child("body"))
}

// resource reads what a try statement opens: a declaration or a name.
func (x *extractor) resource(n node) {
	if name := n.Child("name"); name.Valid() {
		v := x.value(n.Child("value"))
		x.declare(name, x.typeRef(n.Child("type")), v, n)
		return
	}
	x.children(n)
}

// assignment binds the target, and is its new value.
func (x *extractor) assignment(n node) *languages.Expr {
	left, right := n.Child("left"), n.Child("right")
	target := x.value(left)
	value := x.value(right)
	switch op := n.Child("operator").Kind(); {
	case op != "=" && op != "+=":
		return x.Expr(languages.Unknown, n.Start(), n.End())
	case !isTarget(target):
		return value
	default:
		x.bind(target, value, op == "+=", rangeOf(n))
		if op == "+=" {
			return x.Expr(languages.Unknown, n.Start(), n.End())
		}
		return value
	}
}

// bind adds a binding of what exists already. A bare name that the function does
// not declare is a member, or a local of a function around.
func (x *extractor) bind(target, value *languages.Expr, add bool, at languages.Range) {
	nonlocal := false
	if target.Kind == languages.Name {
		_, declared := x.locals[local{x.fn, target.Text}]
		nonlocal = !declared
	}
	x.Bind(x.fn, languages.Binding{
		Target: target, Value: value, Append: add, Nonlocal: nonlocal, Range: at,
	})
}

func isTarget(e *languages.Expr) bool {
	return e.Kind == languages.Name || e.Kind == languages.Member || e.Kind == languages.Index
}

// switchValue is what a switch expression may be.
func (x *extractor) switchValue(n node) *languages.Expr {
	outer := x.yields
	x.yields = nil
	var results []*languages.Expr
	x.switchBody(n, &results)
	results = append(results, x.yields...)
	x.yields = outer
	if len(results) == 0 {
		return x.Expr(languages.Unknown, n.Start(), n.End())
	}
	return x.List(languages.Choice, n.Start(), n.End(), results...)
}

// switchBody reads a switch. The values of its "->" expressions go to results,
// unless that is nil: then it is a statement, and a yield in it belongs to a
// switch expression around.
func (x *extractor) switchBody(n node, results *[]*languages.Expr) {
	subject := x.value(n.Child("condition"))
	body := n.Child("body")
	for group := range body.NamedChildren() {
		arrow := group.Kind() == "switch_rule"
		for c := range group.NamedChildren() {
			switch {
			case c.IsError():
				continue // below
			case c.Kind() == "switch_label":
				x.switchLabel(c, subject)
			case arrow && results != nil && c.Kind() == "expression_statement":
				if v := c.NamedChild(0); v.Valid() && !v.IsError() {
					*results = append(*results, x.value(v))
				}
				x.errorsIn(c)
			default:
				x.walk(c)
			}
		}
		if group.IsError() {
			x.walk(group)
		} else {
			x.errorsIn(group)
		}
	}
	x.errorsIn(body)
}

func (x *extractor) switchLabel(n node, subject *languages.Expr) {
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "pattern":
			for p := range c.NamedChildren() {
				x.pattern(p, subject)
			}
		case "guard":
			x.children(c)
		case "identifier": // an enum constant, or "default"
		case "ERROR":
		default:
			x.value(c)
		}
	}
	x.errorsIn(n)
}

// pattern binds the names of a pattern that subject is matched with.
func (x *extractor) pattern(n node, subject *languages.Expr) {
	switch n.Kind() {
	case "type_pattern", "record_pattern_component":
		name := n.LastNamedChild()
		if name.Kind() != "identifier" {
			return
		}
		var t languages.TypeRef
		for c := range n.NamedChildren() {
			if c != name && t.Name == "" {
				t = x.typeRef(c)
			}
		}
		var value *languages.Expr
		if subject != nil {
			value = x.cast(subject, t, n)
		}
		x.declare(name, t, value, n)
	case "record_pattern":
		if body := n.LastNamedChild(); body.Kind() == "record_pattern_body" && x.deeper() {
			for c := range body.NamedChildren() {
				x.pattern(c, nil) // the component's name is in another file, if anywhere
			}
			x.depth--
		}
	}
}

func (x *extractor) cast(e *languages.Expr, t languages.TypeRef, n node) *languages.Expr {
	if t.Name == "" {
		return e
	}
	c := x.Expr(languages.Cast, n.Start(), n.End())
	c.Base = e
	c.SetType(t)
	return c
}

// instanceOf binds the name that a test may introduce. The test has no value.
func (x *extractor) instanceOf(n node) *languages.Expr {
	subject := x.value(n.Child("left"))
	if p := n.Child("pattern"); p.Valid() {
		x.pattern(p, subject)
	} else if name := n.Child("name"); name.Valid() {
		t := x.typeRef(n.Child("right"))
		x.declare(name, t, x.cast(subject, t, n), n)
	}
	return x.Expr(languages.Unknown, n.Start(), n.End())
}
