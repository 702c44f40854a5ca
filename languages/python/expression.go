package python

import (
	"math/big"
	"strings"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

// expr converts an expression. It never returns nil. What it has no kind for
// is Unknown, but the calls inside are found.
func (x *extractor) expr(n node) *languages.Expr {
	x.depth++
	defer x.leave()
	if x.depth >= build.MaxDepth || !n.Valid() {
		return x.unknown(n)
	}
	e := x.value(n)
	if n.HasError() {
		x.visitErrors(n)
	}
	return e
}

// value is the first half of expr: what stands for itself.
func (x *extractor) value(n node) *languages.Expr {
	switch n.Kind() {
	case "identifier":
		return x.name(n)
	case "attribute":
		return x.member(n)
	case "call":
		return x.call(n)
	case "string":
		return x.text(n)
	case "concatenated_string":
		return x.b.Concat(n.Start(), n.End(), x.all(n)...)
	case "integer":
		return x.number(n)
	case "true", "false":
		return x.b.Leaf(languages.Bool, n.Kind(), n.Start(), n.End())
	case "none":
		return x.b.Expr(languages.None, n.Start(), n.End())
	case "list", "set", "tuple", "expression_list":
		return x.list(n)
	case "list_comprehension", "set_comprehension", "generator_expression":
		body := x.comprehension(n)
		return x.b.List(languages.List, n.Start(), n.End(), x.expr(body))
	case "dictionary", "dictionary_comprehension":
		return x.dictionary(n)
	case "subscript":
		return x.subscript(n)
	case "parenthesized_expression":
		return x.parenthesized(n)
	case "await", "list_splat":
		return x.inner(n)
	case "lambda":
		return x.lambda(n)
	case "type":
		return x.unknown(n) // nothing runs there
	default:
		return x.operation(n)
	}
}

// operation is the second half: what combines values.
func (x *extractor) operation(n node) *languages.Expr {
	switch n.Kind() {
	case "binary_operator":
		return x.binary(n)
	case "boolean_operator":
		return x.boolean(n)
	case "conditional_expression":
		return x.conditional(n)
	case "unary_operator":
		return x.unary(n)
	case "named_expression":
		value := x.expr(n.Child("value"))
		x.bind(n.Child("name"), value, languages.TypeRef{}, span(n))
		if value.Kind == languages.Text || value.Kind == languages.Concat {
			return x.name(n.Child("name")) // a text may become part of a longer one
		}
		return value
	case "assignment":
		if value := x.assign(n); value != nil {
			return value
		}
	case "augmented_assignment":
		return x.augmented(n)
	case "as_pattern":
		return x.asPattern(n)
	case "yield":
		return x.yield(n)
	case "ERROR":
		x.visit(n)
	default:
		x.visitAll(n)
	}
	return x.unknown(n)
}

func (x *extractor) unknown(n node) *languages.Expr {
	return x.b.Expr(languages.Unknown, n.Start(), n.End())
}

func (x *extractor) unknownAt(r languages.Range) *languages.Expr {
	return x.b.Expr(languages.Unknown, int(r.Start), int(r.End))
}

func (x *extractor) name(n node) *languages.Expr {
	return x.b.Leaf(languages.Name, x.b.String(n.Bytes()), n.Start(), n.End())
}

func (x *extractor) member(n node) *languages.Expr {
	base, name := x.expr(n.Child("object")), n.Child("attribute")
	return x.b.Member(base, x.b.String(name.Bytes()), name.Start(), name.End())
}

// all converts the named children.
func (x *extractor) all(n node) []*languages.Expr {
	values := make([]*languages.Expr, 0, n.NamedChildCount())
	for c := range n.NamedChildren() {
		if c.Kind() != "line_continuation" {
			values = append(values, x.expr(c))
		}
	}
	return values
}

// inner is a node that only wraps another.
func (x *extractor) inner(n node) *languages.Expr {
	var value *languages.Expr
	for c := range n.NamedChildren() {
		switch {
		case c.Kind() == "line_continuation":
		case value == nil && !c.IsError():
			value = x.expr(c)
		default:
			x.visit(c)
		}
	}
	if value == nil {
		return x.unknown(n)
	}
	return value
}

// parenthesized is transparent, except where it is a call's argument list that
// the grammar took for the start of a type, see typeAlias.
func (x *extractor) parenthesized(n node) *languages.Expr {
	if n.Start() != x.noType {
		return x.inner(n)
	}
	start := n.Start() - 1
	for start > 0 && x.src[start] != 't' {
		start--
	}
	e := x.b.Expr(languages.Call, start, n.End())
	x.addCall(e, n)
	e.Base = x.b.Leaf(languages.Name, "type", start, start+len("type"))
	e.At = e.Base.At
	e.SetItems(x.arguments(n))
	return e
}

func (x *extractor) number(n node) *languages.Expr {
	text := strings.ToLower(strings.ReplaceAll(n.Text(), "_", ""))
	text = strings.TrimRight(text, "l")
	if len(text) > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '7' {
		text = "0o" + text[1:] // Python 2
	}
	if len(text) > maxDigits {
		return x.unknown(n) // converting it takes quadratic time
	}
	value, ok := new(big.Int).SetString(text, 0)
	if !ok { // 1j
		return x.unknown(n)
	}
	return x.b.Leaf(languages.Number, value.String(), n.Start(), n.End())
}

const maxDigits = 100

func (x *extractor) list(n node) *languages.Expr {
	e := x.b.Expr(languages.List, n.Start(), n.End())
	e.SetItems(x.arguments(n))
	return e
}

// arguments converts what stands in a call's parentheses or a list's brackets.
func (x *extractor) arguments(n node) []languages.Item {
	items := x.b.Items(n.NamedChildCount())
	for c := range n.NamedChildren() {
		if item, ok := x.argument(c); ok {
			items = append(items, item)
		}
	}
	return items
}

// argument is false for what is none.
func (x *extractor) argument(n node) (languages.Item, bool) {
	item := languages.Item{Range: span(n)}
	switch n.Kind() {
	case "line_continuation":
		return item, false
	case "ERROR":
		x.visit(n)
		return item, false
	case "keyword_argument":
		item.Name = x.b.String(n.Child("name").Bytes())
		item.Value = x.expr(n.Child("value"))
		if n.HasError() {
			x.visitErrors(n)
		}
	case "list_splat", "list_splat_pattern":
		item.Spread = true
		item.Value = x.inner(n)
	case "dictionary_splat", "dictionary_splat_pattern":
		item.Name, item.Spread = "**", true
		item.Value = x.inner(n)
	default:
		item.Spread = x.misreadSplat(n)
		item.Value = x.expr(n)
	}
	return item, true
}

// misreadSplat reports whether n is *a.b(), which the grammar takes for (*a).b()
// in a list. Its splat, deep inside, is then read as if it were not there.
func (x *extractor) misreadSplat(n node) bool {
	if !x.starred(n) {
		return false
	}
	start := n.Start()
	for n.Valid() && n.Start() == start {
		if n.Kind() == "list_splat" {
			return true
		}
		n = n.NamedChild(0)
	}
	return false
}

func (x *extractor) starred(n node) bool {
	return n.Start() < len(x.src) && x.src[n.Start()] == '*'
}

func (x *extractor) dictionary(n node) *languages.Expr {
	e := x.b.Expr(languages.Record, n.Start(), n.End())
	x.addRecord(e)
	if n.Kind() == "dictionary_comprehension" {
		e.SetItems(append(x.b.Items(1), x.pair(x.comprehension(n))))
		return e
	}
	e.SetItems(x.b.Items(n.NamedChildCount()))
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "pair":
			e.SetItems(append(e.Items(), x.pair(c)))
		case "dictionary_splat":
			e.SetItems(append(e.Items(), languages.Item{Value: x.inner(c), Spread: true, Range: span(c)}))
		default:
			x.visit(c)
		}
	}
	return e
}

// pair is one entry. A key that is a text is the entry's name.
func (x *extractor) pair(n node) languages.Item {
	item := languages.Item{Range: span(n)}
	key := x.expr(n.Child("key"))
	item.Value = x.expr(n.Child("value"))
	if key.Kind == languages.Text && key.Text != "" && key.Text != "**" {
		item.Name = key.Text
	} else {
		item.Key = key
	}
	return item
}

func (x *extractor) addCall(e *languages.Expr, n node) {
	e.Damaged = x.damaged > 0 || n.HasError()
	if !x.quiet {
		x.b.Call(x.fn, e)
	}
}

func (x *extractor) addRecord(e *languages.Expr) {
	e.Damaged = x.damaged > 0
	if !x.quiet {
		x.b.Record(x.fn, e)
	}
}
