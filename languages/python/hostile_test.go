package python

import (
	"bytes"
	"context"
	"errors"
	"math/rand"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

// check tests what holds for the facts of any source.
func check(t *testing.T, src []byte, f *languages.File) {
	t.Helper()
	c := checker{t: t, size: int32(len(src)), file: f, seen: map[*languages.Expr]bool{}, calls: map[*languages.Expr]bool{}}
	for i, fn := range f.Functions {
		c.index(fn.Parent, -1, i)
		c.index(fn.Owner, -1, len(f.Types))
		c.span(fn.Range)
		c.exprs(fn.Annotations)
		for _, p := range fn.Params {
			c.span(p.Range)
			c.expr(p.Default)
			c.exprs(p.Annotations)
		}
		for _, b := range fn.Bindings {
			c.span(b.Range)
			c.expr(b.Target)
			c.expr(b.Value)
		}
		for _, call := range fn.Calls {
			if c.calls[call] {
				t.Errorf("call at %v is listed twice", call.Range)
			}
			c.calls[call] = true
		}
		c.exprs(fn.Calls)
		c.exprs(fn.Records)
		c.exprs(fn.Returns)
	}
	for i, ty := range f.Types {
		c.index(ty.Function, 0, len(f.Functions))
		c.index(ty.Outer, -1, i)
		c.span(ty.Range)
		c.exprs(ty.Annotations)
		for _, m := range ty.Methods {
			c.index(m, 1, len(f.Functions))
		}
		for _, field := range ty.Fields {
			c.span(field.Range)
			c.expr(field.Value)
		}
	}
	for _, i := range f.Imports {
		c.index(i.Function, 0, len(f.Functions))
		c.span(i.Range)
	}
	for _, d := range f.Damage {
		c.span(d)
	}
	for _, cm := range f.Comments {
		c.span(cm.Range)
	}
	c.exprs(f.Texts)
}

type checker struct {
	t     *testing.T
	size  int32
	file  *languages.File
	seen  map[*languages.Expr]bool
	calls map[*languages.Expr]bool
}

func (c *checker) index(i, least, limit int) {
	c.t.Helper()
	if i < least || i >= limit {
		c.t.Fatalf("index %d is not in [%d, %d)", i, least, limit)
	}
}

func (c *checker) span(r languages.Range) {
	c.t.Helper()
	if r.Start < 0 || r.Start > r.End || r.End > c.size {
		c.t.Fatalf("range %v is not in a file of %d bytes", r, c.size)
	}
}

func (c *checker) exprs(list []*languages.Expr) {
	c.t.Helper()
	for _, e := range list {
		c.expr(e)
	}
}

func (c *checker) expr(e *languages.Expr) {
	if e == nil || c.seen[e] {
		return
	}
	c.t.Helper()
	c.seen[e] = true
	c.span(e.Range)
	c.span(e.At)
	if e.Kind == languages.Lambda {
		c.index(int(e.Declared), 1, len(c.file.Functions))
	}
	switch e.Kind {
	case languages.Member, languages.Index, languages.Call, languages.Each, languages.Result, languages.Cast:
		if e.Base == nil {
			c.t.Fatalf("expression of kind %d at %v has no base", e.Kind, e.Range)
		}
	}
	c.expr(e.Base)
	for _, i := range e.Items() {
		c.span(i.Range)
		if i.Value == nil {
			c.t.Fatalf("item without value at %v", i.Range)
		}
		c.expr(i.Key)
		c.expr(i.Value)
	}
}

func checkSource(t *testing.T, src []byte) *languages.File {
	t.Helper()
	f, err := New().Extract(context.Background(), "a.py", src)
	if errors.Is(err, treesitter.ErrTimeLimit) || errors.Is(err, errUTF16) {
		return nil // allowed: no facts, and said so
	}
	if err != nil {
		t.Fatal(err)
	}
	check(t, src, f)
	return f
}

func TestNesting(t *testing.T) {
	const n = 10_000
	for _, part := range []string{
		"[", "(", "{", "f(", "a.b(", "-", "not ", "{1:", "lambda:", "x[", "await ", "a if b else ", "a or ", "a + ", "a | ",
		"'a' + ", "[a for a in ", "f'{", "(x := ", "*", "x = ", "class A(", "if a:\n ", "@a\n", "type(", "a and ", "a - ", "'%s' % (",
	} {
		checkSource(t, []byte("v = "+strings.Repeat(part, n)))
	}
	checkSource(t, []byte("v = "+strings.Repeat("[", 10*n)))
	checkSource(t, []byte("v = "+strings.Repeat("[", 10*n)+strings.Repeat("]", 10*n)))
	checkSource(t, []byte("v = a"+strings.Repeat(".b()", 10*n)))
	checkSource(t, []byte("v = a"+strings.Repeat("[0]", n)))
	checkSource(t, []byte(strings.Repeat("'{0}{0}'.format(", n)+"'a'"+strings.Repeat(")", n)))
	checkSource(t, []byte(strings.Repeat("'%(a)s%(a)s' % {'a': ", 500)+"'a'"+strings.Repeat("}", 500)))
	checkSource(t, []byte("def f(a: "+strings.Repeat("list[", n)+"): pass"))
	checkSource(t, []byte("def f(a: '"+strings.Repeat("list[", 700)+"'): pass"))
}

// TestChain makes sure that long chains, which generated code has, are whole.
func TestChain(t *testing.T) {
	src := "v = 'a'" + strings.Repeat(" + 'a'", 20_000) + "\n"
	if v := extract(t, src).Functions[0].Bindings[0].Value; len(v.Text) != 20_001 {
		t.Errorf("text of %d bytes, want 20001", len(v.Text))
	}
}

func TestTruncated(t *testing.T) {
	src, err := os.ReadFile("testdata/clients.py")
	if err != nil {
		t.Fatal(err)
	}
	src = src[bytes.Index(src, []byte("def run(")):]
	for i := range src {
		checkSource(t, src[:i])
	}
}

func TestRandomBytes(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	words := strings.Fields(`def class lambda yield return with as for in if else [ ] ( ) { } : , . = + % * ** "a" f"{ } ' \ # @ await async := type import from x y 1 and or not | : -> global`)
	for range 300 {
		junk := make([]byte, r.Intn(2000))
		r.Read(junk)
		checkSource(t, junk)
		var b bytes.Buffer
		for range r.Intn(300) {
			b.WriteString(words[r.Intn(len(words))])
			b.WriteString([]string{" ", "", "\n", "\n  "}[r.Intn(4)])
		}
		checkSource(t, b.Bytes())
	}
}

func TestNoFacts(t *testing.T) {
	if _, err := New().Extract(context.Background(), "a.py", []byte("\xff\xfea\x00")); !errors.Is(err, errUTF16) {
		t.Errorf("UTF-16: %v", err)
	}
	ctx, cancel := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	if _, err := New().Extract(ctx, "a.py", []byte("a = 1")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("after the deadline: %v", err)
	}
	large := bytes.Repeat([]byte("a = f(1)\n"), 2_000_000)
	ctx, cancel = context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	_, err := New().Extract(ctx, "a.py", large)
	early := errors.Is(err, context.DeadlineExceeded) // on a busy machine
	if !early && !errors.Is(err, treesitter.ErrTimeLimit) || !strings.Contains(err.Error(), "a.py") {
		t.Errorf("large file: %v", err)
	}
}

func FuzzExtract(f *testing.F) {
	src, err := os.ReadFile("testdata/clients.py")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(src)
	for _, s := range []string{
		"", "\xef\xbb\xbfr.get('a')", "f'{a!r:>{b()}}' % (c,)", "class A(E):\n x = 1\n x.append(f())",
		"type(x).a = f(*b.c(), **d)", "'{a}{{}'.format(a=1)", "print \"a\" % x\nexec 'b'", "def f(a: 'X[Y | \"Z\"]'=g()): yield from h()",
		"with closing(a()) as (b, *c): pass", "for a, b in {1: 2}.items(): pass", "match x:\n case A(b=1) if c(): pass",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) { checkSource(t, src) })
}
