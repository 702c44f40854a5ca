package javascript

import (
	"bytes"
	"strconv"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

// newType declares a type in the current function.
func (x *extractor) newType(n treesitter.Node, name string, kind languages.TypeKind) int {
	t := languages.Type{
		Name: name, Kind: kind, Function: x.fn, Outer: -1, Range: build.Range(n.Start(), n.End()),
	}
	for c := range n.Child("type_parameters").NamedChildren() {
		t.Params = append(t.Params, x.text(c.Child("name")))
	}
	return x.b.Type(t)
}

// class reads a class. Name is used for one that has none.
func (x *extractor) class(n treesitter.Node, name string, annotations []*languages.Expr) int {
	if own := n.Child("name"); own.Valid() {
		name = x.text(own)
	}
	c := &class{x: x, index: x.newType(n, name, languages.ClassType)}
	x.b.File.Types[c.index].Annotations = annotations
	for h := range n.NamedChildren() {
		if h.Kind() == "class_heritage" {
			bases := x.heritage(h)
			x.b.File.Types[c.index].Bases = bases
		}
	}
	c.members(n.Child("body"))
	return c.index
}

// classValue is a class as an expression: the name by which its type goes.
func (x *extractor) classValue(n treesitter.Node) *languages.Expr {
	index := x.class(n, unnamed("class", n), x.decorators(n))
	return x.hidden(x.b.File.Types[index].Name, n)
}

// unnamed makes a name, unique in the file, for something that has none.
func unnamed(kind string, n treesitter.Node) string {
	return kind + "@" + strconv.Itoa(n.Start())
}

// heritage reads what a class extends and implements.
func (x *extractor) heritage(n treesitter.Node) []languages.TypeRef {
	var bases []languages.TypeRef
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "extends_clause":
			if base := baseRef(x.value(c.Child("value"))); base.Name != "" {
				base.Args = x.typeArguments(c.Child("type_arguments"))
				bases = append(bases, base)
			}
		case "implements_clause":
			bases = append(bases, x.typeRefs(c)...)
		default:
			if base := baseRef(x.value(c)); base.Name != "" {
				bases = append(bases, base)
			}
		}
	}
	return bases
}

// baseRef names the class that an expression stands for: a mixin gives much
// the class that it is given.
func baseRef(e *languages.Expr) languages.TypeRef {
	for e.Kind == languages.Call {
		found := false
		for _, item := range e.Items() {
			switch item.Value.Kind {
			case languages.Name, languages.Member, languages.Call:
				e, found = item.Value, true
			}
			if found {
				break
			}
		}
		if !found {
			return languages.TypeRef{}
		}
	}
	return languages.TypeRef{Name: dotted(e)}
}

// dotted writes a name or a chain of members, or "".
func dotted(e *languages.Expr) string {
	var parts []string
	for ; e != nil && e.Kind == languages.Member; e = e.Base {
		parts = append(parts, e.Text)
	}
	if e == nil || e.Kind != languages.Name {
		return ""
	}
	name := e.Text
	for i := len(parts) - 1; i >= 0; i-- {
		name += "." + parts[i]
	}
	return name
}

// A class is a class, interface or object literal whose members are read.
type class struct {
	x     *extractor
	index int
	// setup and static are the functions that run the initial values of fields
	// which need "this", and the static ones; 0 until there are any.
	setup, static int
}

func (c *class) members(body treesitter.Node) {
	var pending []*languages.Expr // decorators that stand before a method
	for m := range body.NamedChildren() {
		switch m.Kind() {
		case "decorator":
			pending = append(pending, c.x.value(m.NamedChild(0)))
			continue
		case "method_definition":
			c.method(m, append(pending, c.x.decorators(m)...))
		case "method_signature", "abstract_method_signature":
			if !overloaded(m) {
				c.method(m, pending)
			}
		case "public_field_definition", "field_definition", "property_signature":
			c.field(m, append(pending, c.x.decorators(m)...))
		case "class_static_block":
			c.within(&c.static, true, m, func() { c.x.walk(m.Child("body")) })
		case "index_signature", "call_signature", "construct_signature":
		default:
			c.x.walk(m)
		}
		pending = nil
	}
}

// own adds a function, which is below n, to the type.
func (c *class) own(n treesitter.Node, f languages.Function) int {
	f.Owner = c.index
	f.Receiver = "this"
	index := c.x.function(n, f)
	t := &c.x.b.File.Types[c.index]
	t.Methods = append(t.Methods, index)
	return index
}

