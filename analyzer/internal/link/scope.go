package link

import (
	"cmp"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// A DefinitionKind is a kind of declaration.
type DefinitionKind uint8

// The kinds of declarations.
const (
	BindingDefinition  DefinitionKind = iota // Binding, in function Function
	ParamDefinition                          // parameter Index of function Function
	FunctionDefinition                       // function Index
	TypeDefinition                           // type Index
	ImportDefinition                         // import Index
	MemberDefinition                         // member Name of the type Index or its bases
)

// A Definition is one declaration that a name may stand for.
type Definition struct {
	Kind     DefinitionKind
	File     *File
	Function int // the function in whose scope it holds
	Index    int
	Name     string
	Binding  *languages.Binding
	// Held is the function in which Binding stands; it differs from Function
	// where an inner function assigns to an outer one's name.
	Held int
}

// An indexing collects what the names of one file stand for.
type indexing struct {
	*File
	found []named
	// declared are those of found that are known before assignments to outer names
	// are looked at, sorted.
	declared []named
}

// newFile indexes a file. It gives back what it collected in, for the next file.
func newFile(f *languages.File, traits languages.Traits, room []named) (*File, []named) {
	x := &indexing{File: &File{File: f, Traits: traits}, found: room[:0]}
	x.pkg = packageKey(x.File)
	x.types = sortedTypes(f)
	x.declare()
	first := int32(len(x.found))
	x.bind(first)
	slices.SortFunc(x.found, compareNamed)
	x.declared = x.found
	x.assign(first)
	slices.SortStableFunc(x.self, func(a, b MemberBinding) int { return strings.Compare(a.Binding.Target.Text, b.Binding.Target.Text) })
	x.names = newNameTable(len(f.Functions), x.found)
	return x.File, x.found
}

// declare finds everything but assignments.
func (x *indexing) declare() {
	for i := range x.Imports {
		im := &x.Imports[i]
		if im.Local != "" && im.Local != "_" {
			x.add(im.Function, im.Local, Definition{Kind: ImportDefinition, Index: i})
		}
	}
	for i := range x.Types {
		if t := &x.Types[i]; t.Name != "" && t.Outer < 0 {
			x.add(t.Function, t.Name, Definition{Kind: TypeDefinition, Index: i})
		}
	}
	for i := range x.Functions {
		fn := &x.Functions[i]
		if i > 0 && fn.Name != "" && fn.Owner < 0 && fn.Parent >= 0 {
			x.add(fn.Parent, fn.Name, Definition{Kind: FunctionDefinition, Index: i})
		}
		for j := range fn.Params {
			x.addParam(i, j)
		}
	}
}

func (x *indexing) addParam(function, index int) {
	param := &x.Functions[function].Params[index]
	if param.Name != "" {
		x.add(function, param.Name, Definition{Kind: ParamDefinition, Index: index})
	}
	for field, local := range param.Pattern {
		x.add(function, local, Definition{Kind: ParamDefinition, Index: index, Name: field})
	}
}

// bind adds the assignments to names of the functions that they stand in. Order is
// that of the first one.
func (x *indexing) bind(order int32) {
	for i := range x.Functions {
		fn := &x.Functions[i]
		for j := range fn.Bindings {
			if b := &fn.Bindings[j]; b.Target != nil && b.Target.Kind == languages.Name && !b.Nonlocal {
				x.addBinding(i, b.Target.Text, b, i, order)
			}
			order++
		}
	}
}

// assign adds the other assignments: to members, to elements, to outer names.
func (x *indexing) assign(order int32) {
	for i := range x.Functions {
		fn := &x.Functions[i]
		for j := range fn.Bindings {
			b := &fn.Bindings[j]
			switch {
			case b.Target == nil:
			case b.Target.Kind == languages.Name && b.Nonlocal:
				scope := x.outerScope(i, b.Target.Text)
				if scope != 0 || !x.Traits.ImplicitMembers || !x.bindMember(i, b) {
					x.addBinding(scope, b.Target.Text, b, i, order)
				}
			case b.Target.Kind == languages.Member:
				x.self = append(x.self, MemberBinding{x.File, i, b})
			case b.Target.Kind == languages.Index:
				// x[k] = v is filed under x, so that whoever looks up x sees it.
				if base := b.Target.Base; base != nil && base.Kind == languages.Name {
					x.addBinding(x.outerScope(i, base.Text), base.Text, b, i, order)
				}
			}
			order++
		}
	}
}

// bindMember files an assignment to a bare name that no function declares as one
// to a member: of the nearest enclosing type that declares it or, if none does
// here, of the innermost. It tells whether there is a type around.
func (f *File) bindMember(i int, b *languages.Binding) bool {
	fn := &f.Functions[i]
	for fn.Owner < 0 {
		if fn.Parent < 0 {
			return false
		}
		fn = &f.Functions[fn.Parent]
	}
	name := fn.Receiver
	if owner := f.declaringType(fn.Owner, b.Target.Text); owner != fn.Owner || name == "" {
		name = f.Types[owner].Name // a static method, or a type further out
	}
	base := &languages.Expr{Kind: languages.Name, Text: name, Range: b.Target.Range, At: b.Target.At}
	member := *b
	member.Nonlocal = false
	member.Target = &languages.Expr{Kind: languages.Member, Text: b.Target.Text, Base: base, Range: b.Target.Range, At: b.Target.At}
	f.self = append(f.self, MemberBinding{f, i, &member})
	return true
}

// declaringType gives the innermost type around, and with, t that declares a
// field of that name, t itself if there is none.
func (f *File) declaringType(t int, name string) int {
	for outer, depth := t, 0; outer >= 0 && depth < maxNesting; outer, depth = f.Types[outer].Outer, depth+1 {
		for i := range f.Types[outer].Fields {
			if f.Types[outer].Fields[i].Name == name {
				return outer
			}
		}
	}
	return t
}

// outerScope finds the innermost scope from function i outwards that declares
// name by itself; the file's scope if none does.
func (x *indexing) outerScope(i int, name string) int {
	for ; i > 0; i = x.Functions[i].Parent {
		if _, found := slices.BinarySearchFunc(x.declared, name, func(n named, name string) int {
			return cmp.Or(cmp.Compare(n.definition.Function, i), strings.Compare(n.name, name))
		}); found {
			return i
		}
	}
	return 0
}

func (x *indexing) add(scope int, name string, d Definition) {
	x.addAt(scope, name, d, int32(len(x.found)))
}

func (x *indexing) addBinding(scope int, name string, b *languages.Binding, held int, order int32) {
	x.addAt(scope, name, Definition{Kind: BindingDefinition, Binding: b, Held: held}, order)
}

func (x *indexing) addAt(scope int, name string, d Definition, order int32) {
	if scope < 0 || scope >= len(x.Functions) {
		scope = 0
	}
	d.File, d.Function = x.File, scope
	x.found = append(x.found, named{name, order, d})
}

// Lookup returns what name may stand for in function i of the file: the
// declarations of the innermost scope that has any. Where the language lets
// types' members and packages' other files be named alone, those count too.
func (p *Project) Lookup(f *File, i int, name string) []Definition {
	for {
		if defs := f.names.of(i, name); len(defs) > 0 {
			return defs
		}
		fn := &f.Functions[i]
		if f.Traits.ImplicitMembers && fn.Owner >= 0 {
			if d, ok := p.implicitMember(f, fn.Owner, name); ok {
				return []Definition{d}
			}
		}
		if i == 0 || fn.Parent < 0 {
			break
		}
		i = fn.Parent
	}
	if f.Traits.PackageScope {
		return p.lookupPackage(f, name)
	}
	return nil
}

// implicitMember finds the enclosing type, from the innermost outwards, that
// has a member or an inner type of that name.
func (p *Project) implicitMember(f *File, owner int, name string) (Definition, bool) {
	for depth := 0; owner >= 0 && depth < maxNesting; depth++ {
		id := TypeID{f, owner}
		if p.HasMember(id, name) {
			return Definition{Kind: MemberDefinition, File: f, Index: owner, Name: name}, true
		}
		if inner := f.typesIn(owner, name); len(inner) > 0 {
			return Definition{Kind: TypeDefinition, File: f, Index: inner[0]}, true
		}
		t := &f.Types[owner]
		if t.Name == name {
			return Definition{Kind: TypeDefinition, File: f, Index: owner}, true
		}
		if t.Outer < 0 && t.Function > 0 {
			owner = f.Functions[t.Function].Owner // a local or anonymous class
			continue
		}
		owner = t.Outer
	}
	return Definition{}, false
}

// lookupPackage gives what the files of f's package declare at their top level.
// It is asked for names that f itself does not declare.
func (p *Project) lookupPackage(f *File, name string) []Definition {
	key := f.pkg
	names, known := p.packageNames[key]
	if !known {
		names = make(map[string][]Definition)
		for _, other := range p.packages[key] {
			for name, defs := range other.names.all(0) {
				for _, d := range defs {
					if d.Kind != ImportDefinition {
						names[name] = append(names[name], d)
					}
				}
			}
		}
		p.packageNames[key] = names
	}
	return names[name]
}

// TopLevel returns what importers of the file may mean by name. Where the file
// lists its exports, only those count, and the caller looks there.
func (f *File) TopLevel(name string) []Definition { return f.names.of(0, name) }

// maxNesting bounds every walk along types, scopes or re-exports.
const maxNesting = 24

// TypeName returns the expression that stands for a type's name in function i of a
// file, made by build once for each name and what it may stand for.
func (p *Project) TypeName(f *File, i int, name string, build func(string) *languages.Expr) *languages.Expr {
	key := typeName{name: name}
	first, _, _ := strings.Cut(name, ".")
	if defs := p.Lookup(f, i, first); len(defs) > 0 && defs[0].File == f {
		key.function, key.index = defs[0].Function, defs[0].Index
	}
	if x := f.typeNames[key]; x != nil {
		return x
	}
	if f.typeNames == nil {
		f.typeNames = make(map[typeName]*languages.Expr)
	}
	x := build(name)
	f.typeNames[key] = x
	return x
}

// A typeName is a name of a type and the first of the definitions that it may mean:
// functions and types can have types of the same names inside of them.
type typeName struct {
	name            string
	function, index int
}
