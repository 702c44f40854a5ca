package link

import (
	"sort"

	"github.com/keyvet/keyvet/languages"
)

// CallNames returns the names by which code may call a function: its own, that
// of its type if it is a constructor, those that its literal is bound to, and
// those by which importers know what its file offers. Sorted.
func (p *Project) CallNames(fn FunctionID) []string {
	if p.callNames == nil {
		p.indexCallNames()
	}
	decl := fn.Decl()
	names := make(map[string]bool)
	switch {
	case decl.Constructor && decl.Owner >= 0:
		names[fn.File.Types[decl.Owner].Name] = true
	default:
		names[decl.Name] = true
	}
	for _, name := range p.callNames[fn] {
		names[name] = true
	}
	if decl.Parent <= 0 && (decl.Owner < 0 || decl.Constructor) {
		for _, name := range p.callNames[FunctionID{fn.File, 0}] {
			names[name] = true
		}
	}
	delete(names, "")
	list := make([]string, 0, len(names))
	for name := range names {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}

// Nameless tells whether importers choose the name of a function freely: it is,
// or makes, what its file offers as a whole.
func (p *Project) Nameless(fn FunctionID) bool {
	for _, e := range fn.File.Exports {
		if !isWhole(e.Name) || e.Value == nil {
			continue
		}
		if e.Value.Kind == languages.Lambda && int(e.Value.Declared) == fn.Index {
			return true
		}
		if e.Value.Kind == languages.Name {
			for _, name := range p.CallNames(fn) {
				if name == e.Value.Text {
					return true
				}
			}
		}
	}
	return false
}

// isWhole tells whether an export's name stands for what a file offers as a whole.
func isWhole(export string) bool { return export == "=" || export == "default" }

// indexCallNames notes the names of function literals, and under function 0 of
// each file the names that importers give to what it offers.
func (p *Project) indexCallNames() {
	quiet := p.Quiet
	p.Quiet = true // a look at all imports asks for no files
	defer func() { p.Quiet = quiet }()
	p.callNames = make(map[FunctionID][]string)
	for _, f := range p.Files {
		for i := range f.Imports {
			if im := &f.Imports[i]; im.Local != "" && im.Local != im.Symbol {
				p.nameFiles(p.Resolve(f, im), im.Local)
			}
		}
		for _, e := range f.Exports {
			if !isWhole(e.Name) {
				p.nameLiteral(f, e.Name, e.Value)
			}
		}
		for i := range f.Functions {
			p.nameBindings(f, &f.Functions[i])
		}
	}
}

func (p *Project) nameBindings(f *File, fn *languages.Function) {
	for i := range fn.Bindings {
		b := &fn.Bindings[i]
		if b.Target == nil || b.Value == nil {
			continue
		}
		p.nameLiteral(f, b.Target.Text, b.Value)
		if module := loaded(b.Value, b.Target.Text); module != "" && b.Target.Kind == languages.Name {
			p.nameFiles(p.ResolveModule(f, module), b.Target.Text)
		}
	}
	for _, record := range fn.Records {
		for _, item := range record.Items {
			p.nameLiteral(f, item.Name, item.Value)
		}
	}
}

func (p *Project) nameLiteral(f *File, name string, v *languages.Expr) {
	if v != nil && v.Kind == languages.Lambda {
		id := FunctionID{f, int(v.Declared)}
		p.callNames[id] = append(p.callNames[id], name)
	}
}

func (p *Project) nameFiles(files []*File, name string) {
	for _, f := range files {
		id := FunctionID{f, 0}
		p.callNames[id] = append(p.callNames[id], name)
	}
}

// loaded tells which module an expression is, or is a member of, where the name
// it is bound to is not the member's own.
func loaded(v *languages.Expr, name string) string {
	if v.Kind == languages.Member && v.Text != name {
		v = v.Base
	}
	if v == nil || v.Kind != languages.Module {
		return ""
	}
	return v.Text
}
