package python

import (
	"bytes"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// decorated reads what stands below decorators, which run in the scope around.
func (x *extractor) decorated(n node) {
	var annotations []*languages.Expr
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "decorator":
			for d := range c.NamedChildren() {
				annotations = append(annotations, x.expr(d))
			}
		case "function_definition":
			x.function(c, annotations)
		case "class_definition":
			x.classDefinition(c, annotations)
		default:
			x.visit(c)
		}
	}
}

// A scope is what an extractor goes back to at the end of a function or class.
type scope struct {
	fn, class int
	nonlocal  map[string]bool
}

func (x *extractor) scope() scope { return scope{x.fn, x.class, x.nonlocal} }

func (x *extractor) restore(s scope) { x.fn, x.class, x.nonlocal = s.fn, s.class, s.nonlocal }

func (x *extractor) function(n node, annotations []*languages.Expr) {
	f := languages.Function{
		Name:        n.Child("name").Text(),
		Parent:      x.fn,
		Owner:       x.class - 1,
		Annotations: annotations,
		Params:      x.params(n.Child("parameters")),
		Range:       span(n),
	}
	if r := n.Child("return_type"); r.Valid() {
		f.Results = results(parseType(r.Bytes()))
	}
	if f.Owner >= 0 {
		asMethod(&f)
	}
	index := x.b.Function(f)
	if f.Owner >= 0 {
		t := &x.b.File.Types[f.Owner]
		t.Methods = append(t.Methods, index)
	}
	outer := x.scope()
	x.restore(scope{fn: index})
	x.visitRest(n)
	x.restore(outer)
}

// asMethod takes the receiver from the parameters.
func asMethod(f *languages.Function) {
	f.Constructor = f.Name == "__init__"
	for _, a := range f.Annotations {
		if a.Text == "staticmethod" {
			return
		}
		f.ClassReceiver = f.ClassReceiver || a.Text == "classmethod"
	}
	if len(f.Params) == 0 || f.Params[0].Variadic || f.Params[0].Keywords || f.Params[0].Name == "" {
		f.ClassReceiver = false
		return
	}
	f.Receiver = f.Params[0].Name
	// Python itself makes class methods of some (__new__), libraries of others
	// (validators); the name is what people go by.
	f.ClassReceiver = f.ClassReceiver || f.Receiver == "cls"
	f.Params = f.Params[1:]
}

// results splits a fixed tuple into its elements.
func results(t languages.TypeRef) []languages.TypeRef {
	if t.Name == "" {
		return nil
	}
	if lastSegment(t.Name) == "tuple" || lastSegment(t.Name) == "Tuple" {
		if len(t.Args) > 1 {
			return t.Args
		}
	}
	return []languages.TypeRef{t}
}

func (x *extractor) params(n node) []languages.Param {
	if !n.Valid() {
		return nil
	}
	params := make([]languages.Param, 0, n.NamedChildCount())
	for c := range n.NamedChildren() {
		p := languages.Param{Range: span(c)}
		if x.param(&p, c) {
			params = append(params, p)
		}
	}
	return params
}

// param is false for what is no parameter: the separators "*" and "/".
func (x *extractor) param(p *languages.Param, n node) bool {
	switch n.Kind() {
	case "identifier":
		p.Name = x.b.String(n.Bytes())
	case "default_parameter", "typed_default_parameter":
		p.Name = x.b.String(n.Child("name").Bytes())
		p.Default = x.expr(n.Child("value"))
	case "typed_parameter":
		x.param(p, n.NamedChild(0))
	case "list_splat_pattern", "list_splat":
		p.Variadic = true
		p.Name = x.b.String(n.NamedChild(0).Bytes())
	case "dictionary_splat_pattern", "dictionary_splat":
		p.Keywords = true
		p.Name = x.b.String(n.NamedChild(0).Bytes())
	case "tuple_pattern": // Python 2; the place counts, the names are lost
	default:
		x.visit(n)
		return false
	}
	if t := n.Child("type"); t.Valid() {
		p.Type = parseType(t.Bytes())
		p.Annotations = x.metadata(t)
	}
	return true
}

