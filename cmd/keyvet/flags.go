package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/analyzer/report"
)

// scanFlags are the flags of a scan, with what they are if not given.
type scanFlags struct {
	knowledgeFlags
	cacheFlags
	format, severity, certainty, color choice

	output, category, context, target, with   string
	baseline, since                           string
	shard                                     shard
	staged                                    bool
	include, exclude                          []string
	standing                                  []string // globs of the configuration
	vendored, generated, minified, notIgnored bool
	strict, quiet, noColor                    bool
	showSuppressed, noSuppress, noContext     bool
	inventory, requireUntil                   bool
	workers                                   number
	maxSize                                   size
}

func newScanFlags() *scanFlags {
	var formats []string
	for _, f := range report.Formats() {
		formats = append(formats, f.Name)
	}
	return &scanFlags{
		format:    choice{formats[0], formats},
		severity:  choice{"warning", []string{"note", "warning", "error"}},
		certainty: choice{"likely", []string{"certain", "likely", "possible"}},
		color:     choice{"auto", []string{"auto", "always", "never"}},
		maxSize:   analyzer.DefaultMaxSize,
	}
}

func (f *scanFlags) register(c *cobra.Command) {
	flags := c.Flags()
	flags.SortFlags = false
	flags.Var(&f.format, "format", "how to write: "+strings.Join(f.format.allowed, ", "))
	flags.StringVarP(&f.output, "output", "o", "", "write to `FILE`, which appears when it is whole")
	flags.Var(&f.severity, "severity", "fail on findings of at least this severity: note, warning, error")
	flags.Var(&f.certainty, "certainty", "take findings of at least this certainty: certain, likely, possible")
	flags.BoolVar(&f.strict, "strict", false, "fail (code 3) if anything was skipped, damaged or undecided")
	flags.StringVar(&f.target, "target", "", "judge against `TARGET`: see keyvet targets")
	flags.StringVar(&f.with, "with", "", "add `MODULES` to the target: valkey-search=1.2,valkey-json")
	flags.StringArrayVar(&f.include, "include", nil, "scan only what matches `GLOB` (repeatable)")
	flags.StringArrayVar(&f.exclude, "exclude", nil, "leave out what matches `GLOB` (repeatable)")
	flags.BoolVar(&f.notIgnored, "no-ignore", false, "scan what .gitignore and .keyvetignore leave out, too")
	flags.BoolVar(&f.vendored, "vendored", false, "scan vendored code (node_modules, vendor ...), too")
	flags.BoolVar(&f.generated, "generated", false, "scan generated code, too")
	flags.BoolVar(&f.minified, "minified", false, "scan minified code, too")
	flags.Var(&f.maxSize, "max-file-size", "do not parse larger files: bytes, or with K, M or G behind")
	flags.StringVar(&f.context, "context", "", "look through `DIR` to understand the paths given, but report on those alone\n(default, if only files are given and this is a git working tree: this folder)")
	flags.BoolVar(&f.noContext, "no-context", false, "take the files given for the whole program")
	f.knowledgeFlags.register(c)
	flags.StringVar(&f.since, "since", "", "report only what came since `REVISION`, a branch or a commit (runs git)")
	flags.BoolVar(&f.staged, "staged", false, "report only what would be committed now (runs git)")
	flags.Var(&f.shard, "shard", "report part `I/N` of what is found, for N jobs side by side: see keyvet merge")
	flags.StringVar(&f.baseline, "baseline", "", "fail on findings only that `FILE` does not list: see keyvet baseline")
	flags.BoolVar(&f.inventory, "inventory", false, "add the client libraries in use to text: version, protocol, where that is said")
	flags.BoolVar(&f.showSuppressed, "show-suppressed", false, "show findings that do not count in text and SARIF, too")
	flags.BoolVar(&f.noSuppress, "no-suppress", false, "take no notice of keyvet:ignore comments")
	flags.BoolVar(&f.requireUntil, "require-until", false, "take notice of keyvet:ignore comments only if they have a last day")
	flags.StringVar(&f.category, "category", "", "the `NAME` that tells this SARIF upload from others")
	f.cacheFlags.register(flags)
	flags.VarP(&f.workers, "jobs", "j", "how many files to read at a time; 0: one for each processor")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "no counts and notes on standard error")
	flags.Var(&f.color, "color", "colours in text: auto, always, never")
	flags.BoolVar(&f.noColor, "no-color", false, "the same as --color never")
	for name, values := range map[string][]string{
		"format": f.format.allowed, "severity": f.severity.allowed, "certainty": f.certainty.allowed, "color": f.color.allowed,
	} {
		mustComplete(c, name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
	mustComplete(c, "context", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveFilterDirs
	})
}

