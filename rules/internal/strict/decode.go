package strict

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// A Spec says what the Go types do not: which keys must be there, which values
// a text may have, and of which keys there must be exactly one.
type Spec struct {
	Required map[reflect.Type][]string
	OneOf    map[reflect.Type][]string
	Values   map[reflect.Type]map[string][]string // by key of the type
}

// Decode fills into, a pointer, from n, and reports what does not fit. What
// fits is filled in even if something else does not.
func (f *File) Decode(n *Node, spec *Spec, into any) {
	d := decoder{f, spec}
	d.value(n, reflect.ValueOf(into).Elem(), "", nil)
}

type decoder struct {
	file *File
	spec *Spec
}

// An Elsewhere is the value of a key that is decoded by someone else.
type Elsewhere struct{}

// value decodes n into v. The label is the key that n belongs to, and allowed
// are the texts that it may have, if they are few.
func (d decoder) value(n *Node, v reflect.Value, label string, allowed []string) {
	n = resolve(n)
	if v.Type() == reflect.TypeFor[Elsewhere]() {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem(), label, allowed)
	case reflect.Struct:
		if d.expect(n, yaml.MappingNode, "a mapping", label) {
			d.structure(n, v)
		}
	case reflect.Map:
		if d.expect(n, yaml.MappingNode, "a mapping", label) {
			d.mapping(n, v, allowed)
		}
	case reflect.Slice:
		if d.expect(n, yaml.SequenceNode, "a list", label) {
			d.list(n, v, label, allowed)
		}
	default:
		d.scalar(n, v, label, allowed)
	}
}

func (d decoder) expect(n *Node, kind yaml.Kind, what, label string) bool {
	if n.Kind == kind {
		return true
	}
	return d.unexpected(n, what, label)
}

func (d decoder) unexpected(n *Node, what, label string) bool {
	in := ""
	if label != "" {
		in = fmt.Sprintf(" in %q", label)
	}
	return d.file.Mistake(n, "expected %s%s, found %s", what, in, kind(n))
}

func (d decoder) structure(n *Node, v reflect.Value) {
	fields := Fields(v.Type())
	d.pairs(n, func(key, value *Node) {
		for _, field := range fields {
			if field.Key == key.Value {
				d.value(value, v.FieldByIndex(field.Index), key.Value, d.spec.Values[v.Type()][key.Value])
				return
			}
		}
		d.unknownKey(key, fields)
	})
	for _, key := range d.spec.Required[v.Type()] {
		if Get(n, key) == nil {
			d.file.Mistake(n, "missing key %q", key)
		}
	}
	d.oneOf(n, d.spec.OneOf[v.Type()])
}

func (d decoder) unknownKey(key *Node, fields []Field) {
	if d.file.Full() {
		return
	}
	if key.Value == "<<" {
		d.file.Mistake(key, "merge keys (\"<<\") are not supported")
		return
	}
	keys := make([]string, len(fields))
	for i, field := range fields {
		keys[i] = field.Key
	}
	d.file.Mistake(key, "unknown key %q; %s", key.Value, Hint(key.Value, keys))
}

func (d decoder) oneOf(n *Node, keys []string) {
	var found []string
	for _, key := range keys {
		if Get(n, key) != nil {
			found = append(found, key)
		}
	}
	switch {
	case len(keys) == 0 || len(found) == 1:
	case len(found) == 0:
		d.file.Mistake(n, "expected one of the keys %s", Quoted(keys))
	default:
		d.file.Mistake(n, "expected only one of the keys %s, found %s", Quoted(keys), Quoted(found))
	}
}

// pairs calls visit for each key and value, and reports keys that are no texts
// or come twice.
func (d decoder) pairs(n *Node, visit func(key, value *Node)) {
	lines := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := resolve(n.Content[i])
		if key.Kind != yaml.ScalarNode {
			d.file.Mistake(key, "expected a text as key, found %s", kind(key))
			continue
		}
		if line, twice := lines[key.Value]; twice {
			d.file.Mistake(key, "duplicate key %q, first on line %d", key.Value, line)
			continue
		}
		lines[key.Value] = key.Line
		visit(key, n.Content[i+1])
	}
}

func (d decoder) mapping(n *Node, v reflect.Value, allowed []string) {
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	d.pairs(n, func(key, value *Node) {
		if key.Value == "" {
			d.file.Mistake(key, "a key is empty")
			return
		}
		entry, label := reflect.New(v.Type().Elem()).Elem(), key.Value
		if allowed != nil {
			label = "value" // "unknown value": the place says of which key
		}
		d.value(value, entry, label, allowed)
		v.SetMapIndex(reflect.ValueOf(key.Value), entry)
	})
}

func (d decoder) list(n *Node, v reflect.Value, label string, allowed []string) {
	items := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	for i, item := range n.Content {
		d.value(item, items.Index(i), label, allowed)
	}
	v.Set(items)
}

// scalar decodes a single value. A number or a truth value counts as a text
// where one is expected: "since: 1.0" means what it says.
func (d decoder) scalar(n *Node, v reflect.Value, label string, allowed []string) {
	switch v.Kind() {
	case reflect.String:
		if !IsText(n) {
			d.unexpected(n, "a text", label)
			return
		}
		if allowed != nil && !slices.Contains(allowed, n.Value) {
			d.file.Mistake(n, "unknown %s %q; %s", label, n.Value, Hint(n.Value, allowed))
			return
		}
		v.SetString(n.Value)
	case reflect.Bool:
		if !IsText(n) || n.ShortTag() != "!!bool" {
			d.unexpected(n, "true or false", label)
			return
		}
		v.SetBool(strings.EqualFold(n.Value, "true"))
	case reflect.Int:
		number, err := strconv.Atoi(n.Value)
		if !IsText(n) || err != nil || n.ShortTag() != "!!int" {
			d.unexpected(n, "a whole number", label)
			return
		}
		v.SetInt(int64(number))
	}
}
