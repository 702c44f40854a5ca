package rules

import "github.com/keyvet/keyvet/rules/internal/strict"

// A Project is the knowledge that a project brings with it: folders of YAML,
// and what stands among other keys in its configuration.
type Project struct {
	Dirs []string
	// Inline is a file whose keys "clients", "families" and "rules" are lists of
	// them. Its other keys are not looked at.
	Inline *Source
	// Severities change those of rules, by id or alias. An unknown id changes
	// nothing.
	Severities map[string]Severity
}

// project adds what a project brings.
func (l *loader) project(p *Project) {
	if p == nil {
		return
	}
	for _, dir := range p.Dirs {
		l.dir(dir)
	}
	if p.Inline != nil {
		var parts layer
		parts.inline(strict.Parse(p.Inline.Name, p.Inline.Data))
		parts.duplicates()
		l.add(parts)
	}
}

// severities has the last word on the rules that were loaded.
func (l *loader) severities(p *Project) {
	if p == nil {
		return
	}
	for id, severity := range p.Severities {
		if r := l.known.rule(id); r != nil {
			r.Severity = severity
		}
	}
}

// inline takes the parts of a file that holds other things besides.
func (p *layer) inline(f *strict.File) {
	p.files = append(p.files, f)
	if f.Root == nil {
		return
	}
	if n := strict.Get(f.Root, "clients"); n != nil {
		p.clients = append(p.clients, items[Client](f, n)...)
	}
	if n := strict.Get(f.Root, "families"); n != nil {
		p.families = append(p.families, items[Family](f, n)...)
	}
	if n := strict.Get(f.Root, "rules"); n != nil {
		p.rules = append(p.rules, items[Rule](f, n)...)
	}
}

// items decodes a list, and gives those of its items that are mappings.
func items[T any](f *strict.File, n *strict.Node) (all []fragment[T]) {
	var list []T
	f.Decode(n, spec, &list)
	for i, item := range strict.Items(n) {
		if i < len(list) && strict.IsMapping(item) {
			all = append(all, fragment[T]{&list[i], f, item, strict.Keys(item)})
		}
	}
	return all
}
