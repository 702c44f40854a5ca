package detect

import (
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// memberOf gives what member name of base may be, read but not called.
func (e *evaluator) memberOf(base set, x *languages.Expr, name string, at *env) set {
	s := set{incomplete: base.incomplete}
	for i := range base.values {
		s.merge(e.member(&base.values[i], x, name, at))
	}
	if len(s.values) == 0 && !hasClient(base) && x.Base != nil {
		s.merge(e.assignedAnywhere(x, name, at))
	}
	if len(s.values) == 0 && at.file.Traits.ImplicitMembers {
		s.merge(e.fullName(x, name, at))
	}
	return s
}

// fullName gives a class that is named in full, with its package.
func (e *evaluator) fullName(x *languages.Expr, name string, at *env) set {
	module := plainName(x.Base)
	im := &languages.Import{Module: module, Symbol: name, Range: x.Range}
	switch {
	case module == "":
	case e.libraryOf(at.file.Language, module) != nil:
		return e.imported(at.file, im)
	case strings.Contains(module, "."):
		if files := e.project.Resolve(at.file, im); len(files) > 0 {
			return e.importedFrom(files, at.file, im)
		}
	}
	return set{}
}

// plainName gives the dotted name that an expression is, "" if it is more than
// names: the package in front of a class that is named in full.
func plainName(x *languages.Expr) string {
	name := ""
	for ; x != nil; x = x.Base {
		switch x.Kind {
		case languages.Name:
			return x.Text + name
		case languages.Member:
			name = "." + x.Text + name
		default:
			return ""
		}
	}
	return ""
}

func hasClient(s set) bool {
	for i := range s.values {
		switch s.values[i].kind {
		case instanceValue, moduleValue, symbolValue, opaqueValue, textValue:
			return true
		}
	}
	return false
}

func (e *evaluator) member(v *value, x *languages.Expr, name string, at *env) set {
	switch v.kind {
	case instanceValue:
		return e.instanceMember(v, x, name, at)
	case moduleValue, symbolValue:
		return e.symbolMember(v, x, name, at)
	case opaqueValue:
		return one(value{kind: opaqueValue, module: v.module, client: v.client})
	case filesValue:
		return e.filesMember(v, name)
	case classValue:
		return e.classMember(v, x, name)
	case objectValue:
		return e.narrowMember(e.objectMember(*v, name, x, 0), v, name)
	case superValue:
		return e.superMember(v, name, x)
	case recordValue:
		return e.narrowMember(e.recordMember(v, x, name, at), v, name)
	case textValue:
		return e.textMember(v, name, at)
	case functionValue, memberValue:
		if name == "bind" { // f.bind(x) is f: the call of bind gives it back
			binder := *v
			binder.binder = true
			return one(binder)
		}
	}
	return unknown()
}

// textMember changes a text as the language's member of that name does.
func (e *evaluator) textMember(v *value, name string, at *env) set {
	change, ok := at.file.Traits.TextMembers[name]
	if !ok {
		return unknown()
	}
	changed := *v
	switch change {
	case languages.UpperText:
		changed.text = strings.ToUpper(v.text)
	case languages.LowerText:
		changed.text = strings.ToLower(v.text)
	}
	return one(changed)
}

func (e *evaluator) instanceMember(v *value, x *languages.Expr, name string, at *env) set {
	m := v.typ.lookup(name)
	if m == nil || v.boxed && !v.opened && at.file.Traits.ImplicitMembers && m.sends != "" && !saysFamily(name, m.sends) {
		if v.boxed || v.typ.rule.Fluent {
			return one(*v)
		}
		if s := e.assignedAnywhere(x, name, at); len(s.values) > 0 {
			return s
		}
		return one(value{kind: opaqueValue, client: v.typ.client, module: v.typ.client.Name})
	}
	var s set
	if m.field != nil {
		s.add(value{kind: instanceValue, typ: m.field, weak: v.weak, because: v.because})
	}
	if m.sends != "" || len(m.raws) > 0 || m.gives != nil || m.callback != nil || len(m.settings) > 0 {
		s.add(value{kind: memberValue, typ: v.typ, member: m, text: name, weak: v.weak, expr: v.expr, env: v.env, because: v.because})
	}
	return s
}

// symbolMember gives a name of a module, or a name inside a name.
func (e *evaluator) symbolMember(v *value, x *languages.Expr, name string, at *env) set {
	if v.kind == moduleValue {
		if c := e.submodule(v.module, name, at.file); c != nil {
			return one(value{kind: moduleValue, module: v.module + "." + name, client: c, because: v.because})
		}
		if name == "default" {
			return one(*v)
		}
	}
	symbol := value{kind: symbolValue, module: v.module, text: name, client: v.client, because: v.because}
	if v.text != "" {
		symbol.text = v.text + "." + name
	}
	if symbol.client == nil {
		return one(symbol)
	}
	if named := e.constant(symbol, x, at); named.kind != symbolValue {
		return one(named)
	}
	if constant, ok := e.constantMember(v, at); ok {
		return constant
	}
	return one(symbol)
}

// constant gives the text of a symbol that a catalogue lists as a constant, any
// other symbol itself.
func (e *evaluator) constant(v value, x *languages.Expr, at *env) value {
	if v.kind != symbolValue {
		return v
	}
	if s := e.symbolOf(&v, at); s != nil && s.constant != "" {
		return value{kind: textValue, text: s.constant, expr: x, env: at, because: v.because}
	}
	return v
}

// submodule gives the client whose module module.name is, nil if it is none or
// if name is a symbol of the module.
func (e *evaluator) submodule(module, name string, from *link.File) *client {
	k := e.knowledge.of(from.Language)
	if k == nil || !from.Traits.ClassScope {
		return nil
	}
	for _, c := range k.clientsOf(module) {
		if c.knows(module, name) {
			return nil
		}
	}
	return e.libraryOf(from.Language, module+"."+name)
}

// constantMember sees through members of constants: SearchCommand.SEARCH.getRaw().
func (e *evaluator) constantMember(v *value, at *env) (set, bool) {
	if v.kind != symbolValue {
		return set{}, false
	}
	if s := e.symbolOf(v, at); s != nil && s.constant != "" {
		return one(value{kind: textValue, text: s.constant, because: v.because}), true
	}
	return set{}, false
}

// symbolOf finds what the catalogues say of a symbol.
func (e *evaluator) symbolOf(v *value, at *env) *symbol {
	k := e.knowledge.of(at.file.Language)
	if k == nil {
		return nil
	}
	for _, c := range k.clientsOf(v.module) {
		if s := c.find(v.module, v.text); s != nil {
			return s
		}
	}
	if v.client != nil {
		return v.client.find(v.module, v.text)
	}
	return nil
}

func (e *evaluator) filesMember(v *value, name string) set {
	var s set
	found := false
	for _, f := range v.files {
		if values, ok := e.exported(f, name, 0); ok {
			s.merge(values)
			found = true
			continue
		}
		if subs := e.project.Submodule(f, name); len(subs) > 0 {
			s.add(value{kind: filesValue, files: subs})
			found = true
		}
	}
	if !found {
		if len(v.files) > 0 && v.files[0].Traits.PackageScope {
			e.project.WantName(v.files[0], name)
		}
		return unknown()
	}
	return s
}

func (e *evaluator) recordMember(v *value, x *languages.Expr, name string, at *env) set {
	if !e.deeper() {
		return unknown()
	}
	defer e.leave()
	var s set
	if e.reading[v.expr] {
		return s // it is spread into itself
	}
	e.reading[v.expr] = true
	defer delete(e.reading, v.expr)
	position := e.position(v, name)
	for i, item := range v.expr.Items {
		switch {
		case item.Spread:
			inner := e.eval(item.Value, v.env)
			for i := range inner.values {
				if inner.values[i].kind == recordValue && inner.values[i].expr != v.expr {
					s.merge(e.recordMember(&inner.values[i], x, name, at))
				}
			}
		case item.Name == name:
			s.merge(e.eval(item.Value, v.env))
		case i == position:
			s.merge(e.eval(item.Value, v.env))
		case item.Key != nil:
			keys := e.eval(item.Key, v.env)
			for _, k := range keys.values {
				if k.kind == textValue && k.text == name {
					s.merge(e.eval(item.Value, v.env))
				}
			}
		}
	}
	for _, added := range v.extra {
		if added.key == nil { // the entries of another record: update(other)
			for _, inner := range e.eval(added.expr, added.env).values {
				if inner.kind == recordValue && inner.expr != v.expr {
					s.merge(e.recordMember(&inner, x, name, at))
				}
			}
			continue
		}
		for _, k := range e.eval(added.key, added.env).values {
			if k.kind == textValue && k.text == name {
				s.merge(e.eval(added.expr, added.env))
			}
		}
	}
	if len(s.values) == 0 {
		s.merge(e.assignedAnywhere(x, name, at))
	}
	if len(s.values) == 0 {
		s.incomplete = true
	}
	return enteredWith(s, v)
}

// enteredWith marks texts and lists that a record or a list holds with the
// argument by which it entered a function.
func enteredWith(s set, holder *value) set {
	if holder.site == nil {
		return s
	}
	marked := set{incomplete: s.incomplete, values: make([]value, len(s.values))}
	copy(marked.values, s.values)
	for i := range marked.values {
		if v := &marked.values[i]; (v.kind == textValue || v.kind == listValue) && v.site == nil {
			v.site, v.because = holder.site, join(v.because, holder.because)
		}
	}
	return marked
}

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
		return s
	}
	if v.class.Decl().Kind == languages.EnumType && v.class.File.Traits.EnumMembers[name] == languages.EnumAny {
		return e.enumMembers(v)
	}
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
	for _, m := range e.project.MemberBindings(id.File.Language, name) {
		base := m.Binding.Target.Base
		if base != nil && base.Kind == languages.Name && base.Text == id.Decl().Name && m.Binding.Value != nil {
			s.merge(e.eval(m.Binding.Value, &env{file: m.File, fn: m.Function}))
		}
	}
	if len(s.values) == 0 {
		s.incomplete = true
	}
	return s
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
		s = e.eval(field.Value, e.fieldPlace(part, place))
		for i := range s.values {
			v := &s.values[i]
			if v.kind == objectValue && part.Decl().Kind == languages.EnumType {
				v.text = field.Name
			}
			if v.kind == instanceValue || v.kind == textValue {
				*v = v.explain(part.File, field.Range, "field "+field.Name)
			}
		}
	} else if part.Decl().Kind == languages.EnumType && field.Type.Name == "" {
		s.add(value{kind: objectValue, class: part, text: field.Name})
	}
	if field.Type.Name != "" && !hasReceiver(s) {
		typed := e.typeRef(field.Type, part.File, part.Decl().Function, 0)
		for i := range typed.values {
			typed.values[i] = typed.values[i].explain(part.File, field.Range, "field "+field.Name+" "+field.Type.Name)
		}
		s.merge(typed)
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
	return s
}

