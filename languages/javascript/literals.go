package javascript

import (
	"bytes"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

func (x *extractor) list(n treesitter.Node) *languages.Expr {
	e := x.expr(languages.List, n)
	hole := true // nothing yet since the last comma
	for c := range n.Children() {
		switch {
		case c.Kind() == ",":
			if hole { // keeps what follows in its place
				e.SetItems(append(e.Items(), languages.Item{
					Value: x.expr(languages.None, c), Range: build.Range(c.Start(), c.End()),
				}))
			}
			hole = true
		case c.IsError():
			x.walk(c)
		case c.IsNamed() && c.Kind() != "comment":
			e.SetItems(append(e.Items(), x.item(c)))
			hole = false
		}
	}
	return e
}

// item is an argument or an element.
func (x *extractor) item(n treesitter.Node) languages.Item {
	return languages.Item{
		Value:  x.value(n),
		Spread: n.Kind() == "spread_element",
		Range:  build.Range(n.Start(), n.End()),
	}
}

// record reads an object literal. If it has methods that use "this", it is a
// type as well: the only one that these methods can belong to.
func (x *extractor) record(n treesitter.Node) *languages.Expr {
	e := x.expr(languages.Record, n)
	x.b.Record(x.fn, e)
	owner := &class{x: x, index: -1}
	if hasMethods(n) {
		owner.index = x.newType(n, unnamed("object", n), languages.ClassType)
		e.SetType(languages.TypeRef{Name: x.b.File.Types[owner.index].Name})
	}
	e.SetItems(x.b.Items(n.NamedChildCount()))
	for c := range n.NamedChildren() {
		item := languages.Item{Range: build.Range(c.Start(), c.End())}
		switch c.Kind() {
		case "pair":
			item.Name, item.Key = x.key(c.Child("key"))
			item.Value = owner.entry(item.Name, c.Child("value"))
		case "shorthand_property_identifier":
			item.Name, item.Value = x.text(c), x.name(c)
			owner.property(item)
		case "spread_element":
			item.Name, item.Value, item.Spread = "**", x.value(c), true
		case "method_definition":
			item.Name, item.Key = x.key(c.Child("name"))
			item.Value = owner.literalMethod(c)
		default:
			x.walk(c)
		}
		if item.Value != nil {
			e.SetItems(append(e.Items(), item))
		}
	}
	return e
}

// hasMethods looks for a method that mentions "this", perhaps in a nested
// function of its own: one type too many does no harm.
func hasMethods(n treesitter.Node) bool {
	for c := range n.NamedChildren() {
		kind := c.Kind()
		if kind == "pair" {
			kind = c.Child("value").Kind()
		}
		switch kind {
		case "method_definition", "function_expression", "generator_function":
			if bytes.Contains(c.Bytes(), []byte("this")) {
				return true
			}
		}
	}
	return false
}

// entry converts the value of an object literal's entry.
func (c *class) entry(name string, value treesitter.Node) *languages.Expr {
	if c.index >= 0 && name != "" && value.Kind() != "arrow_function" && isFunction(value.Kind()) {
		e := c.x.expr(languages.Lambda, value)
		e.Declared = int32(c.own(value, languages.Function{Name: name}))
		return e
	}
	v := c.x.value(value)
	c.property(languages.Item{Name: name, Value: v, Range: v.Range})
	return v
}

// property makes an entry of an object literal a field of its type.
func (c *class) property(item languages.Item) {
	if c.index >= 0 && item.Name != "" {
		t := &c.x.b.File.Types[c.index]
		t.Fields = append(t.Fields, languages.Field{
			Name: item.Name, Value: item.Value, Range: item.Range,
		})
	}
}

// literalMethod converts a method of an object literal to a value; a setter
// gives none, and a getter what it returns.
func (c *class) literalMethod(n treesitter.Node) *languages.Expr {
	getter, setter := false, false
	for m := range n.Children() {
		getter = getter || m.Kind() == "get"
		setter = setter || m.Kind() == "set"
	}
	var e *languages.Expr
	if c.index >= 0 {
		e = c.x.expr(languages.Lambda, n)
		fn := c.method(n, nil)
		e.Declared = int32(fn)
		c.x.b.File.Functions[fn].Constructor = false
	} else {
		e = c.x.literal(n, noOwner())
	}
	switch {
	case setter:
		return nil
	case getter:
		return c.x.got(e)
	}
	return e
}

// got is what reading a property gives: its getter is called, by nobody's call.
func (x *extractor) got(getter *languages.Expr) *languages.Expr {
	e := x.b.Expr(languages.Call, int(getter.Range.Start), int(getter.Range.End))
	e.Base = getter
	return e
}

// key reads the name of a property. One that has to be computed gives an
// expression, unless it is a literal.
func (x *extractor) key(n treesitter.Node) (string, *languages.Expr) {
	switch n.Kind() {
	case "string":
		return x.b.String([]byte(x.literalText(n))), nil
	case "number":
		if text := decimal(string(n.Bytes())); text != "" {
			return x.b.String([]byte(text)), nil
		}
	case "computed_property_name":
		e := x.inner(n)
		if e.Kind == languages.Text || e.Kind == languages.Number {
			return e.Text, nil
		}
		return "", e
	}
	return x.text(n), nil
}