// metadata returns what stands in Annotated[T, ...] after T. Being part of a
// type, it is no call of the file, yet it may say where a value comes from.
func (x *extractor) metadata(n node) []*languages.Expr {
	if !bytes.Contains(n.Bytes(), []byte("Annotated")) {
		return nil
	}
	quiet := x.quiet
	x.quiet = true
	defer func() { x.quiet = quiet }()
	var found []*languages.Expr
	for c := range n.Descendants() {
		switch {
		case c.Kind() == "generic_type" && lastSegment(string(c.NamedChild(0).Bytes())) == "Annotated":
			first := true
			for t := range c.NamedChild(1).NamedChildren() {
				if !first {
					found = append(found, x.expr(t.NamedChild(0)))
				}
				first = false
			}
			return found
		case c.Kind() == "subscript" && lastSegment(string(c.Child("value").Bytes())) == "Annotated":
			first := true
			for v := range c.ChildrenByField("subscript") {
				if v.IsNamed() && !first {
					found = append(found, x.expr(v))
				}
				first = false
			}
			return found
		}
	}
	return nil
}

func (x *extractor) lambda(n node) *languages.Expr {
	e := x.b.Expr(languages.Lambda, n.Start(), n.End())
	params := x.params(n.Child("parameters"))
	fn := x.b.Function(languages.Function{Parent: x.fn, Owner: -1, Params: params, Range: span(n)})
	e.Declared = int32(fn)
	outer := x.scope()
	x.restore(scope{fn: fn})
	x.returns(x.returned(n.Child("body")))
	x.restore(outer)
	return e
}

func (x *extractor) classDefinition(n node, annotations []*languages.Expr) {
	t := languages.Type{
		Name:        n.Child("name").Text(),
		Function:    x.fn,
		Outer:       x.class - 1,
		Annotations: annotations,
		Range:       span(n),
	}
	for p := range n.Child("type_parameters").NamedChildren() {
		t.Params = append(t.Params, parseType(p.Bytes()).Name)
	}
	x.bases(&t, n.Child("superclasses"))
	outer := x.scope()
	x.class = x.b.Type(t) + 1
	x.visitRest(n)
	x.restore(outer)
}

func (x *extractor) bases(t *languages.Type, n node) {
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "identifier", "attribute", "subscript":
			x.visit(c)
			t.Bases = append(t.Bases, parseType(c.Bytes()))
		case "call":
			x.visit(c)
			// with_metaclass(Meta, Base), as six has it
			if lastSegment(string(c.Child("function").Bytes())) == "with_metaclass" {
				first := true
				for base := range c.Child("arguments").NamedChildren() {
					if !first {
						t.Bases = append(t.Bases, parseType(base.Bytes()))
					}
					first = false
				}
			}
		default:
			x.visit(c)
		}
	}
	for _, b := range t.Bases {
		switch last := lastSegment(b.Name); {
		case strings.HasSuffix(last, "Enum"), strings.HasSuffix(last, "Flag"):
			t.Kind = languages.EnumType
		case last == "Protocol":
			t.Kind = languages.InterfaceType
		}
		if last := lastSegment(b.Name); last == "Generic" || last == "Protocol" {
			for _, p := range b.Args {
				t.Params = append(t.Params, p.Name)
			}
		}
	}
}

// addField adds what a class body binds a name to.
func (x *extractor) addField(name string, t languages.TypeRef, value *languages.Expr, n node, typ node) {
	f := languages.Field{Name: name, Type: t, Value: fieldValue(x, value), Range: span(n)}
	if typ.Valid() {
		f.Annotations = x.metadata(typ)
	}
	owner := &x.b.File.Types[x.class-1]
	owner.Fields = append(owner.Fields, f)
}

// fieldValue sees through the declarations of dataclasses, attrs and pydantic,
// field(default=x) and field(default_factory=f), to x and f().
func fieldValue(x *extractor, e *languages.Expr) *languages.Expr {
	if e == nil || e.Kind != languages.Call || e.Base == nil {
		return e
	}
	switch e.Base.Text {
	case "field", "Field", "ib", "attrib":
	default:
		return e
	}
	for _, item := range e.Items() {
		switch item.Name {
		case "default":
			return item.Value
		case "default_factory", "factory":
			made := x.b.Expr(languages.Call, int(item.Range.Start), int(item.Range.End))
			made.Base = item.Value
			return made
		}
	}
	return e
}
