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
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// A Project is a set of files that are judged together.
type Project struct {
	Files []*File // those that were read, by path
	// Layout says which other files there are.
	Layout *Layout

	byPath   map[string]*File
	traits   map[string]languages.Traits
	packages map[string][]*File // files of one package, by package key
	// packageNames holds what a package's files declare, made when first asked for.
	packageNames map[string]map[string][]Definition
	bases        map[TypeID][]TypeID // bases that the project declares, likewise
	above        map[TypeID][]TypeID // those and their bases
	classes      map[className][]TypeID
	calls        map[nameKey][]Site // by the last name of the callee
	members      map[nameKey][]MemberBinding
	methods      map[nameKey][]FunctionID
	literals     map[fieldName][]Literal
	targets      map[target][]string // what modules mean, whether it was read or not
	goFolders    map[string]string   // folders that modules mean, for Go
	wanted       map[string]bool
	// Quiet lookups do not note which unread files they would have needed.
	Quiet bool
	// Asked counts the lookups that needed a file that was not read.
	Asked   int
	derived map[TypeID][]TypeID            // types by base
	heirs   map[string][]heir              // types by their bases' names, made when first asked for
	named   map[string]map[TypeID][]TypeID // by name, types that name the ones of it as a base
	// callNames are names that functions are known by, aliases those that importers
	// give to what a file offers under another one; made when first asked for.
	callNames map[FunctionID][]string
	aliases   map[offer][]string
	// declared are functions by their whole names, made when first asked for.
	declared map[string]FunctionID
	// offers remembers the types that files hand on.
	offers map[offer][]TypeID
	// implementations and shapes remember what was asked for.
	implementations map[member][]FunctionID
	shapes          map[TypeID]map[string]bool
	has             map[member]bool
	// wantedNames are names, by folder, that unread files may declare, wantedInTests
	// those that its tests may, wantedPackages those that it may be called by.
	wantedNames, wantedInTests, wantedPackages map[string]map[string]bool
	// wantedOffers are names, by path, that unread files may offer.
	wantedOffers map[string]map[string]bool
	// wantedFolders are those of packages that are imported where something is.
	wantedFolders map[string]bool
}

// A nameKey is a name in files of a language.
type nameKey struct{ language, name string }

// A className is the whole name of a type.
type className struct{ language, pkg, name string }

// A fieldName is a field of types of a name, wherever they are declared.
type fieldName struct{ language, typ, field string }

// A File is a file of a project with its names indexed.
type File struct {
	*languages.File
	Traits languages.Traits
	// Order is the file's place in Project.Files.
	Order int

	names nameTable
	types []int           // type indexes by name
	self  []MemberBinding // assignments to members by name, those of one in order

	typeNames map[typeName]*languages.Expr
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
		byPath:    make(map[string]*File, len(files)),
		Layout:    layout,
		traits:    traits,
		packages:  make(map[string][]*File),
		classes:   make(map[className][]TypeID),
		calls:     make(map[nameKey][]Site),
		members:   make(map[nameKey][]MemberBinding),
		methods:   make(map[nameKey][]FunctionID),
		literals:  make(map[fieldName][]Literal),
		targets:   make(map[target][]string),
		goFolders: make(map[string]string),
	}
	p.Add(files)
	return p
}

// Add joins more files to the project. What was wanted and what was remembered is
// forgotten: it was about fewer files. Files that it has already are left alone. It
// returns the new ones.
func (p *Project) Add(files []*languages.File) []*File {
	p.forget()
	var added []*File
	var room []named
	for _, f := range files {
		if p.byPath[f.Path] != nil {
			continue
		}
		var file *File
		file, room = newFile(f, p.traits[f.Language], room)
		added = append(added, file)
		p.byPath[f.Path] = file
	}
	byPath := func(a, b *File) int { return strings.Compare(a.Path, b.Path) }
	slices.SortFunc(added, byPath)
	p.Files = append(p.Files, added...)
	slices.SortFunc(p.Files, byPath)
	for i, f := range p.Files {
		f.Order = i
	}
	for _, f := range added {
		p.index(f)
	}
	if len(added) < len(p.Files) {
		p.restoreOrder()
	}
	return added
}

