package golang

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
	f, err := New().Extract(context.Background(), "a.go", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestGolden(t *testing.T) {
	sources, err := filepath.Glob("testdata/*.go*") // .txt hides broken ones from gofmt
	if err != nil || len(sources) == 0 {
		t.Fatal("no sources", err)
	}
	for _, path := range sources {
		name, _, _ := strings.Cut(path, ".go")
		if strings.HasSuffix(path, ".golden") {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got := dump(extract(t, string(src)))
		golden := name + ".golden"
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

// TestExpressions reads each source as the value of a variable.
func TestExpressions(t *testing.T) {
	for _, test := range [][2]string{
		{`"a" + "b" + c`, `cat("ab", c)`},
		{`"a" + ("b" + "c")`, `"abc"`},
		{"`a\\n` + \"b\\n\\x41\\u00e9\\101\"", `"a\\nb\nAéA"`},
		{`a + b`, `cat(a, b)`},
		{`a + 1`, `?(a, 1)`},
		{`a == "x" && f()`, `?(?(a, "x"), f())`},
		{`-5`, `-5`},
		{`0x1F`, `31`},
		{`1_000`, `1000`},
		{`'a'`, `97`},
		{`string('a')`, `"a"`},
		{`1.5`, `?`},
		{`&a.b`, `a.b`},
		{`(*T)(nil).X`, `cast(nil: T).X`},
		{`[]byte("FT.SEARCH")`, `"FT.SEARCH"`},
		{`string(x)`, `x`},
		{`[]interface{}(x)`, `x`},
		{`any(x)`, `x`},
		{`int64(2)`, `2`},
		{`x.(*redis.Client)`, `cast(x: redis.Client)`},
		{`x.(redis.Cmdable).Do(ctx)`, `cast(x: redis.Cmdable).Do(ctx)`},
		{`redis.Options{Protocol: 2, Addr: a}`, `redis.Options{Protocol: 2, Addr: a}`},
		{`&redis.Options{}`, `redis.Options{}`},
		{`redis.Z{1, "m"}`, `redis.Z{1, "m"}`},
		{`[]any{"FT.SEARCH", idx}`, `["FT.SEARCH", idx]`},
		{`[...]string{1: "a", "b"}`, `["a", "b"]`},
		{`[][]any{{"a"}, {"b", c}}`, `[["a"], ["b", c]]`},
		{`[]*T{{A: 1}, {2}}`, `[T{A: 1}, T{2}]`},
		{`map[string]any{"a": 1, b: 2}`, `map[string any]{a: 1, [b]: 2}`},
		{`map[string][]string{"a": {"x"}}`, `map[string [][string]]{a: ["x"]}`},
		{`map[T]int{{1}: 2}`, `map[T int]{[T{1}]: 2}`},
		{`bson.M{"a": 1}`, `bson.M{a: 1}`},
		{`[]struct{ name, cmd string }{{"x", "FT.SEARCH"}}`, `[struct{name: "x", cmd: "FT.SEARCH"}]`},
		{`named{"FT.SEARCH"}`, `["FT.SEARCH"]`},
		{`pairs{"k": {"a"}}`, `pairs{k: ["a"]}`},
		{`command("JSON.SET")`, `cast("JSON.SET": command)`},
		{`make([]any, 0, f())`, `[]`},
		{`make(map[string]T)`, `map[string T]{}`},
		{`make(chan int)`, `?`},
		{`new(redis.Options)`, `redis.Options{}`},
		{`new("x")`, `"x"`},
		{`new(3)`, `3`},
		{`append(args, "a", b...)`, `[args..., "a", b...]`},
		{`append([]any{"FT.SEARCH"}, args...)`, `["FT.SEARCH", args...]`},
		{`append([]any(nil), args...)`, `[args...]`},
		{`append(args[:0], "a")`, `["a"]`},
		{`x[:]`, `x`},
		{`x[1:n]`, `?(x)`},
		{`m["k"]`, `m["k"]`},
		{`<-ch`, `each(ch)`},
		{`Get[int](x)`, `Get(x)`},
		{`pkg.Get[pkg.T](x)`, `pkg.Get(x)`},
		{`pkg.Get[K, V](a, b...)`, `pkg.Get(a, b...)`},
		{`variable[key](x)`, `variable[key](x)`},
		{`variable.table[key](x, y)`, `variable.table[key](x, y)`},
		{`rdb.Do`, `rdb.Do`},
		{`client.B().FtSearch().Index(i).Build()`, `client.B().FtSearch().Index(i).Build()`},
		{`func(a int) string { return "x" }`, `lambda1`},
		{`fmt.Sprintf("FT.%s %d%%", x, 3)`, `cat("FT.", x, " 3%")`},
		{`fmt.Sprintf("%s.%s", "FT", "SEARCH")`, `"FT.SEARCH"`},
		{`fmt.Sprintf("%[2]s-%[1]v", a, b)`, `cat(b, "-", a)`},
		{`fmt.Sprintf("%-5s|%*d|%q", a, 3, b, c)`, `cat(?, "|", ?, "|\"", c, "\"")`},
		{`fmt.Sprintf("%s %s", args...)`, `cat(?, " ", ?)`},
		{`fmt.Sprintf("%", a)`, `cat(?)`},
		{`fmt.Sprintf(format, a)`, `fmt.Sprintf(format, a)`},
		{`fmt.Sprint("a", b, 1)`, `cat("a", b, "1")`},
		{`strings.Join([]string{"FT", x}, ".")`, `cat("FT.", x)`},
		{`strings.Join([]string{"FT", "SEARCH"}, ".")`, `"FT.SEARCH"`},
		{`strings.Join(parts, ".")`, `strings.Join(parts, ".")`},
		{`strings.ToUpper("ft.search")`, `"FT.SEARCH"`},
		{`strings.ToUpper(c)`, `strings.ToUpper(c)`},
		{`cmp.Or(os.Getenv("X"), "FT.SEARCH")`, `choice(os.Getenv("X"), "FT.SEARCH")`},
		{`nil`, `nil`},
		{`true`, `true`},
		{`f(func() { g() }, T{x})`, `f(lambda1, T{x})`},
	} {
		src := "package p\nimport (\n\"fmt\"\n\"strings\"\n\"cmp\"\n)\n" +
			"type named []string\ntype command string\ntype pairs map[string][]string\n" +
			"var variable = 1\nvar v = " + test[0] + "\n"
		bindings := extract(t, src).Functions[0].Bindings
		if len(bindings) != 2 {
			t.Errorf("%s: %d bindings", test[0], len(bindings)-1)
			continue
		}
		if got := str(bindings[1].Value); got != test[1] {
			t.Errorf("%s:\n got %s\nwant %s", test[0], got, test[1])
		}
	}
}

// TestStatements reads each source as the body of a function.
func TestStatements(t *testing.T) {
	for _, test := range [][2]string{
		{`x := f()`, `x = f()`},
		{`a, b := f()`, `a = f()#0; b = f()#1`},
		{`a, _ := f()`, `a = f()#0`},
		{`a, b := x, y`, `a = x; b = y`},
		{`v, ok := m[k]`, `v = m[k]; ok = ?`},
		{`c, ok := y.(*redis.Client)`, `c = cast(y: redis.Client); ok = ?`},
		{`v, ok := <-ch`, `v = each(ch); ok = ?`},
		{`var x redis.Client`, `x = -`},
		{`var x, y = 1, f()`, `x = 1; y = f()`},
		{`const a, b = "x", 2`, `a = "x"; b = 2`},
		{"const (\na = \"x\"\nb\n)", `a = "x"; b = "x"`},
		{`outer = 1`, `outer outer= 1`},
		{`x := 1; x = 2`, `x = 1; x = 2`},
		{`param = 1`, `param = 1`},
		{`x := 1; func() { x = 2 }()`, `x = 1; x outer= 2`},
		{`opt.Protocol = 2`, `opt.Protocol = 2`},
		{`m["k"] = v`, `m["k"] = v`},
		{`*p = v`, `p outer= v`},
		{`x += "y"`, `x outer+= "y"`},
		{`args := []any{}; args = append(args, a, b...)`, `args = []; args += [a, b...]`},
		{`s.args = append(s.args, a)`, `s.args += [a]`},
		{`args = append(other, a)`, `args outer= [other..., a]`},
		{`for k, v := range x {}`, `k = ?; v = each(x)`},
		{`for k, v := range map[string]T{"a": {}} {}`, `k = each(["a"]); v = each(map[string T]{a: T{}})`},
		{`for _, v = range x {}`, `v outer= each(x)`},
		{`for i := range 10 {}`, `i = ?`},
		{`switch v := x.(type) { case *redis.Client, T: f(v); case nil: default: }`, `v = cast(x: redis.Client); v = cast(x: T); v = x`},
		{`if v, err := f(); err != nil {} else if w := g(); w {}`, `v = f()#0; err = f()#1; w = g()`},
		{`select { case v := <-ch: f(v); case <-done: }`, `v = each(ch)`},
		{`ch <- v`, `ch outer+= [v]`},
		{`l: for { x := 1; break l }`, `x = 1`},
		{`go func() { x := 1 }(); defer f()`, `x = 1`},
		{`var t = table[key](a)`, `t = table[key](a)`},
	} {
		f := extract(t, "package p\nvar table = 1\nfunc m(param int) {\n"+test[0]+"\n}\n")
		var got []string
		for i := 1; i < len(f.Functions); i++ {
			for _, b := range f.Functions[i].Bindings {
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
