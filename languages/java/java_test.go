package java

import (
	"context"
	"errors"
	"flag"

	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// extractText reads src, and checks what must hold for every file.
func extractText(t testing.TB, src string) *languages.File {
	t.Helper()
	f, err := New().Extract(context.Background(), "Test.java", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range check(f, len(src)) {
		t.Errorf("%s", wrong)
	}
	return f
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.java")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in testdata: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := dump(extractText(t, string(src)))
			golden := strings.TrimSuffix(file, ".java") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("differs from %s at:\n%s\nIf that is right: go test ./languages/java -update", golden, firstDifference(got, string(want)))
			}
		})
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + w[i]
		}
	}
	return "the end"
}

// TestExpressions reads each source as the value of a local variable.
func TestExpressions(t *testing.T) {
	tests := []struct{ source, want string }{
		// Texts.
		{`"FT.SEARCH"`, `"FT.SEARCH"`},
		{`"a\tb\"\\\u0041\101\s"`, "\"a\\tb\\\"\\\\AA \""},
		{`"\uD83D\uDE00"`, `"😀"`},
		{`'.'`, `"."`},
		{"\"\"\"\n    return redis.call('FT.SEARCH',\n      KEYS[1])\\n \n    \"\"\"", `"return redis.call('FT.SEARCH',\n  KEYS[1])\n\n"`},
		{"\"\"\"\n\ta \\\n\tb\"\"\"", `"a b"`},
		{`"FT." + "SEARCH"`, `"FT.SEARCH"`},
		{`"FT." + name`, `concat("FT.", name)`},
		{`PREFIX + '.' + "S" + verb()`, `concat(PREFIX, ".S", verb())`},
		{`PREFIX + NAME`, `concat(PREFIX, NAME)`},
		{`1 + i + "x" + 2`, `concat(?, "x2")`},
		{`i + 1`, `?`},
		{`a.b() * 2 + 1`, `?`},
		{`"a" + (b + "c") + "d"`, `concat("a", b, "cd")`},
		{`"a" + (x ? "b" : "c")`, `concat("a", choice("b", "c"))`},
		{`"JSON.SET".getBytes(StandardCharsets.UTF_8)`, `"JSON.SET"`},
		{`("JSON." + x).getBytes()`, `concat("JSON.", x)`},
		{`x.getBytes()`, `x.getBytes()`},
		{`"ft.search".toUpperCase()`, `"ft.search".toUpperCase()`},
		{`String.format("%s.%s", "FT", "SEARCH")`, `"FT.SEARCH"`},
		{`String.format("%s.%s %5d %%", mod, "SEARCH", 3)`, `concat(mod, ".SEARCH ", ?, " %")`},
		{`String.format(Locale.ROOT, "FT.%s", verb)`, `concat("FT.", verb)`},
		{`String.format("%2$s%1$s%1$s", "a", "b")`, `"baa"`},
		{`String.format(pattern, "a")`, `String.format(pattern, "a")`},
		{`String.format("%s")`, `concat(?)`},
		{`"FT.%s".formatted(verb)`, `concat("FT.", verb)`},
		{`String.join(".", "FT", "SEARCH")`, `"FT.SEARCH"`},
		{`String.join(" ", List.of("a", b))`, `concat("a ", b)`},
		{`String.join(" ", parts)`, `String.join(" ", parts)`},
		{`"FT".concat(".SEARCH")`, `"FT.SEARCH"`},
		{`new StringBuilder("FT.").append("SEARCH").append(1).toString()`, `"FT.SEARCH1"`},
		{`new StringBuilder(16).append(a).append("b")`, `concat(a, "b")`},
		{`new String("x".getBytes(), UTF_8)`, `"x"`},
		{`i + j`, `?`}, {`param.length + a.size()`, `?`}, {`a.size() + b.size()`, `?`},
		{`String.valueOf(cmd)`, `cmd`},
		{`String.valueOf(1)`, `"1"`},
		{`Objects.requireNonNull(client, "no client")`, `client`},
		{`requireNonNull(client)`, `client`},
		{`Optional.ofNullable(x).orElse(y)`, `x.orElse(y)`},
		// Numbers and others.
		{`0x1F + 0`, `?`},
		{`0x1F`, `31`}, {`1_000L`, `1000`}, {`0b11`, `3`}, {`017`, `15`}, {`-1`, `-1`}, {`+1`, `1`}, {`1.5`, `?`},
		{`true`, `true`}, {`null`, `null`}, {`!x`, `?`},
		// Names.
		{`this.client.json`, `this.client.json`},
		{`super.client`, `super.client`},
		{`T.this`, `this`},
		{`Outer.this`, `(Outer)?`},
		{`SearchProtocol.SearchCommand.SEARCH`, `SearchProtocol.SearchCommand.SEARCH`},
		{`Commands.class`, `Commands.class`},
		{`redis.clients.jedis.Jedis.class`, `redis.clients.jedis.Jedis.class`},
		{`args[i + 1]`, `args[?]`}, {`args[0]`, `args[0]`},
		{`(Jedis) conn`, `(Jedis)conn`},
		{`((redis.clients.jedis.Jedis) conn).ping()`, `(redis.clients.jedis.Jedis)conn.ping()`},
		// Calls.
		{`client.<String>search("idx").result`, `client.search("idx").result`},
		{`new redis.clients.jedis.Jedis("h", 1)`, `new redis.clients.jedis.Jedis("h", 1)`},
		{`new Box<Map<String, Jedis>>()`, `new Box():Box<map<String, Jedis>>`},
		{`outer.new Inner(1)`, `new Inner(1)`},
		{`Outer.super.run()`, `super.run()`},
		{`new Cmd() { byte[] getRaw() { return null; } }`, `new Cmd(){type 1}`},
		{`a = b = "c"`, `"c"`},
		{`this::run`, `this.run`}, {`Foo::new`, `Foo.new`}, {`client::ftSearch`, `lambda(f2)`},
		{`List<String>::size`, `List.size`}, {`get().x()::run`, `get().x().run`},
		{`x -> "a".getBytes()`, `lambda(f2)`},
		// Choices.
		{`ok ? "FT.SEARCH" : other`, `choice("FT.SEARCH", other)`},
		{`switch (k) { case 1 -> "a"; case 2 -> { log(); yield "b"; } default -> throw new X(); }`, `choice("a", "b")`},
		{`switch (k) { case 1: yield "a"; default: switch (j) { case 1: yield "b"; } yield "c"; }`, `choice("a", "b", "c")`},
		// Lists and records.
		{`{"FT.SEARCH", idx}`, `["FT.SEARCH", idx]`},
		{`new String[] {"FT.SEARCH", idx}`, `["FT.SEARCH", idx]`},
		{`new byte[][] {"a".getBytes(), {1, 2}}`, `["a", [1, 2]]`},
		{`new String[3]`, `[]`},
		{`List.of("a", b)`, `["a", b]`}, {`java.util.List.of("a")`, `["a"]`},
		{`Arrays.asList("a", b)`, `["a", b]`}, {`Arrays.asList(b)`, `[b]`},
		{`Arrays.asList(param)`, `[...param]`}, {`Arrays.asList(new String[] {"a"})`, `["a"]`},
		{`Collections.singletonList(x)`, `[x]`}, {`Collections.unmodifiableList(List.of(x))`, `[x]`},
		{`args.toArray(new String[0])`, `args`}, {`Stream.of("a", b).toList()`, `["a", b]`},
		{`new ArrayList<>()`, `[]`}, {`new ArrayList<>(16)`, `[]`}, {`new ArrayList<String>(List.of("a"))`, `["a"]`},
		{`new ArrayList<>(other)`, `[...other]`},
		{`new ArrayList<String>() {{ add("a"); add(b); }}`, `["a", b]`},
		{`new HashMap<String, String>() {{ put("a", b); }}`, `{a: b}`},
		{`Map.of("k", 1, KEY, 2)`, `{k: 1, [KEY]: 2}`},
		{`Map.ofEntries(Map.entry("k", v), entry(K, w))`, `{k: v, [K]: w}`},
		{`new HashMap<>(other)`, `{...**: other}`},
		{`new Protocol.Map(1)`, `new Protocol.Map(1)`},
		{`STR."FT.\{verb()} x"`, `concat("FT.", verb(), " x")`},
	}
	for _, test := range tests {
		src := "import static java.util.Objects.requireNonNull;\nclass T { void m(String[] param, int i) { Object v = " + test.source + "; } }"
		f := extractText(t, src)
		bindings := f.Functions[1].Bindings
		got := exprString(bindings[len(bindings)-1].Value)
		if got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.source, got, test.want)
		}
		if len(f.Damage) > 0 {
			t.Errorf("%s: damaged", test.source)
		}
	}
}

