package golang

import (
	"strings"

	"github.com/keyvet/keyvet/languages"
	ts "github.com/keyvet/keyvet/languages/internal/treesitter"
)

// imports reads an import declaration, single or in parentheses.
func (x *extractor) imports(n ts.Node) {
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "import_spec_list", "ERROR":
			if x.deeper() {
				x.imports(c)
				x.depth--
			}
		case "import_spec":
			x.importSpec(c)
		}
	}
}

func (x *extractor) importSpec(n ts.Node) {
	path := decode(n.Child("path").Bytes())
	if path == "" {
		return // damaged
	}
	i := languages.Import{Module: path, Range: rangeOf(n)}
	name := n.Child("name")
	switch name.Kind() {
	case "dot":
		i.Symbol = "*"
	case "package_identifier", "blank_identifier":
		i.Local = name.Text()
	}
	x.b.File.Imports = append(x.b.File.Imports, i)
	if functions := textFunctions[path]; functions != nil && i.Symbol == "" {
		local := i.Local
		if local == "" {
			local = path
		}
		for _, f := range functions {
			x.known[local+"."+f] = true
		}
	}
}

// declaredFunction reads a function or a method.
func (x *extractor) declaredFunction(n ts.Node) {
	f := languages.Function{Name: n.Child("name").Text(), Parent: x.fn, Owner: -1, Range: rangeOf(n)}
	if receiver := n.Child("receiver").NamedChild(0); receiver.Valid() {
		f.Receiver = receiver.Child("name").Text()
		f.Owner = x.receiverType(receiver.Child("type"))
	}
	x.function(n, f)
}

// receiverType finds the type of a method, or makes the placeholder that the
// package documentation speaks of.
func (x *extractor) receiverType(n ts.Node) int {
	name := x.typeRef(n).Name
	if name == "" {
		return -1
	}
	if i, ok := x.types[name]; ok {
		return i
	}
	i := x.b.Type(languages.Type{Name: name, Outer: -1, Range: rangeOf(n)})
	x.types[name] = i
	return i
}

// function adds f, which n declares, and reads its signature and body.
func (x *extractor) function(n ts.Node, f languages.Function) int {
	f.Params = x.params(n.Child("parameters"))
	f.Results = x.resultTypes(n.Child("result"))
	index := x.b.Function(f)
	if f.Owner >= 0 {
		t := &x.b.File.Types[f.Owner]
		t.Methods = append(t.Methods, index)
	}
	outer, results := x.fn, x.results
	x.fn, x.results = index, nil
	if f.Receiver != "" {
		x.declare(f.Receiver)
	}
	for i := range f.Params {
		x.declare(f.Params[i].Name)
	}
	x.namedResults(n.Child("result"))
	x.node(n.Child("body"))
	x.fn, x.results = outer, results
	return index
}

func (x *extractor) params(list ts.Node) []languages.Param {
	var params []languages.Param
	for n := range list.NamedChildren() {
		p := languages.Param{Type: x.typeRef(n.Child("type")), Range: rangeOf(n)}
		switch n.Kind() {
		case "variadic_parameter_declaration":
			p.Variadic = true
		case "parameter_declaration":
		default:
			continue
		}
		named := false
		for c := range n.ChildrenByField("name") {
			if c.IsNamed() {
				named = true
				p.Name = x.b.String(c.Bytes())
				params = append(params, p)
			}
		}
		if !named {
			params = append(params, p)
		}
	}
	return params
}

func (x *extractor) resultTypes(result ts.Node) []languages.TypeRef {
	if !result.Valid() {
		return nil
	}
	if result.Kind() != "parameter_list" {
		return []languages.TypeRef{x.typeRef(result)}
	}
	var refs []languages.TypeRef
	for _, p := range x.params(result) {
		refs = append(refs, p.Type)
	}
	return refs
}

// namedResults declares the results that have a name, as the variables that
// they are.
func (x *extractor) namedResults(result ts.Node) {
	if result.Kind() != "parameter_list" {
		return
	}
	for p := range result.NamedChildren() {
		for c := range p.ChildrenByField("name") {
			if !c.IsNamed() {
				continue
			}
			x.results = append(x.results, c)
			x.bind(c, nil, x.typeRef(p.Child("type")), true)
		}
	}
}

// values reads the specs of a var or const declaration.
func (x *extractor) values(n ts.Node) {
	var last []*languages.Expr // what a const without values repeats
	var lastType languages.TypeRef
	for c := range n.Children() {
		switch c.Kind() {
		case "comment":
			x.embed = embedded(c)
			continue
		case "var_spec_list":
			if x.deeper() {
				x.values(c)
				x.depth--
			}
		case "var_spec":
			x.spec(c)
		case "const_spec":
			if list := c.Child("value"); list.Valid() || last == nil {
				last, lastType = x.constants(c, list), x.typeRef(c.Child("type"))
			} else {
				x.repeat(c, last, lastType)
			}
		default:
			if c.IsNamed() {
				x.node(c)
			}
			continue // "var" and "(" stand between the comment and its spec
		}
		x.embed = ""
	}
}

// spec reads a var_spec.
func (x *extractor) spec(n ts.Node) {
	var room [4]ts.Node
	names := append(room[:0], namesOf(n)...)
	ref := x.typeRef(n.Child("type"))
	list := n.Child("value")
	if list.Valid() {
		x.assign(names, list, ref, true)
		return
	}
	for _, name := range names {
		var value *languages.Expr
		if x.embed != "" && len(names) == 1 && isText(ref) {
			value = x.b.Leaf(languages.Module, x.embed, n.Start(), n.End())
		}
		x.bind(name, value, ref, true)
	}
}

// constants reads a const_spec with values, and returns them.
func (x *extractor) constants(n, list ts.Node) []*languages.Expr {
	ref := x.typeRef(n.Child("type"))
	values := []*languages.Expr{} // not nil: there is something to repeat
	for v := range list.NamedChildren() {
		values = append(values, x.expr(v))
	}
	x.repeat(n, values, ref)
	return values
}

func (x *extractor) repeat(n ts.Node, values []*languages.Expr, ref languages.TypeRef) {
	for i, name := range namesOf(n) {
		if i < len(values) {
			x.bind(name, values[i], ref, true)
		} else {
			x.bind(name, nil, ref, true)
		}
	}
}

func namesOf(spec ts.Node) []ts.Node {
	names := make([]ts.Node, 0, 1)
	for c := range spec.ChildrenByField("name") {
		if c.IsNamed() {
			names = append(names, c)
		}
	}
	return names
}

// embedded is the Lua file that a go:embed comment names, if it names just one.
func embedded(comment ts.Node) string {
	pattern, ok := strings.CutPrefix(comment.Text(), "//go:embed ")
	if !ok {
		return ""
	}
	pattern = strings.Trim(strings.TrimSpace(pattern), "\"`")
	if !strings.HasSuffix(pattern, ".lua") || strings.ContainsAny(pattern, " \t*?[:\"`") {
		return ""
	}
	return "./" + pattern
}

func isText(ref languages.TypeRef) bool {
	return ref.Name == "string" || ref.Name == "[]" && len(ref.Args) == 1 && ref.Args[0].Name == "byte"
}
