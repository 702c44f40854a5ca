package detect

import (
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// A wrapper is a function of the project one of whose parameters goes into the
// command of a raw send. On its way there it may be taken apart and put together
// in ways that the evaluator does not follow, so that callers' commands do not
// arrive; but a command that a caller names there is one that is sent.
type wrapper struct {
	param  int // -1: no wrapper
	client *client
}

// wrapperOf tells whether a function is a wrapper.
func (f *finder) wrapperOf(fn link.FunctionID) wrapper {
	if w, ok := f.wrappers[fn]; ok {
		return w
	}
	w := wrapper{param: -1}
	f.wrappers[fn] = w // a function that calls itself is none by that
	decl := fn.Decl()
	at := &env{file: fn.File, fn: fn.Index}
	for _, call := range decl.Calls {
		if len(decl.Params) == 0 || w.param >= 0 || call.Base == nil || call.Base.Kind != languages.Member {
			continue
		}
		if len(f.knowledge.of(fn.File.Language).raws[call.Base.Text]) == 0 {
			continue
		}
		for _, v := range f.eval(call.Base, at).values {
			if v.kind == memberValue && !v.weak {
				w = wrapper{f.paramIn(commandIn(v.member, call), at, 0), v.member.owner}
			}
		}
	}
	f.wrappers[fn] = w
	return w
}

// commandIn gives the argument that a member takes its command from.
func commandIn(m *member, call *languages.Expr) *languages.Expr {
	for _, raw := range m.raws {
		if raw.Command != nil && *raw.Command >= 0 && *raw.Command < len(call.Items()) {
			return call.Items()[*raw.Command].Value
		}
	}
	return nil
}

// paramIn gives the parameter of the function that an expression is made of, -1
// if there is none. Of a list the beginning counts: the rest is arguments.
func (f *finder) paramIn(x *languages.Expr, at *env, depth int) int {
	if x == nil || depth > maxFrames {
		return -1
	}
	items := x.Items()
	switch x.Kind {
	case languages.Name:
		return f.paramNamed(x.Text, at, depth)
	case languages.List, languages.Tuple:
		items = items[:min(1, len(items))]
	case languages.Member, languages.Index, languages.Each, languages.Result, languages.Cast:
		return f.paramIn(x.Base, at, depth+1)
	}
	for _, item := range items {
		if p := f.paramIn(item.Value, at, depth+1); p >= 0 {
			return p
		}
	}
	return -1
}

func (f *finder) paramNamed(name string, at *env, depth int) int {
	for _, d := range f.project.Lookup(at.file, at.fn, name) {
		switch {
		case d.File != at.file || d.Function != at.fn && d.Kind == link.ParamDefinition:
		case d.Kind == link.ParamDefinition:
			return d.Index
		case d.Kind == link.BindingDefinition && d.Held == at.fn:
			if p := f.paramIn(d.Binding.Value, at, depth+1); p >= 0 {
				return p
			}
		}
	}
	return -1
}

// wrapperCall looks at a call of a function of the project for a command at the
// place that it, or what implements it, takes one from. It tells whether one is
// named there.
func (f *finder) wrapperCall(fn link.FunctionID, call *languages.Expr, at *env) bool {
	settled := false
	for _, run := range append([]link.FunctionID{fn}, f.implementations(fn)...) {
		w := f.wrapperOf(run)
		if w.param < 0 {
			continue
		}
		if settled {
			f.settled[run] = true
		} else if f.namedTo(w, call, at) {
			f.settled[run], settled = true, true
		}
	}
	return settled
}

// namedTo adds the commands that a call names to a wrapper. It tells whether
// there are any, of whatever kind.
func (f *finder) namedTo(w wrapper, call *languages.Expr, at *env) bool {
	position, named := w.param, false
	for _, s := range f.commands(rules.Raw{Command: &position}, call, at) {
		if s.name == undecided {
			continue
		}
		named = true
		if s.site == nil && f.noted(s) {
			u := report.Use{Kind: report.CommandUse, Command: s.name, Options: s.options, Client: w.client.Name, Certainty: certainty(s.weak, call)}
			f.addSent(u, s, call, at)
		}
	}
	return named
}

// A pending is a send whose command is not known, in a wrapper: it counts if no
// caller names a command.
type pending struct {
	fn      link.FunctionID
	use     report.Use
	call    *languages.Expr
	at      *env
	because *step
}

// postpone keeps a send of an unknown command for later if it stands in a wrapper.
func (f *finder) postpone(u report.Use, call *languages.Expr, at *env, because *step) bool {
	fn := link.FunctionID{File: at.file, Index: at.fn}
	if f.wrapperOf(fn).param < 0 {
		return false
	}
	f.asked[fn] = true
	f.postponed = append(f.postponed, pending{fn, u, call, at, because})
	return true
}

func (f *finder) addPostponed() {
	for _, p := range f.postponed {
		f.guard(p.at.file, func() { f.askCallers(p.fn) })
		if !f.settled[p.fn] && (f.detector.Elsewhere == nil || !f.detector.Elsewhere(p.fn)) {
			f.add(p.use, p.at.file, f.ownPart(p.call, p.at), p.because)
		}
	}
}

// askCallers looks at what all calls of a wrapper name, also those whose own
// arguments do not look like a command: run(query).
func (f *finder) askCallers(fn link.FunctionID) {
	w := f.wrapperOf(fn)
	for _, c := range f.callersOf(fn) {
		if f.mocked[c.site.Call] {
			continue
		}
		call := *c.site.Call
		call.SetItems(c.items())
		f.begin()
		if f.namedTo(w, &call, &env{file: c.site.File, fn: c.site.Function}) {
			f.settled[fn] = true
		}
	}
}
