package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/keyvet/keyvet/analyzer/report"
)

const aboutSuppressions = `List the comments that suppress findings, with the rules, the reason, the last
day, and how many findings each of them suppresses.

A finding is suppressed by a comment, in the comment syntax of the language:

  r.ft("i").search(q)  # keyvet:ignore search-command the index stays on Redis

  # keyvet:ignore search-command, json-command until=2027-01-31 goes in January
  r.ft("i").search(q)

  # keyvet:ignore-start search-command the whole old shop
  ...
  # keyvet:ignore-end

  # keyvet:ignore-file search-command above all code of a file

The rules and the reason are required. A comment without them, one whose last day
has passed, and one that suppresses nothing are findings themselves.

How old a comment is is not told: keyvet does not read the history.`

func suppressionsCommand(s streams) *cobra.Command {
	f := newScanFlags()
	f.quiet = true
	format := choice{"text", []string{"text", "json"}}
	c := &cobra.Command{
		Use: "suppressions [flags] [path ...]", Args: cobra.ArbitraryArgs, DisableFlagsInUseLine: true,
		Short: "List the comments that suppress findings, with their reasons",
		Long:  aboutSuppressions,
	}
	c.Flags().Var(&format, "format", "how to write: text, json")
	c.Flags().StringVar(&f.target, "target", "", "judge against `TARGET`: see keyvet targets")
	c.Flags().StringVar(&f.with, "with", "", "add `MODULES` to the target: valkey-search=1.2,valkey-json")
	c.Flags().StringArrayVar(&f.include, "include", nil, "look only at what matches `GLOB` (repeatable)")
	c.Flags().StringArrayVar(&f.exclude, "exclude", nil, "leave out what matches `GLOB` (repeatable)")
	f.cacheFlags.register(c.Flags())
	f.knowledgeFlags.register(c)
	mustComplete(c, "format", cobra.FixedCompletions(format.allowed, cobra.ShellCompDirectiveNoFileComp))
	c.RunE = func(c *cobra.Command, paths []string) error {
		return (&scan{scanFlags: f, streams: s, command: c, allComments: true}).suppressions(c.Context(), paths, format.value == "json")
	}
	return c
}

func (s *scan) suppressions(ctx context.Context, paths []string, asJSON bool) error {
	r, err := s.look(ctx, paths)
	if err != nil {
		return err
	}
	return report.WriteSuppressions(s.out, r, asJSON, time.Now())
}

// look scans for a command that is not a scan: it has a report and no gate.
func (s *scan) look(ctx context.Context, paths []string) (*report.Report, error) {
	roots, err := s.roots(ctx, paths)
	if err != nil {
		return nil, err
	}
	p, err := s.prepare(ctx, roots)
	if err != nil {
		return nil, err
	}
	defer p.close()
	r, err := p.report(ctx)
	if err != nil {
		return nil, s.explain(err, paths)
	}
	return r, nil
}
