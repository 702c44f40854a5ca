package main

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/keyvet/keyvet/rules/config"
)

// knowledgeFlags say which rules and which configuration there are.
type knowledgeFlags struct {
	rules   []string
	config  string
	noLocal bool
}

func (k *knowledgeFlags) register(c *cobra.Command) {
	flags := c.Flags()
	flags.StringArrayVar(&k.rules, "rules", nil, "add the rules and clients in `DIR` (repeatable)")
	flags.StringVar(&k.config, "config", "", "take the configuration from `FILE`, not from "+config.Name)
	flags.BoolVar(&k.noLocal, "no-local-config", false, "do not look for a "+config.Name)
	mustComplete(c, "rules", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveFilterDirs
	})
	mustComplete(c, "config", cobra.FixedCompletions([]string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt))
}

// load reads the configuration that holds for some files and folders, and the
// rules.
func (k *knowledgeFlags) load(roots []string) (*config.Config, error) {
	if slices.Contains(k.rules, "") {
		return nil, usage("--rules: the name of the folder is empty")
	}
	path := k.config
	if path == "" && !k.noLocal {
		found, err := config.Find(roots)
		if err != nil {
			return nil, err
		}
		path = found
	}
	return config.Load(config.Options{Path: path, Dirs: k.rules, Languages: languageNames()})
}

// A setting is something that both a flag and the configuration can say.
type setting struct {
	key, flag string
	adopt     func(*config.Values) // takes over what the configuration says
	value     func() any
}

// settings lists them in the order in which they are shown.
func (f *scanFlags) settings() []setting {
	word := func(key string, c *choice, of func(*config.Values) string) setting {
		return setting{key, key, func(v *config.Values) { c.value = of(v) }, func() any { return c.value }}
	}
	truth := func(key, flag string, b *bool, of func(*config.Values) bool) setting {
		return setting{key, flag, func(v *config.Values) { *b = of(v) }, func() any { return *b }}
	}
	return []setting{
		{"include", "include", func(v *config.Values) { f.include = v.Include }, func() any { return f.include }},
		{"exclude", "exclude", func(v *config.Values) { f.exclude = v.Exclude }, func() any { return f.exclude }},
		truth("no_ignore", "no-ignore", &f.notIgnored, func(v *config.Values) bool { return v.NoIgnore }),
		truth("vendored", "vendored", &f.vendored, func(v *config.Values) bool { return v.Vendored }),
		truth("generated", "generated", &f.generated, func(v *config.Values) bool { return v.Generated }),
		truth("minified", "minified", &f.minified, func(v *config.Values) bool { return v.Minified }),
		{"target", "target", func(v *config.Values) { f.target = v.Target }, func() any { return f.target }},
		{"with", "with", func(v *config.Values) { f.with = v.With }, func() any { return f.with }},
		word("severity", &f.severity, func(v *config.Values) string { return v.Severity }),
		word("certainty", &f.certainty, func(v *config.Values) string { return v.Certainty }),
		truth("strict", "strict", &f.strict, func(v *config.Values) bool { return v.Strict }),
		word("format", &f.format, func(v *config.Values) string { return v.Format }),
		{"baseline", "baseline", func(v *config.Values) { f.baseline = v.Baseline }, func() any { return f.baseline }},
		truth("no_suppress", "no-suppress", &f.noSuppress, func(v *config.Values) bool { return v.NoSuppress }),
		truth("require_until", "require-until", &f.requireUntil, func(v *config.Values) bool { return v.RequireUntil }),
	}
}

// adopt takes over what the configuration says and no flag does. Globs of both
// are kept apart: those of the file are as seen from its folder, and it is no
// news if they match nothing.
func (f *scanFlags) adopt(c *config.Config, flags *pflag.FlagSet) {
	values := c.Values
	values.Include, values.Exclude = c.Absolute(c.Include), c.Absolute(c.Exclude)
	if strings.HasSuffix(values.Target, ".yaml") && !filepath.IsAbs(values.Target) {
		values.Target = filepath.Join(c.Dir, values.Target)
	}
	values.Baseline = c.BaselinePath()
	own := f.exclude
	for _, s := range f.settings() {
		if c.Given(s.key) != "" && (s.key == "exclude" || !flags.Changed(s.flag)) {
			s.adopt(&values)
		}
	}
	if c.Given("exclude") != "" {
		f.exclude = slices.Concat(values.Exclude, own)
	}
	f.standing = slices.Concat(values.Include, values.Exclude)
}
