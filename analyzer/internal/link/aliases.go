package link

import (
	"maps"
	"slices"
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
	for name := range maps.Clone(names) {
		for _, local := range p.aliases[offer{fn.File, name}] {
			names[local] = true
		}
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

// indexCallNames notes the names of function literals, under function 0 of each file
// the names that importers give to what it offers as a whole, and other names that
// they give to one of its names.
func (p *Project) indexCallNames() {
	quiet := p.Quiet
	p.Quiet = true // a look at all imports asks for no files
	defer func() { p.Quiet = quiet }()
	p.callNames, p.aliases = make(map[FunctionID][]string), make(map[offer][]string)
	for _, f := range p.Files {
		for i := range f.Imports {
			if im := &f.Imports[i]; im.Local != "" && im.Local != im.Symbol {
				p.nameOffers(p.Resolve(f, im), im.Symbol, im.Local)
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
		if module, symbol := loaded(b.Value); module != "" && symbol != b.Target.Text && b.Target.Kind == languages.Name {
			p.nameOffers(p.ResolveModule(f, module), symbol, b.Target.Text)
		}
	}
	for _, record := range fn.Records {
		for _, item := range record.Items() {
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

// nameOffers notes the name that an importer gives to what files offer under another
// one, or as a whole. Modules whose members are all that they offer cannot be called.
func (p *Project) nameOffers(files []*File, symbol, local string) {
	for _, f := range files {
		switch {
		case symbol != "" && !isWhole(symbol):
			key := offer{f, symbol}
			p.aliases[key] = append(p.aliases[key], local)
		case slices.ContainsFunc(f.Exports, func(e languages.Export) bool { return isWhole(e.Name) }):
			id := FunctionID{f, 0}
			p.callNames[id] = append(p.callNames[id], local)
		}
	}
}

// loaded tells which module an expression is, or which symbol of it.
func loaded(v *languages.Expr) (module, symbol string) {
	if v.Kind == languages.Member {
		v, symbol = v.Base, v.Text
	}
	if v == nil || v.Kind != languages.Module {
		return "", ""
	}
	return v.Text, symbol
}
