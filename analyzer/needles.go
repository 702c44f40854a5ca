package analyzer

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/internal/prefilter"
	"github.com/keyvet/keyvet/rules"
)

// filters derives what to look for in the files of each language that has any.
func filters(needles map[string]prefilter.Needles) map[string]*prefilter.Filter {
	return atOnce(slices.Collect(maps.Keys(needles)), func(language string) *prefilter.Filter {
		return prefilter.New(needles[language])
	})
}

// atOnce makes something for each of several languages, all at the same time.
func atOnce[T any](languages []string, of func(language string) T) map[string]T {
	made := make([]T, len(languages))
	var wait sync.WaitGroup
	for i, l := range languages {
		wait.Go(func() { made[i] = of(l) })
	}
	wait.Wait()
	found := make(map[string]T, len(languages))
	for i, l := range languages {
		found[l] = made[i]
	}
	return found
}

// needlesFor gives the needles of each language that has any files. Nothing here is
// written by hand: a catalogue entry that the evaluator can use is a needle.
func needlesFor(set *rules.Set, files []discover.File) map[string]prefilter.Needles {
	catalogued := make(map[string]bool)
	for _, c := range set.Clients {
		catalogued[c.Language] = true
	}
	var languages []string
	for i := range files {
		if l := files[i].Language; catalogued[l] {
			catalogued[l] = false // once is enough
			languages = append(languages, l)
		}
	}
	return atOnce(languages, func(language string) prefilter.Needles { return needlesOf(set, language) })
}

func needlesOf(set *rules.Set, language string) prefilter.Needles {
	var clients, named []*rules.Client
	for _, c := range set.Clients {
		if c.Language != language || c.Mock || onlyPasses(c) {
			continue
		}
		clients = append(clients, c)
		if !onlyURLs(c) {
			named = append(named, c)
		}
	}
	n := prefilter.Needles{
		Families:  make(map[string]map[string]bool),
		Names:     libraryNames(named),
		Members:   make(map[string]prefilter.Evidence),
		Accessors: make(map[string]map[string]bool),
		Called:    make(map[string]bool),
		Types:     make(map[string]bool),
		Words:     make(map[string][]string),
		Commands:  make(map[string]bool),
	}
	settings, libraries := make(map[string]bool), ownPackages(clients)
	for _, c := range clients {
		w := words{of: n.Words, modules: moduleTexts(c)}
		addClient(&n, set, c, w, settings)
		addDrifting(w, c)
		addInside(n.Words, libraries, c)
	}
	for _, modules := range n.Words {
		slices.Sort(modules) // they come in the order of maps
	}
	for _, d := range set.Dependents {
		for _, m := range d.Modules {
			if d.Language == language {
				n.Modules = append(n.Modules, moduleWord(m))
			}
		}
	}
	for _, f := range set.Families {
		n.Lookalikes = append(n.Lookalikes, withoutModules(f.Lookalikes, named)...)
		if f.Prefix != "" {
			n.Families[f.Prefix] = verbs(f)
		}
		for name, command := range f.Commands {
			if command.Sets != "" {
				settings[name], settings[strings.ToLower(name)] = true, true
			}
			if f.Prefix == "" && (len(command.Options) > 0 || set.Watched(name)) {
				first, _, _ := strings.Cut(name, " ")
				n.Commands[first], n.Commands[strings.ToLower(first)] = true, true
			}
		}
	}
	n.Settings = keys(settings)
	return n
}

// verbs are the words behind the dots of a family's commands.
func verbs(f *rules.Family) map[string]bool {
	found := make(map[string]bool)
	for name := range f.Commands {
		command, _, _ := strings.Cut(name, " ")
		if _, verb, dotted := strings.Cut(command, "."); dotted {
			found[verb] = true
		}
	}
	return found
}

// withoutModules leaves out words that stand in the modules of clients.
func withoutModules(words []string, clients []*rules.Client) (rest []string) {
	for _, w := range words {
		if !slices.ContainsFunc(clients, func(c *rules.Client) bool {
			return holding(c.Modules, w) > 0
		}) {
			rest = append(rest, w)
		}
	}
	return rest
}

