package lua

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/keyvet/keyvet/languages"
)

// libraryFunctions are those that known works out. It never changes.
var libraryFunctions = map[string]bool{
	"string.format": true, "string.upper": true, "string.lower": true,
	"table.concat": true, "table.insert": true, "table.unpack": true,
}

// library is the full name of a library function that e stands for, by itself
// or by a local of the file, or "".
func (p *parser) library(e *languages.Expr) string {
	switch e.Kind {
	case languages.Name:
		switch e.Text {
		case "require", "tostring", "unpack":
			return e.Text
		}
		return p.aliases[e.Text]
	case languages.Member:
		switch {
		case e.Base.Kind == languages.Text:
			return "string." + e.Text
		case e.Base.Kind != languages.Name || e.Base.Text != "string" && e.Base.Text != "table":
			return ""
		}
		if name := e.Base.Text + "." + e.Text; libraryFunctions[name] {
			return name
		}
	}
	return ""
}

// alias notes "local format = string.format".
func (p *parser) alias(name string, value *languages.Expr) {
	if value == nil || value.Kind != languages.Member {
		return
	}
	if f := p.library(value); f != "" && value.Base.Kind == languages.Name {
		if p.aliases == nil {
			p.aliases = make(map[string]string)
		}
		p.aliases[name] = f
	}
}

func (p *parser) isUnpack(callee *languages.Expr) bool {
	f := p.library(callee)
	return f == "unpack" || f == "table.unpack"
}

// known is what a call of a library function gives, if that is known, else the
// call itself.
func (p *parser) known(call *languages.Expr) *languages.Expr {
	f := p.library(call.Base)
	if f == "" {
		return call
	}
	args := call.Items()
	if f := call.Base; f.Kind == languages.Member && f.Base.Kind == languages.Text { // ("..."):format(x)
		args = append([]languages.Item{{Value: f.Base, Range: f.Base.Range}}, args...)
	}
	if len(args) == 0 {
		return call
	}
	first := args[0].Value
	var e *languages.Expr
	switch {
	case f == "require" && len(args) == 1 && first.Kind == languages.Text:
		e = p.b.Leaf(languages.Module, first.Text, int(call.Range.Start), int(call.Range.End))
		first.Kind, first.Text = languages.Unknown, "" // no text of its own
	case f == "tostring" && len(args) == 1:
		e = first
	case f == "string.format" && first.Kind == languages.Text:
		e = p.format(call, first, args[1:])
	case f == "string.upper" || f == "string.lower":
		e = p.changed(call, strings.TrimPrefix(f, "string."), first)
	case f == "table.concat" && first.Kind == languages.List:
		e = p.concat(call, first, args[1:])
	case f == "table.insert":
		p.inserted(call)
	}
	if e == nil {
		return call
	}
	if e != call {
		call.Kind = languages.Unknown // finish takes it out
	}
	return e
}

// changed is a known text in upper or lower case. For all others the call is
// made one of the text's member, as which it is better known: x:upper().
func (p *parser) changed(call *languages.Expr, f string, text *languages.Expr) *languages.Expr {
	if text.Kind == languages.Text {
		if f == "upper" {
			text.Text = strings.ToUpper(text.Text)
		} else {
			text.Text = strings.ToLower(text.Text)
		}
		return text
	}
	if call.Base.Kind == languages.Member && len(call.Items()) == 1 {
		call.Base.Base, call.Base.Text = text, f
		call.SetItems(nil)
	}
	return call
}

// inserted binds what table.insert adds. The call stays one.
func (p *parser) inserted(call *languages.Expr) {
	if n := len(call.Items()); n == 2 || n == 3 {
		value := p.single(call.Items()[n-1])
		list := p.b.List(languages.List, int(value.Range.Start), int(value.Range.End), value)
		p.bind(call.Items()[0].Value, languages.Binding{Value: list, Append: true})
	}
}

func (p *parser) concat(call, list *languages.Expr, rest []languages.Item) *languages.Expr {
	separator := ""
	if len(rest) > 0 {
		if rest[0].Value.Kind != languages.Text || len(rest) > 1 {
			return nil
		}
		separator = rest[0].Value.Text
	}
	var parts []*languages.Expr
	for i, item := range list.Items() {
		if item.Spread {
			return nil
		}
		if at := int(item.Range.Start); i > 0 && separator != "" {
			parts = append(parts, p.b.Leaf(languages.Text, separator, at, at))
		}
		parts = append(parts, p.asText(item.Value))
	}
	return p.b.Concat(int(call.Range.Start), int(call.Range.End), parts...)
}

