package detect

import (
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// literalField gives what the literal that made an object gives a field.
func (e *evaluator) literalField(self *value, name string) (set, bool) {
	if self.kind != objectValue || self.env == nil || self.expr == nil || self.expr.Kind != languages.Record {
		return set{}, false
	}
	position := e.position(self, name)
	for i, item := range self.expr.Items() {
		if item.Name == name || i == position {
			return e.eval(item.Value, self.env), true
		}
	}
	return set{}, false
}

// position gives the place of a field in a literal that does not name its
// fields; -1 in any other.
func (e *evaluator) position(v *value, name string) int {
	items := v.expr.Items()
	if v.expr.Type().Name == "" || len(items) == 0 || items[0].Name != "" || items[0].Key != nil || items[0].Spread {
		return -1
	}
	for _, t := range e.typeRef(v.expr.Type(), v.env.file, v.env.fn, 0).values {
		if t.kind != objectValue {
			continue
		}
		for i := range t.class.Decl().Fields {
			if t.class.Decl().Fields[i].Name == name {
				return i
			}
		}
	}
	return -1
}

// assignments gives the assignments to a member of an object: those of its own
// methods and, where it is known which literal made it, those to the variable
// that holds it.
func (e *evaluator) assignments(self *value, id link.TypeID, name string) []link.MemberBinding {
	found := e.project.Assigned(id, name)
	if self.kind != objectValue || self.env == nil || self.expr == nil || self.expr.Kind != languages.Record {
		return found
	}
	var first []link.MemberBinding
	for _, m := range self.env.file.MembersNamed(name) {
		base := m.Binding.Target.Base
		if base == nil || base.Kind != languages.Name || m.File.IsSelf(m) {
			continue
		}
		for _, d := range e.project.Lookup(m.File, m.Function, base.Text) {
			if d.Kind == link.BindingDefinition && d.Binding.Value == self.expr {
				first = append(first, m)
				break
			}
		}
	}
	return append(first, found...)
}

// An ownKey names a member of an object as one of its types has it.
type ownKey struct {
	self value
	of   link.TypeID
	name string
}

// appended gives what assignments append to a member of an object. All uses of the member
// have it in common: each of a thousand may be of a list with a thousand elements.
func (e *evaluator) appended(self value, id link.TypeID, name string, assignments []link.MemberBinding) []addition {
	if !slices.ContainsFunc(assignments, func(m link.MemberBinding) bool { return m.Binding.Append }) {
		return nil
	}
	key := ownKey{self, id, name}
	extra, known := e.additions[key]
	if known {
		return extra
	}
	for _, m := range assignments {
		if m.Binding.Append {
			extra = appendAdditions(extra, m.Binding, &env{file: m.File, fn: m.Function, self: &self})
		}
	}
	e.additions[key] = extra
	return extra
}

// extend appends to the lists that a member may hold. A member of an object
// whose literal does not mention it begins as an empty list.
func (e *evaluator) extend(s set, extra []addition, self *value) set {
	if len(extra) == 0 {
		return s
	}
	if len(s.values) == 0 && self.kind == objectValue && self.expr != nil && self.expr.Kind == languages.Record {
		s.add(value{kind: listValue, expr: &languages.Expr{Kind: languages.List, Range: self.expr.Range}, env: self.env})
	}
	return s.with(func(v value) value {
		if v.kind == listValue {
			return v.withExtra(extra)
		}
		return v
	})
}

// maxLiterals bounds how many literals of a type are looked at to learn what a
// field may hold.
const maxLiterals = 24

// fieldOfLiterals gives what the project's literals of a type give a field: the
// constructors of a type whose fields have no telling types of their own. A
// text counts only if all of them give the same one.
func (e *evaluator) fieldOfLiterals(id link.TypeID, name string) set {
	var s, texts set
	literals := e.project.Literals(id.File.Language, id.Decl().Name, name)
	if len(literals) > maxLiterals {
		return unknown()
	}
	for _, l := range literals {
		if !e.isOfClass(l, id) {
			continue
		}
		for _, v := range e.eval(l.Item.Value, &env{file: l.File, fn: l.Function}).values {
			v = v.explain(l.File, l.Item.Range, "given to field "+name)
			switch v.kind {
			case instanceValue, memberValue, objectValue, listValue, functionValue:
				s.add(v)
			case textValue, numberValue:
				texts.add(v)
			}
		}
	}
	if len(texts.values) == 1 && len(s.values) == 0 {
		return set{values: texts.values, incomplete: true}
	}
	s.incomplete = true
	return s
}

// fieldFilledIn gives what code outside of a type's methods assigns to a field of
// its objects: the function that makes them.
func (e *evaluator) fieldFilledIn(id link.TypeID, name string) set {
	var s set
	bindings := e.project.MemberBindings(id.File.Language, name)
	if len(bindings) > maxLiterals {
		return unknown()
	}
	for _, m := range bindings {
		if m.Binding.Value == nil || m.File.IsSelf(m) || !slices.Contains(e.project.DeclaredType(m.File, m.Function, id.Decl().Name), id) {
			continue
		}
		place := &env{file: m.File, fn: m.Function}
		if !isObjectOf(e.eval(m.Binding.Target.Base, place), id) {
			continue
		}
		for _, v := range e.eval(m.Binding.Value, place).values {
			switch v.kind {
			case instanceValue, memberValue, objectValue, listValue, functionValue:
				s.add(v.explain(m.File, m.Binding.Range, "given to field "+name))
			}
		}
	}
	s.incomplete = true
	return s
}

// hasMethods tells whether something in the set is an object whose methods do
// something, so that what it is is known: no interface.
func hasMethods(s set) bool {
	for i := range s.values {
		if v := &s.values[i]; v.kind == objectValue && v.class.Decl().Kind == languages.ClassType {
			return true
		}
	}
	return false
}

func isObjectOf(s set, id link.TypeID) bool {
	for i := range s.values {
		if v := &s.values[i]; v.kind == objectValue && v.class == id {
			return true
		}
	}
	return false
}

// isOfClass tells whether a literal makes an object of the class. What must be
// read to know that has been read: the class is known.
func (e *evaluator) isOfClass(l link.Literal, id link.TypeID) bool {
	quiet := e.project.Quiet
	e.project.Quiet = true
	defer func() { e.project.Quiet = quiet }()
	for _, v := range e.typeRef(languages.TypeRef{Name: l.Type}, l.File, l.Function, 0).values {
		if v.kind == objectValue && v.class == id {
			return true
		}
	}
	return false
}

// narrowed gives the client's member that a method of the project's own
// interface stands for: its results are the client library's, and the library
// has a type with a member of that name.
func (e *evaluator) narrowed(fn link.FunctionID) set {
	decl := fn.Decl()
	if decl.Owner < 0 || fn.File.Types[decl.Owner].Kind != languages.InterfaceType {
		return set{}
	}
	for _, result := range decl.Results {
		for _, v := range e.typeRef(result, fn.File, fn.Index, 0).values {
			c := v.client
			if v.kind == instanceValue {
				c = v.typ.client
			}
			if v.kind != instanceValue && v.kind != opaqueValue || c == nil || c.Mock {
				continue
			}
			for _, t := range c.sortedTypes() {
				if m := t.lookup(decl.Name); m != nil && (rules.SaysFamily(decl.Name, m.sends) || len(m.raws) > 0) {
					v := value{kind: memberValue, typ: t, member: m, text: decl.Name}
					return one(v.explain(fn.File, decl.Range, "declared like a member of "+c.Name))
				}
			}
		}
	}
	return set{}
}
