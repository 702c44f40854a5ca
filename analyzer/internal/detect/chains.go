package detect

import (
	"maps"
	"slices"

	"github.com/keyvet/keyvet/rules"
)

// addChains indexes what can be recognised without knowing the receiver: an
// accessor with one of its members, a member whose name begins with the family
// of what it sends, and the members that take a command.
func (k *knowledge) addChains(c *client) {
	if c.Mock {
		return
	}
	for _, t := range c.sortedTypes() {
		for name, m := range t.members {
			k.addMember(c, t, name, m)
			k.addOptions(t, name, &m.gift)
		}
		for _, g := range t.globs {
			for _, raw := range g.raws {
				k.raws[g.name] = append(k.raws[g.name], rawMember{c, raw})
			}
			k.patterns[g.name] = true
		}
	}
	for name, s := range c.symbols {
		if s.sends != "" || len(s.raws) > 0 || s.class != nil || s.maker != nil || s.invokes >= 0 || !s.empty() {
			k.name(rules.LastName(name), quietInterest)
		}
	}
	for name, setting := range c.Settings {
		for _, form := range setting.Set {
			if form.Field != "" {
				k.fields[form.Field] = append(k.fields[form.Field], settingForm{c, name, form, setting})
			}
		}
	}
}

func (c *client) sortedTypes() []*typ {
	types := make([]*typ, 0, len(c.types))
	for _, name := range slices.Sorted(maps.Keys(c.types)) {
		types = append(types, c.types[name])
	}
	return types
}

func (k *knowledge) addMember(c *client, t *typ, name string, m *member) {
	if m.sends != "" || len(m.raws) > 0 || len(m.settings) > 0 {
		k.name(name, quietInterest)
	}
	if m.sends != "" && rules.SaysFamily(name, m.sends) && !m.ambiguous {
		k.name(name, loudInterest)
	}
	for _, raw := range m.raws {
		k.raws[name] = append(k.raws[name], rawMember{c, raw})
		if !raw.Weak && raw.Script == nil {
			k.name(name, loudInterest)
		}
	}
	core := m.sends != "" && k.sendsCore(m.sends)
	m.ambiguous = m.ambiguous || core
	if core && rules.SaysCommand(name, m.sends) || m.sends != "" && rules.SaysFamily(name, m.sends) {
		k.singles[name] = append(k.singles[name], chainMember{client: c, member: m})
	}
	if m.gives != nil && m.gives != t && !m.ambiguous {
		k.accesses[name] = append(k.accesses[name], access{c, m.gives, true})
	}
	if m.field != nil && m.field != t {
		k.accesses[name] = append(k.accesses[name], access{c, m.field, false})
	}
}

// sendsCore tells whether a member sends a command of the core that not every
// server has. Its name is a word that anything may have for a member.
func (k *knowledge) sendsCore(sends string) bool {
	command, option := k.set.CutOption(sends)
	return option != "" || k.set.Origin(command) != ""
}

func (k *knowledge) name(name string, i interest) { k.named[name] = max(k.named[name], i) }

// chained gives the members of a name, of whatever clients, that send and are reached
// through an accessor.
func (k *knowledge) chained(accessor, name string) []chainMember {
	accesses := k.accesses[accessor]
	if len(accesses) == 0 {
		return nil
	}
	key := pair{accessor, name}
	found, known := k.pairs[key]
	if !known {
		for _, a := range accesses {
			a.gives.eachNamed(name, func(m *member) {
				if m.sends != "" {
					found = append(found, chainMember{client: a.client, member: m, called: a.called})
				}
			}, 0)
		}
		k.pairs[key] = found
	}
	return found
}
