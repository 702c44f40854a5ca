package detect

import (
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// memberOf gives what member name of base may be, read but not called.
func (e *evaluator) memberOf(base set, x *languages.Expr, name string, at *env) set {
	if enters := at.file.Traits.Enters; len(enters) > 0 && name == enters[0] {
		return e.enter(base, enters, x)
	}
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

// enter gives the methods by which objects are entered. What has none, and what is no
// object of a type of the project, gives itself.
func (e *evaluator) enter(base set, names []string, x *languages.Expr) set {
	s := set{incomplete: base.incomplete}
	for i := range base.values {
		v := base.values[i]
		var methods set
		if v.kind == objectValue {
			for _, name := range names {
				for _, m := range e.objectMember(v, name, x, 0).values {
					if m.kind == functionValue {
						methods.add(m)
					}
				}
			}
		}
		if s.merge(methods); len(methods.values) == 0 {
			v.binder = true
			s.add(v)
		}
	}
	return s
}

// fullName gives a class that is named in full, with its package.
func (e *evaluator) fullName(x *languages.Expr, name string, at *env) set {
	module := plainName(x.Base)
	im := &languages.Import{Module: module, Symbol: name, Range: x.Range}
	switch {
	case module == "":
	case e.libraryOf(at.file, module) != nil:
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
		return e.filesMember(v, name, at)
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
	if m == nil || v.boxed && !v.opened && at.file.Traits.ImplicitMembers && m.sends != "" && !rules.SaysFamily(name, m.sends) {
		if v.boxed || v.typ.rule.Fluent {
			return one(*v)
		}
		if s := e.assignedTo(v, name, at); len(s.values) > 0 {
			return s
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
	if m.sends != "" || len(m.raws) > 0 || m.gives != nil || m.callback != nil || len(m.settings) > 0 || !m.empty() {
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
	return e.libraryOf(from, module+"."+name)
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

func (e *evaluator) filesMember(v *value, name string, at *env) set {
	var s set
	found := false
	for _, f := range v.rarity().files {
		if values, ok := e.exported(f, name); ok {
			s.merge(values)
			found = true
			continue
		}
		if subs := e.project.Submodule(f, name); len(subs) > 0 {
			s.add(filesOf(subs, ""))
			found = true
		}
	}
	if !found {
		e.project.WantName(at.file, v.module, name)
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
	position, left := e.position(v, name), maxEntries
	for i, item := range v.expr.Items() {
		if !item.Spread && item.Name != name && i != position && !mayBe(item.Key, name) {
			continue
		}
		if left--; left < 0 {
			s.incomplete = true
			break
		}
		switch {
		case item.Spread:
			s.merge(e.entryOf(v, e.eval(item.Value, v.env), x, name, at))
		case item.Name == name, i == position, e.isText(item.Key, v.env, name):
			s.merge(e.eval(item.Value, v.env))
		}
	}
	for _, added := range v.rarity().extra {
		if added.key != nil && !mayBe(added.key, name) {
			continue
		}
		if left--; left < 0 {
			s.incomplete = true
			break
		}
		if added.key == nil { // the entries of another record: update(other)
			s.merge(e.entryOf(v, e.eval(added.expr, added.env), x, name, at))
		} else if e.isText(added.key, added.env, name) {
			s.merge(e.eval(added.expr, added.env))
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

// maxEntries bounds how many of a record's entries are looked at that may have the
// name that is looked up.
const maxEntries = 512

// mayBe tells, without evaluating it, whether a key may be a text.
func mayBe(key *languages.Expr, text string) bool {
	return key != nil && (key.Kind != languages.Text || key.Text == text)
}

// isText tells whether a key is, among what it may be, a text.
func (e *evaluator) isText(key *languages.Expr, at *env, text string) bool {
	return key != nil && slices.ContainsFunc(e.eval(key, at).values, func(k value) bool { return k.kind == textValue && k.text == text })
}

// entryOf gives a member of records that are worked into another.
func (e *evaluator) entryOf(into *value, records set, x *languages.Expr, name string, at *env) set {
	var s set
	for i := range records.values {
		if inner := &records.values[i]; inner.kind == recordValue && inner.expr != into.expr {
			s.merge(e.recordMember(inner, x, name, at))
		}
	}
	return s
}

// enteredWith marks texts and lists that a record or a list holds with the
// argument by which it entered a function.
func enteredWith(s set, holder *value) set {
	if holder.site == nil {
		return s
	}
	return s.with(func(v value) value {
		if (v.kind == textValue || v.kind == listValue) && v.site == nil {
			v.site, v.because = holder.site, join(v.because, holder.because)
		}
		return v
	})
}

// assignedTo gives what code assigns to a member of a client that the library
// does not have: client.searchAsync = promisify(client.ft_search).bind(client).
func (e *evaluator) assignedTo(v *value, name string, at *env) set {
	s := set{incomplete: true}
	if v.expr == nil {
		return s
	}
	bindings := e.project.MemberBindings(at.file.Language, name)
	for _, m := range bindings[:min(len(bindings), maxAssigned)] {
		place := &env{file: m.File, fn: m.Function}
		if m.Binding.Value == nil || !e.isSame(e.eval(m.Binding.Target.Base, place), v) {
			continue
		}
		for _, given := range e.eval(m.Binding.Value, place).values {
			switch given.kind {
			case memberValue, functionValue, instanceValue, objectValue:
				s.add(given.explain(m.File, m.Binding.Range, "assigned to "+name))
			}
		}
	}
	return s
}

// isSame tells whether a client is among what an expression may be.
func (e *evaluator) isSame(s set, v *value) bool {
	for i := range s.values {
		if o := &s.values[i]; o.kind == instanceValue && o.typ == v.typ && o.expr == v.expr {
			return true
		}
	}
	return false
}

// maxSearched bounds how many assignments to members of one name are looked through
// for those to what is asked about, maxAssigned how many of those are looked at.
const (
	maxSearched = 400
	maxAssigned = 12
)

// assignedAnywhere gives what code anywhere in the project assigns to a member
// of that name on something of the same name: app.state.store = Client() answers
// request.app.state.store. The names alone say that it is the same, so what it
// gives is a guess, unless all names are equal and the file is the same.
func (e *evaluator) assignedAnywhere(x *languages.Expr, name string, at *env) set {
	s := set{incomplete: true}
	if x.Base == nil {
		return s
	}
	bindings, looked := e.project.MemberBindings(at.file.Language, name), 0
	for _, m := range bindings[:min(len(bindings), maxSearched)] {
		target := m.Binding.Target
		if m.Binding.Value == nil || target == x || !sameName(target.Base, x.Base) || m.File.IsSelf(m) {
			continue
		}
		if looked++; looked > maxAssigned {
			break
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
