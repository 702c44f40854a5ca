package golang

import (
	"strings"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
	ts "github.com/keyvet/keyvet/languages/internal/treesitter"
)

// An extractor walks one tree. It goes through statements with node and through
// expressions with expr; both know how deep they are.
type extractor struct {
	b       *build.Builder
	fn      int             // index of the innermost function
	results []ts.Node       // names of its results, for a bare return
	depth   int             // of nested syntax
	damaged int             // more than 0 below an ERROR
	embed   string          // the file that the next var declaration embeds
	locals  map[local]bool  // what was declared so far
	known   map[string]bool // local name + "." + function: what callText folds

	declared map[int]bool       // offsets of the type declarations that are done
	types    map[string]int     // the file's own types, by name
	written  map[string]ts.Node // and how they were declared
	shapes   map[int]*shape     // of literals, by the offset of their type
}

// local is a name in the scope of a function.
type local struct {
	fn   int
	name string
}

func newExtractor(b *build.Builder) *extractor {
	return &extractor{
		b:        b,
		locals:   make(map[local]bool),
		known:    make(map[string]bool),
		declared: make(map[int]bool),
		types:    make(map[string]int),
		written:  make(map[string]ts.Node),
		shapes:   make(map[int]*shape),
	}
}

// file reads imports and types first: a method may stand before its type, and a
// literal before the type that tells whether it is a list.
func (x *extractor) file(root ts.Node) {
	x.heads(root)
	x.node(root)
}

func (x *extractor) heads(n ts.Node) {
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "package_clause":
			if x.b.File.Package == "" {
				x.b.File.Package = c.NamedChild(0).Text()
			}
		case "import_declaration":
			x.imports(c)
		case "type_declaration":
			x.typeDeclaration(c)
		case "ERROR":
			if x.deeper() {
				x.heads(c)
				x.depth--
			}
		}
	}
}

// deeper counts one level of nesting, or tells that it is enough.
func (x *extractor) deeper() bool {
	if x.depth >= build.MaxDepth {
		return false
	}
	x.depth++
	return true
}

// node reads a statement, a declaration, or whatever else holds some.
func (x *extractor) node(n ts.Node) {
	if !x.deeper() {
		return
	}
	defer func() { x.depth-- }()
	switch n.Kind() {
	case "package_clause", "import_declaration", // done by heads
		"comment", "label_name", "parameter_list", "type_parameter_list", "type_arguments",
		"type_identifier", "qualified_type", "generic_type", "pointer_type", "slice_type",
		"array_type", "map_type", "channel_type", "function_type", "struct_type",
		"interface_type", "parenthesized_type", "field_declaration_list", "field_declaration",
		"method_elem", "type_elem":
		return
	case "source_file", "ERROR":
		x.sequence(n)
	case "type_declaration":
		x.typeDeclaration(n)
	case "function_declaration", "method_declaration":
		x.declaredFunction(n)
	case "var_declaration", "const_declaration":
		x.values(n)
	case "short_var_declaration":
		x.assignment(n, n.Child("left"), n.Child("right"), true)
	case "assignment_statement":
		x.assignmentStatement(n)
	case "receive_statement":
		x.assignment(n, n.Child("left"), n.Child("right"), hasToken(n, ":="))
	case "send_statement":
		x.send(n)
	case "range_clause":
		x.rangeClause(n)
	case "return_statement":
		x.returns(n)
	case "type_switch_statement":
		x.typeSwitch(n)
	case "expression_switch_statement":
		x.valueSwitch(n)
	case "if_statement":
		x.ifStatement(n)
	case "call_expression", "selector_expression", "index_expression", "slice_expression",
		"type_assertion_expression", "type_conversion_expression", "composite_literal",
		"func_literal", "unary_expression", "binary_expression", "parenthesized_expression",
		"literal_value", "interpreted_string_literal", "raw_string_literal":
		x.expr(n)
	default:
		for c := range n.NamedChildren() {
			x.node(c)
		}
	}
}

// sequence reads the children of the file, with the comments that say what to
// embed, or of an ERROR, where calls may have come apart.
func (x *extractor) sequence(n ts.Node) {
	if n.IsError() {
		x.damaged++
		defer func() { x.damaged-- }()
	}
	for c := n.FirstChild(); c.Valid(); c = c.NextSibling() {
		if !c.IsNamed() {
			continue
		}
		if n.IsError() {
			if next := c.NextSibling(); next.Kind() == "(" || next.Kind() == "argument_list" {
				if last := x.looseCall(c, next); last.Valid() {
					c = last
					continue
				}
			}
		}
		switch c.Kind() {
		case "comment":
			x.embed = embedded(c)
			continue
		case "var_declaration":
			x.values(c)
		default:
			x.node(c)
		}
		x.embed = ""
	}
}

// looseCall makes a call of what in an ERROR looks like one: a name, then "("
// and arguments, or an argument list. It returns the last node that it used.
func (x *extractor) looseCall(name, open ts.Node) ts.Node {
	if name.Kind() != "selector_expression" && name.Kind() != "identifier" {
		return ts.Node{}
	}
	call := x.newCall(name.Start(), open.End(), true)
	x.callee(call, name)
	if open.Kind() == "argument_list" {
		call.Items = x.arguments(open)
		return open
	}
	last := open
	for c := open.NextSibling(); c.Valid(); c = c.NextSibling() {
		switch kind := c.Kind(); {
		case kind == ")":
			call.Range.End = int32(c.End())
			return c
		case kind == "{" || kind == "}" || kind == ";" || kind == "func":
			return last
		case c.IsNamed() && kind != "comment":
			call.Items = append(call.Items, x.argument(c))
		}
		last = c
		call.Range.End = int32(c.End())
	}
	return last
}

func (x *extractor) comments(root ts.Node) {
	for n := range root.Descendants() {
		if n.Kind() != "comment" {
			continue
		}
		if strings.HasPrefix(string(n.Bytes()), "/*") {
			x.b.Comment(n.Start(), n.End(), "/*", "*/")
		} else {
			x.b.Comment(n.Start(), n.End(), "//", "")
		}
	}
}

// declare notes that the innermost function has a name of its own.
func (x *extractor) declare(name string) { x.locals[local{x.fn, name}] = true }

// isVariable reports whether name was declared in a function around, or as a
// variable of the file so far.
func (x *extractor) isVariable(name string) bool {
	for fn := x.fn; fn >= 0; fn = x.b.File.Functions[fn].Parent {
		if x.locals[local{fn, name}] {
			return true
		}
	}
	return false
}

func hasToken(n ts.Node, kind string) bool {
	for c := range n.Children() {
		if c.Kind() == kind {
			return true
		}
	}
	return false
}

func rangeOf(n ts.Node) languages.Range { return build.Range(n.Start(), n.End()) }
