package detect

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// undeclared gives what a name may be that no scope declares: a global of a
// client library, an import whose name only the imported package knows, a name
// brought by a wildcard import.
func (e *evaluator) undeclared(x *languages.Expr, at *env) set {
	k := e.knowledge.of(at.file.Language)
	if k != nil {
		if c := k.globals[x.Text]; c != nil {
			return one(value{kind: moduleValue, client: c, module: x.Text})
		}
	}
	var guessed []string // folders of packages whose names are not known
	for i := range at.file.Imports {
		im := &at.file.Imports[i]
		if im.Local != "" || im.Symbol != "" {
			continue
		}
		if e.packageName(at.file, im) == x.Text {
			return e.imported(at.file, im)
		}
		if folder := e.project.Folder(at.file, im.Module); folder != "" && e.libraryOf(at.file, im.Module) == nil {
			e.project.WantFolder(folder)
			if len(e.project.Resolve(at.file, im)) == 0 {
				guessed = append(guessed, folder)
			}
		}
	}
	if at.file.Traits.ImplicitMembers {
		if s := e.inheritedName(x, at); len(s.values) > 0 {
			return s
		}
	}
	if s, ok := e.fromWildcard(x, at); ok {
		return s
	}
	if at.file.Traits.PackageScope {
		if v, ok := e.librarySymbol(link.Definition{File: at.file}, x.Text); ok {
			return one(v)
		}
		if at.file.Traits.ImplicitMembers {
			if s, ok := e.sibling(x.Text, at); ok {
				return s
			}
		} else if x.Text != "" && x.Text != "_" {
			e.project.WantName(at.file, path.Dir(at.file.Path), x.Text)
			for _, folder := range guessed {
				e.project.WantPackage(folder, x.Text)
			}
		}
	}
	return unknown()
}

// packageName is the name by which code knows a module imported without one. It is
// a guess where no file of the module was read.
func (e *evaluator) packageName(f *link.File, im *languages.Import) string {
	if c := e.libraryOf(f, im.Module); c != nil && c.PackageName != "" {
		return c.PackageName
	}
	for _, file := range e.project.Resolve(f, im) {
		if file.Package != "" {
			return file.Package
		}
	}
	name := path.Base(im.Module)
	if len(name) > 1 && name[0] == 'v' && strings.Trim(name[1:], "0123456789") == "" {
		name = path.Base(path.Dir(im.Module))
	}
	return strings.TrimSuffix(strings.TrimPrefix(name, "go-"), "-go")
}

func (e *evaluator) fromWildcard(x *languages.Expr, at *env) (set, bool) {
	var s set
	found := false
	for i := range at.file.Imports {
		im := &at.file.Imports[i]
		if im.Symbol != "*" || im.Reexport {
			continue
		}
		named := *im
		named.Symbol, named.Local = x.Text, x.Text
		if c := e.libraryOf(at.file, im.Module); c != nil {
			if c.Mock || c.knows(im.Module, x.Text) || c.isGroup(x.Text) {
				return e.imported(at.file, &named), true
			}
			continue
		}
		for _, file := range e.project.ResolveName(at.file, &named, x.Text) {
			if values, ok := e.offered(file, &named); ok {
				s.merge(values)
				found = true
			}
		}
		if !found {
			e.project.WantName(at.file, e.project.Folder(at.file, im.Module), x.Text)
		}
	}
	return s, found
}

func (e *evaluator) sibling(name string, at *env) (set, bool) {
	for _, file := range e.project.Sibling(at.file, name) {
		for _, id := range file.TypesNamed(name) {
			return one(value{kind: classValue, class: id}), true
		}
	}
	return set{}, false
}

// imported gives what an import brings.
func (e *evaluator) imported(f *link.File, im *languages.Import) set {
	if e.importing[im] || !e.deeper() {
		return unknown()
	}
	e.importing[im] = true
	defer func() {
		delete(e.importing, im)
		e.leave()
	}()
	module := im.Module
	if im.Symbol == "" {
		return e.module(e.importedModule(f, im), f, im.Range)
	}
	if c := e.libraryOf(f, module); c != nil {
		if s := e.supportOf(c, f, im); len(s.values) > 0 {
			return s
		}
		v := value{kind: symbolValue, module: module, text: im.Symbol, client: c}
		if im.Symbol == "default" && c.symbols["default"] == nil {
			v.kind, v.text = moduleValue, ""
		} else if sub := e.submodule(module, im.Symbol, f); sub != nil {
			v = value{kind: moduleValue, module: module + "." + im.Symbol, client: sub}
		}
		v = v.explain(f, im.Range, "imports "+im.Symbol+" from "+module)
		return one(e.constant(v, nil, &env{file: f}))
	}
	files := e.project.Resolve(f, im)
	if len(files) == 0 {
		if e.project.Inside(f, module) {
			return unknown()
		}
		if c := e.submodule(module, im.Symbol, f); c != nil {
			return one(value{kind: moduleValue, module: module + "." + im.Symbol, client: c})
		}
		return one(value{kind: symbolValue, module: module, text: im.Symbol})
	}
	return e.importedFrom(files, f, im)
}

// supportOf gives what a test or an example in a library's own source means by a
// name below the library's module that is no part of the library, but of the
// code that tries it out.
func (e *evaluator) supportOf(c *client, f *link.File, im *languages.Import) set {
	if !f.Traits.PackageScope || !link.TriesOut(f.Path) || c.Mock || c.knows(im.Module, im.Symbol) {
		return set{}
	}
	var own []*link.File
	for _, file := range e.project.Resolve(f, im) {
		if link.TriesOut(file.Path) {
			own = append(own, file)
		}
	}
	if len(own) == 0 {
		return set{}
	}
	return e.importedFrom(own, f, im)
}

