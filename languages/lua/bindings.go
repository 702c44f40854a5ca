package lua

import (
	"bytes"
	"strconv"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

func (p *parser) declare(name token) { p.locals[local{p.fn, p.b.String(p.text(name))}] = true }

func (p *parser) bindLocal(name token, value *languages.Expr) {
	p.declare(name)
	p.alias(p.b.String(p.text(name)), value)
	p.bind(p.name(name), languages.Binding{Value: value})
}

// bind completes a binding by its target and adds it.
func (p *parser) bind(target *languages.Expr, b languages.Binding) {
	b.Target, b.Range = target, target.Range
	if b.Value != nil {
		b.Range.Start = min(b.Range.Start, b.Value.Range.Start)
		b.Range.End = max(b.Range.End, b.Value.Range.End)
	}
	switch target.Kind {
	case languages.Name:
		b.Nonlocal = p.fn != 0 && !p.locals[local{p.fn, target.Text}]
	case languages.Member, languages.Index:
	default:
		return
	}
	p.b.Bind(p.fn, b)
}

// plain reads a statement that begins with an expression: a call or an
// assignment. A fragment may hold other expressions, which are read as well.
func (p *parser) plain() {
	start := p.i
	targets := []*languages.Expr{p.expr(0)}
	for p.i > start && p.take(",") {
		targets = append(targets, p.expr(0))
	}
	if p.take("=") {
		values := p.items()
		for i, target := range targets {
			p.assign(target, p.valueOf(values, i, len(targets)))
		}
		return
	}
	if p.i > start && (len(targets) > 1 || !p.isCall(p.tokens[start])) {
		p.damage(int(p.tokens[start].start), p.last())
	}
}

// isCall tells from its two ends whether what was read is a call: that is the
// only expression that is a statement, and it may have been folded away.
func (p *parser) isCall(first token) bool {
	last := p.tokens[p.i-1]
	return (first.kind == nameToken || p.src[first.start] == '(') &&
		(last.kind == textToken || p.src[last.end-1] == ')' || p.src[last.end-1] == '}')
}

func (p *parser) assign(target, value *languages.Expr) {
	if p.isPush(target) {
		list := p.b.List(languages.List, int(value.Range.Start), int(value.Range.End), value)
		p.bind(target.Base, languages.Binding{Value: list, Append: true})
		return
	}
	p.bind(target, languages.Binding{Value: value})
}

// isPush recognises t[#t + 1], the element behind the last one.
func (p *parser) isPush(target *languages.Expr) bool {
	if target.Kind != languages.Index || target.Items()[0].Value.Kind != languages.Unknown {
		return false
	}
	key := bytes.ReplaceAll(p.written(target.Items()[0].Value.Range), []byte(" "), nil)
	list, ok := bytes.CutPrefix(key, []byte("#"))
	if !ok {
		return false
	}
	list, ok = bytes.CutSuffix(list, []byte("+1"))
	return ok && bytes.Equal(list, p.written(target.Base.Range))
}

func (p *parser) written(r languages.Range) []byte { return p.src[r.Start:r.End] }

// valueOf is what the target with index i of n gets. The last value may give
// more than one: a call its results, "..." and unpack their elements.
func (p *parser) valueOf(values []languages.Item, i, n int) *languages.Expr {
	last := len(values) - 1
	if last < 0 {
		at := p.last()
		return p.b.Expr(languages.Unknown, at, at)
	}
	item := values[min(i, last)]
	start, end := int(item.Value.Range.Start), int(item.Value.Range.End)
	more := i - last // of the last one
	switch {
	case i < last:
	case item.Spread:
		return p.nth(languages.Index, item.Value, more)
	case item.Value.Kind == languages.Call && n > len(values):
		return p.nth(languages.Result, item.Value, more)
	case more > 0:
		return p.b.Expr(languages.None, start, end)
	}
	return p.single(item)
}

// single is the one value that an item gives where there is room for one.
func (p *parser) single(item languages.Item) *languages.Expr {
	if item.Spread {
		return p.nth(languages.Index, item.Value, 0)
	}
	return item.Value
}

// nth is an Index or a Result with a known number.
func (p *parser) nth(kind languages.Kind, base *languages.Expr, i int) *languages.Expr {
	start, end := int(base.Range.Start), int(base.Range.End)
	e := p.b.List(kind, start, end, p.b.Leaf(languages.Number, strconv.Itoa(i), start, end))
	e.Base, e.At = base, base.At
	return e
}

// functionStatement reads "function a.b:c() ... end". A single name is a
// function of that name; of all others the member is bound.
func (p *parser) functionStatement() {
	start := int(p.tok().start)
	p.next()
	target := p.name(p.tok())
	p.next()
	method := false
	owner := target
	for p.is(".") || p.is(":") {
		method = p.is(":")
		p.next()
		owner = target
		target = p.member(target)
		if method {
			break
		}
	}
	switch {
	case target.Kind == languages.Name:
		outer := p.fn
		index := p.function(start, languages.Function{Name: target.Text})
		if outer != 0 && !p.locals[local{outer, target.Text}] { // it is a global
			p.b.Bind(0, languages.Binding{Target: target, Value: p.lambda(index), Range: target.Range})
		}
	case method:
		f := languages.Function{Name: target.Text, Receiver: "self"}
		p.bind(target, languages.Binding{Value: p.lambda(p.methodOf(owner, start, f))})
	default:
		p.bind(target, languages.Binding{Value: p.lambda(p.function(start, languages.Function{}))})
	}
}

func (p *parser) lambda(index int) *languages.Expr {
	r := p.b.File.Functions[index].Range
	e := p.b.Expr(languages.Lambda, int(r.Start), int(r.End))
	e.Declared = int32(index)
	return e
}

// methodOf reads a function as a method of the type that the table owner is
// taken for.
func (p *parser) methodOf(owner *languages.Expr, start int, f languages.Function) int {
	name := p.b.String(p.written(owner.Range))
	t, ok := p.types[name]
	if !ok {
		t = p.b.Type(languages.Type{Name: name, Function: p.fn, Outer: -1, Range: owner.Range})
		p.types[name] = t
	}
	index := p.functionOf(start, f, t)
	p.b.File.Types[t].Methods = append(p.b.File.Types[t].Methods, index)
	return index
}

func (p *parser) function(start int, f languages.Function) int { return p.functionOf(start, f, -1) }

// functionOf reads parameters and body, up to the "end".
func (p *parser) functionOf(start int, f languages.Function, owner int) int {
	f.Parent, f.Owner = p.fn, owner
	f.Params = p.params()
	index := p.b.Function(f)
	outer := p.fn
	p.fn = index
	if f.Receiver != "" {
		p.locals[local{index, f.Receiver}] = true
	}
	for i := range f.Params {
		p.locals[local{index, f.Params[i].Name}] = true
	}
	p.body()
	p.fn = outer
	p.b.File.Functions[index].Range = build.Range(start, p.last())
	return index
}

func (p *parser) params() []languages.Param {
	var params []languages.Param
	if !p.want("(") {
		return nil
	}
	for p.tok().kind == nameToken || p.is("...") {
		t := p.tok()
		params = append(params, languages.Param{
			Name:     p.b.String(p.text(t)),
			Variadic: t.kind != nameToken,
			Range:    build.Range(int(t.start), int(t.end)),
		})
		p.next()
		if !p.take(",") {
			break
		}
	}
	p.skipTo(")")
	return params
}
