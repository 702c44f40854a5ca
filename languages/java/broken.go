package java

import (
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

// broken reads what is left of code that the parser gave up on. The heads of
// classes and methods whose bodies are not closed, which is what a file looks
// like while it is being written, still say whose the rest is.
func (x *extractor) broken(n node) {
	x.damaged++
	outer := x.scope
	var before, last node // the named nodes in front
	keyword := ""
	for c := range n.Children() {
		switch kind := c.Kind(); {
		case kind == "class" || kind == "interface" || kind == "enum" || kind == "record":
			keyword = kind
		case keyword != "" && kind == "identifier":
			x.scope = outer
			x.openType(c, n, keyword)
			keyword = ""
		case kind == "superclass" || kind == "super_interfaces" || kind == "extends_interfaces":
			if x.typ >= 0 && x.typ != outer.typ {
				t := &x.File.Types[x.typ]
				t.Bases = append(t.Bases, x.bases(c)...)
			}
		case kind == "formal_parameters" && last.Kind() == "identifier":
			x.openMethod(last, before, c, n)
		case kind == "enum_constant":
			x.enumConstant(c)
		case kind == "identifier" && next(c) == "formal_parameters":
			// The name of a method.
		case c.IsNamed():
			x.walk(c)
		}
		if c.IsNamed() {
			before, last = last, c
		}
	}
	x.scope = outer
	x.damaged--
}

func next(n node) string { return n.NextSibling().Kind() }

// openType starts a type that goes on to the end of the ERROR node.
func (x *extractor) openType(name, rest node, keyword string) {
	kinds := map[string]languages.TypeKind{
		"interface": languages.InterfaceType, "enum": languages.EnumType,
	}
	t := x.Type(languages.Type{
		Name: x.text(name), Kind: kinds[keyword], Function: x.fn, Outer: x.typ,
		Range: build.Range(name.Start(), rest.End()),
	})
	x.scope = scope{fn: x.fn, typ: t, init: -1}
}

// openMethod starts a method that goes on to the end of the ERROR node.
func (x *extractor) openMethod(name, result, params, rest node) {
	parent := 0
	if x.typ >= 0 {
		parent = x.File.Types[x.typ].Function
	}
	f := languages.Function{
		Name: x.text(name), Parent: parent, Owner: x.typ,
		Range: build.Range(name.Start(), rest.End()),
	}
	if x.typ >= 0 {
		f.Receiver = "this"
		f.Constructor = f.Name == x.File.Types[x.typ].Name
	}
	if t := x.typeRef(result); t.Name != "" && !f.Constructor {
		f.Results = []languages.TypeRef{t}
	}
	x.fn = x.addMethod(f)
	x.File.Functions[x.fn].Params = x.params(params)
}
