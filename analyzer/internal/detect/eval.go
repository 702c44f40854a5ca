package detect

import (
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// An evaluator works out what expressions may be, on demand. It runs nothing:
// all assignments to a name are possible, loops and conditions do not exist.
type evaluator struct {
	project   *link.Project
	knowledge *library
	lambdas   map[link.FunctionID]argument
	// functionTypes holds the declared types of function literals.
	functionTypes map[link.FunctionID]functionType
	callers       map[link.FunctionID][]caller
	libraries     map[*link.File]*client   // the library that a file belongs to itself
	mockUsers     map[*link.File]bool      // files that import a library of test doubles
	finding       map[link.FunctionID]bool // functions whose callers are being looked for
	asked         map[link.FunctionID]bool // functions whose callers decide what is sent
	sending       bool                     // a command is being looked for

	memo   map[memoKey]set
	asking map[memoKey]bool // what memo remembers from when sending was set
	frames map[frameKey]*frame
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
	nested int // calls of functions that may lead back to themselves
	// reading holds the records whose members are being read, importing the imports
	// that are being followed.
	reading   map[*languages.Expr]bool
	importing map[*languages.Import]bool
}

type memoKey struct {
	expr  *languages.Expr
	frame *frame
	self  link.TypeID
	made  *languages.Expr // the call that made self
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

// begin starts a new question.
func (e *evaluator) begin() {
	e.steps, e.lowest = maxSteps, notCut
	if e.project.Quiet {
		e.steps = quietSteps
	}
	e.forget(0, -1)
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
		return one(value{kind: functionValue, fn: link.FunctionID{File: at.file, Index: x.Function}, env: at})
	case languages.Unknown:
		return unknown()
	}
	return e.guarded(x, at)
}

// deeper notes that a function is entered that may lead back to itself other
// than through eval. It refuses where that went too deep or cost too much.
func (e *evaluator) deeper() bool {
	if e.steps--; e.nested >= maxNested || e.steps < 0 {
		e.lowest = 0
		return false
	}
	e.nested++
	return true
}

func (e *evaluator) leave() { e.nested-- }

func keyOf(x *languages.Expr, at *env) memoKey {
	key := memoKey{expr: x, frame: at.frame}
	if at.self != nil {
		key.self, key.made = at.self.class, at.self.expr
	}
	return key
}

// guarded evaluates with memory, and cuts cycles. What an expression inside a
// cycle gave is only remembered until the cycle's outermost expression is done:
// it may lack what that one adds.
func (e *evaluator) guarded(x *languages.Expr, at *env) set {
	key := keyOf(x, at)
	if s, ok := e.memo[key]; ok && (!e.sending || !s.incomplete || e.asking[key]) {
		return s
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
		e.lowest = 0
		return unknown()
	}
	outer := e.lowest
	e.lowest = notCut
	e.depth++
	e.active[key] = e.depth
	mark := len(e.unsure)
	s := e.compute(x, at)
	delete(e.active, key)
	if e.lowest >= e.depth {
		e.memo[key] = s
		if e.sending {
			e.asking[key] = true
		}
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
		return e.memberOf(e.eval(x.Base, at), x, x.Text, at)
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
	if x.Type.Name != "" {
		for _, v := range e.typeRef(x.Type, at.file, at.fn, 0).values {
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
	for _, item := range x.Items {
		s.merge(e.eval(item.Value, at))
	}
	return s
}

// concat joins texts. A hole ends what is known: the rest is only a beginning.
func (e *evaluator) concat(x *languages.Expr, at *env) set {
	parts := []value{{kind: textValue, expr: x, env: at}}
	for _, item := range x.Items {
		parts = e.append(parts, item.Value, at)
	}
	var s set
	for _, v := range parts {
		s.add(v)
	}
	return s
}

// maxTexts bounds the number of texts that a concatenation may give.
const maxTexts = 16

func (e *evaluator) append(heads []value, x *languages.Expr, at *env) []value {
	tails := e.eval(x, at)
	var texts []value
	for _, v := range tails.values {
		if v.kind == textValue || v.kind == numberValue {
			texts = append(texts, v)
		}
	}
	var joined []value
	for _, head := range heads {
		if head.prefix {
			joined = append(joined, head)
			continue
		}
		for _, tail := range texts {
			v := head
			v.text += tail.text
			v.prefix = tail.prefix
			if tail.site != nil {
				v.site, v.because = tail.site, tail.because
			}
			joined = append(joined, v)
		}
		if len(texts) == 0 {
			head.prefix = true
			joined = append(joined, head)
		}
	}
	if len(joined) > maxTexts {
		joined = joined[:maxTexts]
	}
	return joined
}

// each gives the elements of a list, the values of a record, the members of an enum.
func (e *evaluator) each(x *languages.Expr, at *env) set {
	base := e.eval(x.Base, at)
	s := set{incomplete: base.incomplete}
	for i := range base.values {
		s.merge(e.elements(&base.values[i]))
	}
	return s
}

func (e *evaluator) elements(v *value) set {
	if !e.deeper() {
		return unknown()
	}
	defer e.leave()
	switch v.kind {
	case listValue:
		var s set
		for _, item := range e.items(v) {
			s.merge(e.element(item))
		}
		return s
	case recordValue:
		var s set
		for _, item := range v.expr.Items {
			if !item.Spread {
				s.merge(e.eval(item.Value, v.env))
			}
		}
		return s
	case classValue:
		return e.enumMembers(v)
	case instanceValue:
		held := *v
		held.boxed = false
		return one(held)
	case objectValue:
		return one(*v)
	case textValue:
		return unknown() // a letter of it
	}
	return unknown()
}

// An element is an item of a list, with the place where it is to be evaluated.
// Spread marks a list of further items whose number is not known.
type element struct {
	expr   *languages.Expr
	env    *env
	spread bool
	site   *site // where it entered, with the list that holds it
	weak   bool  // the list that holds it rests on a guess
	// argument is the place of the call's argument that gave it.
	argument languages.Range
}

// element gives what an element may be, marked with the argument by which the
// list that holds it entered.
func (e *evaluator) element(el element) set {
	s := enteredWith(e.eval(el.expr, el.env), &value{site: el.site})
	if el.weak {
		s.values = append([]value(nil), s.values...)
		for i := range s.values {
			s.values[i].weak = true
		}
	}
	return s
}

// items gives a list's elements in order, spread lists worked in where known.
func (e *evaluator) items(v *value) []element { return e.itemsWithin(v, 0) }

func (e *evaluator) itemsWithin(v *value, depth int) []element {
	list := e.unmarkedItems(v, depth)
	for i := range list {
		list[i].weak = list[i].weak || v.weak
		if list[i].site == nil {
			list[i].site = v.site
		}
	}
	return list
}

func (e *evaluator) unmarkedItems(v *value, depth int) []element {
	var list []element
	for _, item := range v.expr.Items {
		list = e.expand(list, item, v.env, depth)
	}
	for _, added := range v.extra {
		if added.key == nil {
			before := len(list)
			list = e.expand(list, languages.Item{Value: added.expr, Spread: added.spread}, added.env, depth)
			for i := before; i < len(list) && added.site != nil; i++ {
				list[i].site, list[i].weak = added.site, list[i].weak || added.weak
			}
		} else if n, ok := e.place(added); ok {
			list = put(list, n, added)
		}
	}
	return list
}

// maxPlace bounds the places of a list that are assigned to one by one.
const maxPlace = 32

// place gives the place of a list that an assignment to an element means.
func (e *evaluator) place(added addition) (int, bool) {
	keys := e.eval(added.key, added.env)
	if len(keys.values) != 1 || keys.values[0].kind != numberValue {
		return 0, false
	}
	n, err := strconv.Atoi(keys.values[0].text)
	return n, err == nil && n >= 0 && n < maxPlace
}

// put puts an element in its place, beside what the place may hold already.
func put(list []element, n int, added addition) []element {
	for i := range list {
		if list[i].spread && i <= n {
			return list
		}
	}
	for len(list) <= n {
		list = append(list, element{expr: &languages.Expr{}, env: added.env})
	}
	old := list[n]
	list[n] = element{expr: added.expr, env: added.env}
	if old.expr.Kind != languages.Unknown && old.env == added.env {
		list[n].expr = &languages.Expr{Kind: languages.Choice, Range: added.expr.Range, At: added.expr.At,
			Items: []languages.Item{{Value: old.expr}, {Value: added.expr}}}
	}
	return list
}

func (e *evaluator) expand(list []element, item languages.Item, at *env, depth int) []element {
	if !item.Spread {
		return append(list, element{expr: item.Value, env: at})
	}
	if depth < maxFrames {
		s := e.eval(item.Value, at)
		for i := range s.values {
			if s.values[i].kind == listValue {
				return append(list, e.itemsWithin(&s.values[i], depth+1)...)
			}
		}
	}
	return append(list, element{expr: item.Value, env: at, spread: true})
}

func (e *evaluator) index(x *languages.Expr, at *env) set {
	base := e.eval(x.Base, at)
	s := set{incomplete: base.incomplete}
	if len(x.Items) == 0 {
		return unknown()
	}
	keys := e.eval(x.Items[0].Value, at)
	for i := range base.values {
		s.merge(e.indexOf(&base.values[i], keys, x, at))
	}
	if len(base.values) == 0 {
		for _, key := range keys.values {
			if key.kind == textValue && !key.prefix {
				s.merge(e.assignedAnywhere(x, key.text, at))
			}
		}
	}
	return s
}

func (e *evaluator) indexOf(v *value, keys set, x *languages.Expr, at *env) set {
	var s set
	known := false
	for _, key := range keys.values {
		switch {
		case v.kind == listValue && key.kind == numberValue:
			if item, ok := e.itemAt(v, key.text); ok {
				s.merge(e.element(item))
				known = true
			}
		case v.kind == symbolValue || v.kind == moduleValue:
			return one(*v) // Generic[Type], an alias of it
		case key.kind == textValue && !key.prefix:
			s.merge(enteredBy(e.memberOf(one(*v), x, key.text, at), key))
			known = true
		}
	}
	if !known || keys.incomplete && v.kind == recordValue {
		s.merge(e.elements(v))
	}
	return s
}

// enteredBy marks members that were named by a text with the argument by which
// that text entered: run("set") of run(name) { client[name]() }.
func enteredBy(s set, key value) set {
	if key.site == nil {
		return s
	}
	marked := set{incomplete: s.incomplete, values: make([]value, len(s.values))}
	copy(marked.values, s.values)
	for i := range marked.values {
		if v := &marked.values[i]; v.kind == memberValue && v.site == nil {
			v.site, v.because = key.site, join(key.because, v.because)
		}
	}
	return marked
}

func (e *evaluator) itemAt(v *value, number string) (element, bool) {
	n := 0
	for _, c := range number {
		if c < '0' || c > '9' || n > 1000 {
			return element{}, false
		}
		n = n*10 + int(c-'0')
	}
	list := e.items(v)
	for i := range list {
		if list[i].spread {
			return element{}, false
		}
		if i == n {
			return list[i], true
		}
	}
	return element{}, false
}

// result gives one of several results of a call. What is no tuple is taken for
// the first one.
func (e *evaluator) result(x *languages.Expr, at *env) set {
	base := e.eval(x.Base, at)
	s := set{incomplete: base.incomplete}
	number := "0"
	if len(x.Items) > 0 && x.Items[0].Value != nil {
		number = x.Items[0].Value.Text
	}
	for i := range base.values {
		v := &base.values[i]
		switch {
		case v.kind == listValue:
			if item, ok := e.itemAt(v, number); ok {
				s.merge(e.element(item))
			}
		case number == "0":
			s.add(*v)
		default:
			s.incomplete = true
		}
	}
	return s
}

// cast believes the code: what is said to be a client is one.
func (e *evaluator) cast(x *languages.Expr, at *env) set {
	base := e.eval(x.Base, at)
	if hasClientObject(base) {
		return base
	}
	said := e.typeRef(x.Type, at.file, at.fn, 0)
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
	if c := e.libraryOf(from.Language, name); c != nil {
		return one(value{kind: moduleValue, module: name, client: c}.explain(from, at, "imports "+name))
	}
	if files := e.project.ResolveModule(from, name); len(files) > 0 {
		s := one(value{kind: filesValue, files: files}.explain(from, at, "imports "+name))
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

// libraryOf returns the first catalogue that a module belongs to, nil for none.
func (e *evaluator) libraryOf(language, module string) *client {
	k := e.knowledge.of(language)
	if k == nil || strings.HasPrefix(module, ".") {
		return nil
	}
	if found := k.clientsOf(module); len(found) > 0 {
		return found[0]
	}
	return nil
}
