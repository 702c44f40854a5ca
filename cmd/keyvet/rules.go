package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

// rulePages is the folder with a page for each built-in rule.
const rulePages = "https://github.com/keyvet/keyvet/blob/main/docs/rules/"

func rulesCommand(s streams) *cobra.Command {
	var known knowledgeFlags
	load := func() (*rules.Set, error) {
		c, err := known.load([]string{"."})
		if err != nil {
			return nil, err
		}
		return c.Set, nil
	}
	c := &cobra.Command{
		Use: "rules [ID]", DisableFlagsInUseLine: true,
		Short: "List the rules, or show what one means and what to do",
		Long: "List the rules, or show one: what it finds, why that matters, what to do instead,\n" +
			"examples, and where the facts come from.",
		Example: "  keyvet rules\n  keyvet rules search-command\n  keyvet rules --rules my-rules/",
		Args:    atMostOne,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) (ids []string, _ cobra.ShellCompDirective) {
			if set, err := load(); err == nil && len(args) == 0 {
				for _, r := range set.Rules {
					ids = append(ids, cobra.CompletionWithDesc(r.ID, r.Title))
				}
			}
			return ids, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, ids []string) error {
			set, err := load()
			if err != nil {
				return err
			}
			if len(ids) == 0 {
				return listRules(s.out, set)
			}
			return showRule(s.out, set, ids[0])
		},
	}
	known.register(c)
	c.AddCommand(rulesTestCommand(s), rulesLintCommand(s))
	return c
}

func atMostOne(c *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage("%s takes one rule at a time, not %d", c.CommandPath(), len(args))
	}
	return nil
}

func listRules(w io.Writer, set *rules.Set) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range set.Rules {
		fmt.Fprintf(table, "%s\t%s\t%s\n", r.ID, r.Severity, report.Printable(r.Title))
	}
	return table.Flush()
}

// showRule writes a rule's page. An alias will do.
func showRule(w io.Writer, set *rules.Set, id string) error {
	r := set.Rule(id)
	if r == nil {
		return unknownRule(set, id)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\nSeverity: %s\n", r.ID, r.Title, r.Severity)
	if len(r.Commands) > 0 {
		fmt.Fprintf(&b, "Commands: %s\n", strings.Join(r.Commands, ", "))
	}
	if r.Setting != "" {
		fmt.Fprintf(&b, "Setting: %s, values: %s\n", r.Setting, strings.Join(r.Values, ", "))
	}
	section(&b, "Why", r.Why)
	section(&b, "Instead", r.Instead)
	for _, e := range r.Examples {
		section(&b, "Example in "+e.Language, strings.ReplaceAll(e.Code, "\t", "    "))
	}
	section(&b, "Sources", strings.Join(r.Sources, "\n"))
	_, err := io.WriteString(w, printable(b.String()))
	return err
}

func section(b *strings.Builder, title, body string) {
	if strings.TrimSpace(body) != "" {
		fmt.Fprintf(b, "\n%s:\n\n%s\n", title, indent(body))
	}
}

// unknownRule names the rules that may be meant.
func unknownRule(set *rules.Set, id string) error {
	names := &cobra.Command{SuggestionsMinimumDistance: 4}
	for _, r := range set.Rules {
		names.AddCommand(&cobra.Command{Use: r.ID, Run: func(*cobra.Command, []string) {}})
	}
	if near := names.SuggestionsFor(id); len(near) > 0 {
		return usage("there is no rule %q; did you mean %s?", id, strings.Join(near, " or "))
	}
	return usage("there is no rule %q; keyvet rules lists all", id)
}

// addPages tells the report where the pages of the built-in rules are. A user's
// own rule has none.
func addPages(r *report.Report, set *rules.Set) {
	for i := range r.Rules {
		if id := r.Rules[i].ID; set.BuiltIn(id) {
			r.Rules[i].Page = rulePages + id + ".md"
		}
	}
}
