package golang

import (
	"github.com/keyvet/keyvet/languages"
	ts "github.com/keyvet/keyvet/languages/internal/treesitter"
)

// valueSwitch reads "switch x { case a, b: .. }".
func (x *extractor) valueSwitch(n ts.Node) {
	x.node(n.Child("initializer"))
	var subject *languages.Expr
	if over := n.Child("value"); over.Valid() {
		subject = x.expr(over)
	}
	through := false
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "expression_case":
			values := x.caseValues(c)
			if !through && isPath(subject) {
				x.b.Case(x.fn, languages.Case{Subject: subject, Values: values, Range: rangeOf(c)})
			}
			through = x.caseBody(c)
		case "default_case":
			through = x.caseBody(c)
		case "ERROR":
			x.node(c)
		}
	}
}

func (x *extractor) caseValues(c ts.Node) []*languages.Expr {
	var room [4]ts.Node
	var values []*languages.Expr
	for _, v := range children(room[:0], c.Child("value")) {
		values = append(values, x.expr(v))
	}
	return values
}

// caseBody reads the statements of a case. It tells whether the next case is
// entered from this one, too.
func (x *extractor) caseBody(c ts.Node) (through bool) {
	value := c.Child("value")
	for s := range c.NamedChildren() {
		if value.Valid() && s.Start() == value.Start() && s.End() == value.End() {
			continue
		}
		through = through || s.Kind() == "fallthrough_statement"
		x.node(s)
	}
	return through
}

// ifStatement reads "if x == a { .. }", and any other.
func (x *extractor) ifStatement(n ts.Node) {
	if condition := n.Child("condition"); condition.Kind() == "binary_expression" && condition.Child("operator").Kind() == "==" {
		subject, value := condition.Child("left"), condition.Child("right")
		if isPathNode(subject) && isPathOrText(value) {
			x.b.Case(x.fn, languages.Case{
				Subject: x.expr(subject), Values: []*languages.Expr{x.expr(value)}, Range: rangeOf(n.Child("consequence")),
			})
		}
	}
	for c := range n.NamedChildren() {
		x.node(c)
	}
}

func isPathOrText(n ts.Node) bool {
	return isPathNode(n) || n.Kind() == "interpreted_string_literal" || n.Kind() == "raw_string_literal"
}

// isPathNode: a name, or a field of one. Reading it finds no calls.
func isPathNode(n ts.Node) bool {
	return n.Kind() == "identifier" || n.Kind() == "selector_expression" && n.Child("operand").Kind() == "identifier"
}

func isPath(e *languages.Expr) bool {
	return e != nil && (e.Kind == languages.Name || e.Kind == languages.Member && e.Base != nil && e.Base.Kind == languages.Name)
}
