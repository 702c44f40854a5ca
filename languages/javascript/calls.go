package javascript

import (
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

// call reads a call. It is among the function's calls even if its value is
// known to be something simpler; only require("x") and import("x") are not.
func (x *extractor) call(n treesitter.Node) *languages.Expr {
	function, arguments := n.Child("function"), n.Child("arguments")
	if module, ok := x.loaded(function, arguments); ok {
		for c := range arguments.NamedChildren() {
			if c != arguments.NamedChild(0) {
				x.walk(c)
			}
		}
		return x.moduleExpr(module, n)
	}
	e := x.expr(languages.Call, n)
	x.b.Call(x.fn, e)
	e.Optional = optional(n)
	e.Damaged = e.Damaged || broken(n) || broken(arguments)
	x.setBase(e, x.value(function))
	if arguments.Kind() == "template_string" {
		raw := e.Base.Kind == languages.Member && e.Base.Text == "raw" && isNamed(e.Base.Base, "String")
		v := x.template(arguments, raw)
		e.SetItems(append(x.b.Items(1), languages.Item{Value: v, Range: v.Range}))
		if raw {
			return v
		}
		return e
	}
	e.SetItems(x.arguments(arguments))
	return x.known(n, e)
}

// setBase sets what is called, and so where the call's name stands.
func (x *extractor) setBase(call, base *languages.Expr) {
	call.Base = base
	switch base.Kind {
	case languages.Member, languages.Name:
		call.At = base.At
	}
}

// broken reports whether something right below the node did not fit.
func broken(n treesitter.Node) bool {
	if n.HasError() {
		for c := range n.Children() {
			if c.IsError() || c.IsMissing() {
				return true
			}
		}
	}
	return false
}

// loaded recognizes require("x") and import("x").
func (x *extractor) loaded(function, arguments treesitter.Node) (string, bool) {
	switch function.Kind() {
	case "import":
	case "identifier":
		if string(function.Bytes()) != "require" {
			return "", false
		}
	default:
		return "", false
	}
	switch first := arguments.NamedChild(0); first.Kind() {
	case "string":
		return x.literalText(first), true
	case "template_string":
		for c := range first.NamedChildren() {
			if c.Kind() == "template_substitution" {
				return "", false
			}
		}
		return x.literalText(first), arguments.Kind() == "arguments"
	}
	return "", false
}

func (x *extractor) arguments(n treesitter.Node) []languages.Item {
	items := x.b.Items(n.NamedChildCount())
	for c := range n.NamedChildren() {
		if c.IsError() {
			x.walk(c)
			continue
		}
		items = append(items, x.item(c))
	}
	return items
}

func (x *extractor) construct(n treesitter.Node) *languages.Expr {
	e := x.expr(languages.Call, n)
	e.New = true
	x.b.Call(x.fn, e)
	e.Damaged = e.Damaged || broken(n) || broken(n.Child("arguments"))
	constructor := n.Child("constructor")
	types := len(x.b.File.Types)
	x.setBase(e, x.value(constructor))
	for constructor.Kind() == "parenthesized_expression" {
		constructor = constructor.NamedChild(0)
	}
	if constructor.Kind() == "class" && types < len(x.b.File.Types) {
		e.Declared = int32(types)
	}
	e.SetItems(x.arguments(n.Child("arguments")))
	if len(e.Items()) == 1 && !e.Items()[0].Spread {
		if isNamed(e.Base, "String") || isNamed(e.Base, "Set") {
			return e.Items()[0].Value
		}
		if isNamed(e.Base, "Map") {
			return x.entries(n, e)
		}
	}
	if isNamed(e.Base, "Map") { // new Map<K, V>() is of that type, whatever holds it
		if args := x.typeArguments(n.Child("type_arguments")); len(args) == 2 {
			typed := x.expr(languages.Cast, n)
			typed.Base = e
			typed.SetType(languages.TypeRef{Name: "map", Args: args})
			return typed
		}
	}
	return e
}

// entries is the record that new Map([[a, b], ...]) and Object.fromEntries of such a list
// stand for, the call itself where no list of pairs is written there.
func (x *extractor) entries(n treesitter.Node, call *languages.Expr) *languages.Expr {
	list := call.Items()[0].Value
	if list.Kind != languages.List || len(list.Items()) == 0 {
		return call
	}
	e := x.expr(languages.Record, n)
	if call.New {
		e.Base = list
	}
	e.SetItems(x.b.Items(len(list.Items())))
	for _, item := range list.Items() {
		if item.Value.Kind != languages.List || len(item.Value.Items()) != 2 {
			return call
		}
		key, value := item.Value.Items()[0], item.Value.Items()[1]
		entry := languages.Item{Key: key.Value, Value: value.Value, Range: item.Range}
		if key.Value.Kind == languages.Text {
			entry.Name, entry.Key = key.Value.Text, nil
		}
		e.SetItems(append(e.Items(), entry))
	}
	return e
}

func isNamed(e *languages.Expr, name string) bool {
	return e != nil && e.Kind == languages.Name && e.Text == name
}
