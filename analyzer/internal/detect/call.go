package detect

import (
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// call gives what a call may give.
func (e *evaluator) call(x *languages.Expr, at *env) set {
	if x.New && x.Declared > 0 && int(x.Declared) < len(at.file.Types) {
		return one(value{kind: objectValue, class: link.TypeID{File: at.file, Index: int(x.Declared)}, expr: x, env: at})
	}
	if s, ok := e.entry(x, at); ok {
		return s
	}
	callee := e.eval(x.Base, at)
	s := set{incomplete: callee.incomplete}
	for i := range callee.values {
		s.merge(e.apply(&callee.values[i], x, at))
	}
	return s
}

// entry gives what a call like record.get(key, or) gives. It tells whether the call may
// be one, and of nothing but records.
func (e *evaluator) entry(x *languages.Expr, at *env) (set, bool) {
	get, items := x.Base, x.Items()
	if get.Kind != languages.Member || !at.file.Traits.EntryMembers[get.Text] || len(items) == 0 || items[0].Spread || items[0].Name != "" {
		return set{}, false
	}
	records := e.eval(get.Base, at)
	s := set{incomplete: records.incomplete}
	for i := range records.values {
		v := &records.values[i]
		if v.kind != recordValue || v.expr.Base == nil && hasEntry(v, get.Text) {
			return set{}, false
		}
		s.merge(e.indexOf(v, e.eval(items[0].Value, at), get, at))
	}
	if len(s.values) == 0 {
		return set{}, false
	}
	if len(items) > 1 {
		s.merge(e.eval(items[1].Value, at))
	}
	return s, true
}

func hasEntry(v *value, name string) bool {
	return slices.ContainsFunc(v.expr.Items(), func(item languages.Item) bool { return item.Name == name })
}

// apply gives what calling v gives.
func (e *evaluator) apply(v *value, x *languages.Expr, at *env) set {
	if !e.deeper() {
		return unknown()
	}
	defer e.leave()
	if v.binder {
		bound := *v
		bound.binder = false
		return one(bound)
	}
	switch v.kind {
	case memberValue:
		return e.applyMember(v, x, at)
	case symbolValue:
		return e.applySymbol(v, x, at)
	case moduleValue:
		if v.client != nil { // the module is the class: import Client from "acme"
			if s := v.client.symbols["default"]; s != nil && s.class != nil {
				return e.made(s.class, v, x, at)
			}
		}
		return one(value{kind: opaqueValue, module: v.module, client: v.client})
	case functionValue:
		return e.returns(*v, x, at)
	case classValue:
		return e.construct(v, x, at)
	case opaqueValue, textValue:
		return one(*v)
	case instanceValue: // a member that is not known gave the value itself
		if v.boxed || v.typ.rule.Fluent {
			return one(v.open())
		}
	case recordValue:
		return one(*v)
	case objectValue: // a member of an enum, got by a call
		if v.text != "" {
			return one(*v)
		}
	}
	return unknown()
}

// open gives what a container's member gives: perhaps what it holds, so that
// the next everyday name (get, add) may be a member of that.
func (v value) open() value {
	v.opened = v.boxed
	return v
}

func (e *evaluator) applyMember(v *value, x *languages.Expr, at *env) set {
	if v.member.gives == nil {
		if v.typ.rule.Fluent {
			return one(value{kind: instanceValue, typ: v.typ, weak: v.weak, expr: v.expr, env: v.env, because: v.because})
		}
		return one(value{kind: opaqueValue, module: v.typ.client.Name, client: v.typ.client})
	}
	given := value{kind: instanceValue, typ: v.member.gives, weak: v.weak, expr: x, env: at, because: v.because}
	if given.typ == v.typ {
		given.expr, given.env = v.expr, v.env
	}
	return one(given.explain(at.file, x.Range, v.text+"() gives "+v.member.gives.name))
}

func (e *evaluator) made(t *typ, v *value, x *languages.Expr, at *env) set {
	made := value{kind: instanceValue, typ: t, expr: x, env: at, because: v.because}
	return one(made.explain(at.file, x.Range, "makes a client of "+t.client.Name))
}

func (e *evaluator) applySymbol(v *value, x *languages.Expr, at *env) set {
	opaque := one(value{kind: opaqueValue, module: v.module, client: v.client})
	if v.client == nil {
		return opaque
	}
	s := e.symbolOf(v, at)
	if s == nil {
		return opaque
	}
	switch {
	case s.maker != nil:
		return e.made(s.maker, v, x, at)
	case s.class != nil:
		return e.made(s.class, v, x, at)
	case s.passes >= 0 && s.passes < len(x.Items()):
		return e.eval(x.Items()[s.passes].Value, at)
	case s.invokes >= 0 && s.invokes < len(x.Items()):
		return e.invoke(x, s.invokes, at)
	}
	for _, raw := range s.raws {
		if raw.Gives != "" {
			if t := v.client.types[raw.Gives]; t != nil {
				return one(value{kind: instanceValue, typ: t, expr: x, env: at, because: v.because})
			}
		}
	}
	return opaque
}

// invoke gives what calling one of a call's arguments gives: Depends(get_client).
func (e *evaluator) invoke(x *languages.Expr, position int, at *env) set {
	target := e.eval(x.Items()[position].Value, at)
	rest := &languages.Expr{Kind: languages.Call, Base: x.Items()[position].Value, Range: x.Range, At: x.At}
	for i, item := range x.Items() {
		if i != position {
			rest.SetItems(append(rest.Items(), item))
		}
	}
	s := set{incomplete: target.incomplete}
	for i := range target.values {
		v := &target.values[i]
		s.merge(e.apply(v, rest, at))
		if v.kind == memberValue || v.kind == functionValue {
			s.add(*v) // partial(client.execute_command, ...) is still that member
		}
	}
	return s
}

// construct makes an object of a project's class. A class that is derived from
// a client's is one.
func (e *evaluator) construct(v *value, x *languages.Expr, at *env) set {
	return one(value{kind: objectValue, class: v.class, expr: x, env: at, because: v.because})
}

// returns gives what a function returns when called with the arguments of x; a
// nil x is a read of a property.
func (e *evaluator) returns(v value, x *languages.Expr, at *env) set {
	fn := v.fn.Decl()
	if fn.Constructor {
		return one(value{kind: objectValue, class: link.TypeID{File: v.fn.File, Index: max(fn.Owner, 0)}, expr: x, env: at})
	}
	var s set
	sure := false
	if len(fn.Results) > 0 {
		s, sure = e.declaredClient(fn.Results[0], v.fn.File, v.fn.Index)
	}
	if !sure {
		s = e.returned(v, x, at)
	}
	if !hasReceiver(s) {
		s.merge(e.declaredResults(v.fn))
		s.merge(e.implemented(v, x, at))
	}
	return s.with(func(r value) value {
		if r.kind == instanceValue && fn.Name != "" {
			return r.explain(v.fn.File, fn.Range, "returned by "+fn.Name)
		}
		return r
	})
}

// returned gives what a function's return statements give. A function whose
// results do not depend on its parameters is looked at once for all its calls.
func (e *evaluator) returned(v value, x *languages.Expr, at *env) set {
	fn := v.fn.Decl()
	if len(fn.Returns) == 0 {
		return unknown()
	}
	place := &env{file: v.fn.File, fn: v.fn.Index, self: v.self}
	if len(fn.Params) > 0 || v.env != nil && v.env.frame != nil {
		place.frame = e.summaryFrame(v.fn, v.self, v.env)
	}
	s := e.evalAll(fn.Returns, place)
	if place.frame == nil || x == nil || at.depth() >= maxCalls || !place.frame.touched && !e.holdsFrame(s, place.frame) {
		return s
	}
	frame := e.newFrame(v.fn, x, at, v.env)
	frame.result = true
	return e.evalAll(fn.Returns, &env{file: v.fn.File, fn: v.fn.Index, self: v.self, frame: frame})
}

// holdsFrame tells whether a list, a record or a function literal among the values may
// hold parameters of a frame's function: what is in it is looked at later. What is made
// of a type of its own is no list of arguments; of several results each may be one.
func (e *evaluator) holdsFrame(s set, f *frame) bool {
	for i := range s.values {
		v := &s.values[i]
		switch {
		case len(f.fn.Decl().Params) == 0 || v.env == nil || v.env.frame != f:
		case v.kind == listValue && v.expr.Kind == languages.Tuple:
			if e.resultsHoldFrame(v, f) {
				return true
			}
		case v.kind == listValue, v.kind == functionValue, v.kind == recordValue && v.expr.Type().Name == "":
			return true
		}
	}
	return false
}

// resultsHoldFrame is holdsFrame for several results. One of them may be what the
// same function gives: a method that calls others of its name.
func (e *evaluator) resultsHoldFrame(v *value, f *frame) bool {
	if e.reading[v.expr] {
		return false
	}
	e.reading[v.expr] = true
	defer delete(e.reading, v.expr)
	results := v.expr.Items()
	for _, result := range results[:min(len(results), max(1, len(results)-1))] { // the last is the error
		r := e.eval(result.Value, v.env)
		if e.holdsFrame(r, f) || f.touched && len(r.values) == 0 {
			return true
		}
	}
	return false
}

func (e *evaluator) evalAll(list []*languages.Expr, at *env) set {
	var s set
	for _, x := range list {
		s.merge(e.eval(x, at))
	}
	return s
}

// declaredResults gives values of a function's declared result types.
func (e *evaluator) declaredResults(fn link.FunctionID) set {
	var s set
	decl := fn.Decl()
	if len(decl.Results) == 0 {
		return s
	}
	if typed := e.typeRef(decl.Results[0], fn.File, fn.Index, 0); hasReceiver(typed) || len(decl.Returns) == 0 {
		for _, v := range typed.values {
			if v.kind == instanceValue || v.kind == objectValue {
				s.add(v)
			}
		}
	}
	return s
}

// implemented gives what the implementations of a method without a body return.
func (e *evaluator) implemented(v value, x *languages.Expr, at *env) set {
	if !e.deeper() {
		return unknown()
	}
	defer e.leave()
	var s set
	for _, impl := range e.implementations(v.fn) {
		s.merge(e.returns(value{kind: functionValue, fn: impl}, x, at))
	}
	return s
}

// implementations are the methods that a call of a method without a body reaches.
func (e *evaluator) implementations(fn link.FunctionID) []link.FunctionID {
	decl := fn.Decl()
	if decl.Owner < 0 || hasBody(decl) {
		return nil
	}
	return e.project.Implementations(link.TypeID{File: fn.File, Index: decl.Owner}, decl.Name)
}

// hasBody tells a function that does something from one that is only declared.
func hasBody(fn *languages.Function) bool {
	return len(fn.Returns) > 0 || len(fn.Calls) > 0 || len(fn.Bindings) > 0
}
