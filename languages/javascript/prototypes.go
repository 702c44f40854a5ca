package javascript

import (
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// prototypes makes types of constructor functions: those that something is
// assigned to the prototype of. Only now all functions are known.
func (x *extractor) prototypes() {
	p := &prototypes{
		file:      x.b.File,
		types:     make(map[scopedName]int),
		functions: make(map[scopedName]int),
	}
	p.list()
	for i := range p.file.Functions {
		for _, b := range p.file.Functions[i].Bindings {
			p.binding(i, b)
		}
		for _, call := range p.file.Functions[i].Calls {
			p.call(i, call)
		}
	}
}

type prototypes struct {
	file      *languages.File
	types     map[scopedName]int
	functions map[scopedName]int
}

// A scopedName is a name in the scope of a function.
type scopedName struct {
	fn   int
	name string
}

// binding reads X.prototype.m = f and X.prototype = {...}.
func (p *prototypes) binding(fn int, b languages.Binding) {
	if b.Value == nil || b.Target.Kind != languages.Member {
		return
	}
	if name := prototypeOf(b.Target.Base); name != "" {
		p.member(p.typeOf(fn, name), b.Target.Text, b.Value)
	}
	if name := prototypeOf(b.Target); name != "" {
		p.all(p.typeOf(fn, name), b.Value)
	}
}

// call reads Object.assign(X.prototype, {...}) and util.inherits(X, Y).
func (p *prototypes) call(fn int, call *languages.Expr) {
	if call.Base == nil || call.Base.Kind != languages.Member || len(call.Items()) < 2 {
		return
	}
	first, second := call.Items()[0].Value, call.Items()[1].Value
	switch call.Base.Text {
	case "assign":
		if name := prototypeOf(first); name != "" {
			p.all(p.typeOf(fn, name), second)
		}
	case "inherits":
		if first.Kind == languages.Name {
			p.extend(p.typeOf(fn, first.Text), dotted(second))
		}
	}
}

// prototypeOf returns X of the expression X.prototype, or "".
func prototypeOf(e *languages.Expr) string {
	if e.Kind == languages.Member && e.Text == "prototype" && e.Base.Kind == languages.Name {
		return e.Base.Text
	}
	return ""
}

// all adds what stands for a whole prototype.
func (p *prototypes) all(typ int, v *languages.Expr) {
	switch v.Kind {
	case languages.Record:
		if v.Type().Name != "" {
			p.move(typ, v)
			return
		}
		for _, item := range v.Items() {
			if item.Value != nil {
				p.member(typ, item.Name, item.Value)
			}
		}
	case languages.Call: // Object.create(Base.prototype), new Base()
		if v.New && v.Base != nil {
			p.extend(typ, dotted(v.Base))
		} else if len(v.Items()) > 0 {
			p.extend(typ, prototypeOf(v.Items()[0].Value))
		}
	}
}

// move gives a type all that an object literal, being a type too, has got.
func (p *prototypes) move(typ int, literal *languages.Expr) {
	if typ < 0 {
		return
	}
	i, ok := p.types[scopedName{-1, literal.Type().Name}]
	if !ok || i == typ {
		return
	}
	from, to := &p.file.Types[i], &p.file.Types[typ]
	for _, m := range from.Methods {
		p.file.Functions[m].Owner = typ
	}
	to.Methods = append(to.Methods, from.Methods...)
	to.Fields = append(to.Fields, from.Fields...)
	from.Methods, from.Fields = nil, nil
	literal.SetType(languages.TypeRef{Name: to.Name})
}

func (p *prototypes) extend(typ int, base string) {
	if typ >= 0 && base != "" {
		t := &p.file.Types[typ]
		t.Bases = append(t.Bases, languages.TypeRef{Name: base})
	}
}

func (p *prototypes) member(typ int, name string, v *languages.Expr) {
	if typ < 0 || name == "" || name == "constructor" {
		return
	}
	t := &p.file.Types[typ]
	if v.Kind == languages.Lambda {
		if f := &p.file.Functions[v.Declared]; f.Owner < 0 {
			f.Name, f.Owner, f.Receiver = name, typ, "this"
			t.Methods = append(t.Methods, int(v.Declared))
		}
		return
	}
	t.Fields = append(t.Fields, languages.Field{Name: name, Value: v, Range: v.Range})
}

// typeOf returns the type of the name in the scope of fn or in one around it:
// a class, or a function that so becomes the constructor of one. It returns -1
// if there is none.
func (p *prototypes) typeOf(fn int, name string) int {
	for ; fn >= 0; fn = p.file.Functions[fn].Parent {
		key := scopedName{fn, name}
		if typ, ok := p.types[key]; ok {
			return typ
		}
		if f, ok := p.functions[key]; ok {
			typ := p.construct(f, name)
			p.types[key] = typ
			return typ
		}
	}
	return -1
}

// list makes the types and functions of the file known by scope and name.
func (p *prototypes) list() {
	for i, t := range p.file.Types {
		scope := t.Function
		if strings.HasPrefix(t.Name, "object@") { // known to the literal alone
			scope = -1
		}
		p.types[scopedName{scope, t.Name}] = i
	}
	for i := range p.file.Functions {
		f := &p.file.Functions[i]
		if f.Owner < 0 && f.Name != "" {
			p.functions[scopedName{f.Parent, f.Name}] = i
		}
		for _, b := range f.Bindings { // var X = function () {}
			if b.Value != nil && b.Value.Kind == languages.Lambda &&
				b.Target.Kind == languages.Name && p.file.Functions[b.Value.Declared].Owner < 0 {
				p.functions[scopedName{i, b.Target.Text}] = int(b.Value.Declared)
			}
		}
	}
}

// construct makes a function the constructor of a new type.
func (p *prototypes) construct(fn int, name string) int {
	f := &p.file.Functions[fn]
	p.file.Types = append(p.file.Types, languages.Type{
		Name: name, Function: f.Parent, Outer: -1, Methods: []int{fn}, Range: f.Range,
	})
	f.Name, f.Owner, f.Receiver, f.Constructor = name, len(p.file.Types)-1, "this", true
	return f.Owner
}
