package javascript

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

var update = flag.Bool("update", false, "write the golden files anew")

func extract(t *testing.T, path, src string) *languages.File {
	t.Helper()
	f, err := New().Extract(context.Background(), path, []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	if err := check(f, len(src)); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return f
}

func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if info, err := os.Stat(path); err != nil || info.IsDir() || filepath.Ext(path) == ".golden" {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := dump(extract(t, path, string(src)))
			if *update {
				if err := os.WriteFile(path+".golden", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path + ".golden")
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("facts differ from %s.golden; if they are right, run\n"+
					"go test ./languages/javascript -run TestGolden -update\n%s", path, got)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	ctx, cancel := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	if _, err := New().Extract(ctx, "a.js", []byte("f()")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("context that is over: %v", err)
	}
	if _, err := parseUntil(time.Now(), []byte("f()"), treesitter.JavaScript()); !errors.Is(err, treesitter.ErrTimeLimit) {
		t.Errorf("no time left: %v", err)
	}
	if _, err := New().Extract(context.Background(), "a.js", []byte("\xff\xfef\x00")); !errors.Is(err, errEncoding) {
		t.Errorf("UTF-16: %v", err)
	}
}

func TestPositions(t *testing.T) {
	const src = "\xef\xbb\xbf// BOM\r\nawait (redis).json.set(\"k\");\r\n"
	f := extract(t, "a.mjs", src)
	call := f.Functions[0].Calls[0]
	if got := src[call.Range.Start:call.Range.End]; got != `(redis).json.set("k")` {
		t.Errorf("call %q", got)
	}
	if got := src[call.At.Start:call.At.End]; got != "set" {
		t.Errorf("at %q", got)
	}
	if got := f.Position(call.At.Start); got != (languages.Position{Line: 2, Column: 20}) {
		t.Errorf("position %v", got)
	}
}

// TestDialects reads the same plain source under every grammar.
func TestDialects(t *testing.T) {
	const src = `import { createClient } from "redis";
class Store { client = createClient(); async find(q) { return await this.client.ft?.search("i", q); } }
export const find = async ({ store, q = "*" }) => (await store.find(q)) ?? [..."ab"];
`
	want := dump(extract(t, "a.js", src))
	for _, path := range []string{"a.jsx", "a.mjs", "a.cjs", "a.ts", "a.mts", "a.cts", "a.tsx", "B.TS"} {
		if got := dump(extract(t, path, src)); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", path, got, want)
		}
	}
	got := dump(extract(t, "a.vue", "<script>\n"+src+"</script>\n"))
	if got != want {
		t.Errorf("a.vue:\n%s\nwant\n%s", got, want)
	}
}

func TestExpressions(t *testing.T) {
	tests := []struct{ src, want string }{
		{`"FT." + 'SEARCH'`, `"FT.SEARCH"`},
		{`"a" + b + "c" + "d" + 1`, `concat("a", b, "cd1")`},
		{`"a" + ("b" + c)`, `concat("ab", c)`},
		{`a + b`, `concat(a, b)`},
		{`1 + 2`, `_`},
		{`a - b`, `_`},
		{"`FT.${verb}`", `concat("FT.", verb)`},
		{"`${verb}`", `verb`},
		{"`FT.${\"SEARCH\"} x`", `"FT.SEARCH x"`},
		{"``", `""`},
		{`""`, `""`},
		{`"\x46\u0054\u{2e}\101\n\
b\'\q\uD83D\uDE00"`, `"FT.A\nb'q😀"`},
		{"tag`a${b}`", `tag(concat("a", b))`},
		{"String.raw`a\\n${b}`", `concat("a\\n", b)`},
		{`["FT", "SEARCH"].join(".")`, `"FT.SEARCH"`},
		{`["a", b, ...c].join("")`, `concat("a", b, _)`},
		{`["a", b].join()`, `concat("a,", b)`},
		{`["a", b].join(s)`, `concat("a", s, b)`},
		{`[].join()`, `""`},
		{`a.join(" ")`, `a.join(" ")`},
		{`"FT.".concat(verb, " x")`, `concat("FT.", verb, " x")`},
		{`["a"].concat("b", c, [d])`, `["a", "b", ...c, ...[d]]`},
		{`util.format("%s.%s %%", "FT", v, w)`, `concat("FT.", v, " % ", w)`},
		{`util.format(f, x)`, `util.format(f, x)`},
		{`require("util").format("%s", x)`, `concat(x)`},
		{`String(x)`, `x`},
		{`Buffer.from("FT.SEARCH", "utf8")`, `"FT.SEARCH"`},
		{`Object.freeze(["a"])`, `["a"]`},
		{`Object.assign({}, a, {b: 1})`, `{...{}, ...a, ...{b: 1}}`},
		{`Object.assign(a, {b: 1})`, `Object.assign(a, {b: 1})`},
		{`new Set(["a", "b"])`, `["a", "b"]`},
		{`await Promise.resolve(x)`, `x`},
		{`await Promise.all([a, b()])`, `[a, b()]`},
		{`__importDefault(require("ioredis")).default`, `module("ioredis").default`},
		{`tslib_1.__importStar(require("redis"))`, `module("redis")`},
		{`(0, redis_1.createClient)()`, `redis_1.createClient()`},
		{`__awaiter(this, void 0, void 0, function* () { return c; })`, `#1()`},
		{`require("redis").createClient()`, `module("redis").createClient()`},
		{`(await import("redis")).default`, `module("redis").default`},
		{"require(`redis`)", `module("redis")`},
		{`require(name)`, `require(name)`},
		{`new Redis`, `new Redis()`},
		{`new (require("ioredis").Cluster)([])`, `new module("ioredis").Cluster([])`},
		{`a?.b?.[0]?.(c)`, `a?.b?.[0]?.(c)`},
		{`a["json"]["json.set"](k)`, `a.json["json.set"](k)`},
		{`a[i + 1]`, `a[concat(i, 1)]`},
		{`(0, a.b)(c)`, `a.b(c)`},
		{`a || b || c`, `choice(a, b, c)`},
		{`a ?? b`, `choice(a, b)`},
		{`a && b.c()`, `b.c()`},
		{`x ? "a" : "b"`, `choice("a", "b")`},
		{`(x = y)`, `y`},
		{`[a, , ...b]`, `[a, null, ...b]`},
		{`{a, [k]: v, "q r": 1, 2: 3, ...s, ["x"]: 4}`, `{a: a, [k]: v, q r: 1, 2: 3, ...s, x: 4}`},
		{`null`, `null`},
		{`void 0`, `null`},
		{`undefined`, `null`},
		{`true`, `true`},
		{`0x1F`, `31`},
		{`1_000n`, `1000`},
		{`2e3`, `2000`},
		{`3.0`, `3`},
		{`2.5`, `_`},
		{`.0`, `_`},
		{`-1`, `-1`},
		{`/re(x)/g`, `_`},
		{`this.#client.ft`, `this.#client.ft`},
		{`import.meta.env.X`, `_.meta.env.X`},
		{`<A b={c()} />`, `_`},
	}
	for _, test := range tests {
		f := extract(t, "a.jsx", "x = ("+test.src+");")
		bindings := f.Functions[0].Bindings
		if got := show(bindings[len(bindings)-1].Value); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.src, got, test.want)
		}
	}
}