func TestTypes(t *testing.T) {
	tests := []struct{ source, want string }{
		{"Jedis", "Jedis"}, {"var", "_"}, {"int", "int"},
		{"redis.clients.jedis.Jedis", "redis.clients.jedis.Jedis"},
		{"a.@NonNull B", "a.B"}, {"@NonNull Jedis", "Jedis"},
		{"List<Jedis>", "[]<Jedis>"}, {"java.util.Set<? extends Jedis>", "[]<Jedis>"},
		{"Jedis[][]", "[]<[]<Jedis>>"}, {"byte @NonNull []", "[]<byte>"},
		{"Map<String, List<Jedis>>", "map<String, []<Jedis>>"},
		{"Map.Entry<String, Jedis>", "Map.Entry<String, Jedis>"},
		{"Outer<A>.Inner<B>", "Outer.Inner<B>"},
		{"Function<? super Jedis, ?>", "Function<Jedis, _>"},
		{"List", "[]<_>"}, {"Queue", "Queue"}, {"Queue<A>", "[]<A>"},
	}
	for _, test := range tests {
		f := extractText(t, "class T { void m() { "+test.source+" v; } }")
		if got := typeString(f.Functions[1].Bindings[0].Type); got != test.want {
			t.Errorf("%s: got %s, want %s", test.source, got, test.want)
		}
	}
}

