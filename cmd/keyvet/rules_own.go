package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/cmd/keyvet/internal/craft"
	"github.com/keyvet/keyvet/languages/builtin"
	"github.com/keyvet/keyvet/rules"
)

func rulesTestCommand(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "test DIR ...",
		Short: "Run the examples of rules of your own",
		Long: "Run the examples of the rules in DIR. A line that the rule must find ends in a comment\n" +
			"with \"want\" and the rule's id; it must find no other line.",
		Example: "  keyvet rules test my-rules/",
		Args:    someFolders,
		RunE: func(c *cobra.Command, dirs []string) error {
			set, err := rules.Load(rules.Options{Dirs: dirs, Languages: languageNames()})
			if err != nil {
				return err
			}
			results, err := craft.Test(c.Context(), set, builtin.Languages())
			if err != nil {
				return err
			}
			return s.testResults(results)
		},
	}
}

// testResults writes them as go test does.
func (s streams) testResults(results []craft.Result) error {
	failed := 0
	for _, r := range results {
		word := "ok  "
		if len(r.Problems) > 0 {
			word = "FAIL"
			failed++
		}
		fmt.Fprintf(s.out, "%s  %s  %s\n", word, r.Rule, report.Printable(r.Example))
		for _, p := range r.Problems {
			fmt.Fprintf(s.out, "      %s\n", report.Printable(p))
		}
	}
	fmt.Fprintf(s.err, "keyvet: %s, %d failed\n", count(len(results), "example"), failed)
	if failed > 0 {
		return exitError(exitFindings)
	}
	return nil
}

func rulesLintCommand(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "lint DIR ...",
		Short: "Look for what is missing in rules of your own",
		Long: "Check the YAML in DIR: mistakes (code 2), and what its readers would miss (code 1):\n" +
			"reasons, advice, examples, sources.",
		Example: "  keyvet rules lint my-rules/",
		Args:    someFolders,
		RunE: func(_ *cobra.Command, dirs []string) error {
			set, err := rules.Load(rules.Options{Dirs: dirs, Languages: languageNames()})
			if err != nil {
				return err
			}
			known, err := rules.Builtin()
			if err != nil {
				return err
			}
			remarks := craft.Lint(set, known)
			for _, r := range remarks {
				fmt.Fprintln(s.out, report.Printable(r.String()))
			}
			if len(remarks) > 0 {
				return exitError(exitFindings)
			}
			return nil
		},
	}
}

func someFolders(c *cobra.Command, dirs []string) error {
	if len(dirs) == 0 {
		return usage("%s needs the folder with the rules", c.CommandPath())
	}
	return nil
}
