package detect

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// maxOptionDepth bounds how deep records of options are nested.
const maxOptionDepth = 4

// madeSettings looks at a call that makes a value of a client's type, for
// settings among its arguments.
func (f *finder) madeSettings(callee set, call *languages.Expr, at *env) {
	for i := range callee.values {
		if t := f.makes(&callee.values[i], at); t != nil {
			f.settingsOf(t, call, at, 0)
			f.clientMade(&callee.values[i], t, call, at)
		}
	}
}

// settingsOf looks for the settings of a type's client and, for a type that
// extends another client's, of that one.
func (f *finder) settingsOf(t *typ, call *languages.Expr, at *env, depth int) {
	for _, name := range slices.Sorted(maps.Keys(t.client.Settings)) {
		setting := t.client.Settings[name]
		for _, form := range setting.Set {
			s := settingForm{t.client, name, form, setting}
			switch {
			case form.Keyword != "" && (slices.Contains(form.Of, t.name) || slices.Contains(form.Of, "*")):
				f.keyword(s, call.Items(), at)
			case form.URL != "":
				f.urls(s, call.Items(), at, 0)
			}
		}
	}
	for _, base := range t.extends {
		if depth < maxFrames && (base.client != t.client || len(t.client.Settings) > 0) {
			f.settingsOf(base, call, at, depth+1)
		}
	}
}

// makes gives the type that calling v makes, nil if it makes none.
func (f *finder) makes(v *value, at *env) *typ {
	switch v.kind {
	case symbolValue:
		if s := f.symbolOf(v, at); s != nil {
			if s.maker != nil {
				return s.maker
			}
			return s.class
		}
	case moduleValue:
		if v.client != nil {
			if s := v.client.symbols["default"]; s != nil {
				return s.class
			}
		}
	case memberValue:
		return v.member.gives
	case classValue:
		return f.derivedFrom(v.class)
	case superValue:
		return f.derivedFrom(v.class)
	case instanceValue: // super().__init__(...): the base's constructor
		return v.typ
	}
	return nil
}

// derivedFrom gives the client type that a class of the project extends.
func (f *finder) derivedFrom(id link.TypeID) *typ {
	return f.derivedFromAny(id, map[link.TypeID]bool{})
}

// derivedFromAny is derivedFrom for a class on the way up, and those that were asked.
func (f *finder) derivedFromAny(id link.TypeID, asked map[link.TypeID]bool) *typ {
	if asked[id] || len(asked) > maxBases {
		return nil
	}
	asked[id] = true
	decl := id.Decl()
	for _, base := range decl.Bases {
		for _, v := range f.typeRef(base, id.File, decl.Function, 0).values {
			switch v.kind {
			case instanceValue:
				return v.typ
			case objectValue:
				if t := f.derivedFromAny(v.class, asked); t != nil {
					return t
				}
			}
		}
	}
	return nil
}

// maxBases bounds how many classes above one are looked at.
const maxBases = 64

// keyword looks for a named argument, and for keys of records passed.
func (f *finder) keyword(s settingForm, items []languages.Item, at *env) {
	f.eachNamed(items, at, 0, func(name string, value set, at *env, r languages.Range) bool {
		if name == s.form.Keyword {
			f.setting(s, value, at, r, nil)
		}
		return name == s.form.Keyword
	})
}

// A visitor looks at a named argument or an entry of a record, and tells whether
// it is what it looks for: nothing is looked for inside of it then.
type visitor func(name string, value set, at *env, r languages.Range) bool

// eachNamed visits the named arguments of a call and the entries of records
// passed, however deep.
func (f *finder) eachNamed(items []languages.Item, at *env, depth int, visit visitor) {
	if depth > maxOptionDepth {
		return
	}
	for _, item := range items {
		if item.Value == nil {
			continue
		}
		k := item.Value.Kind
		plain := k == languages.Text || k == languages.Number || k == languages.Lambda
		if plain && (item.Name == "" || item.Spread) {
			continue
		}
		inner := f.eval(item.Value, at)
		if item.Name != "" && !item.Spread && visit(item.Name, inner, at, itemRange(item)) || plain {
			continue
		}
		for i := range inner.values {
			switch v := &inner.values[i]; v.kind {
			case recordValue:
				f.eachNamed(v.expr.Items()[:min(len(v.expr.Items()), maxEntries)], v.env, depth+1, visit)
				f.addedNamed(v, depth, visit)
			case listValue:
				if depth == 0 || item.Name != "" {
					f.namedInList(v, depth, visit)
				}
			}
		}
	}
}

func (f *finder) namedInList(v *value, depth int, visit visitor) {
	for _, el := range f.items(v) {
		if el.expr != nil && el.expr.Kind == languages.Record {
			f.eachNamed(el.expr.Items(), el.env, depth+1, visit)
		}
	}
}

