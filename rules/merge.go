package rules

import (
	"cmp"
	"maps"
	"reflect"
	"slices"

	"github.com/keyvet/keyvet/rules/internal/pack"
	"github.com/keyvet/keyvet/rules/internal/strict"
)

// addClient adds a client, or its entries to the client of the same name and
// language.
func (k *knowledge) addClient(c *Client) {
	for i, old := range k.Clients {
		if old.Name == c.Name && old.Language == c.Language {
			merged := old.clone()
			merged.identify(c)
			merged.learn(c)
			k.Clients[i] = merged
			return
		}
	}
	k.Clients = append(k.Clients, c)
}

// addFamily adds a family, or its commands to the family of the same name.
func (k *knowledge) addFamily(f *Family) {
	for _, old := range k.Families {
		if old.Name == f.Name {
			old.Title = cmp.Or(f.Title, old.Title)
			old.Prefix = cmp.Or(f.Prefix, old.Prefix)
			old.Source = cmp.Or(f.Source, old.Source)
			old.Commands = union(old.Commands, f.Commands)
			old.Lookalikes = slices.Concat(old.Lookalikes, f.Lookalikes)
			return
		}
	}
	k.Families = append(k.Families, f)
}

// replace adds an entry, or puts it where one of the same name was: what is said
// of a target is said as a whole.
func replace[T any](list []*T, x *T, name func(*T) string) []*T {
	for i, old := range list {
		if name(old) == name(x) {
			list[i] = x
			return list
		}
	}
	return append(list, x)
}

// addRule adds a rule, or puts the given keys of it into the rule that has the
// id, or had it.
func (k *knowledge) addRule(r *Rule, given []string) {
	old := k.rule(r.ID)
	if old == nil {
		k.Rules = append(k.Rules, r)
		k.name(r)
		return
	}
	from, to := reflect.ValueOf(r).Elem(), reflect.ValueOf(old).Elem()
	for _, field := range strict.Fields(from.Type()) {
		if field.Key != "id" && slices.Contains(given, field.Key) {
			to.FieldByIndex(field.Index).Set(from.FieldByIndex(field.Index))
		}
	}
	k.name(old) // it may have new aliases
}

// rule finds the rule that has an id, or had it.
func (k *knowledge) rule(id string) *Rule {
	if k.byName == nil {
		k.byName = map[string]*Rule{}
		for _, r := range k.Rules {
			k.name(r)
		}
	}
	return k.byName[id]
}

func (k *knowledge) name(r *Rule) {
	for _, alias := range r.Aliases {
		if k.byName[alias] == nil {
			k.byName[alias] = r
		}
	}
	k.byName[r.ID] = r // an id beats an alias
}

// clone copies a client so far that changing the copy does not show in c.
func (c *Client) clone() *Client {
	fresh := &Client{Name: c.Name, Language: c.Language}
	fresh.identify(c)
	fresh.learn(c)
	return fresh
}

// identify takes over what tells a client from others.
func (c *Client) identify(from *Client) {
	c.Like = cmp.Or(from.Like, c.Like)
	c.PackageName = cmp.Or(from.PackageName, c.PackageName)
	c.Source = cmp.Or(from.Source, c.Source)
	c.Mock = c.Mock || from.Mock
	c.Packages = unite(c.Packages, from.Packages)
	c.Modules = unite(c.Modules, from.Modules)
	c.Globals = unite(c.Globals, from.Globals)
	c.Names = unite(c.Names, from.Names)
	c.BuiltOn = unite(c.BuiltOn, from.BuiltOn)
	c.Provides = unite(c.Provides, from.Provides)
	c.Expectations = unite(c.Expectations, from.Expectations)
	c.Keeps = unite(c.Keeps, from.Keeps)
	c.Breaks = append(slices.Clone(c.Breaks), from.Breaks...)
}

