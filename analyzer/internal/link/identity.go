package link

import (
	"path"
	"strings"
)

// ModuleOf returns the module name by which other code imports the file: a
// dotted name (Python), the package (Java), the import path (Go), or the name of
// the package that holds it (JavaScript). Empty if the project does not say.
func (p *Project) ModuleOf(f *File) string {
	if f.Traits.PackageScope && f.Traits.ImplicitMembers {
		return f.Package
	}
	return p.Layout.ModuleAt(f.Path)
}

// ModuleAt is [Project.ModuleOf] for a file that need not be read. Java's packages are
// told by their folders where these are laid out as Maven and Gradle have it, and for
// what is no test.
func (l *Layout) ModuleAt(file string) string {
	switch path.Ext(file) {
	case ".py":
		return l.pythonName(file)
	case ".java":
		_, below, _ := strings.Cut(path.Dir("/"+file), "/src/main/java/")
		return strings.ReplaceAll(below, "/", ".")
	case ".go":
		return l.goName(file)
	}
	return l.nodeName(file)
}

// pythonName is the shortest name of a module: from its outermost package on.
func (l *Layout) pythonName(file string) string {
	segments, inner := l.pythonSegments(file)
	return strings.Join(segments[inner:], ".")
}

// PublishedAs returns the name under which package managers know the project
// around a file, read or not, in lower case, where the file's module name does not say
// enough: a Python file "acme.py" may stand in anybody's folder.
func (l *Layout) PublishedAs(file string) (name string, matters bool) {
	if !strings.HasSuffix(file, ".py") {
		return "", false
	}
	for folder := path.Dir(file); ; folder = path.Dir(folder) {
		if name := l.manifest.PythonPackages[folder]; name != "" {
			return name, true
		}
		if folder == "." || folder == "/" {
			return "", true
		}
	}
}

func (l *Layout) goName(file string) string {
	below := ""
	for folder := path.Dir(file); ; folder = path.Dir(folder) {
		if module, ok := l.manifest.GoModules[folder]; ok {
			return path.Join(module, below)
		}
		if folder == "." || folder == "/" {
			return ""
		}
		below = path.Join(path.Base(folder), below)
	}
}

func (l *Layout) nodeName(file string) string {
	for folder := path.Dir(file); ; folder = path.Dir(folder) {
		if pkg, ok := l.manifest.NodePackages[folder]; ok && pkg.Name != "" {
			return pkg.Name
		}
		if folder == "." || folder == "/" {
			return ""
		}
	}
}

// tryFolders are folders whose code tries a library out, rather than being it.
var tryFolders = map[string]bool{
	"test": true, "tests": true, "__tests__": true, "testing": true, "spec": true, "specs": true, "e2e": true,
	"example": true, "examples": true, "doctests": true, "docs": true, "doc": true, "samples": true,
	"demo": true, "demos": true, "benchmark": true, "benchmarks": true, "integration": true, "integration-tests": true,
}

// TriesOut tells whether a file is a test or an example, by its name and folders.
func TriesOut(file string) bool {
	folders := strings.Split(path.Dir(file), "/")
	for _, folder := range folders {
		if tryFolders[strings.ToLower(folder)] {
			return true
		}
	}
	return IsTest(file)
}

// IsTest tells whether a file is a test by its own name. Nothing but tests, and examples
// beside them, uses what one declares.
func IsTest(file string) bool {
	base := path.Base(file)
	stem := strings.TrimSuffix(base, path.Ext(base))
	return strings.HasPrefix(base, "test_") || strings.HasSuffix(stem, "_test") ||
		strings.HasSuffix(stem, ".spec") || strings.HasSuffix(stem, ".test") ||
		strings.HasSuffix(stem, "Test") || strings.HasSuffix(stem, "Tests")
}

// Declared returns the function, or method, that a whole name means: the import
// path of its package, its receiver's type, if it has one, and its own name, with
// dots between.
func (p *Project) Declared(language, name string) (FunctionID, bool) {
	if name == "" {
		return FunctionID{}, false
	}
	if p.declared == nil {
		p.indexDeclared()
	}
	fn, ok := p.declared[language+":"+name]
	return fn, ok
}

func (p *Project) indexDeclared() {
	p.declared = make(map[string]FunctionID)
	for _, f := range p.Files {
		module := p.ModuleOf(f)
		if module == "" || !f.Traits.PackageScope {
			continue
		}
		for i := range f.Functions {
			fn := &f.Functions[i]
			if fn.Parent != 0 || fn.Name == "" {
				continue
			}
			name := fn.Name
			if fn.Owner >= 0 {
				name = f.Types[fn.Owner].Name + "." + name
			}
			p.declared[f.Language+":"+module+"."+name] = FunctionID{f, i}
		}
	}
}
