package detect

import (
	"slices"
	"strings"

	"github.com/keyvet/keyvet/rules"
)

// A knowledge is the catalogues of one language, made ready for look-ups.
type knowledge struct {
	set      *rules.Set
	clients  []*client
	exact    map[string][]*client // by module
	prefixes []modulePrefix       // modules that end in "*"
	found    map[string][]*client // what clientsOf found, by module
	packages map[string][]*client // by the name code knows the module by
	globals  map[string]*client
	// raws holds the members that take a command, of whatever type.
	raws map[string][]rawMember
	// accesses holds the accessors by name, pairs the members reached through one that
	// were asked for, singles the members whose name says what they send.
	accesses map[string][]access
	pairs    map[pair][]chainMember
	singles  map[string][]chainMember
	// fields holds the names of settings' fields, calls those of their members.
	fields map[string][]settingForm
	// options holds the types with a member of that name, which gives an option to
	// a command where it is a field of a record; visible what to look for among the
	// arguments of a member that may take one.
	options map[string][]*typ
	visible map[string]*visibleOptions
	// named holds every member and symbol that sends or takes a command, makes a
	// client or sets a setting; patterns those that hold a "*".
	named    map[string]interest
	patterns map[string]bool
	matched  map[string]bool // remembers which names match a pattern
	// doubles holds the libraries of test doubles by the names that they go by in tests.
	doubles map[string]*client
	// expectations holds the members that begin a test double's expectation.
	expectations map[string]bool
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
	// groups holds the names in front of dotted symbols: X of X.Y. Where all that
	// is below it are constants of one family, it says which.
	groups map[string]string
}

// A typ is a type of a catalogue. Members of the types it extends are its own.
type typ struct {
	client  *client
	name    string
	rule    *rules.Type
	members map[string]*member // its own
	globs   []*member          // those whose name holds a "*"
	extends []*typ
	found   map[string]*member // what lookup found, inherited ones among it
}

// isBare tells whether nothing is known of what the type's objects do.
func (t *typ) isBare() bool { return len(t.members)+len(t.globs)+len(t.extends) == 0 }

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
	gift
}

// A gift is what a member or a symbol does for a command that is sent elsewhere,
// or by it: options that it, its value or its arguments stand for.
type gift struct {
	choices   map[string]string            // by value
	arguments map[string]map[string]string // by argument, then value
	words     string                       // the command whose words the arguments are
}

func (g *gift) empty() bool { return len(g.choices) == 0 && len(g.arguments) == 0 && g.words == "" }

// A symbol is what one name of a module is.
type symbol struct {
	class    *typ
	maker    *typ
	sends    string
	raws     []rules.Raw
	constant string
	passes   int // position of the argument handed on, -1 for none
	invokes  int // position of the argument called, -1 for none
	provides bool
	gift
}

type pair struct{ accessor, member string }

// An access is how a type is reached: by a member that is called, or a field.
type access struct {
	client *client
	gives  *typ
	called bool
}

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

// A library is the catalogues of all languages. Those of one are compiled when
// they are first asked for: few projects have files of every language.
type library struct {
	set      *rules.Set
	compiled map[string]*knowledge
}

// of returns the catalogues of a language, nil if there are none.
func (l *library) of(language string) *knowledge {
	k, known := l.compiled[language]
	if !known {
		k = newKnowledge(l.set, language)
		l.compiled[language] = k
	}
	return k
}

// newKnowledge compiles the catalogues of one language.
func newKnowledge(set *rules.Set, language string) *knowledge {
	k := &knowledge{
		set: set, exact: map[string][]*client{}, found: map[string][]*client{}, packages: map[string][]*client{},
		globals: map[string]*client{},
		raws:    map[string][]rawMember{}, accesses: map[string][]access{}, pairs: map[pair][]chainMember{}, singles: map[string][]chainMember{},
		fields: map[string][]settingForm{}, named: map[string]interest{}, patterns: map[string]bool{}, matched: map[string]bool{},
		expectations: map[string]bool{}, doubles: map[string]*client{},
		options: map[string][]*typ{}, visible: map[string]*visibleOptions{},
	}
	byName := make(map[string]*client)
	for _, rule := range set.Clients {
		if rule.Language != language {
			continue
		}
		c := &client{Client: rule, types: map[string]*typ{}, symbols: map[string]*symbol{}, groups: map[string]string{}}
		byName[rule.Name] = c
		k.clients = append(k.clients, c)
		k.addModules(c)
		for name, t := range rule.Types {
			c.types[name] = &typ{client: c, name: name, rule: t}
		}
	}
	if len(k.clients) == 0 {
		return nil
	}
	for _, c := range k.clients {
		c.compile(byName)
	}
	for _, c := range k.clients {
		k.addChains(c)
	}
	return k
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
	if c.Mock {
		for _, name := range c.Names {
			k.doubles[name] = c
		}
	}
	for _, name := range c.Expectations {
		k.expectations[name] = true
	}
}

