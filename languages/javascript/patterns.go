package javascript

import (
	"strconv"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

// A manner is how a name gets a value.
type manner uint8

const (
	declared manner = iota // let x = v, a parameter
	assigned               // x = v: the name may be an enclosing function's
	appended               // x += v, x.push(v)
)

// bind gives a target a value.
func (x *extractor) bind(target, value *languages.Expr, typ languages.TypeRef, how manner) {
	if target.Kind == languages.Name && formatter(value) {
		x.format(target.Text)
	}
	x.b.Bind(x.fn, languages.Binding{
		Target:   target,
		Type:     typ,
		Value:    value,
		Append:   how == appended,
		Nonlocal: how != declared && target.Kind == languages.Name,
		Range:    target.Range,
	})
}

// assign gives a pattern, which may be a plain name, a value. Nil as value is a
// declaration alone.
func (x *extractor) assign(n treesitter.Node, v *languages.Expr, typ languages.TypeRef, how manner) {
	switch n.Kind() {
	case "identifier", "shorthand_property_identifier_pattern":
		x.bind(x.name(n), v, typ, how)
	case "object_pattern":
		x.assignObject(n, x.typed(v, typ), how)
	case "array_pattern":
		x.assignArray(n, x.typed(v, typ), how)
	case "assignment_pattern", "object_assignment_pattern":
		x.assign(n.Child("left"), x.orElse(v, x.value(n.Child("right"))), typ, how)
	case "rest_pattern":
		x.assign(n.NamedChild(0), v, typ, how)
	case "member_expression", "subscript_expression":
		x.bind(x.value(n), v, typ, how)
	case "parenthesized_expression", "non_null_expression", "as_expression",
		"satisfies_expression":
		x.assign(n.NamedChild(0), v, typ, how)
	default:
		x.walk(n)
	}
}

// typed says a declared type of a value that is taken apart at once.
func (x *extractor) typed(v *languages.Expr, typ languages.TypeRef) *languages.Expr {
	if v == nil || typ.Name == "" {
		return v
	}
	e := x.b.Expr(languages.Cast, int(v.Range.Start), int(v.Range.End))
	e.Base = v
	e.SetType(typ)
	return e
}

// orElse is the value of a pattern with a default.
func (x *extractor) orElse(v, other *languages.Expr) *languages.Expr {
	if v == nil {
		return other
	}
	r := other.Range
	return x.b.List(languages.Choice, int(r.Start), int(r.End), v, other)
}

func (x *extractor) assignObject(n treesitter.Node, v *languages.Expr, how manner) {
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "shorthand_property_identifier_pattern":
			x.assign(c, x.part(v, c, x.text(c)), languages.TypeRef{}, how)
		case "object_assignment_pattern":
			left := c.Child("left")
			x.assign(c, x.part(v, left, x.text(left)), languages.TypeRef{}, how)
		case "pair_pattern":
			x.assign(c.Child("value"), x.keyed(v, c.Child("key")), languages.TypeRef{}, how)
		case "rest_pattern": // the others, so as good as all
			x.assign(c, v, languages.TypeRef{}, how)
		default:
			x.walk(c)
		}
	}
}

// part is the member of v that a pattern takes, or nil if v is.
func (x *extractor) part(v *languages.Expr, at treesitter.Node, name string) *languages.Expr {
	if v == nil {
		return nil
	}
	e := x.expr(languages.Member, at)
	e.Base, e.Text = v, name
	return e
}

// keyed is part for any key.
func (x *extractor) keyed(v *languages.Expr, key treesitter.Node) *languages.Expr {
	name, computed := x.key(key)
	if computed == nil {
		return x.part(v, key, name)
	}
	if v == nil {
		return nil
	}
	return x.index(v, computed, key)
}

func (x *extractor) index(v, i *languages.Expr, at treesitter.Node) *languages.Expr {
	e := x.expr(languages.Index, at)
	e.Base = v
	e.SetItems(append(x.b.Items(1), languages.Item{Value: i, Range: i.Range}))
	return e
}

func (x *extractor) assignArray(n treesitter.Node, v *languages.Expr, how manner) {
	i := 0
	for c := range n.Children() {
		switch {
		case c.Kind() == ",":
			i++
		case !c.IsNamed() || c.Kind() == "comment":
		case v == nil:
			x.assign(c, nil, languages.TypeRef{}, how)
		case c.Kind() == "rest_pattern": // a list that begins elsewhere
			x.assign(c, x.expr(languages.Unknown, c), languages.TypeRef{}, how)
		default:
			x.assign(c, x.element(v, i, c), languages.TypeRef{}, how)
		}
	}
}

// element is v[i].
func (x *extractor) element(v *languages.Expr, i int, at treesitter.Node) *languages.Expr {
	number := x.expr(languages.Number, at)
	number.Text = strconv.Itoa(i)
	return x.index(v, number, at)
}

// paramPattern reads a destructured parameter, number i of its function.
func (x *extractor) paramPattern(p *languages.Param, n treesitter.Node, i int) {
	whole := "{" + strconv.Itoa(i) + "}"
	if n.Kind() != "object_pattern" {
		p.Name = whole
		x.assign(n, x.hidden(whole, n), languages.TypeRef{}, declared)
		return
	}
	p.Pattern = make(map[string]string)
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "shorthand_property_identifier_pattern":
			p.Pattern[x.text(c)] = x.text(c)
		case "object_assignment_pattern":
			name := x.text(c.Child("left"))
			p.Pattern[name] = name
			x.bind(x.name(c.Child("left")), x.value(c.Child("right")), languages.TypeRef{}, declared)
		case "pair_pattern":
			x.paramPair(p, c)
		case "rest_pattern": // takes the rest of the whole, which so needs a name
			p.Name = whole
			x.assign(c, x.hidden(whole, c), languages.TypeRef{}, declared)
		default:
			x.walk(c)
		}
	}
}

// paramPair reads "key: local", "key: local = default" and "key: {deeper}".
func (x *extractor) paramPair(p *languages.Param, n treesitter.Node) {
	value := n.Child("value")
	name, computed := x.key(n.Child("key"))
	if computed != nil {
		x.assign(value, nil, languages.TypeRef{}, declared)
		return
	}
	local := value
	if value.Kind() == "assignment_pattern" {
		local = value.Child("left")
	}
	if local.Kind() != "identifier" {
		hidden := "{" + name + "}"
		p.Pattern[name] = hidden
		x.assign(value, x.hidden(hidden, value), languages.TypeRef{}, declared)
		return
	}
	p.Pattern[name] = x.text(local)
	if value != local {
		x.bind(x.name(local), x.value(value.Child("right")), languages.TypeRef{}, declared)
	}
}

// hidden is a name that only facts use.
func (x *extractor) hidden(name string, at treesitter.Node) *languages.Expr {
	e := x.expr(languages.Name, at)
	e.Text = name
	return e
}