// learn takes over what is known of the library itself. Where both know the
// same member, from wins.
func (c *Client) learn(from *Client) {
	c.Functions.learn(&from.Functions)
	c.Passes = union(c.Passes, from.Passes)
	c.Invokes = union(c.Invokes, from.Invokes)
	for name, t := range from.Types {
		if c.Types == nil {
			c.Types = map[string]*Type{}
		}
		merged := &Type{}
		if old := c.Types[name]; old != nil {
			*merged = *old
		}
		merged.learn(t)
		c.Types[name] = merged
	}
	for name, values := range from.Constants {
		c.Constants = union(c.Constants, map[string]map[string]string{name: union(c.Constants[name], values)})
	}
	for name, s := range from.Settings {
		if c.Settings == nil {
			c.Settings = map[string]*Setting{}
		}
		merged := &Setting{}
		if old := c.Settings[name]; old != nil {
			*merged = *old
		}
		merged.learn(s)
		c.Settings[name] = merged
	}
}

func (t *Type) learn(from *Type) {
	t.Classes = unite(t.Classes, from.Classes)
	t.Makers = unite(t.Makers, from.Makers)
	t.Extends = unite(t.Extends, from.Extends)
	t.Calls = union(t.Calls, from.Calls)
	t.Fields = union(t.Fields, from.Fields)
	t.Callbacks = union(t.Callbacks, from.Callbacks)
	t.Fluent = t.Fluent || from.Fluent
	t.Ambiguous = unite(t.Ambiguous, from.Ambiguous)
	t.Members.learn(&from.Members)
}

// learn adds members. A member that from sends or takes a command with is no
// longer what m had it for.
func (m *Members) learn(from *Members) {
	fresh := map[string]bool{}
	for _, raw := range from.Raw {
		for _, member := range raw.Members {
			fresh[member] = true
		}
	}
	sends := maps.Clone(m.Sends)
	maps.DeleteFunc(sends, func(member, _ string) bool { return fresh[member] })
	m.Sends = union(sends, from.Sends)

	for member := range from.Sends {
		fresh[member] = true
	}
	var raws []Raw
	for _, raw := range m.Raw {
		raw.Members = slices.DeleteFunc(slices.Clone(raw.Members), func(member string) bool { return fresh[member] })
		if len(raw.Members) > 0 {
			raws = append(raws, raw)
		}
	}
	m.Raw = slices.Concat(raws, from.Raw)
	m.Options = union(m.Options, from.Options)
	m.Choices = union(m.Choices, from.Choices)
	m.Arguments = union(m.Arguments, from.Arguments)
	m.Words = union(m.Words, from.Words)
}

// learn adds forms and values. Defaults are replaced as a whole: they go by
// version, and two libraries count their versions differently.
func (s *Setting) learn(from *Setting) {
	s.Set = uniteBy(s.Set, from.Set, func(f SettingForm) string { return string(pack.Marshal(f)) })
	s.Values = union(s.Values, from.Values)
	if len(from.Default) > 0 {
		s.Default = slices.Clone(from.Default)
		s.Ignored = nil // they go by version too
	}
	s.Of = unite(s.Of, from.Of)
	s.Arguments = unite(s.Arguments, from.Arguments)
	s.Keywords = unite(s.Keywords, from.Keywords)
	s.Ignored = append(slices.Clone(s.Ignored), from.Ignored...)
}

// unite gives a new list with the members of both, each once.
func unite[T comparable](a, b []T) []T {
	return uniteBy(a, b, func(x T) T { return x })
}

// uniteBy is unite for what only a key of it can be compared of.
func uniteBy[T any, K comparable](a, b []T, key func(T) K) []T {
	seen := make(map[K]bool, len(a))
	for _, x := range a {
		seen[key(x)] = true
	}
	out := slices.Clone(a)
	for _, x := range b {
		if k := key(x); !seen[k] {
			seen[k] = true
			out = append(out, x)
		}
	}
	return out
}

// union gives a new map with the entries of both; b wins.
func union[V any](a, b map[string]V) map[string]V {
	if len(a)+len(b) == 0 {
		return nil
	}
	out := make(map[string]V, len(a)+len(b))
	maps.Copy(out, a)
	maps.Copy(out, b)
	return out
}