// importedModule is the module that a name without alias stands for: Python's
// "import a.b" binds a.
func (e *evaluator) importedModule(f *link.File, im *languages.Import) string {
	if f.Traits.ClassScope && im.Local != "" && strings.HasPrefix(im.Module, im.Local+".") {
		return im.Local
	}
	return im.Module
}

func (e *evaluator) importedFrom(files []*link.File, f *link.File, im *languages.Import) set {
	var s set
	found := false
	for _, file := range files {
		if file.Language != f.Language {
			continue
		}
		if values, ok := e.offered(file, im); ok {
			s.merge(values)
			found = true
		}
	}
	if !found {
		for _, file := range files {
			if subs := e.project.Submodule(file, im.Symbol); len(subs) > 0 {
				return one(filesOf(subs, "").explain(f, im.Range, "imports "+im.Symbol))
			}
			if moduleStem(file.Path) == im.Symbol && f.Traits.ClassScope {
				return one(filesOf([]*link.File{file}, "").explain(f, im.Range, "imports "+im.Symbol))
			}
		}
		return unknown()
	}
	message := "imports " + im.Symbol + " from " + im.Module
	return s.with(func(v value) value { return v.explain(f, im.Range, message) })
}

func moduleStem(file string) string {
	base := path.Base(file)
	return strings.TrimSuffix(base, path.Ext(base))
}

// offered gives what a file of the project means by the name that an import brings: of a
// static one, a member of the class that it names.
func (e *evaluator) offered(f *link.File, im *languages.Import) (set, bool) {
	if !im.Static {
		return e.exported(f, im.Symbol)
	}
	var classes set
	for _, id := range e.project.Class(f, im.Module) {
		classes.add(value{kind: classValue, class: id})
	}
	s := e.memberOf(classes, &languages.Expr{Kind: languages.Member, Text: im.Symbol}, im.Symbol, &env{file: f})
	return s, len(s.values) > 0
}

// exported gives what a file of the project means by a name, for importers.
func (e *evaluator) exported(f *link.File, name string) (set, bool) {
	from, ok := e.offering(f, name)
	switch {
	case !ok:
		return set{}, false
	case from.library != nil:
		return e.imported(from.file, from.library), true
	case offersByName(from.file, name):
		return e.listedExport(from.file, name, &env{file: from.file})
	}
	return e.definitions(from.file.TopLevel(name), &languages.Expr{Kind: languages.Name, Text: name}, &env{file: from.file}), true
}

// An offering is where a name that a file offers comes from: a file, or what that
// imports of a library.
type offering struct {
	file    *link.File
	library *languages.Import
}

// An offer is a name that importers of a file may ask for.
type offer struct {
	file *link.File
	name string
}

// offering finds where a name that a file offers comes from. Files can hand on all names
// of others, and these of others in turn: each is asked once.
func (e *evaluator) offering(f *link.File, name string) (offering, bool) {
	asked := make(map[offer]bool)
	from, ok := e.offeringOf(f, name, asked)
	if !ok && !e.project.Quiet && len(asked) <= maxHanding { // a quiet look-up does not note what would have to be read
		maps.Copy(e.missing, asked)
	}
	return from, ok
}

func (e *evaluator) offeringOf(f *link.File, name string, asked map[offer]bool) (offering, bool) {
	if key := (offer{f, name}); asked[key] || e.missing[key] || len(asked) > maxHanding {
		return offering{}, false
	} else if offersByName(f, name) || !f.Traits.ExplicitExports && len(f.TopLevel(name)) > 0 {
		return offering{file: f}, true
	} else {
		asked[key] = true
	}
	for i := range f.Imports {
		im := &f.Imports[i]
		if im.Symbol != "*" || f.Traits.ExplicitExports && !im.Reexport {
			continue
		}
		named := *im
		named.Symbol = name
		if c := e.libraryOf(f, im.Module); c != nil {
			if c.knows(im.Module, name) || c.isGroup(name) {
				return offering{f, &named}, true
			}
			continue
		}
		for _, file := range e.project.ResolveName(f, &named, name) {
			if from, ok := e.offeringOf(file, name, asked); ok {
				return from, true
			}
		}
	}
	return offering{}, false
}

// maxHanding bounds how many files are asked for a name that others may hand on.
const maxHanding = 1000

// offersByName tells whether a file lists a name among its exports, or something
// instead of names.
func offersByName(f *link.File, name string) bool {
	return slices.ContainsFunc(f.Exports, func(x languages.Export) bool { return x.Name == name || x.Name == "=" })
}

func (e *evaluator) listedExport(f *link.File, name string, at *env) (set, bool) {
	var whole, found set
	hasWhole, hit := false, false
	for i := range f.Exports {
		switch f.Exports[i].Name {
		case name:
			found.merge(e.eval(f.Exports[i].Value, at))
			hit = true
		case "=":
			whole.merge(e.eval(f.Exports[i].Value, at))
			hasWhole = true
		}
	}
	switch {
	case hit:
		return found, true
	case hasWhole && name == "default":
		return whole, true
	case hasWhole:
		return e.memberOf(whole, &languages.Expr{Kind: languages.Member, Text: name}, name, at), true
	}
	return set{}, false
}
