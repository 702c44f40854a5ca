package detect

import (
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// undecided stands for a command that could not be known.
const undecided = "?"

// A sent is one command that a raw send may send.
type sent struct {
	name      string   // canonical; undecided
	arguments []string // literal words behind the command, "" for unknown ones
	options   []string // those of the arguments that not every server knows
	weak      bool
	core      bool // the client's own constant for a command of no module
	site      *site
	because   *step
}

// commands gives the commands that a raw send may send.
func (f *finder) commands(raw rules.Raw, call *languages.Expr, at *env) []sent {
	if raw.Keyword != "" {
		for _, item := range call.Items() {
			if item.Name == raw.Keyword {
				return f.fromValue(f.eval(item.Value, at), nil, 0)
			}
		}
	}
	var found []sent
	for _, elements := range f.argumentLists(call.Items(), at) {
		found = append(found, f.fromArguments(raw, elements)...)
	}
	return specific(found)
}

// specific drops a command where one of its subcommands was found at the same
// place: a wrapper's caller passes it with arguments, the others pass theirs.
func specific(all []sent) []sent {
	var longer map[place]bool
	for i := range all {
		if name, _, ok := strings.Cut(all[i].name, " "); ok && all[i].site != nil {
			if longer == nil {
				longer = make(map[place]bool)
			}
			longer[place{all[i].site.call, name}] = true
		}
	}
	if longer == nil {
		return all
	}
	return slices.DeleteFunc(all, func(w sent) bool { return w.site != nil && longer[place{w.site.call, w.name}] })
}

// A place is a call that passes a command.
type place struct {
	call *languages.Expr
	name string
}

func (f *finder) fromArguments(raw rules.Raw, elements []element) []sent {
	switch {
	case raw.Commands != nil:
		return f.nested(elements, *raw.Commands)
	case raw.Command != nil && *raw.Command < 0:
		return f.anyArgument(elements)
	case raw.Command != nil:
		return f.argument(raw, elements, *raw.Command)
	}
	return nil
}

// arguments gives the positional arguments of a call, spread lists worked in.
func (f *finder) arguments(call *languages.Expr, at *env) []element {
	var elements []element
	for _, item := range call.Items() {
		if item.Name == "" {
			elements = f.expand(elements, item, at, 0)
		}
	}
	return elements
}

func (f *finder) argument(raw rules.Raw, elements []element, position int) []sent {
	for i, el := range elements {
		if i > position {
			break
		}
		if el.spread {
			if i == position {
				return entered(f.fromValue(f.element(el), nil, 0), el.site)
			}
			return []sent{{name: undecided}}
		}
	}
	if position >= len(elements) {
		return nil
	}
	el := elements[position]
	s := f.element(el)
	found := entered(f.fromValue(s, elements[position+1:], 0), el.site)
	if raw.Family != "" {
		for i := range found {
			if !strings.Contains(found[i].name, ".") && found[i].name != undecided {
				found[i].name = f.detector.rules.Canonical([]string{raw.Family + "." + found[i].name})
			}
		}
	}
	return found
}

// entered marks commands with the place where the list that holds them entered
// the function, unless they came from further out.
func entered(all []sent, at *site) []sent {
	for i := range all {
		if all[i].site == nil {
			all[i].site = at
		}
	}
	return all
}

func (f *finder) anyArgument(elements []element) []sent {
	var found []sent
	for i, el := range elements {
		for _, w := range f.fromValue(f.element(el), elements[i+1:], 0) {
			if w.name != undecided && f.familyCommand(w.name) {
				found = append(found, w)
			}
		}
	}
	return found
}

// nested looks at a list of commands, each a list. A command may be named
// behind the member that would send it: ["call", "JSON.SET", ...].
func (f *finder) nested(elements []element, position int) []sent {
	if position >= len(elements) {
		return nil
	}
	var found []sent
	lists := f.eval(elements[position].expr, elements[position].env)
	for i := range lists.values {
		if lists.values[i].kind != listValue {
			continue
		}
		for _, item := range f.items(&lists.values[i]) {
			inner := f.element(item)
			for j := range inner.values {
				v := &inner.values[j]
				if v.kind != listValue {
					continue
				}
				for _, w := range f.fromList(v, 0) {
					if w.site == nil && v.expr != nil {
						w.site = &site{item.env.file, v.expr, v.expr.Range}
					}
					if w.name != undecided {
						found = append(found, w)
					}
				}
			}
		}
	}
	return found
}

// fromValue reads commands from what an argument may be: a text, a list that
// begins with one, an object that carries one.
func (f *finder) fromValue(s set, rest []element, depth int) []sent {
	var found []sent
	for i := range s.values {
		v := &s.values[i]
		switch v.kind {
		case textValue:
			found = append(found, f.fromText(v, rest))
		case listValue:
			found = append(found, f.fromList(v, depth)...)
		case objectValue, instanceValue, functionValue, classValue:
			if depth < maxFrames {
				found = append(found, f.carried(v, depth)...)
			}
		case symbolValue:
			if name := f.symbolCommand(v); v.client != nil || f.familyCommand(name) {
				found = append(found, sent{name: name, core: !f.familyCommand(name), because: v.because, site: v.site})
			}
		}
	}
	if len(found) == 0 && !noCommand(s) {
		return []sent{{name: undecided}}
	}
	return found
}

// noCommand tells whether all that an argument may be is a value that no command
// is: nothing, true or false. The command stands elsewhere in the call.
func noCommand(s set) bool {
	for i := range s.values {
		if k := s.values[i].kind; k != noneValue && k != boolValue {
			return false
		}
	}
	return len(s.values) > 0
}

// symbolCommand reads a command from the name of a constant that no catalogue
// lists: CommandType.FT_SOMETHING. Beside constants of one family it is one of
// that family's; else it is taken for a command of the core.
func (f *finder) symbolCommand(v *value) string {
	name := f.detector.rules.Canonical([]string{strings.Replace(rules.LastName(v.text), "_", ".", 1)})
	if f.detector.rules.Watched(name) || v.client == nil {
		return name
	}
	outer := rules.LastName(v.module)
	if i := strings.LastIndexByte(v.text, '.'); i > 0 {
		outer = v.text[:i]
	}
	if family := v.client.groups[outer]; family != "" && f.detector.rules.Family(family) != nil {
		return family + ".*"
	}
	return name
}

// How many words behind a command are looked at: a subcommand and its argument,
// or, where options matter, as much as anybody writes out.
const (
	fewWords  = 3
	manyWords = 64
)

// fromText reads a command from a text, which may hold its arguments too.
func (f *finder) fromText(v *value, rest []element) sent {
	words := strings.Fields(v.text)
	w := sent{weak: v.weak, site: v.site, because: v.because}
	if v.prefix {
		w.name = f.prefixCommand(v.text, words)
		return w
	}
	if len(words) == 0 {
		w.name = undecided
		return w
	}
	enough := fewWords
	if f.detector.rules.HasOptions(words[0]) {
		enough = manyWords
	}
	for _, el := range rest {
		if len(words) > enough || el.spread || v.site != nil && el.site != nil && el.site.call != v.site.call {
			break // or what another caller passes
		}
		words = append(words, f.word(el))
	}
	w.name = f.detector.rules.Canonical(words)
	w.arguments = words[1:]
	w.options = f.detector.rules.OptionsOf(w.name, w.arguments)
	return w
}

// prefixCommand gives what is known of a command of which only the beginning
// is: the command, if it is complete, or its family.
func (f *finder) prefixCommand(text string, words []string) string {
	if len(words) > 1 || len(words) == 1 && strings.HasSuffix(text, " ") {
		return f.detector.rules.Canonical(words[:1])
	}
	if len(words) == 1 {
		if prefix, _, ok := strings.Cut(words[0], "."); ok {
			if f.detector.rules.Family(prefix) != nil {
				return strings.ToUpper(prefix) + ".*"
			}
		}
	}
	return undecided
}

// word gives an argument's literal text, "" if it is not known.
func (f *finder) word(el element) string {
	s := f.eval(el.expr, el.env)
	if len(s.values) == 1 {
		if v := &s.values[0]; (v.kind == textValue || v.kind == numberValue) && !v.prefix {
			return v.text
		}
	}
	return ""
}

func (f *finder) fromList(v *value, depth int) []sent {
	items := f.items(v)
	if len(items) == 0 || depth > maxFrames {
		return []sent{{name: undecided}}
	}
	first := f.element(items[0])
	if items[0].spread {
		return f.fromValue(first, nil, depth+1)
	}
	found := f.fromValue(first, items[1:], depth+1)
	k := f.knowledge.of(items[0].env.file.Language)
	for i := range found {
		if len(items) > 1 && k != nil && len(k.raws[strings.ToLower(found[i].name)]) > 0 {
			return f.fromValue(f.eval(items[1].expr, items[1].env), items[2:], depth+1)
		}
		if found[i].site == nil && v.site != nil {
			found[i].site = v.site
		}
	}
	return found
}

// carried reads commands from an object that carries one: the arguments that
// made it, what its methods return, the name of an enum member.
func (f *finder) carried(v *value, depth int) []sent {
	if v.kind == functionValue {
		return f.told(f.fromValue(f.returns(*v, &languages.Expr{Kind: languages.Call}, &env{file: v.fn.File, fn: 0}), nil, depth+1), v)
	}
	var found, first []sent
	plain := ""
	if v.expr != nil && v.env != nil && (v.expr.Kind == languages.Call || v.expr.Kind == languages.Record) {
		for i, item := range v.expr.Items() {
			all := f.fromValue(f.eval(item.Value, v.env), nil, depth+1)
			found = append(found, f.known(all, v)...)
			if i == 0 && v.kind == instanceValue {
				first = all // new Command("del", ..): a command of no module
			}
			if len(all) == 1 && all[0].name != undecided {
				plain = all[0].name
			}
		}
	}
	if len(found) == 0 && len(first) > 0 {
		return first
	}
	if len(found) == 0 && v.text != "" {
		name := f.detector.rules.Canonical([]string{strings.Replace(v.text, "_", ".", 1)})
		if f.detector.rules.Watched(name) {
			found = append(found, sent{name: name, because: v.because, site: v.site})
		}
	}
	if len(found) == 0 && (v.kind == objectValue || v.kind == classValue) {
		found = f.fromMethods(v, depth)
	}
	if len(found) == 0 && v.text != "" {
		found = f.coreMember(v, plain)
	}
	return found
}

// coreMember gives the command of a member of an enum that carries none of a
// module: the text that made it, or its own name where that is a core command's.
func (f *finder) coreMember(v *value, plain string) []sent {
	if _, _, known := f.detector.rules.Command(v.text); known {
		return []sent{{name: v.text, core: true}}
	}
	if plain != "" {
		return []sent{{name: plain, core: true}}
	}
	return nil
}

// maxCarrier bounds how many methods a type has that carries a command: it is a
// small thing, made to name one.
const maxCarrier = 12

// fromMethods reads commands from what the methods of a carrier return that
// take nothing: getRaw(), toString().
func (f *finder) fromMethods(v *value, depth int) []sent {
	var found []sent
	for _, part := range f.project.Parts(v.class) {
		if len(part.Decl().Methods) > maxCarrier {
			return nil
		}
		for _, m := range part.Decl().Methods {
			fn := link.FunctionID{File: part.File, Index: m}
			if fn.Decl().Constructor || len(fn.Decl().Returns) == 0 || len(fn.Decl().Params) > 0 {
				continue
			}
			self := *v
			s := f.returns(value{kind: functionValue, fn: fn, self: &self}, &languages.Expr{Kind: languages.Call}, &env{file: part.File})
			var texts set
			for i := range s.values {
				if s.values[i].kind == textValue {
					texts.add(s.values[i])
				}
			}
			if len(texts.values) > 0 {
				found = append(found, f.told(f.fromValue(texts, nil, depth+1), v)...)
			}
		}
	}
	return found
}

// told is what a function says a carrier's command is: one that is known, or a
// single one of the core.
func (f *finder) told(all []sent, v *value) []sent {
	if len(all) == 1 {
		if _, _, known := f.detector.rules.Command(all[0].name); known {
			all[0].core = true
		}
	}
	return f.known(all, v)
}

// known keeps what is a command that not every server has, as carried by v.
func (f *finder) known(all []sent, v *value) []sent {
	var found []sent
	for _, w := range all {
		if w.core || f.detector.rules.Watched(w.name) {
			if v.site != nil {
				w.site = v.site
			}
			found = append(found, w)
		}
	}
	return found
}
