package golang

import (
	"go/ast"
	"go/token"

	"github.com/keyvet/keyvet/languages"
)

// valueSwitch reads "switch x { case a, b: .. }".
func (x *extractor) valueSwitch(s *ast.SwitchStmt) {
	x.stmt(s.Init)
	var subject *languages.Expr
	if s.Tag != nil {
		subject = x.expr(s.Tag)
	}
	if s.Body == nil {
		return
	}
	through := false
	for _, c := range s.Body.List {
		c, ok := c.(*ast.CaseClause)
		if !ok {
			continue
		}
		if c.List != nil {
			var values []*languages.Expr
			for _, v := range c.List {
				values = append(values, x.expr(v))
			}
			if !through && isPath(subject) {
				x.b.Case(x.fn, languages.Case{Subject: subject, Values: values, Range: x.rangeOf(c)})
			}
		}
		x.stmts(c.Body)
		through = fallsThrough(c.Body)
	}
}

// fallsThrough: the next case is entered from this one, too.
func fallsThrough(body []ast.Stmt) bool {
	for _, s := range body {
		if b, ok := s.(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
			return true
		}
	}
	return false
}

// ifStatement reads "if x == a { .. }", and any other.
func (x *extractor) ifStatement(s *ast.IfStmt) {
	if c, ok := s.Cond.(*ast.BinaryExpr); ok && c.Op == token.EQL && isPathNode(c.X) && isPathOrText(c.Y) && s.Body != nil {
		x.b.Case(x.fn, languages.Case{
			Subject: x.expr(c.X), Values: []*languages.Expr{x.expr(c.Y)}, Range: x.rangeOf(s.Body),
		})
	}
	x.stmt(s.Init)
	x.visit(s.Cond)
	x.block(s.Body)
	x.stmt(s.Else)
}

func isPathOrText(e ast.Expr) bool {
	lit, ok := e.(*ast.BasicLit)
	return ok && lit.Kind == token.STRING || isPathNode(e)
}

// isPathNode: a name, or a field of one. Reading it finds no calls.
func isPathNode(e ast.Expr) bool {
	if s, ok := e.(*ast.SelectorExpr); ok {
		e = s.X
	}
	name, ok := e.(*ast.Ident)
	return ok && name.Name != "nil" && name.Name != "true" && name.Name != "false"
}

func isPath(e *languages.Expr) bool {
	return e != nil && (e.Kind == languages.Name || e.Kind == languages.Member && e.Base != nil && e.Base.Kind == languages.Name)
}
