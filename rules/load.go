package rules

import (
	"slices"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// Options say what to load.
type Options struct {
	// Dirs are folders with the user's YAML: every .yaml and .yml file below
	// one counts, hidden folders aside. A single file will do as well. A later
	// one has the last word.
	Dirs []string
	// Sources are files that are already in memory; they come after Dirs.
	Sources []Source
	// Project comes before both.
	Project *Project
	// Bare leaves out the built-in data.
	Bare bool
	// Languages are more languages that clients and examples may name, beside
	// those of the built-in clients.
	Languages []string
}

// A Source is the text of a YAML file. The name is for messages, and its
// folders tell what the file is meant to be if its keys do not.
type Source struct {
	Name string
	Data []byte
}

// Load reads the built-in data and the user's, and works the two together: a
// rule with the id of another changes the fields it gives, and a client or
// family with the name of another adds its entries. An error about the content
// of the files is Mistakes and holds all of them.
func Load(o Options) (*Set, error) {
	known := &knowledge{}
	if !o.Bare {
		if err := readBuiltin(known, nil); err != nil {
			return nil, err
		}
	}
	l := loader{known: known, languages: slices.Concat(languages, o.Languages)}
	l.project(o.Project)
	for _, dir := range o.Dirs {
		l.dir(dir)
	}
	l.layer(o.Sources)
	l.severities(o.Project)
	return l.finish()
}

func (l *loader) dir(dir string) {
	sources, files := readDir(dir)
	l.files = append(l.files, files...)
	l.layer(sources)
}

// knowledge is a Set in the making: every client has only its own entries.
type knowledge struct {
	Clients  []*Client
	Families []*Family
	Rules    []*Rule
	Targets  []*Target
	Modules  []*Module

	Dependents []*Dependent
	Platforms  []*Platform

	byName  map[string]*Rule // by id and alias
	builtin map[string]bool  // the ids of the rules that are
}

// A fragment is one client, family, rule, target or module as a file gives it.
type fragment[T any] struct {
	value *T
	file  *strict.File
	node  *strict.Node
	given []string // keys
}

func (f fragment[T]) mistake(path []string, format string, args ...any) {
	if !f.file.Full() {
		f.file.Mistake(strict.Find(f.node, path...), format, args...)
	}
}

func (f fragment[T]) keyMistake(path []string, format string, args ...any) {
	if !f.file.Full() {
		f.file.Mistake(strict.FindKey(f.node, path...), format, args...)
	}
}

// hasText tells whether a key is there with a text, however empty.
func (f fragment[T]) hasText(key string) bool {
	return strict.IsText(strict.Get(f.node, key))
}

type loader struct {
	known     *knowledge
	languages []string
	files     []*strict.File
	clients   []fragment[Client]
	families  []fragment[Family]
	rules     []fragment[Rule]
	targets   []fragment[Target]
	modules   []fragment[Module]
	places    map[string]places // of the user's rules, by id

	dependents []fragment[Dependent]
	platforms  []fragment[Platform]
}

// layer reads sources that stand side by side: none of them may define what
// another one defines.
func (l *loader) layer(sources []Source) {
	var p layer
	for _, source := range sources {
		p.file(source)
	}
	p.duplicates()
	l.add(p)
}

// add takes over what a layer holds.
func (l *loader) add(p layer) {
	l.files = append(l.files, p.files...)
	l.clients = append(l.clients, p.clients...)
	l.families = append(l.families, p.families...)
	l.rules = append(l.rules, p.rules...)
	l.targets = append(l.targets, p.targets...)
	l.modules = append(l.modules, p.modules...)
	l.dependents = append(l.dependents, p.dependents...)
	l.platforms = append(l.platforms, p.platforms...)
	for _, f := range p.clients {
		l.known.addClient(f.value)
	}
	for _, f := range p.families {
		l.known.addFamily(f.value)
	}
	for _, f := range p.rules {
		l.known.addRule(f.value, f.given)
		l.remember(f)
	}
	for _, f := range p.targets {
		l.known.Targets = replace(l.known.Targets, f.value, func(t *Target) string { return t.Name })
	}
	for _, f := range p.modules {
		l.known.Modules = replace(l.known.Modules, f.value, func(m *Module) string { return m.Name })
	}
	for _, f := range p.dependents {
		l.known.Dependents = replace(l.known.Dependents, f.value, func(d *Dependent) string { return d.Ecosystem + " " + d.Name })
	}
	for _, f := range p.platforms {
		l.known.Platforms = replace(l.known.Platforms, f.value, func(p *Platform) string { return p.Name })
	}
}

// remember keeps the places that rules, and their severities, come from.
func (l *loader) remember(f fragment[Rule]) {
	r := l.known.rule(f.value.ID)
	if r == nil {
		return
	}
	if l.places == nil {
		l.places = map[string]places{}
	}
	at := l.places[r.ID]
	for key, place := range map[string]*Place{"id": &at.rule, "severity": &at.severity} {
		if n := strict.Get(f.node, key); n != nil {
			*place = Place{f.file.Name, n.Line, n.Column}
		}
	}
	l.places[r.ID] = at
}

// places are those of a rule and its severity.
type places struct{ rule, severity Place }

func (l *loader) finish() (*Set, error) {
	set := l.known.set(func(c *Client, message string) {
		for _, f := range l.clients {
			if f.value.Name == c.Name && f.value.Language == c.Language && f.value.Like != "" {
				f.mistake([]string{"like"}, "%s", message)
			}
		}
	})
	set.places = l.places
	l.check(set)
	if err := mistakesOf(l.files); err != nil {
		return nil, err
	}
	return set, nil
}
