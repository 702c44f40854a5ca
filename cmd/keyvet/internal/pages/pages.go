// Package pages writes the documentation that is made from data: a page for each
// rule. The pages are committed, in docs/rules; a test says when they are stale.
package pages

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/rules"
)

// maxNamed is how many commands are named in a row of a table.
const maxNamed = 8

// Generated is the first line of each page.
const Generated = "<!-- Generated from rules/ruleset by: go generate ./cmd/keyvet. Do not edit. -->\n\n"

// Rule writes a rule's page.
func Rule(set *rules.Set, r *rules.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s# %s\n\n%s. Severity: %s.\n", Generated, r.ID, capital(r.Title), r.Severity)
	if len(r.Aliases) > 0 {
		fmt.Fprintf(&b, "It was called %s before.\n", code(r.Aliases))
	}
	fmt.Fprintf(&b, "\n## What it finds\n\n%s\n", finds(r))
	section(&b, "Why", r.Why)
	section(&b, "Instead", r.Instead)
	targets(&b, set, r)
	for i, e := range r.Examples {
		if i == 0 {
			b.WriteString("\n## Examples\n\nEach line that is found ends in `want`; no other line is.\n")
		}
		fmt.Fprintf(&b, "\n```%s\n%s```\n", e.Language, e.Code)
	}
	b.WriteString(exceptions(r))
	for i, source := range r.Sources {
		if i == 0 {
			b.WriteString("\n## Sources\n\n")
		}
		b.WriteString("- <" + source + ">\n")
	}
	return b.String()
}

// Index lists the pages.
func Index(set *rules.Set) string {
	var b strings.Builder
	b.WriteString(Generated + "# Rules\n\n| rule | severity | what it finds |\n|---|---|---|\n")
	for _, r := range set.Rules {
		fmt.Fprintf(&b, "| [%s](%s.md) | %s | %s |\n", r.ID, r.ID, r.Severity, r.Title)
	}
	return b.String()
}

// exceptions says how to live with findings of a rule.
func exceptions(r *rules.Rule) string {
	return strings.ReplaceAll(strings.ReplaceAll(`
## How to suppress it

At one place, on the line or the line above, in the language's comment; the reason is required:

~~~
keyvet:ignore RULE the reason
~~~

For some files, or everywhere, in ~keyvet.yaml~:

~~~yaml
severities: {RULE: off}
overrides:
  - paths: [scripts/]
    severities: {RULE: note}
~~~
`, "~", "`"), "RULE", r.ID)
}

// finds says in words what a rule matches.
func finds(r *rules.Rule) string {
	var what string
	switch {
	case slices.Contains(r.Commands, rules.Unknown):
		what = "Calls that send a command which cannot be known before the program runs, wholly or in part."
	case len(r.Commands) > 0:
		what = "Calls that send " + code(r.Commands) + ", by the methods of a client library or as raw commands, in scripts too."
	case r.Origin != "":
		what = "Calls that send a command of the core which " + capital(r.Origin) + " brought after the fork (7.2)."
	case r.Setting != "" && len(r.Values) > 0:
		what = "Clients whose setting `" + r.Setting + "` is " + code(r.Values) + "."
	case r.Setting != "":
		what = "Clients whose setting `" + r.Setting + "` is given."
	default:
		what = capital(r.Title) + "."
	}
	if r.Unless == rules.Served {
		what += " What the target serves is not reported."
	}
	return what
}

// targets says what the servers serve of that which the rule is about.
func targets(b *strings.Builder, set *rules.Set, r *rules.Rule) {
	commands := about(set, r)
	if r.Unless != rules.Served || len(commands) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## On which target\n\nOf the %d commands that keyvet knows, these are served:\n\n| served | by |\n|---|---|\n", len(commands))
	by := map[string][]string{}
	var shares []string // in the order in which targets come
	for _, t := range set.Targets {
		served := shareOf(set, t, commands)
		if by[served] == nil {
			shares = append(shares, served)
		}
		by[served] = append(by[served], t.Name)
	}
	for _, served := range shares {
		fmt.Fprintf(b, "| %s | %s |\n", served, strings.Join(by[served], ", "))
	}
}

// shareOf says which of the commands a target serves.
func shareOf(set *rules.Set, t *rules.Target, commands []string) string {
	var served, not []string
	for _, c := range commands {
		if set.Verdict(t, c).Served {
			served = append(served, c)
		} else {
			not = append(not, c)
		}
	}
	return share(served, not)
}

func share(served, not []string) string {
	switch {
	case len(served) == 0:
		return "none"
	case len(not) == 0:
		return "all"
	case len(served) <= maxNamed:
		return code(served)
	case len(not) <= maxNamed:
		return "all but " + code(not)
	}
	return fmt.Sprintf("%d, among them %s", len(served), code(served[:3]))
}

// about lists the commands that a rule may find.
func about(set *rules.Set, r *rules.Rule) (commands []string) {
	for _, f := range set.Families {
		for _, name := range slices.Sorted(maps.Keys(f.Commands)) {
			if r.MatchesCommand(name) || r.MatchesOrigin(set.Origin(name)) {
				commands = append(commands, name)
			}
		}
	}
	return commands
}

func section(b *strings.Builder, title, body string) {
	if body = strings.TrimSpace(body); body != "" {
		fmt.Fprintf(b, "\n## %s\n\n%s\n", title, body)
	}
}

func code(words []string) string { return "`" + strings.Join(words, "`, `") + "`" }

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
