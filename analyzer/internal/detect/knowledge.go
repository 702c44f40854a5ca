package detect

import (
	"strings"

	"github.com/keyvet/keyvet/rules"
)

// A knowledge is the catalogues of one language, made ready for look-ups.
type knowledge struct {
	clients  []*client
	exact    map[string][]*client // by module
	prefixes []modulePrefix       // modules that end in "*"
	packages map[string][]*client // by the name code knows the module by
	globals  map[string]*client
	// raws holds the members that take a command, of whatever type.
	raws map[string][]rawMember
	// pairs holds the members reached through an accessor, singles those of a
	// type whose name says what they send.
	pairs   map[pair][]chainMember
	singles map[string][]chainMember
	// fields holds the names of settings' fields, calls those of their members.
	fields map[string][]settingForm
	// named holds every member and symbol that sends or takes a command, makes a
	// client or sets a setting; patterns those that hold a "*".
	named    map[string]interest
	patterns map[string]bool
}

type modulePrefix struct {
	prefix string
	client *client
}

// A client is a catalogue with its cross references resolved.
type client struct {
	*rules.Client
	types   map[string]*typ
	symbols map[string]*symbol
}

// A typ is a type of a catalogue. Members of the types it extends are its own.
type typ struct {
	client  *client
	name    string
	rule    *rules.Type
	members map[string]*member
	globs   []*member // members whose name holds a "*"
	extends []*typ
}

// A member is what one member of a type does.
type member struct {
	name      string
	owner     *client
	sends     string
	raws      []rules.Raw
	gives     *typ // when called
	field     *typ // when read
	callback  *typ
	ambiguous bool
	settings  []settingForm
}

// A symbol is what one name of a module is.
type symbol struct {
	class    *typ
	maker    *typ
	sends    string
	raws     []rules.Raw
	constant string
	passes   int // position of the argument handed on, -1 for none
	invokes  int // position of the argument called, -1 for none
}

type pair struct{ accessor, member string }

type chainMember struct {
	client *client
	member *member
	called bool // the accessor is called
}

type rawMember struct {
	client *client
	raw    rules.Raw
}

type settingForm struct {
	client *client
	name   string
	form   rules.SettingForm
	rule   *rules.Setting
}

// newKnowledge compiles the catalogues of each language.
func newKnowledge(set *rules.Set) map[string]*knowledge {
	all := make(map[string]*knowledge)
	byName := make(map[string]*client)
	for _, rule := range set.Clients {
		k := all[rule.Language]
		if k == nil {
			k = &knowledge{
				exact: map[string][]*client{}, packages: map[string][]*client{}, globals: map[string]*client{},
				raws: map[string][]rawMember{}, pairs: map[pair][]chainMember{}, singles: map[string][]chainMember{},
				fields: map[string][]settingForm{}, named: map[string]interest{}, patterns: map[string]bool{},
			}
			all[rule.Language] = k
		}
		c := &client{Client: rule, types: map[string]*typ{}, symbols: map[string]*symbol{}}
		byName[rule.Language+"/"+rule.Name] = c
		k.clients = append(k.clients, c)
		k.addModules(c)
		for name, t := range rule.Types {
			c.types[name] = &typ{client: c, name: name, rule: t, members: map[string]*member{}}
		}
	}
	for _, rule := range set.Clients {
		c := byName[rule.Language+"/"+rule.Name]
		c.compile(byName)
		all[rule.Language].addChains(c)
	}
	return all
}

func (k *knowledge) addModules(c *client) {
	for _, m := range c.Modules {
		if prefix, ok := strings.CutSuffix(m, "*"); ok {
			k.prefixes = append(k.prefixes, modulePrefix{prefix, c})
		} else {
			k.exact[m] = append(k.exact[m], c)
		}
	}
	if c.PackageName != "" {
		k.packages[c.PackageName] = append(k.packages[c.PackageName], c)
	}
	for _, g := range c.Globals {
		k.globals[g] = c
	}
}

// clientsOf returns the clients that a module belongs to.
func (k *knowledge) clientsOf(module string) []*client {
	found := k.exact[module]
	for _, p := range k.prefixes {
		if strings.HasPrefix(module, p.prefix) {
			found = append(found[:len(found):len(found)], p.client)
		}
	}
	return found
}

