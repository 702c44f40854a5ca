package python

import (
	"strconv"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

// manyFields bounds the search for a field among those before it.
const manyFields = 200

// assign reads an assignment with all its targets, a = b = value, and returns
// the value. A declaration alone (a: T) has none.
func (x *extractor) assign(n node) *languages.Expr {
	last := n
	for r := n.Child("right"); r.Kind() == "assignment"; r = r.Child("right") {
		last = r
	}
	var value *languages.Expr
	right := last.Child("right")
	if right.Valid() {
		value = x.expr(right)
	}
	for a := n; ; a = a.Child("right") {
		left, typ := a.Child("left"), a.Child("type")
		x.aliasOf(left, typ, right, value)
		x.bindTyped(left, typ, value, a)
		if a == last {
			return value
		}
	}
}

// aliasOf declares a type for an assignment that names one: X: TypeAlias = Y,
// X = Union[A, B], X = NewType("X", A), X = TypeVar("X", bound=A).
func (x *extractor) aliasOf(left, typ, right node, value *languages.Expr) {
	if left.Kind() != "identifier" || value == nil {
		return
	}
	t := languages.Type{Kind: languages.AliasType, Range: span(left)}
	switch right.Kind() {
	case "subscript":
		switch lastSegment(string(right.Child("value").Bytes())) {
		case "Optional", "Union", "Annotated", "List", "Sequence", "Dict", "Callable", "Type":
			t.Name = left.Text()
			x.addAlias(t, parseType(right.Bytes()))
			return
		}
	case "call":
		of := languages.TypeRef{}
		args := right.Child("arguments")
		switch lastSegment(string(right.Child("function").Bytes())) {
		case "NewType":
			of = parseType(args.NamedChild(1).Bytes())
		case "TypeVar":
			for c := range args.NamedChildren() {
				if c.Kind() == "keyword_argument" && string(c.Child("name").Bytes()) == "bound" {
					of = parseType(c.Child("value").Bytes())
				}
			}
		default:
			return
		}
		t.Name = left.Text()
		x.addAlias(t, of)
		return
	}
	if typ.Valid() && lastSegment(string(typ.Bytes())) == "TypeAlias" {
		t.Name = left.Text()
		x.addAlias(t, parseType(right.Bytes()))
	}
}

// augmented reads "a += b" and its kin. Of these only += and |= add.
func (x *extractor) augmented(n node) *languages.Expr {
	value := x.expr(n.Child("right"))
	target := n.Child("left")
	op := string(n.Child("operator").Bytes())
	if op != "+=" && op != "|=" {
		x.visit(target)
		return x.unknown(n)
	}
	if value.Kind == languages.List { // its elements are added, not the list
		value = x.spread(value)
	}
	switch target.Kind() {
	case "identifier", "attribute", "subscript":
		x.add(languages.Binding{Target: x.expr(target), Value: value, Append: true, Range: span(n)})
	default:
		x.visit(target)
	}
	return x.unknown(n)
}

// spread is a list of the elements of a value.
func (x *extractor) spread(value *languages.Expr) *languages.Expr {
	e := x.b.List(languages.List, int(value.Range.Start), int(value.Range.End), value)
	e.Items()[0].Spread = true
	return e
}

// bind gives a target, or all those in it, the value. A nil value is unknown.
func (x *extractor) bind(target node, value *languages.Expr, t languages.TypeRef, at languages.Range) {
	x.depth++
	defer x.leave()
	if x.depth >= build.MaxDepth {
		return
	}
	switch target.Kind() {
	case "identifier":
		x.add(languages.Binding{Target: x.name(target), Type: t, Value: value, Range: at})
	case "attribute", "subscript":
		if e := x.expr(target); e.Kind == languages.Member || e.Kind == languages.Index {
			x.add(languages.Binding{Target: e, Type: t, Value: value, Range: at})
		}
	case "pattern_list", "tuple_pattern", "list_pattern", "tuple", "list", "expression_list":
		x.destructure(target, value, at)
	case "parenthesized_expression", "as_pattern_target":
		x.bind(target.NamedChild(0), value, t, at)
	case "list_splat_pattern", "list_splat": // the rest, whatever that is
		x.bind(target.NamedChild(0), x.unknown(target), t, at)
	default:
		x.visit(target)
	}
}

func (x *extractor) bindTyped(target, typ node, value *languages.Expr, n node) {
	if !typ.Valid() {
		x.bind(target, value, languages.TypeRef{}, span(n))
		return
	}
	t := parseType(typ.Bytes())
	switch {
	case t.Name == "TypeAlias" || t.Name == "typing.TypeAlias":
	case x.class > 0 && target.Kind() == "identifier" && !x.quiet:
		x.addField(target.Text(), t, value, n, typ)
	default:
		x.bind(target, value, t, span(n))
	}
}

func (x *extractor) destructure(targets node, value *languages.Expr, at languages.Range) {
	i, splat := 0, false
	for c := range targets.NamedChildren() {
		kind := c.Kind()
		if kind == "line_continuation" {
			continue
		}
		splat = splat || kind == "list_splat_pattern" || kind == "list_splat"
		element := value
		if value != nil {
			element = x.element(value, i, splat)
		}
		x.bind(c, element, languages.TypeRef{}, at)
		i++
	}
}

// element is what number i of the targets gets of value. After a starred target
// the count starts from the end, which is not known.
func (x *extractor) element(value *languages.Expr, i int, splat bool) *languages.Expr {
	start, end := int(value.Range.Start), int(value.Range.End)
	if splat {
		return x.b.Expr(languages.Unknown, start, end)
	}
	kind := languages.Index
	switch value.Kind {
	case languages.Unknown:
		return value
	case languages.List, languages.Tuple:
		if i < len(value.Items()) && !anySpread(value.Items()[:i+1]) {
			return value.Items()[i].Value
		}
	case languages.Call:
		kind = languages.Result
	}
	e := x.b.Expr(kind, start, end)
	e.Base = value
	e.SetItems(append(x.b.Items(1), languages.Item{
		Value: x.b.Leaf(languages.Number, strconv.Itoa(i), start, end), Range: value.Range,
	}))
	return e
}

func anySpread(items []languages.Item) bool {
	for _, item := range items {
		if item.Spread {
			return true
		}
	}
	return false
}

// add adds a binding where its target belongs: a name that a class body binds
// is a field, what a class body does to one of its fields is done to a member.
func (x *extractor) add(b languages.Binding) {
	if x.quiet {
		return
	}
	if b.Target.Kind == languages.Name {
		if x.class > 0 && !b.Append {
			x.addField(b.Target.Text, b.Type, b.Value, node{}, node{})
			t := &x.b.File.Types[x.class-1]
			t.Fields[len(t.Fields)-1].Range = b.Range
			return
		}
		b.Nonlocal = x.nonlocal[b.Target.Text]
	}
	if x.class > 0 {
		b.Target = x.inClass(b.Target)
	}
	x.b.Bind(x.fn, b)
}

// inClass puts the class in front of the field that a target begins with.
func (x *extractor) inClass(target *languages.Expr) *languages.Expr {
	t := &x.b.File.Types[x.class-1]
	switch target.Kind {
	case languages.Name:
		for _, f := range t.Fields[max(0, len(t.Fields)-manyFields):] {
			if f.Name == target.Text {
				at := target.Range
				class := x.b.Leaf(languages.Name, t.Name, int(at.Start), int(at.Start))
				return x.b.Member(class, target.Text, int(at.Start), int(at.End))
			}
		}
	case languages.Member, languages.Index:
		if base := x.inClass(target.Base); base != target.Base {
			copied := *target
			copied.Base = base
			return &copied
		}
	}
	return target
}
