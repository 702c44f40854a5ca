package detect

import (
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// each gives the elements of a list, the values of a record, the members of an enum.
func (e *evaluator) each(x *languages.Expr, at *env) set {
	base := e.eval(x.Base, at)
	s := set{incomplete: base.incomplete}
	for i := range base.values {
		s.merge(e.elements(&base.values[i]))
	}
	return s
}

func (e *evaluator) elements(v *value) set {
	if !e.deeper() {
		return unknown()
	}
	defer e.leave()
	switch v.kind {
	case listValue:
		var s set
		for _, item := range e.items(v) {
			s.merge(e.element(item))
		}
		return s
	case recordValue:
		if v.expr.Base != nil {
			return e.each(v.expr, v.env)
		}
		return e.entries(v)
	case classValue:
		return e.enumMembers(v)
	case instanceValue:
		held := *v
		held.boxed = false
		return one(held)
	case objectValue:
		return one(*v)
	case textValue:
		return wordsOf(v)
	}
	return unknown()
}

// entries gives the values of a record: of many, those of the first.
func (e *evaluator) entries(v *value) set {
	var s set
	items := v.expr.Items()
	for _, item := range items[:min(len(items), maxEntries)] {
		if !item.Spread {
			s.merge(e.eval(item.Value, v.env))
		}
	}
	extra := v.rarity().extra
	for _, added := range extra[:min(len(extra), maxEntries)] {
		if added.key != nil {
			s.merge(e.eval(added.expr, added.env))
		}
	}
	return s
}

// wordsOf gives the words of a text with blanks, which stands for the list that
// it was split into. Nobody takes the letters of a command one by one.
func wordsOf(v *value) set {
	var s set
	for i := range strings.Fields(v.text) {
		word, _ := wordAt(v, i)
		s.add(word)
	}
	if len(s.values) < 2 {
		return unknown() // a letter of it
	}
	return s
}

// wordAt gives one word of a text.
func wordAt(v *value, n int) (value, bool) {
	words := strings.Fields(v.text)
	if n >= len(words) {
		return value{}, false
	}
	word := *v
	word.text = words[n]
	word.prefix = v.prefix && n == len(words)-1 && !strings.HasSuffix(v.text, " ")
	return word, true
}

// An element is an item of a list, with the place where it is to be evaluated.
// Spread marks a list of further items whose number is not known.
type element struct {
	expr   *languages.Expr
	env    *env
	spread bool
	site   *site // where it entered, with the list that holds it
	weak   bool  // the list that holds it rests on a guess
	// argument is the place of the call's argument that gave it.
	argument languages.Range
}

// element gives what an element may be, marked with the argument by which the
// list that holds it entered.
func (e *evaluator) element(el element) set {
	s := enteredWith(e.eval(el.expr, el.env), &value{site: el.site})
	if el.weak {
		return s.with(value.guessed)
	}
	return s
}

// items gives a list's elements in order, spread lists worked in where known.
func (e *evaluator) items(v *value) []element { return e.itemsWithin(v, 0) }

func (e *evaluator) itemsWithin(v *value, depth int) []element {
	list := e.unmarkedItems(v, depth)
	for i := range list {
		list[i].weak = list[i].weak || v.weak
		if list[i].site == nil {
			list[i].site = v.site
		}
	}
	return list
}

// maxItems bounds how many elements of a list are looked at. What is sent, and how, is
// said by the first ones.
const maxItems = 512

func (e *evaluator) unmarkedItems(v *value, depth int) []element {
	var list []element
	for _, item := range v.expr.Items() {
		if len(list) >= maxItems {
			return list
		}
		list = e.expand(list, item, v.env, depth)
	}
	for _, added := range v.rarity().extra {
		if len(list) >= maxItems {
			return list
		}
		if added.key == nil {
			before := len(list)
			list = e.expand(list, languages.Item{Value: added.expr, Spread: added.spread}, added.env, depth)
			for i := before; i < len(list) && added.site != nil; i++ {
				list[i].site, list[i].weak = added.site, list[i].weak || added.weak
			}
		} else if n, ok := e.place(added); ok {
			list = put(list, n, added)
		} else { // any of the places
			list = append(list, element{expr: added.expr, env: added.env, spread: true})
		}
	}
	return list
}

// maxPlace bounds the places of a list that are assigned to one by one.
const maxPlace = 32

// place gives the place of a list that an assignment to an element means.
func (e *evaluator) place(added addition) (int, bool) {
	keys := e.eval(added.key, added.env)
	if len(keys.values) != 1 || keys.values[0].kind != numberValue {
		return 0, false
	}
	n, err := strconv.Atoi(keys.values[0].text)
	return n, err == nil && n >= 0 && n < maxPlace
}

// put puts an element in its place, beside what the place may hold already.
func put(list []element, n int, added addition) []element {
	for i := range list {
		if list[i].spread && i <= n {
			return list
		}
	}
	for len(list) <= n {
		list = append(list, element{expr: &languages.Expr{}, env: added.env})
	}
	old := list[n]
	list[n] = element{expr: added.expr, env: added.env}
	if old.expr.Kind != languages.Unknown && old.env == added.env {
		list[n].expr = &languages.Expr{Kind: languages.Choice, Range: added.expr.Range, At: added.expr.At,
			Parts: &languages.Parts{Items: []languages.Item{{Value: old.expr}, {Value: added.expr}}}}
	}
	return list
}

func (e *evaluator) expand(list []element, item languages.Item, at *env, depth int) []element {
	if !item.Spread {
		return append(list, element{expr: item.Value, env: at})
	}
	if depth < maxFrames {
		s := e.eval(item.Value, at)
		for i := range s.values {
			if s.values[i].kind == listValue {
				return append(list, e.itemsWithin(&s.values[i], depth+1)...)
			}
		}
	}
	return append(list, element{expr: item.Value, env: at, spread: true})
}

func (e *evaluator) index(x *languages.Expr, at *env) set {
	base := e.eval(x.Base, at)
	s := set{incomplete: base.incomplete}
	if len(x.Items()) == 0 {
		return unknown()
	}
	keys := e.eval(x.Items()[0].Value, at)
	for i := range base.values {
		s.merge(e.indexOf(&base.values[i], keys, x, at))
	}
	if len(base.values) == 0 {
		for _, key := range keys.values {
			if key.kind == textValue && !key.prefix {
				s.merge(e.assignedAnywhere(x, key.text, at))
			}
		}
	}
	return s
}

func (e *evaluator) indexOf(v *value, keys set, x *languages.Expr, at *env) set {
	var s set
	known := false
	for _, key := range keys.values {
		switch {
		case v.kind == listValue && key.kind == numberValue:
			if item, ok := e.itemAt(v, key.text); ok {
				s.merge(e.element(item))
				known = true
			}
		case v.kind == textValue && key.kind == numberValue:
			if n, err := strconv.Atoi(key.text); err == nil && n >= 0 {
				if word, ok := wordAt(v, n); ok {
					s.add(word)
				}
			}
			known = true
		case v.kind == symbolValue || v.kind == moduleValue:
			return one(*v) // Generic[Type], an alias of it
		case key.kind == textValue && !key.prefix:
			s.merge(enteredBy(e.memberOf(one(*v), x, key.text, at), key))
			known = true
		}
	}
	switch {
	case v.kind == recordValue && (!known || keys.incomplete):
		s.merge(e.entries(v))
	case !known:
		s.merge(e.elements(v))
	}
	return s
}

// enteredBy marks members that were named by a text with the argument by which
// that text entered: run("set") of run(name) { client[name]() }.
func enteredBy(s set, key value) set {
	if key.site == nil {
		return s
	}
	return s.with(func(v value) value {
		if v.kind == memberValue && v.site == nil {
			v.site, v.because = key.site, join(key.because, v.because)
		}
		return v
	})
}

func (e *evaluator) itemAt(v *value, number string) (element, bool) {
	n := 0
	for _, c := range number {
		if c < '0' || c > '9' || n > 1000 {
			return element{}, false
		}
		n = n*10 + int(c-'0')
	}
	list := e.items(v)
	for i := range list {
		if list[i].spread {
			return element{}, false
		}
		if i == n {
			return list[i], true
		}
	}
	return element{}, false
}

// result gives one of several results of a call. What is no tuple is taken for
// the first one.
func (e *evaluator) result(x *languages.Expr, at *env) set {
	base := e.eval(x.Base, at)
	s := set{incomplete: base.incomplete}
	number := "0"
	if len(x.Items()) > 0 && x.Items()[0].Value != nil {
		number = x.Items()[0].Value.Text
	}
	for i := range base.values {
		v := &base.values[i]
		switch {
		case v.kind == listValue:
			if item, ok := e.itemAt(v, number); ok {
				s.merge(e.element(item))
			}
		case number == "0":
			s.add(*v)
		default:
			s.incomplete = true
		}
	}
	return s
}
