package javascript

import (
	"context"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/keyvet/keyvet/languages"
)

// TestNesting: depth costs neither the stack nor more than linear time.
func TestNesting(t *testing.T) {
	const n, deep = 20_000, 100_000
	repeat := strings.Repeat
	tests := map[string]string{
		"brackets":    repeat("[", deep),
		"pairs":       repeat("[", deep) + repeat("]", deep),
		"parentheses": repeat("(", deep) + "f()" + repeat(")", deep),
		"braces":      repeat("{", deep),
		"records":     repeat("{a:", n) + "1" + repeat("}", n),
		"methods":     "x=" + repeat("{a(){this.b=", n/10) + "1" + repeat("}}", n/10),
		"calls":       repeat("f(", deep) + repeat(")", deep),
		"chain":       "x" + repeat(".a()", n),
		"sum":         "x = a" + repeat(" + 'b('", n),
		"choices":     "x = a" + repeat(" || b()", n),
		"ternaries":   "x = " + repeat("a ? b : ", n) + "c",
		"else":        repeat("if (a) b(); else ", n) + "c()",
		"arrows":      "x = " + repeat("a => ", n) + "b()",
		"templates":   repeat("`${", n) + repeat("}`", n),
		"elements":    repeat("<a>", n),
		"patterns":    "const " + repeat("[", n) + "a" + repeat("]", n) + " = b",
		"assignments": repeat("a = ", n) + "b",
		"unions":      "type A = B" + repeat(" | C", n),
		"generics":    "let a: " + repeat("B<", n) + "C" + repeat(">", n),
		"objects":     "let a: " + repeat("{b: ", n) + "C" + repeat("}", n),
		"classes":     repeat("class A { b = ", n) + "1" + repeat("}", n),
		"decorators":  repeat("@a() ", n) + "class A {}",
		"prototypes":  "function A() {}" + repeat("A.prototype.b = function () {};", n/10),
		"escapes":     "x = '" + repeat(`\\u{`, n) + "'",
		"comments":    repeat("/* a:ignore */ ", n/100),
		"scripts":     repeat("<script>", n),
	}
	for name, src := range tests {
		for _, path := range []string{"a.js", "a.tsx"} {
			f, err := New().Extract(context.Background(), path, []byte(src))
			if err != nil {
				t.Logf("%s %s: %v", name, path, err) // the parser's limit
				continue
			}
			if err := check(f, len(src)); err != nil {
				t.Errorf("%s %s: %v", name, path, err)
			}
		}
	}
}

// TestDamage cuts real files short, one at every byte, and puts noise into them.
func TestDamage(t *testing.T) {
	paths, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewSource(1))
	for _, path := range paths {
		if filepath.Ext(path) == ".golden" {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		step := 11
		if filepath.Base(path) == "commonjs.js" {
			step = 1
		}
		for i := 0; i < len(src); i += step {
			noisy := append([]byte(nil), src...)
			for range 5 {
				noisy[random.Intn(len(noisy))] = byte(random.Intn(256))
			}
			for _, text := range [][]byte{src[:i], src[i:], noisy} {
				f, err := New().Extract(context.Background(), path, text)
				if err != nil {
					continue
				}
				if err := check(f, len(text)); err != nil {
					t.Fatalf("%s at %d: %v\n%q", path, i, err, text)
				}
			}
		}
	}
}

func FuzzExtract(f *testing.F) {
	paths, err := filepath.Glob("testdata/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		if info, err := os.Stat(path); err != nil || info.IsDir() || filepath.Ext(path) == ".golden" {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(filepath.Ext(path), src)
	}
	f.Fuzz(func(t *testing.T, ext string, src []byte) {
		file, err := New().Extract(context.Background(), "a"+ext, src)
		if err != nil {
			return
		}
		if err := check(file, len(src)); err != nil {
			t.Error(err)
		}
	})
}

