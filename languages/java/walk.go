package java

import (
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

type node = treesitter.Node

// An extractor walks the tree of one file.
type extractor struct {
	*build.Builder
	scope
	src     []byte
	depth   int
	damaged int // ERROR nodes around
	// locals holds what each function declares.
	locals map[local]shape
	// bounds holds what the type parameters in scope extend.
	bounds map[string]languages.TypeRef
	// static holds the class of each name that is imported from one.
	static map[string]string
	// yields collects the values of the switch expression around.
	yields []*languages.Expr
}

// A scope is where in the file's declarations the walk is.
type scope struct {
	fn         int // function
	typ        int // type, -1 for none
	init       int // typ's "<init>", -1 while there is none
	components []languages.Param
	fields     []field
}

// A local is a name that a function declares.
type local struct {
	fn   int
	name string
}

// A shape is what a local's declaration says of its values.
type shape uint8

const (
	otherShape shape = iota
	listShape        // array, list
	numberShape
)

func shapeOf(t languages.TypeRef) shape {
	switch t.Name {
	case "[]":
		return listShape
	case "int", "long", "short", "byte", "double", "float", "Integer", "Long":
		return numberShape
	}
	return otherShape
}

// shape finds the declaration of a name in this function and those around it.
func (x *extractor) shape(name string) shape {
	for fn := x.fn; fn >= 0; fn = x.File.Functions[fn].Parent {
		if s, declared := x.locals[local{fn, name}]; declared {
			return s
		}
	}
	return otherShape
}

func extract(path string, src []byte, tree *treesitter.Tree) *languages.File {
	x := &extractor{
		Builder: build.New(path, name, src),
		scope:   scope{typ: -1, init: -1},
		src:     src,
		locals:  make(map[local]shape),
		static:  make(map[string]string),
	}
	for _, e := range tree.Errors() {
		x.Damage(e[0], e[1])
	}
	x.walk(tree.Root())
	if x.HasComments() {
		x.comments(tree.Root())
	}
	return x.Finish()
}

func (x *extractor) comments(root node) {
	for n := range root.Descendants() {
		switch n.Kind() {
		case "line_comment":
			x.Comment(n.Start(), n.End(), "//", "")
		case "block_comment":
			open := "/*"
			if n.End()-n.Start() > 4 && x.src[n.Start()+2] == '*' {
				open = "/**"
			}
			x.Comment(n.Start(), n.End(), open, "*/")
		}
	}
}

// text is the source of a name. The tree's own text may be mended.
func (x *extractor) text(n node) string { return x.String(x.src[n.Start():n.End()]) }

func rangeOf(n node) languages.Range { return build.Range(n.Start(), n.End()) }

// walk reads a statement or a declaration, or whatever stands where one should.
func (x *extractor) walk(n node) {
	if x.depth >= build.MaxDepth {
		return
	}
	x.depth++
	switch {
	case n.IsError():
		x.broken(n)
	case x.statement(n):
		x.errorsIn(n)
	default:
		if x.expression(n) == nil {
			x.children(n)
		}
		x.errorsIn(n)
	}
	x.depth--
}

// children walks all children but errors, which errorsIn reads.
func (x *extractor) children(n node) {
	for c := range n.NamedChildren() {
		if !c.IsError() {
			x.walk(c)
		}
	}
}

// errorsIn reads what stands in the ERROR nodes right below n.
func (x *extractor) errorsIn(n node) {
	if !n.HasError() {
		return
	}
	for c := range n.Children() {
		if c.IsError() {
			x.walk(c)
		}
	}
}

// statement reads all that is no expression. It reports whether it did.
func (x *extractor) statement(n node) bool {
	switch n.Kind() {
	case "package_declaration":
		x.File.Package = x.dotted(n.LastNamedChild())
	case "import_declaration":
		x.importName(n)
	case "class_declaration":
		x.typeDeclaration(n, languages.ClassType)
	case "record_declaration":
		x.typeDeclaration(n, languages.ClassType)
	case "interface_declaration", "annotation_type_declaration":
		x.typeDeclaration(n, languages.InterfaceType)
	case "enum_declaration":
		x.typeDeclaration(n, languages.EnumType)
	case "method_declaration", "constructor_declaration", "compact_constructor_declaration":
		x.method(n)
	case "field_declaration", "constant_declaration":
		if x.typ >= 0 {
			x.fieldDeclaration(n)
		} else {
			x.variables(n)
		}
	case "local_variable_declaration":
		x.variables(n)
	case "return_statement":
		for c := range n.NamedChildren() {
			x.Return(x.fn, x.value(c))
		}
	case "yield_statement":
		for c := range n.NamedChildren() {
			x.yields = append(x.yields, x.value(c))
		}
	case "if_statement":
		x.ifStatement(n)
	case "enhanced_for_statement":
		x.forEach(n)
	case "resource":
		x.resource(n)
	case "catch_formal_parameter":
		x.declare(n.Child("name"), x.typeRef(n.NamedChild(catchType(n))), nil, n)
	case "switch_expression":
		x.switchBody(n, nil)
	case "labeled_statement":
		x.walk(n.LastNamedChild())
	case "break_statement", "continue_statement", "module_declaration", "modifiers",
		"marker_annotation", "annotation", "annotation_type_element_declaration", "dimensions", "type_arguments", "type_parameters",
		"type_identifier", "scoped_type_identifier", "generic_type", "array_type", "annotated_type",
		"integral_type", "floating_point_type", "boolean_type", "void_type", "throws",
		"superclass", "super_interfaces", "extends_interfaces", "permits", "inferred_parameters",
		"formal_parameters", "line_comment", "block_comment":
		// They hold no code.
	default:
		return false
	}
	return true
}

// ifStatement follows a chain of else-ifs without going deeper.
func (x *extractor) ifStatement(n node) {
	for {
		x.value(n.Child("condition"))
		x.walk(n.Child("consequence"))
		rest := n.Child("alternative")
		if rest.Kind() != "if_statement" {
			if rest.Valid() {
				x.walk(rest)
			}
			return
		}
		n = rest
		x.errorsIn(n)
	}
}

// catchType is the index of the type among a catch parameter's children.
func catchType(n node) int {
	if n.NamedChild(0).Kind() == "modifiers" {
		return 1
	}
	return 0
}
