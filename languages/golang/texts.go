package golang

import (
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// textFunctions are the functions of the standard library, by package, that are
// worked out where their arguments are known. It never changes.
var textFunctions = map[string][]string{
	"fmt":     {"Sprintf", "Sprint", "Sprintln"},
	"strings": {"Join", "ToUpper", "ToLower", "TrimSpace"},
	"cmp":     {"Or"},
}

// callText is what a call of a text function gives, or nil if it is none or its
// arguments are not known well enough.
func (x *extractor) callText(call *languages.Expr) *languages.Expr {
	f := call.Base
	if f.Kind != languages.Member || f.Base.Kind != languages.Name ||
		len(call.Items()) == 0 || !x.known[f.Base.Text+"."+f.Text] || x.isVariable(f.Base.Text) {
		return nil
	}
	first := call.Items()[0].Value
	switch f.Text {
	case "Sprintf":
		return x.sprintf(call, first)
	case "Sprint", "Sprintln":
		return x.sprint(call, f.Text == "Sprintln")
	case "Join":
		return x.join(call, first)
	case "Or":
		e := x.b.Expr(languages.Choice, int(call.Range.Start), int(call.Range.End))
		e.SetItems(call.Items())
		return e
	}
	if first.Kind != languages.Text {
		return nil
	}
	switch f.Text {
	case "ToUpper":
		first.Text = strings.ToUpper(first.Text)
	case "ToLower":
		first.Text = strings.ToLower(first.Text)
	case "TrimSpace":
		first.Text = strings.TrimSpace(first.Text)
	}
	return first
}

// sprintf puts the arguments into a known format. Verbs that change the look of
// a text leave a hole.
func (x *extractor) sprintf(call, format *languages.Expr) *languages.Expr {
	if format.Kind != languages.Text {
		return nil
	}
	var parts []*languages.Expr
	start, end := span(format)
	piece := func(text string) { parts = append(parts, x.b.Leaf(languages.Text, text, start, end)) }
	args, next := call.Items()[1:], 0
	rest := format.Text
	for {
		before, after, found := strings.Cut(rest, "%")
		piece(before)
		if !found {
			break
		}
		v := readVerb(after, next)
		rest, next = after[v.size:], v.next
		if v.letter == '%' {
			piece("%")
			continue
		}
		value := x.b.Expr(languages.Unknown, start, end)
		if v.arg < len(args) && !hasSpread(args[:v.arg+1]) {
			value = x.verbValue(v, args[v.arg].Value, value)
		}
		if v.letter == 'q' && v.plain {
			piece(`"`)
			parts = append(parts, value)
			piece(`"`)
			continue
		}
		parts = append(parts, value)
	}
	format.Kind, format.Text = languages.Unknown, "" // its pieces stand for it
	return x.b.Concat(int(call.Range.Start), int(call.Range.End), parts...)
}

// verbValue is what the verb makes of arg: hole, if that is not arg itself.
func (x *extractor) verbValue(v verb, arg, hole *languages.Expr) *languages.Expr {
	switch {
	case !v.plain || !strings.ContainsRune("svdq", v.letter):
		return hole
	case arg.Kind == languages.Number:
		return x.asText(arg)
	case v.letter == 'd' && arg.Kind == languages.Text:
		return hole // bytes as numbers
	}
	return arg
}

func (x *extractor) asText(number *languages.Expr) *languages.Expr {
	start, end := span(number)
	return x.b.Leaf(languages.Text, number.Text, start, end)
}

func hasSpread(items []languages.Item) bool {
	for _, item := range items {
		if item.Spread {
			return true
		}
	}
	return false
}

// A verb is one "%..." of a format.
type verb struct {
	letter rune
	arg    int  // index of the argument that it takes
	next   int  // index of the one after
	plain  bool // neither flags, width nor precision
	size   int  // in bytes, without "%"
}

// readVerb reads what follows a "%" when argument next is due.
func readVerb(s string, next int) verb {
	v := verb{plain: true, next: next}
	i := 0
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c == '*':
			v.next++
			v.plain = false
		case strings.IndexByte("+-# 0123456789.", c) >= 0:
			v.plain = false
		case c == '[':
			closing := strings.IndexByte(s[i:], ']')
			n, err := strconv.Atoi(s[i+1 : i+max(closing, 1)])
			if err != nil || n < 1 {
				v.size = i + 1
				v.letter, v.plain = '!', false
				v.arg = v.next
				return v
			}
			v.next = n - 1
			i += closing
		default:
			for _, v.letter = range s[i:] { // the first rune
				break
			}
			v.size = i + len(string(v.letter))
			if v.letter == '\uFFFD' { // maybe a lone bad byte
				v.size = i + 1
			}
			v.arg = v.next
			if v.letter != '%' {
				v.next++
			}
			return v
		}
	}
	v.size, v.arg, v.letter, v.plain = len(s), v.next, '!', false
	return v
}

// sprint joins its arguments. The blanks that Sprint puts between two arguments
// that are no texts are left out: what is no text is a hole anyway.
func (x *extractor) sprint(call *languages.Expr, lines bool) *languages.Expr {
	if hasSpread(call.Items()) {
		return nil
	}
	var parts []*languages.Expr
	for i, item := range call.Items() {
		value := item.Value
		start, end := span(value)
		if lines && i > 0 {
			parts = append(parts, x.b.Leaf(languages.Text, " ", start, start))
		}
		if value.Kind == languages.Number {
			value = x.asText(value)
		}
		parts = append(parts, value)
		if lines && i == len(call.Items())-1 {
			parts = append(parts, x.b.Leaf(languages.Text, "\n", end, end))
		}
	}
	return x.b.Concat(int(call.Range.Start), int(call.Range.End), parts...)
}

// join is strings.Join of a list that is written out.
func (x *extractor) join(call, list *languages.Expr) *languages.Expr {
	if len(call.Items()) != 2 || list.Kind != languages.List || len(list.Items()) == 0 || hasSpread(list.Items()) {
		return nil
	}
	separator := call.Items()[1].Value
	if separator.Kind != languages.Text {
		return nil
	}
	var parts []*languages.Expr
	for i, item := range list.Items() {
		if i > 0 {
			at := int(item.Value.Range.Start)
			parts = append(parts, x.b.Leaf(languages.Text, separator.Text, at, at))
		}
		parts = append(parts, item.Value)
	}
	return x.b.Concat(int(call.Range.Start), int(call.Range.End), parts...)
}
