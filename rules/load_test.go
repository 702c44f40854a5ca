package rules

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// loadText loads one file beside the built-in data.
func loadText(name, text string) (*Set, error) {
	return Load(Options{Sources: []Source{{name, []byte(text)}}})
}

func mustLoad(t *testing.T, sources ...Source) *Set {
	t.Helper()
	set, err := Load(Options{Sources: sources})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestUserRuleChangesOnlyWhatItGives(t *testing.T) {
	before := builtinSet(t)
	set := mustLoad(t, Source{"x.yaml", []byte("- id: search-command\n  severity: warning\n")})
	got, want := set.Rule("search-command"), *before.Rule("search-command")
	want.Severity = Warning
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Error(diff)
	}
	if set.Hash() == before.Hash() {
		t.Error("the hash is that of the built-in data")
	}
}

func TestUserRuleSwitchedOff(t *testing.T) {
	set := mustLoad(t, Source{"x.yaml", []byte("rules:\n- {id: search-command, severity: off}\n")})
	if set.Rule("search-command").MatchesCommand("FT.SEARCH") {
		t.Error("the rule still matches")
	}
}

func TestUserRuleByAlias(t *testing.T) {
	rule := "- id: new-name\n  aliases: [old-name]\n  title: t\n  severity: error\n  message: m\n  commands: [FT.SEARCH]\n"
	set, err := Load(Options{Bare: true, Dirs: []string{write(t, "a.yaml", rule+"", "f.yaml", "family: search\nprefix: FT\ncommands: {FT.SEARCH: {}}\n")},
		Sources: []Source{{"b.yaml", []byte("- id: old-name\n  severity: note\n")}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Rules) != 1 || set.Rule("new-name").Severity != Note {
		t.Errorf("%+v", set.Rules)
	}
}

func TestUserClientExtendsBuiltinAndThoseLikeIt(t *testing.T) {
	set, err := Load(Options{Bare: true, Sources: []Source{
		{"a.yaml", []byte("client: a\nlanguage: go\nmodules: [m]\ntypes: {T: {calls: {x: T}, sends: {do: A, get: B}, raw: [{members: [do2, call], command: 0}]}}\nsettings: {resp: {set: [{keyword: p}], default: [{versions: '*', value: 2}]}}\n")},
		{"b.yaml", []byte("client: b\nlanguage: go\nlike: a\nmodules: [n]\ntypes: {T: {sends: {call: C}}, U: {calls: {t: T}}}\nsettings: {resp: {default: [{versions: '*', value: 3}]}}\n")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	b := set.Clients[1]
	want := &Client{Name: "b", Language: "go", Like: "a", Modules: []string{"n"},
		Types: map[string]*Type{
			"T": {Calls: map[string]string{"x": "T"}, Members: Members{
				Sends: map[string]string{"do": "A", "get": "B", "call": "C"},
				Raw:   []Raw{{Members: []string{"do2"}, Command: new(int)}}}},
			"U": {Calls: map[string]string{"t": "T"}},
		},
		Settings: map[string]*Setting{"resp": {Set: []SettingForm{{Keyword: "p"}}, Default: []SettingDefault{{Versions: "*", Value: "3"}}}},
	}
	if diff := cmp.Diff(want, b); diff != "" {
		t.Error(diff)
	}
	if a := set.Clients[0]; len(a.Types) != 1 || len(a.Types["T"].Sends) != 2 {
		t.Errorf("what it is like has changed: %+v", a.Types)
	}
}

func TestUserClientReachesThoseLikeTheBuiltinOne(t *testing.T) {
	set := builtinSet(t)
	var like *Client
	for _, c := range set.Clients {
		if c.Like != "" {
			like = c
		}
	}
	if like == nil {
		t.Skip("no built-in client is like another")
	}
	text := fmt.Sprintf("client: %s\nlanguage: %s\ntypes: {Own: {sends: {find: FT.SEARCH}}}\n", like.Like, like.Language)
	for _, c := range mustLoad(t, Source{"x.yaml", []byte(text)}).Clients {
		if c.Name == like.Name && c.Language == like.Language && c.Types["Own"] == nil {
			t.Errorf("%s does not have the type that %s was given", c.Name, like.Like)
		}
	}
}

func TestMergingForgetsNoField(t *testing.T) {
	full := &Client{}
	fill(reflect.ValueOf(full).Elem())
	if diff := cmp.Diff(full, full.clone()); diff != "" {
		t.Errorf("merge.go does not know a field:\n%s", diff)
	}
	like := &likeness{known: map[string]*Client{full.key(): full}, done: map[string]*Client{}}
	full.Like = ""
	got := like.resolve(&Client{Name: "other", Language: full.Language, Like: full.Name}, nil)
	want := &Client{Name: "other", Language: full.Language, Like: full.Name, Types: full.Types, Functions: full.Functions,
		Constants: full.Constants, Settings: full.Settings, Passes: full.Passes, Invokes: full.Invokes}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// fill gives every field a value.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		entry := reflect.New(v.Type().Elem()).Elem()
		fill(entry)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("key"), entry)
	case reflect.String:
		v.SetString("text")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(7)
	}
}

func TestUserFamily(t *testing.T) {
	set := mustLoad(t, Source{"f.yaml", []byte("family: search\ncommands:\n  FT.OWN: {summary: x}\n  FT.OWN GO: {}\n")})
	if got := set.Canonical([]string{"ft.own", "go"}); got != "FT.OWN GO" {
		t.Errorf("got %q", got)
	}
	if f, _, ok := set.Command("FT.SEARCH"); !ok || f.Title != "RediSearch" {
		t.Errorf("the built-in commands are gone: %+v", f)
	}
}

func TestDirs(t *testing.T) {
	rule := "- {id: search-command, severity: note}\n"
	dir := write(t, "deep/er/one.yaml", rule, ".hidden/two.yaml", "nonsense: 1", "three.txt", "nonsense: 1", ".four.yml", "x", "five.YML", "family: own\nprefix: OWN\n")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	for _, d := range []string{dir, link, filepath.Join(dir, "deep", "er", "one.yaml")} {
		set, err := Load(Options{Dirs: []string{d}})
		if err != nil {
			t.Fatal(err)
		}
		if set.Rule("search-command").Severity != Note {
			t.Errorf("%s was not read", d)
		}
	}
}

func TestLaterDirsWin(t *testing.T) {
	first, second := write(t, "x.yaml", "- {id: search-command, severity: note}\n"), write(t, "x.yaml", "- {id: search-command, severity: off}\n")
	set, err := Load(Options{Dirs: []string{first, second}})
	if err != nil {
		t.Fatal(err)
	}
	if got := set.Rule("search-command").Severity; got != Off {
		t.Errorf("severity %s", got)
	}
}

func TestDirsThatCannotBeRead(t *testing.T) {
	empty := t.TempDir()
	odd := t.TempDir()
	if err := os.Mkdir(filepath.Join(odd, "folder.yaml"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(odd, "link.yaml")); err != nil {
		t.Skip(err)
	}
	_, err := Load(Options{Dirs: []string{"does-not-exist", empty, odd}})
	var mistakes Mistakes
	if !errors.As(err, &mistakes) {
		t.Fatalf("got %v", err)
	}
	want := Mistakes{
		{empty, 0, 0, "no .yaml or .yml file below this folder"},
		{filepath.Join(odd, "link.yaml"), 0, 0, "no such file or folder"},
		{"does-not-exist", 0, 0, "no such file or folder"},
	}
	if diff := cmp.Diff(want, mistakes); diff != "" {
		t.Error(diff)
	}
}

// write puts files, given by name and text, into a new folder.
func write(t *testing.T, namesAndTexts ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(namesAndTexts); i += 2 {
		name := filepath.Join(dir, namesAndTexts[i])
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(namesAndTexts[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func FuzzLoad(f *testing.F) {
	for _, source := range yamlSources(f) {
		f.Add(source.Data[:min(len(source.Data), 2000)])
	}
	for _, test := range badFiles {
		f.Add([]byte(test.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		base := "client: a\nlanguage: go\nmodules: [m]\ntypes: {T: {sends: {get: FT.GET}}}\n"
		_, err := Load(Options{Bare: true, Sources: []Source{ // small beside the built-in data, and so fast
			{"base.yaml", []byte(base)}, {"commands.yaml", []byte("family: search\nprefix: FT\ncommands: {FT.GET: {}}\n")}, {"x.yaml", data}}})
		var mistakes Mistakes
		if err != nil && !errors.As(err, &mistakes) {
			t.Fatalf("not a mistake of the file: %v", err)
		}
		lines := strings.Count(string(data), "\n") + strings.Count(string(data), "\r") + 2
		for _, m := range mistakes {
			if m.Line < 0 || m.Line > lines+2*len(data) || m.Column < 0 || m.Message == "" {
				t.Errorf("odd mistake %+v", m)
			}
		}
	})
}
