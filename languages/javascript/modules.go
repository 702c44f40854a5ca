package javascript

import (
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

func (x *extractor) addImport(i languages.Import) {
	i.Function = x.fn
	x.modules[i.Module] = true
	x.b.File.Imports = append(x.b.File.Imports, i)
}

// require says that the file depends on a module that it gives no name.
func (x *extractor) require(module string, n treesitter.Node) {
	if !x.modules[module] {
		x.addImport(languages.Import{Module: module, Range: build.Range(n.Start(), n.End())})
	}
}

// moduleExpr is a module as a value.
func (x *extractor) moduleExpr(module string, n treesitter.Node) *languages.Expr {
	x.require(module, n)
	e := x.expr(languages.Module, n)
	e.Text = module
	return e
}

func (x *extractor) importStatement(n treesitter.Node) {
	module := x.literalText(n.Child("source"))
	named := len(x.b.File.Imports)
	add := func(symbol, local string, at treesitter.Node) {
		if local != "" && symbol == "format" && (module == "util" || module == "node:util") {
			x.format(local)
		}
		x.addImport(languages.Import{
			Module: module, Symbol: symbol, Local: local, Range: build.Range(at.Start(), at.End()),
		})
	}
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "import_require_clause": // import x = require("y")
			module = x.literalText(c.Child("source"))
			add("", x.text(c.NamedChild(0)), c)
		case "import_clause":
			x.importClause(c, add)
		case "ERROR":
			x.walk(c)
		}
	}
	if len(x.b.File.Imports) == named && module != "" {
		add("", "", n)
	}
}

func (x *extractor) importClause(n treesitter.Node, add func(symbol, local string, at treesitter.Node)) {
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "identifier":
			add("default", x.text(c), c)
		case "namespace_import":
			add("", x.text(c.NamedChild(0)), c)
		case "named_imports":
			for s := range c.NamedChildren() {
				if s.Kind() == "import_specifier" {
					name, alias := x.specifier(s)
					add(name, alias, s)
				}
			}
		}
	}
}

// specifier reads "a as b" of an import or export.
func (x *extractor) specifier(n treesitter.Node) (name, alias string) {
	name, _ = x.key(n.Child("name"))
	if a := n.Child("alias"); a.Valid() {
		alias, _ = x.key(a)
		return name, alias
	}
	return name, name
}

// importAlias reads "import x = A.B" and returns the name.
func (x *extractor) importAlias(n treesitter.Node) treesitter.Node {
	name := n.NamedChild(0)
	x.bind(x.name(name), x.value(n.LastNamedChild()), languages.TypeRef{}, declared)
	return name
}

func (x *extractor) export(name string, value *languages.Expr) {
	x.b.File.Exports = append(x.b.File.Exports, languages.Export{Name: name, Value: value})
}

// exportNamed exports a name of the file under the name itself or another one.
func (x *extractor) exportNamed(name string, local treesitter.Node) {
	x.export(name, x.name(local))
}

func (x *extractor) exportStatement(n treesitter.Node) {
	annotations := x.decorators(n)
	isDefault, isAll, isWhole, isGlobal := false, false, false, false
	for c := range n.Children() {
		switch c.Kind() {
		case "default":
			isDefault = true
		case "*":
			isAll = true
		case "=":
			isWhole = true
		case "namespace":
			isGlobal = true
		}
	}
	source, value := n.Child("source"), n.Child("value")
	switch {
	case n.Child("declaration").Valid():
		x.exportDeclaration(n.Child("declaration"), isDefault, annotations)
	case isDefault && value.Valid():
		x.exportDefault(value, annotations)
	case source.Valid():
		x.exportFrom(n, x.literalText(source), isAll)
	case isWhole:
		x.export("=", x.value(n.LastNamedChild()))
	case isGlobal: // export as namespace X
	default:
		x.exportClause(n)
	}
}

func (x *extractor) exportClause(n treesitter.Node) {
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "decorator":
		case "export_clause":
			for s := range c.NamedChildren() {
				if s.Kind() == "export_specifier" {
					_, alias := x.specifier(s)
					x.exportNamed(alias, s.Child("name"))
				}
			}
		default:
			x.walk(c)
		}
	}
}

// exportFrom hands on what another module exports.
func (x *extractor) exportFrom(n treesitter.Node, module string, all bool) {
	if all {
		x.addImport(languages.Import{
			Module: module, Symbol: "*", Reexport: true, Range: build.Range(n.Start(), n.End()),
		})
		return
	}
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "namespace_export":
			name, _ := x.key(c.NamedChild(0))
			x.export(name, x.moduleExpr(module, c))
		case "export_clause":
			for s := range c.NamedChildren() {
				if s.Kind() == "export_specifier" {
					name, alias := x.specifier(s)
					x.export(alias, x.part(x.moduleExpr(module, s), s.Child("name"), name))
				}
			}
		}
	}
	x.require(module, n)
}

func (x *extractor) exportDefault(n treesitter.Node, annotations []*languages.Expr) {
	if n.Kind() == "class" {
		index := x.class(n, unnamed("class", n), append(annotations, x.decorators(n)...))
		x.export("default", x.hidden(x.b.File.Types[index].Name, n))
		return
	}
	x.export("default", x.value(n))
}

func (x *extractor) exportDeclaration(n treesitter.Node, isDefault bool, annotations []*languages.Expr) {
	for n.Kind() == "ambient_declaration" && n.NamedChildCount() == 1 {
		n = n.NamedChild(0)
	}
	if n.Kind() == "function_signature" && overloaded(n) {
		return
	}
	before := len(x.b.File.Functions[x.fn].Bindings)
	switch n.Kind() {
	case "class_declaration", "abstract_class_declaration":
		x.class(n, "", append(annotations, x.decorators(n)...))
	case "import_alias":
		name := x.importAlias(n)
		x.exportNamed(x.text(name), name)
		return
	default:
		x.walk(n)
	}
	name := n.Child("name")
	switch n.Kind() {
	case "lexical_declaration", "variable_declaration":
		x.exportVariables(n, before)
	case "internal_module", "module":
	default:
		switch {
		case isDefault:
			x.exportNamed("default", name)
		case name.Valid():
			x.exportNamed(x.text(name), name)
		}
	}
}

// exportVariables exports the variables of a declaration. Those of a pattern
// are the bindings that reading it has made.
func (x *extractor) exportVariables(n treesitter.Node, before int) {
	plain := make(map[string]bool)
	patterns := false
	for d := range n.NamedChildren() {
		name := d.Child("name")
		if name.Kind() == "identifier" {
			plain[x.text(name)] = true
			x.exportNamed(x.text(name), name)
		} else {
			patterns = true
		}
	}
	if !patterns {
		return
	}
	for _, b := range x.b.File.Functions[x.fn].Bindings[before:] {
		if b.Target.Kind == languages.Name && !b.Nonlocal && !plain[b.Target.Text] {
			x.export(b.Target.Text, b.Target)
		}
	}
}
