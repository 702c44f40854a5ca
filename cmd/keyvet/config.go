package main

import (
	"bytes"
	_ "embed" // the first configuration of a project
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules/config"
)

// firstConfig is what keyvet config init writes.
//
//go:embed keyvet.yaml.init
var firstConfig []byte

func configCommand(s streams) *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Show the configuration that holds here, or begin one",
		Long: "A " + config.Name + " holds for the folder that it lies in and all below. keyvet looks for it in the\n" +
			"folder that is scanned and upwards, to the top of the repository. One holds for a scan: another one\n" +
			"further down is named in a note, and not used; \"overrides\" are for parts of a repository.",
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(configShowCommand(s), configInitCommand(s))
	return c
}

func configInitCommand(s streams) *cobra.Command {
	return &cobra.Command{
		Use: "init", Short: "Write a " + config.Name + " to begin with, in this folder", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			file, err := os.OpenFile(config.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
			if errors.Is(err, fs.ErrExist) {
				return usage("there is a %s already", config.Name)
			}
			if err != nil {
				return cannotWrite(config.Name, err)
			}
			_, err = file.Write(firstConfig)
			if err := errors.Join(err, file.Close()); err != nil {
				return cannotWrite(config.Name, err)
			}
			_, err = fmt.Fprintf(s.err, "keyvet: wrote %s; keyvet config show says what holds\n", config.Name)
			return err
		},
	}
}

func configShowCommand(s streams) *cobra.Command {
	f := newScanFlags()
	c := &cobra.Command{
		Use: "show [flags] [path ...]", DisableFlagsInUseLine: true,
		Short: "Show what holds for a scan, and where each value comes from",
		Long: "Show what would hold if the paths were scanned with the flags: each value, and whether a\n" +
			"flag, the configuration or nobody gave it. What is shown can be used as a " + config.Name + ".",
		Example: "  keyvet config show\n  keyvet config show --severity error services/",
		RunE: func(c *cobra.Command, paths []string) error {
			scan := &scan{scanFlags: f, streams: s, command: c}
			roots, err := scan.roots(c.Context(), paths)
			if err != nil {
				return err
			}
			if err := scan.chooseContext(roots); err != nil {
				return err
			}
			conf, err := scan.configure(roots)
			if err != nil {
				return err
			}
			return showConfig(s.out, f, conf, c.Flags())
		},
	}
	f.register(c)
	return c
}

// showConfig writes YAML, with the source of each value as a comment.
func showConfig(w io.Writer, f *scanFlags, c *config.Config, flags *pflag.FlagSet) error {
	var text bytes.Buffer
	fmt.Fprintln(&text, "# "+report.Printable(describe(c)))
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	for _, s := range f.settings() {
		fmt.Fprintf(table, "%s: %s\t# %s\n", s.key, inYAML(shown(s, c)), source(s, c, flags))
	}
	fmt.Fprintf(table, "rules_dirs: %s\t# %s\n", inYAML(c.RulesDirs), orBuiltin(c.Given("rules_dirs")))
	for _, dir := range f.rules {
		fmt.Fprintf(table, "# and %s\t# --rules\n", report.Printable(dir))
	}
	fmt.Fprintln(table, "severities:\t")
	for _, r := range c.Set.Rules {
		from := c.Given("severities", r.ID)
		if from == "" {
			from = c.Set.SeverityPlace(r.ID).String()
		}
		fmt.Fprintf(table, "  %s: %s\t# %s\n", r.ID, c.Severity(r.ID, "", r.Severity), orBuiltin(report.Printable(from)))
	}
	if len(c.Overrides) > 0 {
		fmt.Fprintln(table, "overrides:\t")
	}
	for i, o := range c.Overrides {
		fmt.Fprintf(table, "  - paths: %s\t# %s\n    severities: %s\t\n", inYAML(o.Paths),
			report.Printable(c.Given("overrides", fmt.Sprint(i))), inYAML(o.Severities))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for line := range strings.Lines(text.String()) {
		if _, err := fmt.Fprintln(w, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	return nil
}

func describe(c *config.Config) string {
	if c.Path == "" {
		return "no " + config.Name + " holds here"
	}
	return "the configuration is " + c.Path
}

// shown is a value as a configuration would have it: globs as they are written
// there.
func shown(s setting, c *config.Config) any {
	if s.key == "baseline" && c.Baseline != "" && s.value() == c.BaselinePath() {
		return c.Baseline
	}
	globs, ok := s.value().([]string)
	if !ok {
		return s.value()
	}
	var all []string
	written := slices.Concat(c.Include, c.Exclude)
	absolute := slices.Concat(c.Absolute(c.Include), c.Absolute(c.Exclude))
	for _, glob := range globs {
		if i := slices.Index(absolute, glob); i >= 0 {
			glob = written[i]
		}
		all = append(all, glob)
	}
	return all
}

// source says who gave a value.
func source(s setting, c *config.Config, flags *pflag.FlagSet) string {
	file, flag := c.Given(s.key), flags.Changed(s.flag)
	switch {
	case flag && file != "" && s.key == "exclude":
		return report.Printable(file) + " and --" + s.flag
	case flag && file != "":
		return "--" + s.flag + ", instead of " + report.Printable(file)
	case flag:
		return "--" + s.flag
	}
	return orBuiltin(report.Printable(file))
}

func orBuiltin(from string) string {
	if from == "" {
		return "as built in"
	}
	return from
}

// inYAML writes a value on one line.
func inYAML(value any) string {
	switch v := value.(type) {
	case string:
		if v == "" {
			return quote(v)
		}
	case []string:
		quoted := make([]string, len(v))
		for i, text := range v {
			quoted[i] = quote(text)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	case map[string]string:
		var pairs []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			pairs = append(pairs, quote(key)+": "+v[key])
		}
		return "{" + strings.Join(pairs, ", ") + "}"
	}
	return fmt.Sprint(value)
}

// quote writes a text so that YAML takes it as one.
func quote(text string) string {
	if text == "" || text[0] == '-' || strings.ContainsFunc(text, special) {
		return fmt.Sprintf("%q", text)
	}
	return text
}

// special tells letters that may mean something in YAML.
func special(r rune) bool {
	letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	return !letter && !strings.ContainsRune("/._-", r)
}
