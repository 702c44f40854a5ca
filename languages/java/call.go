package java

import (
	"github.com/keyvet/keyvet/languages"
)

// newCall adds a call to the current function, before what is in it.
func (x *extractor) newCall(n node) *languages.Expr {
	call := x.Expr(languages.Call, n.Start(), n.End())
	call.Damaged = x.damaged > 0
	x.Call(x.fn, call)
	return call
}

// arguments converts an argument list. One with an error in it may have lost
// arguments, so the call is damaged.
func (x *extractor) arguments(call *languages.Expr, list node) []languages.Item {
	items := x.Items(list.NamedChildCount())
	for c := range list.NamedChildren() {
		if c.IsError() {
			call.Damaged = true
			continue
		}
		items = append(items, languages.Item{Value: x.value(c), Range: rangeOf(c)})
	}
	x.errorsIn(list)
	return items
}

// invocation reads a method call. Its value may be something simpler.
func (x *extractor) invocation(n node) *languages.Expr {
	call := x.newCall(n)
	call.Base = x.callee(n)
	call.At = call.Base.At
	call.SetItems(x.arguments(call, n.Child("arguments")))
	x.changes(call)
	x.iterates(call)
	value := x.folded(call)
	if value.Kind == languages.Concat && call.Base.Text == "append" && !continues(n) {
		return x.Concat(n.Start(), n.End(), value)
	}
	return value
}

func (x *extractor) callee(n node) *languages.Expr {
	object, member := n.Child("object"), n.Child("name")
	name := x.text(member)
	if object.Valid() {
		base := x.value(object)
		for c := range n.NamedChildren() {
			if c.Kind() == "super" && c != object { // Outer.super.run()
				base = x.Expr(languages.Super, object.Start(), c.End())
			}
		}
		return x.Member(base, name, member.Start(), member.End())
	}
	switch name {
	case "super":
		return x.Expr(languages.Super, member.Start(), member.End())
	default: // "this" too: this(...) calls another constructor
		return x.Leaf(languages.Name, name, member.Start(), member.End())
	}
}

// constructorCall reads outer.super(...) and what mend left of its kind.
func (x *extractor) constructorCall(n node) *languages.Expr {
	call := x.newCall(n)
	if object := n.Child("object"); object.Valid() {
		x.value(object)
	}
	call.Base = x.value(n.Child("constructor"))
	call.At = call.Base.At
	call.SetItems(x.arguments(call, n.Child("arguments")))
	return call
}

// creation reads new T(...).
func (x *extractor) creation(n node) *languages.Expr {
	call := x.newCall(n)
	typ := n.Child("type")
	if outer := firstRead(n); outer.Start() < typ.Start() && n.FirstChild() == outer { // outer.new T()
		x.value(outer)
	}
	call.New = true
	call.SetType(x.typeRef(typ))
	call.Base = x.typeExpr(typ)
	call.At = call.Base.At
	call.SetItems(x.arguments(call, n.Child("arguments")))
	for c := range n.NamedChildren() {
		if c.Kind() == "class_body" {
			call.Declared = int32(x.anonymous(c, call.Type()))
		}
	}
	value := x.created(call)
	if value.Kind == languages.Concat && !continues(n) {
		return x.Concat(n.Start(), n.End(), value)
	}
	return value
}

// continues reports whether n is the object of a call that belongs to the same
// StringBuilder chain.
func continues(n node) bool {
	p := n.Parent()
	if p.Kind() != "method_invocation" || p.Child("object") != n {
		return false
	}
	name := string(p.Child("name").Bytes())
	return name == "append" || name == "toString"
}

