package golang

import (
	"go/ast"
	"go/token"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/keyvet/keyvet/languages"
)

// basicLiteral reads a literal of the language itself.
func (x *extractor) basicLiteral(n *ast.BasicLit) *languages.Expr {
	start, end := x.span(n)
	switch n.Kind {
	case token.STRING:
		return x.b.Leaf(languages.Text, x.b.Keep(decode(n.Value)), start, end)
	case token.INT:
		if text := decimal(n.Value); text != "" {
			return x.b.Leaf(languages.Number, x.b.Keep(text), start, end)
		}
	case token.CHAR:
		if text := runeText(n.Value); text != "" {
			r, _ := utf8.DecodeRuneInString(text)
			return x.b.Leaf(languages.Number, strconv.Itoa(int(r)), start, end)
		}
	}
	return x.b.Expr(languages.Unknown, start, end)
}

// decimal is an integer in decimal form, or "" for one that is too large.
func decimal(raw string) string {
	if len(raw) == 1 || raw[0] != '0' && len(raw) < 19 && !strings.Contains(raw, "_") {
		return raw
	}
	if v, ok := new(big.Int).SetString(raw, 0); ok && v.BitLen() <= 64 {
		return v.String()
	}
	return ""
}

func runeText(quoted string) string {
	if len(quoted) < 3 {
		return ""
	}
	return unescape(quoted[1 : len(quoted)-1])
}

// decode gives the content of a quoted string, raw or not. It takes what is
// there when the closing quote is not.
func decode(quoted string) string {
	if len(quoted) == 0 {
		return ""
	}
	quote := quoted[0]
	body := quoted[1:]
	if len(body) > 0 && body[len(body)-1] == quote {
		body = body[:len(body)-1]
	}
	if quote == '`' {
		return strings.ReplaceAll(body, "\r", "")
	}
	return unescape(body)
}

// simpleEscapes are the letters of escapes and what they stand for.
const simpleEscapes = "a\ab\bf\fn\nr\rt\tv\v\\\\''\"\""

func unescape(body string) string {
	if strings.IndexByte(body, '\\') < 0 {
		return body
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
		v, err := strconv.ParseUint(body[i:i+digits], base, 32)
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
	elem, key ast.Expr // types
	fields    []string // of an anonymous struct, in order
	bulk      bool     // numbers or bytes, of which there may be millions
}

// bulkTypes are element types whose values are of no interest.
var bulkTypes = map[string]bool{
	"byte": true, "uint8": true, "uint16": true, "uint32": true, "uint64": true,
	"rune": true, "float32": true, "float64": true,
}

// shapeOf looks through pointers and the types of this file.
func (x *extractor) shapeOf(t ast.Expr) *shape {
	if t == nil {
		return &shape{}
	}
	if s := x.shapes[t]; s != nil {
		return s
	}
	s := &shape{}
	x.shapes[t] = s
	for range 8 { // a type may be declared by itself, if only by mistake
		switch u := t.(type) {
		case *ast.StarExpr:
			t = u.X
			continue
		case *ast.ParenExpr:
			t = u.X
			continue
		case *ast.IndexExpr:
			t = u.X
			continue
		case *ast.IndexListExpr:
			t = u.X
			continue
		case *ast.Ident:
			if w, ok := x.written[u.Name]; ok && w != t {
				if _, isStruct := w.(*ast.StructType); isStruct {
					s.kind = structShape // its fields are found by its name
					return s
				}
				t = w
				continue
			}
		}
		break
	}
	x.fill(s, t)
	return s
}

func (x *extractor) fill(s *shape, t ast.Expr) {
	switch t := t.(type) {
	case *ast.ArrayType:
		s.kind, s.elem = listShape, t.Elt
		name, ok := t.Elt.(*ast.Ident)
		s.bulk = ok && bulkTypes[name.Name]
	case *ast.MapType:
		s.kind, s.elem, s.key = mapShape, t.Value, t.Key
	case *ast.ChanType:
		s.kind = chanShape
	case *ast.StructType:
		s.kind = structShape
		for _, f := range x.fields(t) {
			s.fields = append(s.fields, f.Name)
		}
	}
}

// literal reads a composite literal of type t, which is nil where the literal
// around it says nothing about it.
func (x *extractor) literal(n *ast.CompositeLit, t ast.Expr) *languages.Expr {
	s := x.shapeOf(t)
	start, end := x.span(n)
	e := x.b.Expr(languages.Record, start, end)
	e.SetType(x.typeRef(t))
	if s.kind == listShape {
		e.Kind = languages.List
	} else {
		x.b.Record(x.fn, e)
		e.SetStatic(x.checked.literal(n))
	}
	if s.bulk {
		x.bulk(n)
		return e
	}
	e.SetItems(x.b.Items(len(n.Elts)))
	for i, element := range n.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			e.SetItems(append(e.Items(), x.keyed(pair, s)))
			continue
		}
		item := languages.Item{Value: x.elementOf(element, s.elem), Range: x.rangeOf(element)}
		if i < len(s.fields) {
			item.Name = s.fields[i]
		}
		e.SetItems(append(e.Items(), item))
	}
	return e
}

// bulk reads a table of numbers only for the calls in it.
func (x *extractor) bulk(n *ast.CompositeLit) {
	for _, element := range n.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			element = pair.Value
		}
		if _, ok := element.(*ast.BasicLit); !ok {
			x.visit(element)
		}
	}
}

// elementOf reads a value in a literal; one without a type of its own is of
// type t.
func (x *extractor) elementOf(n, t ast.Expr) *languages.Expr {
	inner, ok := n.(*ast.CompositeLit)
	if !ok || inner.Type != nil {
		return x.expr(n)
	}
	if !x.deeper() {
		return x.unknown(n)
	}
	defer func() { x.depth-- }()
	return x.literal(inner, t)
}

// keyed reads "key: value". A bare name is a field, but in a map an expression;
// in a list the key is a position, and left out.
func (x *extractor) keyed(n *ast.KeyValueExpr, s *shape) languages.Item {
	item := languages.Item{Range: x.rangeOf(n)}
	name, isName := n.Key.(*ast.Ident)
	switch {
	case isName && (s.kind == openShape || s.kind == structShape):
		item.Name = x.b.Keep(name.Name)
	case s.kind == listShape:
		x.visit(n.Key)
	default:
		k := x.elementOf(n.Key, s.key)
		if k.Kind == languages.Text && k.Text != "" {
			item.Name = k.Text
			k.Kind, k.Text = languages.Unknown, "" // it is no text of its own any more
		} else {
			item.Key = k
		}
	}
	item.Value = x.elementOf(n.Value, s.elem)
	return item
}
