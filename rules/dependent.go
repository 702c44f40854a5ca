package rules

import (
	"slices"
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// A Dependent is a package that sends commands of modules by itself: whoever
// uses it needs them, though no command stands in the code.
type Dependent struct {
	// Name is the package's name in the ecosystem's own form.
	Name string `yaml:"package"`
	// Ecosystem is where the name holds: go, pypi, npm or maven.
	Ecosystem string `yaml:"ecosystem"`
	// Language is the name of the language whose files import it.
	Language string `yaml:"language"`
	// Modules are the import paths, or classes, whose use means the commands. A
	// trailing "*" stands for anything that follows. Without one only a manifest
	// tells: the package is configured, not called, or only parts of it, which
	// cannot be told apart, send commands.
	Modules []string `yaml:"modules"`
	// Quiet: a manifest that names the package says too little; an import counts.
	Quiet bool `yaml:"quiet"`
	// Needs are the prefixes of the families of commands: FT, JSON.
	Needs []string `yaml:"needs"`
	// Works says which release, or which other package, works without the modules
	// of Redis, if one is known.
	Works  string `yaml:"works"`
	Note   string `yaml:"note"`
	Source string `yaml:"source"`
}

// dependentFile is a file with dependents.
type dependentFile struct {
	Dependents []Dependent `yaml:"dependents"`
}

// Imports tells whether importing a module, or a symbol of it, is a use of the
// package.
func (d *Dependent) Imports(module, symbol string) bool {
	for _, m := range d.Modules {
		prefix, star := strings.CutSuffix(m, "*")
		if module == m || star && strings.HasPrefix(module, prefix) {
			return true
		}
		if !strings.HasPrefix(m, module) {
			continue
		}
		if name := module + "." + symbol; name == m || star && strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// SettingOwner gives the client whose Default of a setting holds for a client:
// the client itself, or the library that its types extend; nil if none has one.
func (s *Set) SettingOwner(c *Client, setting string) *Client {
	if x := c.Settings[setting]; x != nil && len(x.Default) > 0 {
		return c
	}
	for _, t := range ordered(c.Types) {
		for _, base := range t.Extends {
			other, _, elsewhere := strings.Cut(base, "/")
			if !elsewhere || other == c.Name {
				continue
			}
			if o := s.Client(c.Language, other); o != nil {
				if x := o.Settings[setting]; x != nil && len(x.Default) > 0 {
					return o
				}
			}
		}
	}
	return nil
}

// Client gives the client of a language with a name, or nil.
func (s *Set) Client(language, name string) *Client {
	i := slices.IndexFunc(s.Clients, func(c *Client) bool { return c.Language == language && c.Name == name })
	if i < 0 {
		return nil
	}
	return s.Clients[i]
}

// In tells whether a text of versions, as the data write it, and a set have
// versions in common. What says no versions holds for all.
func In(versions string, set Versions) bool {
	if versions == "" {
		return true
	}
	v, err := ParseVersions(versions)
	return err == nil && !v.And(set).Empty()
}

// defaultType is the type that a setting is of where its catalogue names none.
const defaultType = "Client"

// Holds tells whether a type, made without the setting, has its default.
func (s *Setting) Holds(typ string) bool {
	return slices.Contains(s.Of, typ) || len(s.Of) == 0 && typ == defaultType
}

// Way says how the form sets a setting: keyword, field, call or url.
func (f SettingForm) Way() string {
	switch {
	case f.Keyword != "":
		return "keyword"
	case f.Field != "":
		return "field"
	case f.Call != "":
		return "call"
	}
	return "url"
}

// Matches tells whether one of the patterns, globs without regard to case,
// matches a text; no pattern at all matches everything.
func Matches(patterns []string, text string) bool {
	return len(patterns) == 0 || matchesAny(patterns, text)
}

func (c *checker) dependent(f fragment[Dependent]) {
	d := f.value
	if d.Name == "" && f.hasText("package") {
		f.mistake([]string{"package"}, "a name is empty")
	}
	if problem := c.language(d.Language); problem != "" {
		f.mistake([]string{"language"}, "%s", problem)
	}
	var prefixes []string
	for _, family := range c.set.Families {
		if family.Prefix != "" {
			prefixes = append(prefixes, family.Prefix)
		}
	}
	for i, prefix := range d.Needs {
		if prefix == "" || c.set.Family(prefix) == nil {
			f.mistake([]string{"needs", strconv.Itoa(i)}, "no family has the prefix %q; %s", prefix, strict.Hint(prefix, prefixes))
		}
	}
	if len(d.Needs) == 0 && slices.Contains(f.given, "needs") {
		f.mistake([]string{"needs"}, "expected at least one family: a package that needs none is of no interest")
	}
	for i, module := range d.Modules {
		if module == "" || strings.Contains(strings.TrimSuffix(module, "*"), "*") {
			f.mistake([]string{"modules", strconv.Itoa(i)}, `expected an import path, with "*" only at its end, found %q`, module)
		}
	}
}
