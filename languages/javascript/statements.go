package javascript

import (
	"bytes"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

// An extractor walks the tree of one file, once, and hands what it sees to a
// Builder.
type extractor struct {
	b       *build.Builder
	src     []byte
	fn      int             // the innermost function
	depth   int             // of nested nodes
	damaged int             // of ERROR nodes around
	modules map[string]bool // those that File.Imports names
	formats map[string]bool // local names of util.format
}

// file collects the facts of the whole tree.
func (x *extractor) file(tree *treesitter.Tree) *languages.File {
	x.walk(tree.Root())
	if bytes.Contains(x.src, []byte(".prototype")) {
		x.prototypes()
	}
	x.scopes()
	for _, e := range tree.Errors() {
		x.b.Damage(e[0], e[1])
	}
	if x.b.HasComments() {
		x.comments(tree.Root())
	}
	return x.b.Finish()
}

func (x *extractor) comments(root treesitter.Node) {
	for n := range root.Descendants() {
		if n.Kind() != "comment" {
			continue
		}
		open, closing := "/*", "*/"
		if bytes.HasPrefix(n.Bytes(), []byte("//")) {
			open, closing = "//", ""
		}
		x.b.Comment(n.Start(), n.End(), open, closing)
		if last := len(x.b.File.Comments) - 1; last >= 0 {
			x.ownLine(&x.b.File.Comments[last])
		}
	}
}

// ownLine: in JSX a comment on a line of its own stands in braces.
func (x *extractor) ownLine(c *languages.Comment) {
	line := x.b.File.Position(c.Range.Start).Line
	before := x.src[x.b.File.Lines[line-1]:c.Range.Start]
	if c.Trailing && string(bytes.TrimSpace(before)) == "{" {
		c.Trailing = false
	}
}

// walk reads a node for its effects. What it is as a value is of no interest.
func (x *extractor) walk(n treesitter.Node) {
	if x.depth >= build.MaxDepth {
		return
	}
	x.depth++
	if !x.statement(n) {
		x.value(n)
	}
	x.depth--
}

func (x *extractor) walkChildren(n treesitter.Node) {
	for c := range n.NamedChildren() {
		x.walk(c)
	}
}

// statement reads a node unless its kind is that of an expression.
func (x *extractor) statement(n treesitter.Node) bool {
	switch n.Kind() {
	case "program", "statement_block", "expression_statement", "if_statement", "else_clause",
		"for_statement", "while_statement", "do_statement", "switch_statement", "switch_body",
		"switch_case", "switch_default", "try_statement", "finally_clause", "throw_statement",
		"labeled_statement", "with_statement", "lexical_declaration", "variable_declaration",
		"ambient_declaration", "parenthesized_expression":
		x.walkChildren(n)
	case "variable_declarator":
		x.variable(n)
	case "function_declaration", "generator_function_declaration", "function_signature":
		x.functionDeclaration(n)
	case "class_declaration", "abstract_class_declaration":
		x.class(n, "", x.decorators(n))
	case "interface_declaration":
		x.interfaceType(n)
	case "type_alias_declaration":
		x.aliasType(n)
	case "enum_declaration":
		x.enumType(n)
	case "internal_module", "module":
		if n.Child("name").Kind() != "string" {
			x.walk(n.Child("body"))
		}
	case "import_statement":
		x.importStatement(n)
	case "import_alias":
		x.importAlias(n)
	case "export_statement":
		x.exportStatement(n)
	case "return_statement":
		x.returnStatement(n)
	case "for_in_statement":
		x.forIn(n)
	case "catch_clause":
		if p := n.Child("parameter"); p.Valid() {
			x.assign(p, nil, languages.TypeRef{}, declared)
		}
		x.walk(n.Child("body"))
	case "ERROR":
		x.damaged++
		x.fragments(n.FirstChild(), nil)
		x.damaged--
	default:
		return skipped(n.Kind())
	}
	return true
}

// skipped are the kinds that can hold no call, and types, whose calls are none.
func skipped(kind string) bool {
	switch kind {
	case "identifier", "property_identifier", "private_property_identifier", "this", "super",
		"number", "null", "undefined", "true", "false", "regex", "comment", "html_comment",
		"hash_bang_line", "empty_statement", "break_statement", "continue_statement",
		"debugger_statement", "statement_identifier", "jsx_text", "jsx_closing_element",
		"type_annotation", "type_arguments", "type_parameters", "type_identifier",
		"predefined_type", "nested_type_identifier", "generic_type", "union_type",
		"intersection_type", "object_type", "array_type", "tuple_type", "function_type",
		"constructor_type", "conditional_type", "type_query", "literal_type",
		"template_literal_type", "type_predicate", "type_predicate_annotation", "asserts",
		"asserts_annotation", "lookup_type", "index_type_query", "readonly_type", "infer_type",
		"parenthesized_type", "implements_clause", "extends_type_clause", "interface_body",
		"meta_property", "import", "accessibility_modifier", "override_modifier":
		return true
	}
	return false
}

func (x *extractor) variable(n treesitter.Node) {
	name, value, typ := n.Child("name"), n.Child("value"), x.annotation(n)
	if value.Kind() == "class" && name.Kind() == "identifier" {
		// The class goes by the variable's name: types refer to it by that.
		own := value.Child("name")
		if !own.Valid() || bytes.Equal(own.Bytes(), name.Bytes()) {
			x.class(value, x.text(name), x.decorators(value))
			return
		}
	}
	var v *languages.Expr
	if value.Valid() {
		v = x.value(value)
	}
	x.assign(name, v, typ, declared)
}

func (x *extractor) returnStatement(n treesitter.Node) {
	if v := n.NamedChild(0); v.Valid() {
		x.b.Return(x.fn, x.value(v))
	}
}

// forIn reads "for (x of y)" and "for (x in y)": the former gives elements, the
// latter keys, of which nothing is known.
func (x *extractor) forIn(n treesitter.Node) {
	left, right := n.Child("left"), n.Child("right")
	over := x.value(right)
	e := x.expr(languages.Unknown, right)
	if n.Child("operator").Kind() == "of" {
		e.Kind, e.Base = languages.Each, over
	}
	how := assigned
	if n.Child("kind").Valid() {
		how = declared
	}
	x.assign(left, e, languages.TypeRef{}, how)
	x.walk(n.Child("body"))
}

// fragments reads the children of an ERROR node from c on. There a call may
// have come apart into its pieces: "a.b", "(", arguments. It returns where to go
// on after the arguments of call, if that is not nil.
func (x *extractor) fragments(c treesitter.Node, call *languages.Expr) treesitter.Node {
	if x.depth >= build.MaxDepth {
		return treesitter.Node{}
	}
	x.depth++
	defer func() { x.depth-- }()
	for c.Valid() {
		next := c.NextSibling()
		var e *languages.Expr
		switch {
		case call != nil && c.Kind() == ")":
			call.Range.End = int32(c.End())
			return next
		case c.Kind() == "member_expression" && next.Kind() == "(":
			e = x.expr(languages.Call, c)
			x.b.Call(x.fn, e)
			x.setBase(e, x.value(c))
			next = x.fragments(next.NextSibling(), e)
		case c.IsNamed() && call != nil && c.Kind() != "comment":
			e = x.value(c)
		case c.IsNamed():
			x.walk(c)
		}
		if e != nil && call != nil {
			call.SetItems(append(call.Items(), languages.Item{Value: e, Range: e.Range}))
			call.Range.End = max(call.Range.End, e.Range.End)
		}
		c = next
	}
	return c
}

// scopes settles which assignments are to names of enclosing functions. Only
// now all declarations of a function are known: they may follow.
func (x *extractor) scopes() {
	for i := range x.b.File.Functions {
		f := &x.b.File.Functions[i]
		var own map[string]bool
		for j := range f.Bindings {
			binding := &f.Bindings[j]
			if !binding.Nonlocal {
				continue
			}
			if own == nil {
				own = ownNames(f)
			}
			binding.Nonlocal = i > 0 && !own[binding.Target.Text]
		}
	}
}

// ownNames returns the names of parameters and variables of a function.
func ownNames(f *languages.Function) map[string]bool {
	own := make(map[string]bool)
	for _, p := range f.Params {
		own[p.Name] = true
		for _, local := range p.Pattern {
			own[local] = true
		}
	}
	for _, b := range f.Bindings {
		if !b.Nonlocal && b.Target.Kind == languages.Name {
			own[b.Target.Text] = true
		}
	}
	return own
}
