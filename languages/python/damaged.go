package python

import (
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

// visitErrors reads the ERROR nodes right below n, which can stand anywhere,
// unless they have been read as part of n.
func (x *extractor) visitErrors(n node) {
	for c := range n.NamedChildren() {
		if c.IsError() && !x.errors[c] {
			x.visit(c)
		}
	}
}

// broken reads the loose parts in an ERROR node. The start of a call that never
// ends, r.ft("i").search( and what follows it, is made a call again.
func (x *extractor) broken(n node) {
	if x.errors[n] {
		return
	}
	if x.errors == nil {
		x.errors = make(map[node]bool)
	}
	x.errors[n] = true
	x.damaged++
	defer func() { x.damaged-- }()

	definition := false // the last part was a "def" or "class"
	for c := n.FirstChild(); c.Valid(); {
		open := c.NextSibling()
		switch {
		case !definition && isOpenCall(c, open):
			_, c = x.openCall(c, open)
			continue
		case c.IsNamed():
			x.visit(c)
		}
		// The parser may take the keyword for a name.
		definition = string(c.Bytes()) == "def" || string(c.Bytes()) == "class"
		c = open
	}
}

// isOpenCall reports whether a loose part and the one after it start a call.
func isOpenCall(function, open node) bool {
	if open.Kind() != "(" {
		return false
	}
	switch function.Kind() {
	case "attribute":
		return true
	case "identifier":
		switch string(function.Bytes()) {
		case "def", "class", "print", "if", "while", "return", "in", "and", "or", "not":
			return false // a keyword that did not fit
		}
		return true
	}
	return false
}

// openCall makes a call of its function, the parenthesis and what follows up to
// the one that closes it, or all. It returns the node to go on with, too.
func (x *extractor) openCall(function, open node) (*languages.Expr, node) {
	x.depth++
	defer x.leave()
	e := x.b.Expr(languages.Call, function.Start(), open.End())
	x.addCall(e, function)
	e.Base = x.expr(function)
	e.At = e.Base.At
	for c := open.NextSibling(); c.Valid(); {
		next := c.NextSibling()
		switch {
		case c.Kind() == ")":
			e.Range.End = int32(c.End())
			return e, next
		case c.Kind() == ":" || c.Kind() == "=": // past the end of the line, most likely
			return e, next
		case isOpenCall(c, next) && x.depth < build.MaxDepth:
			var inner *languages.Expr
			inner, c = x.openCall(c, next)
			e.SetItems(append(e.Items(), languages.Item{Value: inner, Range: inner.Range}))
			e.Range.End = inner.Range.End
			continue
		case c.IsNamed():
			if item, ok := x.argument(c); ok {
				e.SetItems(append(e.Items(), item))
			}
			e.Range.End = int32(c.End())
		}
		c = next
	}
	return e, node{}
}
