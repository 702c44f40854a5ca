package java

import (
	"maps"
	"strings"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

// dotted is a qualified name without the blanks and comments it may hold.
func (x *extractor) dotted(n node) string {
	if n.Kind() == "identifier" {
		return x.text(n)
	}
	var parts []string
	for d := range n.Descendants() {
		if d.Kind() == "identifier" {
			parts = append(parts, x.text(d))
		}
	}
	return strings.Join(parts, ".")
}

func (x *extractor) importName(n node) {
	i := languages.Import{Range: rangeOf(n)}
	for c := range n.Children() {
		switch c.Kind() {
		case "static":
			i.Static = true
		case "identifier", "scoped_identifier":
			i.Module = x.dotted(c)
			if c.HasError() { // import module java.base
				return
			}
		case "asterisk":
			i.Symbol = "*"
		}
	}
	if i.Symbol == "" {
		dot := strings.LastIndexByte(i.Module, '.')
		i.Symbol = i.Module[dot+1:]
		i.Local = i.Symbol
		i.Module = i.Module[:max(dot, 0)]
	}
	if i.Static && i.Local != "" {
		x.static[i.Local] = lastPart(i.Module)
	}
	x.File.Imports = append(x.File.Imports, i)
}

func lastPart(dotted string) string { return dotted[strings.LastIndexByte(dotted, '.')+1:] }

// typeDeclaration reads a class, record, interface or enum with its members.
func (x *extractor) typeDeclaration(n node, kind languages.TypeKind) {
	t := languages.Type{
		Name: x.text(n.Child("name")), Kind: kind, Function: x.fn, Outer: x.typ, Range: rangeOf(n),
	}
	t.Annotations, _ = x.modifiers(n)
	outerBounds := x.bounds
	var body node
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "superclass", "super_interfaces", "extends_interfaces":
			t.Bases = append(t.Bases, x.bases(c)...)
		case "type_parameters":
			t.Params = x.typeParameters(c)
		case "class_body", "interface_body", "enum_body", "annotation_type_body":
			body = c
		}
	}
	outer := x.scope
	x.scope = scope{fn: x.fn, typ: x.Type(t), init: -1}
	if n.Kind() == "record_declaration" {
		x.recordComponents(n.Child("parameters"))
	}
	x.members(body)
	if n.Kind() == "record_declaration" {
		x.impliedByRecord(rangeOf(n.Child("parameters")))
	}
	x.impliedByLombok(rangeOf(n.Child("name")))
	x.scope, x.bounds = outer, outerBounds
}

// typeParameters lists the names of type parameters, and notes their bounds: in
// what follows, until the caller restores x.bounds, a name means its bound.
func (x *extractor) typeParameters(list node) []string {
	var names []string
	bounds := maps.Clone(x.bounds)
	if bounds == nil {
		bounds = make(map[string]languages.TypeRef)
	}
	for p := range list.NamedChildren() {
		if p.Kind() != "type_parameter" {
			continue
		}
		name := "" // annotations may stand before it
		for c := range p.NamedChildren() {
			switch c.Kind() {
			case "type_identifier", "identifier":
				name = x.text(c)
				delete(bounds, name)
			case "type_bound":
				bounds[name] = x.union(c)
			}
		}
		names = append(names, name)
	}
	x.bounds = bounds
	return names
}

// bases lists the types of an extends or implements clause.
func (x *extractor) bases(clause node) []languages.TypeRef {
	var refs []languages.TypeRef
	for c := range clause.NamedChildren() {
		if c.Kind() == "type_list" {
			refs = append(refs, x.bases(c)...)
		} else if t := x.typeRef(c); t.Name != "" {
			refs = append(refs, t)
		}
	}
	return refs
}

// members reads the body of a type.
func (x *extractor) members(body node) {
	for c := range body.NamedChildren() {
		switch {
		case c.Kind() == "enum_constant":
			x.enumConstant(c)
		case c.Kind() == "enum_body_declarations":
			x.members(c)
		case c.Kind() == "static_initializer", c.Kind() == "block", isExpressionLike(c):
			outer := x.enterInit()
			x.walk(c)
			x.fn = outer
		default:
			x.walk(c)
		}
	}
}

// isExpressionLike tells what no class body should hold, but a broken one may.
func isExpressionLike(n node) bool {
	return strings.HasSuffix(n.Kind(), "_expression") || strings.HasSuffix(n.Kind(), "_statement") ||
		n.Kind() == "method_invocation"
}

// enterInit makes the "<init>" of the current type the current function. The
// caller restores x.fn to the result.
func (x *extractor) enterInit() (outer int) {
	outer = x.fn
	if x.init < 0 && x.typ >= 0 {
		t := x.File.Types[x.typ]
		x.init = x.addMethod(languages.Function{
			Name: "<init>", Parent: t.Function, Owner: x.typ, Receiver: "this", Range: t.Range,
		})
	}
	if x.init >= 0 {
		x.fn = x.init
	}
	return outer
}

