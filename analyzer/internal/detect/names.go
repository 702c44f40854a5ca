package detect

import (
	"math"
	"slices"
	"sort"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// name gives what a bare name may be.
func (e *evaluator) name(x *languages.Expr, at *env) set {
	if v, ok := e.receiver(x.Text, at); ok {
		return one(v)
	}
	if at.body != nil {
		field, part := e.project.Field(*at.body, x.Text)
		if field != nil && field.Value != nil && !within(x.Range, field.Value.Range) && e.deeper() {
			defer e.leave()
			return e.fieldValue(field, part, value{kind: classValue, class: *at.body})
		}
	}
	defs := e.meant(x, at)
	if len(defs) == 0 {
		return e.undeclared(x, at)
	}
	return e.narrow(e.definitions(defs, x, at), x, at)
}

// meant gives the definitions that a name may have where it stands: in the value that
// declares it and nothing else does, those further out (acme := acme.New()).
func (e *evaluator) meant(x *languages.Expr, at *env) []link.Definition {
	defs := e.project.Lookup(at.file, at.fn, x.Text)
	if len(defs) == 0 || defs[0].Function == 0 || defs[0].File != at.file {
		return defs
	}
	if len(defs) == 1 && declaresAround(&defs[0], x) {
		return e.project.Lookup(at.file, at.file.Functions[defs[0].Function].Parent, x.Text)
	}
	if len(defs) > 1 && len(defs) < manyDefinitions {
		return lastDeclared(defs, x)
	}
	return defs
}

// declaresAround tells whether a definition is a declaration in whose value a name stands.
func declaresAround(d *link.Definition, x *languages.Expr) bool {
	b := d.Binding
	return b != nil && !b.Nonlocal && b.Value != nil && within(x.Range, b.Value.Range)
}

// lastDeclared gives, of a name that blocks of a function declare anew, the declaration in
// front of where it stands, and what is assigned from there to the next one.
func lastDeclared(defs []link.Definition, x *languages.Expr) []link.Definition {
	from, to := int32(-1), int32(math.MaxInt32)
	for i := range defs {
		if at, declares := declaredAt(&defs[i]); declares && at <= x.Range.Start && !declaresAround(&defs[i], x) {
			from = max(from, at)
		}
	}
	others := false
	for i := range defs {
		at, declares := declaredAt(&defs[i])
		others = others || declares && at != from
		if declares && at > from {
			to = min(to, at)
		}
	}
	if from < 0 || !others || x.Range.End == 0 {
		return defs
	}
	return slices.DeleteFunc(slices.Clone(defs), func(d link.Definition) bool {
		at, _ := declaredAt(&d)
		return at < from || at >= to
	})
}

// declaredAt gives where a definition stands, and whether it declares its name: what is
// assigned or appended to it does not.
func declaredAt(d *link.Definition) (at int32, declares bool) {
	switch d.Kind {
	case link.ParamDefinition:
		return d.File.Functions[d.Function].Params[d.Index].Range.Start, true
	case link.BindingDefinition:
		return d.Binding.Range.Start, d.Binding.Declares && !d.Binding.Append
	}
	return 0, false
}

// within tells whether a stretch lies in another: store = Client(store.Options)
// names what is outside of the class.
func within(inner, outer languages.Range) bool {
	return outer.Start <= inner.Start && inner.End <= outer.End
}

// receiver gives the object of the enclosing method if name stands for it.
func (e *evaluator) receiver(name string, at *env) (value, bool) {
	for i := at.fn; i > 0; i = at.file.Functions[i].Parent {
		fn := &at.file.Functions[i]
		if fn.Receiver == "" || fn.Receiver != name || fn.Owner < 0 {
			continue
		}
		owner := link.TypeID{File: at.file, Index: fn.Owner}
		if fn.ClassReceiver {
			return value{kind: classValue, class: owner}, true
		}
		if at.self != nil && (at.self.kind == objectValue) && e.project.Extends(at.self.class, owner) {
			return *at.self, true
		}
		return value{kind: objectValue, class: owner}, true
	}
	return value{}, false
}

// manyDefinitions is how many definitions of a name are asked once for all its uses.
const manyDefinitions = 16

// firstDefinitions gives a name's definitions to who goes by names alone: of many, the
// first.
func (e *evaluator) firstDefinitions(name string, at *env) []link.Definition {
	defs := e.project.Lookup(at.file, at.fn, name)
	return defs[:min(len(defs), manyDefinitions)]
}

// definitions gives what a name that is defined may be.
func (e *evaluator) definitions(defs []link.Definition, x *languages.Expr, at *env) set {
	if !e.deeper() {
		return unknown()
	}
	defer e.leave()
	if len(defs) < manyDefinitions {
		return e.defined(defs, x, at)
	}
	all := e.all[&defs[0]]
	if all == nil {
		all = &languages.Expr{Kind: languages.Name, Text: x.Text}
		e.all[&defs[0]] = all
	}
	key := keyOf(all, at)
	depth, ok := e.active[key]
	if !ok {
		return e.once(key, at, func() set { return e.defined(defs, x, at) })
	}
	e.lowest = min(e.lowest, depth)
	if e.again[key] {
		return unknown()
	}
	e.again[key] = true
	defer delete(e.again, key)
	s := e.defined(lastBefore(defs, x), x, at) // client = client.database(1)
	s.incomplete = true
	return s
}

// lastBefore gives the last of many definitions that stand before an expression.
func lastBefore(defs []link.Definition, x *languages.Expr) []link.Definition {
	end := sort.Search(len(defs), func(i int) bool {
		b := defs[i].Binding
		return b != nil && b.Range.Start >= x.Range.Start
	})
	return defs[max(0, end-manyDefinitions):end]
}

func (e *evaluator) defined(defs []link.Definition, x *languages.Expr, at *env) set {
	var s set
	if startsEmpty(defs) {
		d := defs[0]
		s.add(value{kind: listValue, expr: &languages.Expr{Kind: languages.List, Range: d.Binding.Range}, env: e.envFor(d, at)})
	}
	var added []link.Definition
	for _, d := range defs {
		switch d.Kind {
		case link.BindingDefinition:
			if d.Binding.Append || d.Binding.Target.Kind == languages.Index {
				added = append(added, d)
				continue
			}
			s.merge(e.binding(d, at))
		case link.ParamDefinition:
			s.merge(e.param(d, at))
		case link.FunctionDefinition:
			if v, ok := e.librarySymbol(d, x.Text); ok {
				s.add(v)
				continue
			}
			fn := link.FunctionID{File: d.File, Index: d.Index}
			s.add(value{kind: functionValue, fn: fn, env: e.envFor(d, at)})
		case link.TypeDefinition:
			if v, ok := e.librarySymbol(d, x.Text); ok {
				s.add(v)
				continue
			}
			s.add(value{kind: classValue, class: link.TypeID{File: d.File, Index: d.Index}})
		case link.ImportDefinition:
			s.merge(e.imported(d.File, &d.File.Imports[d.Index]))
		case link.MemberDefinition:
			s.merge(e.implicit(d, x, at))
		}
	}
	return e.addTo(s, added, at)
}

// implicit gives a member named without its object.
func (e *evaluator) implicit(d link.Definition, x *languages.Expr, at *env) set {
	id := link.TypeID{File: d.File, Index: d.Index}
	self := value{kind: objectValue, class: id}
	if at.self != nil && at.self.kind == objectValue && e.project.Extends(at.self.class, id) {
		self = *at.self
	}
	return e.objectMember(self, d.Name, x, 0)
}

// envFor gives the place of a definition: the same call if it belongs to the
// function that is being followed, else any call.
func (e *evaluator) envFor(d link.Definition, at *env) *env {
	if d.File == at.file && d.Held == at.fn {
		return at
	}
	to := &env{file: d.File, fn: d.Held, self: at.self}
	if d.File != at.file {
		to.self = nil
	}
	if f := at.frameOf(link.FunctionID{File: d.File, Index: d.Held}); f != nil {
		to.frame = f
	} else if d.File == at.file && d.Held > 0 && at.frame != nil && isInside(d.File, d.Held, at.frame.fn.Index) {
		to.frame = at.frame
	}
	return to
}

// isInside tells whether function inner is nested, however deep, in outer.
func isInside(f *link.File, inner, outer int) bool {
	for i := inner; i > 0; i = f.Functions[i].Parent {
		if i == outer {
			return true
		}
	}
	return false
}

func (e *evaluator) binding(d link.Definition, at *env) set {
	b := d.Binding
	place := e.envFor(d, at)
	s, sure := e.declaredClient(b.Type, d.File, d.Held)
	if b.Value != nil && !sure {
		s = e.eval(b.Value, place)
	}
	if b.Type.Name != "" && !hasReceiver(s) {
		s.merge(e.typeRef(b.Type, d.File, d.Held, 0))
	}
	if b.Value == nil && b.Type.Name == "" {
		s.incomplete = true
	}
	return s.with(func(v value) value {
		switch {
		case v.kind == instanceValue || v.kind == textValue && v.expr != nil && b.Value != v.expr:
			return v.explain(d.File, b.Range, "assigned to "+b.Target.Text)
		case v.kind == textValue:
			return v.explain(d.File, b.Range, "named "+b.Target.Text)
		}
		return v
	})
}

// hasReceiver tells whether something in the set can be a receiver of calls.
func hasReceiver(s set) bool {
	for i := range s.values {
		switch s.values[i].kind {
		case instanceValue, memberValue, functionValue, classValue:
			return true
		case objectValue:
			return true
		}
	}
	return false
}

// addTo works appended items into the lists of a set, and entries into records.
func (e *evaluator) addTo(s set, added []link.Definition, at *env) set {
	if len(added) == 0 {
		return s
	}
	var extra []addition
	for _, d := range added {
		extra = appendAdditions(extra, d.Binding, e.envFor(d, at))
	}
	return s.with(func(v value) value {
		if v.kind == listValue || v.kind == recordValue {
			return v.withExtra(extra)
		}
		return v
	})
}

// appendAdditions adds what one assignment adds to what its target holds.
func appendAdditions(extra []addition, b *languages.Binding, place *env) []addition {
	switch {
	case b.Value == nil:
	case !b.Append:
		if len(b.Target.Items()) > 0 {
			extra = append(extra, addition{key: b.Target.Items()[0].Value, expr: b.Value, env: place})
		}
	case b.Value.Kind == languages.List:
		for _, item := range b.Value.Items() {
			extra = append(extra, addition{expr: item.Value, env: place, spread: item.Spread})
		}
	default:
		extra = append(extra, addition{expr: b.Value, env: place})
	}
	return extra
}

// startsEmpty tells whether everything that is said of a name, but for what is
// appended to it, is a declaration without a value: a list that begins empty.
func startsEmpty(defs []link.Definition) bool {
	declared, appended := false, false
	for _, d := range defs {
		switch {
		case d.Kind != link.BindingDefinition:
			return false
		case d.Binding.Append:
			appended = true
		case d.Binding.Target.Kind == languages.Index:
		case d.Binding.Value != nil && d.Binding.Value.Kind != languages.None:
			return false
		default:
			declared = true
		}
	}
	return declared && appended
}

// inheritedName gives a member, named without its object, that an enclosing type
// has from a base outside of the project.
func (e *evaluator) inheritedName(x *languages.Expr, at *env) set {
	if !e.deeper() {
		return unknown()
	}
	defer e.leave()
	id, ok := e.owner(at)
	if ok && at.self != nil && e.project.Extends(at.self.class, id) {
		if v, ok := enumName(at.self, x.Text); ok {
			return one(v)
		}
	}
	for depth := 0; ok && depth < maxFrames; depth++ {
		self := value{kind: objectValue, class: id}
		if s := e.baseMember(self, id, x.Text, x, 0); len(s.values) > 0 {
			return s
		}
		decl := id.Decl()
		switch {
		case decl.Outer >= 0:
			id.Index = decl.Outer
		default:
			id, ok = e.owner(&env{file: id.File, fn: decl.Function})
		}
	}
	return set{}
}