// addedNamed visits entries put into a record after it was made.
func (f *finder) addedNamed(v *value, depth int, visit visitor) {
	extra := v.rarity().extra
	for _, added := range extra[:min(len(extra), maxEntries)] {
		if added.key == nil && added.expr != v.expr {
			f.eachNamed([]languages.Item{{Value: added.expr}}, added.env, depth+1, visit)
			continue
		}
		if key := added.key; key != nil && key.Kind == languages.Text {
			visit(key.Text, f.eval(added.expr, added.env), added.env, languages.Range{Start: key.Range.Start, End: added.expr.Range.End})
		}
	}
}

func itemRange(item languages.Item) languages.Range {
	if item.Range.End > item.Range.Start {
		return item.Range
	}
	return item.Value.Range
}

// typedRecord looks at a record of a written type, or assigned to a declared one.
func (f *finder) typedRecord(k *knowledge, record *languages.Expr, at *env) {
	for _, item := range record.Items() {
		if item.Value != nil && record.Type().Name != "" && f.mayBeOption(k, item.Name, at.file) {
			f.begin()
			f.fieldOption(f.typeRef(record.Type(), at.file, at.fn, 0), item.Name, f.eval(item.Value, at), at, itemRange(item))
		}
		for _, s := range k.fields[item.Name] {
			f.begin()
			if item.Value != nil && f.isOptions(s, record, at) {
				f.setting(s, f.eval(item.Value, at), at, itemRange(item), nil)
				break
			}
		}
	}
}

// isOptions tells whether a record's written type is one that the form names.
func (f *finder) isOptions(s settingForm, record *languages.Expr, at *env) bool {
	if f.isStated(s, record, at) {
		return true
	}
	if record.Type().Name == "" {
		return false
	}
	return f.isOneOf(s, f.typeRef(record.Type(), at.file, at.fn, 0), record.Type().Name)
}

func (f *finder) isOneOf(s settingForm, types set, written string) bool {
	for i := range types.values {
		v := &types.values[i]
		switch {
		case len(s.form.In) == 0: // a variable of the module itself
			if v.kind == moduleValue && v.client == s.client {
				return true
			}
		case v.kind == instanceValue && v.typ.client == s.client:
			for _, class := range v.typ.rule.Classes {
				if slices.Contains(s.form.In, class) {
					return true
				}
			}
			return slices.Contains(s.form.In, v.typ.name)
		case v.kind == opaqueValue && v.client == s.client:
			return slices.Contains(s.form.In, rules.LastName(written))
		}
	}
	return false
}

// assignedSetting looks at an assignment to a member: options.Protocol = 2.
func (f *finder) assignedSetting(k *knowledge, b *languages.Binding, at *env) {
	if b.Target == nil || b.Target.Kind != languages.Member && b.Target.Kind != languages.Name {
		return
	}
	if b.Target.Kind == languages.Member {
		if b.Value != nil && f.mayBeOption(k, b.Target.Text, at.file) {
			f.begin()
			f.fieldOption(f.eval(b.Target.Base, at), b.Target.Text, f.eval(b.Value, at), at, b.Range)
		}
		for _, s := range k.fields[b.Target.Text] {
			f.begin()
			base := f.eval(b.Target.Base, at)
			if b.Value != nil && (f.isStated(s, b.Target, at) || f.isOneOf(s, base, "")) {
				f.setting(s, f.eval(b.Value, at), at, b.Range, nil)
				return
			}
		}
	}
	if b.Type.Name != "" && b.Value != nil && b.Value.Kind == languages.Record && b.Value.Type().Name == "" {
		typed := *b.Value
		typed.SetType(b.Type)
		f.typedRecord(k, &typed, at)
	}
}

// callSetting looks at a member that sets a setting.
func (f *finder) callSetting(s settingForm, v *value, call *languages.Expr, at *env) {
	part := f.ownPart(call, at)
	if s.form.Value != "" {
		f.setting(s, one(value{kind: textValue, text: s.form.Value}), at, part, v.because)
		return
	}
	if elements := f.arguments(call, at); s.form.Argument < len(elements) {
		el := elements[s.form.Argument]
		f.setting(s, f.eval(el.expr, el.env), at, part, v.because)
	}
}

// setting adds the uses of a setting whose value may be what s holds.
func (f *finder) setting(s settingForm, values set, at *env, r languages.Range, because *step) {
	found := false
	for i := range values.values {
		v := &values.values[i]
		text, ok := settingValue(s, v)
		if !ok {
			continue
		}
		found = true
		if text == "" {
			continue
		}
		f.addSetting(s, text, v, at, r, because)
	}
	if !found && !onlyNone(values) && len(s.form.Values) == 0 && len(s.rule.Values) == 0 || !found && values.incomplete {
		f.addSetting(s, undecided, &value{}, at, r, because)
	}
}