// typeNamed resolves a type name of a catalogue: "Client" or "redis-py/Client".
func typeNamed(c *client, name string, all map[string]*client) *typ {
	if other, t, ok := strings.Cut(name, "/"); ok {
		if oc := all[c.Language+"/"+other]; oc != nil {
			return oc.types[t]
		}
		return nil
	}
	return c.types[name]
}

func (c *client) compile(all map[string]*client) {
	for name := range c.types {
		c.types[name].compile(all, map[*typ]bool{})
	}
	for name, t := range c.types {
		for _, s := range t.rule.Classes {
			c.symbol(s).class = c.types[name]
		}
		for _, s := range t.rule.Makers {
			c.symbol(s).maker = c.types[name]
		}
	}
	for name, command := range c.Functions.Sends {
		c.symbol(name).sends = command
	}
	for _, raw := range c.Functions.Raw {
		for _, name := range raw.Members {
			s := c.symbol(name)
			s.raws = append(s.raws, raw)
		}
	}
	for group, constants := range c.Constants {
		for name, text := range constants {
			c.symbol(strings.TrimPrefix(group+"."+name, ".")).constant = text
		}
	}
	for name, position := range c.Passes {
		c.symbol(name).passes = position
	}
	for name, position := range c.Invokes {
		c.symbol(name).invokes = position
	}
}

func (c *client) symbol(name string) *symbol {
	s := c.symbols[name]
	if s == nil {
		s = &symbol{passes: -1, invokes: -1}
		c.symbols[name] = s
	}
	return s
}

// compile fills the members of a type: its own, then those it extends.
func (t *typ) compile(all map[string]*client, active map[*typ]bool) {
	if active[t] || len(t.members) > 0 || len(t.globs) > 0 {
		return
	}
	active[t] = true
	for name, command := range t.rule.Sends {
		t.member(name).sends = command
	}
	for _, raw := range t.rule.Raw {
		for _, name := range raw.Members {
			m := t.member(name)
			m.raws = append(m.raws, raw)
			if raw.Gives != "" {
				m.gives = typeNamed(t.client, raw.Gives, all)
			}
		}
	}
	for name, gives := range t.rule.Calls {
		t.member(name).gives = typeNamed(t.client, gives, all)
	}
	for name, gives := range t.rule.Fields {
		t.member(name).field = typeNamed(t.client, gives, all)
	}
	for name, gives := range t.rule.Callbacks {
		t.member(name).callback = typeNamed(t.client, gives, all)
	}
	for name, setting := range t.client.Settings {
		for _, form := range setting.Set {
			if form.Call != "" && contains(form.On, t.name) {
				m := t.member(form.Call)
				m.settings = append(m.settings, settingForm{t.client, name, form, setting})
			}
		}
	}
	for _, name := range t.rule.Ambiguous {
		if m, ok := t.members[name]; ok {
			m.ambiguous = true
		}
	}
	for _, name := range t.rule.Extends {
		t.inherit(typeNamed(t.client, name, all), all, active)
	}
}

func (t *typ) inherit(base *typ, all map[string]*client, active map[*typ]bool) {
	if base == nil {
		return
	}
	base.compile(all, active)
	t.extends = append(t.extends, base)
	for name, m := range base.members {
		if _, own := t.members[name]; !own {
			inherited := *m
			if inherited.gives == base {
				inherited.gives = t
			}
			if inherited.callback == base {
				inherited.callback = t
			}
			t.members[name] = &inherited
		}
	}
	t.globs = append(t.globs, base.globs...)
}

func (t *typ) member(name string) *member {
	m := t.members[name]
	if m == nil {
		m = &member{name: name, owner: t.client}
		if strings.Contains(name, "*") {
			for _, g := range t.globs {
				if g.name == name {
					return g
				}
			}
			t.globs = append(t.globs, m)
			return m
		}
		t.members[name] = m
	}
	return m
}

// lookup finds a member by the name that code uses.
func (t *typ) lookup(name string) *member {
	if m, ok := t.members[name]; ok {
		return m
	}
	for _, g := range t.globs {
		if globMatch(g.name, name) {
			return g
		}
	}
	return nil
}

// globMatch matches a name against a pattern in which "*" stands for any letters.
func globMatch(pattern, name string) bool {
	prefix, suffix, star := strings.Cut(pattern, "*")
	if !star {
		return pattern == name
	}
	return len(name) >= len(prefix)+len(suffix) && strings.HasPrefix(name, prefix) && strings.HasSuffix(name, suffix)
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