func TestMend(t *testing.T) {
	tests := []struct{ source, want string }{
		{"f(T @NonNull... x)", "f(T         ... x)"},
		{"f(T @A @b.C ...x)", "f(T         ...x)"},
		{"f(int... x) { a.super(); }", "f(int... x) { a.super(); }"},
		{"super (a); mysuper(b); this.x(); this(c)", "$uper (a); mysuper(b); this.x(); $his(c)"},
		{"#!/usr/bin/java\nx", "               \nx"}, {"#!", "  "}, {"import module a.b;", "                  "},
		{"@", "@"}, {"...", "..."}, {"@...", "@..."}, {"super", "super"}, {"", ""},
	}
	for _, test := range tests {
		src := []byte(test.source)
		if got := string(mend(src)); got != test.want {
			t.Errorf("%q: got %q, want %q", test.source, got, test.want)
		}
		if string(src) != test.source {
			t.Errorf("%q was changed", test.source)
		}
	}
}

func TestPositionsWithByteOrderMark(t *testing.T) {
	src := "\ufeffclass T { void m() { run(); } }"
	f := extractText(t, src)
	call := f.Functions[1].Calls[0]
	if got := src[call.Range.Start:call.Range.End]; got != "run()" {
		t.Errorf("call at %q", got)
	}
}

func TestErrors(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := New().Extract(ctx, "A.java", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := New().Extract(context.Background(), "A.java", []byte("\xff\xfec\x00")); !errors.Is(err, errEncoding) {
		t.Errorf("UTF-16: %v", err)
	}
	ctx, cancel = context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	_, err := New().Extract(ctx, "A.java", []byte(strings.Repeat("class A { int x = f(1); }\n", 1<<18)))
	if !errors.Is(err, treesitter.ErrTimeLimit) && !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("time limit: %v", err)
	}
}