// restoreOrder puts what several files have under one name in the order of the files.
func (p *Project) restoreOrder() {
	inOrder(p.packages, func(f *File) *File { return f })
	inOrder(p.classes, func(t TypeID) *File { return t.File })
	inOrder(p.calls, func(s Site) *File { return s.File })
	inOrder(p.members, func(m MemberBinding) *File { return m.File })
	inOrder(p.methods, func(f FunctionID) *File { return f.File })
	inOrder(p.literals, func(l Literal) *File { return l.File })
}

func inOrder[K comparable, T any](lists map[K][]T, file func(T) *File) {
	order := func(a, b T) int { return cmp.Compare(file(a).Order, file(b).Order) }
	for _, list := range lists {
		if !slices.IsSortedFunc(list, order) {
			slices.SortStableFunc(list, order)
		}
	}
}

func (p *Project) forget() {
	p.packageNames = make(map[string]map[string][]Definition)
	p.bases = make(map[TypeID][]TypeID)
	p.above = make(map[TypeID][]TypeID)
	p.heirs, p.callNames, p.declared = nil, nil, nil
	p.named = make(map[string]map[TypeID][]TypeID)
	p.derived = make(map[TypeID][]TypeID)
	p.offers = make(map[offer][]TypeID)
	p.implementations = make(map[member][]FunctionID)
	p.shapes = make(map[TypeID]map[string]bool)
	p.has = make(map[member]bool)
	p.wanted = make(map[string]bool)
	p.wantedNames = make(map[string]map[string]bool)
	p.wantedOffers = make(map[string]map[string]bool)
	p.wantedInTests = make(map[string]map[string]bool)
	p.wantedPackages = make(map[string]map[string]bool)
	p.wantedFolders = make(map[string]bool)
}

// File returns the file at a path, nil if it was not read.
func (p *Project) File(path string) *File { return p.byPath[path] }

// Wanted lists, sorted, the files of the project that a lookup would have
// needed and that were not read.
func (p *Project) Wanted() []string {
	return slices.Sorted(maps.Keys(p.wanted))
}

func (p *Project) index(f *File) {
	if f.Traits.PackageScope {
		p.packages[f.pkg] = append(p.packages[f.pkg], f)
	}
	for i := range f.Types {
		if t := &f.Types[i]; t.Name != "" && t.Function == 0 && f.Traits.PackageScope {
			key := className{f.Language, f.Package, t.Name}
			p.classes[key] = append(p.classes[key], TypeID{f, i})
		}
	}
	for i := range f.Functions {
		fn := &f.Functions[i]
		if fn.Owner >= 0 && fn.Name != "" {
			key := nameKey{f.Language, fn.Name}
			p.methods[key] = append(p.methods[key], FunctionID{f, i})
		}
		for _, call := range fn.Calls {
			if name := CalleeName(call); name != "" {
				key := nameKey{f.Language, name}
				p.calls[key] = append(p.calls[key], Site{f, i, call})
			}
		}
	}
	p.indexLiterals(f)
	for _, m := range f.self {
		key := nameKey{f.Language, m.Binding.Target.Text}
		p.members[key] = append(p.members[key], m)
	}
}

// packageKey tells packages apart. Two Go packages of one name are two
// packages, since a Go package is a folder; a Java package is its name.
func packageKey(f *File) string {
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
func (p *Project) CallsOf(language, name string) []Site { return p.calls[nameKey{language, name}] }

// MethodsNamed returns the methods of that name, of whatever type.
func (p *Project) MethodsNamed(language, name string) []FunctionID {
	return p.methods[nameKey{language, name}]
}

// MemberBindings returns the assignments, anywhere in the language's files, to
// a member of that name.
func (p *Project) MemberBindings(language, name string) []MemberBinding {
	return p.members[nameKey{language, name}]
}
