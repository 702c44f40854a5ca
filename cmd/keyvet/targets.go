package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/keyvet/keyvet/cmd/keyvet/internal/live"
	"github.com/keyvet/keyvet/rules"
	"github.com/keyvet/keyvet/rules/explain"
)

const targetForms = `A target is a name that "keyvet targets" lists, a file that "keyvet targets save"
has written, or the address of a running server: redis://, rediss:// (TLS), valkey://,
valkeys:// or unix://, with user and password. A server is asked HELLO, INFO, MODULE
LIST and COMMAND, nothing else. What should not stand in a command line may stand in
KEYVET_USERNAME, KEYVET_PASSWORD, KEYVET_TLS_CA, KEYVET_TLS_CERT and KEYVET_TLS_KEY.`

// targetFlags choose rules and modules for commands about targets.
type targetFlags struct {
	knowledgeFlags
	with string
}

func (f *targetFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.with, "with", "", "add `MODULES`: valkey-search=1.2,valkey-json")
	f.knowledgeFlags.register(c)
}

func (f *targetFlags) set() (*rules.Set, error) {
	c, err := f.load([]string{"."})
	if err != nil {
		return nil, err
	}
	return c.Set, nil
}

// split gives the modules that a flag names.
func split(with string) []string {
	if with == "" {
		return nil
	}
	return strings.Split(with, ",")
}

// complete proposes the names of targets.
func (f *targetFlags) complete(*cobra.Command, []string, string) (names []string, _ cobra.ShellCompDirective) {
	if set, err := f.set(); err == nil {
		for _, t := range set.Targets {
			names = append(names, cobra.CompletionWithDesc(t.Name, t.Title))
		}
	}
	return names, cobra.ShellCompDirectiveDefault
}

// resolveTarget finds what a target's name means. What is wrong with the name is
// wrong use.
func resolveTarget(ctx context.Context, s streams, set *rules.Set, named string, with []string) (*rules.Target, error) {
	t, err := live.Resolve(ctx, set, named, with, live.Options{Getenv: s.env, Now: time.Now()})
	if err != nil {
		return nil, usageError{err}
	}
	return t, nil
}

func targetsCommand(s streams) *cobra.Command {
	f := &targetFlags{}
	c := &cobra.Command{
		Use: "targets [TARGET]", DisableFlagsInUseLine: true,
		Short:   "List the servers that code can be judged against, or show what one serves",
		Long:    "List the servers that code can be judged against, or show what one serves.\n\n" + targetForms,
		Example: "  keyvet targets\n  keyvet targets valkey-9.1 --with valkey-search\n  keyvet targets redis://localhost:6379",
		Args:    between(0, 1), ValidArgsFunction: f.complete,
		RunE: func(c *cobra.Command, names []string) error {
			set, err := f.set()
			if err != nil {
				return err
			}
			if len(names) == 0 {
				return say(s.out, explain.Targets(set))
			}
			t, err := resolveTarget(c.Context(), s, set, names[0], split(f.with))
			if err != nil {
				return err
			}
			return say(s.out, explain.Target(set, t))
		},
	}
	f.register(c)
	c.AddCommand(saveCommand(s))
	return c
}

func saveCommand(s streams) *cobra.Command {
	f := &targetFlags{}
	c := &cobra.Command{
		Use: "save FILE TARGET", DisableFlagsInUseLine: true,
		Short:   "Write a target to a file, that of a running server above all",
		Long:    "Write a target to a file, for --target FILE.\n\n" + targetForms,
		Example: "  keyvet targets save production.yaml rediss://cache.example.com:6379",
		Args:    between(2, 2),
		RunE: func(c *cobra.Command, args []string) error {
			set, err := f.set()
			if err != nil {
				return err
			}
			t, err := resolveTarget(c.Context(), s, set, args[1], split(f.with))
			if err != nil {
				return err
			}
			text, err := t.YAML()
			if err != nil {
				return err
			}
			if err := writeWhole(args[0], s.out, text); err != nil {
				return err
			}
			return say(s.out, fmt.Sprintf("%s: %s\n", args[0], count(len(set.Served(t)), "command")))
		},
	}
	f.register(c)
	return c
}

func diffCommand(s streams) *cobra.Command {
	f := &targetFlags{}
	c := &cobra.Command{
		Use: "diff FROM TO", DisableFlagsInUseLine: true,
		Short:   "Show what is lost and gained between two targets",
		Long:    "Show which commands and options are lost and gained between two targets. Modules\nthat are given with --with are those of the second.\n\n" + targetForms,
		Example: "  keyvet diff redis-8.0 valkey-9.1 --with valkey-search,valkey-json",
		Args:    between(2, 2), ValidArgsFunction: f.complete,
		RunE: func(c *cobra.Command, names []string) error {
			set, err := f.set()
			if err != nil {
				return err
			}
			from, err := resolveTarget(c.Context(), s, set, names[0], nil)
			if err != nil {
				return err
			}
			to, err := resolveTarget(c.Context(), s, set, names[1], split(f.with))
			if err != nil {
				return err
			}
			return say(s.out, explain.Diff(set, from, to))
		},
	}
	f.register(c)
	return c
}

func explainCommand(s streams) *cobra.Command {
	f := &targetFlags{}
	c := &cobra.Command{
		Use: "explain RULE|COMMAND", DisableFlagsInUseLine: true,
		Short:   "Say what a rule means, or who serves a command since when",
		Long:    "Show a rule's page, or what is known of a command: who serves it since when, its\noptions, notes and sources.",
		Example: "  keyvet explain search-command\n  keyvet explain FT.AGGREGATE\n  keyvet explain CLIENT KILL",
		Args:    between(1, 2),
		RunE: func(_ *cobra.Command, words []string) error {
			set, err := f.set()
			if err != nil {
				return err
			}
			if len(words) == 1 && set.Rule(words[0]) != nil {
				return showRule(s.out, set, words[0])
			}
			if text, known := explain.Command(set, words...); known {
				return say(s.out, text)
			}
			return unknownThing(set, words)
		},
	}
	f.knowledgeFlags.register(c)
	return c
}

// unknownThing names what may be meant by something that is neither a rule nor a
// command.
func unknownThing(set *rules.Set, words []string) error {
	if near := set.NearCommand(words...); near != "" {
		return usage("there is no rule and no command %q; did you mean %s?", words[0], near)
	}
	return unknownRule(set, words[0])
}

// between checks how many arguments there are.
func between(least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return usage("%s takes %s, not %d", c.CommandPath(), c.Use[strings.IndexByte(c.Use, ' ')+1:], len(args))
		}
		return nil
	}
}

func say(w io.Writer, text string) error {
	_, err := io.WriteString(w, printable(text))
	return err
}