// addMethod adds a function, and makes it a method of its owner.
func (x *extractor) addMethod(f languages.Function) int {
	i := x.Function(f)
	if f.Owner >= 0 {
		t := &x.File.Types[f.Owner]
		t.Methods = append(t.Methods, i)
	}
	return i
}

// enumConstant makes A("x") { ... } a field whose value is a New call.
func (x *extractor) enumConstant(n node) {
	if x.typ < 0 {
		x.children(n)
		return
	}
	outer := x.enterInit()
	name := n.Child("name")
	enum := x.File.Types[x.typ].Name
	f := languages.Field{
		Name: x.text(name), Type: languages.TypeRef{Name: enum}, Range: rangeOf(n),
	}
	f.Annotations, _ = x.modifiers(n)
	call := x.newCall(n)
	call.New, call.At = true, rangeOf(name)
	call.SetType(f.Type)
	call.Base = x.Leaf(languages.Name, enum, name.Start(), name.End())
	call.SetItems(x.arguments(call, n.Child("arguments")))
	if body := n.Child("body"); body.Valid() {
		call.Declared = int32(x.anonymous(body, f.Type))
	}
	f.Value = call
	x.errorsIn(n)
	x.fn = outer
	t := &x.File.Types[x.typ]
	t.Fields = append(t.Fields, f)
}

// anonymous reads the body of an anonymous class of type base.
func (x *extractor) anonymous(body node, base languages.TypeRef) int {
	outer := x.scope
	t := x.Type(languages.Type{
		Function: x.fn, Outer: x.typ, Bases: []languages.TypeRef{base}, Range: rangeOf(body),
	})
	x.scope = scope{fn: x.fn, typ: t, init: -1}
	x.members(body)
	x.scope = outer
	return t
}

func (x *extractor) fieldDeclaration(n node) {
	base := x.typeRef(n.Child("type"))
	annotations, mods := x.modifiers(n)
	for d := range n.ChildrenByField("declarator") {
		if d.Kind() != "variable_declarator" {
			continue // a comma
		}
		name := d.Child("name")
		f := languages.Field{
			Name: x.text(name), Type: arrayOf(base, d.Child("dimensions")),
			Annotations: annotations, Range: rangeOf(d),
		}
		if value := d.Child("value"); value.Valid() {
			outer := x.enterInit()
			f.Value = x.initial(value, f.Type)
			x.fn = outer
		}
		t := &x.File.Types[x.typ]
		x.fields = append(x.fields, field{index: len(t.Fields), modifiers: mods})
		t.Fields = append(t.Fields, f)
		x.errorsIn(d)
	}
}

// modifiers returns the annotations of a declaration, and what else of it matters.
func (x *extractor) modifiers(n node) ([]*languages.Expr, modifierSet) {
	var annotations []*languages.Expr
	var set modifierSet
	mods := n.NamedChild(0)
	if mods.Kind() != "modifiers" {
		return nil, set
	}
	for c := range mods.Children() {
		switch c.Kind() {
		case "annotation", "marker_annotation":
			annotations = append(annotations, x.annotation(c))
		case "static":
			set.static = true
		case "final":
			set.final = true
		}
	}
	return annotations, set
}

type modifierSet struct{ static, final bool }

// annotation makes @A a Name or Member, @A(...) a call.
func (x *extractor) annotation(n node) *languages.Expr {
	name := x.qualified(n.Child("name"))
	args := n.Child("arguments")
	if !args.Valid() {
		return name
	}
	call := x.Expr(languages.Call, n.Start(), n.End())
	call.Base, call.At, call.Damaged = name, name.At, x.damaged > 0
	for a := range args.NamedChildren() {
		item := languages.Item{Range: rangeOf(a)}
		if a.Kind() == "element_value_pair" {
			item.Name = x.text(a.Child("key"))
			a = a.Child("value")
		}
		if !a.IsError() {
			item.Value = x.value(a)
			call.SetItems(append(call.Items(), item))
		}
	}
	x.errorsIn(args)
	return call
}

// qualified makes a dotted name an expression: a Name, or Members of one.
func (x *extractor) qualified(n node) *languages.Expr {
	if n.Kind() == "scoped_identifier" && x.depth < build.MaxDepth {
		x.depth++
		base := x.qualified(n.Child("scope"))
		x.depth--
		name := n.Child("name")
		return x.Member(base, x.text(name), name.Start(), name.End())
	}
	return x.Leaf(languages.Name, x.text(n), n.Start(), n.End())
}
