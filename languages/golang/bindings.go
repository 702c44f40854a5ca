package golang

import (
	"go/ast"
	"go/token"
	"strconv"

	"github.com/keyvet/keyvet/languages"
)

// bind gives the target a value, which may be nil for a declaration alone.
func (x *extractor) bind(target ast.Expr, value *languages.Expr, ref languages.TypeRef, declare bool) {
	x.bindAs(target, languages.Binding{Type: ref, Value: value}, declare)
}

// bindAs completes a binding by its target and adds it. Names that are declared
// here belong to the innermost function; of the others only those that it has
// not declared before belong to a scope around it.
func (x *extractor) bindAs(target ast.Expr, b languages.Binding, declare bool) {
	if name, ok := target.(*ast.Ident); ok && name.Name == "_" {
		return
	}
	b.Target = x.expr(target)
	b.Range = b.Target.Range
	if b.Value != nil {
		b.Range.Start = min(b.Range.Start, b.Value.Range.Start)
		b.Range.End = max(b.Range.End, b.Value.Range.End)
	}
	switch b.Target.Kind {
	case languages.Name:
		if declare {
			x.declare(b.Target.Text)
			b.Declares = true
		} else {
			b.Nonlocal = x.fn != 0 && !x.locals[local{x.fn, b.Target.Text}]
		}
	case languages.Member, languages.Index:
	default:
		return // an element of what nobody knows
	}
	x.b.Bind(x.fn, b)
}

func (x *extractor) assignment(s *ast.AssignStmt) {
	switch s.Tok {
	case token.ASSIGN, token.DEFINE:
		x.assign(s.Lhs, s.Rhs, languages.TypeRef{}, s.Tok == token.DEFINE)
	case token.ADD_ASSIGN:
		if len(s.Lhs) == 1 && len(s.Rhs) == 1 {
			x.bindAs(s.Lhs[0], languages.Binding{Value: x.expr(s.Rhs[0]), Append: true}, false)
			return
		}
		fallthrough
	default:
		for _, list := range [][]ast.Expr{s.Lhs, s.Rhs} {
			for _, e := range list {
				x.visit(e)
			}
		}
	}
}

// assign gives targets the values: one each, or the results of one.
func (x *extractor) assign(targets, values []ast.Expr, ref languages.TypeRef, declare bool) {
	switch {
	case len(values) == len(targets):
		for i, target := range targets {
			x.pair(target, values[i], ref, declare)
		}
	case len(values) == 1:
		x.unpack(targets, x.expr(values[0]), ref, declare)
	default: // damaged
		for _, v := range values {
			x.visit(v)
		}
		for _, target := range targets {
			x.bind(target, nil, ref, declare)
		}
	}
}

// pair binds one value to one target. An append to the target itself is said to
// be one.
func (x *extractor) pair(target, value ast.Expr, ref languages.TypeRef, declare bool) {
	if call := appendCall(value); call != nil && len(call.Args) > 0 && x.sameText(call.Args[0], target) {
		start, end := x.span(value)
		list := x.b.Expr(languages.List, start, end)
		list.SetItems(x.arguments(call, 1))
		x.visit(call.Args[0])
		x.bindAs(target, languages.Binding{Type: ref, Value: list, Append: true}, declare)
		return
	}
	x.bind(target, x.expr(value), ref, declare)
}

func (x *extractor) sameText(a, b ast.Expr) bool {
	if name, ok := b.(*ast.Ident); ok { // most often
		other, ok := a.(*ast.Ident)
		return ok && name.Name == other.Name
	}
	if _, ok := a.(*ast.Ident); ok {
		return false
	}
	aStart, aEnd := x.span(a)
	bStart, bEnd := x.span(b)
	return string(x.src[aStart:aEnd]) == string(x.src[bStart:bEnd])
}

// unpack binds the results of one expression. Only a call has several; of all
// others (v, ok) the first is the value.
func (x *extractor) unpack(targets []ast.Expr, value *languages.Expr, ref languages.TypeRef, declare bool) {
	for i, target := range targets {
		switch {
		case value.Kind == languages.Call:
			x.bind(target, x.result(value, i), ref, declare)
		case i == 0:
			x.bind(target, value, ref, declare)
		default:
			x.bind(target, x.unknown(target), ref, declare)
		}
	}
}

