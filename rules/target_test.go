package rules

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestVerdict(t *testing.T) {
	set := builtinSet(t)
	for _, test := range []struct {
		target, with, command, option string
		served                        bool
		reason                        string
	}{
		{"valkey-9.1", "", "GET", "", true, "valkey-9.1 serves it"},
		{"valkey-9.1", "", "FT.AGGREGATE", "", false, "valkey-9.1 serves it only with valkey-search >= 1.1"},
		{"valkey-8.1", "", "FT.AGGREGATE", "", false, "valkey-8.1 does not serve it; it takes valkey-search >= 1.1, which needs Valkey >= 9.0.1"},
		{"valkey-bundle-9.0", "", "FT.AGGREGATE", "", false, "valkey-bundle-9.0 has valkey-search 1.0.2, and it takes valkey-search >= 1.1"},
		{"valkey-bundle-9.1", "", "FT.AGGREGATE", "", true, "valkey-bundle-9.1 serves it with valkey-search 1.2.0"},
		{"valkey-9.1", "valkey-search", "ft.search", "", true, "valkey-9.1 serves it with valkey-search 1.2.1"},
		{"valkey-9.1", "valkey-search", "FT.ALIASADD", "", false, "no Valkey serves it; RediSearch does"},
		{"memorydb-valkey-7.2", "", "FT.ALIASADD", "", true, "memorydb-valkey-7.2 serves it"},
		{"memorydb-valkey-7.2", "", "JSON.MSET", "", false, "memorydb-valkey-7.2 does not serve it"},
		{"memorydb-valkey-7.2", "", "HEXPIRE", "", false, "memorydb-valkey-7.2 does not serve it; Valkey does since 9.0"},
		{"valkey-9.1", "", "TS.ADD", "", false, "no Valkey serves it; RedisTimeSeries does"},
		{"valkey-9.0", "", "HEXPIRE", "", true, "valkey-9.0 serves it, as Valkey does since 9.0"},
		{"valkey-8.1", "", "HEXPIRE", "", false, "valkey-8.1 does not serve it; Valkey does since 9.0"},
		{"valkey-9.0", "", "HGETDEL", "", false, "valkey-9.0 does not serve it; Valkey does since 9.1"},
		{"valkey-9.2", "", "VADD", "", false, "no Valkey serves it; Redis does since 8.0"},
		{"redis-8.0", "", "DELIFEQ", "", false, "no Redis serves it; Valkey does since 9.0"},
		{"redis-8.0", "", "BF.SCANDUMP", "", true, "redis-8.0 serves it with redisbloom 8.0.0"},
		{"redis-8.0", "", "FT.ADDHASH", "", false, "redis-8.0 has redisearch 8.0.0, which no longer serves it"},
		{"redis-7.2", "", "BF.ADD", "", false, "redis-7.2 serves it only with redisbloom >= 1.0"},
		{"valkey-9.1", "", "FT.*", "", false, "valkey-9.1 serves no command of RediSearch"},
		{"valkey-9.1", "valkey-search", "FT.*", "", true, "valkey-9.1 serves commands of RediSearch"},
		{"valkey-9.1", "", "FT.NEWTHING", "", false, "it is not known that any server serves it"},
		{"valkey-9.1", "", "SET", "IFEQ", true, "valkey-9.1 serves it"},
		{"valkey-8.0", "", "SET", "IFEQ", false, "valkey-8.0 does not serve it; Valkey does since 8.1"},
		{"valkey-9.1", "", "SET", "IFDNE", false, "no Valkey serves it; Redis does since 8.4"},
		{"redis-8.6", "", "HSETEX", "NX", false, "no Redis serves it; Valkey does since 9.1"},
		{"valkey-bundle-9.0", "", "FT.CREATE", "TEXT", false, "valkey-bundle-9.0 has valkey-search 1.0.2, and it takes valkey-search >= 1.2"},
		{"valkey-bundle-9.1", "", "FT.CREATE", "TEXT", true, ""},
		{"valkey-bundle-9.1", "", "FT.SEARCH", "DIALECT 1", false, "no Valkey serves it; RediSearch does"},
		{"redis-8.4", "", "FT.SEARCH", "DIALECT 1", true, ""},
		{"memorystore-valkey-9.0", "", "FT.CREATE", "TEXT", false, "memorystore-valkey-9.0 does not serve it"},
		{"memorydb-valkey-7.3", "", "FT.CREATE", "TEXT", true, ""}, // what serves it there is not known
		{"oci-cache-valkey-8.1", "", "SAVE", "", false, "oci-cache-valkey-8.1 does not serve it"},
	} {
		var with []string
		if test.with != "" {
			with = strings.Split(test.with, ",")
		}
		target, err := set.Target(test.target, with...)
		if err != nil {
			t.Errorf("%s: %v", test.target, err)
			continue
		}
		var options []string
		if test.option != "" {
			options = []string{test.option}
		}
		got := set.Verdict(target, test.command, options...)
		if got.Served != test.served || test.reason != "" && got.Reason != test.reason {
			t.Errorf("%s %s %s: %v, %q; expected %v, %q", test.target, test.command, test.option,
				got.Served, got.Reason, test.served, test.reason)
		}
	}
}

