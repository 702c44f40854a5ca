package golang

import (
	"go/ast"
	"go/token"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

// An extractor walks the pieces of one file. It goes through statements with
// stmt and through expressions with expr; both know how deep they are.
type extractor struct {
	b       *build.Builder
	src     []byte
	base    int             // what to take from a position to get an offset
	errors  []int           // offsets of the errors in the piece, in order
	fn      int             // index of the innermost function
	results []*ast.Ident    // names of its results, for a bare return
	depth   int             // of nested syntax
	damaged bool            // the statements at hand were put together from what the parser gave up
	embeds  []embedded      // what the file embeds
	checked *Types          // nil without types
	locals  map[local]bool  // what was declared so far
	known   map[string]bool // local name + "." + function: what callText folds

	types   map[string]int      // the file's own types, by name
	written map[string]ast.Expr // and how they were declared
	shapes  map[ast.Expr]*shape // of literals, by their type
}

// local is a name in the scope of a function.
type local struct {
	fn   int
	name string
}

func newExtractor(b *build.Builder, src []byte) *extractor {
	return &extractor{
		b:       b,
		src:     src,
		locals:  make(map[local]bool),
		known:   make(map[string]bool),
		types:   make(map[string]int),
		written: make(map[string]ast.Expr),
		shapes:  make(map[ast.Expr]*shape),
	}
}

// in makes a piece the one that is read.
func (x *extractor) in(p *piece) { x.base, x.errors = p.base, p.errors }

// heads reads the imports and types of a piece: a method may stand before its
// type, and a literal before the type that tells whether it is a list.
func (x *extractor) heads(p *piece) {
	x.in(p)
	for _, decl := range p.file.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		switch d.Tok {
		case token.IMPORT:
			x.imports(d)
		case token.TYPE:
			x.typeDeclaration(d)
		}
	}
}

// bodies reads all else.
func (x *extractor) bodies(p *piece) {
	x.in(p)
	for _, decl := range p.file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			x.declaredFunction(d)
		case *ast.GenDecl:
			if d.Tok == token.VAR || d.Tok == token.CONST {
				x.values(d)
			}
		}
	}
}

// deeper counts one level of nesting, or tells that it is enough.
func (x *extractor) deeper() bool {
	if x.depth >= build.MaxDepth {
		return false
	}
	x.depth++
	return true
}

// stmt reads a statement.
func (x *extractor) stmt(s ast.Stmt) {
	if s == nil || !x.deeper() {
		return
	}
	defer func() { x.depth-- }()
	switch s := s.(type) {
	case *ast.ExprStmt:
		x.visit(s.X)
	case *ast.AssignStmt:
		x.assignment(s)
	case *ast.IncDecStmt:
		x.visit(s.X)
	case *ast.DeclStmt:
		x.declaration(s.Decl)
	case *ast.ReturnStmt:
		x.returns(s)
	case *ast.BlockStmt:
		x.block(s)
	case *ast.IfStmt:
		x.ifStatement(s)
	case *ast.ForStmt:
		x.stmt(s.Init)
		x.visit(s.Cond)
		x.stmt(s.Post)
		x.block(s.Body)
	case *ast.RangeStmt:
		x.rangeStatement(s)
	case *ast.SwitchStmt:
		x.valueSwitch(s)
	case *ast.TypeSwitchStmt:
		x.typeSwitch(s)
	case *ast.SelectStmt:
		x.block(s.Body)
	case *ast.CommClause:
		x.stmt(s.Comm)
		x.stmts(s.Body)
	case *ast.GoStmt:
		x.visit(s.Call)
	case *ast.DeferStmt:
		x.visit(s.Call)
	case *ast.SendStmt:
		x.send(s)
	case *ast.LabeledStmt:
		x.stmt(s.Stmt)
	}
}

func (x *extractor) stmts(list []ast.Stmt) {
	for _, s := range list {
		x.stmt(s)
	}
}

func (x *extractor) block(b *ast.BlockStmt) {
	if b != nil {
		x.stmts(b.List)
	}
}

// declaration reads a declaration in a function.
func (x *extractor) declaration(decl ast.Decl) {
	d, ok := decl.(*ast.GenDecl)
	switch {
	case !ok:
	case d.Tok == token.TYPE:
		x.typeDeclaration(d)
	default:
		x.values(d)
	}
}

// visit reads an expression whose value nobody takes, for the calls in it.
func (x *extractor) visit(e ast.Expr) {
	switch e.(type) {
	case nil, *ast.Ident, *ast.BadExpr:
	default:
		x.expr(e)
	}
}

// declare notes that the innermost function has a name of its own.
func (x *extractor) declare(name string) { x.locals[local{x.fn, name}] = true }

// isVariable reports whether name was declared in a function around, or as a
// variable of the file so far.
func (x *extractor) isVariable(name string) bool {
	for fn := x.fn; fn >= 0; fn = x.b.File.Functions[fn].Parent {
		if x.locals[local{fn, name}] {
			return true
		}
	}
	return false
}

// offset is where pos is in the file. What the parser made up lies beyond its
// ends.
func (x *extractor) offset(pos token.Pos) int {
	return min(max(int(pos)-x.base, 0), len(x.src))
}

// span is where a node is, as two offsets.
func (x *extractor) span(n ast.Node) (start, end int) {
	start = x.offset(n.Pos())
	return start, max(start, x.offset(n.End()))
}

func (x *extractor) rangeOf(n ast.Node) languages.Range { return build.Range(x.span(n)) }

// textOf is what was written, kept once.
func (x *extractor) textOf(n ast.Node) string {
	start, end := x.span(n)
	return x.b.String(x.src[start:end])
}
