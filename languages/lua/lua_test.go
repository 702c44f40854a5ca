package lua

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/keyvet/keyvet/languages"
)

var update = flag.Bool("update", false, "write the golden files anew")

func extract(t testing.TB, src string) *languages.File {
	t.Helper()
	f, err := New().Extract(context.Background(), "a.lua", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestGolden(t *testing.T) {
	sources, err := filepath.Glob("testdata/*.lua")
	if err != nil || len(sources) == 0 {
		t.Fatal("no sources", err)
	}
	for _, path := range sources {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got := dump(extract(t, string(src)))
		golden := strings.TrimSuffix(path, ".lua") + ".golden"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s differs; run go test -update and look at the difference.\ngot:\n%s", golden, got)
		}
	}
}

// TestExpressions reads each source as the value of a local.
func TestExpressions(t *testing.T) {
	for _, test := range [][2]string{
		{`"a" .. 'b' .. c`, `cat("ab", c)`},
		{`"a" .. ("b" .. 1)`, `"ab1"`},
		{`"a\n\65\x41\u{48}\z   q\"\'"`, `"a\nAAHq\"'"`},
		{"[[\nlong ]] .. [==[a]]b]==]", `"long a]]b"`},
		{`redis.call("FT.SEARCH", KEYS[1], ARGV[2])`, `redis.call("FT.SEARCH", KEYS[0], ARGV[1])`},
		{`redis["call"]("X")`, `redis.call("X")`},
		{`a["b.c"].d[k]`, `a["b.c"].d[k]`},
		{`obj:method("x", y):other{1}`, `obj.method("x", y).other([1])`},
		{`f"x"`, `f("x")`},
		{`f[[x]]`, `f("x")`},
		{`f{a = 1}`, `f({a: 1})`},
		{`require "a.b"`, `module("a.b")`},
		{`require("a.b").c`, `module("a.b").c`},
		{`require(name)`, `require(name)`},
		{`{}`, `[]`},
		{`{ "a", f(1); x }`, `["a", f(1), x]`},
		{`{ b = 1, ["c.d"] = 'x', [k] = v, [1] = 2 }`, `{b: 1, c.d: "x", [k]: v, [1]: 2}`},
		{`{ "FT.SEARCH", unpack(args) }`, `["FT.SEARCH", args...]`},
		{`{ ... }`, `[......]`},
		{`f(table.unpack(t))`, `f(t...)`},
		{`x or "d"`, `choice(x, "d")`},
		{`c and "a" or "b"`, `choice("a", "b")`},
		{`a == 1`, `?(a, 1)`},
		{`a + b * 2`, `?(a, ?(b, 2))`},
		{`a .. b == c .. "d"`, `?(cat(a, b), cat(c, "d"))`},
		{`-5`, `-5`},
		{`not f(x)`, `?(f(x))`},
		{`0xFF`, `255`},
		{`1e3`, `?`},
		{`nil`, `nil`},
		{`true`, `true`},
		{`function(a, ...) return a end`, `lambda1`},
		{`string.format("FT.%s %d%%", x, 3)`, `cat("FT.", x, " 3%")`},
		{`("JSON.%s"):format("SET")`, `"JSON.SET"`},
		{`string.format("%-5s|%s", a, unpack(t))`, `cat(?, "|", ?)`},
		{`string.format(f, a)`, `string.format(f, a)`},
		{`string.upper("ft.search")`, `"FT.SEARCH"`},
		{`string.upper(c)`, `c.upper()`},
		{`("ft"):lower()`, `"ft"`},
		{`c:upper()`, `c.upper()`},
		{`tostring(x)`, `x`},
		{`table.concat({"FT", x}, ".")`, `cat("FT.", x)`},
		{`table.concat(t)`, `table.concat(t)`},
		{`pcall(redis.call, "JSON.SET", k)`, `pcall(redis.call, "JSON.SET", k)`},
		// Holes that a template leaves.
		{`redis.call("GET", %s)`, `redis.call("GET", ?(s))`},
		{`redis.call("GET", ${key}, "x")`, `redis.call("GET", ?([key]), "x")`},
		{`redis.call("GET", {0}, {{.Key}})`, `redis.call("GET", [0], [[?(Key)]])`},
		{`redis.call("GET", ?, @p1, :name)`, `redis.call("GET", ?, ?(p1), ?(name))`},
		{`redis.call("GET", <%= key %>)`, `redis.call("GET", ?(?(key), ?))`},
	} {
		f := extract(t, "local v = "+test[0]+"\n")
		bindings := f.Functions[0].Bindings
		if len(bindings) != 1 {
			t.Errorf("%s: %d bindings", test[0], len(bindings))
			continue
		}
		if got := str(bindings[0].Value); got != test[1] {
			t.Errorf("%s:\n got %s\nwant %s", test[0], got, test[1])
		}
	}
}

// TestStatements reads each source as the body of a function.
func TestStatements(t *testing.T) {
	for _, test := range [][2]string{
		{`local x = f()`, `x = f()`},
		{`local a, b = f()`, `a = f()#0; b = f()#1`},
		{`local a, b, c = x, f()`, `a = x; b = f()#0; c = f()#1`},
		{`local a, b = x`, `a = x; b = nil`},
		{`local a, b = unpack(ARGV)`, `a = ARGV[0]; b = ARGV[1]`},
		{`local a, b = ...`, `a = ...[0]; b = ...[1]`},
		{`local x <const> = 5`, `x = 5`},
		{`local x`, `x = -`},
		{`outer = 1`, `outer outer= 1`},
		{`param = 1`, `param = 1`},
		{`local x = 1; x = 2`, `x = 1; x = 2`},
		{`a.b.c = 1; a["k"] = 2; a[i] = 3`, `a.b.c = 1; a.k = 2; a[i] = 3`},
		{`local t = {}; t[#t+1] = "a"; t[#t + 1] = f(x)`, `t = []; t += ["a"]; t += [f(x)]`},
		{`local t = {}; table.insert(t, "a"); table.insert(t, 1, b)`, `t = []; t += ["a"]; t += [b]`},
		{`local insert = table.insert; insert(t, 1)`, `insert = table.insert; t outer+= [1]`},
		{`for i, v in ipairs(t) do f(v) end`, `i = ?; v = each(t)`},
		{`for k, v in pairs({a = 1}) do end`, `k = each(["a"]); v = each({a: 1})`},
		{`for a, b in f() do end`, `a = ?; b = ?`},
		{`for i = 1, g(10) do local x = i end`, `i = ?; x = i`},
		{`local function g(a) local b = a end`, `b = a`},
		{`function M.f(a) end`, `M.f = lambda2`},
		{`function M:f(a) end`, `M.f = lambda2`},
		{`function g() end`, `g = lambda2`},
		{`goto done; ::done:: local x = 1`, `x = 1`},
		{`while a do local x = 1 break end repeat local y = 2 until b`, `x = 1; y = 2`},
		{`if a then local x = 1 elseif b then local y = 2 else local z = 3 end`, `x = 1; y = 2; z = 3`},
		{`local x = %s`, `x = ?(s)`},
		{"local x = $1\nlocal y = 2", `x = ?(1); y = 2`},
	} {
		f := extract(t, "local function m(param)\n"+test[0]+"\nend\n")
		if len(f.Functions) < 2 {
			t.Errorf("%s: no function", test[0])
			continue
		}
		var got []string
		for _, fn := range f.Functions {
			for _, b := range fn.Bindings {
				op := " = "
				if b.Append {
					op = " += "
				}
				if b.Nonlocal {
					op = " outer" + strings.TrimSpace(op) + " "
				}
				got = append(got, str(b.Target)+op+str(b.Value))
			}
		}
		if s := strings.Join(got, "; "); s != test[1] {
			t.Errorf("%s:\n got %s\nwant %s", test[0], s, test[1])
		}
	}
}

// TestFragments: the calls survive whatever is around them.
func TestFragments(t *testing.T) {
	for _, test := range [][2]string{
		{`redis.call("A") end; redis.call("B"`, `redis.call("A"); redis.call("B")!`},
		{`if x then y("q") `, `y("q")`},
		{`'KEYS[1], redis.call("A")`, ``},
		{`{redis.call("A"), redis.call("B")}`, `redis.call("A"); redis.call("B")`},
		{"f(a\nredis.call('B')", `f(a)!; redis.call("B")`},
		{"local t = { a = f(1)\nredis.call('B')", `f(1); redis.call("B")`},
		{"else redis.call('A') }} redis.call('B')", `redis.call("A"); redis.call("B")`},
		{"local function\nredis.call('A')", `redis.call("A")`},
		{"%{if x}\nredis.call('A')\n%{end}\nredis.call('B')", `redis.call("A"); redis.call("B")`},
		{"return redis.call('A', unpack(ARGV))", `redis.call("A", ARGV...); unpack(ARGV)`},
		{"x.%s('a') redis.call('B')", `s("a"); redis.call("B")`},
		{"a = = b redis.call('B')", `redis.call("B")`},
	} {
		var got []string
		for _, fn := range extract(t, test[0]).Functions {
			for _, c := range fn.Calls {
				s := str(c)
				if c.Damaged {
					s += "!"
				}
				got = append(got, s)
			}
		}
		if s := strings.Join(got, "; "); s != test[1] {
			t.Errorf("%s:\n got %s\nwant %s", test[0], s, test[1])
		}
	}
}
