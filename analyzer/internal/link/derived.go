package link

import (
	"slices"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// Derived returns the types that name id as a base, a few at most. Of types that
// could only mean another, nobody asks what their bases are: that may take files
// that were not read.
func (p *Project) Derived(id TypeID) []TypeID {
	found, known := p.derived[id]
	if !known {
		found = p.heirsOf(id)
		p.derived[id] = found
	}
	if len(found) > maxImplementations {
		return nil
	}
	return found
}

// An heir is a type with a base of a name.
type heir struct {
	of   TypeID
	base string // as the type's file names it
}

// heirsOf finds the types derived from id among those with a base whose name, or what
// some file renames to it, is that of id.
func (p *Project) heirsOf(id TypeID) []TypeID {
	if p.heirs == nil {
		p.indexHeirs()
	}
	name := id.Decl().Name
	if _, known := p.named[name]; !known { // the types of the name are asked together: they may be many
		p.named[name] = make(map[TypeID][]TypeID)
		for _, h := range p.heirs[name] {
			for _, b := range p.Bases(h.of) {
				if heirs := p.named[name][b]; len(heirs) == 0 || heirs[len(heirs)-1] != h.of {
					p.named[name][b] = append(heirs, h.of)
				}
			}
		}
	}
	found := p.named[name][id]
	for _, h := range p.heirs[defaultExport] { // importers name it as they like
		if h.base != name && p.imports(h, id.File) && slices.Contains(p.Bases(h.of), id) {
			found = append(slices.Clip(found), h.of)
		}
	}
	return found
}

const defaultExport = "default"

// imports tells whether an heir's file imports another under the name of the base.
func (p *Project) imports(h heir, from *File) bool {
	for _, d := range p.Lookup(h.of.File, h.of.Decl().Function, h.base) {
		if d.Kind == ImportDefinition && slices.Contains(p.importPaths(d.File, &d.File.Imports[d.Index]), from.Path) {
			return true
		}
	}
	return false
}

func (p *Project) indexHeirs() {
	p.heirs = make(map[string][]heir)
	others := p.renamed()
	for _, f := range p.Files {
		for i := range f.Types {
			known := make(map[string]bool) // names under which the type is an heir
			for _, ref := range f.Types[i].Bases {
				p.addHeir(heir{TypeID{f, i}, ref.Name}, lastName(ref.Name), others, known)
			}
		}
	}
}

func (p *Project) addHeir(h heir, name string, others map[string][]string, known map[string]bool) {
	if known[name] {
		return
	}
	known[name] = true
	p.heirs[name] = append(p.heirs[name], h)
	for _, other := range others[name] {
		p.addHeir(h, other, others, known)
	}
}

// renamed gives what files mean by the names under which they import or export
// something that has another one.
func (p *Project) renamed() map[string][]string {
	others := make(map[string][]string)
	add := func(name, other string) {
		if name != "" && other != "" && other != "*" && name != other && !slices.Contains(others[name], other) {
			others[name] = append(others[name], other)
		}
	}
	for _, f := range p.Files {
		for i := range f.Imports {
			add(f.Imports[i].Local, f.Imports[i].Symbol)
		}
		for _, e := range f.Exports {
			if v := e.Value; e.Name != defaultExport && v != nil && (v.Kind == languages.Name || v.Kind == languages.Member) {
				add(e.Name, v.Text)
			}
		}
	}
	return others
}

func lastName(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
