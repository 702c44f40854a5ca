package golang

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// imports reads an import declaration, single or in parentheses.
func (x *extractor) imports(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		if s, ok := spec.(*ast.ImportSpec); ok && s.Path != nil {
			x.importSpec(s)
		}
	}
}

func (x *extractor) importSpec(s *ast.ImportSpec) {
	path := decode(s.Path.Value)
	if path == "" {
		return // damaged
	}
	i := languages.Import{Module: path, Range: x.rangeOf(s)}
	if s.Name != nil {
		i.Local = s.Name.Name
		if i.Local == "." {
			i.Local, i.Symbol = "", "*"
		}
	} else {
		i.Local = x.checked.packageName(s)
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
func (x *extractor) declaredFunction(d *ast.FuncDecl) {
	f := languages.Function{Name: d.Name.Name, Parent: x.fn, Owner: -1, Range: x.rangeOf(d)}
	if d.Recv != nil && len(d.Recv.List) > 0 {
		receiver := d.Recv.List[0]
		if len(receiver.Names) > 0 {
			f.Receiver = receiver.Names[0].Name
		}
		f.Owner = x.receiverType(receiver.Type)
	}
	x.function(f, d.Type, d.Body)
}

// receiverType finds the type of a method, or makes the placeholder that the
// package documentation speaks of.
func (x *extractor) receiverType(t ast.Expr) int {
	name := x.typeRef(t).Name
	if name == "" {
		return -1
	}
	if i, ok := x.types[name]; ok {
		return i
	}
	i := x.b.Type(languages.Type{Name: name, Outer: -1, Range: x.rangeOf(t)})
	x.types[name] = i
	return i
}

// function adds f and reads its signature and body, which may be nil.
func (x *extractor) function(f languages.Function, t *ast.FuncType, body *ast.BlockStmt) int {
	f.Params = x.params(t.Params)
	f.Results = x.resultTypes(t.Results)
	index := x.b.Function(f)
	if f.Owner >= 0 {
		owner := &x.b.File.Types[f.Owner]
		owner.Methods = append(owner.Methods, index)
	}
	outer, results := x.fn, x.results
	x.fn, x.results = index, nil
	if f.Receiver != "" {
		x.declare(f.Receiver)
	}
	for i := range f.Params {
		x.declare(f.Params[i].Name)
	}
	x.namedResults(t.Results)
	if x.deeper() {
		x.block(body)
		x.depth--
	}
	x.fn, x.results = outer, results
	return index
}

func (x *extractor) params(list *ast.FieldList) []languages.Param {
	if list == nil || len(list.List) == 0 {
		return nil
	}
	params := make([]languages.Param, 0, list.NumFields())
	for _, field := range list.List {
		p := languages.Param{Type: x.typeRef(field.Type), Range: x.rangeOf(field)}
		_, p.Variadic = field.Type.(*ast.Ellipsis)
		for _, name := range field.Names {
			p.Name = x.b.Keep(name.Name)
			params = append(params, p)
		}
		if len(field.Names) == 0 {
			params = append(params, p)
		}
	}
	return params
}

func (x *extractor) resultTypes(list *ast.FieldList) []languages.TypeRef {
	var refs []languages.TypeRef
	for _, p := range x.params(list) {
		refs = append(refs, p.Type)
	}
	return refs
}

// namedResults declares the results that have a name, as the variables that
// they are.
func (x *extractor) namedResults(list *ast.FieldList) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		for _, name := range field.Names {
			x.results = append(x.results, name)
			x.bind(name, nil, x.typeRef(field.Type), true)
		}
	}
}

// values reads the specs of a var or const declaration.
func (x *extractor) values(d *ast.GenDecl) {
	var last *ast.ValueSpec // what a const without values repeats
	var repeated []*languages.Expr
	for _, spec := range d.Specs {
		s, ok := spec.(*ast.ValueSpec)
		switch {
		case !ok:
		case d.Tok == token.VAR:
			x.variables(s)
		case len(s.Values) > 0 || last == nil:
			last, repeated = s, x.constants(s)
		default:
			x.nameValues(s.Names, repeated, x.typeRef(last.Type))
		}
	}
}

func (x *extractor) variables(s *ast.ValueSpec) {
	ref := x.typeRef(s.Type)
	if len(s.Values) > 0 {
		names := make([]ast.Expr, len(s.Names))
		for i, name := range s.Names {
			names[i] = name
		}
		x.assign(names, s.Values, ref, true)
		return
	}
	for _, name := range s.Names {
		var value *languages.Expr
		if len(x.embeds) > 0 && len(s.Names) == 1 && isText(ref) {
			start, end := x.span(s)
			if path := x.embeddedBefore(start); path != "" {
				value = x.b.Leaf(languages.Module, path, start, end)
			}
		}
		x.bind(name, value, ref, true)
	}
}

// constants reads constants with values, and returns these.
func (x *extractor) constants(s *ast.ValueSpec) []*languages.Expr {
	var values []*languages.Expr
	for _, v := range s.Values {
		values = append(values, x.expr(v))
	}
	x.nameValues(s.Names, values, x.typeRef(s.Type))
	return values
}

func (x *extractor) nameValues(names []*ast.Ident, values []*languages.Expr, ref languages.TypeRef) {
	for i, name := range names {
		if i < len(values) {
			x.bind(name, values[i], ref, true)
		} else {
			x.bind(name, nil, ref, true)
		}
	}
}

// embedded is a go:embed comment that names one Lua file.
type embedded struct {
	end  int // offset of the comment's end
	path string
}

// embedOf reads a comment, given with its marks.
func embedOf(text string, end int) (embedded, bool) {
	pattern, ok := strings.CutPrefix(text, "//go:embed ")
	if !ok {
		return embedded{}, false
	}
	pattern = strings.Trim(strings.TrimSpace(pattern), "\"`")
	if !strings.HasSuffix(pattern, ".lua") || strings.ContainsAny(pattern, " \t*?[:\"`") {
		return embedded{}, false
	}
	return embedded{end, "./" + pattern}, true
}

// embeddedBefore is the file that the last comment before an offset embeds,
// where nothing but comments and the beginning of a declaration stands between.
func (x *extractor) embeddedBefore(start int) string {
	for _, e := range x.embeds {
		if e.end <= start && isBeginning(string(x.src[e.end:start])) {
			return e.path
		}
	}
	return ""
}

func isBeginning(between string) bool {
	for line := range strings.Lines(between) {
		switch line = strings.TrimSpace(line); line {
		case "", "var", "var (":
		default:
			if !strings.HasPrefix(line, "//") || strings.HasPrefix(line, "//go:embed ") {
				return false
			}
		}
	}
	return true
}

func isText(ref languages.TypeRef) bool {
	return ref.Name == "string" || ref.Name == "[]" && len(ref.Args) == 1 && ref.Args[0].Name == "byte"
}
