package python

import (
	"testing"

	"github.com/keyvet/keyvet/languages"
)

// bound extracts "v = src" and returns what v got.
func bound(t *testing.T, src string) *languages.Expr {
	t.Helper()
	f := extract(t, "v = "+src+"\n")
	for _, b := range f.Functions[0].Bindings {
		if b.Target.Text == "v" {
			return b.Value
		}
	}
	t.Fatalf("no binding in %q", src)
	return nil
}

func TestExpressions(t *testing.T) {
	for src, want := range map[string]string{
		// literals
		`"FT." 'SEARCH'`:                   `"FT.SEARCH"`,
		`"FT" + "." + "SEARCH"`:            `"FT.SEARCH"`,
		`("FT."` + "\n" + `"SEARCH")`:      `"FT.SEARCH"`,
		`"FT." \` + "\n" + ` "SEARCH"`:     `"FT.SEARCH"`,
		`b"JSON.SET"`:                      `"JSON.SET"`,
		`b"\xff\101\u0041"`:                `"\xffA\\u0041"`,
		`"\x41\101\u0041\n\q\N{DASH}"`:     `"AAA\n\\q\\N{DASH}"`,
		`r"\n"`:                            `"\\n"`,
		`"""a` + "\n" + `b\` + "\nc\"\"\"": `"a\nbc"`,
		`0x10`:                             `16`,
		`1_000`:                            `1000`,
		`-3`:                               `-3`,
		`1.5`:                              `?`,
		`2j`:                               `?`,
		`None`:                             `None`,
		`True`:                             `true`,
		// texts with holes
		`f"FT.{verb}"`:                        `concat<"FT.", verb>`,
		`f"FT.{'SEARCH'}"`:                    `"FT.SEARCH"`,
		`f"{{{x}}}{1}"`:                       `concat<"{", x, "}1">`,
		`f"a{x!r}b{y:>3}c{z=}d{w!s}"`:         `concat<"a", ?, "b", ?, "c", ?, "d", w>`,
		`f"a" "b{x}" f"{y}c"`:                 `concat<"ab{x}", y, "c">`,
		`PREFIX + "SEARCH" + x`:               `concat<PREFIX, "SEARCH", x>`,
		`"FT.%s" % "SEARCH"`:                  `"FT.SEARCH"`,
		`"%s.%s %d%%" % (a, "B", 3)`:          `concat<a, ".B 3%">`,
		`"%(m)s.%(v)s" % {"m": "FT", "v": v}`: `concat<"FT.", v>`,
		`"%5s|%s" % (a, b)`:                   `concat<?, "|", b>`,
		`"%s %s" % pair`:                      `concat<?, " ", ?>`,
		`"{}.{}".format("FT", verb)`:          `concat<"FT.", verb>`,
		`"{0}.{1} {0}".format("FT", "A")`:     `"FT.A FT"`,
		`"{m}.{v.x}{{".format(m="FT", v=v)`:   `concat<"FT.", ?, "{">`,
		`"{}".format(*a)`:                     `concat<?>`,
		`fmt.format(a)`:                       `fmt.format(a)`,
		`" ".join(["FT.SEARCH", x, "1"])`:     `concat<"FT.SEARCH ", x, " 1">`,
		`" ".join([x for x in y])`:            `" ".join([x])`,
		`" ".join(parts)`:                     `" ".join(parts)`,
		`"FT.SEARCH idx *".split()`:           `["FT.SEARCH", "idx", "*"]`,
		`"FT.SEARCH".encode("utf-8")`:         `"FT.SEARCH"`,
		`cmd.encode()`:                        `cmd.encode()`,
		`"ft.search".upper()`:                 `"ft.search".upper()`,
		// conversions
		`str(cmd)`:                   `cmd`,
		`bytes("FT.SEARCH", "utf8")`: `"FT.SEARCH"`,
		`bytes(4)`:                   `bytes(4)`,
		`str()`:                      `str()`,
		`(await r.get("a"))`:         `r.get("a")`,
		`cast("redis.Redis", r)`:     `cast<redis.Redis>(r)`,
		`typing.cast(Redis[int], r)`: `cast<Redis<int>>(r)`,
		`cast(f(a), Integer)`:        `cast(f(a), Integer)`,
		`list(args)`:                 `[...args]`,
		`tuple(["a"])`:               `["a"]`,
		`dict(a=1, **b)`:             `{a=1, ...b}`,
		`dict([("a", 1), (k, 2)])`:   `{a=1, k: 2}`,
		`dict(base, a=1)`:            `{...base, a=1}`,
		// members
		`getattr(r, "ft")("i").search`:          `r.ft("i").search`,
		`getattr(r, name, None)()`:              `r[name]()`,
		`r.ft("i").search(q, *a, limit=1, **k)`: `r.ft("i").search(q, ...a, limit=1, ...k)`,
		`d["a"]["b"]`:                           `d["a"]["b"]`,
		`d[1:2]`:                                `?`,
		`d[a, b]`:                               `d[[a, b]]`,
		`super().get()`:                         `super.get()`,
		`super(A, self).get()`:                  `super.get()`,
		`importlib.import_module("redis")`:      `module redis`,
		`__import__("redis.asyncio")`:           `module redis`,
		`import_module(name)`:                   `import_module(name)`,
		`partial(redis.Redis, db=1)`:            `partial(redis.Redis, db=1)`,
		// collections
		`["a", *b]`:                  `["a", ...b]`,
		`[*a.b(), *f(x), 1]`:         `[...a.b(), ...f(x), 1]`,
		`"a", b`:                     `["a", b]`,
		`{"a", "b"}`:                 `["a", "b"]`,
		`{"a": 1, k: 2, **b}`:        `{a=1, k: 2, ...b}`,
		`{k: f(w) for k, w in x}`:    `{k: f(w)}`,
		`[f(c) for c in x if g(c)]`:  `[f(c)]`,
		`["FT.SEARCH"] + args + [1]`: `["FT.SEARCH", ...args, 1]`,
		`base | {"a": 1}`:            `{...base, ...{a=1}}`,
		// choices and the rest
		`a or b or "c"`:   `choice<a, b, "c">`,
		`a and b`:         `b`,
		`a if f() else b`: `choice<a, b>`,
		`not a`:           `?`,
		`a < f(b)`:        `?`,
		`a + 1`:           `?`,
		`(n := f())`:      `f()`,
		`lambda a: a.b()`: `lambda#1`,
	} {
		if got := compact(bound(t, src)); got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
	}
}

func TestTypes(t *testing.T) {
	for src, want := range map[string]string{
		`redis.Redis`:                            `redis.Redis`,
		`"redis.Redis"`:                          `redis.Redis`,
		`Optional[Redis]`:                        `|<Redis, None>`,
		`Redis | None`:                           `|<Redis, None>`,
		`"Redis | None"`:                         `|<Redis, None>`,
		`"Redis" | None`:                         `|<Redis, None>`,
		`t.Union[Redis, Optional["Valkey"]]`:     `|<Redis, Valkey, None>`,
		`Annotated[Redis, Depends(f, x=[1]), 3]`: `Redis`,
		`ClassVar[Redis]`:                        `Redis`,
		`list[Redis]`:                            `[]<Redis>`,
		`Sequence["Redis"]`:                      `[]<Redis>`,
		`tuple[Redis, ...]`:                      `[]<Redis>`,
		`tuple[Redis, int]`:                      `tuple<Redis, int>`,
		`dict[str, list[Redis]]`:                 `map<str, []<Redis>>`,
		`Callable[[int, "X"], Redis]`:            `func<Redis>`,
		`Callable[..., Redis]`:                   `func<Redis>`,
		`Awaitable[Redis]`:                       `Awaitable<Redis>`,
		`AsyncGenerator[Redis, None]`:            `AsyncGenerator<Redis, None>`,
		`Literal["a", "b"]`:                      `Literal`,
		`type[Redis]`:                            `type<Redis>`,
		`Redis[bytes]`:                           `Redis<bytes>`,
		`(Redis)`:                                `Redis`,
		`list`:                                   `list`,
		`...`:                                    ``,
		`3`:                                      ``,
		`f(x)`:                                   ``,
		`a[`:                                     `a`,
		`|]),(`:                                  ``,
		``:                                       ``,
	} {
		if got := typeText(parseType([]byte(src))); got != want {
			t.Errorf("%s: got %s, want %s", src, got, want)
		}
	}
}

// TestRanges looks at what ranges cover in the source.
func TestRanges(t *testing.T) {
	const src = "\ufeffv = (a).ft('i') \\\n  .search('FT.' 'X')\ng(getattr(r, 'ft'))\n"
	f := extract(t, src)
	want := []struct{ whole, at string }{
		{"(a).ft('i') \\\n  .search('FT.' 'X')", "search"},
		{"(a).ft('i')", "ft"},
		{"g(getattr(r, 'ft'))", "g"},
	}
	for i, c := range f.Functions[0].Calls {
		if got := src[c.Range.Start:c.Range.End]; got != want[i].whole {
			t.Errorf("call %d covers %q, want %q", i, got, want[i].whole)
		}
		if got := src[c.At.Start:c.At.End]; got != want[i].at {
			t.Errorf("call %d is named at %q, want %q", i, got, want[i].at)
		}
	}
	text := f.Functions[0].Calls[0].Items()[0].Value
	if got := src[text.Range.Start:text.Range.End]; got != "'FT.' 'X'" {
		t.Errorf("text covers %q", got)
	}
}
