package java

import (
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// ofCollection is the collection itself for methods that only give it another
// type.
func ofCollection(call *languages.Expr, name string) *languages.Expr {
	object := call.Base.Base
	switch name {
	case "toArray":
		return object
	case "stream", "toList", "collect", "parallelStream":
		if object.Kind == languages.List {
			return object
		}
	}
	return nil
}

func (x *extractor) ofList(call *languages.Expr, method string) *languages.Expr {
	items := call.Items()
	switch method {
	case "Arrays.asList", "Arrays.stream", "Stream.of", "Lists.newArrayList", "Sets.newHashSet":
		if v := only(items); v != nil && x.isList(v) {
			if v.Kind == languages.List {
				return v
			}
			return x.listOf(call, spread(items))
		}
		if method == "Arrays.stream" {
			return nil
		}
		return x.listOf(call, items)
	case "List.of", "Set.of", "ImmutableList.of", "ImmutableSet.of", "EnumSet.of",
		"Collections.singletonList", "Collections.singleton",
		"Collections.emptyList", "Collections.emptySet":
		return x.listOf(call, items)
	case "Collections.singletonMap":
		return x.recordOf(call, pairs(items))
	case "Collections.emptyMap":
		return x.recordOf(call, nil)
	case "List.copyOf", "Set.copyOf", "ImmutableList.copyOf", "ImmutableSet.copyOf", "EnumSet.copyOf",
		"Collections.unmodifiableList", "Collections.unmodifiableSet", "Collections.unmodifiableMap",
		"Collections.unmodifiableCollection", "Collections.synchronizedList", "Collections.synchronizedMap":
		return only(items)
	}
	return nil
}

// isList tells an array that is handed to a variadic parameter as a whole. It
// knows the lists in place, and the variables of this function and of those
// around it.
func (x *extractor) isList(e *languages.Expr) bool {
	switch e.Kind {
	case languages.List:
		return true
	case languages.Name:
		return x.shape(e.Text) == listShape
	}
	return false
}

// ofEntries reads the entry(k, v) calls of Map.ofEntries.
func (x *extractor) ofEntries(call *languages.Expr) *languages.Expr {
	entries := make([]languages.Item, 0, len(call.Items()))
	for _, item := range call.Items() {
		if e := item.Value; e.Kind == languages.Call && e.Base.Text == "entry" && len(e.Items()) == 2 {
			entries = append(entries, entry(e.Items()[0].Value, e.Items()[1].Value))
		}
	}
	return x.recordOf(call, entries)
}

// created is the value of a New call: itself, but for texts and collections.
func (x *extractor) created(call *languages.Expr) *languages.Expr {
	class, items := call.Base.Text, call.Items()
	switch {
	case class == "String" && len(items) > 0:
		return x.asText(items[0].Value)
	case class == "StringBuilder" || class == "StringBuffer":
		text := x.Expr(languages.Concat, int(call.Range.Start), int(call.Range.End))
		if len(items) == 1 && items[0].Value.Kind != languages.Number { // that is a capacity
			text.SetItems(append(text.Items(), items[0]))
		}
		return text
	case call.Type().Name == "[]" && isCollection(class):
		list := x.listOf(call, x.collected(call, items))
		list.SetTyping(call.Typing())
		return list
	case call.Type().Name == "map" && isCollection(class):
		record := x.recordOf(call, x.collected(call, items))
		record.SetTyping(call.Typing())
		return record
	}
	return call
}

func isCollection(class string) bool {
	return strings.HasSuffix(class, "List") || strings.HasSuffix(class, "Set") ||
		strings.HasSuffix(class, "Map") || strings.HasSuffix(class, "Deque") || class == "Vector"
}

// collected is what a new collection starts with: a copy of another one, or
// what the initializer of new ArrayList<>() {{ add("x"); }} adds.
func (x *extractor) collected(call *languages.Expr, from []languages.Item) []languages.Item {
	var items []languages.Item
	if len(from) == 1 {
		switch v := from[0].Value; v.Kind {
		case languages.Number, languages.Lambda: // a capacity, an order
		case languages.List, languages.Record:
			items = append(items, v.Items()...)
		default:
			items = spread(from)
			if call.Type().Name == "map" {
				items[0].Name = "**"
			}
		}
	}
	if call.Declared < 0 {
		return items
	}
	for _, m := range x.File.Types[call.Declared].Methods {
		if x.File.Functions[m].Name != "<init>" {
			continue
		}
		for _, c := range x.File.Functions[m].Calls {
			switch {
			case c.Base.Kind != languages.Name:
			case c.Base.Text == "add" && len(c.Items()) == 1:
				items = append(items, c.Items()[0])
			case c.Base.Text == "put" && len(c.Items()) == 2:
				items = append(items, pairs(c.Items())...)
			}
		}
	}
	return items
}
