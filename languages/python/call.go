package python

import (
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// call converts a call, or what it stands for where Python's own functions only
// dress a value.
func (x *extractor) call(n node) *languages.Expr {
	function, args := n.Child("function"), n.Child("arguments")
	switch function.Kind() {
	case "identifier":
		if e := x.builtin(n, string(function.Bytes()), args); e != nil {
			return e
		}
	case "attribute":
		if e := x.method(n, function, args); e != nil {
			return e
		}
	}
	return x.plainCall(n, nil)
}

// plainCall makes the call. Base is its function if that is converted already.
func (x *extractor) plainCall(n node, base *languages.Expr) *languages.Expr {
	e := x.b.Expr(languages.Call, n.Start(), n.End())
	x.addCall(e, n)
	if base == nil {
		base = x.expr(n.Child("function"))
	}
	e.Base = base
	if base.Kind == languages.Name || base.Kind == languages.Member {
		e.At = base.At
	}
	if x.starred(n) { // see misreadSplat
		e.Range.Start = base.Range.Start
	}
	args := n.Child("arguments")
	if args.Kind() == "generator_expression" {
		e.SetItems(append(x.b.Items(1), languages.Item{Value: x.expr(args), Range: span(args)}))
	} else {
		e.SetItems(x.arguments(args))
	}
	for c := range n.NamedChildren() {
		if c.IsError() {
			x.visit(c)
		}
	}
	return e
}

// builtin converts the calls of Python's own functions, nil for all others.
func (x *extractor) builtin(n node, name string, args node) *languages.Expr {
	switch name {
	case "str", "unicode", "bytes", "bytearray", "memoryview":
		return x.conversion(args)
	case "list", "tuple", "set", "frozenset", "sorted":
		return x.listOf(n, args)
	case "dict":
		return x.recordOf(n, args)
	case "getattr":
		return x.getattr(n, args)
	case "setattr":
		return x.setattr(n, args)
	case "super":
		if args.NamedChildCount() == 0 || isSimple(args) {
			return x.b.Expr(languages.Super, n.Start(), n.End())
		}
	case "cast":
		return x.cast(n, args)
	case "__import__", "import_module":
		return x.importCall(n, name, args)
	}
	return nil
}

// method converts the calls of members that dress or change what they are
// called on, nil for all others.
func (x *extractor) method(n, function, args node) *languages.Expr {
	object := function.Child("object")
	switch name := string(function.Child("attribute").Bytes()); name {
	case "format", "encode", "decode", "join", "split":
		if !isLiteral(object) || args.Kind() != "argument_list" {
			return nil
		}
		return x.textCall(n, name, function, args)
	case "append", "appendleft", "extend", "insert", "update", "setdefault":
		return x.change(n, name)
	case "__new__":
		return x.made(n)
	case "import_module":
		if string(object.Bytes()) == "importlib" {
			return x.importCall(n, name, args)
		}
	case "cast":
		if k := string(object.Bytes()); k == "typing" || k == "t" || k == "typing_extensions" {
			return x.cast(n, args)
		}
	}
	return nil
}

// made is what super().__new__(cls) gives: an object of the class, as a call of it does.
func (x *extractor) made(n node) *languages.Expr {
	call := x.plainCall(n, nil)
	if items := call.Items(); len(items) == 0 || items[0].Spread || items[0].Name != "" {
		return call
	}
	e := x.b.Expr(languages.Call, n.Start(), n.End())
	e.Base = call.Items()[0].Value
	e.SetItems(call.Items()[1:])
	return e
}

// isSimple reports whether arguments are names only, as in super(A, self).
func isSimple(args node) bool {
	for c := range args.NamedChildren() {
		if k := c.Kind(); k != "identifier" && k != "attribute" {
			return false
		}
	}
	return true
}

// positional returns the arguments if they are between least and most in
// number, by position, and nothing else.
func positional(args node, least, most int) []node {
	if args.Kind() != "argument_list" || args.HasError() {
		return nil
	}
	var list []node
	for c := range args.NamedChildren() {
		switch c.Kind() {
		case "line_continuation":
		case "keyword_argument", "list_splat", "dictionary_splat":
			return nil
		default:
			list = append(list, c)
		}
		if len(list) > most {
			return nil
		}
	}
	if len(list) < least {
		return nil
	}
	return list
}

// conversion is str(a), str(a, "utf-8"), bytes(a, encoding="utf-8").
func (x *extractor) conversion(args node) *languages.Expr {
	first := args.NamedChild(0)
	switch first.Kind() {
	case "", "keyword_argument", "list_splat", "dictionary_splat", "line_continuation",
		"integer", "ERROR": // bytes(4) is four zeros
		return nil
	}
	if args.Kind() != "argument_list" {
		return nil
	}
	value := x.expr(first)
	for c := range args.NamedChildren() {
		if c != first {
			x.visit(c)
		}
	}
	return value
}

// listOf is list(a): the elements of a.
func (x *extractor) listOf(n, args node) *languages.Expr {
	if args.Kind() == "generator_expression" {
		return x.expr(args)
	}
	list := positional(args, 0, 1)
	if list == nil && args.NamedChildCount() > 0 || args.HasError() {
		return nil
	}
	e := x.b.Expr(languages.List, n.Start(), n.End())
	if len(list) == 0 {
		return e
	}
	value := x.expr(list[0])
	if value.Kind == languages.List {
		return value
	}
	if value.Kind == languages.Record && len(value.Items()) > 0 {
		return x.keys(value)
	}
	e.SetItems(append(x.b.Items(1), languages.Item{Value: value, Spread: true, Range: value.Range}))
	return e
}

// recordOf is dict(a=1, **b) and dict(c): a record.
func (x *extractor) recordOf(n, args node) *languages.Expr {
	if args.Kind() != "argument_list" || args.HasError() {
		return nil
	}
	e := x.b.Expr(languages.Record, n.Start(), n.End())
	x.addRecord(e)
	for _, item := range x.arguments(args) {
		e.SetItems(x.entries(e.Items(), item))
	}
	return e
}

// entries adds what one argument of dict or update brings.
func (x *extractor) entries(to []languages.Item, item languages.Item) []languages.Item {
	switch {
	case item.Name == "**":
		item.Name = ""
		return append(to, item)
	case item.Name != "":
		return append(to, item)
	case item.Value.Kind == languages.List && !item.Spread && arePairs(item.Value.Items()):
		for _, p := range item.Value.Items() {
			key, value := p.Value.Items()[0].Value, p.Value.Items()[1].Value
			entry := languages.Item{Key: key, Value: value, Range: p.Range}
			if key.Kind == languages.Text && key.Text != "" && key.Text != "**" {
				entry.Name, entry.Key = key.Text, nil
			}
			to = append(to, entry)
		}
		return to
	default:
		item.Spread = true
		return append(to, item)
	}
}

// arePairs: [("a", 1), ("b", 2)].
func arePairs(items []languages.Item) bool {
	for _, p := range items {
		if p.Spread || p.Value.Kind != languages.List || len(p.Value.Items()) != 2 || anySpread(p.Value.Items()) {
			return false
		}
	}
	return true
}

// getattr is a member if its name is written there. An unknown name is an
// index, so that the possible names can still be found.
func (x *extractor) getattr(n, args node) *languages.Expr {
	list := positional(args, 2, 3)
	if list == nil {
		return nil
	}
	base, name := x.expr(list[0]), x.expr(list[1])
	if len(list) > 2 {
		x.visit(list[2])
	}
	if name.Kind == languages.Text {
		e := x.b.Member(base, name.Text, list[1].Start(), list[1].End())
		e.Range = span(n)
		return e
	}
	e := x.b.Expr(languages.Index, n.Start(), n.End())
	e.Base = base
	e.SetItems(append(x.b.Items(1), languages.Item{Value: name, Range: name.Range}))
	return e
}

// cast is typing.cast(T, value).
func (x *extractor) cast(n, args node) *languages.Expr {
	list := positional(args, 2, 2)
	if list == nil {
		return nil
	}
	switch list[0].Kind() {
	case "identifier", "attribute", "subscript", "string", "binary_operator":
	default: // SQL libraries have a cast of their own
		return nil
	}
	e := x.b.Expr(languages.Cast, n.Start(), n.End())
	e.SetType(parseType(list[0].Bytes()))
	e.Base = x.expr(list[1])
	return e
}

// importCall is a module named by a text.
func (x *extractor) importCall(n node, function string, args node) *languages.Expr {
	first := args.NamedChild(0)
	if first.Kind() != "string" || hasHole(first) || args.HasError() {
		return nil
	}
	module := x.text(first).Text
	if function == "__import__" && args.NamedChildCount() == 1 {
		module = firstSegment(module) // what "import a.b" would bind
	}
	for c := range args.NamedChildren() {
		if c != first {
			x.visit(c)
		}
	}
	return x.b.Leaf(languages.Module, strings.TrimSpace(module), n.Start(), n.End())
}
