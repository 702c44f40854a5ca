package link

import (
	"path"
	"sort"
	"strings"
)

// A Layout says which source files a project has, read or not, and how its
// manifests name them. All paths are relative to one folder, with slashes.
type Layout struct {
	files    map[string]bool
	java     map[string][]string // paths of Java sources by file name
	folders  map[string][]string // paths by folder
	python   map[string][]string // paths by dotted module name
	manifest Manifests
}

// Manifests is what the project's own manifests say about names of modules.
type Manifests struct {
	// GoModules maps a folder to the module path its go.mod declares.
	GoModules map[string]string
	// NodePackages maps a folder to what its package.json declares.
	NodePackages map[string]NodePackage
	// PythonPackages maps a folder to the name it is published under, in lower
	// case.
	PythonPackages map[string]string
	// Aliases are path aliases for JavaScript modules (tsconfig.json "paths").
	Aliases []Alias
}

// A NodePackage is what a package.json says about importing the package.
type NodePackage struct {
	Name string
	// Entries maps an import below the package ("." for itself, "./db") to
	// files, relative to the package's folder.
	Entries map[string][]string
}

// An Alias maps module names to files below a folder.
type Alias struct {
	Folder  string // files in and below it may use the alias
	Prefix  string // what stands before "*", or the whole name
	Suffix  string // what stands after "*"
	Star    bool
	Targets []string // relative to the project, with "*" where the name has it
}

// NewLayout makes a layout of source files and manifests.
func NewLayout(paths []string, manifests Manifests) *Layout {
	l := &Layout{
		files:    make(map[string]bool, len(paths)),
		java:     make(map[string][]string),
		folders:  make(map[string][]string),
		python:   make(map[string][]string),
		manifest: manifests,
	}
	sorted := append([]string(nil), paths...)
	sort.Strings(sorted)
	for _, p := range sorted {
		l.files[p] = true
		folder := path.Dir(p)
		l.folders[folder] = append(l.folders[folder], p)
		if strings.HasSuffix(p, ".java") {
			l.java[path.Base(p)] = append(l.java[path.Base(p)], p)
		}
	}
	for _, p := range sorted {
		l.addPython(p)
	}
	return l
}

// addPython files a Python source under each dotted name by which it can be
// imported: from the folder above its outermost package, or from any folder
// above that.
func (l *Layout) addPython(p string) {
	if !strings.HasSuffix(p, ".py") {
		return
	}
	segments, inner := l.pythonSegments(p)
	for start := inner; start >= 0; start-- {
		name := strings.Join(segments[start:], ".")
		l.python[name] = append(l.python[name], p)
	}
}

// pythonSegments splits a source's path and tells where, in the segments, the
// name begins that counts from the outermost package.
func (l *Layout) pythonSegments(p string) (segments []string, inner int) {
	folder := path.Dir(p)
	segments = strings.Split(strings.TrimSuffix(strings.TrimSuffix(p, ".py"), "/__init__"), "/")
	inner = len(segments) - 1
	if strings.HasSuffix(p, "/__init__.py") {
		folder = path.Dir(folder)
	}
	for inner > 0 && l.files[folder+"/__init__.py"] {
		inner--
		folder = path.Dir(folder)
	}
	return segments, inner
}

// nearest keeps the candidates that share the longest beginning of their folder
// with the file at from. Where several are equally near, it returns none: which
// one is meant cannot be told.
func nearest(from string, candidates []string) []string {
	if len(candidates) <= 1 {
		return candidates
	}
	best, count := "", 0
	most := -1
	for _, c := range candidates {
		n := commonFolders(path.Dir(from), path.Dir(c))
		switch {
		case n > most:
			best, count, most = c, 1, n
		case n == most:
			count++
		}
	}
	if count != 1 {
		return nil
	}
	return []string{best}
}

func commonFolders(a, b string) int {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	n := 0
	for n < len(as) && n < len(bs) && as[n] == bs[n] {
		n++
	}
	return n
}
