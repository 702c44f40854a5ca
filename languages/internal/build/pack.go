package build

import "github.com/keyvet/keyvet/languages"

// pack copies the facts that can be reached from a file to memory of their own, of
// just the size that they need: all expressions side by side, all bindings, and so
// on. A scan holds the facts of thousands of files at once, and the collector has to
// look at each piece of memory again and again.
//
// It goes over the facts twice, in the same order: first to count, then to move.
func pack(f *languages.File, m *memory) *languages.File {
	p := packer{found: m.found}
	p.file(f)
	p.moveExprs()
	m.found = p.found
	packed := *f
	p.file(&packed)
	return &packed
}

// A packer packs the facts of one file.
type packer struct {
	moving bool
	// found are the expressions that can be reached, each once.
	found []*languages.Expr

	parts     room[languages.Parts]
	items     room[languages.Item]
	typings   room[languages.Typing]
	exprs     room[*languages.Expr]
	functions room[languages.Function]
	params    room[languages.Param]
	bindings  room[languages.Binding]
	cases     room[languages.Case]
	types     room[languages.Type]
	fields    room[languages.Field]
	refs      room[languages.TypeRef]
	imports   room[languages.Import]
	exports   room[languages.Export]
	comments  room[languages.Comment]
	ranges    room[languages.Range]
	texts     room[string]
	indexes   room[int]
}

// A room is what the lists of one type are moved to.
type room[T any] struct {
	need  int
	moved []T
	// places tells where in the room long lists are that several facts may hold, -1
	// as long as they are not moved.
	places map[list[T]]int
}

// A list tells one list from another.
type list[T any] struct {
	first  *T
	length int
}

// put counts a list that one fact holds, or moves it.
func (r *room[T]) put(p *packer, l *[]T) {
	if !p.moving {
		r.need += len(*l)
		return
	}
	if len(*l) == 0 {
		*l = nil
		return
	}
	if r.moved == nil {
		r.moved = make([]T, 0, r.need)
	}
	at := len(r.moved)
	r.moved = append(r.moved, *l...)
	*l = r.moved[at:len(r.moved):len(r.moved)]
}

// one moves what a single fact holds.
func (r *room[T]) one(p *packer, held T) *T {
	list := []T{held}
	r.put(p, &list)
	return &list[0]
}

// maxRepeated is the length of a list that is moved as often as facts hold it.
const maxRepeated = 8

// shared is put for a list that several facts may hold. It is false if that was done
// before, and what is in the list needs nothing more.
func (r *room[T]) shared(p *packer, l *[]T) bool {
	if len(*l) > maxRepeated {
		return r.once(p, l)
	}
	r.put(p, l)
	return true
}

// once is put for a list that must not be moved twice: a hostile file may have a
// thousand names share a thousand types.
func (r *room[T]) once(p *packer, l *[]T) bool {
	key := list[T]{&(*l)[0], len(*l)}
	at, known := r.places[key]
	switch {
	case known && !p.moving:
		return false
	case known && at >= 0:
		*l = r.moved[at : at+key.length : at+key.length]
		return false
	}
	if r.places == nil {
		r.places = make(map[list[T]]int)
	}
	r.places[key] = -1
	if p.moving {
		r.places[key] = len(r.moved)
	}
	r.put(p, l)
	return true
}

// wasFound marks the kind of an expression that was found: there are fewer kinds.
const wasFound languages.Kind = 1 << 7

// expr finds an expression and all that it is made of or, after moveExprs, makes a
// pointer lead to where the expression is now.
func (p *packer) expr(e **languages.Expr) {
	if p.moving && *e != nil {
		*e = (*e).Base
		return
	}
	next := len(p.found)
	for p.find(*e); next < len(p.found); next++ {
		p.count(p.found[next])
	}
}

func (p *packer) find(e *languages.Expr) {
	if e != nil && e.Kind&wasFound == 0 {
		e.Kind |= wasFound
		p.found = append(p.found, e)
	}
}

