package detect

import (
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
)

// ownLibrary returns the catalogue of the client library that a file belongs to
// itself, nil if it belongs to none.
func (e *evaluator) ownLibrary(f *link.File) *client {
	if c, known := e.libraries[f]; known {
		return c
	}
	var own *client
	k := e.knowledge.of(f.Language)
	if module := e.project.ModuleOf(f); module != "" && k != nil {
		for _, c := range k.clientsOf(module) {
			if !c.Mock && len(c.types) > 0 && e.publishes(f, c) {
				own = c
				break
			}
		}
		if own == nil && !f.Traits.ClassScope {
			own = k.packaged(module)
		}
	}
	e.libraries[f] = own
	return own
}

// isOwnFiles tells whether the modules of a library are files like any to its own
// source. Where a package's tests share its names, what they mean by these is the
// library.
func (c *client) isOwnFiles(f *link.File) bool {
	return len(c.BuiltOn) > 0 && !f.Traits.PackageScope
}

// publishes tells whether the project around a file may be the client library
// that the file's module name says.
func (e *evaluator) publishes(f *link.File, c *client) bool {
	name, matters := e.project.PublishedAs(f)
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