// clientsOf returns the clients that a module belongs to.
func (k *knowledge) clientsOf(module string) []*client {
	found, known := k.found[module]
	if known {
		return found
	}
	found = k.exact[module]
	for _, p := range k.prefixes {
		if strings.HasPrefix(module, p.prefix) {
			found = append(found[:len(found):len(found)], p.client)
		}
	}
	k.found[module] = found
	return found
}

// typeNamed resolves a type name of a catalogue: "Client" or "acme-py/Client".
func typeNamed(c *client, name string, all map[string]*client) *typ {
	if other, t, ok := strings.Cut(name, "/"); ok {
		if oc := all[other]; oc != nil {
			return oc.types[t]
		}
		return nil
	}
	return c.types[name]
}

func (c *client) compile(all map[string]*client) {
	for _, t := range c.types {
		t.compile(all)
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
	eachGift(&c.Functions, func(name string) *gift { return &c.symbol(name).gift })
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
	for _, name := range c.Provides {
		c.symbol(name).provides = true
	}
	for name, s := range c.symbols {
		c.addGroups(name, s.constant)
	}
}

// addGroups notes the names in front of a dotted symbol, with the family of the
// constant that it is.
func (c *client) addGroups(name, constant string) {
	family, _, _ := strings.Cut(constant, ".")
	for i := strings.LastIndexByte(name, '.'); i > 0; i = strings.LastIndexByte(name[:i], '.') {
		known, seen := c.groups[name[:i]]
		if seen && known != family {
			family = ""
		}
		c.groups[name[:i]] = family
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

// compile fills the type's own members and finds the types that it extends.
func (t *typ) compile(all map[string]*client) {
	t.members = make(map[string]*member, len(t.rule.Sends)+len(t.rule.Calls))
	for name, command := range t.rule.Sends {
		t.own(name).sends = command
	}
	for _, raw := range t.rule.Raw {
		for _, name := range raw.Members {
			m := t.own(name)
			m.raws = append(m.raws, raw)
			if raw.Gives != "" {
				m.gives = typeNamed(t.client, raw.Gives, all)
			}
		}
	}
	for name, gives := range t.rule.Calls {
		t.own(name).gives = typeNamed(t.client, gives, all)
	}
	for name, gives := range t.rule.Fields {
		t.own(name).field = typeNamed(t.client, gives, all)
	}
	for name, gives := range t.rule.Callbacks {
		t.own(name).callback = typeNamed(t.client, gives, all)
	}
	eachGift(&t.rule.Members, func(name string) *gift { return &t.own(name).gift })
	for name, setting := range t.client.Settings {
		for _, form := range setting.Set {
			if form.Call != "" && slices.Contains(form.On, t.name) {
				m := t.own(form.Call)
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
		if base := typeNamed(t.client, name, all); base != nil && base != t {
			t.extends = append(t.extends, base)
		}
	}
}

// own gives the type's own member of that name, made if it is not there.
func (t *typ) own(name string) *member {
	m := t.members[name]
	if m == nil {
		m = &member{name: name, owner: t.client}
		t.members[name] = m
		if strings.Contains(name, "*") {
			t.globs = append(t.globs, m)
		}
	}
	return m
}

// maxExtends bounds how deep types extend each other.
const maxExtends = 8

// lookup finds a member by the name that code uses: an own one before those of
// the types that it extends, in their order.
func (t *typ) lookup(name string) *member {
	if m, ok := t.found[name]; ok {
		return m
	}
	m := t.find(name, 0)
	if t.found == nil {
		t.found = make(map[string]*member)
	}
	t.found[name] = m
	return m
}

func (t *typ) find(name string, depth int) *member {
	if m, ok := t.members[name]; ok {
		return m
	}
	for _, g := range t.globs {
		if globMatch(g.name, name) {
			return g
		}
	}
	for _, base := range t.extends {
		if depth > maxExtends {
			break
		}
		if m := base.find(name, depth+1); m != nil {
			return m.inheritedBy(t, base)
		}
	}
	return nil
}

// inheritedBy gives the member as t has it: what gave the base gives t.
func (m *member) inheritedBy(t, base *typ) *member {
	if m.gives != base && m.callback != base {
		return m
	}
	inherited := *m
	if inherited.gives == base {
		inherited.gives = t
	}
	if inherited.callback == base {
		inherited.callback = t
	}
	return &inherited
}

// eachNamed visits the members of a name of the type and of those it extends.
func (t *typ) eachNamed(name string, visit func(*member), depth int) {
	if m := t.members[name]; m != nil {
		visit(m)
	}
	for _, base := range t.extends {
		if depth < maxExtends {
			base.eachNamed(name, visit, depth+1)
		}
	}
}

// globMatch matches a name against a pattern in which "*" stands for any letters.
func globMatch(pattern, name string) bool {
	prefix, suffix, star := strings.Cut(pattern, "*")
	if !star {
		return pattern == name
	}
	return len(name) >= len(prefix)+len(suffix) && strings.HasPrefix(name, prefix) && strings.HasSuffix(name, suffix)
}
