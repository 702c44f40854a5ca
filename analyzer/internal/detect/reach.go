package detect

import (
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// A reach is what some files can run: their own functions and, by names alone, those
// that they call or hand on, those that these call, and so on.
type reach struct {
	about func(path string) bool
	found map[link.FunctionID]bool
	// waiting holds the functions that nobody has named so far.
	waiting map[calledName][]link.FunctionID
	// inner holds the functions inside of others: they run where those do.
	inner map[link.FunctionID][]link.FunctionID
	next  []link.FunctionID // found, and not followed so far
}

type calledName struct{ language, name string }

func newReach(p *link.Project, about func(path string) bool) *reach {
	r := &reach{
		about: about, found: make(map[link.FunctionID]bool),
		waiting: make(map[calledName][]link.FunctionID), inner: make(map[link.FunctionID][]link.FunctionID),
	}
	for _, f := range p.Files {
		if about(f.Path) {
			continue
		}
		for i := range f.Functions {
			fn := link.FunctionID{File: f, Index: i}
			if parent := f.Functions[i].Parent; parent > 0 {
				around := link.FunctionID{File: f, Index: parent}
				r.inner[around] = append(r.inner[around], fn)
			}
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
		r.follow(fn.File, fn.Index)
		r.add(r.inner[fn])
	}
	return r
}

// follow adds what a function names.
func (r *reach) follow(f *link.File, i int) {
	for _, call := range f.Functions[i].Calls {
		r.name(f.Language, call.Base)
		for _, item := range call.Items() {
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
	r.add(named)
}

func (r *reach) add(functions []link.FunctionID) {
	for _, fn := range functions {
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