// mustComplete panics for a flag that does not exist, which a test would meet.
func mustComplete(c *cobra.Command, flag string, f cobra.CompletionFunc) {
	if err := c.RegisterFlagCompletionFunc(flag, f); err != nil {
		panic(err)
	}
}

// colored tells whether text is to be coloured. A flag beats the environment,
// NO_COLOR beats CLICOLOR_FORCE.
func (f *scanFlags) colored(s streams) bool {
	switch {
	case f.noColor || f.color.value == "never":
		return false
	case f.color.value == "always":
		return true
	case s.env("NO_COLOR") != "":
		return false
	case s.env("CLICOLOR_FORCE") != "" && s.env("CLICOLOR_FORCE") != "0":
		return true
	}
	return s.outTerminal && f.output == "" && s.env("TERM") != "dumb" && s.env("CLICOLOR") != "0"
}

// A choice is a flag that is one of a few words.
type choice struct {
	value   string
	allowed []string
}

var _ pflag.Value = (*choice)(nil)

func (c *choice) String() string { return c.value }

// Type stands for the value in the help.
func (*choice) Type() string { return "WORD" }

// Set takes a word if it is allowed.
func (c *choice) Set(word string) error {
	if !slices.Contains(c.allowed, word) {
		return fmt.Errorf("it must be one of %s", strings.Join(c.allowed, ", "))
	}
	c.value = word
	return nil
}

// A number is a flag that is not negative.
type number int

func (n *number) String() string { return strconv.Itoa(int(*n)) }

// Type stands for the value in the help.
func (*number) Type() string { return "N" }

// Set reads a decimal number.
func (n *number) Set(text string) error {
	value, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		return errors.New("it must be a whole number, or 0 for one for each processor")
	}
	*n = number(value)
	return nil
}

// A size is a flag that is a number of bytes.
type size int64

// String gives the size as Set takes it.
func (s *size) String() string {
	n := int64(*s)
	for _, unit := range []string{"", "K", "M", "G"} {
		if n%1024 != 0 || n == 0 || unit == "G" {
			return strconv.FormatInt(n, 10) + unit
		}
		n /= 1024
	}
	return ""
}

// Type stands for the value in the help.
func (*size) Type() string { return "SIZE" }

// Set reads "500000", "500K", "2M", "2MB" or "2MiB"; a K is 1024.
func (s *size) Set(text string) error {
	number := strings.TrimRight(text, "KMGiBkmgb")
	shift, known := map[string]int{"": 0, "b": 0, "k": 10, "kb": 10, "kib": 10, "m": 20, "mb": 20, "mib": 20,
		"g": 30, "gb": 30, "gib": 30}[strings.ToLower(text[len(number):])]
	n, err := strconv.ParseInt(number, 10, 33)
	if err != nil || !known || n <= 0 || n > 1<<40>>shift {
		return errors.New("it must be a number of bytes, like 500000, 500K or 2M")
	}
	*s = size(n << shift)
	return nil
}

// A shard is a flag like 2/5.
type shard struct{ analyzer.Shard }

func (s *shard) String() string {
	if s.Of == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Index, s.Of)
}

// Type stands for the value in the help.
func (*shard) Type() string { return "I/N" }

// maxShards is more jobs than anybody has.
const maxShards = 10_000

// Set reads a part and the number of all parts.
func (s *shard) Set(text string) error {
	index, of, _ := strings.Cut(text, "/")
	i, err := strconv.ParseUint(index, 10, 16)
	n, errOf := strconv.ParseUint(of, 10, 16)
	if err != nil || errOf != nil || i < 1 || i > n || n > maxShards {
		return errors.New("it must be the number of a part and of all parts, like 2/5")
	}
	s.Index, s.Of = int(i), int(n)
	return nil
}
