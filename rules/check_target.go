package rules

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// by checks who is said to serve something.
func (c *checker) by(f fragment[Family], by By, at ...string) {
	for who, since := range ordered(by) {
		at := append(slices.Clone(at), who)
		if problem := c.provider(who); problem != "" {
			f.keyMistake(at, "%s", problem)
		}
		if _, ok := parseSpan(since); !ok {
			f.mistake(at, `expected a version like "8.4.0", versions like "1.0.0..2.0.0", or "*", found %q`, since)
		}
	}
}

func (c *checker) provider(who string) string {
	if who == Redis || who == Valkey || c.set.Module(who) != nil {
		return ""
	}
	known := []string{Redis, Valkey}
	for _, m := range c.set.Modules {
		known = append(known, m.Name)
	}
	return "unknown server or module " + strconv.Quote(who) + "; " + strict.Hint(who, known)
}

func (c *checker) target(f fragment[Target]) {
	t := f.value
	if t.Name == "" && f.hasText("target") {
		f.mistake([]string{"target"}, "a name is empty")
	}
	if t.Version != "" && !isVersion(t.Version) {
		f.mistake([]string{"version"}, `expected a version like "9.1.2", found %q`, t.Version)
	}
	for module, version := range ordered(t.Modules) {
		at := []string{"modules", module}
		if c.set.Module(module) == nil {
			f.keyMistake(at, "%s", c.provider(module))
		}
		if !isVersion(version) {
			f.mistake(at, `expected a version like "1.2.1", found %q`, version)
		}
	}
	for key, names := range map[string][]string{"extra": t.Extra, "missing": t.Missing} {
		for i, name := range names {
			if problem := c.commandOrOption(name); problem != "" {
				f.mistake([]string{key, strconv.Itoa(i)}, "%s", problem)
			}
		}
	}
	checkDate(f, t.Date)
}

// commandOrOption tells what is wrong with "FT.CREATE" or "FT.CREATE TEXT".
func (c *checker) commandOrOption(name string) string {
	if name != strings.ToUpper(name) {
		return "expected the command in upper case, found " + strconv.Quote(name)
	}
	if _, _, known := c.set.Command(name); known {
		return ""
	}
	command, _, _ := strings.Cut(name, " ")
	return c.command(command)
}

func (c *checker) module(f fragment[Module]) {
	m := f.value
	if m.Name == "" && f.hasText("module") {
		f.mistake([]string{"module"}, "a name is empty")
	}
	if len(m.Versions) == 0 && strict.Get(f.node, "versions") != nil {
		f.mistake([]string{"versions"}, "a module has at least one version")
	}
	for version, needs := range ordered(m.Versions) {
		at := []string{"versions", version}
		if !isVersion(version) {
			f.keyMistake(at, `expected a version like "1.2.1", found %q`, version)
		}
		for server, least := range ordered(needs) {
			if server != Redis && server != Valkey {
				f.keyMistake(append(at, server), "unknown server %q; %s", server, strict.Hint(server, []string{Redis, Valkey}))
			}
			if least != "*" && !isVersion(least) {
				f.mistake(append(at, server), `expected a version like "9.0.1", or "*", found %q`, least)
			}
		}
		if len(needs) == 0 {
			f.mistake(at, "expected the servers that load it, like {valkey: 9.0.1}")
		}
	}
	checkDate(f, m.Date)
}

func checkDate[T any](f fragment[T], date string) {
	if date == "" {
		return
	}
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		f.mistake([]string{"date"}, `expected a date like "2026-11-24", found %q`, date)
	}
}

// options checks that a rule's options are some that commands have.
func (c *checker) options(f fragment[Rule]) {
	var known []string
	for _, family := range c.set.Families {
		for name, command := range family.Commands {
			for option := range maps.Keys(command.Options) {
				known = append(known, name+" "+option)
			}
		}
	}
	for i, pattern := range f.value.Options {
		at := []string{"options", strconv.Itoa(i)}
		if problem := badGlob(pattern); problem != "" {
			f.mistake(at, "%s", problem)
		} else if !slices.ContainsFunc(known, func(name string) bool { return glob(pattern, name) }) {
			f.mistake(at, "no command has an option %q; %s", pattern, strict.Hint(pattern, known))
		}
	}
}
