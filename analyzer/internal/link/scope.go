package link

import "github.com/keyvet/keyvet/languages"

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

func newFile(f *languages.File, traits languages.Traits, order int) *File {
	file := &File{
		File:   f,
		Traits: traits,
		Order:  order,
		scopes: make([]map[string][]Definition, len(f.Functions)),
		types:  make(map[string][]int),
		byName: make(map[string][]MemberBinding),
	}
	for i := range f.Types {
		file.types[f.Types[i].Name] = append(file.types[f.Types[i].Name], i)
	}
	file.declare()
	for i := range f.Functions {
		file.bind(i)
	}
	return file
}

// declare fills the scopes with everything but assignments to outer names.
func (f *File) declare() {
	for i := range f.Imports {
		im := &f.Imports[i]
		if im.Local != "" && im.Local != "_" {
			f.add(im.Function, im.Local, Definition{Kind: ImportDefinition, Index: i})
		}
	}
	for i := range f.Types {
		if t := &f.Types[i]; t.Name != "" && t.Outer < 0 {
			f.add(t.Function, t.Name, Definition{Kind: TypeDefinition, Index: i})
		}
	}
	for i := range f.Functions {
		fn := &f.Functions[i]
		if i > 0 && fn.Name != "" && fn.Owner < 0 && fn.Parent >= 0 {
			f.add(fn.Parent, fn.Name, Definition{Kind: FunctionDefinition, Index: i})
		}
		for j := range fn.Params {
			f.addParam(i, j)
		}
	}
}

func (f *File) addParam(function, index int) {
	param := &f.Functions[function].Params[index]
	if param.Name != "" {
		f.add(function, param.Name, Definition{Kind: ParamDefinition, Index: index})
	}
	for field, local := range param.Pattern {
		f.add(function, local, Definition{Kind: ParamDefinition, Index: index, Name: field})
	}
}

// bind adds the assignments that stand in function i.
func (f *File) bind(i int) {
	fn := &f.Functions[i]
	for j := range fn.Bindings {
		b := &fn.Bindings[j]
		if b.Target == nil {
			continue
		}
		switch b.Target.Kind {
		case languages.Name:
			scope := i
			if b.Nonlocal {
				scope = f.outerScope(i, b.Target.Text)
			}
			if b.Nonlocal && scope == 0 && f.Traits.ImplicitMembers && f.bindMember(i, b) {
				continue
			}
			f.add(scope, b.Target.Text, Definition{Kind: BindingDefinition, Binding: b, Held: i})
		case languages.Member:
			m := MemberBinding{f, i, b}
			f.self = append(f.self, m)
			f.byName[b.Target.Text] = append(f.byName[b.Target.Text], m)
		case languages.Index:
			f.bindElement(i, b)
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
	m := MemberBinding{f, i, &member}
	f.self = append(f.self, m)
	f.byName[b.Target.Text] = append(f.byName[b.Target.Text], m)
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

// bindElement files x[k] = v under x, so that whoever looks up x sees it.
func (f *File) bindElement(i int, b *languages.Binding) {
	base := b.Target.Base
	if base == nil || base.Kind != languages.Name {
		return
	}
	scope := f.outerScope(i, base.Text)
	f.add(scope, base.Text, Definition{Kind: BindingDefinition, Binding: b, Held: i})
}

// outerScope finds the innermost scope from function i outwards that declares
// name by itself; the file's scope if none does.
func (f *File) outerScope(i int, name string) int {
	for ; i > 0; i = f.Functions[i].Parent {
		for _, d := range f.scopes[i][name] {
			if d.Kind != BindingDefinition || d.Held == i {
				return i
			}
		}
		if f.declares(i, name) {
			return i
		}
	}
	return 0
}

func (f *File) declares(i int, name string) bool {
	for j := range f.Functions[i].Bindings {
		b := &f.Functions[i].Bindings[j]
		if !b.Nonlocal && b.Target != nil && b.Target.Kind == languages.Name && b.Target.Text == name {
			return true
		}
	}
	return false
}

func (f *File) add(scope int, name string, d Definition) {
	if scope < 0 || scope >= len(f.scopes) {
		scope = 0
	}
	if f.scopes[scope] == nil {
		f.scopes[scope] = make(map[string][]Definition)
	}
	d.File, d.Function = f, scope
	f.scopes[scope][name] = append(f.scopes[scope][name], d)
}

// Lookup returns what name may stand for in function i of the file: the
// declarations of the innermost scope that has any. Where the language lets
// types' members and packages' other files be named alone, those count too.
func (p *Project) Lookup(f *File, i int, name string) []Definition {
	for {
		if defs := f.scopes[i][name]; len(defs) > 0 {
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
		for _, t := range f.types[name] {
			if f.Types[t].Outer == owner || t == owner {
				return Definition{Kind: TypeDefinition, File: f, Index: t}, true
			}
		}
		t := &f.Types[owner]
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
	key := packageKey(f)
	names, known := p.packageNames[key]
	if !known {
		names = make(map[string][]Definition)
		for _, other := range p.packages[key] {
			for name, defs := range other.scopes[0] {
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
func (f *File) TopLevel(name string) []Definition { return f.scopes[0][name] }

// maxNesting bounds every walk along types, scopes or re-exports.
const maxNesting = 24

// TypeName returns the expression that stands for a type's name in the file,
// made once for each name by build.
func (f *File) TypeName(name string, build func(string) *languages.Expr) *languages.Expr {
	if x := f.typeNames[name]; x != nil {
		return x
	}
	if f.typeNames == nil {
		f.typeNames = make(map[string]*languages.Expr)
	}
	x := build(name)
	f.typeNames[name] = x
	return x
}