func TestTypes(t *testing.T) {
	tests := []struct{ src, want string }{
		{`Redis`, `Redis`},
		{`ns.Redis<A, B>`, `ns.Redis<A, B>`},
		{`Redis | undefined | null`, `Redis`},
		{`A | B | null`, `|<A, B>`},
		{`A & B`, `&<A, B>`},
		{`Redis[]`, `[]<Redis>`},
		{`readonly Redis[]`, `[]<Redis>`},
		{`Array<Redis>`, `[]<Redis>`},
		{`[A, B?]`, `[]<|<A, B>>`},
		{`Record<string, Redis>`, `map<string, Redis>`},
		{`Promise<Redis | null>`, `Promise<Redis>`},
		{`(x: A) => Promise<B>`, `func<Promise<B>>`},
		{`typeof redis.client`, `typeof<redis.client>`},
		{`Awaited<ReturnType<typeof createClient>>`, `ReturnType<typeof<createClient>>`},
		{`Readonly<Omit<Redis, "x">>`, `Redis`},
		{`import("ioredis").Redis`, `import@7`},
		{`{ client: Redis }`, `type@7`},
		{`"a" | "b"`, `|<string, string>`},
		{`T extends A ? B : C`, `|<B, C>`},
		{`keyof T`, `string`},
	}
	for _, test := range tests {
		f := extract(t, "a.ts", "let x: "+test.src+";")
		if got := showType(f.Functions[0].Bindings[0].Type); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.src, got, test.want)
		}
	}
}

// TestScopes: an assignment is to the nearest function that declares the name.
func TestScopes(t *testing.T) {
	f := extract(t, "a.js", `let a; a = 1;
function f(p, {q}) { a = 2; b = 3; p = 4; q = 5; var b; list.push(6); const own = []; own.push(7); }`)
	var got []string
	for _, fn := range f.Functions {
		for _, b := range fn.Bindings {
			if b.Nonlocal {
				got = append(got, show(b.Target))
			}
		}
	}
	if strings.Join(got, " ") != "a list" {
		t.Errorf("nonlocal: %v", got)
	}
}