// onlyPasses tells whether a catalogue describes nothing but functions that hand
// something on: they are everywhere, and say nothing of a file.
func onlyPasses(c *rules.Client) bool {
	return len(c.Passes)+len(c.Invokes)+len(c.Provides) > 0 &&
		len(c.Types)+len(c.Functions.Sends)+len(c.Functions.Raw)+len(c.Settings)+len(c.Constants) == 0
}

// onlyURLs tells whether a catalogue sends nothing and sets nothing but by URLs:
// those name the library that they are for.
func onlyURLs(c *rules.Client) bool {
	for _, t := range c.Types {
		if len(t.Sends)+len(t.Raw)+len(t.Calls)+len(t.Fields) > 0 || givesOptions(&t.Members) {
			return false
		}
	}
	for _, s := range c.Settings {
		for _, form := range s.Set {
			if form.URL == "" {
				return false
			}
		}
	}
	return len(c.Functions.Sends)+len(c.Functions.Raw) == 0
}

// addDrifting makes what makes a client a needle, where a default depends on the
// library's version: such a file matters though it may set and send nothing.
func addDrifting(w words, c *rules.Client) {
	for _, s := range c.Settings {
		drifts := false
		for _, d := range s.Default {
			drifts = drifts || d.Value != s.Default[0].Value
		}
		for name, t := range c.Types {
			if drifts && s.Holds(name) {
				w.add(t.Classes)
				w.addMakers(t)
			}
		}
	}
}

// moduleWord is the part of a module's name that an import writes in one piece:
// without the symbol at its end, if there is one.
func moduleWord(module string) string {
	module = strings.TrimRight(module, "*.")
	if last := rules.LastName(module); last != module && last[0] >= 'A' && last[0] <= 'Z' {
		module = strings.TrimSuffix(module, "."+last)
	}
	return module
}

func keys(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for k := range set {
		list = append(list, k)
	}
	sort.Strings(list)
	return list
}

