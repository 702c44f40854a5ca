package detect

import (
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// A reach is what some files can run: their own functions and, by names alone, those
// that they call or hand on, those that these call, and so on.
type reach struct {
	project *link.Project
	about   func(path string) bool
	found   map[link.FunctionID]bool
	// waiting holds the functions that nobody has named so far.
	waiting map[calledName][]link.FunctionID
	next    []link.FunctionID // named, and not followed so far
}

type calledName struct{ language, name string }

func newReach(p *link.Project, about func(path string) bool) *reach {
	r := &reach{project: p, about: about, found: make(map[link.FunctionID]bool), waiting: make(map[calledName][]link.FunctionID)}
	for _, f := range p.Files {
		if about(f.Path) {
			continue
		}
		for i := range f.Functions {
			fn := link.FunctionID{File: f, Index: i}
			for _, name := range p.CallNames(fn) {
				key := calledName{f.Language, name}
				r.waiting[key] = append(r.waiting[key], fn)
			}
		}
	}
	for _, f := range p.Files {
		if about(f.Path) {
			for i := range f.Functions {
				r.follow(f, i)
			}
		}
	}
	for len(r.next) > 0 {
		fn := r.next[len(r.next)-1]
		r.next = r.next[:len(r.next)-1]
		for i := range fn.File.Functions {
			if isInside(fn.File, i, fn.Index) {
				r.follow(fn.File, i)
			}
		}
	}
	return r
}

// follow adds what a function names.
func (r *reach) follow(f *link.File, i int) {
	for _, call := range f.Functions[i].Calls {
		r.name(f.Language, call.Base)
		for _, item := range call.Items {
			r.name(f.Language, item.Value)
		}
	}
}

func (r *reach) name(language string, x *languages.Expr) {
	if x == nil || x.Kind != languages.Name && x.Kind != languages.Member {
		return
	}
	key := calledName{language, x.Text}
	named := r.waiting[key]
	delete(r.waiting, key)
	for _, fn := range named {
		if !r.found[fn] {
			r.found[fn] = true
			r.next = append(r.next, fn)
		}
	}
}

// holds tells whether a function, or one around it, can be run. A nil reach holds all.
func (r *reach) holds(f *link.File, i int) bool {
	if r == nil || r.about(f.Path) {
		return true
	}
	for ; i > 0; i = f.Functions[i].Parent {
		if r.found[link.FunctionID{File: f, Index: i}] {
			return true
		}
	}
	return false
}