func TestTarget(t *testing.T) {
	set := builtinSet(t)
	for _, test := range []struct{ name, with, want string }{
		{"valkey-9.7", "", `no target "valkey-9.7" is known; the nearest lower one is "valkey-9.2"`},
		{"valkey-9.1.2", "", `no target "valkey-9.1.2" is known; the nearest lower one is "valkey-9.1"`},
		{"valky-9.1", "", `unknown target "valky-9.1"; did you mean "valkey-9.1"?`},
		{"redis-3.2", "", `unknown target "redis-3.2"; did you mean "redis-7.2"?`},
		{"valkey-9.1", "valkey-serch", `unknown module "valkey-serch"; did you mean "valkey-search"?`},
		{"valkey-9.1", "valkey-search=1.3", `no valkey-search 1.3 is known; the nearest lower one is 1.2.1`},
		{"valkey-9.1", "valkey-search=new", `expected a version of valkey-search like "1.2.1", found "new"`},
		{"valkey-8.1", "valkey-search=1.2", `valkey-search 1.2.1 does not load on valkey-8.1: valkey-search 1.2.1 needs Valkey >= 9.0.1`},
		{"valkey-7.2", "valkey-json", `no valkey-json loads on valkey-7.2: valkey-json 1.0.2 needs Valkey >= 8.0`},
		{"valkey-9.1", "redisbloom", `no redisbloom loads on valkey-9.1: redisbloom 8.10.0 needs Redis >= 8.10`},
		{"valkey-9.1", "a,b", "unknown module \"a\"; expected one of \"redis-cell\", \"valkey-bloom\", \"valkey-json\", \"valkey-search\"\n" +
			"unknown module \"b\"; expected one of \"redis-cell\", \"valkey-bloom\", \"valkey-json\", \"valkey-search\""},
	} {
		var with []string
		if test.with != "" {
			with = strings.Split(test.with, ",")
		}
		if _, err := set.Target(test.name, with...); err == nil || err.Error() != test.want {
			t.Errorf("%s with %q: %v, expected %s", test.name, test.with, err, test.want)
		}
	}
	target, err := set.Target("Valkey-8.1", "valkey-search", "valkey-json=1.0")
	if err != nil || target.Modules["valkey-search"] != "1.0.3" || target.Modules["valkey-json"] != "1.0.2" {
		t.Errorf("composed %+v, %v", target, err)
	}
	if plain, _ := set.Target("valkey-8.1"); len(plain.Modules) > 0 {
		t.Error("composing changed the built-in target")
	}
	if name := set.DefaultTarget().Name; name != "valkey-9.2" {
		t.Errorf("the default target is %s", name)
	}
}

