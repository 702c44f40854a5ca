package javascript

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

// concat joins values as "+" does. Without any text among them a sum of numbers
// looks the same; then only numbers stay numbers.
func (x *extractor) concat(n treesitter.Node, parts ...*languages.Expr) *languages.Expr {
	text := false
	for _, p := range parts {
		text = text || p.Kind == languages.Text || p.Kind == languages.Concat
	}
	numbers := 0
	for i, p := range parts {
		if p.Kind == languages.Number {
			numbers++
			if text {
				parts[i] = x.b.Leaf(languages.Text, p.Text, int(p.Range.Start), int(p.Range.End))
			}
		}
	}
	if numbers > 0 && numbers == len(parts) {
		return x.expr(languages.Unknown, n)
	}
	e := x.b.Concat(n.Start(), n.End(), parts...)
	e.Damaged = x.damaged > 0
	return e
}

// template reads a template. Raw, it keeps backslashes as they are.
func (x *extractor) template(n treesitter.Node, raw bool) *languages.Expr {
	var parts []*languages.Expr
	at := n.Start() + 1
	piece := func(end int) {
		if at < end {
			text := string(x.src[at:end])
			if !raw {
				text = unescape(x.src[at:end])
			}
			parts = append(parts, x.b.Leaf(languages.Text, text, at, end))
		}
	}
	for c := range n.NamedChildren() {
		if c.Kind() == "template_substitution" {
			piece(c.Start())
			parts = append(parts, x.inner(c))
			at = c.End()
		}
	}
	end := n.End()
	if bytes.HasSuffix(n.Bytes(), []byte("`")) {
		end--
	}
	piece(end)
	if len(parts) == 1 && parts[0].Kind != languages.Text { // `${x}` is String(x)
		return parts[0]
	}
	return x.concat(n, parts...)
}

// literalText is the content of a string, or of a template without holes.
func (x *extractor) literalText(n treesitter.Node) string {
	text := n.Bytes()
	if len(text) == 0 {
		return ""
	}
	quote := text[0]
	text = text[1:]
	if last := len(text) - 1; last >= 0 && text[last] == quote {
		text = text[:last]
	}
	return unescape(text)
}

// unescape decodes the escape sequences of a string. What is no sequence, and
// bytes that are no UTF-8, stay as they are.
func unescape(text []byte) string {
	at := bytes.IndexByte(text, '\\')
	if at < 0 {
		return string(text)
	}
	out := make([]byte, 0, len(text))
	for at >= 0 {
		out = append(out, text[:at]...)
		text = text[at:]
		var n int
		out, n = escape(out, text)
		text = text[n:]
		at = bytes.IndexByte(text, '\\')
	}
	return string(append(out, text...))
}

var simpleEscapes = map[byte]byte{
	'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'v': '\v', 'f': '\f',
}

// escape decodes the sequence that text starts with, and returns its length.
func escape(out, text []byte) ([]byte, int) {
	if len(text) < 2 {
		return append(out, text...), len(text)
	}
	c := text[1]
	if r, ok := simpleEscapes[c]; ok {
		return append(out, r), 2
	}
	switch {
	case c == '\n':
		return out, 2
	case c == '\r':
		if len(text) > 2 && text[2] == '\n' {
			return out, 3
		}
		return out, 2
	case c == 'x' || c == 'u':
		if r, n := hexEscape(text); n > 0 {
			return utf8.AppendRune(out, r), n
		}
	case c >= '0' && c <= '7':
		n := 2
		for n < len(text) && n < 4 && text[n] >= '0' && text[n] <= '7' {
			n++
		}
		if r, err := strconv.ParseUint(string(text[1:n]), 8, 8); err == nil {
			return utf8.AppendRune(out, rune(r)), n
		}
	}
	return append(out, c), 2
}

// hexEscape reads \x41, \u0041, \u{41}, and two \u that are one character. It
// returns the length 0 for what is none of them.
func hexEscape(text []byte) (rune, int) {
	digits := text[2:]
	var n int
	switch {
	case text[1] == 'x' && len(digits) >= 2:
		digits, n = digits[:2], 4
	case text[1] == 'u' && len(digits) > 0 && digits[0] == '{':
		end := bytes.IndexByte(digits[:min(len(digits), 10)], '}')
		if end < 0 {
			return 0, 0
		}
		digits, n = digits[1:end], 3+end
	case text[1] == 'u' && len(digits) >= 4:
		digits, n = digits[:4], 6
	default:
		return 0, 0
	}
	v, err := strconv.ParseUint(string(digits), 16, 32)
	if err != nil {
		return 0, 0
	}
	r := rune(min(v, utf8.MaxRune+1))
	if n == 6 && utf16.IsSurrogate(r) && len(text) >= 12 && text[6] == '\\' && text[7] == 'u' {
		low, err := strconv.ParseUint(string(text[8:12]), 16, 32)
		if pair := utf16.DecodeRune(r, rune(low)); err == nil && pair != utf8.RuneError {
			return pair, 12
		}
	}
	return r, n
}

// number keeps integers in their decimal form.
func (x *extractor) number(n treesitter.Node) *languages.Expr {
	if text := decimal(string(n.Bytes())); text != "" {
		return x.leaf(languages.Number, n, x.b.String([]byte(text)))
	}
	return x.expr(languages.Unknown, n)
}

// decimal returns the decimal form of an integer literal, or "".
func decimal(s string) string {
	const maxDigits = 64 // more is no number that anybody counts with
	if len(s) > maxDigits {
		return ""
	}
	if s == "" {
		return ""
	}
	plain := strings.Trim(s, "0123456789") == ""
	if plain && (s[0] != '0' || len(s) == 1) {
		return s
	}
	s = strings.TrimSuffix(strings.ReplaceAll(s, "_", ""), "n")
	if i, ok := new(big.Int).SetString(s, 0); ok {
		return i.String()
	}
	if mantissa, zeros, ok := strings.Cut(strings.ToLower(s), "e"); ok {
		if len(zeros) == 1 && zeros[0] >= '0' && zeros[0] <= '9' && decimal(mantissa+"0") != "" {
			return decimal(mantissa + strings.Repeat("0", int(zeros[0]-'0')))
		}
	}
	if i, fraction, ok := strings.Cut(s, "."); ok && strings.Trim(fraction, "0") == "" {
		return decimal(i)
	}
	return ""
}
