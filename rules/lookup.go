package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/pack"
	"github.com/keyvet/keyvet/rules/internal/strict"
)

// Unknown is the name of a command that could not be determined.
const Unknown = "?"

// index is a Set turned around, for looking up.
type index struct {
	commands map[string]entry // by name, upper case
	prefixes map[string]*Family
	rules    map[string]*Rule // by id and alias
	targets  map[string]*Target
	modules  map[string]*Module
	optioned map[string]bool // commands, or their containers, of which words behind matter
}

type entry struct {
	family  *Family
	command Command
	watched bool
}

func (s *Set) lookup() *index {
	s.indexed.Do(func() {
		s.index = index{
			map[string]entry{}, map[string]*Family{}, map[string]*Rule{}, map[string]*Target{}, map[string]*Module{},
			map[string]bool{},
		}
		for _, t := range s.Targets {
			s.index.targets[strings.ToLower(t.Name)] = t
		}
		for _, m := range s.Modules {
			s.index.modules[strings.ToLower(m.Name)] = m
		}
		for _, f := range s.Families {
			s.index.prefixes[strings.ToUpper(f.Prefix)] = f
			for name, c := range f.Commands {
				s.index.commands[name] = entry{f, c, f.Prefix != "" || len(c.By) > 0 && !inherited(c.By)}
				if len(c.Options)+len(c.Resp3With) > 0 {
					container, _, _ := strings.Cut(name, " ")
					s.index.optioned[container] = true
				}
			}
		}
		for _, r := range s.Rules {
			for _, alias := range r.Aliases {
				s.index.rules[alias] = r
			}
		}
		for _, r := range s.Rules { // an id beats an alias
			s.index.rules[r.ID] = r
		}
	})
	return &s.index
}

// Command looks up a command by its whole name, subcommand included, in any
// case. Only commands that a family lists are found; for others ask FamilyOf.
func (s *Set) Command(name string) (*Family, Command, bool) {
	e, ok := s.lookup().commands[strings.ToUpper(name)]
	return e.family, e.command, ok
}

// Family gives the family whose commands begin with prefix and a dot, in any
// case, or nil. The empty prefix belongs to the family of the core commands.
func (s *Set) Family(prefix string) *Family {
	return s.lookup().prefixes[strings.ToUpper(prefix)]
}

// FamilyOf gives the family of a command, or nil. It also knows the family of
// a command that no list has ("FT.NEWTHING") and of one that is known only so
// far ("FT.*").
func (s *Set) FamilyOf(name string) *Family {
	if f, _, ok := s.Command(name); ok {
		return f
	}
	prefix, _, dotted := strings.Cut(name, ".")
	if !dotted || prefix == "" {
		return nil
	}
	return s.Family(prefix)
}

// Rule gives the rule with the id or alias, or nil.
func (s *Set) Rule(id string) *Rule { return s.lookup().rules[id] }

// Canonical gives the name of a command from the words that are sent: the
// command first, then its arguments as far as they are literal, with "" for one
// that is not known. The name is in upper case. A subcommand is part of it
// where a family lists that subcommand ("ft.config", "get" gives "FT.CONFIG
// GET"), else the container alone is the name. The first word may hold the
// arguments too, behind blanks ("JSON.SET k $ 1"). A command that no family
// lists is only put in upper case. Without a command the name is Unknown.
func (s *Set) Canonical(words []string) string {
	if len(words) == 0 {
		return Unknown
	}
	command, rest := words[0], words[1:]
	if strings.ContainsAny(command, " \t\r\n") {
		split := strings.Fields(command)
		if len(split) == 0 {
			return Unknown
		}
		command, rest = split[0], append(split[1:], rest...)
	}
	if command == "" {
		return Unknown
	}
	command = strings.ToUpper(command)
	if len(rest) > 0 && rest[0] != "" {
		whole := command + " " + strings.ToUpper(rest[0])
		if _, known := s.lookup().commands[whole]; known {
			return whole
		}
	}
	return command
}

// Hash identifies what the set knows: equal knowledge gives an equal hash,
// whichever files it came from.
func (s *Set) Hash() string {
	if s.hash != "" {
		return s.hash
	}
	sum := sha256.Sum256(pack.Marshal(struct {
		Clients  []*Client
		Families []*Family
		Rules    []*Rule
		Targets  []*Target
		Modules  []*Module

		Dependents []*Dependent
		Platforms  []*Platform
	}{s.Clients, s.Families, s.Rules, s.Targets, s.Modules, s.Dependents, s.Platforms}))
	return hex.EncodeToString(sum[:])
}

// NearestRule gives the id or alias that a word may be meant to be, or "".
func (s *Set) NearestRule(word string) string {
	names := make([]string, 0, len(s.lookup().rules))
	for name := range s.index.rules {
		names = append(names, name)
	}
	slices.Sort(names)
	return strict.Nearest(word, names)
}
