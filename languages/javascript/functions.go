package javascript

import (
	"bytes"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

// noOwner starts a Function that is no method.
func noOwner() languages.Function { return languages.Function{Owner: -1} }

// functionDeclaration reads a named function. Overload signatures of a function
// with a body say nothing that the body's one does not.
func (x *extractor) functionDeclaration(n treesitter.Node) {
	if n.Kind() == "function_signature" && overloaded(n) {
		return
	}
	f := noOwner()
	f.Name = x.text(n.Child("name"))
	x.function(n, f)
}

// overloaded reports whether the next statement or member declares the same
// name again.
func overloaded(n treesitter.Node) bool {
	next := n
	if n.Parent().Kind() == "export_statement" {
		next = n.Parent()
	}
	for next = next.NextSibling(); next.Valid(); next = next.NextSibling() {
		if kind := next.Kind(); next.IsNamed() && kind != "comment" && kind != "decorator" {
			break
		}
	}
	if next.Kind() == "export_statement" {
		next = next.Child("declaration")
	}
	switch next.Kind() {
	case "function_signature", "function_declaration", "generator_function_declaration",
		"method_signature", "method_definition":
		return bytes.Equal(next.Child("name").Bytes(), n.Child("name").Bytes())
	}
	return false
}

// function reads what is below n into the function f and returns its index.
func (x *extractor) function(n treesitter.Node, f languages.Function) int {
	f.Parent = x.fn
	f.Range = build.Range(n.Start(), n.End())
	if result := x.typeRef(n.Child("return_type")); result.Name != "" {
		f.Results = []languages.TypeRef{result}
	}
	index := x.b.Function(f)
	outer := x.fn
	x.fn = index
	x.params(n)
	if body := n.Child("body"); body.Kind() == "statement_block" {
		x.walk(body)
	} else if body.Valid() {
		x.b.Return(index, x.value(body))
	}
	x.fn = outer
	return index
}

// literal reads a function literal. Its own name, if it has one, is known
// inside of it alone.
func (x *extractor) literal(n treesitter.Node, f languages.Function) *languages.Expr {
	e := x.expr(languages.Lambda, n)
	fn := x.function(n, f)
	e.Declared = int32(fn)
	if name := n.Child("name"); name.Valid() && n.Kind() != "method_definition" {
		x.b.Bind(fn, languages.Binding{
			Target: x.name(name), Value: e, Range: build.Range(name.Start(), name.End()),
		})
	}
	return e
}

func isFunction(kind string) bool {
	switch kind {
	case "arrow_function", "function_expression", "generator_function":
		return true
	}
	return false
}

// params reads the parameters of the current function.
func (x *extractor) params(n treesitter.Node) {
	if single := n.Child("parameter"); single.Valid() { // x => ...
		x.param(single, single)
		return
	}
	for c := range n.Child("parameters").NamedChildren() {
		switch c.Kind() {
		case "required_parameter", "optional_parameter":
			x.param(c.Child("pattern"), c)
		case "ERROR":
			x.walk(c)
		default:
			x.param(c, c)
		}
	}
}

// param reads one parameter: its pattern, and the node around it that has type,
// default value and modifiers.
func (x *extractor) param(pattern, n treesitter.Node) {
	if pattern.Kind() == "this" { // only there for its type
		return
	}
	index := x.fn
	p := languages.Param{Range: build.Range(n.Start(), n.End())}
	if pattern != n {
		p.Annotations = x.decorators(n)
		p.Type = x.annotation(n)
		if value := n.Child("value"); value.Valid() {
			p.Default = x.value(value)
		}
	}
	if pattern.Kind() == "assignment_pattern" {
		p.Default = x.value(pattern.Child("right"))
		pattern = pattern.Child("left")
	}
	if pattern.Kind() == "rest_pattern" {
		p.Variadic = true
		pattern = pattern.NamedChild(0)
		if p.Type.Name == "[]" {
			p.Type = p.Type.Args[0]
		}
	}
	if pattern.Kind() == "identifier" {
		p.Name = x.text(pattern)
	} else {
		x.paramPattern(&p, pattern, len(x.b.File.Functions[index].Params))
	}
	f := &x.b.File.Functions[index]
	f.Params = append(f.Params, p)
	if f.Constructor && pattern != n && isProperty(n) {
		x.parameterProperty(p, pattern)
	}
}

// isProperty: "private readonly x" in a constructor declares a field as well.
func isProperty(n treesitter.Node) bool {
	for c := range n.Children() {
		switch c.Kind() {
		case "accessibility_modifier", "override_modifier", "readonly":
			return true
		}
	}
	return false
}

// parameterProperty declares the field that a constructor's parameter fills.
func (x *extractor) parameterProperty(p languages.Param, n treesitter.Node) {
	owner := &x.b.File.Types[x.b.File.Functions[x.fn].Owner]
	owner.Fields = append(owner.Fields, languages.Field{
		Name: p.Name, Type: p.Type, Annotations: p.Annotations, Range: p.Range,
	})
	this := x.hidden("this", n)
	x.bind(x.part(this, n, p.Name), x.name(n), p.Type, declared)
}

// decorators converts the decorators among the children of a node.
func (x *extractor) decorators(n treesitter.Node) []*languages.Expr {
	var list []*languages.Expr
	for c := range n.NamedChildren() {
		if c.Kind() == "decorator" {
			list = append(list, x.value(c.NamedChild(0)))
		}
	}
	return list
}
