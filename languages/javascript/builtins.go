package javascript

import (
	"slices"
	"strings"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

// known returns what a call of something built in stands for, or the call.
func (x *extractor) known(n treesitter.Node, call *languages.Expr) *languages.Expr {
	base := call.Base
	switch base.Kind {
	case languages.Name:
		switch {
		case base.Text == "String" && plain(call.Items(), 1):
			return call.Items()[0].Value
		case x.formats[base.Text]:
			return x.formatted(n, call)
		}
		x.exportCall(call)
		return x.helper(call)
	case languages.Member:
		if base.Base.Kind == languages.Name {
			if v := x.knownStatic(n, call); v != nil {
				return v
			}
		}
		return x.knownMember(n, call)
	}
	return call
}

// plain reports whether there are at least n arguments, and the first no spread.
func plain(items []languages.Item, n int) bool {
	return len(items) >= n && (n == 0 || !items[0].Spread)
}

// knownStatic reads calls of members of built-in objects, nil for all others.
func (x *extractor) knownStatic(n treesitter.Node, call *languages.Expr) *languages.Expr {
	object, member := call.Base.Base.Text, call.Base.Text
	switch object + "." + member {
	case "Buffer.from", "Object.freeze", "Object.seal", "Object.preventExtensions",
		"Promise.resolve":
		if plain(call.Items(), 1) {
			return call.Items()[0].Value
		}
	case "Array.from":
		switch {
		case plain(call.Items(), 1) && len(call.Items()) == 1:
			return call.Items()[0].Value
		case plain(call.Items(), 2):
			return x.mapped(n, call, 1)
		}
	case "Array.of":
		e := x.expr(languages.List, n)
		e.SetItems(call.Items())
		return e
	case "Object.fromEntries":
		if plain(call.Items(), 1) {
			return x.entries(n, call)
		}
	case "Object.assign":
		x.exportCall(call)
		return x.merged(n, call)
	case "Promise.all": // awaiting a list is awaiting its elements
		if plain(call.Items(), 1) {
			return call.Items()[0].Value
		}
	case "Object.defineProperty":
		x.exportCall(call)
	case "util.format":
		return x.formatted(n, call)
	}
	if object == "tslib" || object == "tslib_1" {
		x.exportCall(call)
		return x.helper(call)
	}
	return nil
}

// helper reads the helper functions that compilers leave in their output:
// around a module that is required, and around what was an async function.
func (x *extractor) helper(call *languages.Expr) *languages.Expr {
	switch call.Base.Text {
	case "__importDefault", "__importStar", "_interopRequireDefault", "_interopRequireWildcard",
		"__toESM", "_interop_require_default", "_interop_require_wildcard":
		if plain(call.Items(), 1) {
			return call.Items()[0].Value
		}
	case "__awaiter":
		if len(call.Items()) == 4 && call.Items()[3].Value.Kind == languages.Lambda {
			return x.got(call.Items()[3].Value)
		}
	}
	return call
}

// merged is the object that Object.assign makes. One that is changed in place
// stays what it is.
func (x *extractor) merged(n treesitter.Node, call *languages.Expr) *languages.Expr {
	if !plain(call.Items(), 2) || call.Items()[0].Value.Kind != languages.Record {
		return nil
	}
	e := x.expr(languages.Record, n)
	e.SetItems(x.b.Items(len(call.Items())))
	for _, item := range call.Items() {
		if !item.Spread {
			item.Name, item.Spread = "**", true
			e.SetItems(append(e.Items(), item))
		}
	}
	return e
}

// knownMember reads calls of the members of lists and texts.
func (x *extractor) knownMember(n treesitter.Node, call *languages.Expr) *languages.Expr {
	base := call.Base.Base
	switch call.Base.Text {
	case "push", "unshift":
		x.push(base, call.Items())
	case "shift":
		if len(call.Items()) == 0 && base.Kind == languages.Name {
			return x.first(n, base)
		}
	case "map", "flatMap":
		return x.mapped(n, call, 0)
	case "join":
		if base.Kind == languages.List && len(call.Items()) <= 1 {
			return x.join(n, call)
		}
	case "concat":
		switch base.Kind {
		case languages.Text, languages.Concat:
			return x.appendTexts(n, call)
		case languages.List:
			return x.appendLists(n, call)
		}
	case "format":
		if base.Kind == languages.Module && isUtil(base.Text) {
			return x.formatted(n, call)
		}
	case "apply", "call":
		x.direct(call)
	}
	return call
}

// direct makes client.send.apply(client, list) and client.send.call(client, a) what they
// mean: client.send(...list) and client.send(a). A member that is called "call" itself is
// not passed what it belongs to.
func (x *extractor) direct(call *languages.Expr) {
	function, items := call.Base.Base, call.Items()
	if !plain(items, 1) || !isReceiver(items[0].Value, function) {
		return
	}
	rest := items[1:]
	if call.Base.Text == "apply" {
		if len(rest) != 1 || rest[0].Spread {
			return
		}
		rest[0].Spread = true
	}
	x.setBase(call, function)
	call.SetItems(rest)
}

// isReceiver tells whether an argument is what a function, if it is a member, belongs to,
// or the object that the code itself is in, or nothing.
func isReceiver(x, function *languages.Expr) bool {
	return x.Kind == languages.None || isNamed(x, "this") || function.Kind == languages.Member && sameChain(x, function.Base)
}

// sameChain tells whether two expressions are the same name, or member of one.
func sameChain(a, b *languages.Expr) bool {
	for a.Kind == languages.Member && b.Kind == languages.Member && a.Text == b.Text {
		a, b = a.Base, b.Base
	}
	return a.Kind == languages.Name && b.Kind == languages.Name && a.Text == b.Text
}

// first is the element that list.shift() gives: the first, where it is called once.
func (x *extractor) first(n treesitter.Node, list *languages.Expr) *languages.Expr {
	e := x.expr(languages.Index, n)
	e.Base = list
	zero := x.b.Leaf(languages.Number, "0", n.Start(), n.End())
	e.SetItems(append(x.b.Items(1), languages.Item{Value: zero, Range: zero.Range}))
	return e
}

// mapped is the list that a call like list.map(x => [a, x]) gives, of what the function
// literal gives for one element, if that is a list; else the call itself. What flatMap's
// gives is a list of elements.
func (x *extractor) mapped(n treesitter.Node, call *languages.Expr, position int) *languages.Expr {
	if !plain(call.Items(), position+1) || call.Items()[position].Value.Kind != languages.Lambda {
		return call
	}
	function := call.Items()[position]
	returns := x.b.File.Functions[function.Value.Declared].Returns
	if !slices.ContainsFunc(returns, func(r *languages.Expr) bool { return r.Kind == languages.List }) {
		return call
	}
	e := x.expr(languages.List, n)
	e.SetItems(append(x.b.Items(1), languages.Item{
		Value: x.got(function.Value), Spread: call.Base.Text == "flatMap", Range: function.Range,
	}))
	return e
}

// push adds the arguments to a list that has a name.
func (x *extractor) push(list *languages.Expr, items []languages.Item) {
	switch list.Kind {
	case languages.Name, languages.Member, languages.Index:
	default:
		return
	}
	for _, item := range items {
		v := x.b.Appended(item.Value)
		if item.Spread {
			v = x.b.Expr(languages.List, int(item.Range.Start), int(item.Range.End))
			v.SetItems(append(x.b.Items(1), item))
		}
		x.bind(list, v, languages.TypeRef{}, appended)
	}
}

// join reads [a, b].join(s).
func (x *extractor) join(n treesitter.Node, call *languages.Expr) *languages.Expr {
	list := call.Base.Base
	separator := &languages.Expr{Kind: languages.Text, Text: ",", Declared: -1}
	if len(call.Items()) == 1 {
		separator = call.Items()[0].Value
	}
	parts := make([]*languages.Expr, 0, 2*len(list.Items()))
	for i, item := range list.Items() {
		if i > 0 && (separator.Kind != languages.Text || separator.Text != "") {
			parts = append(parts, x.between(separator, item.Range))
		}
		v := item.Value
		if item.Spread {
			v = x.b.Expr(languages.Unknown, int(item.Range.Start), int(item.Range.End))
		}
		parts = append(parts, v)
	}
	return x.replaced(n, call, parts)
}

// between is the separator in front of an element. Joining changes texts, so
// that each place needs its own.
func (x *extractor) between(separator *languages.Expr, at languages.Range) *languages.Expr {
	if separator.Kind != languages.Text {
		return separator
	}
	return x.b.Leaf(languages.Text, separator.Text, int(at.Start), int(at.Start))
}

// replaced joins the parts of a text that a call makes. They are no longer what
// they were in the call, which therefore shows the result in their place.
func (x *extractor) replaced(n treesitter.Node, call *languages.Expr, parts []*languages.Expr) *languages.Expr {
	e := x.concat(n, parts...)
	if e.Kind == languages.Text || e.Kind == languages.Concat {
		e.Range, e.At = call.Range, call.Range
	}
	base := *call.Base
	if base.Kind == languages.Member {
		base.Base = e
	}
	call.Base = &base
	call.SetItems(nil)
	return e
}

// appendTexts reads "a".concat(b, c).
func (x *extractor) appendTexts(n treesitter.Node, call *languages.Expr) *languages.Expr {
	parts := []*languages.Expr{call.Base.Base}
	for _, item := range call.Items() {
		v := item.Value
		if item.Spread {
			v = x.b.Expr(languages.Unknown, int(item.Range.Start), int(item.Range.End))
		}
		parts = append(parts, v)
	}
	return x.replaced(n, call, parts)
}

// appendLists reads ["a"].concat(b, c), where b may be a list or an element.
func (x *extractor) appendLists(n treesitter.Node, call *languages.Expr) *languages.Expr {
	list := call.Base.Base
	e := x.expr(languages.List, n)
	e.SetItems(append(x.b.Items(len(list.Items())+len(call.Items())), list.Items()...))
	for _, item := range call.Items() {
		switch item.Value.Kind {
		case languages.Text, languages.Concat, languages.Number, languages.Bool, languages.Record:
		default:
			item.Spread = true
		}
		e.SetItems(append(e.Items(), item))
	}
	return e
}

func isUtil(module string) bool { return module == "util" || module == "node:util" }

// formatter reports whether a value is util.format itself.
func formatter(v *languages.Expr) bool {
	return v != nil && v.Kind == languages.Member && v.Text == "format" &&
		(v.Base.Kind == languages.Module && isUtil(v.Base.Text) || isNamed(v.Base, "util"))
}

// format notes a name of util.format.
func (x *extractor) format(name string) {
	if x.formats == nil {
		x.formats = make(map[string]bool)
	}
	x.formats[name] = true
}

// formatted reads util.format("%s", x). What is left over is appended.
func (x *extractor) formatted(n treesitter.Node, call *languages.Expr) *languages.Expr {
	if !plain(call.Items(), 1) || call.Items()[0].Value.Kind != languages.Text {
		return call
	}
	format, rest := call.Items()[0].Value, call.Items()[1:]
	text := format.Text
	format.Kind = languages.Unknown // its text lives on in the parts
	at := format.Range
	var parts []*languages.Expr
	literal := func(s string) {
		if s != "" {
			parts = append(parts, x.b.Leaf(languages.Text, s, int(at.Start), int(at.End)))
		}
	}
	for {
		i := strings.IndexByte(text, '%')
		if i < 0 || i+1 == len(text) {
			break
		}
		literal(text[:i])
		switch verb := text[i+1]; {
		case verb == '%':
			literal("%")
		case strings.IndexByte("sdifjoOc", verb) >= 0 && len(rest) > 0:
			parts = append(parts, rest[0].Value)
			rest = rest[1:]
		default:
			literal(text[i : i+2])
		}
		text = text[i+2:]
	}
	literal(text)
	for _, item := range rest {
		literal(" ")
		parts = append(parts, item.Value)
	}
	return x.replaced(n, call, parts)
}
