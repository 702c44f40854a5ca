package detect

import (
	"slices"
	"sort"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// maxCallers bounds how many calls of a name are looked at to learn what a
// parameter may be.
const maxCallers = 400

// maxAskedCallers is how many callers of callers up a function may lie for files
// to be read that may call it: behind more, what arrives has to do with everything.
const maxAskedCallers = 3

// fromCallers gives what the project's calls of a function pass for a parameter.
func (e *evaluator) fromCallers(fn link.FunctionID, index int) set {
	s := set{incomplete: true}
	e.calling++
	defer func() { e.calling-- }()
	for _, c := range e.callersOf(fn) {
		if s.mergeWithin(e.passed(fn, index, c), e.limit()); len(s.values) >= e.limit() {
			break
		}
	}
	return s
}

// passed gives what one call passes, marked with the place where it entered.
func (e *evaluator) passed(fn link.FunctionID, index int, c caller) set {
	at := &env{file: c.site.File, fn: c.site.Function}
	f := &frame{fn: fn, items: c.items(), env: at, call: c.site.Call, depth: 1}
	s := e.bound(f, index)
	if c.site.File != fn.File {
		s = withoutMocks(s)
	}
	if c.guess {
		return s.with(value.guessed)
	}
	return s
}

// A caller is a call of a function of the project. A guess rests on the name
// of the method alone.
type caller struct {
	site  link.Site
	guess bool
	skip  int // leading arguments that are no arguments of the function
}

func (c caller) items() []languages.Item {
	return c.site.Call.Items()[min(c.skip, len(c.site.Call.Items())):]
}

// callersOf finds the project's calls of a function.
func (e *evaluator) callersOf(fn link.FunctionID) []caller {
	if e.sending && e.calling <= maxAskedCallers {
		e.asked[fn] = true
	}
	if found, ok := e.callers[fn]; ok {
		return found
	}
	if e.finding[fn] {
		return nil
	}
	e.finding[fn] = true
	var sites []link.Site
	for _, name := range e.project.CallNames(fn) {
		sites = append(sites, e.project.CallsOf(fn.File.Language, name)...)
	}
	if fn.Decl().Constructor {
		sites = append(sites, e.superCalls(fn)...)
	}
	var found []caller
	for _, s := range nearest(sites, fn.File) {
		if c, ok := e.callsFunction(s, fn); ok {
			found = append(found, c)
		}
	}
	// What the program itself passes comes before what its tests make up, should
	// it be too much for one question.
	sort.SliceStable(found, func(i, j int) bool {
		return !link.TriesOut(found[i].site.File.Path) && link.TriesOut(found[j].site.File.Path)
	})
	delete(e.finding, fn)
	e.callers[fn] = found
	return found
}

// nearest gives, of more calls than are looked at, those in a file before the others.
func nearest(sites []link.Site, f *link.File) []link.Site {
	if len(sites) <= maxCallers {
		return sites
	}
	var near, far []link.Site
	for i := 0; i < len(sites) && len(near) < maxCallers; i++ {
		switch s := sites[i]; {
		case s.File == f:
			near = append(near, s)
		case len(far) < maxCallers:
			far = append(far, s)
		}
	}
	return slices.Concat(near, far[:min(len(far), maxCallers-len(near))])
}

// superCalls finds the calls by which derived classes run a constructor, and
// the constructions of derived classes that have none of their own.
func (e *evaluator) superCalls(fn link.FunctionID) []link.Site {
	var sites []link.Site
	owner := link.TypeID{File: fn.File, Index: fn.Decl().Owner}
	for _, sub := range e.project.Derived(owner) {
		if len(e.project.Constructors(sub)) == 0 {
			sites = append(sites, e.project.CallsOf(fn.File.Language, sub.Decl().Name)...)
			continue
		}
		for _, c := range e.project.Constructors(sub) {
			for _, call := range c.Decl().Calls {
				if isSuperCall(call) {
					sites = append(sites, link.Site{File: c.File, Function: c.Index, Call: call})
				}
			}
		}
	}
	return sites
}

func isSuperCall(call *languages.Expr) bool {
	base := call.Base
	if base == nil {
		return false
	}
	return base.Kind == languages.Super || base.Kind == languages.Member && base.Base != nil && base.Base.Kind == languages.Super
}

func (e *evaluator) callsFunction(s link.Site, fn link.FunctionID) (caller, bool) {
	decl := fn.Decl()
	if decl.Constructor && isSuperCall(s.Call) {
		return caller{site: s}, true
	}
	callee := e.eval(s.Call.Base, &env{file: s.File, fn: s.Function})
	known := false
	for i := range callee.values {
		v := &callee.values[i]
		if v.binder {
			return caller{}, false
		}
		switch v.kind {
		case functionValue:
			known = true
			if v.fn == fn || e.reaches(v.fn, fn) {
				c := caller{site: s}
				if v.self == nil && decl.Receiver != "" && !decl.ClassReceiver && !fn.File.Traits.ImplicitMembers {
					c.skip = 1 // Class.method(object, ...)
				}
				return c, true
			}
		case classValue:
			known = true
			if decl.Constructor && decl.Owner >= 0 && e.project.Extends(v.class, link.TypeID{File: fn.File, Index: decl.Owner}) {
				return caller{site: s}, true
			}
		case instanceValue, memberValue, symbolValue, moduleValue, opaqueValue, textValue:
			known = true
		}
	}
	if known || decl.Owner < 0 || s.Call.Base.Kind != languages.Member {
		return caller{}, false
	}
	return caller{site: s, guess: true}, e.onlyMethod(fn)
}

// reaches tells whether a call of method from, which may only be declared, can
// run method to.
func (e *evaluator) reaches(from, to link.FunctionID) bool {
	if from.Decl().Name != to.Decl().Name {
		return false
	}
	for _, impl := range e.implementations(from) {
		if impl == to {
			return true
		}
	}
	if from.Decl().Owner < 0 || to.Decl().Owner < 0 {
		return false
	}
	return e.project.Extends(link.TypeID{File: to.File, Index: to.Decl().Owner}, link.TypeID{File: from.File, Index: from.Decl().Owner})
}

// onlyMethod tells whether a method's name is declared once in the project, so
// that a call of it on something unknown can only mean this one.
func (e *evaluator) onlyMethod(fn link.FunctionID) bool {
	count := 0
	for _, m := range e.project.MethodsNamed(fn.File.Language, fn.Decl().Name) {
		if hasBody(m.Decl()) {
			count++
		}
	}
	return count == 1
}
