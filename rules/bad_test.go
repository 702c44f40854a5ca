package rules

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

const (
	head = "client: own-client\nlanguage: go\nmodules: [m]\n"
	rule = "- id: own-rule\n  title: t\n  severity: error\n  message: m\n  commands: [FT.SEARCH]\n"
)

// badFiles are files, each beside the built-in data, and what is said of them.
var badFiles = []struct{ name, text, want string }{
	{"empty", "", `
x.yaml: the file is empty`},
	{"only a comment", "# nothing\n", `
x.yaml: the file is empty`},
	{"not YAML", "client: [a\nlanguage: go\n", `
x.yaml:1:1: not valid YAML: did not find expected ',' or ']'`},
	{"tab", "client: c\n\tlanguage: go\n", `
x.yaml:2:1: not valid YAML: found a tab character that violates indentation`},
	{"broken UTF-8", "client: \xff\xfe", `
x.yaml: not valid YAML: invalid leading UTF-8 octet`},
	{"NUL", "client: c\n\x00", `
x.yaml: not valid YAML: control characters are not allowed`},
	{"unknown anchor", "client: *nobody\n", `
x.yaml: not valid YAML: unknown anchor 'nobody' referenced`},
	{"neither of the kinds", "clint: c\nlanguage: go\n", `
x.yaml:1:1: expected a client (key "client"), a family (key "family"), rules (a list, or key "rules"), a target (key "target", or several in "targets"), a platform (key "platform"), "modules" or "dependents"; found "clint", did you mean "client"?`},
	{"a text", "hello\n", `
x.yaml:1:1: expected a client (key "client"), a family (key "family"), rules (a list, or key "rules"), a target (key "target", or several in "targets"), a platform (key "platform"), "modules" or "dependents"`},
	{"second document", head + "---\nclient: d\n", `
x.yaml:4:1: a second document begins here; a file holds only one`},
	{"broken second document", head + "---\n[\n", `
x.yaml:5:1: not valid YAML: did not find expected node content`},
	{"unknown key", "- id: a\n  title: t\n  serverity: error\n  message: m\n  commands: ['FT.*']\n", `
x.yaml:1:3: missing key "severity"
x.yaml:3:3: unknown key "serverity"; did you mean "severity"?`},
	{"unknown key, none near", rule + "  zebra: 1\n", `
x.yaml:6:3: unknown key "zebra"; expected one of "about", "aliases", "commands", "examples", "id", "instead", "message", "options", "origin", "setting", "severity", "sources", "suppressions", "target", "title", "unless", "values", "why"`},
	{"unknown key deep inside", head + "types: {T: {send: {a: FT.SEARCH}}}\n", `
x.yaml:4:13: unknown key "send"; did you mean "sends"?`},
	{"merge key", head + "types:\n  T: &t {sends: {a: GET}}\n  U: {<<: *t}\n", `
x.yaml:6:7: merge keys ("<<") are not supported`},
	{"wrong types", "client: [c]\nlanguage: go\nmodules: redis\ntypes: []\nmock: yes please\nnames: [{a: b}]\nfunctions:\n", `
x.yaml:1:9: expected a text in "client", found a list
x.yaml:3:10: expected a list in "modules", found a text
x.yaml:4:8: expected a mapping in "types", found a list
x.yaml:5:7: expected true or false in "mock", found a text
x.yaml:6:9: expected a text in "names", found a mapping
x.yaml:7:11: expected a mapping in "functions", found nothing`},
	{"wrong types of numbers", head + "functions: {raw: [{members: [a], command: first}, {members: [b], command: 1.5}, {members: [c], command: \"0\"}, {members: [d], command: -2}]}\n", `
x.yaml:4:43: expected a whole number in "command", found a text
x.yaml:4:75: expected a whole number in "command", found the number 1.5
x.yaml:4:105: expected a whole number in "command", found a text
x.yaml:4:135: a position counts from 0, or is -1 for any argument`},
	{"numbers and truth values as texts", head + "settings: {resp: {set: [{keyword: p}], values: {true: 3, 2: 2}, default: [{versions: 1.0, value: 2}, {versions: \"=1.0\", value: off}]}}\n", `
x.yaml:4:86: expected "*" or versions like "<8" or ">=6.0, <7", found "1.0"`},
	{"duplicate keys", head + "language: go\ntypes: {T: {sends: {a: GET, a: SET}}}\n", `
x.yaml:4:1: duplicate key "language", first on line 2
x.yaml:5:29: duplicate key "a", first on line 5`},
	{"built on nobody", head + "built_on: [rueidis, go-redes]\n", `
x.yaml:4:21: no client of the language is named "go-redes"; did you mean "go-redis"?`},
	{"empty keys", head + "types: {\"\": {sends: {\"\": GET}}}\n", `
x.yaml:4:9: a key is empty`},
	{"key that is a list", head + "types: {[a]: {}}\n", `
x.yaml:4:9: expected a text as key, found a list`},
	{"missing keys", "client: c\npackages: [{name: x}]\n", `
x.yaml:1:1: missing key "language"
x.yaml:1:1: expected one of the keys "modules", "globals": no program can use the client
x.yaml:2:12: missing key "ecosystem"`},
	{"empty name", "client: \"\"\nlanguage: go\nmodules: [m]\n", `
x.yaml:1:9: a name is empty`},
	{"bad package", head + "packages: [{name: x, ecosystem: pypy}]\n", `
x.yaml:4:33: unknown ecosystem "pypy"; did you mean "pypi"?`},
	{"no way to use the client", "client: c\nlanguage: go\n", `
x.yaml:1:1: expected one of the keys "modules", "globals": no program can use the client`},
	{"unknown language", "client: c\nlanguage: pyton\nmodules: [m]\n", `
x.yaml:2:11: unknown language "pyton"; did you mean "python"?`},
	{"bad modules", "client: c\nlanguage: go\nmodules: [\"\", \"a*b\", \"a/*\"]\n", `
x.yaml:3:11: expected an import path, with "*" only at its end, found ""
x.yaml:3:15: expected an import path, with "*" only at its end, found "a*b"`},
	{"unknown client in like", "client: c\nlanguage: python\nmodules: [m]\nlike: redis-pi\n", `
x.yaml:4:7: unknown client "redis-pi"; did you mean "redis-py"?`},
	{"like itself", head + "like: own-client\n", `
x.yaml:4:7: a client is like itself: own-client -> own-client`},
	{"raw with none and with two", head + "functions:\n  raw:\n  - members: [a]\n  - members: [b]\n    command: 0\n    script: 1\n  - members: []\n    command: 0\n  - command: 0\n", `
x.yaml:6:5: expected one of the keys "command", "commands", "script"
x.yaml:7:5: expected only one of the keys "command", "commands", "script", found "command", "script"
x.yaml:10:14: expected at least one member
x.yaml:12:5: missing key "members"`},
	{"setting form with none", head + "settings: {resp: {set: [{of: [T]}]}}\n", `
x.yaml:4:25: expected one of the keys "keyword", "field", "call", "url"
x.yaml:4:31: unknown type "T"; there is none`},
	{"unknown types", head + "types:\n  Client:\n    extends: [Clint, own-clint/Client, own-client/Piper]\n    calls: {a: Pipe}\n    fields: {b: Client}\n    callbacks: {c: client}\n    raw: [{members: [d], command: 0, gives: Builder}]\nsettings: {resp: {set: [{keyword: k, of: [Klient]}, {call: x, on: [Y]}]}}\n", `
x.yaml:6:15: unknown type "Clint"; did you mean "Client"?
x.yaml:6:22: unknown client "own-clint"; did you mean "own-client"?
x.yaml:6:40: unknown type "Piper"; expected one of "Client"
x.yaml:7:16: unknown type "Pipe"; expected one of "Client"
x.yaml:9:20: unknown type "client"; did you mean "Client"?
x.yaml:10:45: unknown type "Builder"; expected one of "Client"
x.yaml:11:43: unknown type "Klient"; did you mean "Client"?
x.yaml:11:68: unknown type "Y"; expected one of "Client"`},
	{"bad members", head + "types: {T: {sends: {\"a b\": GET, \"x[0]\": GET, \"ok*\": GET}, raw: [{members: [\"\", \"do?\"], command: 0}], ambiguous: [okay, none]}}\n", `
x.yaml:4:21: expected a member's name, in which "*" stands for any letters, found "a b"
x.yaml:4:33: expected a member's name, in which "*" stands for any letters, found "x[0]"
x.yaml:4:76: a member's name is empty
x.yaml:4:80: expected a member's name, in which "*" stands for any letters, found "do?"
x.yaml:4:120: the type "T" has no member "none"`},
	{"unknown options", head + "types: {T: {options: {a: SET IFEK, b: SET IFEQ}, choices: {c: {x: IFEQ}}, words: {d: GET, e: SET}}}\nfunctions: {arguments: {f: {k: {v: BITOP NOT}}}}\n", `
x.yaml:4:26: expected a command and an option of it that is known, like "SET IFEQ", found "SET IFEK"
x.yaml:4:67: expected a command and an option of it that is known, like "SET IFEQ", found "IFEQ"
x.yaml:4:86: "GET" is no command with options that are known
x.yaml:5:36: expected a command and an option of it that is known, like "SET IFEQ", found "BITOP NOT"`},
	{"unknown commands", head + "types: {T: {sends: {a: FT.SERCH, b: QQ.X, c: \"\", d: FT.NO*, e: \"FT.*\", f: SET}}}\nconstants: {Cmd: {A: JSON.GTE, B: redis.conf, C: SEARCH}}\n", `
x.yaml:4:24: the family "search" has no command "FT.SERCH"; did you mean "FT.SEARCH"?
x.yaml:4:37: no family has the prefix "QQ" of "QQ.X"
x.yaml:4:46: a command is empty
x.yaml:4:53: the family "search" has no command "FT.NO*"
x.yaml:5:22: the family "json" has no command "JSON.GTE"; did you mean "JSON.GET"?`},
	{"unknown family of a raw member", head + "functions: {raw: [{members: [a], command: 0, family: FTX}]}\n", `
x.yaml:4:54: no family has the prefix "FTX"`},
	{"bad versions", head + "settings: {resp: {set: [{url: protocol}], default: [{versions: \"~8\", value: 2}, {versions: \">=6.0, <7\", value: 2}, {value: 3}]}}\n", `
x.yaml:4:64: expected "*" or versions like "<8" or ">=6.0, <7", found "~8"
x.yaml:4:116: missing key "versions"`},
	{"bad family", "family: own\nprefix: own.\ncommands: {own.a: {}, XX.B: {}}\n", `
x.yaml:2:9: expected a prefix in upper case and without a dot, found "own."`},
	{"family with a prefix that is taken", "family: own\nprefix: FT\n", `
x.yaml:2:9: the family "search" has the prefix "FT" already`},
	{"subcommand without container", "family: own\nprefix: OWN\ncommands: {OWN.A GET: {argument: -1}}\n", `
x.yaml:3:12: the command "OWN.A GET" has no container "OWN.A" beside it
x.yaml:3:34: a position counts from 0`},
	{"empty lookalike", "family: own\nlookalikes: [owner, \"\"]\n", `
x.yaml:2:21: a word is empty`},
	{"empty family", "family: \"\"\n", `
x.yaml:1:9: a name is empty`},
	{"duplicate rules", rule + "- id: own-rule\n  severity: note\n", `
x.yaml:6:7: duplicate rule "own-rule", first in x.yaml, line 1`},
	{"breaks", head + "breaks:\n- {versions: ~8, setting: rasp, values: [\"[3\"], how: writen, server: valky, commands: [FT.SERCH, QQ.*, \"\", \"*.GET\"], note: n}\n- {setting: resp, note: n}\n- {versions: \">=8\", setting: resp, values: [\"3\"], comands: [FT.SEARCH], note: n, unless: x}\n", `
x.yaml:5:14: expected "*" or versions like "<8" or ">=6.0, <7", found "~8"
x.yaml:5:27: no client has a setting "rasp"; did you mean "resp"?
x.yaml:5:42: only "*" has a meaning in a pattern
x.yaml:5:54: unknown how "writen"; did you mean "written"?
x.yaml:5:70: unknown server "valky"; did you mean "valkey"?
x.yaml:5:88: the family "search" has no command "FT.SERCH"; did you mean "FT.SEARCH"?
x.yaml:5:98: no family has the prefix "QQ" of "QQ.*"
x.yaml:5:104: a pattern is empty
x.yaml:6:3: missing key "versions"
x.yaml:6:3: missing key "values"
x.yaml:6:3: missing key "commands"
x.yaml:7:3: missing key "commands"
x.yaml:7:51: unknown key "comands"; did you mean "commands"?
x.yaml:7:90: expected a list in "unless", found a text`},
	{"replies that are kept", head + "keeps: [FT.SERCH, \"[A]\", GET]\n", `
x.yaml:4:9: the family "search" has no command "FT.SERCH"; did you mean "FT.SEARCH"?
x.yaml:4:19: only "*" has a meaning in a pattern`},
	{"arguments, keywords and ignored ways of a setting", head + "settings: {resp: {set: [{keyword: p}], of: [Klient], arguments: [-2, x], keywords: p, ignored: [{versions: 8, by: keywrd, values: [\"[\"], note: n}, {by: url}]}}\n", `
x.yaml:4:45: unknown type "Klient"; there is none
x.yaml:4:66: a position counts from 0
x.yaml:4:70: expected a whole number in "arguments", found a text
x.yaml:4:84: expected a list in "keywords", found a text
x.yaml:4:108: expected "*" or versions like "<8" or ">=6.0, <7", found "8"
x.yaml:4:115: unknown by "keywrd"; did you mean "keyword"?
x.yaml:4:132: only "*" has a meaning in a pattern
x.yaml:4:148: missing key "versions"
x.yaml:4:148: missing key "note"`},
	{"dependents", "dependents:\n- {package: \"\", ecosystem: pip, language: pyton, needs: [FT, XX, JSN], modules: [\"a*b\", \"\"]}\n- {package: p, ecosystem: pypi, language: python, need: [FT]}\n- {package: q, ecosystem: pypi, language: python, needs: []}\n- {package: q, ecosystem: pypi, language: python, needs: [FT]}\n", `
x.yaml:2:13: a name is empty
x.yaml:2:28: unknown ecosystem "pip"; did you mean "pypi"?
x.yaml:2:43: unknown language "pyton"; did you mean "python"?
x.yaml:2:62: no family has the prefix "XX"; expected one of "AI", "BF", "CF", "CL", "CMS", "FT", "GRAPH", "JSON", "RG", "TDIGEST", "TOPK", "TS"
x.yaml:2:66: no family has the prefix "JSN"; did you mean "JSON"?
x.yaml:2:82: expected an import path, with "*" only at its end, found "a*b"
x.yaml:2:89: expected an import path, with "*" only at its end, found ""
x.yaml:3:3: missing key "needs"
x.yaml:3:51: unknown key "need"; did you mean "needs"?
x.yaml:4:58: expected at least one family: a package that needs none is of no interest
x.yaml:5:13: duplicate package "q", first in x.yaml, line 4`},
	{"what rules are about", "- {id: own, title: t, severity: note, message: m, about: defalt, setting: resp}\n- {id: own-b, title: t, severity: note, message: m, about: default}\n- {id: own-c, title: t, severity: note, message: \"{packge}\", about: package}\n- {id: own-d, title: t, severity: note, message: m, origin: radis}\n- {id: own-e, title: t, severity: note, message: m, suppressions: [unsed]}\n", `
x.yaml:1:58: unknown about "defalt"; did you mean "default"?
x.yaml:2:60: it is about a setting; missing key "setting"
x.yaml:3:50: unknown placeholder "{packge}"; did you mean "{package}"?
x.yaml:4:3: expected one of the keys "about", "commands", "origin", "options", "setting", "suppressions": the rule matches nothing
x.yaml:4:61: unknown origin "radis"; did you mean "redis"?
x.yaml:5:68: unknown suppressions "unsed"; did you mean "unused"?`},
	{"platform", "platform: \"\"\necosystem: mavn\nreleases:\n- {versions: ~3, packages: {jedis: 4.1, \"a:b\": 5}}\n- {versons: \"*\", packages: {}}\n", `
x.yaml:1:11: a name is empty
x.yaml:2:12: unknown ecosystem "mavn"; did you mean "maven"?
x.yaml:4:14: expected "*" or versions like "<8" or ">=6.0, <7", found "~3"
x.yaml:4:36: expected "*" or versions like "<8" or ">=6.0, <7", found "4.1"
x.yaml:4:48: expected "*" or versions like "<8" or ">=6.0, <7", found "5"
x.yaml:5:3: missing key "versions"
x.yaml:5:4: unknown key "versons"; did you mean "versions"?`},
	{"rule without anything", "- {}\n- {id: new}\n- 7\n", `
x.yaml:1:3: missing key "id"
x.yaml:2:3: missing key "title"
x.yaml:2:3: missing key "severity"
x.yaml:2:3: missing key "message"
x.yaml:2:3: expected one of the keys "about", "commands", "origin", "options", "setting", "suppressions": the rule matches nothing
x.yaml:3:3: expected a mapping, found the number 7`},
	{"rule that is not a list", "rules: {id: a}\n", `
x.yaml:1:8: expected a list in "rules", found a mapping`},
	{"bad ids", "- {id: \"\", title: t, severity: error, message: m, commands: [SET]}\n- {id: Bad_Id, aliases: [X, search-command], title: t, severity: error, message: m, commands: [SET]}\n", `
x.yaml:1:8: expected an id of small letters, digits and single hyphens, found ""
x.yaml:2:8: expected an id of small letters, digits and single hyphens, found "Bad_Id"
x.yaml:2:26: expected an id of small letters, digits and single hyphens, found "X"
x.yaml:2:29: the rule "search-command" has this name already`},
	{"bad severity", "- {id: search-command, severity: fatal}\n- {id: json-command, severity: errror}\n", `
x.yaml:1:34: unknown severity "fatal"; expected one of "error", "note", "off", "warning"
x.yaml:2:32: unknown severity "errror"; did you mean "error"?`},
	{"bad globs", "- id: search-command\n  commands: [\"\", \"FT.[AB]\", \"FT.{A,B}\", \"FT.A?\", \" FT.*\", 'FT.\\', \"FT.*\"]\n- id: resp2-pinned\n  values: [\"[2\"]\n", `
x.yaml:2:14: a pattern is empty
x.yaml:2:18: only "*" has a meaning in a pattern
x.yaml:2:29: only "*" has a meaning in a pattern
x.yaml:2:41: "?" stands alone, for a command that could not be determined
x.yaml:2:50: a pattern begins or ends with a blank
x.yaml:2:59: a pattern ends in "\"
x.yaml:4:12: only "*" has a meaning in a pattern`},
	{"commands of no family", "- id: search-command\n  commands: [FT.SERCH, QQ.*, FT.NONE*, FLUSHALL, \"?\", 'FT.\\*', \"*.GET\"]\n", `
x.yaml:2:14: the family "search" has no command "FT.SERCH"; did you mean "FT.SEARCH"?
x.yaml:2:24: no family has the prefix "QQ" of "QQ.*"
x.yaml:2:30: the family "search" has no command "FT.NONE*"`},
	{"values without setting", rule + "  values: [\"2\"]\n", `
x.yaml:6:11: "values" are those of a setting; missing key "setting"`},
	{"unknown setting", "- {id: own, title: t, severity: note, message: m, setting: rasp}\n", `
x.yaml:1:60: no client has a setting "rasp"; did you mean "resp"?`},
	{"matches nothing", "- {id: own, title: t, severity: note, message: m}\n", `
x.yaml:1:3: expected one of the keys "about", "commands", "origin", "options", "setting", "suppressions": the rule matches nothing`},
	{"bad message", "- {id: search-command, message: \"{comand} of {client} {x} {}\"}\n- {id: json-command, message: \" \"}\n", `
x.yaml:1:33: unknown placeholder "{comand}"; did you mean "{command}"?
x.yaml:1:33: unknown placeholder "{x}"; expected one of "{client}", "{command}", "{family}", "{needs}", "{note}", "{option}", "{package}", "{problem}", "{setting}", "{target}", "{value}", "{verdict}", "{version}", "{where}"
x.yaml:1:33: unknown placeholder "{}"; expected one of "{client}", "{command}", "{family}", "{needs}", "{note}", "{option}", "{package}", "{problem}", "{setting}", "{target}", "{value}", "{verdict}", "{version}", "{where}"
x.yaml:2:31: a message is empty`},
	{"bad examples", "- id: search-command\n  examples:\n  - language: typescript\n    code: \"x // want search-command\"\n  - language: go\n    code: \"x // want search-comand\"\n  - language: go\n", `
x.yaml:3:15: unknown language "typescript"; expected one of "go", "java", "javascript", "lua", "python"
x.yaml:6:11: the example wants a rule "search-comand" that does not exist
x.yaml:6:11: no line of the example has the comment "want search-command"
x.yaml:7:5: missing key "code"`},
}

