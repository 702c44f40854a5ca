package rules

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// clientCheck looks at one client's file.
type clientCheck struct {
	*checker
	fragment[Client]
	whole *Client // with what other files and Like add
}

func (c *checker) client(f fragment[Client]) {
	if f.value.Name == "" && f.hasText("client") {
		f.mistake([]string{"client"}, "a name is empty")
	}
	if problem := c.language(f.value.Language); problem != "" {
		f.mistake([]string{"language"}, "%s", problem)
	}
	check := clientCheck{c, f, c.clients[f.value.key()]}
	given := slices.Contains(f.given, "modules") || slices.Contains(f.given, "globals")
	if !given && len(check.whole.Modules) == 0 && len(check.whole.Globals) == 0 {
		f.mistake(nil, `expected one of the keys "modules", "globals": no program can use the client`)
	}
	for i, module := range f.value.Modules {
		if module == "" || strings.Contains(strings.TrimSuffix(module, "*"), "*") {
			f.mistake([]string{"modules", strconv.Itoa(i)}, `expected an import path, with "*" only at its end, found %q`, module)
		}
	}
	for i, name := range f.value.BuiltOn {
		if names := c.clientsOf(f.value.Language); !slices.Contains(names, name) {
			f.mistake([]string{"built_on", strconv.Itoa(i)}, "no client of the language is named %q; %s", name, strict.Hint(name, names))
		}
	}
	for name, t := range ordered(f.value.Types) {
		check.typ(name, t)
	}
	check.members(&f.value.Functions, "functions")
	for name, values := range ordered(f.value.Constants) {
		for constant, command := range ordered(values) {
			check.constant([]string{"constants", name, constant}, command)
		}
	}
	for name, setting := range ordered(f.value.Settings) {
		check.setting(name, setting)
	}
	check.patterns(f.value.Keeps, "keeps")
	for i, b := range f.value.Breaks {
		at := []string{"breaks", strconv.Itoa(i)}
		check.versions(b.Versions, append(at, "versions"))
		if names := c.settings(); b.Setting != "" && !slices.Contains(names, b.Setting) {
			f.mistake(append(at, "setting"), "no client has a setting %q; %s", b.Setting, strict.Hint(b.Setting, names))
		}
		check.globs(b.Values, append(at, "values")...)
		check.patterns(b.Commands, append(at, "commands")...)
	}
	for key, positions := range ordered(map[string]map[string]int{"passes": f.value.Passes, "invokes": f.value.Invokes}) {
		for function, position := range ordered(positions) {
			if position < 0 {
				f.mistake([]string{key, function}, "a position counts from 0")
			}
		}
	}
}

// patterns looks at globs over commands.
func (c *clientCheck) patterns(patterns []string, at ...string) {
	for i, pattern := range patterns {
		problem := badGlob(pattern)
		if problem == "" && !strings.HasPrefix(pattern, "*") {
			problem = c.command(pattern)
		}
		if problem != "" {
			c.mistake(append(slices.Clip(at), strconv.Itoa(i)), "%s", problem)
		}
	}
}

// globs looks at globs over other texts.
func (c *clientCheck) globs(patterns []string, at ...string) {
	for i, pattern := range patterns {
		if problem := badGlob(pattern); problem != "" {
			c.mistake(append(slices.Clip(at), strconv.Itoa(i)), "%s", problem)
		}
	}
}

func (c *clientCheck) typ(name string, t *Type) {
	if t == nil {
		return // reported when it was decoded
	}
	at := []string{"types", name}
	for i, other := range t.Extends {
		c.typeName(other, append(at, "extends", strconv.Itoa(i)))
	}
	for key, given := range ordered(map[string]map[string]string{"calls": t.Calls, "fields": t.Fields, "callbacks": t.Callbacks}) {
		for member, other := range ordered(given) {
			place := append(slices.Clone(at), key, member)
			c.member(member, place)
			c.typeName(other, place)
		}
	}
	c.members(&t.Members, at...)
	c.ambiguous(name, t.Ambiguous)
}

