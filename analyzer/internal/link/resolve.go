package link

import (
	"path"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// Resolve returns the files of the project that an import means, as far as they
// were read. Those that were not are noted as wanted; not so for Go, where an
// import means a whole package, of which few files matter: see [Project.WantName].
// An import of something outside of the project gives nothing.
func (p *Project) Resolve(f *File, im *languages.Import) []*File {
	if isFolder(f) {
		return p.known(p.importPaths(f, im))
	}
	return p.read(p.importPaths(f, im))
}

// ResolveName is [Project.Resolve] for one of the names that an import of all of them
// brings. Of files that were not read those are wanted that may offer it.
func (p *Project) ResolveName(f *File, im *languages.Import, name string) []*File {
	paths := p.importPaths(f, im)
	files := p.known(paths)
	if p.Quiet || isFolder(f) || len(files) == len(paths) {
		return files
	}
	for _, path := range paths {
		if p.byPath[path] == nil {
			p.Asked++
			note(p.wantedOffers, path, name)
		}
	}
	return files
}

// WantedOffers gives, by path, the names that files may offer that were not read.
func (p *Project) WantedOffers() map[string]map[string]bool { return p.wantedOffers }

// ResolveModule is [Project.Resolve] for a module named in an expression.
func (p *Project) ResolveModule(f *File, module string) []*File {
	return p.Resolve(f, &languages.Import{Module: module})
}

// Inside tells whether a module name means files of the project.
func (p *Project) Inside(f *File, module string) bool {
	return len(p.importPaths(f, &languages.Import{Module: module})) > 0
}

// ImportPaths gives the paths of the files that an import means, read or not.
func (p *Project) ImportPaths(f *File, im *languages.Import) []string { return p.importPaths(f, im) }

// Meant gives the paths of the files that an import may mean, read or not: also the one
// below a package that is called as what is imported from it (Python's "from app import db").
func (p *Project) Meant(f *File, im *languages.Import) []string {
	paths := p.importPaths(f, im)
	if im.Symbol == "" || len(paths) != 1 || path.Base(paths[0]) != "__init__.py" {
		return paths
	}
	return append(p.pythonFile(path.Join(path.Dir(paths[0]), im.Symbol)), paths...)
}

// Want notes those of the files at paths as wanted that were not read.
func (p *Project) Want(paths []string) { p.read(paths) }

// Submodule returns the file of module name below the package that file is the
// front of (Python's "from app import db").
func (p *Project) Submodule(file *File, name string) []*File {
	if path.Base(file.Path) != "__init__.py" {
		return nil
	}
	return p.read(p.pythonFile(path.Join(path.Dir(file.Path), name)))
}

// IsFront tells whether a file stands for its folder: importers name that.
func IsFront(file string) bool {
	base := path.Base(file)
	stem := strings.TrimSuffix(base, path.Ext(base))
	return stem == "__init__" || stem == "index"
}

// known returns those of the files at paths that were read.
func (p *Project) known(paths []string) []*File {
	var files []*File
	for _, name := range paths {
		if file := p.byPath[name]; file != nil {
			files = append(files, file)
		}
	}
	return files
}

// read returns the files at paths and notes those that were not read as wanted.
func (p *Project) read(paths []string) []*File {
	var files []*File
	for _, name := range paths {
		if file := p.byPath[name]; file != nil {
			files = append(files, file)
		} else if !p.Quiet {
			p.wanted[name] = true
			p.Asked++
		}
	}
	return files
}

// A target is a module as files of a folder name it.
type target struct {
	language, folder, module, symbol string
	static                           bool
}

// importPaths depends on the folder of the importing file alone.
func (p *Project) importPaths(f *File, im *languages.Import) []string {
	key := target{f.Language, path.Dir(f.Path), im.Module, im.Symbol, im.Static}
	paths, known := p.targets[key]
	if !known {
		paths = p.findImport(f, im)
		p.targets[key] = paths
	}
	return paths
}

func (p *Project) findImport(f *File, im *languages.Import) []string {
	switch {
	case f.Traits.ClassScope:
		return p.pythonPaths(f, im)
	case f.Traits.PackageScope && f.Traits.ImplicitMembers:
		return p.javaPaths(f, im)
	case isFolder(f):
		return p.FilesOf(p.goFolder(im.Module))
	}
	return p.nodePaths(f, im.Module)
}

// pythonPaths resolves absolute and relative imports. "from pkg import name"
// may mean the submodule name: that is tried by the caller, through Submodule,
// when the package's own file does not define it, and here where the package
// has no file of its own.
func (p *Project) pythonPaths(f *File, im *languages.Import) []string {
	module := im.Module
	if strings.HasPrefix(module, ".") {
		rest := strings.TrimLeft(module, ".")
		folder := path.Dir(f.Path)
		for up := len(module) - len(rest); up > 1; up-- {
			folder = path.Dir(folder)
		}
		target := path.Join(folder, strings.ReplaceAll(rest, ".", "/"))
		if found := p.pythonFile(target); found != nil {
			return found
		}
		return p.pythonFile(path.Join(target, im.Symbol))
	}
	if found := p.pythonModule(f, module); found != nil || im.Symbol == "" || im.Symbol == "*" {
		return found
	}
	return p.pythonModule(f, module+"."+im.Symbol)
}

func (p *Project) pythonFile(target string) []string {
	for _, name := range []string{target + ".py", target + "/__init__.py"} {
		if p.Layout.files[name] {
			return []string{name}
		}
	}
	return nil
}

// pythonModule finds an absolute module. A module of one segment is taken only
// from the importing file's folder or one above it: anything else named "acme"
// or "utils" somewhere in the project is not what is meant.
func (p *Project) pythonModule(f *File, module string) []string {
	candidates := p.Layout.python[module]
	if !strings.Contains(module, ".") {
		var near []string
		for _, c := range candidates {
			folder := path.Dir(strings.TrimSuffix(c, "/__init__.py"))
			if folder == "." || folder == "src" || strings.HasPrefix(f.Path, folder+"/") {
				near = append(near, c)
			}
		}
		candidates = near
	}
	return nearest(f.Path, candidates)
}

// javaPaths finds the file of an imported class, or of the class around it. What
// stands before the package's folders (src/main/java) does not matter.
func (p *Project) javaPaths(f *File, im *languages.Import) []string {
	class := im.Module
	if !im.Static && im.Symbol != "" && im.Symbol != "*" {
		class += "." + im.Symbol
	}
	for depth := 0; depth < 3 && class != ""; depth++ {
		segments := strings.Split(class, ".")
		suffix := strings.Join(segments, "/") + ".java"
		var candidates []string
		for _, c := range p.Layout.java[segments[len(segments)-1]+".java"] {
			if c == suffix || strings.HasSuffix(c, "/"+suffix) {
				candidates = append(candidates, c)
			}
		}
		if len(candidates) > 0 {
			return nearest(f.Path, candidates)
		}
		class = strings.Join(segments[:len(segments)-1], ".")
	}
	return nil
}

// Sibling returns the file of a class of the same Java package: in f's own folder
// or in the folder of the package below another root of sources (src/main, src/test).
func (p *Project) Sibling(f *File, class string) []*File {
	name := path.Join(path.Dir(f.Path), class+".java")
	if p.Layout.files[name] {
		return p.read([]string{name})
	}
	if f.Package == "" {
		return nil
	}
	var candidates []string
	suffix := "/" + strings.ReplaceAll(f.Package, ".", "/") + "/" + class + ".java"
	for _, c := range p.Layout.java[class+".java"] {
		if strings.HasSuffix("/"+c, suffix) {
			candidates = append(candidates, c)
		}
	}
	return p.read(nearest(f.Path, candidates))
}