func (e *evaluator) ownMember(self value, id link.TypeID, name string) (set, bool) {
	var extra []addition
	if s, ok := e.declaredField(id, name); ok {
		return s, true
	}
	s, found := e.literalField(&self, name)
	for _, m := range e.assignments(&self, id, name) {
		found = true
		switch {
		case m.Binding.Append:
			extra = appendAdditions(extra, m.Binding, &env{file: m.File, fn: m.Function, self: &self})
		case m.Binding.Value != nil:
			s.merge(e.assigned(m, self))
		}
	}
	if field, part := e.project.Field(id, name); field != nil {
		found = true
		if !hasReceiver(s) || field.Value != nil {
			s.merge(e.fieldValue(field, part, self))
		}
		if !hasClientObject(s) && self.kind == objectValue && self.expr == nil {
			s.merge(e.fieldOfLiterals(id, name))
		}
	}
	if len(s.values) == 0 {
		for _, m := range e.project.Assigned(id, name) {
			if m.Binding.Type.Name != "" {
				s.merge(e.typeRef(m.Binding.Type, m.File, m.Function, 0))
			}
		}
	}
	e.extend(&s, extra, &self)
	for _, fn := range e.project.Method(id, name) {
		found = true
		s.merge(e.method(self, fn))
	}
	return s, found
}

