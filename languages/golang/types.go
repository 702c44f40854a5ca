package golang

import (
	"strings"

	"github.com/keyvet/keyvet/languages"
	ts "github.com/keyvet/keyvet/languages/internal/treesitter"
)

// typeDeclaration reads "type X ..." or "type ( ... )".
func (x *extractor) typeDeclaration(n ts.Node) {
	if x.declared[n.Start()] {
		return
	}
	x.declared[n.Start()] = true
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "type_spec", "type_alias":
			x.typeSpec(c)
		}
	}
}

func (x *extractor) typeSpec(n ts.Node) {
	name, written := n.Child("name").Text(), n.Child("type")
	t := languages.Type{Name: name, Function: x.fn, Outer: -1, Range: rangeOf(n)}
	for p := range n.Child("type_parameters").NamedChildren() {
		for c := range p.ChildrenByField("name") {
			if c.IsNamed() {
				t.Params = append(t.Params, c.Text())
			}
		}
	}
	switch written.Kind() {
	case "struct_type":
		t.Fields = x.fields(written)
	case "interface_type":
		t.Kind = languages.InterfaceType
		t.Bases = x.embeddedInterfaces(written)
	default:
		t.Kind = languages.AliasType
		if ref := x.typeRef(written); ref.Name != "" {
			t.Bases = []languages.TypeRef{ref}
		}
	}
	owner := x.b.Type(t)
	if _, ok := x.types[name]; !ok {
		x.types[name] = owner
		x.written[name] = written
	}
	if t.Kind == languages.InterfaceType {
		x.interfaceMethods(written, owner)
	}
}

func (x *extractor) fields(structType ts.Node) []languages.Field {
	var fields []languages.Field
	for n := range structType.NamedChild(0).NamedChildren() {
		if n.Kind() != "field_declaration" {
			continue
		}
		ref, named := x.typeRef(n.Child("type")), false
		for c := range n.ChildrenByField("name") {
			if c.IsNamed() {
				named = true
				fields = append(fields, languages.Field{Name: x.b.String(c.Bytes()), Type: ref, Range: rangeOf(n)})
			}
		}
		if !named {
			base := ref.Name[strings.LastIndexByte(ref.Name, '.')+1:]
			fields = append(fields, languages.Field{Name: base, Type: ref, Embedded: true, Range: rangeOf(n)})
		}
	}
	return fields
}

// embeddedInterfaces are those that stand alone: a union is a constraint, and
// nothing has it as its type.
func (x *extractor) embeddedInterfaces(interfaceType ts.Node) []languages.TypeRef {
	var bases []languages.TypeRef
	for n := range interfaceType.NamedChildren() {
		if n.Kind() != "type_elem" || n.NamedChildCount() != 1 {
			continue
		}
		switch c := n.NamedChild(0); c.Kind() {
		case "type_identifier", "qualified_type", "generic_type":
			bases = append(bases, x.typeRef(c))
		}
	}
	return bases
}

func (x *extractor) interfaceMethods(interfaceType ts.Node, owner int) {
	for n := range interfaceType.NamedChildren() {
		if n.Kind() == "method_elem" {
			f := languages.Function{Name: n.Child("name").Text(), Parent: x.fn, Owner: owner, Range: rangeOf(n)}
			x.function(n, f)
		}
	}
}

// typeRef reads a type as written. What is no type gives the zero TypeRef.
func (x *extractor) typeRef(n ts.Node) languages.TypeRef {
	if !x.deeper() {
		return languages.TypeRef{}
	}
	defer func() { x.depth-- }()
	switch n.Kind() {
	case "type_identifier", "identifier", "package_identifier":
		return languages.TypeRef{Name: x.b.String(n.Bytes())}
	case "qualified_type", "selector_expression":
		return languages.TypeRef{Name: x.qualified(n)}
	case "pointer_type", "parenthesized_type", "negated_type", "unary_expression",
		"parenthesized_expression":
		return x.typeRef(n.LastNamedChild())
	case "type_elem", "type_constraint":
		return x.union(n)
	case "generic_type":
		ref := x.typeRef(n.Child("type"))
		for c := range n.Child("type_arguments").NamedChildren() {
			ref.Args = append(ref.Args, x.typeRef(c))
		}
		return ref
	case "slice_type", "array_type", "implicit_length_array_type":
		return typeOf("[]", x.typeRef(n.Child("element")))
	case "map_type":
		return typeOf("map", x.typeRef(n.Child("key")), x.typeRef(n.Child("value")))
	case "channel_type":
		return typeOf("chan", x.typeRef(n.Child("value")))
	case "function_type":
		return languages.TypeRef{Name: "func", Args: x.resultTypes(n.Child("result"))}
	case "struct_type":
		return languages.TypeRef{Name: "struct"}
	case "interface_type":
		if n.NamedChildCount() == 0 {
			return languages.TypeRef{Name: "any"}
		}
		return languages.TypeRef{Name: "interface"}
	}
	return languages.TypeRef{}
}

func typeOf(name string, args ...languages.TypeRef) languages.TypeRef {
	return languages.TypeRef{Name: name, Args: args}
}

func (x *extractor) union(n ts.Node) languages.TypeRef {
	if n.NamedChildCount() == 1 {
		return x.typeRef(n.NamedChild(0))
	}
	ref := languages.TypeRef{Name: "|"}
	for c := range n.NamedChildren() {
		ref.Args = append(ref.Args, x.typeRef(c))
	}
	return ref
}

// qualified is "package.Name", without whatever blanks stand between.
func (x *extractor) qualified(n ts.Node) string {
	first, last := n.NamedChild(0).Bytes(), n.LastNamedChild().Bytes()
	if len(first)+1+len(last) == n.End()-n.Start() {
		return x.b.String(n.Bytes())
	}
	return string(first) + "." + string(last)
}
