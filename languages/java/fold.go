package java

import (
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// folded is the value of a call where the library leaves no doubt of it: a
// text, a list, a record, or one of the arguments. Else it is the call.
func (x *extractor) folded(call *languages.Expr) *languages.Expr {
	name := call.Base.Text
	class := ""
	switch call.Base.Kind {
	case languages.Name:
		class = x.static[name]
	case languages.Member:
		if e := x.ofText(call, name); e != nil {
			return e
		}
		if e := ofCollection(call, name); e != nil {
			return e
		}
		if object := call.Base.Base; object.Kind == languages.Name || object.Kind == languages.Member {
			class = object.Text
		}
	}
	if class == "" {
		return call
	}
	if e := x.ofClass(call, class, name); e != nil {
		return e
	}
	return call
}

// ofText is the result of a method of a known text, nil if there is none.
func (x *extractor) ofText(call *languages.Expr, name string) *languages.Expr {
	object := call.Base.Base
	if object.Kind != languages.Text && object.Kind != languages.Concat {
		return nil
	}
	start, end := int(call.Range.Start), int(call.Range.End)
	switch name {
	case "getBytes", "toCharArray":
		return object
	case "toString":
		return x.Concat(int(object.Range.Start), max(int(object.Range.End), builderEnd(object, call)), object)
	case "append":
		if object.Kind == languages.Concat && len(call.Items()) == 1 {
			part := x.asText(call.Items()[0].Value)
			object.SetItems(append(object.Items(), languages.Item{Value: part, Range: part.Range}))
			object.Range.End, object.At.End = call.Range.End, call.Range.End
			return object
		}
	case "concat":
		if len(call.Items()) == 1 {
			return x.Concat(start, end, object, call.Items()[0].Value)
		}
	case "formatted":
		if object.Kind == languages.Text {
			return x.format(call, object, call.Items())
		}
	}
	return nil
}

// builderEnd is where a text ends that a StringBuilder made.
func builderEnd(object, call *languages.Expr) int {
	if object.Kind == languages.Concat {
		return int(call.Range.End)
	}
	return int(object.Range.End)
}

// ofClass is the result of a static method of the library, nil if it is no value.
func (x *extractor) ofClass(call *languages.Expr, class, name string) *languages.Expr {
	items := call.Items()
	switch class {
	case "String":
		return x.ofString(call, name)
	case "Objects", "Preconditions", "Optional", "Integer", "Long", "Boolean", "ByteBuffer":
		return x.sameValue(call, class+"."+name)
	case "List", "Set", "Stream", "EnumSet", "ImmutableList", "ImmutableSet", "Arrays", "Collections",
		"Lists", "Sets", "IntStream":
		return x.ofList(call, class+"."+name)
	case "Map", "ImmutableMap":
		switch name {
		case "of":
			return x.recordOf(call, pairs(items))
		case "copyOf":
			return only(items)
		case "ofEntries":
			return x.ofEntries(call)
		}
	}
	return nil
}

// only is the one argument, nil if there are more or none.
func only(items []languages.Item) *languages.Expr {
	if len(items) != 1 {
		return nil
	}
	return items[0].Value
}

func (x *extractor) ofString(call *languages.Expr, name string) *languages.Expr {
	items := call.Items()
	switch name {
	case "valueOf", "copyValueOf":
		if v := only(items); v != nil {
			return x.asText(v)
		}
	case "format":
		if len(items) > 1 && isLocale(items[0].Value) {
			items = items[1:]
		}
		if len(items) > 0 && items[0].Value.Kind == languages.Text {
			return x.format(call, items[0].Value, items[1:])
		}
	case "join":
		return x.join(call)
	}
	return nil
}

// isLocale goes by the name: Locale.ROOT, Locale.getDefault(), locale.
func isLocale(e *languages.Expr) bool {
	if e.Kind == languages.Call {
		e = e.Base
	}
	if e.Kind == languages.Member {
		e = e.Base
	}
	return e.Kind == languages.None || e.Kind == languages.Name && strings.EqualFold(e.Text, "locale")
}

// join knows its texts if they are given one by one, or as a list in place.
func (x *extractor) join(call *languages.Expr) *languages.Expr {
	if len(call.Items()) < 2 || call.Items()[0].Value.Kind != languages.Text {
		return nil
	}
	separator, parts := call.Items()[0].Value, call.Items()[1:]
	if len(parts) == 1 {
		list := parts[0].Value
		if list.Kind == languages.Text {
			return list
		}
		if list.Kind != languages.List {
			return nil // some Iterable
		}
		parts = list.Items()
		list.Kind = languages.Unknown
		list.SetItems(nil) // its texts are going to be one
	}
	joined := make([]*languages.Expr, 0, 2*len(parts))
	for i, p := range parts {
		if i > 0 {
			joined = append(joined, x.Leaf(languages.Text, separator.Text,
				int(separator.Range.Start), int(separator.Range.End)))
		}
		value := p.Value
		if p.Spread {
			value = x.Expr(languages.Unknown, int(p.Range.Start), int(p.Range.End))
		}
		joined = append(joined, x.asText(value))
	}
	return x.Concat(int(call.Range.Start), int(call.Range.End), joined...)
}

// sameValue is for methods whose result is their argument.
func (x *extractor) sameValue(call *languages.Expr, method string) *languages.Expr {
	items := call.Items()
	if len(items) == 0 {
		return nil
	}
	switch method {
	case "Objects.requireNonNull", "Preconditions.checkNotNull", "Optional.of", "Optional.ofNullable",
		"Integer.valueOf", "Long.valueOf", "Boolean.valueOf", "ByteBuffer.wrap":
		return items[0].Value
	case "Objects.toString", "Integer.toString", "Long.toString", "Boolean.toString":
		if v := only(items); v != nil {
			return x.asText(v)
		}
	case "Objects.requireNonNullElse":
		if len(items) == 2 {
			return x.List(languages.Choice, int(call.Range.Start), int(call.Range.End), items[0].Value, items[1].Value)
		}
	}
	return nil
}
