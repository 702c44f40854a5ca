package rules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

var (
	kebabCase    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	placeholder  = regexp.MustCompile(`\{[^{}]*\}`)
	placeholders = []string{
		"{client}", "{command}", "{family}", "{needs}", "{note}", "{option}", "{package}", "{problem}", "{setting}", "{target}",
		"{value}", "{verdict}", "{version}", "{where}",
	}
	wanted = regexp.MustCompile(`\bwant ([a-z0-9-]+)`)
)

func (c *checker) rule(f fragment[Rule]) {
	if f.value.ID == "" && !f.hasText("id") || f.file.Full() {
		return // reported already
	}
	whole := c.set.Rule(f.value.ID)
	c.ruleNames(f, whole)
	for _, need := range []struct{ key, value string }{
		{"title", whole.Title}, {"severity", string(whole.Severity)}, {"message", whole.Message},
	} {
		if need.value == "" && strict.Get(f.node, need.key) == nil {
			f.mistake(nil, "missing key %q", need.key)
		}
	}
	if len(whole.Commands)+len(whole.Options) == 0 && whole.Setting == "" && whole.Origin == "" && whole.About == "" && len(whole.Suppressions) == 0 {
		f.mistake(nil, `expected one of the keys "about", "commands", "origin", "options", "setting", "suppressions": the rule matches nothing`)
	}
	if len(whole.Values) > 0 && whole.Setting == "" {
		f.mistake([]string{"values"}, `"values" are those of a setting; missing key "setting"`)
	}
	c.patterns(f)
	c.options(f)
	c.message(f)
	if _, err := c.set.Target(f.value.Target); err != nil && f.value.Target != "" {
		f.mistake([]string{"target"}, "%v", err)
	}
	for i := range f.value.Examples {
		c.example(f, whole, i)
	}
}

func (c *checker) ruleNames(f fragment[Rule], whole *Rule) {
	if !kebabCase.MatchString(f.value.ID) {
		f.mistake([]string{"id"}, "expected an id of small letters, digits and single hyphens, found %q", f.value.ID)
	}
	for i, alias := range f.value.Aliases {
		at := []string{"aliases", strconv.Itoa(i)}
		if !kebabCase.MatchString(alias) {
			f.mistake(at, "expected an id of small letters, digits and single hyphens, found %q", alias)
		} else if other := c.set.Rule(alias); other != whole {
			f.mistake(at, "the rule %q has this name already", other.ID)
		}
	}
}

func (c *checker) patterns(f fragment[Rule]) {
	for i, pattern := range f.value.Commands {
		problem := badGlob(pattern)
		if problem == "" && !strings.HasPrefix(pattern, "*") {
			problem = c.command(pattern)
		}
		if problem != "" {
			f.mistake([]string{"commands", strconv.Itoa(i)}, "%s", problem)
		}
	}
	for i, pattern := range f.value.Values {
		if problem := badGlob(pattern); problem != "" {
			f.mistake([]string{"values", strconv.Itoa(i)}, "%s", problem)
		}
	}
	if f.value.Setting == "" {
		if whole := c.set.Rule(f.value.ID); whole != nil && whole.Setting == "" && whole.About != "" && whole.About != AboutPackage {
			f.mistake([]string{"about"}, "it is about a setting; missing key \"setting\"")
		}
		return
	}
	if known := c.settings(); len(known) > 0 && !slices.Contains(known, f.value.Setting) {
		f.mistake([]string{"setting"}, "no client has a setting %q; %s", f.value.Setting, strict.Hint(f.value.Setting, known))
	}
}

// clientsOf lists the names of the clients of a language.
func (c *checker) clientsOf(language string) []string {
	var names []string
	for _, client := range c.set.Clients {
		if client.Language == language {
			names = append(names, client.Name)
		}
	}
	slices.Sort(names)
	return names
}

// settings lists the settings that clients and commands know.
func (c *checker) settings() []string {
	var names []string
	for _, client := range c.set.Clients {
		for name := range client.Settings {
			names = append(names, name)
		}
	}
	for _, family := range c.set.Families {
		for _, command := range family.Commands {
			if command.Sets != "" {
				names = append(names, command.Sets)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (c *checker) message(f fragment[Rule]) {
	if strict.Get(f.node, "message") != nil && strings.TrimSpace(f.value.Message) == "" {
		f.mistake([]string{"message"}, "a message is empty")
	}
	for _, found := range placeholder.FindAllString(f.value.Message, -1) {
		if !slices.Contains(placeholders, found) {
			f.mistake([]string{"message"}, "unknown placeholder %q; %s", found, strict.Hint(found, placeholders))
		}
	}
}

func (c *checker) example(f fragment[Rule], whole *Rule, i int) {
	at := []string{"examples", strconv.Itoa(i)}
	example := f.value.Examples[i]
	if problem := c.language(example.Language); problem != "" {
		f.mistake(append(at, "language"), "%s", problem)
	}
	found := false
	for _, m := range wanted.FindAllStringSubmatch(example.Code, -1) {
		rule := c.set.Rule(m[1])
		found = found || rule == whole
		if rule == nil {
			f.mistake(append(at, "code"), "the example wants a rule %q that does not exist", m[1])
		}
	}
	if !found && example.Code != "" {
		f.mistake(append(at, "code"), "no line of the example has the comment \"want %s\"", whole.ID)
	}
}