func onlyNone(values set) bool {
	for i := range values.values {
		if values.values[i].kind != noneValue {
			return false
		}
	}
	return len(values.values) > 0
}

// settingValue gives the setting's value that v stands for; "" if it stands for
// "not set". The second result is false where v says nothing.
func settingValue(s settingForm, v *value) (string, bool) {
	text := v.text
	switch v.kind {
	case noneValue:
		return "", true
	case textValue, numberValue, boolValue:
		if v.prefix {
			return "", false
		}
	case symbolValue:
		text = rules.LastName(v.text)
	case objectValue:
		if text == "" {
			return "", false
		}
	default:
		return "", false
	}
	if mapped, ok := s.form.Values[text]; ok {
		return mapped, true
	}
	if mapped, ok := s.rule.Values[text]; ok {
		return mapped, true
	}
	if v.kind == symbolValue || v.kind == objectValue || v.kind == boolValue {
		return "", v.kind == boolValue
	}
	if text != "2" && text != "3" {
		return "", text == "0" || text == ""
	}
	return text, true
}

func (f *finder) addSetting(s settingForm, text string, v *value, at *env, r languages.Range, because *step) {
	u := report.Use{Kind: report.SettingUse, Setting: s.name, Value: text, Client: s.client.Name, Certainty: report.Certain}
	u.Form, u.Everywhere = s.form.Way(), s.form.Field != "" && len(s.form.In) == 0
	if v.weak {
		u.Certainty = report.Likely
	}
	if v.site != nil {
		f.add(u, v.site.file, v.site.item, v.because)
		return
	}
	f.add(u, at.file, r, join(v.because, because))
}

// urls looks for a URL with the setting's parameter among arguments, and in
// records and calls passed as arguments: os.environ.get("URL", "acme://...").
func (f *finder) urls(s settingForm, items []languages.Item, at *env, depth int) {
	if depth > maxOptionDepth {
		return
	}
	for _, item := range items {
		if item.Value == nil {
			continue
		}
		values := f.eval(item.Value, at)
		for i := range values.values {
			switch v := &values.values[i]; v.kind {
			case textValue:
				f.urlSetting(s, v, at, item)
			case recordValue:
				f.urls(s, v.expr.Items(), v.env, depth+1)
			}
		}
		if source, place := f.source(item.Value, at, 0); source != nil && source.Kind == languages.Call {
			f.urls(s, source.Items(), place, depth+1)
		}
	}
}

// source follows plain names to the expression they were given.
func (f *finder) source(x *languages.Expr, at *env, depth int) (*languages.Expr, *env) {
	if x == nil || x.Kind != languages.Name || depth > maxFrames {
		return x, at
	}
	for _, d := range f.project.Lookup(at.file, at.fn, x.Text) {
		if d.Kind == link.BindingDefinition && d.Binding.Value != nil && !d.Binding.Append {
			return f.source(d.Binding.Value, f.envFor(d, at), depth+1)
		}
	}
	return x, at
}

func (f *finder) urlSetting(s settingForm, v *value, at *env, item languages.Item) {
	scheme, rest, ok := strings.Cut(v.text, "://")
	if !ok || len(s.form.Schemes) > 0 && !slices.Contains(s.form.Schemes, scheme) {
		return
	}
	_, query, ok := strings.Cut(rest, "?")
	if !ok {
		return
	}
	parameters, err := url.ParseQuery(query)
	if err != nil || parameters.Get(s.form.URL) == "" {
		return
	}
	place, r := at, itemRange(item)
	if v.expr != nil && v.env != nil {
		place, r = v.env, v.expr.Range
	}
	text := value{kind: textValue, text: parameters.Get(s.form.URL), because: v.because, site: v.site, weak: v.weak}
	f.setting(s, one(text), place, r, nil)
}

// rawSetting looks at a command that itself sets a setting: HELLO 3.
func (f *finder) rawSetting(w sent, c *client, sure report.Certainty, call *languages.Expr, at *env) bool {
	_, command, ok := f.detector.rules.Command(w.name)
	if !ok || command.Sets == "" {
		return false
	}
	i := command.Argument - 1
	if i < 0 || i >= len(w.arguments) {
		return true
	}
	text := w.arguments[i]
	switch text {
	case "":
		text = undecided
	case "2", "3":
	default: // no version at all, or one that no server knows
		return true
	}
	u := report.Use{Kind: report.SettingUse, Setting: command.Sets, Value: text, Client: c.Name, Certainty: sure}
	if w.site != nil {
		f.add(u, w.site.file, w.site.call.Range, w.because)
		return true
	}
	f.add(u, at.file, f.ownPart(call, at), w.because)
	return true
}
