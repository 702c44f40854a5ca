package detect

import (
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// leadOn notes what makes other files worth reading, and asks for some. It comes after
// all loud looks: what is a client is asked quietly, and what was answered so is not
// asked again.
func (f *finder) leadOn(file *link.File) {
	k := f.knowledge.of(file.Language)
	if k == nil || f.isLibrary(file) {
		return
	}
	f.project.Quiet = false
	asked := f.project.Asked
	f.follow(file)
	if !file.Traits.PackageScope && f.isNearClient(file) {
		f.handsOn(file)
	}
	if f.project.Asked > asked && !slices.Contains(f.open, file) {
		f.open = append(f.open, file)
	}
}

// handsOn asks for the files that define what a file passes a client to: what is done
// with it there may be called like anybody's, and nothing in such a file then speaks
// of clients. Where a package is a scope, types are declared, and something does.
func (f *finder) handsOn(file *link.File) {
	for i := range file.Functions {
		at := &env{file: file, fn: i}
		for _, call := range file.Functions[i].Calls {
			if f.ctx.Err() != nil {
				return
			}
			f.handed(call, at)
		}
	}
}

// isNearClient tells whether a file has clients at hand, or imports one that has.
func (f *finder) isNearClient(file *link.File) bool {
	if f.importsClient(file) {
		return true
	}
	for i := range file.Imports {
		if f.isNear(file, &file.Imports[i]) {
			return true
		}
	}
	for i := range file.Functions {
		for _, b := range file.Functions[i].Bindings {
			if b.Value != nil && b.Value.Kind == languages.Module && f.isNear(file, &languages.Import{Module: b.Value.Text}) {
				return true
			}
		}
	}
	return false
}

// handed asks for the files that define what a call calls, if a client is passed to it.
func (f *finder) handed(call *languages.Expr, at *env) {
	if len(call.Items()) == 0 {
		return
	}
	unread := f.unreadBehind(call.Base, at, 0)
	if len(unread) == 0 || !slices.ContainsFunc(call.Items(), func(item languages.Item) bool { return f.mayHold(item.Value, at) }) {
		return
	}
	f.project.Quiet = false
	f.project.Want(unread)
}

// mayHold tells whether an argument is a client, kept by a name or given by a call.
func (f *finder) mayHold(x *languages.Expr, at *env) bool {
	if x == nil {
		return false
	}
	switch x.Kind {
	case languages.Name, languages.Member, languages.Call:
		return f.comesFromNear(x, at, 0) && f.holdsClient(x, at)
	}
	return false
}

// comesFromNear tells, by names alone, whether an expression may have come from a
// library of clients or a file that has one at hand. What a method's own object
// holds may, in a file with a library.
func (f *finder) comesFromNear(x *languages.Expr, at *env, depth int) bool {
	for x != nil && (x.Kind == languages.Member || x.Kind == languages.Call) {
		x = x.Base
	}
	switch {
	case x == nil || depth > maxHanded:
		return false
	case x.Kind == languages.Module:
		return f.isNear(at.file, &languages.Import{Module: x.Text})
	case x.Kind != languages.Name:
		return false
	}
	definitions := f.firstDefinitions(x.Text, at)
	if len(definitions) == 0 {
		return f.importsClient(at.file)
	}
	near, known := f.near[&definitions[0]]
	if !known {
		f.near[&definitions[0]] = false // what is defined by itself is no nearer
		near = f.definedNear(definitions, depth)
		f.near[&definitions[0]] = near
	}
	return near
}

func (f *finder) definedNear(definitions []link.Definition, depth int) bool {
	for _, d := range definitions {
		switch d.Kind {
		case link.ImportDefinition:
			if f.isNear(d.File, &d.File.Imports[d.Index]) {
				return true
			}
		case link.BindingDefinition:
			if f.comesFromNear(d.Binding.Value, &env{file: d.File, fn: d.Held}, depth+1) {
				return true
			}
		}
	}
	return false
}

// maxHanded bounds how far names are followed to what may be a client.
const maxHanded = 3

// isNear tells whether an import means a library of clients, or files that import one.
func (f *finder) isNear(file *link.File, im *languages.Import) bool {
	if f.libraryOf(file, im.Module) != nil {
		return true
	}
	return slices.ContainsFunc(f.project.Meant(file, im), func(path string) bool {
		imported := f.project.File(path)
		return imported != nil && f.importsClient(imported)
	})
}

// unreadBehind gives the files of the project by which a file knows what it calls, or
// what made it, as far as they were not read.
func (f *finder) unreadBehind(x *languages.Expr, at *env, depth int) []string {
	for x != nil && (x.Kind == languages.Member || x.Kind == languages.Call) {
		x = x.Base
	}
	var unread []string
	add := func(im *languages.Import) {
		for _, path := range f.project.Meant(at.file, im) {
			if f.project.File(path) == nil {
				unread = append(unread, path)
			}
		}
	}
	switch {
	case x == nil || depth > maxHanded:
	case x.Kind == languages.Module:
		add(&languages.Import{Module: x.Text})
	case x.Kind == languages.Name:
		definitions := f.firstDefinitions(x.Text, at)
		if len(definitions) == 0 {
			break
		}
		if behind, known := f.behind[&definitions[0]]; known {
			return behind
		}
		f.behind[&definitions[0]] = nil // there is nothing else behind what is defined by itself
		for _, d := range definitions {
			switch d.Kind {
			case link.ImportDefinition:
				add(&d.File.Imports[d.Index])
			case link.BindingDefinition:
				unread = append(unread, f.unreadBehind(d.Binding.Value, at, depth+1)...)
			}
		}
		f.behind[&definitions[0]] = unread
	}
	return unread
}
