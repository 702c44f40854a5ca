package treesitter

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// grammars are all of them: a new one goes here, and gets an entry in samples.
func grammars() []*Grammar {
	return []*Grammar{Python(), JavaScript(), TypeScript(), TSX(), Java()}
}

// samples has one small program by grammar, each with a call and a comment.
var samples = map[string]string{
	"python":     "import a\ndef f(x: int = 1):\n    # c\n    return x.do(\"s\", k=2)\n",
	"javascript": "import a from 'b';\n// c\nasync function f() { await x.do(\"s\", `t${1}`); }\n",
	"typescript": "const x = <any>y; // c\nexport class C { private f(a?: string) { return this.g!(a) } }\n",
	"tsx":        "// c\nconst e = <A b={x.do(\"s\")}>t</A>;\n",
	"java":       "class A { /* c */ void f() { x.<String>run(\"s\", 1); } }\n",
}

// outline writes the named nodes with their fields, one a line, indented.
func outline(n Node) string {
	var b strings.Builder
	depth := map[Node]int{n: 0}
	for c := range n.Descendants() {
		depth[c] = depth[c.Parent()] + 1
		if !c.IsNamed() {
			continue
		}
		b.WriteString(strings.Repeat(" ", depth[c]-1))
		if c.Field() != "" {
			b.WriteString(c.Field() + ": ")
		}
		fmt.Fprintf(&b, "%s %q\n", c.Kind(), c.Text())
	}
	return b.String()
}