// declaredField gives the client that a field is declared to be.
func (e *evaluator) declaredField(id link.TypeID, name string) (set, bool) {
	field, part := e.project.Field(id, name)
	if field == nil {
		return set{}, false
	}
	s, ok := e.declaredClient(field.Type, part.File, part.Decl().Function)
	for i := range s.values {
		s.values[i] = s.values[i].explain(part.File, field.Range, "field "+field.Name+" "+field.Type.Name)
	}
	return s, ok
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
	s := e.eval(m.Binding.Value, place)
	for i := range s.values {
		if v := &s.values[i]; v.kind == instanceValue || v.kind == textValue {
			*v = v.explain(m.File, m.Binding.Range, "held in "+m.Binding.Target.Text)
		}
	}
	return s
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
	if depth > maxFrames {
		return unknown()
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

// maxAssigned bounds how many assignments to members of one name are looked at.
const maxAssigned = 12

// assignedAnywhere gives what code anywhere in the project assigns to a member
// of that name on something of the same name: app.state.redis = Redis() answers
// request.app.state.redis. The names alone say that it is the same, so what it
// gives is a guess, unless all names are equal and the file is the same.
func (e *evaluator) assignedAnywhere(x *languages.Expr, name string, at *env) set {
	bindings := e.project.MemberBindings(at.file.Language, name)
	if len(bindings) == 0 || len(bindings) > maxAssigned || x.Base == nil {
		return unknown()
	}
	s := set{incomplete: true}
	for _, m := range bindings {
		target := m.Binding.Target
		if m.Binding.Value == nil || target == x || !sameName(target.Base, x.Base) || m.File.IsSelf(m) {
			continue
		}
		more := e.eval(m.Binding.Value, &env{file: m.File, fn: m.Function})
		for _, v := range more.values {
			if v.kind == instanceValue && !v.typ.client.Mock || v.kind == objectValue {
				v.weak = v.weak || m.File != at.file || !sameText(target.Base, x.Base)
				s.add(v.explain(m.File, m.Binding.Range, "assigned to "+name))
			}
		}
	}
	return s
}

// sameName tells whether two expressions end in the same name.
func sameName(a, b *languages.Expr) bool {
	return a != nil && b != nil && a.Text != "" && a.Text == b.Text
}

// sameText tells whether two expressions are the same names in the same order.
func sameText(a, b *languages.Expr) bool {
	for a != nil && b != nil {
		if a.Kind != b.Kind || a.Text != b.Text {
			return false
		}
		a, b = a.Base, b.Base
	}
	return a == nil && b == nil
}
