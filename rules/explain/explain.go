// Package explain says in plain text what package rules knows of a command or a
// target. It decides nothing: every verdict is that of the rules.
package explain

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/keyvet/keyvet/rules"
)

// width is that of wrapped lists.
const width = 96

// Command says what a command is, who serves it and with which options, and
// which of the known targets do. It tells whether the command is known.
func Command(set *rules.Set, words ...string) (text string, known bool) {
	name := set.Canonical(words)
	family, c, known := set.Command(name)
	if !known {
		return "", false
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\n", name, cmp.Or(c.Summary, "a command of "+family.Title))
	fmt.Fprintf(&b, "Family: %s\n", family.Title)
	if c.Group != "" {
		fmt.Fprintf(&b, "Group: %s\n", c.Group)
	}
	if c.Since != "" {
		fmt.Fprintf(&b, "Since: %s\n", c.Since)
	}
	section(&b, "Served by", providers(set, c.By))
	section(&b, "Targets", standing(set, name))
	section(&b, "Options that not all servers know", options(set, c))
	section(&b, "Note", wrap(strings.Fields(c.Note), " "))
	section(&b, "Judged by", judges(set, name))
	section(&b, "Source", wrap(strings.Fields(family.Source), " "))
	return b.String(), true
}

// providers lists who serves something since when.
func providers(set *rules.Set, by rules.By) string {
	if len(by) == 0 {
		return "no server and no module that is known\n"
	}
	var b strings.Builder
	for _, who := range slices.Sorted(maps.Keys(by)) {
		fmt.Fprintf(&b, "%s %s\n", title(set, who), span(by[who]))
	}
	return b.String()
}

func title(set *rules.Set, who string) string {
	if m := set.Module(who); m != nil {
		return m.Title
	}
	return map[string]string{rules.Redis: "Redis", rules.Valkey: "Valkey"}[who]
}

func span(text string) string {
	since, end, ends := strings.Cut(text, "..")
	switch {
	case text == "*":
		return "(whenever it serves the command)"
	case ends:
		return "since " + since + ", until " + end
	}
	return "since " + since
}

func options(set *rules.Set, c rules.Command) string {
	var b strings.Builder
	for _, option := range slices.Sorted(maps.Keys(c.Options)) {
		who := strings.Split(strings.TrimSpace(providers(set, c.Options[option])), "\n")
		fmt.Fprintf(&b, "%s: %s\n", option, strings.Join(who, ", "))
	}
	return b.String()
}

// standing groups the known targets by the verdict on a command.
func standing(set *rules.Set, name string) string {
	var serve, lack []string
	for _, t := range set.Targets {
		if set.Verdict(t, name).Served {
			serve = append(serve, t.Name)
		} else {
			lack = append(lack, t.Name)
		}
	}
	return part("serve it", serve) + part("do not", lack)
}

func part(what string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	return what + ":\n" + indent(wrap(names, ", "))
}

// judges names the rules that look at a command or its options.
func judges(set *rules.Set, name string) string {
	_, c, _ := set.Command(name)
	var ids []string
	for _, r := range set.Rules {
		about := r.MatchesCommand(name) || r.MatchesOrigin(set.Origin(name))
		for option := range c.Options {
			about = about || r.MatchesOption(name, option)
		}
		if about {
			ids = append(ids, r.ID)
		}
	}
	return wrap(ids, ", ")
}

// Targets lists the known targets.
func Targets(set *rules.Set) string {
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	standard := set.DefaultTarget().Name
	for _, t := range set.Targets {
		name := t.Name
		if name == standard {
			name += " (default)"
		}
		fmt.Fprintf(table, "%s\t%s %s\t%s\n", name, title(set, t.Server), t.Version, modules(t))
	}
	_ = table.Flush() // a strings.Builder takes everything
	return b.String()
}

func modules(t *rules.Target) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(t.Modules)) {
		list = append(list, name+" "+t.Modules[name])
	}
	return strings.Join(list, ", ")
}

