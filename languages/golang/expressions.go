package golang

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/keyvet/keyvet/languages"
)

// expr reads an expression. It never returns nil.
func (x *extractor) expr(n ast.Expr) *languages.Expr {
	if !x.deeper() {
		return x.unknown(n)
	}
	defer func() { x.depth-- }()
	switch n := n.(type) {
	case *ast.Ident:
		return x.name(n)
	case *ast.BasicLit:
		return x.basicLiteral(n)
	case *ast.ParenExpr:
		return x.expr(n.X)
	case *ast.SelectorExpr:
		return x.member(n)
	case *ast.IndexExpr:
		if isTypeSyntax(n.Index) {
			return x.expr(n.X)
		}
		return x.element(n, x.expr(n.X))
	case *ast.IndexListExpr:
		return x.expr(n.X)
	case *ast.SliceExpr:
		return x.slice(n)
	case *ast.TypeAssertExpr:
		base := x.expr(n.X)
		at := x.whole(n.X, base)
		at.End = max(at.End, int32(x.offset(n.Rparen+1)))
		return x.cast(base, x.typeRef(n.Type), at)
	case *ast.StarExpr:
		return x.expr(n.X)
	case *ast.UnaryExpr:
		return x.unary(n)
	case *ast.BinaryExpr:
		return x.binary(n)
	case *ast.CallExpr:
		return x.call(n)
	case *ast.CompositeLit:
		return x.literal(n, n.Type)
	case *ast.FuncLit:
		return x.lambda(n)
	}
	return x.unknown(n)
}

func (x *extractor) name(n *ast.Ident) *languages.Expr {
	start, end := x.span(n)
	switch n.Name {
	case "nil":
		return x.b.Expr(languages.None, start, end)
	case "true", "false":
		return x.b.Leaf(languages.Bool, n.Name, start, end)
	case "iota":
		return x.b.Expr(languages.Unknown, start, end)
	}
	if text := x.checked.constant(n); text != nil {
		return x.b.Leaf(text.kind, x.b.Keep(text.text), start, end)
	}
	return x.b.Leaf(languages.Name, x.b.Keep(n.Name), start, end)
}

func (x *extractor) unknown(n ast.Node) *languages.Expr {
	start, end := x.span(n)
	return x.b.Expr(languages.Unknown, start, end)
}

func (x *extractor) member(n *ast.SelectorExpr) *languages.Expr {
	if text := x.checked.constant(n.Sel); text != nil {
		start, end := x.span(n)
		return x.b.Leaf(text.kind, x.b.Keep(text.text), start, end)
	}
	start, end := x.span(n.Sel)
	base := x.expr(n.X)
	e := x.b.Member(base, x.b.Keep(n.Sel.Name), start, end)
	e.Range.Start = x.whole(n.X, base).Start
	e.SetStatic(x.checked.static(n))
	return e
}

// whole is where n stands, which was read as e: with the parentheses and
// operators around it. Asking the tree itself for the beginning of a long chain
// takes as many steps as the chain has links.
func (x *extractor) whole(n ast.Expr, e *languages.Expr) languages.Range {
	at := e.Range
	switch n := n.(type) {
	case *ast.ParenExpr:
		at.Start, at.End = int32(x.offset(n.Lparen)), int32(x.offset(n.Rparen+1))
	case *ast.UnaryExpr:
		at.Start = int32(x.offset(n.OpPos))
	case *ast.StarExpr:
		at.Start = int32(x.offset(n.Star))
	case *ast.CallExpr:
		if e.Kind != languages.Call { // of which nothing is left
			return x.rangeOf(n)
		}
	}
	at.End = max(at.Start, at.End)
	return at
}

// element is base[index].
func (x *extractor) element(n *ast.IndexExpr, base *languages.Expr) *languages.Expr {
	start := int(x.whole(n.X, base).Start)
	e := x.b.List(languages.Index, start, max(start, x.offset(n.Rbrack+1)), x.expr(n.Index))
	e.Base = base
	return e
}

// slice is its operand if it takes all of it. A part is not known, save the
// empty beginning that code clears a list with.
func (x *extractor) slice(n *ast.SliceExpr) *languages.Expr {
	operand := x.expr(n.X)
	start := int(x.whole(n.X, operand).Start)
	end := max(start, x.offset(n.Rbrack+1))
	if n.Low == nil {
		if n.High == nil {
			return operand
		}
		if lit, ok := n.High.(*ast.BasicLit); ok && lit.Value == "0" {
			return x.b.Expr(languages.List, start, end)
		}
	}
	e := x.b.List(languages.Unknown, start, end, operand)
	for _, bound := range []ast.Expr{n.Low, n.High, n.Max} {
		x.visit(bound)
	}
	return e
}

func (x *extractor) unary(n *ast.UnaryExpr) *languages.Expr {
	operand := x.expr(n.X)
	at := x.whole(n.X, operand)
	at.Start = int32(x.offset(n.OpPos))
	at.End = max(at.Start, at.End)
	switch n.Op {
	case token.AND, token.ADD:
		return operand
	case token.ARROW:
		e := x.each(operand)
		e.Range, e.At = at, at
		return e
	case token.SUB:
		if operand.Kind == languages.Number && operand.Text != "0" && operand.Text[0] != '-' {
			operand.Text = "-" + operand.Text
			operand.Range, operand.At = at, at
			return operand
		}
	}
	return x.b.List(languages.Unknown, int(at.Start), int(at.End), operand)
}

// binary reads a chain of one operator, however long, without going deeper for
// each part: the parser nests it to the left.
func (x *extractor) binary(n *ast.BinaryExpr) *languages.Expr {
	var nodes []ast.Expr
	var cur ast.Expr = n
	for {
		b, ok := cur.(*ast.BinaryExpr)
		if !ok || b.Op != n.Op {
			break
		}
		nodes = append(nodes, b.Y)
		cur = b.X
	}
	nodes = append(nodes, cur)
	slices.Reverse(nodes)
	values := make([]*languages.Expr, len(nodes))
	for i, c := range nodes {
		values[i] = x.expr(c)
	}
	last := len(nodes) - 1
	start := int(x.whole(nodes[0], values[0]).Start)
	end := max(start, int(x.whole(nodes[last], values[last]).End))
	if n.Op == token.ADD && joinsTexts(values) {
		return x.b.Concat(start, end, values...)
	}
	return x.b.List(languages.Unknown, start, end, values...)
}

// joinsTexts tells a sum of texts from one of numbers: names alone could be
// either, and are more useful as texts.
func joinsTexts(values []*languages.Expr) bool {
	unclear := true
	for _, v := range values {
		switch v.Kind {
		case languages.Text, languages.Concat:
			return true
		case languages.Number, languages.Unknown:
			unclear = false
		}
	}
	return unclear
}

func (x *extractor) lambda(n *ast.FuncLit) *languages.Expr {
	start, end := x.span(n)
	e := x.b.Expr(languages.Lambda, start, end)
	e.Declared = int32(x.function(languages.Function{Parent: x.fn, Owner: -1, Range: e.Range}, n.Type, n.Body))
	return e
}