// check verifies what must hold for the facts of any text whatsoever.
func check(f *languages.File, size int) error {
	c := &checker{f: f, size: int32(size), seen: make(map[*languages.Expr]bool)}
	calls := make(map[*languages.Expr]bool)
	for i, fn := range f.Functions {
		c.function(i, fn)
		for _, call := range fn.Calls {
			if call.Kind != languages.Call {
				c.fail("call of kind %d", call.Kind)
			}
			if calls[call] {
				c.fail("call at %v is listed twice", call.Range)
			}
			calls[call] = true
		}
	}
	for i, t := range f.Types {
		c.typ(i, t)
	}
	for _, e := range f.Exports {
		c.expr(e.Value)
	}
	for _, i := range f.Imports {
		c.inside(i.Range)
		c.functionIndex(i.Function)
	}
	for _, e := range f.Texts {
		c.expr(e)
	}
	for _, r := range f.Damage {
		c.inside(r)
	}
	for _, comment := range f.Comments {
		c.inside(comment.Range)
	}
	return errors.Join(c.errs...)
}

type checker struct {
	f    *languages.File
	size int32
	seen map[*languages.Expr]bool
	errs []error
}

func (c *checker) fail(format string, args ...any) {
	if len(c.errs) < 10 {
		c.errs = append(c.errs, fmt.Errorf(format, args...))
	}
}

func (c *checker) inside(r languages.Range) {
	if r.Start < 0 || r.End < r.Start || r.End > c.size {
		c.fail("range %v in a file of %d bytes", r, c.size)
	}
}

func (c *checker) functionIndex(i int) {
	if i < 0 || i >= len(c.f.Functions) {
		c.fail("function %d of %d", i, len(c.f.Functions))
	}
}

func (c *checker) function(i int, fn languages.Function) {
	c.inside(fn.Range)
	if fn.Parent >= i || fn.Parent < -1 || (fn.Parent < 0) != (i == 0) {
		c.fail("function %d has the parent %d", i, fn.Parent)
	}
	if fn.Owner < -1 || fn.Owner >= len(c.f.Types) {
		c.fail("function %d has the owner %d", i, fn.Owner)
	}
	c.exprs(fn.Annotations, fn.Calls, fn.Records, fn.Returns)
	for _, p := range fn.Params {
		c.inside(p.Range)
		c.exprs(p.Annotations)
		if p.Default != nil {
			c.expr(p.Default)
		}
	}
	for _, b := range fn.Bindings {
		c.inside(b.Range)
		c.expr(b.Target)
		if b.Value != nil {
			c.expr(b.Value)
		}
	}
}

func (c *checker) typ(i int, t languages.Type) {
	c.inside(t.Range)
	c.functionIndex(t.Function)
	c.exprs(t.Annotations)
	for _, m := range t.Methods {
		c.functionIndex(m)
		if c.f.Functions[m].Owner != i {
			c.fail("method %d of type %d has the owner %d", m, i, c.f.Functions[m].Owner)
		}
	}
	for _, field := range t.Fields {
		c.inside(field.Range)
		c.exprs(field.Annotations)
		if field.Value != nil {
			c.expr(field.Value)
		}
	}
}

func (c *checker) exprs(lists ...[]*languages.Expr) {
	for _, list := range lists {
		for _, e := range list {
			c.expr(e)
		}
	}
}

func (c *checker) expr(e *languages.Expr) {
	if e == nil {
		c.fail("nil expression")
		return
	}
	if c.seen[e] {
		return
	}
	c.seen[e] = true
	c.inside(e.Range)
	c.inside(e.At)
	switch e.Kind {
	case languages.Member, languages.Index, languages.Call, languages.Each, languages.Cast:
		c.expr(e.Base)
	case languages.Lambda:
		c.functionIndex(int(e.Declared))
	}
	for _, item := range e.Items() {
		c.inside(item.Range)
		c.expr(item.Value)
		if item.Key != nil {
			c.expr(item.Key)
		}
	}
}
