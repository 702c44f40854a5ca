package golang

import (
	"bytes"
	"iter"
)

// packageOf gives the name in the package clause, "" if what stands before it is
// no comment.
func packageOf(src []byte) string {
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	for {
		src = bytes.TrimLeft(src, " \t\r\n;")
		var found bool
		switch {
		case bytes.HasPrefix(src, []byte("//")):
			_, src, found = bytes.Cut(src, []byte("\n"))
		case bytes.HasPrefix(src, []byte("/*")):
			_, src, found = bytes.Cut(src, []byte("*/"))
		default:
			rest, ok := keyword(src, "package")
			if !ok {
				return ""
			}
			name, _ := identifier(rest)
			return string(name)
		}
		if !found {
			return ""
		}
	}
}

// declared gives the names that the lines of a source seem to declare at its top
// level. It takes the source to be laid out as gofmt does: a declaration, or an
// entry of a list of them, begins a line, and the list ends where a line begins
// with its parenthesis, no deeper than the list began. What functions declare, and
// what stands in texts and comments, is given too.
func declared(src []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		var line, method []byte
		depth, listed := 0, false // of the list's first line
		for len(src) > 0 {
			line, src, _ = bytes.Cut(src, []byte("\n"))
			rest := bytes.TrimLeft(line, " \t")
			indent := len(line) - len(rest)
			if len(rest) == 0 {
				continue
			}
			if rest[0] == ')' {
				listed = listed && indent > depth
				continue
			}
			if after, ok := keyword(rest, "func"); ok {
				listed = listed && indent > depth
				if method = function(method[:0], after); len(method) > 0 && !yield(method) {
					return
				}
				continue
			}
			if after, ok := declaration(rest); ok {
				listed = listed && indent > depth
				if inside, ok := bytes.CutPrefix(after, []byte("(")); ok {
					depth, listed = indent, true
					after = inside
				}
				rest = after
			} else if !listed {
				continue
			}
			if !entries(rest, yield) {
				return
			}
		}
	}
}

// declaration takes the keyword of a declaration from a line.
func declaration(line []byte) ([]byte, bool) {
	for _, word := range []string{"type", "var", "const"} {
		if after, ok := keyword(line, word); ok {
			return after, true
		}
	}
	return line, false
}

// keyword takes a keyword from a line, and the space behind it.
func keyword(line []byte, word string) ([]byte, bool) {
	after, ok := bytes.CutPrefix(line, []byte(word))
	rest := bytes.TrimLeft(after, " \t")
	return rest, ok && (len(rest) < len(after) || len(rest) > 0 && rest[0] == '(')
}

// function appends the name that stands behind the keyword func, for a method
// behind its receiver's type and a dot.
func function(name, rest []byte) []byte {
	if receiver, after, ok := bytes.Cut(rest, []byte(")")); ok && rest[0] == '(' {
		receiver, _, _ = bytes.Cut(receiver[1:], []byte("[")) // without the type's parameters
		receiver = bytes.TrimRight(receiver, " \t")
		start := len(receiver)
		for start > 0 && isLetter(receiver[start-1]) {
			start--
		}
		name = append(append(name, receiver[start:]...), '.')
		rest = bytes.TrimLeft(after, ") \t") // (s *(Store))
	}
	own, _ := identifier(rest)
	if len(own) == 0 {
		return nil // a function literal, or its type
	}
	return append(name, own...)
}

// entries gives the names that a line of declarations begins with, and those
// behind its semicolons.
func entries(line []byte, yield func([]byte) bool) bool {
	for {
		name, rest := identifier(bytes.TrimLeft(line, " \t"))
		rest = bytes.TrimLeft(rest, " \t")
		if len(name) > 0 && !yield(name) {
			return false
		}
		if len(name) > 0 && len(rest) > 0 && rest[0] == ',' {
			line = rest[1:]
			continue
		}
		_, next, ok := bytes.Cut(rest, []byte(";"))
		if !ok {
			return true
		}
		line = next
	}
}

// identifier takes an identifier from the beginning of a text.
func identifier(text []byte) (name, rest []byte) {
	end := 0
	for end < len(text) && isLetter(text[end]) {
		end++
	}
	return text[:end], text[end:]
}

// isLetter tells whether a byte can be part of an identifier; all bytes of letters
// that are not ASCII can.
func isLetter(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
