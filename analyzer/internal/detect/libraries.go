package detect

import (
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// ownLibrary returns the catalogue of the client library that a file belongs to
// itself, nil if it belongs to none.
func (e *evaluator) ownLibrary(f *link.File) *client {
	if c, known := e.libraries[f]; known {
		return c
	}
	own := e.knowledge.of(f.Language).libraryAt(e.project.Layout, f.Traits, f.Path, e.project.ModuleOf(f))
	e.libraries[f] = own
	return own
}

// libraryAt is the library that a file belongs to which others import by a module's name.
func (k *knowledge) libraryAt(l *link.Layout, traits languages.Traits, file, module string) *client {
	if module == "" || k == nil {
		return nil
	}
	for _, c := range k.clientsOf(module) {
		if !c.Mock && len(c.types) > 0 && c.publishes(l, file) {
			return c
		}
	}
	if traits.ClassScope {
		return nil
	}
	return k.packaged(module)
}

// IsLibrary tells of a file that need not be read whether it is the source of a client
// library that sends for others, rather than code that uses it: in a project that is, or
// holds, such a library. Of some, only reading them tells.
func (d *Detector) IsLibrary(l *link.Layout, language string, traits languages.Traits, file string) bool {
	return d.knowledge.of(language).libraryAt(l, traits, file, l.ModuleAt(file)).sendsForOthers(file)
}

// isLibrary is [Detector.IsLibrary] for a file that was read.
func (f *finder) isLibrary(file *link.File) bool {
	return f.ownLibrary(file).sendsForOthers(file.Path)
}

// sendsForOthers tells whether a file of the library, if it is one, is no test or example.
func (c *client) sendsForOthers(file string) bool {
	return c != nil && len(c.BuiltOn) == 0 && !link.TriesOut(file)
}

// isOwnFiles tells whether the modules of a library are files like any to its own
// source. Where a package's tests share its names, what they mean by these is the
// library.
func (c *client) isOwnFiles(f *link.File) bool {
	return len(c.BuiltOn) > 0 && !f.Traits.PackageScope
}

// publishes tells whether the project around a file may be the client library
// that the file's module name says.
func (c *client) publishes(l *link.Layout, file string) bool {
	name, matters := l.PublishedAs(file)
	if !matters {
		return true
	}
	for _, p := range c.Packages {
		if strings.EqualFold(p.Name, name) {
			return true
		}
	}
	return false
}

// packaged returns the client that a package manager knows by that name.
func (k *knowledge) packaged(name string) *client {
	for _, c := range k.clients {
		for _, p := range c.Packages {
			if p.Name == name && !c.Mock {
				return c
			}
		}
	}
	return nil
}

// librarySymbol gives a declaration of a client library's own source as what its
// catalogue says of it, for tests and examples that stand in the same package.
func (e *evaluator) librarySymbol(d link.Definition, name string) (value, bool) {
	c := e.ownLibrary(d.File)
	if c == nil || c.isOwnFiles(d.File) {
		return value{}, false
	}
	module := e.project.ModuleOf(d.File)
	v := value{kind: symbolValue, module: module, text: name, client: c}
	return v, c.isGroup(name) || e.symbolOf(&v, &env{file: d.File}) != nil
}

// knows tells whether the catalogue has a symbol of that name.
func (c *client) knows(module, name string) bool { return c.find(module, name) != nil }

// isGroup tells whether the catalogue has symbols below that name.
func (c *client) isGroup(name string) bool {
	_, ok := c.groups[name]
	return ok
}

// find looks a dotted symbol up: with as much of its module in front as the
// catalogue writes, then by its own tails, since a catalogue names symbols
// without the submodule they stand in.
func (c *client) find(module, dotted string) *symbol {
	full := module + "." + dotted
	for tail, ok := full, true; ok; _, tail, ok = strings.Cut(tail, ".") {
		if s := c.symbols[tail]; s != nil {
			return s
		}
	}
	return nil
}
