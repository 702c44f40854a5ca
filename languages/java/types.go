package java

import (
	"slices"
	"strings"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

// typeRef reads a type. "void", "var" and "?" are not declared.
func (x *extractor) typeRef(n node) languages.TypeRef {
	if x.depth >= build.MaxDepth {
		return languages.TypeRef{}
	}
	x.depth++
	defer func() { x.depth-- }()
	switch n.Kind() {
	case "type_identifier", "identifier":
		name := x.text(n)
		if bound, ok := x.bounds[name]; ok {
			return bound
		}
		if name != "var" && name != "val" { // val is Lombok's
			return normal(name, nil)
		}
	case "integral_type", "floating_point_type", "boolean_type":
		return languages.TypeRef{Name: x.text(n)}
	case "scoped_type_identifier":
		return normal(x.typeName(n), nil)
	case "generic_type":
		return normal(x.typeName(n), x.typeArguments(n.LastNamedChild()))
	case "array_type":
		return arrayOf(x.typeRef(n.Child("element")), n.Child("dimensions"))
	case "annotated_type":
		return x.typeRef(n.LastNamedChild())
	case "wildcard":
		return x.wildcard(n)
	case "catch_type":
		return x.union(n)
	}
	return languages.TypeRef{}
}

func (x *extractor) typeArguments(list node) []languages.TypeRef {
	if list.Kind() != "type_arguments" {
		return nil
	}
	var args []languages.TypeRef
	for c := range list.NamedChildren() {
		if !c.IsError() {
			args = append(args, x.typeRef(c))
		}
	}
	return args
}

// wildcard gives "? extends T" and "? super T" as T.
func (x *extractor) wildcard(n node) languages.TypeRef {
	switch bound := n.LastNamedChild(); bound.Kind() {
	case "annotation", "marker_annotation", "super":
		return languages.TypeRef{}
	default:
		return x.typeRef(bound)
	}
}

func (x *extractor) union(n node) languages.TypeRef {
	union := languages.TypeRef{Name: "|"}
	for c := range n.NamedChildren() {
		if t := x.typeRef(c); t.Name != "" {
			union.Args = append(union.Args, t)
		}
	}
	switch len(union.Args) {
	case 0:
		return languages.TypeRef{}
	case 1:
		return union.Args[0]
	}
	return union
}

// typeName is the dotted name of a type, without arguments and annotations.
func (x *extractor) typeName(n node) string {
	if n.Kind() != "scoped_type_identifier" && n.Kind() != "generic_type" {
		return x.text(n)
	}
	var name strings.Builder
	for i, part := range x.nameParts(n) {
		if i > 0 {
			name.WriteByte('.')
		}
		name.Write(x.src[part.Start():part.End()])
	}
	return x.String([]byte(name.String()))
}

// nameParts are the identifiers of a type's name, from outer to inner.
func (x *extractor) nameParts(n node) []node {
	var parts []node
	for { // the outermost name is the deepest node
		var inner node
		for c := range n.NamedChildren() {
			switch c.Kind() {
			case "scoped_type_identifier", "generic_type", "annotated_type":
				inner = c
			case "type_identifier", "identifier":
				parts = append(parts, c)
			}
		}
		if !inner.Valid() {
			break
		}
		n = inner
	}
	// Each level gave its own name, but the innermost node gave two in order.
	slices.SortFunc(parts, func(a, b node) int { return a.Start() - b.Start() })
	return parts
}

// typeExpr is a type's name as an expression: a Name, or Members of one.
func (x *extractor) typeExpr(n node) *languages.Expr {
	for n.Kind() == "annotated_type" || n.Kind() == "array_type" {
		if n.Kind() == "array_type" {
			return x.Expr(languages.Unknown, n.Start(), n.End())
		}
		n = n.LastNamedChild()
	}
	if n.Kind() != "scoped_type_identifier" && n.Kind() != "generic_type" {
		return x.Leaf(languages.Name, x.text(n), n.Start(), n.End())
	}
	var e *languages.Expr
	for _, part := range x.nameParts(n) {
		if e == nil {
			e = x.Leaf(languages.Name, x.text(part), part.Start(), part.End())
		} else {
			e = x.Member(e, x.text(part), part.Start(), part.End())
		}
	}
	if e == nil {
		return x.Expr(languages.Unknown, n.Start(), n.End())
	}
	return e
}

// arrayOf wraps a type once for each "[".
func arrayOf(t languages.TypeRef, dimensions node) languages.TypeRef {
	if t.Name == "" {
		return t
	}
	for c := range dimensions.Children() {
		if c.Kind() == "[" {
			t = languages.TypeRef{Name: "[]", Args: []languages.TypeRef{t}}
		}
	}
	return t
}

// listTypes and mapTypes are the library's names for what the facts call "[]"
// and "map". Those with true are so without arguments too; the others are names
// that classes of a project may well have.
var (
	listTypes = map[string]bool{
		"List": true, "Set": true, "Collection": true, "Iterable": true,
		"ArrayList": true, "HashSet": true, "LinkedList": true,
		"LinkedHashSet": false, "TreeSet": false, "SortedSet": false, "Queue": false, "Deque": false,
		"ArrayDeque": false, "Vector": false, "CopyOnWriteArrayList": false,
		"ImmutableList": false, "ImmutableSet": false,
	}
	mapTypes = map[string]bool{
		"Map": true, "HashMap": true, "LinkedHashMap": true,
		"TreeMap": false, "SortedMap": false, "ConcurrentMap": false, "ConcurrentHashMap": false,
		"ImmutableMap": false,
	}
)

// normal gives the library's collections the names of the contract.
func normal(name string, args []languages.TypeRef) languages.TypeRef {
	short := strings.TrimPrefix(strings.TrimPrefix(name, "java.util."), "concurrent.")
	if raw, ok := listTypes[short]; ok && (len(args) == 1 || len(args) == 0 && raw) {
		return languages.TypeRef{Name: "[]", Args: filled(args, 1)}
	}
	if raw, ok := mapTypes[short]; ok && (len(args) == 2 || len(args) == 0 && raw) {
		return languages.TypeRef{Name: "map", Args: filled(args, 2)}
	}
	return languages.TypeRef{Name: name, Args: args}
}

// filled makes the arguments of a raw type "not declared".
func filled(args []languages.TypeRef, n int) []languages.TypeRef {
	if len(args) == n {
		return args
	}
	return make([]languages.TypeRef, n)
}
