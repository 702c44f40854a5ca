package detect

import (
	"path"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// maxProviders bounds how many functions that provide one name are looked at.
const maxProviders = 8

// provided gives what functions provide for parameters of a name: those of the
// same file or, if there are none, of files in its folder and those around it.
func (e *evaluator) provided(fn link.FunctionID, name string) set {
	s := set{incomplete: true}
	if name == "" || fn.File.Traits.StaticTypes || fn.File.Traits.PackageScope {
		return s
	}
	if v, ok := e.knowledge.of(fn.File.Language).double(name); ok {
		return one(v)
	}
	if e.providers == nil {
		e.indexProviders()
	}
	if !e.deeper() {
		return s
	}
	defer e.leave()
	found := e.providers[fn.File.Language+":"+name]
	if len(found) > maxProviders {
		return s
	}
	for _, p := range found {
		if p == fn || !reachesFolder(p.File.Path, fn.File.Path) {
			continue
		}
		for _, v := range e.evalAll(p.Decl().Returns, &env{file: p.File, fn: p.Index}).values {
			if v.kind == instanceValue || v.kind == objectValue || v.kind == functionValue || v.kind == memberValue {
				s.add(v.explain(p.File, p.Decl().Range, "provided as "+name))
			}
		}
	}
	return s
}

// reachesFolder tells whether what a file provides holds for another one: its
// folder is the other's, or around it.
func reachesFolder(provider, user string) bool {
	folder := path.Dir(provider)
	return folder == "." || folder == path.Dir(user) || strings.HasPrefix(user, folder+"/")
}

func (e *evaluator) indexProviders() {
	e.providers = make(map[string][]link.FunctionID)
	for _, f := range e.project.Files {
		k := e.knowledge.of(f.Language)
		if k == nil || !e.importsProvider(f, k) {
			continue
		}
		for i := range f.Functions {
			for _, a := range f.Functions[i].Annotations {
				if name := e.providedName(a, f, i); name != "" {
					key := f.Language + ":" + name
					e.providers[key] = append(e.providers[key], link.FunctionID{File: f, Index: i})
				}
			}
		}
	}
}

// importsProvider tells whether a file imports a library with such decorators.
func (e *evaluator) importsProvider(f *link.File, k *knowledge) bool {
	for i := range f.Imports {
		for _, c := range k.clientsOf(f.Imports[i].Module) {
			if len(c.Provides) > 0 {
				return true
			}
		}
	}
	return false
}

// providedName gives the name under which a decorator provides a function: its
// own, or that of the argument "name". Empty for any other decorator.
func (e *evaluator) providedName(a *languages.Expr, f *link.File, fn int) string {
	name := f.Functions[fn].Name
	at := &env{file: f}
	if a.Kind == languages.Call {
		for _, item := range a.Items() {
			if item.Name == "name" && item.Value != nil && item.Value.Kind == languages.Text {
				name = item.Value.Text
			}
		}
		a = a.Base
	}
	for _, v := range e.eval(a, at).values {
		if v.kind == symbolValue && v.client != nil {
			if s := e.symbolOf(&v, at); s != nil && s.provides {
				return name
			}
		}
	}
	return ""
}
