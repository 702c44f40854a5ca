package golang

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/keyvet/keyvet/languages"
)

func TestHostile(t *testing.T) {
	const n = 100_000
	for name, src := range map[string]string{
		"parens":      strings.Repeat("(", n),
		"brackets":    "package p\nvar x = " + strings.Repeat("[", n),
		"braces":      "package p\nfunc f() " + strings.Repeat("{", n),
		"literals":    "package p\nvar x = " + strings.Repeat("[]T{", n) + strings.Repeat("}", n),
		"calls":       "package p\nvar x = " + strings.Repeat("f(", n) + strings.Repeat(")", n),
		"chain":       "package p\nvar x = a" + strings.Repeat(".b()", n),
		"sum":         "package p\nvar x = \"a\"" + strings.Repeat("+\"b\"", n),
		"unary":       "package p\nvar x = " + strings.Repeat("&", n) + "a",
		"types":       "package p\nvar x " + strings.Repeat("[]", n) + "T",
		"maps":        "package p\nvar x " + strings.Repeat("map[", n),
		"else":        "package p\nfunc f() {" + strings.Repeat("if a {} else ", n) + "{}}",
		"lambdas":     "package p\nvar x = " + strings.Repeat("func() {", n),
		"imports":     strings.Repeat("import (", n),
		"quotes":      strings.Repeat("\"", n),
		"escapes":     "package p\nvar x = \"" + strings.Repeat("\\u", n) + "\"",
		"self":        "package p\ntype T T\nvar x = T{{1}}\ntype A B\ntype B A\nvar y = A{B{}}",
		"empty":       "",
		"bom":         "\xef\xbb\xbfpackage p\nvar x = f(1)",
		"nul":         "package p\x00\nvar x = f(1)",
		"sprintf":     "package p\nimport \"fmt\"\nvar x = fmt.Sprintf(\"" + strings.Repeat("%[", n) + "\")",
		"bad UTF-8":   "package p\nvar x = \"\xff\xfe\" + f(\"\xff\")",
		"bad percent": "package p\nimport \"fmt\"\nvar x = fmt.Sprintf(\"%\xff %[0]d %[99999999999]d %*.*f%\", 1)",
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
	if _, err := New().Extract(ctx, "a.go", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	ctx, cancel = context.WithTimeout(context.Background(), time.Microsecond)
	defer cancel()
	src := []byte("package p\n" + strings.Repeat("var x = f(g(1), 2)\n", 100_000))
	_, err := New().Extract(ctx, "a.go", src)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("deadline: %v", err)
	}
}

func FuzzExtract(f *testing.F) {
	src, err := os.ReadFile("testdata/store.go")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(src)
	for _, part := range strings.SplitAfter(string(src), "\n\n") {
		f.Add([]byte("package p\n" + part))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) < 1<<16 {
			check(t, src)
		}
	})
}

func sample(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile("testdata/store.go")
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// check extracts src and looks at every range and index of the result.
func check(t *testing.T, src []byte) {
	t.Helper()
	f, err := New().Extract(context.Background(), "a.go", src)
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
