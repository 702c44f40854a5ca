package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// set makes the Set: Like is worked in, everything is in order. What cannot be
// worked in is told to fail, once for each client.
func (k *knowledge) set(fail func(c *Client, message string)) *Set {
	s := &Set{Families: k.Families, Rules: k.Rules, Targets: k.Targets, Modules: k.Modules, Dependents: k.Dependents, Platforms: k.Platforms, builtin: k.builtin}
	l := likeness{known: map[string]*Client{}, done: map[string]*Client{}, fail: fail}
	for _, c := range k.Clients {
		l.known[c.key()] = c
	}
	for _, c := range k.Clients {
		s.Clients = append(s.Clients, l.resolve(c, nil))
	}
	slices.SortFunc(s.Clients, func(a, b *Client) int {
		return cmp.Or(strings.Compare(a.Language, b.Language), strings.Compare(a.Name, b.Name))
	})
	slices.SortFunc(s.Families, func(a, b *Family) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(s.Rules, func(a, b *Rule) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(s.Targets, func(a, b *Target) int {
		aSort, aVersion := cutVersion(a.Name)
		bSort, bVersion := cutVersion(b.Name)
		return cmp.Or(strings.Compare(aSort, bSort), compareVersions(aVersion, bVersion))
	})
	slices.SortFunc(s.Modules, func(a, b *Module) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(s.Platforms, func(a, b *Platform) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(s.Dependents, func(a, b *Dependent) int {
		return cmp.Or(strings.Compare(a.Ecosystem, b.Ecosystem), strings.Compare(a.Name, b.Name))
	})
	return s
}

func (c *Client) key() string { return c.Language + "\x00" + c.Name }

type likeness struct {
	known, done map[string]*Client
	fail        func(c *Client, message string)
}

// resolve gives the client with the entries of those it is like. The path are
// the clients that led here.
func (l *likeness) resolve(c *Client, path []string) *Client {
	if done := l.done[c.key()]; done != nil {
		return done
	}
	if c.Like == "" {
		l.done[c.key()] = c
		return c
	}
	path = append(path, c.Name)
	other := l.known[c.Language+"\x00"+c.Like]
	switch {
	case other == nil:
		l.fail(c, unknownClient(c.Like, l.names(c.Language)))
		return c
	case slices.Contains(path, c.Like):
		l.fail(c, "a client is like itself: "+strings.Join(append(path, c.Like), " -> "))
		return c
	}
	merged := &Client{Name: c.Name, Language: c.Language}
	merged.learn(l.resolve(other, path))
	merged.identify(c)
	merged.learn(c)
	l.done[c.key()] = merged
	return merged
}

func (l *likeness) names(language string) []string {
	var names []string
	for _, c := range l.known {
		if c.Language == language {
			names = append(names, c.Name)
		}
	}
	return names
}

func unknownClient(name string, valid []string) string {
	return fmt.Sprintf("unknown client %q; %s", name, strict.Hint(name, valid))
}