// Target says what a target is and what it serves, and what of the commands that
// programs meet elsewhere it does not.
func Target(set *rules.Set, t *rules.Target) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\n", t.Name, cmp.Or(t.Title, t.Name))
	fmt.Fprintf(&b, "Server: %s %s\n", title(set, t.Server), t.Version)
	if len(t.Modules) > 0 {
		fmt.Fprintf(&b, "Modules: %s\n", modules(t))
	}
	if len(t.Protocols) > 0 {
		fmt.Fprintf(&b, "Protocols: RESP%s\n", strings.Join(t.Protocols, ", RESP"))
	}
	section(&b, "Note", wrap(strings.Fields(t.Note), " "))
	served := set.Served(t)
	section(&b, fmt.Sprintf("Serves %d commands", len(served)), grouped(set, served))
	var lacks []string
	for _, f := range set.Families {
		for name := range f.Commands {
			if set.Watched(name) && !set.Verdict(t, name).Served {
				lacks = append(lacks, name)
			}
		}
	}
	section(&b, fmt.Sprintf("Does not serve %d others that are known", len(lacks)), grouped(set, lacks))
	section(&b, "Source", strings.TrimSpace(t.Source+"\n"+t.Date)+"\n")
	return b.String()
}

// grouped lists commands by their group, or family.
func grouped(set *rules.Set, names []string) string {
	groups := map[string][]string{}
	for _, name := range names {
		family, c, known := set.Command(name)
		group := "others"
		switch {
		case known && family.Prefix != "":
			group = family.Title
		case known && c.Group != "":
			group = strings.ReplaceAll(c.Group, "_", " ")
		}
		groups[group] = append(groups[group], name)
	}
	var b strings.Builder
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		slices.Sort(groups[group])
		fmt.Fprintf(&b, "%s (%d):\n%s", group, len(groups[group]), indent(wrap(groups[group], ", ")))
	}
	return b.String()
}

// Diff says what is lost and gained from one target to another.
func Diff(set *rules.Set, from, to *rules.Target) string {
	d := set.Diff(from, to)
	if len(d.Lost)+len(d.Gained) == 0 {
		return fmt.Sprintf("%s and %s serve the same commands and options\n", from.Name, to.Name)
	}
	var b strings.Builder
	changes(&b, fmt.Sprintf("Lost from %s to %s", from.Name, to.Name), d.Lost)
	changes(&b, fmt.Sprintf("Gained from %s to %s", from.Name, to.Name), d.Gained)
	return b.String()
}

// changes writes what is lost or gained, with equal reasons said once.
func changes(b *strings.Builder, what string, list []rules.Change) {
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	fmt.Fprintf(b, "%s: %d\n", what, len(list))
	byReason := map[string][]string{}
	for _, c := range list {
		byReason[c.Reason] = append(byReason[c.Reason], strings.TrimSpace(c.Command+" "+c.Option))
	}
	for _, reason := range slices.Sorted(maps.Keys(byReason)) {
		fmt.Fprintf(b, "\n  %s:\n%s", reason, indent(indent(wrap(byReason[reason], ", "))))
	}
}

func section(b *strings.Builder, title, body string) {
	if strings.TrimSpace(body) != "" {
		fmt.Fprintf(b, "\n%s:\n\n%s", title, indent(body))
	}
}

// wrap joins words into lines.
func wrap(words []string, separator string) string {
	var b strings.Builder
	column := 0
	for i, word := range words {
		if i < len(words)-1 {
			word += strings.TrimRight(separator, " ")
		}
		switch {
		case column > 0 && column+1+len(word) > width:
			b.WriteByte('\n')
			column = 0
		case column > 0:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	return b.String()
}

func indent(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = "  " + line
		}
	}
	return strings.Join(lines, "\n") + "\n"
}