// changes binds what a call adds to a collection that has a name.
func (x *extractor) changes(call *languages.Expr) {
	if call.Base.Kind != languages.Member {
		return
	}
	target := call.Base.Base
	items := call.Items()
	if call.Base.Text == "addAll" && target.Kind == languages.Name && target.Text == "Collections" {
		if len(items) > 1 && isVariable(items[0].Value) {
			x.bind(items[0].Value, x.listOf(call, items[1:]), true, call.Range)
		}
		return
	}
	if !isVariable(target) {
		return
	}
	switch call.Base.Text {
	case "add", "addLast", "addFirst", "push", "offer":
		if len(items) == 1 {
			x.bind(target, x.Appended(items[0].Value), true, call.Range)
		}
	case "addAll":
		if len(items) == 1 {
			x.bind(target, x.listOf(call, spread(items)), true, call.Range)
		}
	case "put", "putIfAbsent", "setProperty":
		if len(items) == 2 {
			index := x.Expr(languages.Index, int(target.Range.Start), int(items[0].Range.End))
			index.Base = target
			index.SetItems(items[:1:1])
			x.bind(index, items[1].Value, false, call.Range)
		}
	}
}

// iterates makes the parameter of the lambda in list.forEach(x -> ...) an
// element of the list, and likewise in streams.
func (x *extractor) iterates(call *languages.Expr) {
	if call.Base.Kind != languages.Member || len(call.Items()) != 1 || call.Items()[0].Value.Kind != languages.Lambda {
		return
	}
	switch call.Base.Text {
	case "forEach", "forEachOrdered", "map", "flatMap", "filter", "peek", "anyMatch", "allMatch", "noneMatch":
	default:
		return
	}
	fn := int(call.Items()[0].Value.Declared)
	params := x.File.Functions[fn].Params
	if len(params) != 1 {
		return
	}
	p := params[0]
	source := streamed(call.Base.Base)
	each := x.Expr(languages.Each, int(source.Range.Start), int(source.Range.End))
	each.Base = source
	x.Bind(fn, languages.Binding{
		Target: x.Leaf(languages.Name, p.Name, int(p.Range.Start), int(p.Range.End)), Value: each, Range: p.Range,
	})
}

// streamed is what a stream takes its elements from.
func streamed(e *languages.Expr) *languages.Expr {
	for e.Kind == languages.Call && e.Base.Kind == languages.Member {
		switch e.Base.Text {
		case "stream", "parallelStream", "filter", "peek", "sorted", "distinct", "limit", "skip":
			e = e.Base.Base
		default:
			return e
		}
	}
	return e
}

// isVariable tells a variable or a field from a class or a call.
func isVariable(e *languages.Expr) bool {
	switch e.Kind {
	case languages.Name:
		return e.Text != "this" && !isClassName(e.Text)
	case languages.Member:
		return e.Base.Kind == languages.Name && !isClassName(e.Text)
	}
	return false
}

// isClassName goes by the convention: Upper and lower case, LIKE_THIS is a constant.
func isClassName(name string) bool {
	if name == "" || name[0] < 'A' || name[0] > 'Z' {
		return false
	}
	for _, c := range []byte(name[1:]) {
		if 'a' <= c && c <= 'z' {
			return true
		}
	}
	return false
}

// spread marks the items as lists whose elements are meant.
func spread(items []languages.Item) []languages.Item {
	out := make([]languages.Item, len(items))
	for i, item := range items {
		item.Spread = true
		out[i] = item
	}
	return out
}

func (x *extractor) listOf(call *languages.Expr, items []languages.Item) *languages.Expr {
	e := x.Expr(languages.List, int(call.Range.Start), int(call.Range.End))
	e.SetItems(items)
	return e
}

// recordOf makes a record of the current function.
func (x *extractor) recordOf(call *languages.Expr, items []languages.Item) *languages.Expr {
	e := x.Expr(languages.Record, int(call.Range.Start), int(call.Range.End))
	e.SetItems(items)
	x.Record(x.fn, e)
	return e
}

// entry is one entry of a record.
func entry(key, value *languages.Expr) languages.Item {
	item := languages.Item{Value: value, Range: languages.Range{Start: key.Range.Start, End: value.Range.End}}
	if key.Kind == languages.Text {
		item.Name = key.Text
	} else {
		item.Key = key
	}
	return item
}

// pairs makes entries of alternating keys and values.
func pairs(items []languages.Item) []languages.Item {
	entries := make([]languages.Item, 0, len(items)/2)
	for i := 0; i+1 < len(items); i += 2 {
		entries = append(entries, entry(items[i].Value, items[i+1].Value))
	}
	return entries
}
