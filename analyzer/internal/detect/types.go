package detect

import (
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// typeRef gives a value of a declared type. A container of clients counts as a
// client whose unknown members give it back: Optional<Client>, Promise<Client>,
// []acme.Client. That is coarse, and enough to see through all of them.
func (e *evaluator) typeRef(t languages.TypeRef, f *link.File, fn, depth int) set {
	if t.Name == "" || depth > maxFrames {
		return unknown()
	}
	switch t.Name {
	case "|", "&":
		return e.union(t.Args, f, fn, depth, false)
	case "[]", "map", "chan", "func":
		return e.union(t.Args, f, fn, depth, true)
	case "typeof":
		if len(t.Args) == 1 {
			return e.eval(dotted(t.Args[0].Name), &env{file: f, fn: fn})
		}
		return unknown()
	}
	s := e.namedType(t.Name, f, fn, depth)
	if len(t.Args) == 0 || hasReceiver(s) {
		return s
	}
	if t.Name == "ReturnType" {
		return e.returnType(t.Args[0], f, fn)
	}
	if held := e.union(t.Args, f, fn, depth, true); len(s.values) == 0 || hasReceiver(held) {
		return held
	}
	return s
}

// isFunctionType tells whether a type is that of functions: it says what they give, not
// whether one is a client's member.
func isFunctionType(t languages.TypeRef) bool { return t.Name == "func" }

// declaredClient gives the client that a declaration names, where that says all
// there is to know: what it is given needs no look, however far it is made. Not so of
// what has no members, like an object that carries a command. A file that uses test
// doubles may give it one.
func (e *evaluator) declaredClient(t languages.TypeRef, f *link.File, fn int) (set, bool) {
	if t.Name == "" || !f.Traits.StaticTypes || e.usesMocks(f) {
		return set{}, false
	}
	s := e.typeRef(t, f, fn, 0)
	return s, slices.ContainsFunc(s.values, func(v value) bool { return v.kind == instanceValue && !v.typ.isBare() })
}

// usesMocks tells whether a file imports a library of test doubles.
func (e *evaluator) usesMocks(f *link.File) bool {
	uses, known := e.mockUsers[f]
	if !known {
		for i := range f.Imports {
			if c := e.libraryOf(f, f.Imports[i].Module); c != nil && c.Mock {
				uses = true
			}
		}
		e.mockUsers[f] = uses
	}
	return uses
}

// dotted makes the expression that a dotted name stands for.
func dotted(name string) *languages.Expr {
	parts := strings.Split(name, ".")
	x := &languages.Expr{Kind: languages.Name, Text: parts[0]}
	for _, part := range parts[1:] {
		x = &languages.Expr{Kind: languages.Member, Text: part, Base: x}
	}
	return x
}

func (e *evaluator) returnType(t languages.TypeRef, f *link.File, fn int) set {
	if t.Name != "typeof" || len(t.Args) != 1 {
		return unknown()
	}
	call := &languages.Expr{Kind: languages.Call, Base: dotted(t.Args[0].Name)}
	return e.eval(call, &env{file: f, fn: fn})
}

func (e *evaluator) union(types []languages.TypeRef, f *link.File, fn, depth int, boxed bool) set {
	var s set
	for _, t := range types {
		for _, v := range e.typeRef(t, f, fn, depth+1).values {
			v.boxed = v.boxed || boxed
			s.add(v)
		}
	}
	if len(s.values) == 0 {
		s.incomplete = true
	}
	return s
}

// namedType gives a value of the type that a name means.
func (e *evaluator) namedType(name string, f *link.File, fn, depth int) set {
	if !e.deeper() {
		return unknown()
	}
	defer e.leave()
	if strings.Contains(name, ".") && f.Traits.PackageScope && !f.Traits.ImplicitMembers {
		fn = 0 // a package's name: what a function calls so, too, has no types
	}
	var s set
	for _, v := range e.eval(e.project.TypeName(f, fn, name, dotted), &env{file: f, fn: fn}).values {
		switch v.kind {
		case classValue:
			s.merge(e.instanceOf(v.class, depth))
		case symbolValue:
			s.merge(e.instanceOfSymbol(&v, f))
		case instanceValue:
			s.add(v) // an alias bound to a value: ClientDep = Annotated[Client, ...]
		case listValue:
			s.merge(e.elements(&v))
		}
	}
	if len(s.values) == 0 && f.Traits.ImplicitMembers && strings.Contains(name, ".") {
		s.merge(e.qualified(name, f))
	}
	if len(s.values) == 0 {
		s.incomplete = true
	}
	return s
}

// qualified gives a value of a type written with its package.
func (e *evaluator) qualified(name string, f *link.File) set {
	cut := strings.LastIndexByte(name, '.')
	v := value{kind: symbolValue, module: name[:cut], text: name[cut+1:]}
	if v.client = e.libraryOf(f, v.module); v.client == nil {
		return unknown()
	}
	return e.instanceOfSymbol(&v, f)
}

// instanceOf gives an object of a project's type; an alias gives what it stands for.
func (e *evaluator) instanceOf(id link.TypeID, depth int) set {
	decl := id.Decl()
	if decl.Kind == languages.AliasType && len(decl.Bases) > 0 {
		s := set{}
		for _, base := range decl.Bases {
			s.merge(e.typeRef(base, id.File, decl.Function, depth+1))
		}
		if len(s.values) > 0 {
			return s
		}
	}
	return one(value{kind: objectValue, class: id})
}

func (e *evaluator) instanceOfSymbol(v *value, f *link.File) set {
	at := &env{file: f}
	if v.client == nil {
		return one(value{kind: opaqueValue, module: v.module})
	}
	if s := e.symbolOf(v, at); s != nil && s.class != nil {
		return one(value{kind: instanceValue, typ: s.class, because: v.because})
	}
	return one(value{kind: opaqueValue, module: v.module, client: v.client})
}