func (x *extractor) result(call *languages.Expr, i int) *languages.Expr {
	start, end := span(call)
	e := x.b.List(languages.Result, start, end, x.b.Leaf(languages.Number, strconv.Itoa(i), start, end))
	e.Base, e.At = call, call.At
	return e
}

func (x *extractor) send(s *ast.SendStmt) {
	start, end := x.span(s)
	list := x.b.List(languages.List, start, end, x.expr(s.Value))
	x.bindAs(s.Chan, languages.Binding{Value: list, Append: true}, false)
}

// rangeStatement reads "for k, v := range x". A map written on the spot is the
// only thing whose keys are of interest.
func (x *extractor) rangeStatement(s *ast.RangeStmt) {
	over := x.expr(s.X)
	if s.Key != nil {
		key := x.unknown(s.Key)
		if over.Kind == languages.Record {
			key = x.each(x.keys(over))
		}
		x.bind(s.Key, key, languages.TypeRef{}, s.Tok == token.DEFINE)
	}
	if s.Value != nil {
		x.bind(s.Value, x.each(over), languages.TypeRef{}, s.Tok == token.DEFINE)
	}
	x.block(s.Body)
}

func (x *extractor) each(over *languages.Expr) *languages.Expr {
	e := x.b.Expr(languages.Each, int(over.Range.Start), int(over.Range.End))
	e.Base = over
	return e
}

func (x *extractor) keys(record *languages.Expr) *languages.Expr {
	keys := x.b.Expr(languages.List, int(record.Range.Start), int(record.Range.End))
	for _, item := range record.Items() {
		key := item.Key
		if key == nil {
			key = x.b.Leaf(languages.Text, item.Name, int(item.Range.Start), int(item.Range.End))
		}
		keys.SetItems(append(keys.Items(), languages.Item{Value: key, Range: item.Range}))
	}
	return keys
}

func (x *extractor) returns(s *ast.ReturnStmt) {
	start, end := x.span(s)
	var values []*languages.Expr
	for _, v := range s.Results {
		values = append(values, x.expr(v))
	}
	if len(s.Results) == 0 {
		for _, name := range x.results {
			values = append(values, x.b.Leaf(languages.Name, x.b.Keep(name.Name), start, end))
		}
	}
	switch len(values) {
	case 0:
	case 1:
		x.b.Return(x.fn, values[0])
	default:
		x.b.Return(x.fn, x.b.List(languages.Tuple, start, end, values...))
	}
}

// typeSwitch binds the variable of "switch v := x.(type)" to x seen as the type
// of each case.
func (x *extractor) typeSwitch(s *ast.TypeSwitchStmt) {
	x.stmt(s.Init)
	var alias, over ast.Expr
	switch a := s.Assign.(type) {
	case *ast.AssignStmt:
		if len(a.Lhs) == 1 && len(a.Rhs) == 1 {
			alias, over = a.Lhs[0], a.Rhs[0]
		}
	case *ast.ExprStmt:
		over = a.X
	}
	if assertion, ok := over.(*ast.TypeAssertExpr); ok {
		over = assertion.X
	}
	if over == nil || s.Body == nil { // damaged
		x.block(s.Body)
		return
	}
	value := x.expr(over)
	for _, c := range s.Body.List {
		c, ok := c.(*ast.CaseClause)
		if !ok {
			continue
		}
		if alias != nil {
			x.bindCase(alias, value, c)
		}
		x.stmts(c.Body)
	}
}

func (x *extractor) bindCase(alias ast.Expr, value *languages.Expr, c *ast.CaseClause) {
	if c.List == nil {
		x.bind(alias, value, languages.TypeRef{}, true)
		return
	}
	for _, t := range c.List {
		if ref := x.typeRef(t); ref.Name != "" && ref.Name != "nil" {
			x.bind(alias, x.cast(value, ref, value.Range), languages.TypeRef{}, true)
		}
	}
}

func (x *extractor) cast(base *languages.Expr, ref languages.TypeRef, at languages.Range) *languages.Expr {
	e := x.b.Expr(languages.Cast, int(at.Start), int(at.End))
	e.Base = base
	e.SetType(ref)
	return e
}

// span is where an expression stands, as two offsets.
func span(e *languages.Expr) (start, end int) { return int(e.Range.Start), int(e.Range.End) }
