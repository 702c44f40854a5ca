package rules

import "testing"

func builtinSet(t testing.TB) *Set {
	t.Helper()
	set, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestCanonical(t *testing.T) {
	set := builtinSet(t)
	for _, test := range []struct {
		words []string
		want  string
	}{
		{nil, "?"},
		{[]string{""}, "?"},
		{[]string{"  "}, "?"},
		{[]string{"ft.search", "idx"}, "FT.SEARCH"},
		{[]string{"FT.CONFIG", "get", "*"}, "FT.CONFIG GET"},
		{[]string{"FT.CONFIG SET", "TIMEOUT", "1"}, "FT.CONFIG SET"},
		{[]string{"FT.CONFIG", ""}, "FT.CONFIG"},
		{[]string{"FT.CONFIG"}, "FT.CONFIG"},
		{[]string{"FT.CONFIG", "NEW"}, "FT.CONFIG"},
		{[]string{"JSON.DEBUG", "Memory", "k"}, "JSON.DEBUG MEMORY"},
		{[]string{"JSON.SET k $ 1"}, "JSON.SET"},
		{[]string{"\tjson.debug\nmemory k"}, "JSON.DEBUG MEMORY"},
		{[]string{"FT.NEWTHING", "x"}, "FT.NEWTHING"},
		{[]string{"FT.*"}, "FT.*"},
		{[]string{"set", "k", "v"}, "SET"},
		{[]string{"hello", "3"}, "HELLO"},
	} {
		if got := set.Canonical(test.words); got != test.want {
			t.Errorf("Canonical(%q) = %q, expected %q", test.words, got, test.want)
		}
	}
}

func TestFamilies(t *testing.T) {
	set := builtinSet(t)
	for name, want := range map[string]string{
		"FT.SEARCH": "search", "ft.config get": "search", "_FT.DEBUG": "search", "FT.NEWTHING": "search",
		"FT.*": "search", "JSON.GET": "json", "TS.ADD": "timeseries", "BF.ADD": "bloom", "CF.ADD": "cuckoo",
		"CMS.QUERY": "countmin", "TOPK.ADD": "topk", "TDIGEST.ADD": "tdigest", "GRAPH.QUERY": "graph",
		"HELLO": "core", "SET": "core", "SETT": "", "?": "", ".x": "", "XX.YY": "",
	} {
		got := ""
		if f := set.FamilyOf(name); f != nil {
			got = f.Name
		}
		if got != want {
			t.Errorf("FamilyOf(%q) is %q, expected %q", name, got, want)
		}
	}
	if _, c, ok := set.Command("hello"); !ok || c.Sets != "resp" || c.Argument != 1 {
		t.Errorf("HELLO is %+v, %v", c, ok)
	}
	if _, _, ok := set.Command("FT.NEWTHING"); ok {
		t.Error("FT.NEWTHING is listed")
	}
}

func TestEveryModuleCommandHasOneRule(t *testing.T) {
	set := builtinSet(t)
	for _, f := range set.Families {
		for name := range f.Commands {
			var ids []string
			for _, r := range set.Rules {
				if r.MatchesCommand(name) {
					ids = append(ids, r.ID)
				}
			}
			var origins []string
			for _, r := range set.Rules {
				if r.MatchesOrigin(set.Origin(name)) {
					origins = append(origins, r.ID)
				}
			}
			if f.Prefix == "" && (len(ids) > 0 && f.Commands[name].Group != "gears" || len(origins) > 0 && !set.Watched(name)) {
				t.Errorf("%s of the core has the rules %q", name, ids)
			}
			if f.Prefix == "" && set.Watched(name) && len(ids)+len(origins) != 1 {
				t.Errorf("%s of the core has the rules %q and %q", name, ids, origins)
			}
			if f.Prefix != "" && (len(ids) != 1 || ids[0] != f.Name+"-command") {
				t.Errorf("%s has the rules %q", name, ids)
			}
		}
	}
}

func TestRulesAreWhole(t *testing.T) {
	for _, r := range builtinSet(t).Rules {
		if r.Title == "" || r.Why == "" || r.Instead == "" {
			t.Errorf("%s: title, why or instead is missing", r.ID)
		}
		languages := map[string]bool{}
		for _, e := range r.Examples {
			languages[e.Language] = true
		}
		for _, language := range []string{"go", "python", "javascript", "java"} {
			if r.About != "" {
				break // what it is about does not happen in every language
			}
			if !languages[language] {
				t.Errorf("%s: no example in %s", r.ID, language)
			}
		}
	}
}

func TestMatches(t *testing.T) {
	undecided := &Rule{Severity: Warning, Commands: []string{"?", `*.\*`}}
	search := &Rule{Severity: Error, Commands: []string{"FT.*"}}
	off := &Rule{Severity: Off, Commands: []string{"*"}, Setting: "resp"}
	for _, test := range []struct {
		rule *Rule
		name string
		want bool
	}{
		{undecided, "?", true}, {undecided, "FT.*", true}, {undecided, "FT.SEARCH", false}, {undecided, "SET", false},
		{search, "FT.SEARCH", true}, {search, "ft.config get", true}, {search, "FT.*", true},
		{search, "FT", false}, {search, "XFT.A", false}, {search, "?", false}, {search, "", false},
		{off, "SET", false},
	} {
		if got := test.rule.MatchesCommand(test.name); got != test.want {
			t.Errorf("%q matches %q: %v", test.rule.Commands, test.name, got)
		}
	}
	pinned := &Rule{Severity: Note, Setting: "resp", Values: []string{"2"}}
	if !pinned.MatchesSetting("resp", "2") || pinned.MatchesSetting("resp", "3") || pinned.MatchesSetting("tls", "2") ||
		off.MatchesSetting("resp", "2") || search.MatchesSetting("", "") {
		t.Error("settings are matched wrongly")
	}
}

func TestGlob(t *testing.T) {
	for _, test := range []struct {
		pattern, name string
		want          bool
	}{
		{"*", "", true}, {"**", "x", true}, {"a*c", "abbc", true}, {"a*c", "abcb", false}, {"*.a*b", "x.aXbYb", true},
		{`\*`, "*", true}, {`\*`, "a", false}, {`a\\b`, `a\b`, true}, {"", "", true}, {"", "a", false}, {"A", "a", true},
	} {
		if got := glob(test.pattern, test.name); got != test.want {
			t.Errorf("glob(%q, %q) = %v", test.pattern, test.name, got)
		}
	}
}