func (c *clientCheck) members(m *Members, at ...string) {
	at = slices.Clip(at)
	for member, command := range ordered(m.Sends) {
		if c.file.Full() {
			return
		}
		place := slices.Concat(at, []string{"sends", member})
		c.member(member, place)
		if problem := c.command(command); problem != "" {
			c.mistake(place, "%s", problem)
		}
	}
	c.options(m, at)
	for i, raw := range m.Raw {
		place := slices.Clip(append(at, "raw", strconv.Itoa(i)))
		if len(raw.Members) == 0 && strict.Get(strict.Find(c.node, place...), "members") != nil {
			c.mistake(append(place, "members"), "expected at least one member")
		}
		for j, member := range raw.Members {
			if problem := badMember(member); problem != "" {
				c.mistake(append(place, "members", strconv.Itoa(j)), "%s", problem)
			}
		}
		for key, position := range ordered(map[string]*int{"command": raw.Command, "commands": raw.Commands, "script": raw.Script}) {
			if position != nil && *position < -1 {
				c.mistake(append(place, key), "a position counts from 0, or is -1 for any argument")
			}
		}
		if raw.Gives != "" {
			c.typeName(raw.Gives, append(place, "gives"))
		}
		if raw.Family != "" && c.set.Family(raw.Family) == nil {
			c.mistake(append(place, "family"), "no family has the prefix %q", raw.Family)
		}
	}
}

// options looks at members that give options to commands.
func (c *clientCheck) options(m *Members, at []string) {
	for member, given := range ordered(m.Options) {
		c.option(member, given, slices.Concat(at, []string{"options", member}))
	}
	for member, values := range ordered(m.Choices) {
		for value, given := range ordered(values) {
			c.option(member, given, slices.Concat(at, []string{"choices", member, value}))
		}
	}
	for member, arguments := range ordered(m.Arguments) {
		for argument, values := range ordered(arguments) {
			for value, given := range ordered(values) {
				c.option(member, given, slices.Concat(at, []string{"arguments", member, argument, value}))
			}
		}
	}
	for member, command := range ordered(m.Words) {
		place := slices.Concat(at, []string{"words", member})
		c.member(member, place)
		if _, known, _ := c.set.Command(command); len(known.Options) == 0 && !c.file.Full() {
			c.mistake(place, "%q is no command with options that are known", command)
		}
	}
}

// option looks at what a member gives: a command and one of its options.
func (c *clientCheck) option(member, given string, at []string) {
	c.member(member, at)
	if _, option := c.set.CutOption(given); option == "" && !c.file.Full() {
		c.mistake(at, "expected a command and an option of it that is known, like \"SET IFEQ\", found %q", given)
	}
}

func (c *clientCheck) member(member string, at []string) {
	if problem := badMember(member); problem != "" {
		c.keyMistake(at, "%s", problem)
	}
}

func badMember(member string) string {
	switch {
	case member == "":
		return "a member's name is empty"
	case strings.ContainsAny(member, " \t\n[]{}?"):
		return "expected a member's name, in which \"*\" stands for any letters, found " + strconv.Quote(member)
	}
	return ""
}

// constant looks at a constant, which may also stand for the part of a command
// behind the dot.
func (c *clientCheck) constant(at []string, command string) {
	prefix, _, _ := strings.Cut(command, ".")
	if c.set.Family(prefix) == nil || prefix == "" {
		return
	}
	if problem := c.command(command); problem != "" {
		c.mistake(at, "%s", problem)
	}
}

