package rules

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// check looks at every file's content in the light of everything known. The
// built-in data are not looked at again: they are checked when they are made.
func (l *loader) check(set *Set) {
	c := checker{set: set, languages: l.languages, clients: map[string]*Client{}}
	for _, client := range set.Clients {
		c.clients[client.key()] = client
	}
	for _, f := range set.Families {
		c.commands = slices.AppendSeq(c.commands, maps.Keys(f.Commands))
	}
	for _, f := range l.families {
		c.family(f)
	}
	for _, f := range l.clients {
		c.client(f)
	}
	for _, f := range l.rules {
		c.rule(f)
	}
	for _, f := range l.targets {
		c.target(f)
	}
	for _, f := range l.modules {
		c.module(f)
	}
	for _, f := range l.dependents {
		c.dependent(f)
	}
	for _, f := range l.platforms {
		c.platform(f)
	}
}

type checker struct {
	set       *Set
	languages []string
	clients   map[string]*Client
	commands  []string
}

func (c *checker) language(name string) string {
	if name == "" || slices.Contains(c.languages, name) {
		return ""
	}
	return fmt.Sprintf("unknown language %q; %s", name, strict.Hint(name, c.languages))
}

func (c *checker) family(f fragment[Family]) {
	if f.value.Name == "" && f.hasText("family") {
		f.mistake([]string{"family"}, "a name is empty")
	}
	prefix := ""
	for _, known := range c.set.Families {
		switch {
		case known.Name == f.value.Name:
			prefix = known.Prefix
		case known.Prefix == f.value.Prefix && f.value.Prefix != "":
			f.mistake([]string{"prefix"}, "the family %q has the prefix %q already", known.Name, f.value.Prefix)
		}
	}
	if prefix != strings.ToUpper(prefix) || strings.Contains(prefix, ".") {
		f.mistake([]string{"prefix"}, "expected a prefix in upper case and without a dot, found %q", prefix)
		return
	}
	if i := slices.Index(f.value.Lookalikes, ""); i >= 0 {
		f.mistake([]string{"lookalikes", strconv.Itoa(i)}, "a word is empty")
	}
	for name, command := range ordered(f.value.Commands) {
		at := []string{"commands", name}
		container, _, isPart := strings.Cut(name, " ")
		switch {
		case name != strings.ToUpper(name):
			f.keyMistake(at, "expected the command in upper case, found %q", name)
		case prefix != "" && !strings.HasPrefix(strings.TrimPrefix(name, "_"), prefix+"."):
			f.keyMistake(at, "the command %q does not begin with %q", name, prefix+".")
		case isPart && !slices.Contains(c.commands, container):
			f.keyMistake(at, "the command %q has no container %q beside it", name, container)
		}
		if command.Argument < 0 {
			f.mistake(append(at, "argument"), "a position counts from 0")
		}
		c.by(f, command.By, append(at, "by")...)
		for option, by := range ordered(command.Options) {
			c.by(f, by, append(at, "options", option)...)
			if option != strings.ToUpper(option) {
				f.keyMistake(append(at, "options", option), "expected the option in upper case, found %q", option)
			}
		}
	}
}

// command tells what is wrong with the name of a command, or "". A name without
// a dot is one of the core, of which there is no whole list.
func (c *checker) command(name string) string {
	prefix, verb, dotted := strings.Cut(name, ".")
	if name == "" {
		return "a command is empty"
	}
	if !dotted || name == Unknown || strings.HasSuffix(verb, `\*`) {
		return ""
	}
	family := c.set.Family(strings.TrimPrefix(prefix, "_"))
	if family == nil {
		return fmt.Sprintf("no family has the prefix %q of %q", prefix, name)
	}
	if _, _, ok := c.set.Command(name); ok {
		return ""
	}
	var near []string
	for known := range family.Commands {
		if strings.Contains(verb, "*") && glob(name, known) {
			return ""
		}
		near = append(near, known)
	}
	problem := fmt.Sprintf("the family %q has no command %q", family.Name, name)
	if hint := strict.Nearest(name, near); hint != "" {
		problem += fmt.Sprintf("; did you mean %q?", hint)
	}
	return problem
}

// ordered goes through a map by its keys, so that equal files give equal mistakes.
func ordered[V any](m map[string]V) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, key := range slices.Sorted(maps.Keys(m)) {
			if !yield(key, m[key]) {
				return
			}
		}
	}
}
