package java

import (
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// method reads a method or a constructor, with or without a body.
func (x *extractor) method(n node) {
	parent := x.fn
	if x.typ >= 0 {
		parent = x.File.Types[x.typ].Function
	}
	f := languages.Function{
		Name: x.text(n.Child("name")), Parent: parent, Owner: x.typ,
		Constructor: n.Kind() != "method_declaration", Range: rangeOf(n),
	}
	var mods modifierSet
	f.Annotations, mods = x.modifiers(n)
	if x.typ >= 0 && !mods.static {
		f.Receiver = "this"
	}
	outerBounds := x.bounds
	for c := range n.NamedChildren() {
		if c.Kind() == "type_parameters" {
			x.typeParameters(c)
		}
	}
	if t := arrayOf(x.typeRef(n.Child("type")), n.Child("dimensions")); t.Name != "" {
		f.Results = []languages.TypeRef{t}
	}
	outer := x.fn
	x.fn = x.addMethod(f)
	if n.Kind() == "compact_constructor_declaration" {
		x.setComponents(x.fn, rangeOf(n.Child("name")))
	} else {
		params := x.params(n.Child("parameters"))
		x.File.Functions[x.fn].Params = params
	}
	if body := n.Child("body"); body.Valid() {
		x.walk(body)
	}
	x.fn, x.bounds = outer, outerBounds
}

// params reads the parameters of the current function and declares them.
func (x *extractor) params(list node) []languages.Param {
	var params []languages.Param
	if list.Kind() == "identifier" { // x -> ...
		return []languages.Param{x.param(list, list, languages.TypeRef{})}
	}
	for c := range list.NamedChildren() {
		switch c.Kind() {
		case "identifier", "underscore_pattern":
			params = append(params, x.param(c, c, languages.TypeRef{}))
		case "formal_parameter":
			name := c.Child("name")
			if name.Kind() != "this" && string(name.Bytes()) != "this" { // a receiver parameter is none
				t := arrayOf(x.typeRef(c.Child("type")), c.Child("dimensions"))
				params = append(params, x.param(c, name, t))
			}
		case "spread_parameter":
			params = append(params, x.variadic(c))
		}
	}
	x.errorsIn(list)
	return params
}

func (x *extractor) param(n, name node, t languages.TypeRef) languages.Param {
	p := languages.Param{Name: x.text(name), Type: t, Range: rangeOf(n)}
	if n != name {
		p.Annotations, _ = x.modifiers(n)
	}
	x.locals[local{x.fn, p.Name}] = shapeOf(t)
	return p
}

// variadic reads T... x.
func (x *extractor) variadic(n node) languages.Param {
	var name node
	var t languages.TypeRef
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "variable_declarator":
			name = c.Child("name")
		case "modifiers", "annotation", "marker_annotation", "ERROR":
		default:
			t = x.typeRef(c)
		}
	}
	p := x.param(n, name, t)
	p.Variadic = true
	x.locals[local{x.fn, p.Name}] = listShape
	return p
}

// recordComponents makes a record's components fields.
func (x *extractor) recordComponents(list node) {
	x.components = x.params(list)
	t := &x.File.Types[x.typ]
	for _, p := range x.components {
		f := languages.Field{Name: p.Name, Type: p.Type, Annotations: p.Annotations, Range: p.Range}
		if p.Variadic {
			f.Type = languages.TypeRef{Name: "[]", Args: []languages.TypeRef{p.Type}}
		}
		t.Fields = append(t.Fields, f)
		delete(x.locals, local{x.fn, p.Name}) // params declared it in the function around
	}
}

// setComponents gives function fn the components as parameters, and sets the
// fields to them.
func (x *extractor) setComponents(fn int, at languages.Range) {
	x.File.Functions[fn].Params = x.components
	for _, p := range x.components {
		x.locals[local{fn, p.Name}] = shapeOf(p.Type)
		x.setField(fn, p.Name, at)
	}
}

// setField binds this.name = name.
func (x *extractor) setField(fn int, name string, at languages.Range) {
	x.Bind(fn, languages.Binding{
		Target: x.thisMember(name, at),
		Value:  x.Leaf(languages.Name, name, int(at.Start), int(at.End)),
		Range:  at,
	})
}