// typeName looks at the name of a type: this client's own, or "client/Type".
func (c *clientCheck) typeName(name string, at []string) {
	client := c.whole
	other, own, elsewhere := strings.Cut(name, "/")
	if elsewhere {
		client = c.clients[(&Client{Name: other, Language: c.value.Language}).key()]
		if client == nil {
			var names []string
			for _, known := range c.set.Clients {
				if known.Language == c.value.Language {
					names = append(names, known.Name)
				}
			}
			c.mistake(at, "%s", unknownClient(other, names))
			return
		}
		name = own
	}
	if client.Types[name] == nil && !c.file.Full() {
		c.mistake(at, "unknown type %q; %s", name, strict.Hint(name, slices.Collect(maps.Keys(client.Types))))
	}
}

func (c *clientCheck) setting(name string, s *Setting) {
	if s == nil {
		return
	}
	at := slices.Clip([]string{"settings", name})
	for i, form := range s.Set {
		place := slices.Clip(append(at, "set", strconv.Itoa(i)))
		for j, typ := range form.Of {
			c.typeName(typ, append(place, "of", strconv.Itoa(j)))
		}
		for j, typ := range form.On {
			c.typeName(typ, append(place, "on", strconv.Itoa(j)))
		}
		if form.Argument < -1 {
			c.mistake(append(place, "argument"), "a position counts from 0, or is -1 for any argument")
		}
	}
	for i, typ := range s.Of {
		c.typeName(typ, append(at, "of", strconv.Itoa(i)))
	}
	for i, position := range s.Arguments {
		if position < 0 {
			c.mistake(append(at, "arguments", strconv.Itoa(i)), "a position counts from 0")
		}
	}
	for i, d := range s.Default {
		c.versions(d.Versions, append(at, "default", strconv.Itoa(i), "versions"))
	}
	for i, g := range s.Ignored {
		c.versions(g.Versions, append(at, "ignored", strconv.Itoa(i), "versions"))
		c.globs(g.Values, append(at, "ignored", strconv.Itoa(i), "values")...)
	}
}

// versions looks at a text of versions.
func (f fragment[T]) versions(text string, at []string) {
	if text != "" && !versionRange.MatchString(text) {
		f.mistake(at, `expected "*" or versions like "<8" or ">=6.0, <7", found %q`, text)
	}
}

var versionRange = regexp.MustCompile(`^(\*|((<|<=|>|>=|=|!=) ?\d[\w.\-]*)(, ?(<|<=|>|>=|=|!=) ?\d[\w.\-]*)*)$`)

// members gives the members of a type and of those it extends, as a file may
// name them. Where they cannot be known (a type of another client, a type that
// has any member) "*" is among them.
func (c *Client) members(typ string) []string {
	var names []string
	seen := map[string]bool{typ: true}
	for todo := []string{typ}; len(todo) > 0; todo = todo[1:] {
		t := c.Types[todo[0]]
		if t == nil || t.Fluent {
			return []string{"*"}
		}
		for _, members := range []map[string]string{t.Sends, t.Calls, t.Fields, t.Callbacks, t.Options, t.Words} {
			names = slices.AppendSeq(names, maps.Keys(members))
		}
		for _, raw := range t.Raw {
			names = append(names, raw.Members...)
		}
		for _, other := range t.Extends {
			if !seen[other] {
				seen[other] = true
				todo = append(todo, other)
			}
		}
	}
	return names
}

// ambiguous looks at the members that other libraries have too: the type must
// have them itself.
func (c *clientCheck) ambiguous(typ string, ambiguous []string) {
	if len(ambiguous) == 0 {
		return
	}
	known := map[string]bool{}
	var patterns []string
	for _, name := range c.whole.members(typ) {
		known[name] = true
		if strings.Contains(name, "*") {
			patterns = append(patterns, name)
		}
	}
	for i, member := range ambiguous {
		fits := func(pattern string) bool { return glob(pattern, member) }
		switch {
		case known[member], slices.ContainsFunc(patterns, fits), strings.Contains(member, "*"):
		default:
			c.mistake([]string{"types", typ, "ambiguous", strconv.Itoa(i)}, "the type %q has no member %q", typ, member)
		}
	}
}
