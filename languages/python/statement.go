package python

import (
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

type node = treesitter.Node

// An extractor walks one tree. Its fields say where it is.
type extractor struct {
	b   *build.Builder
	src []byte

	fn       int             // index of the function
	class    int             // index of the type whose body this is, plus one
	nonlocal map[string]bool // names that fn declared global or nonlocal

	depth   int
	damaged int           // number of ERROR nodes around
	errors  map[node]bool // ERROR nodes that are read
	quiet   bool          // in a type's annotations: nothing is called
	noType  int           // offset of a "(" that follows a misread "type", see typeAlias
}

func (x *extractor) leave() { x.depth-- }

// visit reads a statement, or anything else that may hold statements.
func (x *extractor) visit(n node) {
	x.depth++
	defer x.leave()
	if x.depth >= build.MaxDepth {
		return
	}
	x.statement(n)
	if n.HasError() {
		x.visitErrors(n)
	}
}

func (x *extractor) statement(n node) {
	switch n.Kind() {
	case "expression_statement":
		x.expressionStatement(n)
	case "decorated_definition":
		x.decorated(n)
	case "function_definition":
		x.function(n, nil)
	case "class_definition":
		x.classDefinition(n, nil)
	case "return_statement":
		x.returnStatement(n)
	case "for_statement":
		x.loop(n.Child("left"), x.expr(n.Child("right")), false)
		x.visitRest(n)
	case "except_clause", "except_group_clause":
		x.except(n)
	case "import_statement":
		x.importStatement(n)
	case "import_from_statement":
		x.importFrom(n)
	case "global_statement", "nonlocal_statement":
		x.global(n)
	case "type_alias_statement":
		x.typeAlias(n)
	case "ERROR":
		x.broken(n)
	case "comment", "case_pattern", "type", "line_continuation", "future_import_statement", "":
	case "module", "block", "if_statement", "elif_clause", "else_clause", "while_statement",
		"try_statement", "finally_clause", "with_statement", "with_clause", "with_item",
		"match_statement", "case_clause", "if_clause", "raise_statement", "assert_statement",
		"delete_statement", "print_statement", "exec_statement", "chevron":
		x.visitAll(n)
	default:
		x.expr(n)
	}
}

func (x *extractor) visitAll(n node) {
	for c := range n.NamedChildren() {
		x.visit(c)
	}
}

// visitRest reads the bodies of a statement whose head is read. In damaged code
// there may be several, and parts that are no field at all.
func (x *extractor) visitRest(n node) {
	for c := range n.NamedChildren() {
		switch c.Field() {
		case "name", "parameters", "return_type", "type_parameters", "superclasses", "left", "right":
		default:
			x.visit(c)
		}
	}
}

// expressionStatement leaves out docstrings and other texts that nobody uses.
func (x *extractor) expressionStatement(n node) {
	for c := range n.NamedChildren() {
		if k := c.Kind(); (k == "string" || k == "concatenated_string") && !hasHole(c) {
			continue
		}
		x.visit(c)
	}
}

func (x *extractor) returnStatement(n node) {
	for c := range n.NamedChildren() {
		if c.Kind() == "line_continuation" {
			continue
		}
		x.returns(x.returned(c))
	}
}

// returned is a value that leaves a function: a tuple means several results.
func (x *extractor) returned(n node) *languages.Expr {
	e := x.expr(n)
	for n.Kind() == "parenthesized_expression" {
		n = n.NamedChild(0)
	}
	if k := n.Kind(); e.Kind == languages.List && (k == "expression_list" || k == "tuple") {
		e.Kind = languages.Tuple
	}
	return e
}

func (x *extractor) returns(e *languages.Expr) {
	if !x.quiet && x.fn > 0 { // a file returns nothing
		x.b.Return(x.fn, e)
	}
}

// except binds the name of a caught error, of which only the type is known.
func (x *extractor) except(n node) {
	for c := range n.NamedChildren() {
		if c.Kind() != "as_pattern" {
			x.visit(c)
			continue
		}
		caught := c.NamedChild(0)
		x.visit(caught)
		if name := c.Child("alias").NamedChild(0); name.Kind() == "identifier" {
			x.add(languages.Binding{Target: x.name(name), Type: parseType(caught.Bytes()), Range: span(c)})
		}
	}
}

func (x *extractor) global(n node) {
	if x.fn == 0 {
		return // says nothing outside of functions
	}
	if x.nonlocal == nil {
		x.nonlocal = make(map[string]bool)
	}
	for c := range n.NamedChildren() {
		x.nonlocal[c.Text()] = true
	}
}

func (x *extractor) importStatement(n node) {
	for c := range n.ChildrenByField("name") {
		module, alias := importName(c)
		if module == "" {
			continue
		}
		if alias == "" {
			alias = firstSegment(module)
		}
		x.addImport(languages.Import{Module: module, Local: alias, Range: span(c)})
	}
}

func (x *extractor) importFrom(n node) {
	module := stripSpace(n.Child("module_name").Bytes())
	for c := range n.NamedChildren() {
		if c.Kind() == "wildcard_import" {
			x.addImport(languages.Import{Module: module, Symbol: "*", Range: span(c)})
		}
	}
	for c := range n.ChildrenByField("name") {
		symbol, alias := importName(c)
		if symbol == "" {
			continue
		}
		if alias == "" {
			alias = symbol
		}
		x.addImport(languages.Import{Module: module, Symbol: symbol, Local: alias, Range: span(c)})
	}
}

func (x *extractor) addImport(i languages.Import) {
	i.Function = x.fn
	x.b.File.Imports = append(x.b.File.Imports, i)
}

// importName returns the dotted name of a "dotted_name" or "aliased_import",
// and the alias. Both are empty for a comma, which is part of the field too.
func importName(n node) (name, alias string) {
	switch n.Kind() {
	case "dotted_name":
		return stripSpace(n.Bytes()), ""
	case "aliased_import":
		return stripSpace(n.Child("name").Bytes()), n.Child("alias").Text()
	}
	return "", ""
}

// typeAlias reads "type X = Y". The grammar also takes the call in
// "type(x).attr = y" for it: the parenthesis then starts the first type.
func (x *extractor) typeAlias(n node) {
	left, right := n.NamedChild(0), n.NamedChild(1)
	if left.Start() < len(x.src) && x.src[left.Start()] == '(' {
		x.noType = left.Start()
		value := x.expr(right.NamedChild(0))
		x.bind(left.NamedChild(0), value, languages.TypeRef{}, span(n))
		x.noType = -1
		return
	}
	alias := parseType(left.Bytes())
	t := languages.Type{Name: alias.Name, Kind: languages.AliasType, Range: span(n)}
	for _, p := range alias.Args {
		t.Params = append(t.Params, p.Name)
	}
	x.addAlias(t, parseType(right.Bytes()))
}

func (x *extractor) addAlias(t languages.Type, of languages.TypeRef) {
	if t.Name == "" || of.Name == "" || x.quiet {
		return
	}
	t.Function, t.Outer = x.fn, x.class-1
	t.Bases = []languages.TypeRef{of}
	x.b.Type(t)
}

func span(n node) languages.Range { return build.Range(n.Start(), n.End()) }