// TestTargetsAreWhole checks that every built-in fact says where it is from.
func TestTargetsAreWhole(t *testing.T) {
	set := builtinSet(t)
	for _, target := range set.Targets {
		if target.Title == "" || target.Kind == "" || target.Source == "" || len(target.Protocols) == 0 {
			t.Errorf("%s: title, kind, source or protocols are missing", target.Name)
		}
		if _, err := time.Parse(time.DateOnly, target.Date); err != nil {
			t.Errorf("%s: %v", target.Name, err)
		}
	}
	for _, m := range set.Modules {
		if m.Title == "" || m.Source == "" || m.Date == "" || len(m.LoadedAs) == 0 {
			t.Errorf("%s: title, source, date or loaded_as are missing", m.Name)
		}
	}
	for _, f := range set.Families {
		if f.Source == "" {
			t.Errorf("%s has no source", f.Name)
		}
		for name, c := range f.Commands {
			if len(c.By) == 0 && c.Note == "" && f.Prefix == "" {
				t.Errorf("%s: nothing serves it and no note says why", name)
			}
		}
	}
}

func TestDiff(t *testing.T) {
	set := builtinSet(t)
	from, _ := set.Target("redis-8.0")
	to, _ := set.Target("valkey-9.1", "valkey-search", "valkey-json")
	d := set.Diff(from, to)
	has := func(changes []Change, command, option string) bool {
		for _, c := range changes {
			if c.Command == command && c.Option == option {
				return c.Reason != ""
			}
		}
		return false
	}
	for _, lost := range [][2]string{{"VADD", ""}, {"FT.ALIASADD", ""}, {"JSON.MERGE", ""}, {"BF.ADD", ""}, {"FT.SEARCH", "DIALECT 1"}} {
		if !has(d.Lost, lost[0], lost[1]) {
			t.Errorf("%q is not lost", lost)
		}
	}
	for _, gained := range [][2]string{{"DELIFEQ", ""}, {"MSETEX", ""}, {"SET", "IFEQ"}, {"HSETEX", "NX"}} {
		if !has(d.Gained, gained[0], gained[1]) {
			t.Errorf("%q is not gained", gained)
		}
	}
	for _, same := range []string{"GET", "HEXPIRE", "FT.SEARCH", "JSON.SET"} {
		if has(d.Lost, same, "") || has(d.Gained, same, "") {
			t.Errorf("%s is said to change", same)
		}
	}
	if same := set.Diff(from, from); len(same.Lost)+len(same.Gained) > 0 {
		t.Errorf("redis-8.0 differs from itself: %v", same)
	}
}

func TestWatched(t *testing.T) {
	set := builtinSet(t)
	for name, want := range map[string]string{
		"GET": "", "HELLO": "", "CLIENT KILL": "", "nothing": "", "HEXPIRE": Redis, "hexpire": Redis, "VADD": Redis,
		"COMMANDLOG GET": Valkey, "DELIFEQ": Valkey, "FT.SEARCH": "module", "FT.NEWTHING": "module", "FT.*": "module",
		"TFCALL": "module",
	} {
		if watched := set.Watched(name); watched != (want != "") {
			t.Errorf("%s is watched: %v", name, watched)
		}
		if want == "module" {
			want = ""
		}
		if got := set.Origin(name); got != want {
			t.Errorf("%s is of %q, expected %q", name, got, want)
		}
	}
}

func TestOptionsOf(t *testing.T) {
	set := builtinSet(t)
	for _, test := range []struct{ command, words, want string }{
		{"SET", "k v IFNE x", "IFNE"}, {"SET", "k v ifne x", ""}, {"SET", "k v NX", ""}, {"GET", "IFNE", ""},
		{"FT.SEARCH", "i q DIALECT 1 WITHSCORES", "DIALECT 1,WITHSCORES"}, {"FT.SEARCH", "i q DIALECT 2", ""},
		{"FT.SEARCH", "i q DIALECT", ""}, {"FT.CREATE", "i SCHEMA a TEXT text TAG", "TEXT"},
	} {
		if got := strings.Join(set.OptionsOf(test.command, strings.Fields(test.words)), ","); got != test.want {
			t.Errorf("options of %s %s: %q, expected %q", test.command, test.words, got, test.want)
		}
	}
	for sends, want := range map[string]string{"SET IFNE": "IFNE", "SET": "", "CLIENT KILL": "", "CLIENT KILL MAXAGE": "MAXAGE", "FT.CONFIG GET": "", "SET NX": ""} {
		if _, got := set.CutOption(sends); got != want {
			t.Errorf("%s has the option %q, expected %q", sends, got, want)
		}
	}
}