// TestHostile only asks for an answer: facts, or that it took too long.
func TestHostile(t *testing.T) {
	n := 100_000
	if testing.Short() {
		n = 5_000
	}
	around := func(s string) string { return "class A { void m() { x = " + s + "; } }" }
	sources := map[string]string{
		"brackets":      strings.Repeat("(", n),
		"closed":        around(strings.Repeat("(", n) + "1" + strings.Repeat(")", n)),
		"braces":        strings.Repeat("{", n),
		"blocks":        "class A { void m() " + strings.Repeat("{", n) + strings.Repeat("}", n) + "}",
		"calls":         around(strings.Repeat("f(", n) + strings.Repeat(")", n)),
		"chain":         around("a" + strings.Repeat(".b()", n)),
		"builder":       around("new StringBuilder()" + strings.Repeat(`.append("x")`, n)),
		"dots":          around("a" + strings.Repeat(".b", n)),
		"dotted type":   "class A { a" + strings.Repeat(".b", n) + " x; }",
		"import":        "import a" + strings.Repeat(".b", n) + ";",
		"annotation":    "@a" + strings.Repeat(".b", n) + " class A {}",
		"generics":      "class A { " + strings.Repeat("L<", n) + "x" + strings.Repeat(">", n) + " y; }",
		"classes":       strings.Repeat("class A {", n),
		"anonymous":     around(strings.Repeat("new A() { int x = ", n)),
		"lambdas":       around(strings.Repeat("a -> ", n) + "1"),
		"sum":           around(`"a"` + strings.Repeat(` + "b"`, n)),
		"sum the other": around(strings.Repeat(`"a" + (`, n) + "1" + strings.Repeat(")", n)),
		"mixed":         around("a" + strings.Repeat(" + b - c", n)),
		"else if":       "class A { void m() { " + strings.Repeat("if (f()) {} else ", n) + "; } }",
		"ternary":       around(strings.Repeat("a ? b : ", n) + "c"),
		"switch":        around(strings.Repeat("switch (a) { case 1 -> ", n)),
		"patterns":      "class A { void m() { if (x instanceof " + strings.Repeat("A(", n) + " } }",
		"annotations":   strings.Repeat("@A(", n),
		"dots of many":  strings.Repeat("@A", n) + "...",
		"zero":          "class A {\x00}",
		"quote":         `class A { String s = "`,
		"block quote":   `class A { String s = """`,
		"block quotes":  `class A { String s = """"""; }`,
	}
	random := rand.New(rand.NewSource(1))
	noise := make([]byte, 1<<16)
	random.Read(noise)
	sources["noise"] = string(noise)
	words := strings.Fields(`class enum record interface { } ( ) [ ] ; , . = + "a" x Y @A new super this -> :: <
		> ? switch case return """ ' \ int ... instanceof static`)
	var soup strings.Builder
	for range 20_000 {
		soup.WriteString(words[random.Intn(len(words))] + " ")
	}
	sources["soup"] = soup.String()
	for name, src := range sources {
		t.Run(name, func(t *testing.T) {
			f, err := New().Extract(context.Background(), "A.java", []byte(src))
			if err != nil {
				if !errors.Is(err, treesitter.ErrTimeLimit) {
					t.Error(err)
				}
				return
			}
			for _, wrong := range check(f, len(src)) {
				t.Error(wrong)
			}
		})
	}
}

// TestTruncated cuts the samples at every byte.
func TestTruncated(t *testing.T) {
	src, err := os.ReadFile("testdata/Modern.java")
	if err != nil {
		t.Fatal(err)
	}
	for i := range src {
		f, err := New().Extract(context.Background(), "A.java", src[:i])
		if err != nil {
			t.Fatal(err)
		}
		if wrong := check(f, i); len(wrong) > 0 {
			t.Fatalf("cut at %d: %v", i, wrong)
		}
	}
}

func FuzzExtract(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.java")
	for _, file := range files {
		if src, err := os.ReadFile(file); err == nil {
			f.Add(src)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file, err := New().Extract(context.Background(), "A.java", src)
		if err != nil {
			return
		}
		for _, wrong := range check(file, len(src)) {
			t.Error(wrong)
		}
	})
}