// count counts what an expression holds.
func (p *packer) count(e *languages.Expr) {
	p.find(e.Base)
	if e.Parts == nil {
		return
	}
	p.parts.need++
	if p.items.shared(p, &e.Parts.Items) {
		for i := range e.Parts.Items {
			p.find(e.Parts.Items[i].Key)
			p.find(e.Parts.Items[i].Value)
		}
	}
	if t := e.Parts.Typing; t != nil {
		p.typings.need++
		p.ref(&t.Written)
	}
}

// moveExprs moves what was found, and leaves in the Base of each expression where it
// went.
func (p *packer) moveExprs() {
	p.moving = true
	moved := make([]languages.Expr, len(p.found))
	for i, e := range p.found {
		moved[i] = *e
		moved[i].Kind &^= wasFound
		e.Base = &moved[i]
	}
	for i := range moved {
		p.expr(&moved[i].Base)
		p.moveParts(&moved[i].Parts)
	}
}

func (p *packer) moveParts(parts **languages.Parts) {
	if *parts == nil {
		return
	}
	*parts = p.parts.one(p, **parts)
	if items := &(*parts).Items; p.items.shared(p, items) {
		for i := range *items {
			p.expr(&(*items)[i].Key)
			p.expr(&(*items)[i].Value)
		}
	}
	if t := &(*parts).Typing; *t != nil {
		*t = p.typings.one(p, **t)
		p.ref(&(*t).Written)
	}
}

func (p *packer) list(l *[]*languages.Expr) {
	if p.exprs.shared(p, l) {
		for i := range *l {
			p.expr(&(*l)[i])
		}
	}
}

func (p *packer) ref(t *languages.TypeRef) { p.refList(&t.Args) }

// refList never moves a list twice, for what is in one list may be a tree of them.
func (p *packer) refList(l *[]languages.TypeRef) {
	if len(*l) > 0 && p.refs.once(p, l) {
		for i := range *l {
			p.ref(&(*l)[i])
		}
	}
}

func (p *packer) file(f *languages.File) {
	p.imports.put(p, &f.Imports)
	p.functions.put(p, &f.Functions)
	for i := range f.Functions {
		p.function(&f.Functions[i])
	}
	p.types.put(p, &f.Types)
	for i := range f.Types {
		p.declared(&f.Types[i])
	}
	p.exports.put(p, &f.Exports)
	for i := range f.Exports {
		p.expr(&f.Exports[i].Value)
	}
	p.list(&f.Texts)
	p.comments.put(p, &f.Comments)
	p.ranges.put(p, &f.Damage)
	// Lines is of the right size from the start.
}

func (p *packer) function(f *languages.Function) {
	p.params.put(p, &f.Params)
	for i := range f.Params {
		param := &f.Params[i]
		p.ref(&param.Type)
		p.expr(&param.Default)
		p.list(&param.Annotations)
	}
	p.refList(&f.Results)
	p.list(&f.Annotations)
	p.bindings.put(p, &f.Bindings)
	for i := range f.Bindings {
		b := &f.Bindings[i]
		p.expr(&b.Target)
		p.ref(&b.Type)
		p.expr(&b.Value)
	}
	p.list(&f.Calls)
	p.list(&f.Records)
	p.list(&f.Returns)
	p.cases.put(p, &f.Cases)
	for i := range f.Cases {
		p.expr(&f.Cases[i].Subject)
		p.list(&f.Cases[i].Values)
	}
}

func (p *packer) declared(t *languages.Type) {
	p.refList(&t.Bases)
	p.fields.put(p, &t.Fields)
	for i := range t.Fields {
		f := &t.Fields[i]
		p.ref(&f.Type)
		p.expr(&f.Value)
		p.list(&f.Annotations)
	}
	p.indexes.put(p, &t.Methods)
	p.texts.put(p, &t.Params)
	p.list(&t.Annotations)
}