func parse(t testing.TB, g *Grammar, src string) *Tree {
	t.Helper()
	tree, err := g.Parse([]byte(src), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// find returns the first node of the given kind.
func find(t testing.TB, tree *Tree, kind string) Node {
	t.Helper()
	for n := range tree.Root().Descendants() {
		if n.Kind() == kind {
			return n
		}
	}
	t.Fatalf("no %s in %q", kind, tree.Source)
	return Node{}
}

func TestCalls(t *testing.T) {
	tests := []struct {
		grammar        *Grammar
		kind           string
		callee, args   string // fields
		wantCallee     string
		wantFirst      string
		wantFirstStart int
	}{
		{Python(), "call", "function", "arguments", "x.do", `string "s"`, 52},
		{JavaScript(), "call_expression", "function", "arguments", "x.do", `string "s"`, 56},
		{TypeScript(), "call_expression", "function", "arguments", "this.g!", "identifier a", 79},
		{TSX(), "call_expression", "function", "arguments", "x.do", `string "s"`, 26},
		{Java(), "method_invocation", "name", "arguments", "run", `string_literal "s"`, 43},
	}
	for _, tt := range tests {
		t.Run(tt.grammar.Name(), func(t *testing.T) {
			tree := parse(t, tt.grammar, samples[tt.grammar.Name()])
			call := find(t, tree, tt.kind)
			if got := call.Child(tt.callee).Text(); got != tt.wantCallee {
				t.Errorf("callee is %q, want %q in\n%s", got, tt.wantCallee, outline(call))
			}
			first := call.Child(tt.args).NamedChild(0)
			if got := first.Kind() + " " + first.Text(); got != tt.wantFirst {
				t.Errorf("first argument is %s, want %s in\n%s", got, tt.wantFirst, outline(call))
			}
			if first.Start() != tt.wantFirstStart {
				t.Errorf("first argument starts at %d, want %d", first.Start(), tt.wantFirstStart)
			}
			if tree.Root().HasError() || tree.Errors() != nil {
				t.Errorf("errors in a good program: %v", tree.Errors())
			}
		})
	}
}

func TestOutline(t *testing.T) {
	const want = `import_statement "import a"
 name: dotted_name "a"
  identifier "a"
function_definition "def f(x: int = 1):\n    # c\n    return x.do(\"s\", k=2)"
 name: identifier "f"
 parameters: parameters "(x: int = 1)"
  typed_default_parameter "x: int = 1"
   name: identifier "x"
   type: type "int"
    identifier "int"
   value: integer "1"
 comment "# c"
 body: block "return x.do(\"s\", k=2)"
  return_statement "return x.do(\"s\", k=2)"
   call "x.do(\"s\", k=2)"
    function: attribute "x.do"
     object: identifier "x"
     attribute: identifier "do"
    arguments: argument_list "(\"s\", k=2)"
     string "\"s\""
      string_start "\""
      string_content "s"
      string_end "\""
     keyword_argument "k=2"
      name: identifier "k"
      value: integer "2"
`
	if diff := cmp.Diff(want, outline(parse(t, Python(), samples["python"]).Root())); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestNoTraces parses within a limit that a hostile source exceeds. The next
// parse has to start anew (the runtime would go on with the hostile one).
func TestNoTraces(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	hostile := make([]byte, 1<<20)
	for i := range hostile {
		hostile[i] = byte(r.Uint32())
	}
	for _, g := range grammars() {
		t.Run(g.Name(), func(t *testing.T) {
			want := outline(parse(t, g, samples[g.Name()]).Root())
			for range 3 {
				start := time.Now()
				_, err := g.Parse(hostile, 5*time.Millisecond)
				if !errors.Is(err, ErrTimeLimit) {
					t.Fatalf("error is %v, want a time limit", err)
				}
				if took := time.Since(start); took > 20*time.Second {
					t.Errorf("a limit of 5ms took %v", took)
				}
				tree := parse(t, g, samples[g.Name()])
				if diff := cmp.Diff(want, outline(tree.Root())); diff != "" {
					t.Errorf("-before +after\n%s", diff)
				}
			}
		})
	}
}

func TestLimits(t *testing.T) {
	src := []byte(samples["python"])
	for _, dump := range []dumper{Python().dump, Python().dumpPortable} {
		count := len(parse(t, Python(), samples["python"]).nodes)
		fits := limits{bytes: len(src), nodes: count}
		if _, err := Python().parse(src, fits, dump); err != nil {
			t.Errorf("source that just fits: %v", err)
		}
		for want, l := range map[error]limits{
			ErrTooLarge:  {bytes: len(src) - 1, nodes: count},
			ErrTimeLimit: {bytes: len(src), nodes: count, time: -1},
		} {
			if _, err := Python().parse(src, l, dump); !errors.Is(err, want) {
				t.Errorf("error is %v, want %v", err, want)
			}
		}
		_, err := Python().parse(src, limits{bytes: len(src), nodes: count - 1}, dump)
		if !errors.Is(err, ErrTooLarge) {
			t.Errorf("error is %v, want too large", err)
		}
	}
	if got := (limits{time: 1}).micros(); got != 1 {
		t.Errorf("a nanosecond is %d microseconds, want 1: zero is no limit", got)
	}
}

// TestDeep has nesting that no recursion would survive.
func TestDeep(t *testing.T) {
	const depth = 100_000
	nested := func(before, open, close, after string) string {
		return before + strings.Repeat(open, depth) + strings.Repeat(close, depth) + after
	}
	sources := map[string]string{
		"python":     nested("x = ", "[", "]", "\n"),
		"javascript": nested("x = ", "[", "]", ";\n"),
		"typescript": nested("x = ", "f(", ")", ";\n"),
		"tsx":        nested("x = ", "<a>", "</a>", ";\n"),
		"java":       nested("class A { int x = ", "f(", ")", "; }\n"),
	}
	for _, g := range grammars() {
		t.Run(g.Name(), func(t *testing.T) {
			src := sources[g.Name()]
			tree := parse(t, g, src)
			levels, depths := 0, make(map[Node]int)
			for n := range tree.Root().Descendants() {
				depths[n] = depths[n.Parent()] + 1
				levels = max(levels, depths[n])
			}
			if levels < depth || tree.Errors() != nil {
				t.Errorf("%d levels and errors %v", levels, tree.Errors())
			}
		})
	}
}

// TestDeepAndBroken has half a million brackets that nothing closes. A grammar
// may need more time for them than it gets, but nothing worse.
func TestDeepAndBroken(t *testing.T) {
	const depth = 500_000
	for _, g := range grammars() {
		for _, src := range []string{
			strings.Repeat("[", depth),
			strings.Repeat("f(", depth),
			strings.Repeat("(", depth) + "1" + strings.Repeat(")", depth), // see keyvet_dump
		} {
			_, err := g.Parse([]byte(src), time.Second)
			if err != nil && !errors.Is(err, ErrTimeLimit) {
				t.Errorf("%s: %.3s: %v", g.Name(), src, err)
			}
		}
	}
}

func TestConcurrent(t *testing.T) {
	want := map[string]string{}
	for _, g := range grammars() {
		want[g.Name()] = outline(parse(t, g, samples[g.Name()]).Root())
	}
	shared := parse(t, Python(), samples["python"])
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for range 30 {
				for _, g := range grammars() {
					if got := outline(parse(t, g, samples[g.Name()]).Root()); got != want[g.Name()] {
						t.Errorf("%s: another tree than alone:\n%s", g.Name(), got)
					}
				}
				_ = outline(shared.Root())
			}
		})
	}
	wg.Wait()
}
