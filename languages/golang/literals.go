package golang

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/keyvet/keyvet/languages"
	ts "github.com/keyvet/keyvet/languages/internal/treesitter"
)

// text reads a string literal.
func (x *extractor) text(n ts.Node) *languages.Expr {
	raw := n.Bytes()
	if len(raw) >= 2 && raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0 {
		return x.b.Leaf(languages.Text, x.b.String(raw[1:len(raw)-1]), n.Start(), n.End())
	}
	return x.b.Leaf(languages.Text, decode(raw), n.Start(), n.End())
}

// number reads an integer or a rune. What has no decimal form is Unknown.
func (x *extractor) number(n ts.Node) *languages.Expr {
	raw := string(n.Bytes())
	if raw != "" && raw[0] == '\'' {
		if text := runeText(n.Bytes()); text != "" {
			r, _ := utf8.DecodeRuneInString(text)
			return x.b.Leaf(languages.Number, strconv.Itoa(int(r)), n.Start(), n.End())
		}
		return x.unknown(n)
	}
	if v, err := strconv.ParseInt(raw, 0, 64); err == nil {
		if len(raw) == 1 || raw[0] != '0' && !strings.Contains(raw, "_") {
			return x.leaf(languages.Number, n)
		}
		return x.b.Leaf(languages.Number, strconv.FormatInt(v, 10), n.Start(), n.End())
	}
	if v, ok := new(big.Int).SetString(raw, 0); ok && v.BitLen() <= 64 {
		return x.b.Leaf(languages.Number, v.String(), n.Start(), n.End())
	}
	return x.unknown(n)
}

func runeText(quoted []byte) string {
	if len(quoted) < 3 {
		return ""
	}
	return unescape(quoted[1 : len(quoted)-1])
}

// decode gives the content of a quoted string, raw or not. It takes what is
// there when the closing quote is not.
func decode(quoted []byte) string {
	if len(quoted) == 0 {
		return ""
	}
	quote := quoted[0]
	body := quoted[1:]
	if len(body) > 0 && body[len(body)-1] == quote {
		body = body[:len(body)-1]
	}
	if quote == '`' {
		return strings.ReplaceAll(string(body), "\r", "")
	}
	return unescape(body)
}

// simpleEscapes are the letters of escapes and what they stand for.
const simpleEscapes = "a\ab\bf\fn\nr\rt\tv\v\\\\''\"\""

func unescape(body []byte) string {
	if bytes.IndexByte(body, '\\') < 0 {
		return string(body)
	}
	out := make([]byte, 0, len(body))
	for i := 0; i < len(body); {
		if body[i] != '\\' || i+1 == len(body) {
			out = append(out, body[i])
			i++
			continue
		}
		c := body[i+1]
		i += 2
		digits, base := 0, 16
		switch {
		case c == 'x':
			digits = 2
		case c == 'u':
			digits = 4
		case c == 'U':
			digits = 8
		case c >= '0' && c <= '7':
			i--
			digits, base = 3, 8
		}
		if digits == 0 {
			out = append(out, simpleEscape(c))
			continue
		}
		digits = min(digits, len(body)-i)
		v, err := strconv.ParseUint(string(body[i:i+digits]), base, 32)
		switch {
		case err != nil:
			out = append(out, '\\')
			if base == 16 {
				out = append(out, c)
			}
			continue // the digits that are none come next
		case c == 'u' || c == 'U':
			out = utf8.AppendRune(out, rune(v))
		default:
			out = append(out, byte(v))
		}
		i += digits
	}
	return string(out)
}

func simpleEscape(c byte) byte {
	for i := 0; i < len(simpleEscapes); i += 2 {
		if simpleEscapes[i] == c {
			return simpleEscapes[i+1]
		}
	}
	return c
}

type shapeKind uint8

const (
	openShape   shapeKind = iota // a type declared elsewhere: a struct, most likely
	structShape                  // a struct
	listShape                    // a slice or an array
	mapShape
	chanShape
)

// A shape is what has to be known of a type to read a literal of it.
type shape struct {
	kind      shapeKind
	elem, key ts.Node  // types
	fields    []string // of an anonymous struct, in order
	bulk      bool     // numbers or bytes, of which there may be millions
}

