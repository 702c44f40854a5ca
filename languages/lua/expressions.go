package lua

import (
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

// Priorities of operators, as in the manual. That ".." and "^" group to the
// right makes no difference to what is made of them.
const (
	unaryPriority  = 12
	concatPriority = 9
)

// priority is 0 for what is no binary operator.
func (p *parser) priority(t token) int {
	if t.kind != otherToken && t.kind != keywordToken {
		return 0
	}
	switch string(p.text(t)) {
	case "or":
		return 1
	case "and":
		return 2
	case "<", ">", "<=", ">=", "~=", "!=", "==":
		return 3
	case "|":
		return 4
	case "~":
		return 5
	case "&":
		return 6
	case "<<", ">>":
		return 7
	case "..":
		return concatPriority
	case "+", "-":
		return 10
	case "*", "/", "//", "%":
		return 11
	case "^":
		return 14
	}
	return 0
}

// expr reads an expression of operators that bind closer than limit. It never
// returns nil, and takes no token where no expression is.
func (p *parser) expr(limit int) *languages.Expr {
	start := int(p.tok().start)
	if !p.deeper() {
		at := int(p.tok().start)
		p.next()
		return p.b.Expr(languages.Unknown, at, p.last())
	}
	defer func() { p.depth-- }()
	left := p.unary()
	for {
		op := p.tok()
		priority := p.priority(op)
		if priority <= limit {
			return left
		}
		operator := string(p.text(op))
		parts := []*languages.Expr{left}
		for p.priority(p.tok()) == priority { // a chain, however long, is one expression
			p.next()
			parts = append(parts, p.expr(priority))
		}
		left = p.operation(operator, start, parts)
	}
}

func (p *parser) operation(operator string, start int, parts []*languages.Expr) *languages.Expr {
	switch operator {
	case "..":
		for i, part := range parts {
			if part.Kind == languages.Number {
				parts[i] = p.asText(part)
			}
		}
		return p.b.Concat(start, p.last(), parts...)
	case "or":
		return p.b.List(languages.Choice, start, p.last(), parts...)
	case "and":
		return parts[len(parts)-1]
	}
	return p.b.List(languages.Unknown, start, p.last(), parts...)
}

func (p *parser) unary() *languages.Expr {
	t := p.tok()
	switch string(p.text(t)) {
	case "not", "#", "~", "-":
		if t.kind == textToken || t.kind == nameToken {
			break
		}
		p.next()
		operand := p.expr(unaryPriority)
		if p.src[t.start] == '-' && operand.Kind == languages.Number && operand.Text[0] != '-' {
			operand.Text = "-" + operand.Text
			operand.Range.Start, operand.At.Start = t.start, t.start
			return operand
		}
		return p.b.List(languages.Unknown, int(t.start), p.last(), operand)
	}
	return p.simple()
}

func (p *parser) simple() *languages.Expr {
	t := p.tok()
	start, end := int(t.start), int(t.end)
	switch t.kind {
	case textToken:
		p.next()
		return p.b.Leaf(languages.Text, decode(p.text(t)), start, end)
	case numberToken:
		p.next()
		if text := decimal(string(p.text(t))); text != "" {
			return p.b.Leaf(languages.Number, text, start, end)
		}
		return p.b.Expr(languages.Unknown, start, end)
	case nameToken:
		p.next()
		return p.suffixes(p.name(t), start)
	}
	switch string(p.text(t)) {
	case "(":
		p.next()
		inner := p.expr(0)
		p.skipTo(")")
		return p.suffixes(inner, start)
	case "{":
		return p.table()
	case "nil":
		p.next()
		return p.b.Expr(languages.None, start, end)
	case "true", "false":
		p.next()
		return p.b.Leaf(languages.Bool, p.b.String(p.text(t)), start, end)
	case "...":
		p.next()
		return p.b.Leaf(languages.Name, "...", start, end)
	case "function":
		p.next()
		return p.lambda(p.function(start, languages.Function{}))
	}
	return p.hole()
}

func (p *parser) name(t token) *languages.Expr {
	return p.b.Leaf(languages.Name, p.b.String(p.text(t)), int(t.start), int(t.end))
}

// stops reports whether the current token ends whatever is being read: a
// keyword that begins or ends a statement, where expressions have none.
func (p *parser) stops() bool {
	t := p.tok()
	if t.kind != keywordToken {
		return t.kind == endToken
	}
	switch string(p.text(t)) {
	case "and", "or", "not", "nil", "true", "false", "function":
		return false
	}
	return true
}

// hole reads what stands where an expression should, such as the placeholder of
// a template: signs that are none of Lua's, and what they are put around. Its
// value is not known, but there may be calls in it.
func (p *parser) hole() *languages.Expr {
	start, first, open := int(p.tok().start), p.i, 0
	for p.isSign() && (p.i == first || !p.tok().line) {
		if p.is("[") {
			open++
		}
		p.next()
	}
	e := p.b.Expr(languages.Unknown, start, start)
	if p.i > first && !p.tok().line && p.beginsExpr() {
		inside := p.unary()
		e.SetItems(append(p.b.Items(1), languages.Item{Value: inside, Range: inside.Range}))
	}
	for open > 0 && p.take("]") {
		open--
	}
	if p.i > first {
		e.Range.End = int32(p.last())
		e.At = e.Range
	}
	p.damage(start, int(e.Range.End))
	return e
}

// isSign: an operator or something foreign, but neither a separator nor a
// bracket that closes or holds something.
func (p *parser) isSign() bool {
	t := p.tok()
	if t.kind != otherToken {
		return false
	}
	switch p.src[t.start] {
	case '(', ')', '{', '}', ']', ',', ';':
		return false
	}
	return !p.is("...")
}

func (p *parser) beginsExpr() bool {
	t := p.tok()
	switch t.kind {
	case nameToken, numberToken, textToken:
		return true
	case keywordToken:
		return !p.stops() && !p.is("and") && !p.is("or")
	}
	return p.is("(") || p.is("{") || p.is("...")
}

// skipTo passes over what stands between an expression and the bracket that
// should follow it, if that is on the same line.
func (p *parser) skipTo(bracket string) {
	for !p.is(bracket) && !p.tok().line && !p.stops() {
		before := p.i
		p.hole()
		if p.i == before {
			if !p.is(",") && !p.is(";") {
				break // a bracket that belongs to somebody else
			}
			p.stray()
		}
	}
	p.want(bracket)
}

// suffixes reads the members, elements and calls behind an expression that
// began at start.
func (p *parser) suffixes(e *languages.Expr, start int) *languages.Expr {
	for n := 1; ; n++ {
		if n%build.MaxDepth == 0 { // nobody writes that
			e = p.b.Expr(languages.Unknown, start, p.last())
		}
		t := p.tok()
		if t.kind == textToken {
			e = p.call(e, start)
			continue
		}
		if t.kind != otherToken {
			return e
		}
		switch string(p.text(t)) {
		case ".", ":":
			p.next()
			e = p.member(e)
			e.Range.Start = int32(start)
		case "[":
			p.next()
			e = p.index(e, start)
		case "(", "{":
			e = p.call(e, start)
		default:
			return e
		}
	}
}

// member reads the name behind a ".". A keyword will do; nothing is Unknown.
func (p *parser) member(base *languages.Expr) *languages.Expr {
	t := p.tok()
	if t.kind != nameToken && (t.kind != keywordToken || t.line) {
		p.damage(int(t.start), int(t.start))
		return p.b.List(languages.Unknown, int(base.Range.Start), p.last(), base)
	}
	p.next()
	return p.b.Member(base, p.b.String(p.text(t)), int(t.start), int(t.end))
}

// index reads what follows the "[".
func (p *parser) index(base *languages.Expr, start int) *languages.Expr {
	key := p.expr(0)
	p.skipTo("]")
	if key.Kind == languages.Text && isName(key.Text) {
		e := p.b.Member(base, key.Text, int(key.Range.Start), int(key.Range.End))
		e.Range = build.Range(start, p.last())
		key.Kind = languages.Unknown // no text of its own
		return e
	}
	if key.Kind == languages.Number {
		key.Text = fromZero(key.Text)
	}
	e := p.b.List(languages.Index, start, p.last(), key)
	e.Base = base
	return e
}
