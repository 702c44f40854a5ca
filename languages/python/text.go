package python

import (
	"strings"
	"unicode/utf8"

	"github.com/keyvet/keyvet/languages"
)

// hasHole reports whether a text has parts that are code.
func hasHole(n node) bool {
	for c := range n.NamedChildren() {
		if k := c.Kind(); k == "interpolation" || k == "string" && hasHole(c) {
			return true
		}
	}
	return false
}

// isLiteral reports whether an expression is a text that is written there.
func isLiteral(n node) bool {
	for n.Kind() == "parenthesized_expression" && n.NamedChildCount() == 1 {
		n = n.NamedChild(0)
	}
	return (n.Kind() == "string" || n.Kind() == "concatenated_string") && !hasHole(n)
}

// text converts one string literal. A literal with holes is a Concat.
func (x *extractor) text(n node) *languages.Expr {
	start, end := n.Start(), n.End()
	from, to := start, end
	prefix := ""
	var holes []node
	for c := range n.Children() {
		switch c.Kind() {
		case "string_start":
			from = c.End()
			prefix = strings.ToLower(strings.TrimRight(string(c.Bytes()), `'"`))
		case "string_end":
			to = c.Start()
		case "interpolation":
			holes = append(holes, c)
		}
	}
	d := decoder{
		raw:    strings.Contains(prefix, "r"),
		bytes:  strings.Contains(prefix, "b"),
		braces: strings.Contains(prefix, "f") || strings.Contains(prefix, "t"),
	}
	if len(holes) == 0 {
		return x.b.Leaf(languages.Text, x.decode(d, from, to), start, end)
	}
	parts := make([]*languages.Expr, 0, 2*len(holes)+1)
	for _, h := range holes {
		if h.Start() > from {
			parts = append(parts, x.b.Leaf(languages.Text, x.decode(d, from, h.Start()), from, h.Start()))
		}
		parts = append(parts, x.hole(h))
		from = h.End()
	}
	if to > from {
		parts = append(parts, x.b.Leaf(languages.Text, x.decode(d, from, to), from, to))
	}
	return x.b.Concat(start, end, parts...)
}

// hole is what stands between braces. A format other than {a} or {a!s} makes
// some other text of it.
func (x *extractor) hole(n node) *languages.Expr {
	var value *languages.Expr
	plain := true
	for c := range n.Children() {
		switch {
		case !c.IsNamed():
			plain = plain && c.Kind() != "="
		case c.Kind() == "comment", c.Kind() == "line_continuation":
		case c.Kind() == "type_conversion":
			plain = plain && string(c.Bytes()) == "!s"
		case c.Kind() == "format_specifier":
			plain = plain && string(c.Bytes()) == ":"
			x.specifier(c)
		case value == nil && !c.IsError():
			value = x.expr(c)
		default:
			plain = false
			x.visit(c)
		}
	}
	if value == nil || !plain {
		return x.unknown(n)
	}
	return x.shown(value)
}

// specifier finds the calls in {a:>{width()}}.
func (x *extractor) specifier(n node) {
	for c := range n.NamedChildren() {
		x.visitAll(c)
	}
}

// shown is a value as part of a text.
func (x *extractor) shown(e *languages.Expr) *languages.Expr {
	if e.Kind == languages.Number {
		return x.b.Leaf(languages.Text, e.Text, int(e.Range.Start), int(e.Range.End))
	}
	return e
}

func (x *extractor) decode(d decoder, from, to int) string {
	if from >= to {
		return ""
	}
	return d.decode(x, x.src[from:to])
}

// A decoder undoes the escapes of a literal.
type decoder struct{ raw, bytes, braces bool }

func (d decoder) decode(x *extractor, s []byte) string {
	plain := true
	for _, c := range s {
		if c == '\\' && !d.raw || (c == '{' || c == '}') && d.braces || c == '\r' {
			plain = false
			break
		}
	}
	if plain {
		return x.b.String(s)
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\\' && !d.raw:
			var n int
			out, n = d.escape(out, s[i:])
			i += n
		case d.braces && (c == '{' || c == '}') && i+1 < len(s) && s[i+1] == c:
			out = append(out, c)
			i += 2
		case c == '\r' && i+1 < len(s) && s[i+1] == '\n': // Python reads one newline
			i++
		default:
			out = append(out, c)
			i++
		}
	}
	return string(out)
}

// escape appends what the escape at the start of s means, and returns its
// length in s. An unknown one stays as it is, as in Python.
func (d decoder) escape(out, s []byte) ([]byte, int) {
	if len(s) < 2 {
		return append(out, s...), len(s)
	}
	switch c := s[1]; c {
	case '\n':
		return out, 2
	case '\r':
		if len(s) > 2 && s[2] == '\n' {
			return out, 3
		}
		return out, 2
	case '\\', '\'', '"':
		return append(out, c), 2
	case 'a', 'b', 'f', 'n', 'r', 't', 'v':
		return append(out, "\a\b\f\n\r\t\v"[strings.IndexByte("abfnrtv", c)]), 2
	case 'x':
		return d.code(out, s, 2, 2, 16)
	case 'u':
		if !d.bytes {
			return d.code(out, s, 2, 4, 16)
		}
	case 'U':
		if !d.bytes {
			return d.code(out, s, 2, 8, 16)
		}
	case '0', '1', '2', '3', '4', '5', '6', '7':
		return d.code(out, s, 1, 3, 8)
	}
	return append(out, s[:2]...), 2
}

// code reads the digits of a character's number. Hexadecimal ones are complete
// or no escape, octal ones are up to three.
func (d decoder) code(out, s []byte, from, digits, base int) ([]byte, int) {
	value, i := 0, from
	for ; i < len(s) && i < from+digits; i++ {
		v := digit(s[i])
		if v >= base {
			break
		}
		value = value*base + v
	}
	if base == 16 && i < from+digits {
		return append(out, s[:2]...), 2
	}
	if d.bytes {
		return append(out, byte(value)), i
	}
	return utf8.AppendRune(out, rune(min(value, utf8.MaxRune+1))), i
}

func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return 16
}