func (c *class) method(n treesitter.Node, annotations []*languages.Expr) int {
	name, _ := c.x.key(n.Child("name"))
	f := languages.Function{Name: name, Annotations: annotations}
	for m := range n.Children() {
		switch m.Kind() {
		case "static", "static get":
			f.ClassReceiver = true
		}
		switch m.Kind() {
		case "get", "static get":
			f.Annotations = append(f.Annotations, c.x.hidden("property", m))
		case "set":
			f.Annotations = append(f.Annotations, c.x.hidden("setter", m))
		}
	}
	f.Constructor = name == "constructor" && !f.ClassReceiver
	return c.own(n, f)
}

func (c *class) field(n treesitter.Node, annotations []*languages.Expr) {
	key := n.Child("name")
	if !key.Valid() {
		key = n.Child("property")
	}
	static := false
	for m := range n.Children() {
		static = static || m.Kind() == "static"
	}
	name, _ := c.x.key(key)
	value := n.Child("value")
	if isFunction(value.Kind()) { // a method that keeps its "this"
		c.own(value, languages.Function{
			Name: name, ClassReceiver: static, Annotations: annotations,
		})
		return
	}
	f := languages.Field{
		Name: name, Type: c.x.annotation(n), Annotations: annotations,
		Range: build.Range(n.Start(), n.End()),
	}
	if value.Valid() {
		f.Value = c.initial(name, key, value, static)
	}
	if name != "" {
		t := &c.x.b.File.Types[c.index]
		t.Fields = append(t.Fields, f)
	}
}

// initial converts the initial value of a field. One that mentions "this" is
// what a constructor would assign, so it is read as that.
func (c *class) initial(name string, key, value treesitter.Node, static bool) *languages.Expr {
	if !bytes.Contains(value.Bytes(), []byte("this")) {
		return c.x.value(value)
	}
	var e *languages.Expr
	in := &c.setup
	if static {
		in = &c.static
	}
	c.within(in, static, value, func() {
		e = c.x.value(value)
		c.x.bind(c.x.part(c.x.hidden("this", key), key, name), e, languages.TypeRef{}, declared)
	})
	return e
}

// within runs read inside of a function that the type has for such code.
func (c *class) within(fn *int, static bool, n treesitter.Node, read func()) {
	outer := c.x.fn
	if *fn == 0 {
		*fn = c.x.b.Function(languages.Function{
			Parent: outer, Owner: c.index, Receiver: "this", ClassReceiver: static,
			Range: build.Range(n.Start(), n.End()),
		})
		t := &c.x.b.File.Types[c.index]
		t.Methods = append(t.Methods, *fn)
	}
	r := &c.x.b.File.Functions[*fn].Range
	r.End = max(r.End, int32(n.End()))
	c.x.fn = *fn
	read()
	c.x.fn = outer
}

func (x *extractor) interfaceType(n treesitter.Node) {
	c := &class{x: x, index: x.newType(n, x.text(n.Child("name")), languages.InterfaceType)}
	for e := range n.NamedChildren() {
		if e.Kind() == "extends_type_clause" || e.Kind() == "extends_clause" {
			bases := x.typeRefs(e)
			x.b.File.Types[c.index].Bases = bases
		}
	}
	c.members(n.Child("body"))
}

// aliasType reads "type X = ...": an object type makes it an interface.
func (x *extractor) aliasType(n treesitter.Node) {
	name, value := x.text(n.Child("name")), n.Child("value")
	if value.Kind() == "object_type" {
		c := &class{x: x, index: x.newType(n, name, languages.InterfaceType)}
		c.members(value)
		return
	}
	index := x.newType(n, name, languages.AliasType)
	ref := x.typeRef(value)
	x.b.File.Types[index].Bases = []languages.TypeRef{ref}
}

func (x *extractor) enumType(n treesitter.Node) {
	index := x.newType(n, x.text(n.Child("name")), languages.EnumType)
	next, counting := 0, true // a member without a value counts on
	for m := range n.Child("body").NamedChildren() {
		if m.IsError() {
			x.walk(m)
			continue
		}
		key, value := m, m.Child("value")
		if m.Kind() == "enum_assignment" {
			key = m.Child("name")
		}
		f := languages.Field{Range: build.Range(m.Start(), m.End())}
		f.Name, _ = x.key(key)
		if value.Valid() {
			f.Value = x.value(value)
			var err error
			next, err = strconv.Atoi(f.Value.Text)
			counting = f.Value.Kind == languages.Number && err == nil
		} else if counting {
			f.Value = x.expr(languages.Number, m)
			f.Value.Text = strconv.Itoa(next)
		}
		next++
		t := &x.b.File.Types[index]
		t.Fields = append(t.Fields, f)
	}
}
