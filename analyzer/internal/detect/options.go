package detect

import (
	"strconv"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// eachGift writes what catalogued members give into what of gives for each.
func eachGift(m *rules.Members, of func(name string) *gift) {
	for name, option := range m.Options {
		of(name).choices = map[string]string{rules.AnyValue: option}
	}
	for name, choices := range m.Choices {
		of(name).choices = choices
	}
	for name, arguments := range m.Arguments {
		of(name).arguments = arguments
	}
	for name, command := range m.Words {
		of(name).words = command
	}
}

// visibleOptions are what tells at sight, without a look at the receiver, that a
// call of a member may give an option: the member alone may say nothing.
type visibleOptions struct {
	names map[string]bool // of arguments, or keys of records
	texts map[string]bool // words, or values of arguments of any name
	any   bool            // an argument at a position may be anything
}

// addOptions indexes a member that gives options.
func (k *knowledge) addOptions(t *typ, name string, g *gift) {
	if len(g.choices) > 0 {
		k.name(name, quietInterest)
		k.options[name] = append(k.options[name], t)
	}
	if len(g.arguments) == 0 && g.words == "" {
		return
	}
	seen := k.visible[name]
	if seen == nil {
		seen = &visibleOptions{names: map[string]bool{}, texts: map[string]bool{}}
		k.visible[name] = seen
	}
	for argument, values := range g.arguments {
		if _, err := strconv.Atoi(argument); err == nil {
			seen.any = true
			continue
		}
		seen.names[argument] = argument != rules.AnyValue
		for value := range values {
			seen.texts[value] = argument == rules.AnyValue
		}
	}
	if g.words == "" {
		return
	}
	_, command, _ := k.set.Command(g.words)
	for option := range command.Options {
		seen.texts[firstWord(option)] = true
	}
}

// among tells whether something that may give an option stands among arguments.
func (o *visibleOptions) among(items []languages.Item, depth int) bool {
	if o == nil || depth > maxOptionDepth {
		return false
	}
	if o.any && len(items) > 0 {
		return true
	}
	for _, item := range items {
		if o.names[item.Name] {
			return true
		}
		switch x := item.Value; {
		case x == nil:
		case x.Kind == languages.Text || x.Kind == languages.Member:
			if o.texts[x.Text] {
				return true
			}
		case x.Kind == languages.Record || x.Kind == languages.List || x.Kind == languages.Call && depth > 0:
			if o.among(x.Items(), depth+1) {
				return true
			}
		case x.Kind == languages.Call && o.among(x.Items(), depth+1):
			return true // List.of("k", "v", "IFEQ", old)
		}
	}
	return false
}

// A given says who gives an option, and how sure that is.
type given struct {
	client  *client
	sure    report.Certainty
	because *step
}

// giftCall looks at a call of a member or function that may give options.
func (f *finder) giftCall(g *gift, by given, call *languages.Expr, at *env) {
	if len(g.choices) > 0 {
		argument := set{incomplete: true} // a call alone says it
		if elements := f.arguments(call, at); len(elements) > 0 {
			if argument = f.element(elements[0]); argument.incomplete { // it may be more than the nothing that is known
				argument = without(argument, func(v *value) bool { return !isGiven(v) })
			}
		}
		f.giveOption(g.choices, by, argument, at, f.ownPart(call, at))
	}
	if len(g.arguments) > 0 {
		f.argumentOptions(g.arguments, by, call, at)
	}
	if g.words != "" {
		f.wordOptions(g.words, by, call, at)
	}
}

// argumentOptions looks for options among the arguments of a call.
func (f *finder) argumentOptions(arguments map[string]map[string]string, by given, call *languages.Expr, at *env) {
	for i, el := range f.arguments(call, at) {
		if values := arguments[strconv.Itoa(i)]; values != nil && !el.spread {
			f.giveOption(values, by, f.element(el), at, el.expr.Range)
		}
	}
	anyKey := arguments[rules.AnyValue]
	f.eachNamed(call.Items(), at, 0, func(name string, value set, at *env, r languages.Range) bool {
		values := arguments[name]
		if values == nil {
			values = anyKey
		}
		return values != nil && f.giveOption(values, by, value, at, r)
	})
}

// wordOptions looks for options among arguments that are sent as they are.
func (f *finder) wordOptions(command string, by given, call *languages.Expr, at *env) {
	elements := f.arguments(call, at)
	if len(elements) == 1 && !elements[0].spread { // set(["key", "value", "IFEQ", old])
		for _, v := range f.element(elements[0]).values {
			if v.kind == listValue {
				elements = f.items(&v)
				break
			}
		}
	}
	var words []string
	for _, el := range elements {
		if el.spread || len(words) >= manyWords {
			break
		}
		words = append(words, f.word(el))
	}
	if options := f.detector.rules.OptionsOf(command, words); len(options) > 0 {
		f.addOption(command, options, by, at, f.ownPart(call, at))
	}
}

// fieldOption looks at a field that is given a value in a record of a type, or of
// a value of one.
func (f *finder) fieldOption(holders set, field string, value set, at *env, r languages.Range) {
	for i := range holders.values {
		v := &holders.values[i]
		if v.kind != instanceValue {
			continue
		}
		if m := v.typ.lookup(field); m != nil && len(m.choices) > 0 {
			f.giveOption(m.choices, given{m.owner, certainty(v.weak, &languages.Expr{}), v.because}, value, at, r)
			return
		}
	}
}

// mayBeOption tells whether a file that gives a field of that name a value has the
// field's library at hand. Names like Mode are everyone's: to ask what each of them
// belongs to would read the files of half a project.
func (f *finder) mayBeOption(k *knowledge, field string, file *link.File) bool {
	for _, t := range k.options[field] {
		if f.imports(file, t.client) {
			return true
		}
	}
	return false
}

// giveOption adds the option that a value stands for, and tells whether it stands
// for one.
func (f *finder) giveOption(choices map[string]string, by given, values set, at *env, r languages.Range) bool {
	found := false
	for i := range values.values {
		v := &values.values[i]
		option := choices[optionValue(v)]
		if option == "" && isGiven(v) {
			option = choices[rules.AnyValue]
		}
		if option != "" {
			found = true
			f.addOption(option, nil, by, at, r)
		}
	}
	if option := choices[rules.AnyValue]; option != "" && len(values.values) == 0 {
		found = true
		f.addOption(option, nil, by, at, r)
	}
	return found
}

// isGiven tells whether a value is more than nothing.
func isGiven(v *value) bool {
	switch v.kind {
	case noneValue:
		return false
	case boolValue:
		return v.text != "false"
	case textValue:
		return v.text != "" || v.prefix
	}
	return true
}

// optionValue is the text by which a choice knows a value.
func optionValue(v *value) string {
	switch v.kind {
	case textValue, numberValue, boolValue:
		if !v.prefix {
			return v.text
		}
	case symbolValue:
		return rules.LastName(v.text)
	case objectValue:
		return v.text
	case instanceValue: // made by a member that means one option
		return v.typ.name
	}
	return ""
}

func (f *finder) addOption(command string, options []string, by given, at *env, r languages.Range) {
	if name, option := f.detector.rules.CutOption(command); option != "" {
		command, options = name, []string{option}
	}
	u := report.Use{Kind: report.OptionUse, Command: command, Options: options, Client: by.client.Name, Certainty: by.sure}
	f.add(u, at.file, r, by.because)
}
