// Package link joins the files of a project: which file an import means, which
// declarations a name may stand for, which methods and fields a type has, and
// where a function is called by name.
//
// It only looks things up. What a declaration's value is, and what a client
// library makes of it, is worked out by package detect.
//
// Lookups depend on the set of files and on nothing else: not on their order,
// not on how many workers read them.
package link

import (
	"path"
	"sort"

	"github.com/keyvet/keyvet/languages"
)

// A Project is a set of files that are judged together.
type Project struct {
	Files []*File // those that were read, by path

	byPath   map[string]*File
	layout   *Layout
	packages map[string][]*File // files of one package, by language and package key
	// packageNames holds what a package's files declare, made when first asked for.
	packageNames map[string]map[string][]Definition
	bases        map[TypeID][]TypeID // bases that the project declares, likewise
	above        map[TypeID][]TypeID // those and their bases
	classes      map[string][]TypeID
	calls        map[string][]Site // calls by language and the last name of the callee
	members      map[string][]MemberBinding
	methods      map[string][]FunctionID
	literals     map[string][]Literal
	wanted       map[string]bool
	// Quiet lookups do not note which unread files they would have needed.
	Quiet   bool
	derived map[TypeID][]TypeID // types by base, made when first asked for
	// callNames are names that functions are known by, made when first asked for.
	callNames map[FunctionID][]string
	// declared are functions by their whole names, made when first asked for.
	declared map[string]FunctionID
	// offers remembers the types that files hand on.
	offers map[offer][]TypeID
	// implementations and shapes remember what was asked for.
	implementations map[member][]FunctionID
	shapes          map[TypeID]map[string]bool
	has             map[member]bool
	// wantedNames are names, by folder, that unread files may declare.
	wantedNames map[string]map[string]bool
}

// A File is a file of a project with its names indexed.
type File struct {
	*languages.File
	Traits languages.Traits
	// Order is the file's place in Project.Files.
	Order int

	names nameTable
	types []int           // type indexes by name
	self  []MemberBinding // assignments to members by name, those of one in order

	typeNames map[string]*languages.Expr
	// pkg tells the file's package from others; see packageKey.
	pkg string
}

// A FunctionID names a function of a project.
type FunctionID struct {
	File  *File
	Index int
}

// Decl returns the function itself.
func (f FunctionID) Decl() *languages.Function { return &f.File.Functions[f.Index] }

// A TypeID names a declared type of a project.
type TypeID struct {
	File  *File
	Index int
}

// Decl returns the type itself.
func (t TypeID) Decl() *languages.Type { return &t.File.Types[t.Index] }

// A Site is a call and the function that it stands in.
type Site struct {
	File     *File
	Function int
	Call     *languages.Expr
}

// A MemberBinding is an assignment to a member, and the function it stands in.
type MemberBinding struct {
	File     *File
	Function int
	Binding  *languages.Binding
}

// New indexes files. The layout says which other files there are and how
// modules are found; traits gives the traits of a language by its name.
func New(files []*languages.File, traits map[string]languages.Traits, layout *Layout) *Project {
	p := &Project{
		byPath:   make(map[string]*File, len(files)),
		layout:   layout,
		packages: make(map[string][]*File),

		packageNames: make(map[string]map[string][]Definition),
		bases:        make(map[TypeID][]TypeID),
		above:        make(map[TypeID][]TypeID),
		classes:      make(map[string][]TypeID),
		calls:        make(map[string][]Site),
		members:      make(map[string][]MemberBinding),
		methods:      make(map[string][]FunctionID),
		literals:     make(map[string][]Literal),
		wanted:       make(map[string]bool),
		offers:       make(map[offer][]TypeID),

		wantedNames: make(map[string]map[string]bool),

		implementations: make(map[member][]FunctionID),
		shapes:          make(map[TypeID]map[string]bool),
		has:             make(map[member]bool),
	}
	sort.Slice(files, func(i, j int) bool { return files[i].Path < files[j].Path })
	var room []named
	for i, f := range files {
		var file *File
		file, room = newFile(f, traits[f.Language], i, room)
		p.Files = append(p.Files, file)
		p.byPath[f.Path] = file
	}
	for _, f := range p.Files {
		p.index(f)
	}
	return p
}

// File returns the file at a path, nil if it was not read.
func (p *Project) File(path string) *File { return p.byPath[path] }

// Wanted lists, sorted, the files of the project that a lookup would have
// needed and that were not read.
func (p *Project) Wanted() []string {
	paths := make([]string, 0, len(p.wanted))
	for path := range p.wanted {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	return paths
}

func (p *Project) index(f *File) {
	if f.Traits.PackageScope {
		key := packageKey(f)
		p.packages[key] = append(p.packages[key], f)
	}
	for i := range f.Types {
		if name := f.Types[i].Name; name != "" {
			key := f.Language + ":" + f.Package + "." + name
			p.classes[key] = append(p.classes[key], TypeID{f, i})
		}
	}
	for i := range f.Functions {
		fn := &f.Functions[i]
		if fn.Owner >= 0 && fn.Name != "" {
			key := f.Language + ":" + fn.Name
			p.methods[key] = append(p.methods[key], FunctionID{f, i})
		}
		for _, call := range fn.Calls {
			if name := CalleeName(call); name != "" {
				key := f.Language + ":" + name
				p.calls[key] = append(p.calls[key], Site{f, i, call})
			}
		}
	}
	p.indexLiterals(f)
	for _, m := range f.self {
		key := f.Language + ":" + m.Binding.Target.Text
		p.members[key] = append(p.members[key], m)
	}
}

// packageKey tells packages apart. Two Go packages of one name are two
// packages, since a Go package is a folder; a Java package is its name.
func packageKey(f *File) string {
	if f.pkg == "" {
		f.pkg = newPackageKey(f)
	}
	return f.pkg
}

func newPackageKey(f *File) string {
	if f.Traits.ImplicitMembers {
		return f.Language + ":" + f.Package
	}
	return f.Language + ":" + path.Dir(f.Path) + ":" + f.Package
}

// CalleeName returns the last name of what a call calls: "search" of
// r.ft("i").search(q). Empty if it has none.
func CalleeName(call *languages.Expr) string {
	if call.Base == nil {
		return ""
	}
	switch call.Base.Kind {
	case languages.Name, languages.Member:
		return call.Base.Text
	}
	return ""
}

// CallsOf returns the calls, in files of the language, whose callee's last name
// is name.
func (p *Project) CallsOf(language, name string) []Site { return p.calls[language+":"+name] }

// MethodsNamed returns the methods of that name, of whatever type.
func (p *Project) MethodsNamed(language, name string) []FunctionID {
	return p.methods[language+":"+name]
}

// MemberBindings returns the assignments, anywhere in the language's files, to
// a member of that name.
func (p *Project) MemberBindings(language, name string) []MemberBinding {
	return p.members[language+":"+name]
}