func addClient(n *prefilter.Needles, set *rules.Set, c *rules.Client, w words, settings map[string]bool) {
	// given are the types that a member gives. What a type gives itself, somebody has
	// to make first; only one that takes any command is known by the member that does.
	given := make(map[string]bool)
	for _, name := range slices.Sorted(maps.Keys(c.Types)) {
		t := c.Types[name]
		for member, gives := range t.Calls {
			given[gives] = given[gives] || gives != name || len(t.Raw) > 0
			addAccessor(n, c, name, member, gives)
			n.Called[member] = true
		}
		for member, gives := range t.Fields {
			given[gives] = given[gives] || gives != name || len(t.Raw) > 0
			addAccessor(n, c, name, member, gives)
		}
		addMembers(n, set, t.Members, t.Ambiguous)
		addOptions(n, set, &t.Members, settings)
		if len(t.Options)+len(t.Choices) > 0 {
			for _, class := range t.Classes {
				if !dotted(class) {
					n.Members[class] |= prefilter.WeakAPI // acme.Args{Mode: "X"}
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Types)) {
		// Members that speak for themselves, and those that take a command, are
		// needles by their own names.
		t := c.Types[name]
		if isSilent(n, t) && !slices.Contains(w.modules, "") {
			w.add(t.Classes)
			for _, class := range t.Classes {
				n.Types[importName(class)] = true
			}
		}
		if (!speaksForItself(t) || givesOthers(c, t)) && (!given[name] || len(t.Makers) == 0) {
			w.add(t.Classes)
			w.addMakers(t)
		}
	}
	for name, command := range c.Functions.Sends {
		if rules.SaysFamily(rules.LastName(name), command) {
			n.Members[rules.LastName(name)] |= prefilter.API
		}
		w.name(firstName(name))
	}
	for _, raw := range c.Functions.Raw {
		for _, m := range raw.Members {
			if dotted(m) {
				w.name(importName(m))
			} else {
				n.Members[m] |= prefilter.WeakAPI
			}
		}
	}
	w.add(slices.Sorted(maps.Keys(c.Functions.Options)))
	addOptions(n, set, &c.Functions, settings)
	w.add(slices.Sorted(maps.Keys(c.Constants)))
	addSettings(c, settings)
}

func givesOptions(m *rules.Members) bool {
	return len(m.Options)+len(m.Choices)+len(m.Arguments)+len(m.Words) > 0
}

// addOptions makes needles of what stands for an option among the arguments of a
// call. A member that sends is a needle already; a member of an argument's type is
// found by that type.
func addOptions(n *prefilter.Needles, set *rules.Set, m *rules.Members, settings map[string]bool) {
	for member, arguments := range m.Arguments {
		for argument := range arguments {
			_, err := strconv.Atoi(argument)
			switch {
			case m.Sends[member] != "" || argument == rules.AnyValue:
			case err == nil:
				n.Members[member] |= prefilter.WeakAPI
			default:
				settings[argument] = true
			}
		}
	}
	for _, name := range m.Words {
		_, command, _ := set.Command(name)
		for option := range command.Options {
			first, _, _ := strings.Cut(option, " ")
			n.Commands[first] = true
		}
	}
}

// isSilent tells whether most members by which a type sends are no needles: the type
// itself is one then, wherever it is named.
func isSilent(n *prefilter.Needles, t *rules.Type) bool {
	silent := 0
	for member := range t.Sends {
		if n.Members[member] == 0 && !strings.Contains(member, "*") {
			silent++
		}
	}
	return silent*2 > len(t.Sends)
}

// speaksForItself tells whether each member that sends has the family in its
// name, so that the members alone are evidence enough.
func speaksForItself(t *rules.Type) bool {
	if len(t.Options)+len(t.Choices) > 0 {
		return false
	}
	for member, command := range t.Sends {
		if !rules.SaysFamily(member, command) {
			return false
		}
	}
	return true
}

// givesOthers tells whether a type sends nothing itself, and gives one whose members
// are no evidence: factory.create().get("k").
func givesOthers(c *rules.Client, t *rules.Type) bool {
	if len(t.Sends)+len(t.Raw) > 0 {
		return false
	}
	for _, gives := range t.Calls {
		if other := c.Types[gives]; other != nil && !speaksForItself(other) {
			return true
		}
	}
	return false
}

func addAccessor(n *prefilter.Needles, c *rules.Client, from, member, gives string) {
	t := c.Types[gives]
	if t == nil || gives == from || len(t.Sends) == 0 || strings.Contains(member, "*") {
		return
	}
	members := make(map[string]bool)
	clear := false
	for name := range t.Sends {
		members[name] = !slices.Contains(t.Ambiguous, name)
		clear = clear || members[name]
	}
	if !clear {
		return // value(x) alone, of value(x).get(), says nothing
	}
	if n.Accessors[member] == nil {
		n.Accessors[member] = make(map[string]bool)
	}
	for name, own := range members {
		n.Accessors[member][name] = n.Accessors[member][name] || own
	}
}

func addMembers(n *prefilter.Needles, set *rules.Set, m rules.Members, ambiguous []string) {
	for member, command := range m.Sends {
		own := !slices.Contains(ambiguous, member)
		_, option := set.CutOption(command)
		switch {
		case own && rules.SaysFamily(member, command):
			n.Members[member] |= prefilter.API
		case set.Origin(command) != "" || option != "" || own && (rules.SaysCommand(member, command) || strings.HasSuffix(command, ".*")):
			n.Members[member] |= prefilter.WeakAPI // rxFtSearch, getJsonBucket
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

// words are those of a client, which count where one of its modules is named.
type words struct {
	of      map[string][]string
	modules []string
}

// moduleTexts are texts of which every file holds one that imports a module of a
// client, or belongs to it. A name in one piece says no more than a library's name:
// then it is the empty text.
func moduleTexts(c *rules.Client) (texts []string) {
	for _, m := range c.Modules {
		text := strings.TrimRight(m, "*./")
		if !strings.ContainsAny(text, "./") {
			return []string{""}
		}
		texts = append(texts, text)
		if slash := strings.LastIndexByte(text, '/'); slash >= 0 {
			texts = append(texts, "package "+cmp.Or(c.PackageName, text[slash+1:]))
		}
	}
	return texts
}

// ownPackages are texts of the files of libraries themselves, where packages say their
// whole names.
func ownPackages(clients []*rules.Client) (texts []string) {
	for _, c := range clients {
		for _, m := range c.Modules {
			if text := strings.TrimRight(m, "*."); strings.Contains(text, ".") && !strings.Contains(text, "/") {
				texts = append(texts, "package "+text)
			}
		}
	}
	return texts
}

// addInside makes needles, in a library's own files, of members that send, and in those
// of any library of members that give options: such a file may use what others of its
// package make, and name nothing else.
func addInside(of map[string][]string, libraries []string, c *rules.Client) {
	own := words{of, ownPackages([]*rules.Client{c})}
	for _, t := range c.Types {
		for member := range t.Sends {
			if !slices.Contains(t.Ambiguous, member) {
				own.name(member)
			}
		}
		for member := range t.Options {
			words{of, libraries}.name(member)
		}
	}
}

func (w words) name(word string) {
	for _, m := range w.modules {
		if !slices.Contains(w.of[word], m) {
			w.of[word] = append(w.of[word], m)
		}
	}
}

func (w words) add(symbols []string) {
	for _, s := range symbols {
		w.name(importName(s))
	}
}

func (w words) addMakers(t *rules.Type) {
	for _, maker := range t.Makers {
		w.name(firstName(maker)) // X of X.create, which is named wherever it is imported
	}
}

// importName is the part of a symbol that is named wherever it is imported: X of X.Y,
// even if Y is imported alone, and X of sub.X. Packages are told by their lower case.
func importName(symbol string) string {
	for part := range strings.SplitSeq(symbol, ".") {
		if part != "" && part[0] >= 'A' && part[0] <= 'Z' {
			return part
		}
	}
	return rules.LastName(symbol)
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
// in any case. Words that stand in a client's name are taken first, the one
// that most modules hold before the others: they are what a library is called,
// not where it is kept.
func libraryNames(clients []*rules.Client) []string {
	var modules, candidates []string
	for _, c := range clients {
		for _, m := range append(append([]string(nil), c.Modules...), c.Globals...) {
			modules = append(modules, strings.ToLower(m))
		}
		candidates = append(candidates, nameWords(c)...)
	}
	sort.Strings(candidates)
	var chosen []string
	for {
		best, most := "", minHolding-1
		for _, w := range candidates {
			if n := holding(modules, w); n > most {
				best, most = w, n
			}
		}
		if best == "" {
			break
		}
		chosen = append(chosen, best)
		modules = without(modules, best)
	}
	for _, m := range modules {
		chosen = append(chosen, strings.TrimSuffix(m, "*"))
	}
	sort.Strings(chosen)
	return chosen
}

// minHolding is how many modules must hold a word for it to stand for them. A
// word of fewer is no more than a word: such a module is looked for as a whole.
const minHolding = 3

func holding(modules []string, word string) int {
	n := 0
	for _, m := range modules {
		if strings.Contains(m, word) {
			n++
		}
	}
	return n
}

func without(modules []string, word string) []string {
	var rest []string
	for _, m := range modules {
		if !strings.Contains(m, word) {
			rest = append(rest, m)
		}
	}
	return rest
}

// nameWords are the words of a client's name that its modules hold too.
func nameWords(c *rules.Client) []string {
	modules := strings.ToLower(strings.Join(c.Modules, " "))
	seen := make(map[string]bool)
	var words []string
	for _, w := range splitWords(strings.ToLower(c.Name)) {
		if len(w) >= prefilter.MinName && !seen[w] && strings.Contains(modules, w) {
			seen[w] = true
			words = append(words, w)
		}
	}
	return words
}

func splitWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') })
}

func dotted(symbol string) bool { return strings.IndexByte(symbol, '.') >= 0 }

func firstName(dotted string) string {
	first, _, _ := strings.Cut(dotted, ".")
	return first
}
