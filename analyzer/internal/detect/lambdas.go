package detect

import (
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// An argument is a function literal's place as an argument of a call.
type argument struct {
	site     link.Site
	position int
	// inside: the literal stands in a record that is the argument.
	inside bool
}

// A functionType is the type that a function literal is declared to have.
type functionType struct {
	ref  languages.TypeRef
	file *link.File
	fn   int
}

// The literals of a file are its function literals, by their indexes.
type literals struct {
	// arguments are those that are arguments of calls, or stand in records that are.
	arguments map[int]argument
	// types are those that are cast to, assigned to, or returned as a declared type, in
	// languages where that says what they are given.
	types map[int]functionType
}

// literalsOf gives the function literals of a file. They are gathered when first
// asked for.
func (e *evaluator) literalsOf(f *link.File) *literals {
	found := e.literals[f]
	if found == nil {
		found = &literals{arguments: make(map[int]argument), types: make(map[int]functionType)}
		found.addArguments(f)
		if f.Traits.StaticTypes {
			found.addTypes(f)
		}
		e.literals[f] = found
	}
	return found
}

func (l *literals) addArguments(f *link.File) {
	for i := range f.Functions {
		for _, call := range f.Functions[i].Calls {
			for j, item := range call.Items() {
				l.addArgument(item.Value, argument{site: link.Site{File: f, Function: i, Call: call}, position: j}, 0)
			}
		}
	}
}

func (l *literals) addArgument(x *languages.Expr, arg argument, depth int) {
	switch {
	case x == nil || depth > maxOptionDepth:
	case x.Kind == languages.Lambda:
		l.arguments[int(x.Declared)] = arg
	case x.Kind == languages.Cast:
		l.addArgument(x.Base, arg, depth+1)
	case x.Kind == languages.Record:
		arg.inside = true
		for _, item := range x.Items() {
			l.addArgument(item.Value, arg, depth+1)
		}
	}
}

func (l *literals) addTypes(f *link.File) {
	for i := range f.Functions {
		fn := &f.Functions[i]
		for j := range fn.Bindings {
			l.addType(fn.Bindings[j].Value, functionType{fn.Bindings[j].Type, f, i})
		}
		for _, x := range fn.Returns {
			if len(fn.Results) > 0 {
				l.addType(x, functionType{fn.Results[0], f, i})
			}
		}
		for _, call := range fn.Calls {
			for _, item := range call.Items() {
				l.addType(item.Value, functionType{file: f, fn: i})
			}
		}
	}
	for i := range f.Types {
		for j := range f.Types[i].Fields {
			field := &f.Types[i].Fields[j]
			l.addType(field.Value, functionType{field.Type, f, f.Types[i].Function})
		}
	}
}

func (l *literals) addType(x *languages.Expr, t functionType) {
	for x != nil && x.Kind == languages.Cast {
		t.ref, x = x.Type(), x.Base
	}
	if x != nil && x.Kind == languages.Lambda && t.ref.Name != "" {
		l.types[int(x.Declared)] = t
	}
}

// lambdaParam gives what a function literal is given as a parameter, where the
// literal stands or by its declared type.
func (e *evaluator) lambdaParam(fn link.FunctionID, index int) set {
	var s set
	own := e.literalsOf(fn.File)
	if arg, ok := own.arguments[fn.Index]; ok && !arg.inside {
		s.merge(e.passedToLambda(arg, index))
	}
	if t, ok := own.types[fn.Index]; ok && !hasClientObject(s) {
		s.merge(e.given(t, index))
	}
	return s
}

// passedToLambda gives what the callee of a call passes to a function literal
// that is its argument.
func (e *evaluator) passedToLambda(arg argument, index int) set {
	at := &env{file: arg.site.File, fn: arg.site.Function}
	callee := e.eval(arg.site.Call.Base, at)
	s := set{incomplete: true}
	for i := range callee.values {
		v := &callee.values[i]
		switch v.kind {
		case memberValue:
			if v.member.callback != nil && index == 0 {
				s.add(value{kind: instanceValue, typ: v.member.callback, weak: v.weak, because: v.because})
			}
		case functionValue:
			s.merge(e.calledBack(v, arg, index))
		}
	}
	if base := arg.site.Call.Base; len(s.values) == 0 && base.Kind == languages.Member {
		s.merge(e.handedOn(e.eval(base.Base, at), index))
	}
	return s
}

// calledBack gives what a function of the project passes to the parameter that
// holds the function literal.
func (e *evaluator) calledBack(v *value, arg argument, index int) set {
	decl := v.fn.Decl()
	s := set{incomplete: true}
	if arg.position >= len(decl.Params) {
		return s
	}
	name := decl.Params[arg.position].Name
	f := v.fn.File
	t := functionType{decl.Params[arg.position].Type, f, v.fn.Index}
	if s = e.given(t, index); hasClientObject(s) {
		return s
	}
	for i := range f.Functions {
		if i != v.fn.Index && !isInside(f, i, v.fn.Index) {
			continue
		}
		for _, call := range f.Functions[i].Calls {
			if callsParam(call, name, f) && index < len(call.Items()) {
				s.merge(e.eval(call.Items()[index].Value, &env{file: f, fn: i, self: v.self}))
			}
		}
	}
	return s
}

// callsParam tells whether a call calls what the parameter of that name holds.
// Where functions are objects with a method, any call on it does.
func callsParam(call *languages.Expr, name string, f *link.File) bool {
	base := call.Base
	if base != nil && base.Kind == languages.Member && f.Traits.StaticTypes && f.Traits.ImplicitMembers {
		base = base.Base
	}
	return base != nil && base.Kind == languages.Name && base.Text == name
}

// given gives what a function of a declared type is given as a parameter: what
// the only method of an interface of the project takes, or the argument of a
// type like Function<Client, Result>.
func (e *evaluator) given(t functionType, index int) set {
	if !t.file.Traits.StaticTypes {
		return unknown()
	}
	for _, v := range e.namedType(t.ref.Name, t.file, t.fn, 0).values {
		if v.kind == objectValue {
			return e.takenBy(v.class, t, index)
		}
	}
	if index < len(t.ref.Args) {
		return e.typeRef(t.ref.Args[index], t.file, t.fn, 0)
	}
	return unknown()
}

func (e *evaluator) takenBy(id link.TypeID, t functionType, index int) set {
	var method *link.FunctionID
	for _, m := range id.Decl().Methods {
		fn := link.FunctionID{File: id.File, Index: m}
		if hasBody(fn.Decl()) {
			continue
		}
		if method != nil {
			return unknown()
		}
		method = &fn
	}
	if method == nil || index >= len(method.Decl().Params) {
		return unknown()
	}
	taken := method.Decl().Params[index].Type
	for i, name := range id.Decl().Params {
		if name == taken.Name && i < len(t.ref.Args) {
			return e.typeRef(t.ref.Args[i], t.file, t.fn, 0)
		}
	}
	return e.typeRef(taken, id.File, method.Index, 0)
}

// handedOn gives what a call like client.then(fn), pool.use(fn) or list.map(fn)
// hands to its function: the client, which is a guess, what a container holds,
// an element of the list. Only a container may hand it on as another argument
// than the first: map.forEach((key, client) -> ..).
func (e *evaluator) handedOn(base set, index int) set {
	var s set
	for i := range base.values {
		v := base.values[i]
		switch {
		case v.kind == instanceValue && v.boxed:
			v.boxed = false
			s.add(v)
		case index > 0:
		case v.kind == instanceValue:
			v.weak = true
			s.add(v)
		case v.kind == listValue:
			s.merge(e.elements(&v))
		}
	}
	return s
}
