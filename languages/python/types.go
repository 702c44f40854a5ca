package python

import (
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// parseType reads a type from its text, be it code or quoted. Reading text
// instead of syntax makes both the same, and needs no tree for what is quoted.
func parseType(text []byte) languages.TypeRef {
	if len(text) == 0 || len(text) > maxType {
		return languages.TypeRef{}
	}
	p := typeParser{s: text}
	return p.union(0)
}

const (
	maxType      = 4000 // bytes; quoted types are read again, so bound it
	maxTypeDepth = 40
)

type typeParser struct {
	s []byte
	i int
}

// peek returns the next byte that matters, 0 at the end.
func (p *typeParser) peek() byte {
	for p.i < len(p.s) {
		switch c := p.s[p.i]; c {
		case ' ', '\t', '\n', '\r', '\f', '\\':
			p.i++
		case '#':
			for p.i < len(p.s) && p.s[p.i] != '\n' {
				p.i++
			}
		default:
			return c
		}
	}
	return 0
}

// union reads a | b | c.
func (p *typeParser) union(depth int) languages.TypeRef {
	first := p.term(depth)
	if p.peek() != '|' || depth > maxTypeDepth {
		return first
	}
	members := []languages.TypeRef{first}
	for p.peek() == '|' {
		p.i++
		members = append(members, p.term(depth))
	}
	return unionOf(members)
}

// unionOf flattens: a union of unions is one.
func unionOf(members []languages.TypeRef) languages.TypeRef {
	u := languages.TypeRef{Name: "|"}
	for _, m := range members {
		switch m.Name {
		case "":
		case "|":
			u.Args = append(u.Args, m.Args...)
		default:
			u.Args = append(u.Args, m)
		}
	}
	if len(u.Args) == 1 {
		return u.Args[0]
	}
	if len(u.Args) == 0 {
		return languages.TypeRef{}
	}
	return u
}

func (p *typeParser) term(depth int) languages.TypeRef {
	if depth > maxTypeDepth {
		p.i = len(p.s)
		return languages.TypeRef{}
	}
	switch c := p.peek(); {
	case c == '(':
		p.i++
		t := p.union(depth + 1)
		p.skipTo(')')
		return t
	case c == '[': // the parameters of a Callable
		p.i++
		p.skipTo(']')
		return languages.TypeRef{}
	case c == '*':
		p.i++
		return p.term(depth + 1)
	case c == '"' || c == '\'':
		inner := typeParser{s: p.quoted(c)}
		return inner.union(depth + 1)
	case isNameByte(c):
		return p.named(depth)
	}
	if p.i < len(p.s) && p.s[p.i] != ',' && p.s[p.i] != ']' && p.s[p.i] != ')' {
		p.i++ // whatever it is, it is no type; go on behind it
	}
	return languages.TypeRef{}
}

// named reads a dotted name and its arguments.
func (p *typeParser) named(depth int) languages.TypeRef {
	start := p.i
	for p.i < len(p.s) && (isNameByte(p.s[p.i]) || p.s[p.i] == '.') {
		p.i++
	}
	name := string(p.s[start:p.i])
	if strings.TrimRight(name, ".") == "" || name[0] >= '0' && name[0] <= '9' {
		return languages.TypeRef{}
	}
	switch p.peek() {
	case '[':
		p.i++
		return generic(name, p.arguments(name, depth))
	case '(': // a call in the metadata of Annotated
		p.i++
		p.skipTo(')')
		return languages.TypeRef{}
	case '"', '\'': // a prefixed text: r"T"
		return languages.TypeRef{}
	}
	return languages.TypeRef{Name: name}
}

// arguments reads up to the closing bracket. Some places hold no type: their
// argument is the zero TypeRef.
func (p *typeParser) arguments(name string, depth int) []languages.TypeRef {
	if lastSegment(name) == "Literal" {
		p.skipTo(']')
		return nil
	}
	var args []languages.TypeRef
	for {
		switch p.peek() {
		case 0:
			return args
		case ']':
			p.i++
			return args
		case ',':
			p.i++
			continue
		}
		before := p.i
		args = append(args, p.union(depth+1))
		if c := p.peek(); c != ',' && c != ']' && c != 0 && p.i == before {
			p.i++
		}
	}
}

// generic puts a type with arguments into the form that all languages share.
func generic(name string, args []languages.TypeRef) languages.TypeRef {
	first := languages.TypeRef{}
	if len(args) > 0 {
		first = args[0]
	}
	switch lastSegment(name) {
	case "Optional":
		return unionOf([]languages.TypeRef{first, {Name: "None"}})
	case "Union":
		return unionOf(args)
	case "Annotated", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly", "InitVar", "Unpack":
		return first
	case "list", "List", "Sequence", "Iterable", "MutableSequence", "Collection",
		"set", "Set", "frozenset", "FrozenSet", "AbstractSet", "MutableSet", "deque", "Deque":
		return languages.TypeRef{Name: "[]", Args: args}
	case "tuple", "Tuple":
		if len(args) == 2 && args[1].Name == "" { // tuple[T, ...]
			return languages.TypeRef{Name: "[]", Args: args[:1]}
		}
	case "dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "DefaultDict", "OrderedDict":
		return languages.TypeRef{Name: "map", Args: args}
	case "Callable":
		if len(args) > 1 {
			return languages.TypeRef{Name: "func", Args: args[len(args)-1:]}
		}
		return languages.TypeRef{Name: "func"}
	}
	return languages.TypeRef{Name: name, Args: args}
}

// skipTo goes behind the bracket that closes what was opened before.
func (p *typeParser) skipTo(end byte) {
	depth := 0
	for p.i < len(p.s) {
		c := p.s[p.i]
		switch c {
		case '"', '\'':
			p.quoted(c)
			continue
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth == 0 {
				if c == end {
					p.i++
				}
				return
			}
			depth--
		}
		p.i++
	}
}

// quoted reads a text and returns what is between the quotes.
func (p *typeParser) quoted(quote byte) []byte {
	open := 1
	if p.i+2 < len(p.s) && p.s[p.i+1] == quote && p.s[p.i+2] == quote {
		open = 3
	}
	p.i += open
	start := p.i
	for p.i < len(p.s) && p.s[p.i] != quote {
		p.i++
	}
	inner := p.s[start:p.i]
	p.i = min(len(p.s), p.i+open)
	return inner
}

func isNameByte(c byte) bool {
	return c == '_' || c == '.' || c >= 0x80 ||
		c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// lastSegment is c of a.b.c, firstSegment a.
func lastSegment(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

func firstSegment(name string) string {
	if i := strings.IndexByte(name, '.'); i > 0 {
		return name[:i]
	}
	return name
}

// stripSpace is a dotted name without the blanks that may stand around its dots.
func stripSpace(name []byte) string {
	return strings.Join(strings.Fields(string(name)), "")
}
