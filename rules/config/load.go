package config

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/rules"
	"github.com/keyvet/keyvet/rules/internal/strict"
)

// Options say what to load.
type Options struct {
	Path      string         // of the file, "" for none
	Dirs      []string       // more folders with rules, which come after the file's own
	Sources   []rules.Source // rules in memory, which have the last word
	Languages []string       // see rules.Options
}

// ReadText reads the text of a configuration, as Load does: a regular file, and no more of it than a configuration may
// hold and one byte.
func ReadText(path string) ([]byte, error) { return strict.ReadFile(path) }

// Load reads a configuration and the rules that go with it. An error about the
// content of files is rules.Mistakes and holds all of them.
func Load(o Options) (*Config, error) {
	c := &Config{Path: o.Path}
	if o.Path == "" {
		set, err := rules.Load(rules.Options{Dirs: o.Dirs, Sources: o.Sources, Languages: o.Languages})
		c.Set = set
		return c, err
	}
	top, err := c.place()
	if err != nil {
		return nil, err
	}
	data, err := strict.ReadFile(o.Path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the configuration %q: %w", o.Path, cause(err))
	}
	c.file = strict.Parse(o.Path, data)
	project := &rules.Project{Severities: map[string]rules.Severity{}}
	var mistakes rules.Mistakes
	if c.file.Root != nil {
		c.file.Decode(c.file.Root, spec, &c.Values)
		c.checkGlobs()
		project.Dirs = c.rulesDirs(top)
		c.checkBaseline(top)
		project.Inline = &rules.Source{Name: o.Path, Data: data}
	}
	for id, severity := range c.Severities {
		project.Severities[id] = rules.Severity(severity)
	}
	set, err := rules.Load(rules.Options{Project: project, Dirs: o.Dirs, Sources: o.Sources, Languages: o.Languages})
	if err != nil && !errors.As(err, &mistakes) {
		return nil, err
	}
	c.checkIDs(set, len(c.RulesDirs)+len(o.Dirs)+len(o.Sources) > 0)
	if err := c.mistakes(mistakes); err != nil {
		return nil, err
	}
	c.Set = set
	c.settle()
	return c, nil
}

// place finds out in which folder the file lies, and which one nothing that it
// names may lead out of.
func (c *Config) place() (top string, err error) {
	abs, err := filepath.Abs(c.Path)
	if err == nil {
		c.Dir, err = filepath.EvalSymlinks(filepath.Dir(abs))
	}
	if err != nil {
		return "", fmt.Errorf("cannot read the configuration %q: %w", c.Path, cause(err))
	}
	return cmp.Or(repository(c.Dir), c.Dir), nil
}

// rulesDirs gives the folders with rules, by the way they can be opened.
func (c *Config) rulesDirs(top string) (dirs []string) {
	for i, dir := range c.RulesDirs {
		at := strict.Find(c.file.Root, "rules_dirs", fmt.Sprint(i))
		if !strict.IsText(at) {
			continue // reported when it was decoded
		}
		if dir == "" || filepath.IsAbs(dir) || strings.HasPrefix(dir, "/") {
			c.file.Mistake(at, "expected a path as seen from the folder of this file, found %q", dir)
			continue
		}
		named := filepath.Join(c.Dir, filepath.FromSlash(dir))
		real, err := filepath.EvalSymlinks(named)
		switch {
		case !within(top, named), err == nil && !within(top, real):
			c.file.Mistake(at, "%q leads out of the repository", dir)
		case err != nil:
			c.file.Mistake(at, "%q cannot be read: %v", dir, cause(err))
		default:
			dirs = append(dirs, filepath.Join(filepath.Dir(c.Path), filepath.FromSlash(dir)))
		}
	}
	return dirs
}

// checkBaseline looks at where the baseline lies. It may not be there yet.
func (c *Config) checkBaseline(top string) {
	at := strict.Get(c.file.Root, "baseline")
	name := c.Baseline
	if at == nil || !strict.IsText(at) || name == "" {
		return // none, or reported when it was decoded
	}
	if filepath.IsAbs(name) || strings.HasPrefix(name, "/") {
		c.file.Mistake(at, "expected a path as seen from the folder of this file, found %q", name)
		return
	}
	named := filepath.Join(c.Dir, filepath.FromSlash(name))
	real, err := filepath.EvalSymlinks(named)
	if !within(top, named) || err == nil && !within(top, real) {
		c.file.Mistake(at, "%q leads out of the repository", name)
	}
}

// BaselinePath is the way to the baseline from the working directory; "" if the
// file names none.
func (c *Config) BaselinePath() string {
	if c.Baseline == "" {
		return ""
	}
	return filepath.Join(filepath.Dir(c.Path), filepath.FromSlash(c.Baseline))
}

// checkIDs looks at the ids of rules in "severities". If the rules could not be
// loaded, they are known only as long as no other file may define them.
func (c *Config) checkIDs(set *rules.Set, elsewhere bool) {
	if c.file.Root == nil || set == nil && elsewhere {
		return
	}
	known := map[string]bool{}
	if set == nil {
		for _, item := range strict.Items(strict.Get(c.file.Root, "rules")) {
			if id := strict.Get(item, "id"); id != nil {
				known[id.Value] = true
			}
		}
		set, _ = rules.Builtin() // it was loaded before
	}
	for _, r := range set.Rules {
		known[r.ID] = true
		for _, alias := range r.Aliases {
			known[alias] = true
		}
	}
	check := func(given map[string]string, at ...string) {
		for id := range given {
			if !known[id] && (id != every || len(at) == 1) {
				c.file.Mistake(strict.FindKey(c.file.Root, append(at, id)...), "there is no rule %q; %s", id, strict.Hint(id, keysOf(known)))
			}
		}
	}
	check(c.Severities, "severities")
	for i, o := range c.Overrides {
		check(o.Severities, "overrides", fmt.Sprint(i), "severities")
	}
}

// mistakes puts together those of the rules and those of the file itself.
func (c *Config) mistakes(found rules.Mistakes) error {
	for _, m := range c.file.Mistakes() {
		if !c.file.Empty { // a file with comments alone changes nothing
			found = append(found, rules.Mistake(m))
		}
	}
	if len(found) == 0 {
		return nil
	}
	slices.SortStableFunc(found, func(a, b rules.Mistake) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.Compact(found)
}

// settle gives the rules their ids, where the file knows them by an alias, and
// wakes those that are off but not everywhere: Severity puts them to sleep again.
func (c *Config) settle() {
	canonical := func(given map[string]string) map[string]string {
		named := make(map[string]string, len(given))
		for id, severity := range given {
			if r := c.Set.Rule(id); r != nil {
				id = r.ID
			}
			named[id] = severity
		}
		return named
	}
	c.Severities = canonical(c.Severities)
	for i := range c.Overrides {
		c.Overrides[i].Severities = canonical(c.Overrides[i].Severities)
	}
	for _, r := range c.Set.Rules {
		for _, o := range c.Overrides {
			if severity := rules.Severity(o.Severities[r.ID]); r.Severity == rules.Off && severity != "" && severity != rules.Off {
				r.Severity = severity
				c.asleep = append(c.asleep, r.ID)
			}
		}
	}
}