// asText is a number as a text; all else stays.
func (p *parser) asText(e *languages.Expr) *languages.Expr {
	if e.Kind != languages.Number {
		return e
	}
	return p.b.Leaf(languages.Text, e.Text, int(e.Range.Start), int(e.Range.End))
}

// format is string.format of a known format. Verbs with flags leave a hole.
func (p *parser) format(call, format *languages.Expr, args []languages.Item) *languages.Expr {
	var parts []*languages.Expr
	start, end := int(format.Range.Start), int(format.Range.End)
	piece := func(text string) { parts = append(parts, p.b.Leaf(languages.Text, text, start, end)) }
	rest, spread := format.Text, false
	for {
		before, after, found := strings.Cut(rest, "%")
		piece(before)
		if !found {
			break
		}
		flags := len(after) - len(strings.TrimLeft(after, "-+ #0123456789."))
		letter := byte(0)
		if flags < len(after) {
			letter = after[flags]
			rest = after[flags+1:]
		} else {
			rest = ""
		}
		if letter == '%' {
			piece("%")
			continue
		}
		value := p.b.Expr(languages.Unknown, start, end)
		if len(args) > 0 {
			spread = spread || args[0].Spread
			if !spread && flags == 0 && (letter == 's' || letter == 'd' || letter == 'i') {
				value = p.asText(args[0].Value)
			}
			args = args[1:]
		}
		parts = append(parts, value)
	}
	format.Kind, format.Text = languages.Unknown, "" // its pieces stand for it
	return p.b.Concat(int(call.Range.Start), int(call.Range.End), parts...)
}

// decimal is the decimal form of an integer, or "".
func decimal(number string) string {
	number = strings.TrimRight(strings.ToLower(number), "ul") // LuaJIT's 64 bits
	base, digits := 10, number
	if hex, ok := strings.CutPrefix(number, "0x"); ok {
		base, digits = 16, hex
	}
	v, err := strconv.ParseUint(digits, base, 64)
	if err != nil {
		return ""
	}
	return strconv.FormatUint(v, 10)
}

// fromZero counts from 0 what Lua counts from 1.
func fromZero(number string) string {
	if v, err := strconv.Atoi(number); err == nil && v > 0 {
		return strconv.Itoa(v - 1)
	}
	return number
}

// decode gives the content of a text in quotes or long brackets, whose end may
// be missing.
func decode(text []byte) string {
	if text[0] == '[' {
		return decodeLong(text)
	}
	body := text[1:]
	if n := len(body); n > 0 && body[n-1] == text[0] {
		body = body[:n-1]
	}
	if bytes.IndexByte(body, '\\') < 0 {
		return string(body)
	}
	return unescape(body)
}

func decodeLong(text []byte) string {
	level := bytes.IndexByte(text[1:], '[')
	body := text[level+2:]
	if end := "]" + strings.Repeat("=", level) + "]"; bytes.HasSuffix(body, []byte(end)) {
		body = body[:len(body)-len(end)]
	}
	body = bytes.TrimPrefix(body, []byte("\r"))
	return string(bytes.TrimPrefix(body, []byte("\n")))
}

// simpleEscapes are the letters of escapes and what they stand for.
const simpleEscapes = "a\ab\bf\fn\nr\rt\tv\v"

func unescape(body []byte) string {
	out := make([]byte, 0, len(body))
	for i := 0; i < len(body); {
		c := body[i]
		i++
		if c != '\\' || i == len(body) {
			out = append(out, c)
			continue
		}
		c = body[i]
		i++
		switch {
		case c == 'x':
			n := min(2, len(body)-i)
			if v, err := strconv.ParseUint(string(body[i:i+n]), 16, 8); err == nil {
				out = append(out, byte(v))
				i += n
			}
		case c == 'u':
			end := bytes.IndexByte(body[i:min(i+12, len(body))], '}')
			if end > 1 && body[i] == '{' {
				if v, err := strconv.ParseUint(string(body[i+1:i+end]), 16, 31); err == nil {
					out = utf8.AppendRune(out, rune(v))
				}
				i += end + 1
			}
		case c == 'z':
			for i < len(body) && (isBlank(body[i]) || body[i] == '\n') {
				i++
			}
		case c == '\r' && i < len(body) && body[i] == '\n':
			// the line's end follows
		case isDigit(c):
			v := int(c - '0')
			for n := 1; n < 3 && i < len(body) && isDigit(body[i]); n++ {
				v = v*10 + int(body[i]-'0')
				i++
			}
			out = append(out, byte(v))
		default:
			if n := strings.IndexByte(simpleEscapes, c); n >= 0 && n%2 == 0 {
				c = simpleEscapes[n+1]
			}
			out = append(out, c)
		}
	}
	return string(out)
}