func TestVersions(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{{"9.1", "9.1.0", 0}, {"8.10.0", "8.9", 1}, {"9.2.0-rc1", "9.2.0", 0}, {"7.2.7", "8", -1}, {"", "0", 0}} {
		if got := compareVersions(test.a, test.b); got != test.want {
			t.Errorf("%q against %q is %d", test.a, test.b, got)
		}
	}
	for text, want := range map[string]bool{"1.0.0": true, "*": true, "1.0..2.0": true, "2.0..1.0": false, "": false, "1.x": false, "..2": false} {
		if _, ok := parseSpan(text); ok != want {
			t.Errorf("%q is a span: %v", text, ok)
		}
	}
}

func TestLiveTarget(t *testing.T) {
	set := builtinSet(t)
	text := "target: own\nserver: valkey\nversion: 9.1.2\ncommands: [get, FT.SEARCH, MY.OWN, CLIENT KILL]\n"
	live, err := set.ReadTarget(Source{"own.yaml", []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	for command, want := range map[string]string{
		"GET": "own says that it serves it", "FT.SEARCH": "own says that it serves it", "MY.OWN": "own says that it serves it",
		"SET": "own says that it does not serve it", "VADD": "no Valkey serves it; Redis does since 8.0",
		"FT.AGGREGATE": "own serves it only with valkey-search >= 1.1",
	} {
		if got := set.Verdict(live, command); got.Reason != want {
			t.Errorf("%s: %q, expected %q", command, got.Reason, want)
		}
	}
	for text, want := range map[string]string{
		"target: own\nserver: redos\nversion: 8\n":                            `own.yaml:2:9: unknown server "redos"; did you mean "redis"?`,
		"target: own\nserver: redis\nversion: new\n":                          `own.yaml:3:10: expected a version like "9.1.2", found "new"`,
		"target: own\nserver: redis\nversion: 8.0\nextra: [FT.SERCH]\n":       `own.yaml:4:9: the family "search" has no command "FT.SERCH"; did you mean "FT.SEARCH"?`,
		"target: own\nserver: redis\nversion: 8.0\nmodules: {redisearh: 1}\n": `own.yaml:4:11: unknown server or module "redisearh"; did you mean "redisearch"?`,
		"client: c\nlanguage: go\nmodules: [m]\n":                             `own.yaml: expected one target, found 0`,
	} {
		if _, err := set.ReadTarget(Source{"own.yaml", []byte(text)}); err == nil || err.Error() != want {
			t.Errorf("%v, expected %s", err, want)
		}
	}
}

// FuzzTarget reads hostile files with a target. What is read can be judged against, and survives being written.
func FuzzTarget(f *testing.F) {
	for _, text := range []string{
		"target: own\nserver: valkey\nversion: 9.1.2\ncommands: [get, FT.SEARCH, MY.OWN, CLIENT KILL]\n",
		"target: own\nserver: redis\nversion: 8.0\nmodules: {redisearch: 8.0.0}\nextra: [FT.SEARCH, FT.CREATE TEXT]\nmissing: [GET]\nprotocols: [\"2\"]\nnote: \"x\"\n",
		"target: &a own\nserver: *a\nversion: [1]\n",
	} {
		f.Add([]byte(text))
	}
	set, err := Builtin()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		target, err := set.ReadTarget(Source{"own.yaml", text})
		if err != nil {
			return
		}
		for _, command := range []string{"GET", "FT.SEARCH", "FT.*", "JSON.MERGE", "VADD", "?", ""} {
			if v := set.Verdict(target, command, "TEXT"); v.Reason == "" {
				t.Errorf("%q: no reason", command)
			}
		}
		written, err := target.YAML()
		if err != nil {
			t.Fatal(err)
		}
		again, err := set.ReadTarget(Source{"again.yaml", written})
		if err != nil {
			t.Fatalf("%v\n%s", err, written)
		}
		if diff := cmp.Diff(target, again, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("not what was written: %s", diff)
		}
	})
}
