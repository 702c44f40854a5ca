package detect

import (
	"context"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// An evaluator works out what expressions may be, on demand. It runs nothing:
// all assignments to a name are possible, loops and conditions do not exist.
type evaluator struct {
	ctx       context.Context // of the scan: a canceled one is not worth finishing
	project   *link.Project
	knowledge *library
	literals  map[*link.File]*literals
	callers   map[link.FunctionID][]caller
	libraries map[*link.File]*client       // the library that a file belongs to itself
	mockUsers map[*link.File]bool          // files that import a library of test doubles
	providers map[string][]link.FunctionID // functions whose result is passed for parameters of a name
	finding   map[link.FunctionID]bool     // functions whose callers are being looked for
	asked     map[link.FunctionID]bool     // functions whose callers decide what is sent
	sending   bool                         // a command is being looked for

	memo memo
	// calling is how many callers' callers are being followed.
	calling int
	frames  map[frameKey]*frame
	// additions remembers what is appended to the members of objects.
	additions map[ownKey][]addition
	// keywords holds the records of parameters whose callers are not known.
	keywords map[*languages.Param]*languages.Expr
	// provisional holds what is remembered for the time of a cycle, unsure its keys.
	provisional map[memoKey]provisional
	unsure      []memoKey
	active      map[memoKey]int // expressions being evaluated, with their depth
	depth       int
	// lowest is the depth of the outermost expression that a cut cycle led
	// back to; results that rest on it are not kept.
	lowest int
	steps  int // left of the budget of the current question
	// cut: the current question led deeper, or cost more, than is looked at.
	cut bool
	// retrying is the question that is asked again because it led too far, of what is
	// read; nil while all are asked for the first time.
	retrying *question
	nested   int // calls of functions that may lead back to themselves
	// reading holds the records whose members are being read, importing the imports
	// that are being followed.
	reading   map[*languages.Expr]bool
	importing map[*languages.Import]bool
	// missing are names that files do not offer.
	missing map[offer]bool
	// all stands for the definitions of a name, by the first of many.
	all map[*link.Definition]*languages.Expr
	// members stands for the members of types that are assigned to at many places.
	members map[memberKey]*manyMembers
	// heirs holds the types whose bases were asked for the member that is looked up.
	heirs map[link.TypeID]bool
	// again holds those that are being asked about inside of themselves.
	again map[memoKey]bool
}

// A provisional is what an expression inside a cycle gave, and the depth of the
// outermost expression that it rests on.
type provisional struct {
	set    set
	lowest int
}

const (
	maxDepth = 96
	maxSteps = 12000
	// quietSteps is for members of names that every library has: there are many,
	// and few of them have anything to do with a client.
	quietSteps = 1500
	maxNested  = 160
	notCut     = 1 << 30
)

// ask evaluates an expression with a fresh budget.
func (e *evaluator) ask(x *languages.Expr, at *env) set {
	e.begin()
	return e.eval(x, at)
}

// begin starts a new question. Once the scan is canceled none is worth a step.
func (e *evaluator) begin() {
	e.steps, e.lowest, e.cut = maxSteps, notCut, false
	switch {
	case e.ctx.Err() != nil:
		e.steps = 0
	case e.project.Quiet && e.retrying == nil:
		e.steps = quietSteps
	}
	e.forget(0, -1)
	e.memo.age()
}

// eval gives what x may be in at.
func (e *evaluator) eval(x *languages.Expr, at *env) set {
	if x == nil {
		return unknown()
	}
	switch x.Kind {
	case languages.Text:
		return one(value{kind: textValue, text: x.Text, expr: x, env: at})
	case languages.Number:
		return one(value{kind: numberValue, text: x.Text, expr: x, env: at})
	case languages.Bool:
		return one(value{kind: boolValue, text: x.Text})
	case languages.None:
		return one(value{kind: noneValue})
	case languages.List, languages.Tuple:
		return one(value{kind: listValue, expr: x, env: at})
	case languages.Lambda:
		return one(value{kind: functionValue, fn: link.FunctionID{File: at.file, Index: int(x.Declared)}, env: at})
	case languages.Unknown:
		return unknown()
	}
	return e.guarded(x, at)
}

// deeper notes that a function is entered that may lead back to itself other
// than through eval. It refuses where that went too deep or cost too much.
func (e *evaluator) deeper() bool {
	if e.steps--; e.nested >= maxNested || e.steps < 0 {
		e.lowest, e.cut = 0, true
		return false
	}
	e.nested++
	return true
}

func (e *evaluator) leave() { e.nested-- }

// guarded evaluates with memory, and cuts cycles. What an expression inside a
// cycle gave is only remembered until the cycle's outermost expression is done:
// it may lack what that one adds.
func (e *evaluator) guarded(x *languages.Expr, at *env) set {
	return e.remembered(keyOf(x, at), x, at, nil)
}

// remembered is guarded for what compute gives, nil standing for compute of x in at.
func (e *evaluator) remembered(key memoKey, x *languages.Expr, at *env, compute func() set) set {
	if r, ok := e.memo.of(key); ok && (!e.sending || !r.incomplete || r.asked) {
		return r.set()
	}
	if p, ok := e.provisional[key]; ok {
		e.lowest = min(e.lowest, p.lowest)
		return p.set
	}
	if depth, ok := e.active[key]; ok {
		e.lowest = min(e.lowest, depth)
		return unknown()
	}
	if e.steps--; e.steps < 0 || e.depth >= maxDepth {
		e.lowest, e.cut = 0, true
		return unknown()
	}
	outer := e.lowest
	e.lowest = notCut
	e.depth++
	e.active[key] = e.depth
	mark := len(e.unsure)
	var s set
	if compute != nil {
		s = compute()
	} else {
		s = e.compute(x, at)
	}
	s.values = slices.Clip(s.values)
	delete(e.active, key)
	if e.lowest >= e.depth {
		e.memo.keep(key, s, e.sending)
		e.forget(mark, e.depth)
		e.lowest = outer
	} else {
		e.provisional[key] = provisional{s, e.lowest}
		e.unsure = append(e.unsure, key)
		e.lowest = min(outer, e.lowest)
	}
	e.depth--
	return s
}

// once asks what compute gives once for all that ask for it, also if that costs more
// than one question may: it would the next time, too.
func (e *evaluator) once(key memoKey, at *env, compute func() set) set {
	s := e.remembered(key, key.expr, at, compute)
	if _, inside := e.active[key]; e.cut && !inside {
		s.incomplete = true
		e.memo.keep(key, s, e.sending)
	}
	return s
}

// forget drops what was remembered since mark for the time of a cycle.
func (e *evaluator) forget(mark, depth int) {
	kept := e.unsure[:mark]
	for _, key := range e.unsure[mark:] {
		if e.provisional[key].lowest < depth {
			kept = append(kept, key)
			continue
		}
		delete(e.provisional, key)
	}
	e.unsure = kept
}

func (e *evaluator) compute(x *languages.Expr, at *env) set {
	switch x.Kind {
	case languages.Name:
		return e.name(x, at)
	case languages.Member:
		s := e.memberOf(e.eval(x.Base, at), x, x.Text, at)
		if x.Static() != nil {
			s = e.stated(s, x, at)
		}
		return s
	case languages.Index:
		return e.index(x, at)
	case languages.Call:
		return e.call(x, at)
	case languages.Module:
		return e.module(x.Text, at.file, x.Range)
	case languages.Record:
		return e.record(x, at)
	case languages.Concat:
		return e.concat(x, at)
	case languages.Choice:
		return e.choice(x, at)
	case languages.Each:
		return e.each(x, at)
	case languages.Result:
		return e.result(x, at)
	case languages.Cast:
		return e.cast(x, at)
	case languages.Super:
		return e.super(at)
	}
	return unknown()
}

// record gives the record, and the client type that its written type names.
func (e *evaluator) record(x *languages.Expr, at *env) set {
	s := one(value{kind: recordValue, expr: x, env: at})
	if x.Type().Name != "" {
		for _, v := range e.typeRef(x.Type(), at.file, at.fn, 0).values {
			switch v.kind {
			case objectValue:
				v.expr, v.env = x, at
				s.add(v)
			case instanceValue:
				v.expr, v.env = x, at
				s.add(v)
			}
		}
	}
	return s
}

func (e *evaluator) choice(x *languages.Expr, at *env) set {
	var s set
	for _, item := range x.Items() {
		s.merge(e.eval(item.Value, at))
	}
	return s
}

// cast believes the code: what is said to be a client is one.
func (e *evaluator) cast(x *languages.Expr, at *env) set {
	base := e.eval(x.Base, at)
	if hasClientObject(base) {
		return base
	}
	said := e.typeRef(x.Type(), at.file, at.fn, 0)
	for _, v := range said.values {
		if v.kind == instanceValue || v.kind == objectValue {
			for _, b := range base.values {
				// A type that only declares members takes nothing from what is
				// known to be a client.
				if b.kind == recordValue || v.kind == objectValue && (b.kind == objectValue || b.kind == instanceValue) {
					said.add(b)
				}
			}
			return said
		}
	}
	return base
}

func (e *evaluator) super(at *env) set {
	owner, ok := e.owner(at)
	if !ok {
		return unknown()
	}
	return one(value{kind: superValue, class: owner, self: at.self, env: at})
}

// owner finds the type whose method encloses at.
func (e *evaluator) owner(at *env) (link.TypeID, bool) {
	for i := at.fn; i >= 0; i = at.file.Functions[i].Parent {
		if owner := at.file.Functions[i].Owner; owner >= 0 {
			return link.TypeID{File: at.file, Index: owner}, true
		}
		if i == 0 {
			break
		}
	}
	return link.TypeID{}, false
}

// module gives what a module name stands for: files of the project, or
// something outside. A client library's own name always means the library,
// also in a project that holds its source.
func (e *evaluator) module(name string, from *link.File, at languages.Range) set {
	if c := e.libraryOf(from, name); c != nil {
		return one(value{kind: moduleValue, module: name, client: c}.explain(from, at, "imports "+name))
	}
	if folder := e.project.Folder(from, name); folder != "" {
		e.project.WantFolder(folder)
		files := e.project.ResolveModule(from, name)
		return one(filesOf(files, folder).explain(from, at, "imports "+name))
	}
	if files := e.project.ResolveModule(from, name); len(files) > 0 {
		s := one(filesOf(files, "").explain(from, at, "imports "+name))
		for _, f := range files {
			s.merge(e.wholeExport(f))
		}
		return s
	}
	if e.project.Inside(from, name) {
		return unknown()
	}
	return one(value{kind: moduleValue, module: name})
}

// wholeExport gives what a file offers in place of a module of names
// (module.exports = class ...), nothing if it offers names alone.
func (e *evaluator) wholeExport(f *link.File) set {
	var s set
	if !e.deeper() {
		return s
	}
	defer e.leave()
	for i := range f.Exports {
		if f.Exports[i].Name != "=" {
			continue
		}
		for _, v := range e.eval(f.Exports[i].Value, &env{file: f}).values {
			if v.kind != recordValue { // its members are the module's
				s.add(v)
			}
		}
	}
	return s
}

// libraryOf returns the first catalogue that a module means to a file, nil for none: to
// the source of a library that uses others, its own modules are files like any.
func (e *evaluator) libraryOf(f *link.File, module string) *client {
	k := e.knowledge.of(f.Language)
	if k == nil || strings.HasPrefix(module, ".") {
		return nil
	}
	found := k.clientsOf(module)
	if len(found) == 0 || found[0].isOwnFiles(f) && found[0] == e.ownLibrary(f) {
		return nil
	}
	return found[0]
}
