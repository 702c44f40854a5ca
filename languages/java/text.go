package java

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/keyvet/keyvet/languages"
)

const blockQuote = `"""`

// stringLiteral decodes a literal. Where it holds \{...} it is part of a
// template, and its value a Concat.
func (x *extractor) stringLiteral(n node) *languages.Expr {
	for c := range n.NamedChildren() {
		if c.Kind() == "string_interpolation" {
			return x.interpolated(n)
		}
	}
	return x.Leaf(languages.Text, x.unquote(n, 1), n.Start(), n.End())
}

// unquote decodes the content of a literal between quotes, or of a text block.
func (x *extractor) unquote(n node, quotes int) string {
	raw := x.src[n.Start():n.End()]
	if len(raw) >= 2*len(blockQuote) && string(raw[:len(blockQuote)]) == blockQuote {
		return unescape(stripIndent(strings.TrimSuffix(string(raw[len(blockQuote):]), blockQuote)))
	}
	if len(raw) > 0 {
		raw = raw[min(quotes, len(raw)):]
	}
	if len(raw) > 0 && (raw[len(raw)-1] == '"' || raw[len(raw)-1] == '\'') {
		raw = raw[:len(raw)-1]
	}
	return unescape(x.String(raw))
}

func (x *extractor) interpolated(n node) *languages.Expr {
	var parts []*languages.Expr
	for c := range n.NamedChildren() {
		switch c.Kind() {
		case "string_interpolation":
			parts = append(parts, x.value(firstRead(c)))
			x.errorsIn(c)
		case "ERROR":
		default:
			parts = append(parts, x.Leaf(languages.Text, unescape(x.text(c)), c.Start(), c.End()))
		}
	}
	return x.Concat(n.Start(), n.End(), parts...)
}

// template reads STR."a \{b}". Other processors may make anything of it.
func (x *extractor) template(n node) *languages.Expr {
	text := x.value(n.Child("template_argument"))
	processor := x.value(n.Child("template_processor"))
	if processor.Kind != languages.Name || processor.Text != "STR" {
		return x.Expr(languages.Unknown, n.Start(), n.End())
	}
	return text
}

// stripIndent does to the content of a text block what the compiler does: line
// ends become "\n", common indentation and trailing blanks go.
func stripIndent(content string) string {
	content = strings.ReplaceAll(content, "\r\n", "\n")
	first := strings.IndexByte(content, '\n')
	if first < 0 {
		return content // no text block, but something like it
	}
	lines := strings.Split(content[first+1:], "\n")
	indent := -1
	for i, line := range lines {
		text := strings.TrimLeft(line, " \t\f")
		if text == "" && i < len(lines)-1 {
			continue
		}
		if n := len(line) - len(text); indent < 0 || n < indent {
			indent = n
		}
	}
	for i, line := range lines {
		lines[i] = strings.TrimRight(line[min(max(indent, 0), len(line)):], " \t\f")
	}
	return strings.Join(lines, "\n")
}

// unescape decodes the escapes of Java. Those it does not know stay.
func unescape(s string) string {
	at := strings.IndexByte(s, '\\')
	if at < 0 {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for at >= 0 {
		out.WriteString(s[:at])
		s = s[at+escape(&out, s[at:]):]
		at = strings.IndexByte(s, '\\')
	}
	out.WriteString(s)
	return out.String()
}

var simpleEscapes = map[byte]string{
	'b': "\b", 't': "\t", 'n': "\n", 'f': "\f", 'r': "\r", 's': " ",
	'"': `"`, '\'': "'", '\\': `\`, '\n': "",
}

// escape writes what the escape in front of s stands for, and returns its length.
func escape(out *strings.Builder, s string) int {
	if len(s) < 2 {
		out.WriteString(s)
		return len(s)
	}
	if text, ok := simpleEscapes[s[1]]; ok {
		out.WriteString(text)
		return 2
	}
	switch {
	case s[1] == 'u':
		if r, n := unicodeEscape(s); n > 0 {
			if low, m := unicodeEscape(s[n:]); m > 0 && utf16.IsSurrogate(r) {
				if both := utf16.DecodeRune(r, low); both != utf8.RuneError {
					r, n = both, n+m
				}
			}
			out.WriteRune(r)
			return n
		}
	case '0' <= s[1] && s[1] <= '7':
		n := 1
		for n < len(s) && n < 4 && '0' <= s[n] && s[n] <= '7' {
			n++
		}
		if n == 4 && s[1] > '3' {
			n = 3
		}
		r, _ := strconv.ParseUint(s[1:n], 8, 16)
		out.WriteRune(rune(r))
		return n
	case strings.HasPrefix(s, "\\\r\n"):
		return 3
	}
	out.WriteString(s[:2])
	return 2
}

// unicodeEscape reads \uXXXX, with any number of u. The length is 0 if it is none.
func unicodeEscape(s string) (rune, int) {
	if len(s) < 2 || s[0] != '\\' || s[1] != 'u' {
		return 0, 0
	}
	n := 1
	for n < len(s) && s[n] == 'u' {
		n++
	}
	if len(s) < n+4 {
		return 0, 0
	}
	r, err := strconv.ParseUint(s[n:n+4], 16, 16)
	if err != nil {
		return 0, 0
	}
	return rune(r), n + 4
}