// bulkTypes are element types whose values are of no interest.
var bulkTypes = map[string]bool{
	"byte": true, "uint8": true, "uint16": true, "uint32": true, "uint64": true,
	"rune": true, "float32": true, "float64": true,
}

// shapeOf looks through pointers and the types of this file.
func (x *extractor) shapeOf(t ts.Node) *shape {
	if !t.Valid() {
		return &shape{}
	}
	if s := x.shapes[t.Start()]; s != nil {
		return s
	}
	at, s := t.Start(), &shape{}
	for range 8 { // a type may be declared by itself, if only by mistake
		switch t.Kind() {
		case "pointer_type", "parenthesized_type":
			t = t.LastNamedChild()
			continue
		case "generic_type":
			t = t.Child("type")
			continue
		case "type_identifier":
			if w, ok := x.written[string(t.Bytes())]; ok && w != t {
				if w.Kind() == "struct_type" {
					s.kind = structShape // its fields are found by its name
					t = ts.Node{}
				} else {
					t = w
					continue
				}
			}
		}
		break
	}
	x.fill(s, t)
	x.shapes[at] = s
	return s
}

func (x *extractor) fill(s *shape, t ts.Node) {
	switch t.Kind() {
	case "slice_type", "array_type", "implicit_length_array_type":
		s.kind, s.elem = listShape, t.Child("element")
		s.bulk = bulkTypes[string(s.elem.Bytes())]
	case "map_type":
		s.kind, s.elem, s.key = mapShape, t.Child("value"), t.Child("key")
	case "channel_type":
		s.kind = chanShape
	case "struct_type":
		s.kind = structShape
		for _, f := range x.fields(t) {
			s.fields = append(s.fields, f.Name)
		}
	}
}

// literal reads a composite literal at n. Its type is no node where the literal
// around it says nothing about it.
func (x *extractor) literal(n, t, body ts.Node) *languages.Expr {
	s := x.shapeOf(t)
	e := x.b.Expr(languages.Record, n.Start(), n.End())
	e.Type = x.typeRef(t)
	if s.kind == listShape {
		e.Kind = languages.List
	} else {
		x.b.Record(x.fn, e)
	}
	if s.bulk {
		x.bulk(body)
		return e
	}
	if count := body.NamedChildCount(); count > 0 {
		e.Items = x.b.Items(count)
	}
	for c := range body.NamedChildren() {
		switch c.Kind() {
		case "keyed_element":
			e.Items = append(e.Items, x.keyed(c, s))
		default:
			item := languages.Item{Value: x.element(c, s.elem), Range: rangeOf(c)}
			if i := len(e.Items); i < len(s.fields) {
				item.Name = s.fields[i]
			}
			e.Items = append(e.Items, item)
		}
	}
	return e
}

// bulk reads a table of numbers only for the calls in it.
func (x *extractor) bulk(body ts.Node) {
	for c := range body.NamedChildren() {
		for v := range c.NamedChildren() {
			x.node(v)
		}
	}
}

// element reads a value; one without a type of its own is of type t.
func (x *extractor) element(n, t ts.Node) *languages.Expr {
	if n.Kind() == "literal_element" {
		n = n.NamedChild(0)
	}
	if n.Kind() != "literal_value" {
		return x.expr(n)
	}
	if !x.deeper() {
		return x.unknown(n)
	}
	defer func() { x.depth-- }()
	return x.literal(n, t, n)
}

// keyed reads "key: value". A bare name is a field, but in a map an expression;
// in a list the key is a position, and left out.
func (x *extractor) keyed(n ts.Node, s *shape) languages.Item {
	key, value := n.NamedChild(0), n.LastNamedChild()
	item := languages.Item{Range: rangeOf(n)}
	name := key.NamedChild(0)
	switch {
	case name.Kind() == "identifier" && (s.kind == openShape || s.kind == structShape):
		item.Name = x.b.String(name.Bytes())
	case s.kind == listShape:
		x.node(name)
	default:
		k := x.element(key, s.key)
		if k.Kind == languages.Text && k.Text != "" {
			item.Name = k.Text
			k.Kind, k.Text = languages.Unknown, "" // it is no text of its own any more
		} else {
			item.Key = k
		}
	}
	item.Value = x.element(value, s.elem)
	return item
}
