package analyzer

import (
	"sort"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/prefilter"
	"github.com/keyvet/keyvet/rules"
)

// filters derives what to look for in the files of each language. Nothing here
// is written by hand: a catalogue entry that the evaluator can use is a needle.
func filters(set *rules.Set) map[string]*prefilter.Filter {
	byLanguage := make(map[string][]*rules.Client)
	for _, c := range set.Clients {
		byLanguage[c.Language] = append(byLanguage[c.Language], c)
	}
	found := make(map[string]*prefilter.Filter)
	for language, clients := range byLanguage {
		n := prefilter.Needles{
			Names:     libraryNames(set.Clients, clients),
			Members:   make(map[string]prefilter.Evidence),
			Accessors: make(map[string]map[string]bool),
		}
		for _, f := range set.Families {
			if f.Prefix != "" {
				n.Families = append(n.Families, f.Prefix)
			}
		}
		words, settings := map[string]bool{}, map[string]bool{}
		for _, c := range clients {
			if !c.Mock {
				addClient(&n, c, words, settings)
			}
		}
		for _, f := range set.Families {
			for name, command := range f.Commands {
				if command.Sets != "" {
					settings[name], settings[strings.ToLower(name)] = true, true
				}
			}
		}
		n.Words, n.Settings = keys(words), keys(settings)
		found[language] = prefilter.New(n)
	}
	return found
}

func keys(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for k := range set {
		list = append(list, k)
	}
	sort.Strings(list)
	return list
}

func addClient(n *prefilter.Needles, c *rules.Client, words, settings map[string]bool) {
	given := make(map[string]bool) // types that a member gives
	for _, name := range keysOf(c.Types) {
		t := c.Types[name]
		for member, gives := range t.Calls {
			given[gives] = true
			addAccessor(n, c, name, member, gives)
		}
		for member, gives := range t.Fields {
			given[gives] = true
			addAccessor(n, c, name, member, gives)
		}
		addMembers(n, t.Members, t.Ambiguous)
	}
	for _, name := range keysOf(c.Types) {
		if t := c.Types[name]; len(t.Sends)+len(t.Raw) > 0 && (!given[name] || len(t.Makers) == 0) {
			addWords(words, t.Classes)
			if !speaksForItself(t) {
				addWords(words, t.Makers)
			}
		}
	}
	for name, command := range c.Functions.Sends {
		if saysFamily(lastName(name), command) {
			n.Members[lastName(name)] |= prefilter.API
		}
		words[firstName(name)] = true
	}
	for _, raw := range c.Functions.Raw {
		for _, m := range raw.Members {
			n.Members[lastName(m)] |= prefilter.WeakAPI
		}
	}
	for group := range c.Constants {
		words[lastName(group)] = true
	}
	addSettings(c, settings)
}

// speaksForItself tells whether each member that sends has the family in its
// name, so that the members alone are evidence enough.
func speaksForItself(t *rules.Type) bool {
	for member, command := range t.Sends {
		if !saysFamily(member, command) {
			return false
		}
	}
	return true
}

func addAccessor(n *prefilter.Needles, c *rules.Client, from, member, gives string) {
	t := c.Types[gives]
	if t == nil || gives == from || len(t.Sends) == 0 || strings.Contains(member, "*") {
		return
	}
	members := n.Accessors[member]
	if members == nil {
		members = make(map[string]bool)
		n.Accessors[member] = members
	}
	for name := range t.Sends {
		if !contains(t.Ambiguous, name) {
			members[name] = true
		}
	}
}

func addMembers(n *prefilter.Needles, m rules.Members, ambiguous []string) {
	for member, command := range m.Sends {
		if saysFamily(member, command) && !contains(ambiguous, member) {
			n.Members[member] |= prefilter.API
		}
	}
	for _, raw := range m.Raw {
		for _, member := range raw.Members {
			switch {
			case strings.Contains(member, "*") || raw.Script != nil:
			case raw.Weak:
				n.Members[member] |= prefilter.WeakAPI
			default:
				n.Members[member] |= prefilter.API
			}
		}
	}
}

func addWords(words map[string]bool, symbols []string) {
	for _, s := range symbols {
		words[lastName(s)] = true
	}
}

func addSettings(c *rules.Client, settings map[string]bool) {
	for _, s := range c.Settings {
		for _, form := range s.Set {
			for _, word := range []string{form.Keyword, form.Field, form.Call, form.URL} {
				if word != "" {
					settings[word] = true
				}
			}
		}
	}
}

// libraryNames finds few words of which each module of the clients holds one,
// in any case. Of a module's words, those that also stand in its client's name
// or packages are taken first: they are what the library is called, not where
// it is kept.
func libraryNames(all, clients []*rules.Client) []string {
	counts := make(map[string]int)
	for _, c := range all {
		for _, w := range nameWords(c) {
			counts[w]++
		}
	}
	chosen := make(map[string]bool)
	for _, c := range clients {
		candidates := nameWords(c)
		sort.SliceStable(candidates, func(i, j int) bool {
			a, b := candidates[i], candidates[j]
			if counts[a] != counts[b] {
				return counts[a] > counts[b]
			}
			return a < b
		})
		for _, module := range append(append([]string(nil), c.Modules...), c.Globals...) {
			cover(chosen, strings.ToLower(module), candidates)
		}
	}
	return keys(chosen)
}

func cover(chosen map[string]bool, module string, candidates []string) {
	for w := range chosen {
		if strings.Contains(module, w) {
			return
		}
	}
	for _, w := range candidates {
		if strings.Contains(module, w) {
			chosen[w] = true
			return
		}
	}
	longest := ""
	for _, w := range splitWords(module) {
		if len(w) > len(longest) {
			longest = w
		}
	}
	if len(longest) >= prefilter.MinName {
		chosen[longest] = true
	}
}

// nameWords are the words of a client's modules that its name holds too.
func nameWords(c *rules.Client) []string {
	name := strings.ToLower(c.Name)
	for _, p := range c.Packages {
		name += " " + strings.ToLower(p.Name)
	}
	seen := make(map[string]bool)
	var words []string
	for _, w := range splitWords(strings.ToLower(c.Name + " " + strings.Join(c.Modules, " "))) {
		if len(w) >= prefilter.MinName && !seen[w] && strings.Contains(name, w) {
			seen[w] = true
			words = append(words, w)
		}
	}
	return words
}

func splitWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') })
}

func saysFamily(name, command string) bool {
	prefix, _, ok := strings.Cut(command, ".")
	return ok && len(name) > len(prefix) && strings.EqualFold(name[:len(prefix)], prefix)
}

func lastName(dotted string) string { return dotted[strings.LastIndexByte(dotted, '.')+1:] }

func firstName(dotted string) string {
	first, _, _ := strings.Cut(dotted, ".")
	return first
}

func keysOf[V any](m map[string]V) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	sort.Strings(list)
	return list
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
