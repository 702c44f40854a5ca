package java

import (
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// integer makes every notation decimal.
func (x *extractor) integer(n node) *languages.Expr {
	digits := strings.ReplaceAll(strings.TrimRight(x.text(n), "lL"), "_", "")
	value, err := strconv.ParseUint(digits, 0, 64)
	if err != nil {
		return x.Expr(languages.Unknown, n.Start(), n.End())
	}
	return x.Leaf(languages.Number, strconv.FormatUint(value, 10), n.Start(), n.End())
}

// format makes a Concat of a text with % in it and its arguments. What has a
// width or is no plain %s or %d is a hole: its text is not known.
func (x *extractor) format(call, format *languages.Expr, args []languages.Item) *languages.Expr {
	start, end := int(format.Range.Start), int(format.Range.End)
	var parts []*languages.Expr
	s, next := format.Text, 0
	for {
		at := strings.IndexByte(s, '%')
		if at < 0 {
			break
		}
		parts = append(parts, x.Leaf(languages.Text, s[:at], start, end))
		v := parseVerb(s[at:])
		s = s[at+v.size:]
		switch v.verb {
		case '%':
			parts = append(parts, x.Leaf(languages.Text, "%", start, end))
			continue
		case 'n':
			parts = append(parts, x.Leaf(languages.Text, "\n", start, end))
			continue
		}
		index := next
		if v.index > 0 {
			index = v.index - 1
		} else {
			next++
		}
		hole := x.Expr(languages.Unknown, start, end)
		if index < len(args) && v.plain {
			hole = x.asText(args[index].Value)
			if v.index > 0 {
				hole = x.copyText(hole)
			}
		}
		parts = append(parts, hole)
	}
	parts = append(parts, x.Leaf(languages.Text, s, start, end))
	format.Kind, format.Text = languages.Unknown, "" // it is part of the result
	return x.Concat(int(call.Range.Start), int(call.Range.End), parts...)
}

// copyText is a text of its own: %1$s may take one argument several times.
func (x *extractor) copyText(e *languages.Expr) *languages.Expr {
	if e.Kind != languages.Text && e.Kind != languages.Concat {
		return e
	}
	c := x.Expr(e.Kind, int(e.Range.Start), int(e.Range.End))
	c.Text = e.Text
	for _, item := range e.Items() { // parts of a Concat are no Concats
		item.Value = x.copyText(item.Value)
		c.SetItems(append(c.Items(), item))
	}
	return c
}

// A verb is one place holder of a format.
type verb struct {
	verb  byte
	index int  // from 1; 0 for the next argument
	plain bool // the argument's text as it is
	size  int
}

func parseVerb(s string) verb {
	n := 1
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	v := verb{}
	if n > 1 && n < len(s) && s[n] == '$' {
		v.index, _ = strconv.Atoi(s[1:n])
		n++
	} else {
		n = 1
	}
	flags := n
	for n < len(s) && strings.IndexByte("-#+ 0123456789,(.<", s[n]) >= 0 {
		n++
	}
	if n == len(s) {
		return verb{size: n}
	}
	v.verb, v.size = s[n], n+1
	v.plain = n == flags && (s[n] == 's' || s[n] == 'd')
	return v
}
