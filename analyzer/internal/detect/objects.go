package detect

import (
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// classMember gives a member of the class itself: a nested type, a static or
// class-level field, an enum member, a method not bound to an object.
func (e *evaluator) classMember(v *value, x *languages.Expr, name string) set {
	var s set
	for _, inner := range e.project.Inner(v.class, name) {
		s.add(value{kind: classValue, class: inner})
	}
	field, part := e.project.Field(v.class, name)
	if field != nil {
		s.merge(e.fieldValue(field, part, value{kind: classValue, class: v.class}))
	}
	for _, fn := range e.project.Method(v.class, name) {
		s.add(value{kind: functionValue, fn: fn})
	}
	if len(s.values) > 0 {
		if field != nil && field.Value != nil && field.Value.Kind == languages.None {
			s.merge(e.assignedToClass(v.class, name)) // made when it is first asked for
		}
		return s
	}
	if v.class.Decl().Kind == languages.EnumType && v.class.File.Traits.EnumMembers[name] == languages.EnumAny {
		return e.enumMembers(v)
	}
	e.project.WantMember(v.class, name)
	s = e.baseMember(value{kind: classValue, class: v.class}, v.class, name, x, 0)
	if len(s.values) == 0 {
		s.merge(e.assignedToClass(v.class, name))
	}
	return s
}

// enumName gives the name of a member of an enum, asked for in the language's way.
func enumName(self *value, name string) (value, bool) {
	if self.kind != objectValue || self.text == "" || self.class.File.Traits.EnumMembers[name] != languages.EnumName {
		return value{}, false
	}
	return value{kind: textValue, text: self.text, because: self.because, site: self.site}, true
}

// assignedToClass gives what code assigned to a member of the class by its name.
func (e *evaluator) assignedToClass(id link.TypeID, name string) set {
	var s set
	bindings := e.project.MemberBindings(id.File.Language, name)
	for _, m := range bindings[:min(len(bindings), maxSearched)] {
		base := m.Binding.Target.Base
		if base != nil && base.Kind == languages.Name && m.Binding.Value != nil && (base.Text == id.Decl().Name || standsForClass(m, base.Text, id)) {
			s.merge(e.eval(m.Binding.Value, &env{file: m.File, fn: m.Function}))
		}
	}
	if len(s.values) == 0 {
		s.incomplete = true
	}
	return s
}

// standsForClass tells whether an assignment is one by a method of the class to a member of
// what the name of its receiver says: of the class itself.
func standsForClass(m link.MemberBinding, name string, id link.TypeID) bool {
	fn := &m.File.Functions[m.Function]
	return fn.Receiver == name && fn.ClassReceiver && m.File == id.File && fn.Owner == id.Index
}

func (e *evaluator) enumMembers(v *value) set {
	var s set
	decl := v.class.Decl()
	if decl.Kind != languages.EnumType {
		return unknown()
	}
	for i := range decl.Fields {
		if field := &decl.Fields[i]; isEnumMember(field, v.class) {
			s.merge(e.fieldValue(field, v.class, *v))
		}
	}
	return s
}

// isEnumMember tells a member of an enum from another field of it. Where members
// are objects, they are made by calls of the enum.
func isEnumMember(field *languages.Field, id link.TypeID) bool {
	if len(id.File.Traits.EnumMembers) == 0 {
		return true
	}
	return field.Value != nil && field.Value.Kind == languages.Call && field.Value.New && field.Type.Name == id.Decl().Name
}

// fieldValue gives what a field starts as: its initial value or, without a
// useful one, a value of its type.
func (e *evaluator) fieldValue(field *languages.Field, part link.TypeID, self value) set {
	place := &env{file: part.File, fn: part.Decl().Function}
	if part.File.Traits.ClassScope {
		place.body = &part
	}
	if self.kind == objectValue {
		place.self = &self
	}
	var s set
	if field.Value != nil {
		s = e.eval(field.Value, e.fieldPlace(part, place)).with(func(v value) value {
			switch {
			case v.kind == objectValue && part.Decl().Kind == languages.EnumType:
				v.text = field.Name
			case v.kind == instanceValue || v.kind == textValue:
				return v.explain(part.File, field.Range, "field "+field.Name)
			}
			return v
		})
	} else if part.Decl().Kind == languages.EnumType && field.Type.Name == "" {
		s.add(value{kind: objectValue, class: part, text: field.Name})
	}
	if field.Type.Name != "" && !hasReceiver(s) {
		s.merge(e.typeRef(field.Type, part.File, part.Decl().Function, 0).with(declaredAs(field, part)))
	}
	if field.Value == nil && field.Type.Name == "" {
		s.incomplete = true
	}
	return s
}

// fieldPlace is where a field's initial value is evaluated: inside one of the
// type's methods where a bare name may be a member, else where the type stands.
func (e *evaluator) fieldPlace(part link.TypeID, place *env) *env {
	if part.File.Traits.ImplicitMembers {
		for _, m := range part.Decl().Methods {
			return &env{file: part.File, fn: m, self: place.self}
		}
	}
	return place
}

// objectMember gives a member of an object: what its methods assign to it, its
// field, its method; else what its bases have; else what derived types have.
func (e *evaluator) objectMember(self value, name string, x *languages.Expr, depth int) set {
	if !e.deeper() {
		return unknown()
	}
	defer e.leave()
	s, found := e.ownMember(self, self.class, name)
	if found {
		return s
	}
	e.project.WantMember(self.class, name)
	if v, ok := enumName(&self, name); ok {
		return one(v)
	}
	s = e.baseMember(self, self.class, name, x, depth)
	if len(s.values) > 0 {
		return s
	}
	if self.expr == nil {
		for _, sub := range e.project.Derived(self.class) {
			derived := self
			derived.class = sub
			if more, ok := e.ownMember(derived, sub, name); ok {
				s.merge(more)
			}
		}
	}
	if len(s.values) == 0 {
		s.merge(e.fieldFilledIn(self.class, name))
	}
	return s
}

// ownMember gives a member of an object as one of its types has it, and whether that
// type has one.
func (e *evaluator) ownMember(self value, id link.TypeID, name string) (set, bool) {
	if s, ok := e.declaredField(id, name); ok {
		return e.withMethods(s, self, e.project.Method(id, name)), true
	}
	if !e.isAssignedOften(&self, id, name) {
		return e.oneMember(self, id, name)
	}
	key := memberKey{id, name, self.class, self.expr}
	m := e.members[key]
	if m == nil {
		m = &manyMembers{stands: &languages.Expr{Kind: languages.Member, Text: name}, found: true}
		e.members[key] = m
	}
	at := &env{file: id.File, self: &self}
	s := e.once(keyOf(m.stands, at), at, func() (s set) {
		s, m.found = e.oneMember(self, id, name)
		return s
	})
	return s, m.found
}

// isAssignedOften tells whether so many assignments may be to the member that they are
// asked once for all its uses.
func (e *evaluator) isAssignedOften(self *value, id link.TypeID, name string) bool {
	count := 0
	for _, part := range e.project.Parts(id) {
		count += len(part.File.MembersNamed(name))
	}
	if self.env != nil && self.expr != nil && self.expr.Kind == languages.Record {
		count += len(self.env.file.MembersNamed(name))
	}
	return count >= manyDefinitions
}

// A memberKey is a member as a type has it, of an object and the call that made it.
type memberKey struct {
	of   link.TypeID
	name string
	self link.TypeID
	made *languages.Expr
}

// manyMembers stands for a member with many assignments. Found tells whether the type has it.
type manyMembers struct {
	stands *languages.Expr
	found  bool
}

// oneMember is ownMember for a member without a declaration that says it all.
func (e *evaluator) oneMember(self value, id link.TypeID, name string) (set, bool) {
	s, found := e.literalField(&self, name)
	assignments := e.assignments(&self, id, name)
	for _, m := range assignments {
		found = true
		if m.Binding.Value != nil && !m.Binding.Append {
			s.merge(e.assigned(m, self))
		}
	}
	if field, part := e.project.Field(id, name); field != nil {
		found = true
		if !hasReceiver(s) || field.Value != nil {
			s.merge(e.fieldValue(field, part, self))
		}
		if (!hasClientObject(s) || isFunctionType(field.Type)) && self.kind == objectValue && self.expr == nil {
			s.merge(e.fieldOfLiterals(id, name))
			if !hasClientObject(s) && !hasMethods(s) {
				s.merge(e.fieldFilledIn(id, name))
			}
		}
	}
	if len(s.values) == 0 {
		for _, m := range e.project.Assigned(id, name) {
			if m.Binding.Type.Name != "" {
				s.merge(e.typeRef(m.Binding.Type, m.File, m.Function, 0))
			}
		}
	}
	s = e.extend(s, e.appended(self, id, name, assignments), &self)
	methods := e.project.Method(id, name)
	return e.withMethods(s, self, methods), found || len(methods) > 0
}

// withMethods adds a type's methods of a name, which a field may have too: overloads, or
// a method client() that gives the field client.
func (e *evaluator) withMethods(s set, self value, methods []link.FunctionID) set {
	for _, fn := range methods[:min(len(methods), maxValues)] {
		s.merge(e.method(self, fn))
	}
	return s
}

// declaredField gives the client that a field is declared to be.
func (e *evaluator) declaredField(id link.TypeID, name string) (set, bool) {
	field, part := e.project.Field(id, name)
	if field == nil {
		return set{}, false
	}
	s, ok := e.declaredClient(field.Type, part.File, part.Decl().Function)
	return s.with(declaredAs(field, part)), ok
}

// declaredAs explains values by the type that a field is declared to have.
func declaredAs(field *languages.Field, part link.TypeID) func(value) value {
	message := "field " + field.Name + " " + field.Type.Name
	return func(v value) value { return v.explain(part.File, field.Range, message) }
}

// method gives a method bound to its object; of a property, what it returns.
func (e *evaluator) method(self value, fn link.FunctionID) set {
	v := value{kind: functionValue, fn: fn, self: &self}
	if isProperty(fn.Decl()) {
		return e.returns(v, nil, &env{file: fn.File, fn: fn.Index})
	}
	s := one(v)
	s.merge(e.narrowed(fn))
	return s
}

// assigned evaluates the value of an assignment to a member, in the method that
// makes it: for a constructor, with the arguments that made the object.
func (e *evaluator) assigned(m link.MemberBinding, self value) set {
	place := &env{file: m.File, fn: m.Function, self: &self}
	fn := link.FunctionID{File: m.File, Index: m.Function}
	if m.File.Functions[m.Function].Constructor && self.expr != nil && self.env != nil &&
		self.expr.Kind == languages.Call && self.env.depth() < maxCalls {
		place.frame = e.newFrame(fn, self.expr, self.env, nil)
	}
	return e.eval(m.Binding.Value, place).with(func(v value) value {
		if v.kind == instanceValue || v.kind == textValue {
			return v.explain(m.File, m.Binding.Range, "held in "+m.Binding.Target.Text)
		}
		return v
	})
}

func isProperty(fn *languages.Function) bool {
	for _, a := range fn.Annotations {
		for a != nil && a.Kind == languages.Call {
			a = a.Base
		}
		if a == nil {
			continue
		}
		switch a.Text {
		case "property", "cached_property", "computed_field", "functools.cached_property":
			return true
		}
	}
	return false
}

// baseMember gives a member inherited from a base: of the project, or a
// client library's class.
func (e *evaluator) baseMember(self value, id link.TypeID, name string, x *languages.Expr, depth int) set {
	switch {
	case depth > maxFrames:
		return unknown()
	case depth == 0:
		defer func(outer map[link.TypeID]bool) { e.heirs = outer }(e.heirs)
		e.heirs = nil
	case e.heirs[id]:
		return set{} // what it inherits is in the answer already
	case e.heirs == nil:
		e.heirs = make(map[link.TypeID]bool)
	}
	if e.heirs != nil {
		e.heirs[id] = true
	}
	var s set
	for _, part := range e.project.Parts(id) {
		decl := part.Decl()
		for _, base := range decl.Bases {
			s.merge(e.inherited(e.typeRef(base, part.File, decl.Function, 0), self, name, x, depth))
		}
		for i := range decl.Fields {
			if f := &decl.Fields[i]; f.Embedded {
				s.merge(e.inherited(e.typeRef(f.Type, part.File, decl.Function, 0), self, name, x, depth))
			}
		}
	}
	return s
}

func (e *evaluator) inherited(bases set, self value, name string, x *languages.Expr, depth int) set {
	s := set{incomplete: bases.incomplete}
	for i := range bases.values {
		b := &bases.values[i]
		switch b.kind {
		case objectValue:
			inner := self
			if inner.kind != objectValue {
				inner = *b
			}
			more, found := e.ownMember(inner, b.class, name)
			if !found {
				e.project.WantMember(b.class, name)
				more = e.baseMember(inner, b.class, name, x, depth+1)
			}
			s.merge(more)
		case instanceValue:
			if b.typ.lookup(name) != nil {
				s.merge(e.instanceMember(b, x, name, &env{file: b.fileOr(self.class.File)}))
			}
		}
	}
	return s
}

func (v *value) fileOr(f *link.File) *link.File {
	if v.env != nil {
		return v.env.file
	}
	return f
}

func (e *evaluator) superMember(v *value, name string, x *languages.Expr) set {
	self := value{kind: objectValue, class: v.class}
	if v.self != nil {
		self = *v.self
	}
	return e.baseMember(self, v.class, name, x, 0)
}