func (x *extractor) thisMember(name string, at languages.Range) *languages.Expr {
	this := x.Leaf(languages.Name, "this", int(at.Start), int(at.End))
	return x.Member(this, name, int(at.Start), int(at.End))
}

// hasMethod reports whether the current type has a method of that name, or for
// "" a constructor, with so many parameters.
func (x *extractor) hasMethod(name string, params int) bool {
	for _, m := range x.File.Types[x.typ].Methods {
		f := &x.File.Functions[m]
		if len(f.Params) == params && (f.Name == name || name == "" && f.Constructor) {
			return true
		}
	}
	return false
}

// addConstructor makes a constructor that sets fields to its parameters.
func (x *extractor) addConstructor(params []languages.Param, at languages.Range) {
	if x.hasMethod("", len(params)) {
		return
	}
	t := x.File.Types[x.typ]
	fn := x.addMethod(languages.Function{
		Name: t.Name, Parent: t.Function, Owner: x.typ, Receiver: "this", Constructor: true,
		Params: params, Range: at,
	})
	for _, p := range params {
		x.setField(fn, p.Name, at)
	}
}

// addGetter makes a method that returns a field.
func (x *extractor) addGetter(name string, f languages.Field, at languages.Range) {
	if x.hasMethod(name, 0) {
		return
	}
	m := languages.Function{
		Name: name, Parent: x.File.Types[x.typ].Function, Owner: x.typ, Receiver: "this", Range: at,
		Returns: []*languages.Expr{x.thisMember(f.Name, at)},
	}
	if f.Type.Name != "" {
		m.Results = []languages.TypeRef{f.Type}
	}
	x.addMethod(m)
}

// impliedByRecord adds the constructor and the accessors that a record has
// without writing them.
func (x *extractor) impliedByRecord(at languages.Range) {
	x.addConstructor(x.components, at)
	for _, f := range x.File.Types[x.typ].Fields[:len(x.components)] {
		x.addGetter(f.Name, f, at)
	}
}

// A field is what Lombok wants to know of a field.
type field struct {
	index     int // in Type.Fields
	modifiers modifierSet
}

// impliedByLombok adds the constructors and getters that annotations ask for.
func (x *extractor) impliedByLombok(at languages.Range) {
	t := x.File.Types[x.typ]
	has := annotationSet(t.Annotations)
	data, value := has["Data"], has["Value"]
	if has["AllArgsConstructor"] || value || has["RequiredArgsConstructor"] || data {
		all := has["AllArgsConstructor"] || value
		explicit := has["AllArgsConstructor"] || has["RequiredArgsConstructor"]
		if params := x.lombokParams(all, value); explicit || !x.hasConstructor() {
			x.addConstructor(params, at)
		}
	}
	for _, f := range x.fields {
		v := t.Fields[f.index]
		every := (has["Getter"] || data || value) && !f.modifiers.static
		if every || annotationSet(v.Annotations)["Getter"] {
			x.addGetter(getterName(v), v, at)
		}
	}
}

// lombokParams are the fields that a constructor sets: all, or those that must be.
func (x *extractor) lombokParams(all, value bool) []languages.Param {
	var params []languages.Param
	for _, f := range x.fields {
		v := x.File.Types[x.typ].Fields[f.index]
		final := f.modifiers.final || value
		set := v.Value != nil
		required := final && !set || !set && annotationSet(v.Annotations)["NonNull"]
		if !f.modifiers.static && (required || all && (!final || !set)) {
			params = append(params, languages.Param{Name: v.Name, Type: v.Type, Annotations: v.Annotations, Range: v.Range})
		}
	}
	return params
}

func (x *extractor) hasConstructor() bool {
	for _, m := range x.File.Types[x.typ].Methods {
		if x.File.Functions[m].Constructor {
			return true
		}
	}
	return false
}

// annotationSet holds the simple names of annotations.
func annotationSet(annotations []*languages.Expr) map[string]bool {
	if len(annotations) == 0 {
		return nil
	}
	set := make(map[string]bool, len(annotations))
	for _, a := range annotations {
		if a.Kind == languages.Call {
			a = a.Base
		}
		set[a.Text] = true
	}
	return set
}

func getterName(f languages.Field) string {
	if f.Name == "" {
		return ""
	}
	prefix := "get"
	if f.Type.Name == "boolean" {
		prefix = "is"
	}
	return prefix + strings.ToUpper(f.Name[:1]) + f.Name[1:]
}
