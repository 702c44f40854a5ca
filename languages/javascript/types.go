package javascript

import (
	"bytes"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

// annotation returns the declared type of a variable, parameter or field.
func (x *extractor) annotation(n treesitter.Node) languages.TypeRef {
	return x.typeRef(n.Child("type"))
}

// typeRef brings a type to the contract's normal form.
func (x *extractor) typeRef(n treesitter.Node) languages.TypeRef {
	if !n.Valid() || x.depth >= build.MaxDepth {
		return languages.TypeRef{}
	}
	x.depth++
	defer func() { x.depth-- }()
	switch n.Kind() {
	case "type_identifier", "identifier", "predefined_type", "this_type", "existential_type":
		return languages.TypeRef{Name: x.text(n)}
	case "nested_type_identifier", "nested_identifier":
		return languages.TypeRef{Name: squeezed(n)}
	case "type_annotation", "readonly_type", "parenthesized_type", "rest_type", "optional_type",
		"flow_maybe_type", "opting_type_annotation", "omitting_type_annotation":
		return x.typeRef(n.NamedChild(0))
	case "generic_type":
		return x.generic(n)
	case "union_type":
		return joined("|", x.operands(n, "union_type"))
	case "intersection_type":
		return joined("&", x.operands(n, "intersection_type"))
	case "array_type":
		return listOf(x.typeRef(n.NamedChild(0)))
	case "tuple_type":
		return x.tuple(n)
	case "function_type":
		return languages.TypeRef{Name: "func", Args: []languages.TypeRef{x.typeRef(n.Child("return_type"))}}
	case "constructor_type":
		return languages.TypeRef{Name: "func", Args: []languages.TypeRef{x.annotation(n)}}
	case "type_query":
		return languages.TypeRef{Name: "typeof", Args: []languages.TypeRef{x.queried(n.NamedChild(0))}}
	case "member_expression", "call_expression":
		return x.queried(n)
	case "object_type":
		return x.objectType(n)
	case "conditional_type":
		return joined("|", []languages.TypeRef{
			x.typeRef(n.Child("consequence")), x.typeRef(n.Child("alternative")),
		})
	case "literal_type":
		return languages.TypeRef{Name: literalTypes[n.NamedChild(0).Kind()]}
	case "template_literal_type", "index_type_query":
		return languages.TypeRef{Name: "string"}
	case "type_predicate_annotation", "type_predicate":
		return languages.TypeRef{Name: "boolean"}
	}
	return languages.TypeRef{}
}

// literalTypes are the types of literal types. Null and undefined have none.
var literalTypes = map[string]string{
	"string": "string", "template_string": "string", "number": "number",
	"unary_expression": "number", "true": "boolean", "false": "boolean",
}

// typeRefs converts the named children of a list of types.
func (x *extractor) typeRefs(n treesitter.Node) []languages.TypeRef {
	var list []languages.TypeRef
	for c := range n.NamedChildren() {
		list = append(list, x.typeRef(c))
	}
	return list
}

func (x *extractor) typeArguments(n treesitter.Node) []languages.TypeRef {
	return x.typeRefs(n)
}

func listOf(element languages.TypeRef) languages.TypeRef {
	return languages.TypeRef{Name: "[]", Args: []languages.TypeRef{element}}
}

// squeezed is the text of a dotted name without blanks and line ends.
func squeezed(n treesitter.Node) string {
	return string(bytes.Join(bytes.Fields(n.Bytes()), nil))
}

// generic reads X<A, B>. The library's wrappers that leave the members of
// their argument as they are, are left out.
func (x *extractor) generic(n treesitter.Node) languages.TypeRef {
	ref := x.typeRef(n.Child("name"))
	ref.Args = x.typeArguments(n.Child("type_arguments"))
	if len(ref.Args) == 0 {
		return ref
	}
	switch ref.Name {
	case "Array", "ReadonlyArray", "Set", "ReadonlySet", "Iterable", "AsyncIterable":
		return listOf(ref.Args[0])
	case "Record", "Map", "ReadonlyMap", "WeakMap":
		ref.Name = "map"
	case "Readonly", "Partial", "Required", "NonNullable", "Awaited", "Omit", "Pick":
		return ref.Args[0]
	}
	return ref
}

// joined is a union or intersection without what has no name, such as null and
// undefined: nullability is not told. One type that is left stands for itself.
func joined(operator string, operands []languages.TypeRef) languages.TypeRef {
	var args []languages.TypeRef
	for _, arg := range operands {
		if arg.Name != "" {
			args = append(args, arg)
		}
	}
	switch len(args) {
	case 0:
		return languages.TypeRef{}
	case 1:
		return args[0]
	}
	return languages.TypeRef{Name: operator, Args: args}
}

// operands lists the operands of a type operator. The tree leans to the left,
// and long ones are common, so this must not recurse.
func (x *extractor) operands(n treesitter.Node, kind string) []languages.TypeRef {
	var nodes []treesitter.Node
	for n.Kind() == kind {
		first := n.NamedChild(0)
		if last := n.LastNamedChild(); last != first {
			nodes = append(nodes, last)
		}
		n = first
	}
	refs := []languages.TypeRef{x.typeRef(n)}
	for i := len(nodes) - 1; i >= 0; i-- {
		refs = append(refs, x.typeRef(nodes[i]))
	}
	return refs
}

// tuple is a list of any of its elements.
func (x *extractor) tuple(n treesitter.Node) languages.TypeRef {
	var args []languages.TypeRef
	for c := range n.NamedChildren() {
		arg := x.typeRef(c)
		if t := c.Child("type"); t.Valid() { // named: [from: string]
			arg = x.typeRef(t)
		}
		args = append(args, arg)
	}
	return listOf(joined("|", args))
}

// queried names the expression of a "typeof", or a type of an imported module.
func (x *extractor) queried(n treesitter.Node) languages.TypeRef {
	var path []treesitter.Node
	base := n
	for base.Kind() == "member_expression" {
		path = append(path, base.Child("property"))
		base = base.Child("object")
	}
	if base.Kind() == "instantiation_expression" {
		return x.queried(base.NamedChild(0))
	}
	if base.Kind() != "call_expression" || base.Child("function").Kind() != "import" {
		return languages.TypeRef{Name: squeezed(n)}
	}
	imported := languages.Import{
		Module: x.literalText(base.Child("arguments").NamedChild(0)),
		Local:  unnamed("import", base),
		Range:  build.Range(base.Start(), base.End()),
	}
	name := imported.Local
	if last := len(path) - 1; last >= 0 {
		imported.Symbol = x.text(path[last])
		for _, p := range path[:last] {
			name += "." + x.text(p)
		}
	}
	x.addImport(imported)
	return languages.TypeRef{Name: name}
}

// objectType declares a type for one that is written in place.
func (x *extractor) objectType(n treesitter.Node) languages.TypeRef {
	for c := range n.NamedChildren() {
		if c.Kind() == "property_signature" || c.Kind() == "method_signature" {
			c := &class{x: x, index: x.newType(n, unnamed("type", n), languages.InterfaceType)}
			c.members(n)
			return languages.TypeRef{Name: x.b.File.Types[c.index].Name}
		}
	}
	return languages.TypeRef{}
}
