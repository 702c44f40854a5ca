package link

import (
	"path"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// Parts returns the declarations that together are the type: itself and, where
// a package's files share one scope, the parts of the same name in its other
// files (methods in another file than the type).
func (p *Project) Parts(id TypeID) []TypeID {
	t := id.Decl()
	if !id.File.Traits.PackageScope || id.File.Traits.ImplicitMembers || t.Name == "" || t.Function > 0 {
		return []TypeID{id}
	}
	named := p.classes[className{id.File.Language, id.File.Package, t.Name}]
	if len(named) > 0 && !slices.ContainsFunc(named, func(other TypeID) bool { return other.File.pkg != id.File.pkg }) {
		return slices.Clip(named)
	}
	var parts []TypeID
	for _, part := range named {
		if part.File.pkg == id.File.pkg {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return []TypeID{id}
	}
	return parts
}

// Method returns the type's own methods of that name, without inherited ones.
func (p *Project) Method(id TypeID, name string) []FunctionID {
	var found []FunctionID
	for _, part := range p.Parts(id) {
		for _, m := range part.Decl().Methods {
			if m >= 0 && m < len(part.File.Functions) && part.File.Functions[m].Name == name {
				found = append(found, FunctionID{part.File, m})
			}
		}
	}
	return found
}

// Constructors returns the type's own constructors.
func (p *Project) Constructors(id TypeID) []FunctionID {
	var found []FunctionID
	for _, m := range id.Decl().Methods {
		if m >= 0 && m < len(id.File.Functions) && id.File.Functions[m].Constructor {
			found = append(found, FunctionID{id.File, m})
		}
	}
	return found
}

// Field returns the type's own field of that name, and the part that declares it.
func (p *Project) Field(id TypeID, name string) (*languages.Field, TypeID) {
	for _, part := range p.Parts(id) {
		t := part.Decl()
		for i := range t.Fields {
			if t.Fields[i].Name == name {
				return &t.Fields[i], part
			}
		}
	}
	return nil, id
}

// Assigned returns the assignments, in the type's own methods, to the
// receiver's member of that name.
func (p *Project) Assigned(id TypeID, name string) []MemberBinding {
	var found []MemberBinding
	for _, part := range p.Parts(id) {
		for _, m := range part.File.MembersNamed(name) {
			if p.assignsTo(part, m) {
				found = append(found, m)
			}
		}
	}
	return found
}

// assignsTo tells whether a member assignment's base is the receiver of one of
// the type's methods or, where members can be named without it, the type itself.
func (p *Project) assignsTo(id TypeID, m MemberBinding) bool {
	base := m.Binding.Target.Base
	if base == nil || base.Kind != languages.Name {
		return false
	}
	if base.Text == id.Decl().Name && id.File.Traits.ImplicitMembers {
		return true
	}
	for i := m.Function; i > 0; i = id.File.Functions[i].Parent {
		fn := &id.File.Functions[i]
		if fn.Owner >= 0 {
			return fn.Receiver == base.Text && fn.Owner == id.Index
		}
	}
	return false
}

// HasMember tells whether the type, or a base of it that the project declares,
// has a field or method of that name.
func (p *Project) HasMember(id TypeID, name string) bool {
	key := member{id, name}
	has, known := p.has[key]
	if !known {
		has = p.ownMember(id, name)
		for _, b := range p.ancestors(id) {
			has = has || p.ownMember(b, name)
		}
		p.has[key] = has
	}
	return has
}

func (p *Project) ownMember(id TypeID, name string) bool {
	field, _ := p.Field(id, name)
	return field != nil || slices.ContainsFunc(p.Method(id, name), isMember) || len(p.Assigned(id, name)) > 0
}

// isMember tells a method from a constructor called as its type: that name means the
// type, inside of it, too.
func isMember(fn FunctionID) bool {
	decl := fn.Decl()
	return !decl.Constructor || !fn.File.Traits.ImplicitMembers
}

// ancestors returns the types that id is derived from, the nearest first, each
// once: names that several declarations share can make cycles.
func (p *Project) ancestors(id TypeID) []TypeID {
	if found, known := p.above[id]; known {
		return found
	}
	seen := map[TypeID]bool{id: true}
	var found []TypeID
	for next := p.Bases(id); len(next) > 0; {
		var above []TypeID
		for _, b := range next {
			if !seen[b] {
				seen[b] = true
				found = append(found, b)
				above = append(above, p.Bases(b)...)
			}
		}
		next = above
	}
	p.above[id] = found
	return found
}

// Bases returns the type's direct bases that the project declares.
func (p *Project) Bases(id TypeID) []TypeID {
	if found, known := p.bases[id]; known {
		return found
	}
	p.bases[id] = nil // cuts a look-up that comes back here
	var found []TypeID
	for _, ref := range id.Decl().Bases {
		for _, b := range p.DeclaredType(id.File, id.Decl().Function, ref.Name) {
			if b != id {
				found = append(found, b)
			}
		}
	}
	p.bases[id] = found
	return found
}

// DeclaredType returns the types of the project that a bare or imported type
// name may mean. It follows imports, also through files that hand on what others
// declare, but not values.
func (p *Project) DeclaredType(f *File, function int, name string) []TypeID {
	return p.declaredType(f, function, name, 0)
}

func (p *Project) declaredType(f *File, function int, name string, depth int) []TypeID {
	first, rest, nested := strings.Cut(name, ".")
	var found []TypeID
	for _, d := range p.Lookup(f, function, first) {
		switch d.Kind {
		case TypeDefinition:
			found = append(found, TypeID{d.File, d.Index})
		case ImportDefinition:
			im := &d.File.Imports[d.Index]
			for _, target := range p.Resolve(d.File, im) {
				found = append(found, p.offered(target, im.Symbol, depth+1)...)
			}
		}
	}
	if len(found) == 0 && f.Traits.ImplicitMembers {
		found = p.wildcardTypes(f, first)
	}
	if !nested {
		return found
	}
	var inner []TypeID
	for _, outer := range found {
		types := outer.File.typesIn(outer.Index, rest)
		if len(types) == 0 {
			types = outer.File.firstTypes(lastSegment(rest))
		}
		for _, t := range types {
			inner = append(inner, TypeID{outer.File, t})
		}
	}
	return inner
}

// offered returns the types that a file offers to importers under a name: its
// own, or those that it hands on from other files.
func (p *Project) offered(f *File, name string, depth int) []TypeID {
	if found := f.TypesNamed(name); len(found) > 0 || depth > maxNesting {
		return found
	}
	key := offer{f, name}
	if found, ok := p.offers[key]; ok {
		return found
	}
	p.offers[key] = nil // files that hand on each other's names add nothing
	found := p.handedOn(f, name, depth)
	p.offers[key] = found
	return found
}

// An offer is a name that importers of a file may ask for.
type offer struct {
	file *File
	name string
}

func (p *Project) handedOn(f *File, name string, depth int) []TypeID {
	var found []TypeID
	for _, e := range f.Exports {
		switch v := e.Value; {
		case e.Name != name || v == nil:
		case v.Kind == languages.Name:
			found = append(found, p.declaredType(f, 0, v.Text, depth+1)...)
		case v.Kind == languages.Member && v.Base.Kind == languages.Module:
			for _, target := range p.ResolveModule(f, v.Base.Text) {
				found = append(found, p.offered(target, v.Text, depth+1)...)
			}
		}
	}
	for i := range f.Imports {
		im := &f.Imports[i]
		symbol, resolve := im.Symbol, p.Resolve
		switch {
		case symbol == "*" && (im.Reexport || !f.Traits.ExplicitExports && !im.Static):
			symbol = name
			resolve = func(f *File, im *languages.Import) []*File { return p.ResolveName(f, im, name) }
		case symbol == "" || im.Local != name || f.Traits.ExplicitExports:
			continue
		}
		for _, target := range resolve(f, im) {
			if target != f {
				found = append(found, p.offered(target, symbol, depth+1)...)
			}
		}
	}
	return found
}

func (p *Project) wildcardTypes(f *File, name string) []TypeID {
	var found []TypeID
	for i := range f.Imports {
		if im := &f.Imports[i]; im.Symbol == "*" && !im.Static {
			found = append(found, p.classes[className{f.Language, im.Module, name}]...)
		}
	}
	return found
}

// TypesNamed returns the file's types of that name.
func (f *File) TypesNamed(name string) []TypeID {
	var found []TypeID
	for _, t := range f.firstTypes(name) {
		found = append(found, TypeID{f, t})
	}
	return found
}

// Inner returns the types declared inside a type, by name.
func (p *Project) Inner(id TypeID, name string) []TypeID {
	var found []TypeID
	for _, t := range id.File.typesIn(id.Index, name) {
		found = append(found, TypeID{id.File, t})
	}
	return found
}

// Class returns the types of a file that a class's whole name may mean: the last words
// are those of types inside of the one that the file is named for.
func (p *Project) Class(f *File, name string) []TypeID {
	file, _, _ := strings.Cut(path.Base(f.Path), ".")
	words := strings.Split(name, ".")
	at := slices.Index(words, file)
	if at < 0 {
		return nil
	}
	found := f.TypesNamed(file)
	for _, word := range words[at+1:] {
		var inner []TypeID
		for _, id := range found {
			inner = append(inner, p.Inner(id, word)...)
		}
		found = inner
	}
	return found
}

// Implementations returns the methods that a call of method name on the
// interface id may reach: those of the project's types that name the interface
// as a base or, where interfaces are satisfied by shape, have all its methods.
func (p *Project) Implementations(id TypeID, name string) []FunctionID {
	key := member{id, name}
	if found, ok := p.implementations[key]; ok {
		return found
	}
	var found []FunctionID
	for _, m := range p.MethodsNamed(id.File.Language, name) {
		owner := TypeID{m.File, m.Decl().Owner}
		if owner == id || owner.Decl().Kind == languages.InterfaceType {
			continue
		}
		if p.implements(owner, id) {
			found = append(found, m)
		}
		if len(found) > maxImplementations {
			found = nil
			break
		}
	}
	p.implementations[key] = found
	return found
}

// A member is a type's member, by name.
type member struct {
	of   TypeID
	name string
}

const maxImplementations = 16

func (p *Project) implements(t, iface TypeID) bool {
	if !t.File.Traits.ImplicitMembers && t.File.Traits.PackageScope {
		return p.hasShape(t, iface)
	}
	return p.Extends(t, iface)
}

// Extends tells whether t is, or is derived from, base.
func (p *Project) Extends(t, base TypeID) bool {
	return t == base || slices.Contains(p.ancestors(t), base)
}

func (p *Project) hasShape(t, iface TypeID) bool {
	methods := iface.Decl().Methods
	if len(methods) == 0 {
		return false
	}
	has, all := p.methodNames(t), true
	for _, m := range methods {
		if name := iface.File.Functions[m].Name; !has[name] {
			p.WantMember(t, name)
			all = false
		}
	}
	return all
}

// methodNames returns the names of a type's own methods, wherever in its
// package they are declared.
func (p *Project) methodNames(t TypeID) map[string]bool {
	if names, ok := p.shapes[t]; ok {
		return names
	}
	names := make(map[string]bool)
	for _, part := range p.Parts(t) {
		for _, m := range part.Decl().Methods {
			if m >= 0 && m < len(part.File.Functions) {
				names[part.File.Functions[m].Name] = true
			}
		}
	}
	p.shapes[t] = names
	return names
}

func lastSegment(name string) string {
	return path.Base(strings.ReplaceAll(name, ".", "/"))
}

// IsSelf tells whether the assignment is to a member of its own method's receiver.
func (f *File) IsSelf(m MemberBinding) bool {
	base := m.Binding.Target.Base
	if base == nil || base.Kind != languages.Name {
		return false
	}
	for i := m.Function; i > 0; i = f.Functions[i].Parent {
		if fn := &f.Functions[i]; fn.Receiver != "" && fn.Receiver == base.Text {
			return true
		}
	}
	return false
}
