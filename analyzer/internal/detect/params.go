package detect

import (
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// param gives what a parameter may be: the argument of the call that is being
// followed or, if none is, what its type says, its default, and what callers pass.
func (e *evaluator) param(d link.Definition, at *env) set {
	fn := link.FunctionID{File: d.File, Index: d.Function}
	p := &d.File.Functions[d.Function].Params[d.Index]
	var s set
	if f := at.frameOf(fn); f != nil && f.summary {
		f.touched = true
		s = e.typedParam(fn, d.Index)
	} else if f != nil {
		s = e.bound(f, d.Index)
	} else {
		s = e.unbound(fn, d.Index)
	}
	if d.Name != "" { // destructured: a field of the argument
		x := &languages.Expr{Kind: languages.Member, Text: d.Name, Range: p.Range}
		return e.memberOf(s, x, d.Name, at)
	}
	return s
}

// typedParam gives what a parameter's declared type says.
func (e *evaluator) typedParam(fn link.FunctionID, index int) set {
	p := &fn.Decl().Params[index]
	s := set{incomplete: true}
	if p.Type.Name == "" {
		return s
	}
	typed := e.typeRef(p.Type, fn.File, fn.Index, 0)
	for _, v := range typed.values {
		if v.kind == instanceValue {
			s.add(v.explain(fn.File, p.Range, "parameter "+p.Name+" is a "+p.Type.Name))
		}
	}
	if len(s.values) > 0 {
		return set{values: s.values}
	}
	for _, v := range typed.values {
		if v.kind == objectValue {
			s.add(v)
		}
	}
	return s
}

func (e *evaluator) unbound(fn link.FunctionID, index int) set {
	p := &fn.Decl().Params[index]
	place := &env{file: fn.File, fn: max(fn.Decl().Parent, 0)}
	s := e.typedParam(fn, index)
	if hasClientObject(s) && !isFunctionType(p.Type) {
		return s
	}
	s.incomplete = false
	if p.Default != nil {
		s.merge(e.eval(p.Default, place))
		s.incomplete = true
	}
	s.merge(e.lambdaParam(fn, index))
	if !hasClientObject(s) || isFunctionType(p.Type) {
		s.merge(e.fromCallers(fn, index))
	}
	if len(s.values) == 0 && p.Type.Name == "" && p.Default == nil {
		s.merge(e.provided(fn, p.Name))
	}
	if p.Keywords && len(s.values) == 0 {
		s.add(value{kind: recordValue, expr: e.noKeywords(p), env: place})
	}
	return s
}

// noKeywords is the record of a parameter that takes all other named arguments,
// when no call is known. The function may add entries of its own.
func (e *evaluator) noKeywords(p *languages.Param) *languages.Expr {
	record := e.keywords[p]
	if record == nil {
		record = &languages.Expr{Kind: languages.Record, Range: p.Range}
		e.keywords[p] = record
	}
	return record
}

func hasClientObject(s set) bool {
	for i := range s.values {
		if s.values[i].kind == instanceValue {
			return true
		}
	}
	return false
}

// bound gives the argument that a frame's call passes for a parameter.
func (e *evaluator) bound(f *frame, index int) set {
	decl := f.fn.Decl()
	p := &decl.Params[index]
	for i := range f.items {
		item := &f.items[i]
		if item.Name != "" && item.Name == p.Name && !item.Spread {
			return e.entered(e.eval(item.Value, f.env), f, item.Range)
		}
	}
	if p.Keywords {
		return one(value{kind: recordValue, expr: keywordRecord(f, decl), env: f.env})
	}
	position := 0
	for i := range decl.Params[:index] {
		if !decl.Params[i].Keywords {
			position++
		}
	}
	var s set
	for _, elements := range e.argumentLists(f.items, f.env) {
		switch {
		case p.Variadic:
			s.mergeWithin(one(restOf(elements, position, f)), e.limit())
		case position < len(elements) && !spreadBefore(elements, position):
			el := elements[position]
			s.mergeWithin(e.entered(e.element(el), f, el.argument), e.limit())
		}
	}
	if len(s.values) == 0 {
		s.merge(e.fromKeywords(f, p.Name))
	}
	if p.Default != nil && len(s.values) == 0 {
		s = e.eval(p.Default, &env{file: f.fn.File, fn: max(decl.Parent, 0)})
	}
	if len(s.values) == 0 {
		s.incomplete = true
	}
	return s
}

// limit bounds how many values a parameter may have: each call of a wrapper may
// name a command of its own.
func (e *evaluator) limit() int {
	if e.sending {
		return maxCallers
	}
	return maxValues
}

// argumentLists gives the positional arguments among items, once for each list
// that a spread one may be.
func (e *evaluator) argumentLists(items []languages.Item, at *env) [][]element {
	lists := [][]element{nil}
	for _, item := range items {
		if item.Name != "" {
			continue
		}
		spread := e.spreadLists(item, at)
		if len(lists)*len(spread) > maxCallers {
			spread = spread[:1]
		}
		if len(spread) == 0 {
			for i := range lists {
				lists[i] = e.expand(lists[i], item, at, 0)
			}
		}
		var longer [][]element
		for _, head := range lists {
			for i := range spread {
				longer = append(longer, append(head[:len(head):len(head)], e.items(&spread[i])...))
			}
		}
		if len(spread) > 0 {
			lists = longer
		}
		mark(lists, item.Range)
	}
	return lists
}

// mark notes the argument that gave the elements that have none yet.
func mark(lists [][]element, argument languages.Range) {
	for _, list := range lists {
		for i := len(list) - 1; i >= 0 && list[i].argument == (languages.Range{}); i-- {
			list[i].argument = argument
		}
	}
}

// spreadLists gives the lists that a spread argument may be.
func (e *evaluator) spreadLists(item languages.Item, at *env) []value {
	if !item.Spread {
		return nil
	}
	var lists []value
	for _, v := range e.eval(item.Value, at).values {
		if v.kind == listValue {
			lists = append(lists, v)
		}
	}
	return lists
}

// fromKeywords looks for a parameter in records handed on as keywords (**kw).
func (e *evaluator) fromKeywords(f *frame, name string) set {
	var s set
	for i := range f.items {
		item := &f.items[i]
		if !item.Spread || item.Name != "**" {
			continue
		}
		records := e.eval(item.Value, f.env)
		for j := range records.values {
			if v := &records.values[j]; v.kind == recordValue {
				x := &languages.Expr{Kind: languages.Member, Text: name, Range: item.Range}
				found := e.recordMember(v, x, name, f.env)
				if len(found.values) > 0 {
					s.merge(e.entered(found, f, item.Range))
				}
			}
		}
	}
	return s
}

// entered marks values with the argument by which they entered a function,
// unless they entered through a call further out.
func (e *evaluator) entered(s set, f *frame, item languages.Range) set {
	if f.call == nil {
		return s
	}
	return s.with(func(v value) value {
		if v.site == nil && !f.result {
			v.site = &site{f.env.file, f.call, item}
		}
		return v.explain(f.env.file, f.call.Range, "passed to "+f.fn.Decl().Name)
	})
}

func spreadBefore(elements []element, position int) bool {
	for _, el := range elements[:position+1] {
		if el.spread {
			return true
		}
	}
	return false
}

// restOf is the list that a variadic parameter takes.
func restOf(elements []element, position int, f *frame) value {
	rest := value{kind: listValue, expr: restList(elements, position, f), env: f.env}.withExtra(additions(elements, position))
	if f.call != nil && !f.result && position < len(elements) {
		rest.site = &site{f.env.file, f.call, elements[position].argument}
	}
	return rest
}

// restList is the list of the arguments that a variadic parameter takes. Its
// items are held beside it, since they may stand in several places.
func restList(elements []element, position int, f *frame) *languages.Expr {
	list := &languages.Expr{Kind: languages.List}
	if f.call != nil {
		list.Range = f.call.Range
	}
	if position < len(elements) && elements[position].spread {
		list.SetItems([]languages.Item{{Value: elements[position].expr, Spread: true}})
	}
	return list
}

func additions(elements []element, position int) []addition {
	var extra []addition
	for i := position; i < len(elements); i++ {
		if elements[i].spread {
			break
		}
		extra = append(extra, addition{expr: elements[i].expr, env: elements[i].env, site: elements[i].site, weak: elements[i].weak})
	}
	return extra
}

func keywordRecord(f *frame, decl *languages.Function) *languages.Expr {
	record := &languages.Expr{Kind: languages.Record}
	if f.call != nil {
		record.Range = f.call.Range
	}
	for _, item := range f.items {
		if item.Name == "" || paramNamed(decl, item.Name) {
			continue
		}
		record.SetItems(append(record.Items(), item))
	}
	return record
}

func paramNamed(decl *languages.Function, name string) bool {
	for i := range decl.Params {
		if decl.Params[i].Name == name {
			return true
		}
	}
	return false
}
