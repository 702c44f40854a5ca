package python

import (
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// textCall is a call of a member of a literal whose result is known, at least
// in part.
func (x *extractor) textCall(n node, name string, function, args node) *languages.Expr {
	object := x.expr(function.Child("object"))
	if object.Kind == languages.Text && !args.HasError() {
		switch name {
		case "encode", "decode":
			for c := range args.NamedChildren() {
				x.visit(c)
			}
			return object
		case "format":
			f := formatter{x: x, literal: object, args: x.arguments(args)}
			return x.b.Concat(n.Start(), n.End(), f.braces()...)
		case "join":
			if list := positional(args, 1, 1); list != nil {
				switch list[0].Kind() {
				case "list", "tuple":
					values := x.expr(list[0])
					if e := x.join(n, object, values); e != nil {
						return e
					}
					return x.unknown(n) // its arguments are read already
				}
			}
		case "split":
			if e := x.split(n, object, args); e != nil {
				return e
			}
		}
	}
	attribute := function.Child("attribute")
	return x.plainCall(n, x.b.Member(object, name, attribute.Start(), attribute.End()))
}

// join is separator.join([a, b]), nil if that gets too long.
func (x *extractor) join(n node, separator, list *languages.Expr) *languages.Expr {
	if len(separator.Text)*len(list.Items()) > maxCopied {
		return nil
	}
	var parts []*languages.Expr
	for i, item := range list.Items() {
		if i > 0 {
			parts = append(parts, x.copyText(separator))
		}
		if item.Spread {
			parts = append(parts, x.unknownAt(item.Range))
		} else {
			parts = append(parts, item.Value)
		}
	}
	return x.b.Concat(n.Start(), n.End(), parts...)
}

// split is "a b".split() and "a,b".split(","), whose parts all stand at the
// place of the whole.
func (x *extractor) split(n node, object *languages.Expr, args node) *languages.Expr {
	list := positional(args, 1, 1)
	var parts []string
	switch {
	case args.NamedChildCount() == 0:
		parts = strings.Fields(object.Text)
	case list != nil && isLiteral(list[0]):
		separator := x.expr(list[0]).Text
		if separator == "" {
			return nil
		}
		parts = strings.Split(object.Text, separator)
	default:
		return nil
	}
	e := x.b.Expr(languages.List, n.Start(), n.End())
	e.SetItems(x.b.Items(len(parts)))
	for _, p := range parts {
		text := x.b.Leaf(languages.Text, p, int(object.Range.Start), int(object.Range.End))
		e.SetItems(append(e.Items(), languages.Item{Value: text, Range: object.Range}))
	}
	return e
}

// copyText copies a text for a second use. A Concat is not worth it.
func (x *extractor) copyText(e *languages.Expr) *languages.Expr {
	if e.Kind != languages.Text {
		return x.unknownAt(e.Range)
	}
	return x.b.Leaf(languages.Text, e.Text, int(e.Range.Start), int(e.Range.End))
}

// percent is "a %s" % b.
func (x *extractor) percent(n node, literal *languages.Expr) *languages.Expr {
	right := n.Child("right")
	for right.Kind() == "parenthesized_expression" && right.NamedChildCount() == 1 {
		right = right.NamedChild(0)
	}
	f := formatter{x: x, literal: literal}
	value := x.expr(right)
	switch {
	case right.Kind() == "tuple":
		f.args = value.Items()
	case value.Kind == languages.Record && strings.Contains(literal.Text, "%("):
		for _, item := range value.Items() {
			if item.Name == "" || item.Spread {
				continue
			}
			v := item.Value
			if v.Kind == languages.Text || v.Kind == languages.Concat {
				v = x.copyText(v) // the record keeps its own
			}
			f.args = append(f.args, languages.Item{Name: item.Name, Value: v, Range: item.Range})
		}
	case value.Kind == languages.Name && strings.Count(literal.Text, "%") > 1:
		// most likely a tuple, so its parts are not known
	default:
		f.args = []languages.Item{{Value: value, Range: value.Range}}
	}
	return x.b.Concat(n.Start(), n.End(), f.percent()...)
}

// maxCopied bounds how much longer than the source a text can get: formats in
// formats, each using its argument twice, grow exponentially.
const maxCopied = 64 << 10

// A formatter puts arguments into the holes of a format.
type formatter struct {
	x       *extractor
	literal *languages.Expr
	args    []languages.Item
	next    int // number of the next positional argument
	used    map[*languages.Expr]bool
	copied  int // bytes of texts that are used again
	parts   []*languages.Expr
	text    strings.Builder
}

// flush ends a stretch of plain text.
func (f *formatter) flush() {
	if f.text.Len() > 0 {
		at := f.literal.Range
		f.parts = append(f.parts, f.x.b.Leaf(languages.Text, f.text.String(), int(at.Start), int(at.End)))
		f.text.Reset()
	}
}

// put adds a hole: the argument of that name or number, if it is shown as it is.
func (f *formatter) put(name string, plain bool) {
	f.flush()
	value := f.argument(name)
	if value == nil || !plain {
		f.parts = append(f.parts, f.x.unknownAt(f.literal.Range))
		return
	}
	switch {
	case value.Kind == languages.Number:
		value = f.x.shown(value)
	case value.Kind == languages.Text && f.used[value] && f.copied+len(value.Text) <= maxCopied:
		f.copied += len(value.Text)
		value = f.x.copyText(value) // joining changes texts
	case f.used[value]:
		value = f.x.unknownAt(value.Range)
	case value.Kind == languages.Text, value.Kind == languages.Concat:
		if f.used == nil {
			f.used = make(map[*languages.Expr]bool)
		}
		f.used[value] = true
	}
	f.parts = append(f.parts, value)
}

func (f *formatter) argument(name string) *languages.Expr {
	number := f.next
	if name == "" {
		f.next++
	} else if i, err := strconv.Atoi(name); err == nil {
		number = i
	} else {
		for _, a := range f.args {
			if a.Name == name && !a.Spread {
				return a.Value
			}
		}
		return nil
	}
	if number < 0 || number >= len(f.args) || f.args[number].Name != "" || anySpread(f.args[:number+1]) {
		return nil
	}
	return f.args[number].Value
}

// braces reads a format of str.format: {}, {0}, {name}, {0.a:>5}, {{.
func (f *formatter) braces() []*languages.Expr {
	s := f.literal.Text
	for i := 0; i < len(s); i++ {
		if s[i] != '{' && s[i] != '}' {
			f.text.WriteByte(s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == s[i] {
			f.text.WriteByte(s[i])
			i++
			continue
		}
		end := closing(s, i)
		if s[i] == '}' || end < 0 { // no format after all
			f.text.WriteByte(s[i])
			continue
		}
		name, spec := s[i+1:end], ""
		if cut := strings.IndexAny(name, ":!"); cut >= 0 {
			name, spec = name[:cut], name[cut:]
		}
		if cut := strings.IndexAny(name, ".["); cut >= 0 {
			name, spec = name[:cut], name[cut:]
		}
		f.put(name, spec == "" || spec == ":" || spec == "!s" || spec == ":s")
		i = end
	}
	f.flush()
	return f.parts
}

// closing finds the brace that closes the one at s[open], or -1. Formats nest
// no deeper than two, and a field is short.
func closing(s string, open int) int {
	depth := 0
	for i := open; i < len(s) && i < open+maxField; i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			depth--
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}

const maxField = 200

// percent reads a format of the % operator: %s, %(name)s, %5.2f, %%.
func (f *formatter) percent() []*languages.Expr {
	s := f.literal.Text
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+1 == len(s) {
			f.text.WriteByte(s[i])
			continue
		}
		i++
		if s[i] == '%' {
			f.text.WriteByte('%')
			continue
		}
		name := ""
		if s[i] == '(' {
			end := strings.IndexByte(s[i:min(len(s), i+maxField)], ')')
			if end < 0 {
				f.text.WriteString("%(")
				continue
			}
			name = s[i+1 : i+end]
			i += end + 1
		}
		from := i
		for i < len(s) && strings.IndexByte("#0- +*.123456789hlL", s[i]) >= 0 {
			i++
		}
		verb := byte(0)
		if i < len(s) {
			verb = s[i]
		}
		f.put(name, from == i && (verb == 's' || verb == 'd' || verb == 'i' || verb == 'b' || verb == 'u'))
	}
	f.flush()
	return f.parts
}
