package lua

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/keyvet/keyvet/languages"
)

func TestHostile(t *testing.T) {
	const n = 100_000
	for name, src := range map[string]string{
		"parens":    strings.Repeat("(", n),
		"tables":    "x = " + strings.Repeat("{", n),
		"brackets":  "x = " + strings.Repeat("a[", n),
		"calls":     "x = " + strings.Repeat("f(", n) + strings.Repeat(")", n),
		"chain":     "x = a" + strings.Repeat(".b()", n),
		"methods":   "x = a" + strings.Repeat(":b", n),
		"sum":       "x = a" + strings.Repeat("..\"b\"", n),
		"sums":      "x = a" + strings.Repeat("..\"b\"+1", n),
		"plus":      "x = a" + strings.Repeat("+1-1", n),
		"power":     "x = a" + strings.Repeat("^-", n),
		"not":       "x = " + strings.Repeat("not ", n),
		"do":        strings.Repeat("do ", n),
		"elseif":    "if a then " + strings.Repeat("elseif a then ", n),
		"if":        strings.Repeat("if a then ", n),
		"functions": strings.Repeat("function f() ", n),
		"lambdas":   "x = " + strings.Repeat("function() return ", n),
		"ends":      strings.Repeat("end ", n),
		"locals":    strings.Repeat("local ", n),
		"commas":    strings.Repeat("a,", n),
		"holes":     "f(" + strings.Repeat("%s ", n) + ")",
		"dollars":   "f(" + strings.Repeat("${", n) + ")",
		"quotes":    strings.Repeat("\"", n),
		"long":      strings.Repeat("[=[", n),
		"closing":   "[==[" + strings.Repeat("]=", n),
		"escapes":   "x = \"" + strings.Repeat("\\u{", n) + "\"",
		"empty":     "",
		"shebang":   "#!lua name=mylib",
		"bom":       "\xef\xbb\xbf#!lua\nf(1)",
		"nul":       "x = \x00 f(1)",
		"format":    "x = string.format(\"" + strings.Repeat("%-", n) + "\", 1)",
		"returns":   strings.Repeat("return ", n),
		"goto":      "goto goto goto :: :: :: goto",
		"for":       "for for in for = for do for in do",
		"text call": "f \"a\" 'b' [[c]] {} .x :y",
	} {
		t.Run(name, func(t *testing.T) { check(t, []byte(src)) })
	}
}

func TestRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pieces := strings.SplitAfter(sample(t), " ")
	for range 200 {
		var src strings.Builder
		for range 60 {
			src.WriteString(pieces[r.IntN(len(pieces))])
			if r.IntN(5) == 0 {
				src.WriteByte(byte(r.IntN(256)))
			}
		}
		check(t, []byte(src.String()))
	}
}

func TestTruncated(t *testing.T) {
	src := sample(t)
	step := 1
	if testing.Short() {
		step = 17
	}
	for i := 0; i < len(src); i += step {
		check(t, []byte(src[:i]))
	}
}

func TestLimits(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := New().Extract(ctx, "a.lua", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

func FuzzExtract(f *testing.F) {
	src, err := os.ReadFile("testdata/scripts.lua")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(src)
	for _, part := range strings.SplitAfter(string(src), "\n\n") {
		f.Add([]byte(part))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) < 1<<16 {
			check(t, src)
		}
	})
}

func sample(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile("testdata/scripts.lua")
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// check extracts src and looks at every range and index of the result.
func check(t *testing.T, src []byte) {
	t.Helper()
	f, err := New().Extract(context.Background(), "a.lua", src)
	if err != nil {
		t.Fatal(err)
	}
	c := checker{t: t, f: f, size: int32(len(src)), seen: make(map[*languages.Expr]bool)}
	c.file()
}

type checker struct {
	t    *testing.T
	f    *languages.File
	size int32
	seen map[*languages.Expr]bool
}

func (c *checker) file() {
	f := c.f
	for i, t := range f.Types {
		c.span("type", t.Range)
		c.index("function of type", t.Function, len(f.Functions), false)
		c.index("outer type", t.Outer, len(f.Types), true)
		for _, m := range t.Methods {
			c.index("method", m, len(f.Functions), false)
			if f.Functions[m].Owner != i {
				c.t.Errorf("method %d of type %d has owner %d", m, i, f.Functions[m].Owner)
			}
		}
		for _, field := range t.Fields {
			c.span("field", field.Range)
			c.expr(field.Value)
		}
	}
	calls := make(map[*languages.Expr]bool)
	for i, fn := range f.Functions {
		c.span("function", fn.Range)
		c.index("parent", fn.Parent, max(i, 0), true)
		c.index("owner", fn.Owner, len(f.Types), true)
		for _, b := range fn.Bindings {
			c.span("binding", b.Range)
			c.expr(b.Target)
			c.expr(b.Value)
		}
		for _, call := range fn.Calls {
			if calls[call] || call.Kind != languages.Call {
				c.t.Errorf("call twice, or none: %v", call.Range)
			}
			calls[call] = true
		}
		for _, list := range [][]*languages.Expr{fn.Calls, fn.Records, fn.Returns, fn.Annotations} {
			for _, e := range list {
				c.expr(e)
			}
		}
	}
	for e := range c.seen {
		if e.Kind == languages.Call && !calls[e] {
			c.t.Errorf("call at %v is in no function", e.Range)
		}
	}
	for _, i := range f.Imports {
		c.span("import", i.Range)
	}
	for _, r := range f.Damage {
		c.span("damage", r)
	}
}

func (c *checker) expr(e *languages.Expr) {
	if e == nil || c.seen[e] {
		return
	}
	c.seen[e] = true
	c.span("expression", e.Range)
	c.span("name", e.At)
	if e.Kind == languages.Lambda {
		c.index("lambda", int(e.Declared), len(c.f.Functions), false)
	}
	c.expr(e.Base)
	for _, item := range e.Items() {
		if item.Value == nil {
			c.t.Errorf("item without value at %v", item.Range)
		}
		c.span("item", item.Range)
		c.expr(item.Key)
		c.expr(item.Value)
	}
}

func (c *checker) span(what string, r languages.Range) {
	if r.Start < 0 || r.Start > r.End || r.End > c.size {
		c.t.Errorf("%s: range %v in a file of %d bytes", what, r, c.size)
	}
}

func (c *checker) index(what string, i, n int, none bool) {
	if i >= n || i < 0 && (!none || i != -1) {
		c.t.Errorf("%s: index %d of %d", what, i, n)
	}
}