func TestBadFiles(t *testing.T) {
	for _, test := range badFiles {
		t.Run(test.name, func(t *testing.T) {
			_, err := loadText("x.yaml", test.text)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(strings.TrimPrefix(test.want, "\n"), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	bomb := "client: c\nlanguage: go\nsource: &a x\nmodules: &b0 [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
	for i, name := range []string{"names", "globals", "packages", "types", "settings"} {
		previous := fmt.Sprintf("*b%d", i)
		bomb += fmt.Sprintf("%s: &b%d [%s]\n", name, i+1, strings.Repeat(previous+", ", 9)+previous)
	}
	many := head + "types:\n"
	for i := range 500 {
		many += fmt.Sprintf("  T%d: 1\n", i)
	}
	for _, test := range []struct{ name, text, want string }{
		{"size", head + strings.Repeat("#", strict.MaxBytes), "x.yaml: the file is larger than 4 MB"},
		{"depth", head + "types: " + strings.Repeat("[", 200) + strings.Repeat("]", 200), "x.yaml:4:71: nested deeper than 64 levels"},
		{"depth of the parser", strings.Repeat("[", 1<<20), "x.yaml: not valid YAML: exceeded max depth of 10000"},
		{"aliases", bomb, "x.yaml:1:1: aliases expand to more than 10000 nodes"},
		{"alias of itself", head + "types: &t {T: *t}\n", "x.yaml:4:12: nested deeper than 64 levels"},
		{"mistakes", many, "x.yaml: more mistakes are left out"},
	} {
		_, err := loadText("x.yaml", test.text)
		if err == nil {
			t.Errorf("%s: no mistake", test.name)
		} else if got, _, _ := strings.Cut(err.Error(), "\n"); got != test.want {
			t.Errorf("%s: got %q, expected %q", test.name, got, test.want)
		}
	}
}

// TestHugeFiles only shows that files near the limits come to an end.
func TestHugeFiles(t *testing.T) {
	repeat := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, strings.ReplaceAll(format, "%", "%[1]d"), i)
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"members":   head + "types:\n  T:\n    sends:\n" + repeat(10_000, "      a%: FT.SERCH\n"),
		"types":     head + "types:\n" + repeat(4_000, "  T%: {calls: {a: U%}}\n"),
		"diamond":   head + "types:\n" + repeat(2_000, "  T%: {extends: [T1, T2, T%], sends: {a: GET}, ambiguous: [b]}\n"),
		"ambiguous": head + "types:\n  T:\n    sends:\n" + repeat(8_000, "      a%: GET\n") + "    ambiguous:\n" + repeat(8_000, "    - a%\n"),
		"rules":     repeat(10_000, "- {id: r%, severity: odd}\n"),
		"keys":      repeat(20_000, "clientt%: x\n") + head,
		"modules":   "client: redis-py\nlanguage: python\nmodules:\n" + repeat(40_000, "- m%\n"),
		"text":      head + "source: " + strings.Repeat("x", strict.MaxBytes-1000) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := loadText("x.yaml", text)
			var mistakes Mistakes
			if err != nil && !errors.As(err, &mistakes) || len(mistakes) > 101 {
				t.Errorf("%d mistakes, %v", len(mistakes), err)
			}
		})
	}
}

func TestMistakesOfAllFilesComeAtOnce(t *testing.T) {
	_, err := Load(Options{Sources: []Source{
		{"b.yaml", []byte(rule)},
		{"a.yaml", []byte("[")},
		{"c.yaml", []byte("- {id: own-rule, severity: none, zebra: 1}\n")},
	}})
	want := Mistakes{
		{"a.yaml", 1, 1, "not valid YAML: did not find expected node content"},
		{"c.yaml", 1, 8, `duplicate rule "own-rule", first in b.yaml, line 1`},
		{"c.yaml", 1, 28, `unknown severity "none"; did you mean "note"?`},
		{"c.yaml", 1, 34, `unknown key "zebra"; expected one of "about", "aliases", "commands", "examples", "id", "instead", "message", "options", "origin", "setting", "severity", "sources", "suppressions", "target", "title", "unless", "values", "why"`},
	}
	var got Mistakes
	errors.As(err, &got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
