package treesitter

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	sitter "github.com/smacker/go-tree-sitter"
)

// broken are sources that are wrong in every grammar.
var broken = []string{
	"f(1, ", "a b ) c ] d } e", "if (x { y(", "<<<<<<< HEAD\nf('a')\n=======\ng(\"b\")\n>>>>>>> x\n",
	"\"open", "{% if a %} f(1) {% end %}", "\xff\x00\x80 x.y('z')", "x = [1, 2 \n\n y.z(3", "\xef\xbb\xbff(1)\r\n",
}

// TestNativeEqualsPortable compares the nodes that C writes with those that are
// read one by one through smacker's methods.
func TestNativeEqualsPortable(t *testing.T) {
	l := limits{bytes: maxBytes, nodes: maxNodes, time: time.Minute}
	for _, g := range grammars() {
		sources := append([]string{"", "\n"}, broken...)
		for _, sample := range samples { // of the other languages, too
			sources = append(sources, sample)
			for cut := range len(sample) {
				sources = append(sources, sample[:cut], sample[cut:])
			}
		}
		for _, src := range sources {
			native, err := g.dump([]byte(src), l)
			if err != nil {
				t.Fatal(err)
			}
			portable, err := g.dumpPortable([]byte(src), l)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(portable, native) {
				diff := cmp.Diff(portable, native, cmp.AllowUnexported(node{}))
				t.Fatalf("%s: %q: -portable +native\n%s", g.Name(), src, diff)
			}
			checkShape(t, g, src, native)
		}
	}
}

// checkShape tests what the methods of Tree and Node rely on.
func checkShape(t *testing.T, g *Grammar, src string, nodes []node) {
	t.Helper()
	for i, n := range nodes {
		parent := node{end: n.end, last: int32(len(nodes))}
		if i > 0 {
			parent = nodes[n.parent]
		}
		switch {
		case n.start > n.end, int(n.end) > len(src), n.start < parent.start, n.end > parent.end:
			t.Errorf("%s: %q: node %d covers %d to %d", g.Name(), src, i, n.start, n.end)
		case i > 0 && n.start < nodes[i-1].start:
			t.Errorf("%s: %q: node %d starts before the one before it", g.Name(), src, i)
		case int(n.last) <= i, n.last > parent.last, int(n.parent) >= i:
			t.Errorf("%s: %q: node %d has parent %d and last %d", g.Name(), src, i, n.parent, n.last)
		case n.flags&flagMissing != 0 && n.flags&flagHasError == 0:
			t.Errorf("%s: %q: node %d is missing and has no error", g.Name(), src, i)
		}
	}
}

// TestNames compares the tables with what smacker says about each node. Its
// FieldNameForChild is wrong in trees with errors, so fields are asked for.
func TestNames(t *testing.T) {
	for _, g := range grammars() {
		for _, src := range append(broken, samples[g.Name()]) {
			tree := parse(t, g, src)
			parser := sitter.NewParser()
			parser.SetLanguage(g.language)
			other, err := parser.ParseCtx(context.Background(), nil, []byte(src))
			if err != nil {
				t.Fatal(err)
			}
			var walk func(a Node, b *sitter.Node)
			walk = func(a Node, b *sitter.Node) {
				if a.Kind() != b.Type() || a.Start() != int(b.StartByte()) || a.End() != int(b.EndByte()) {
					t.Errorf("%s: %q: %s, want %s", g.Name(), src, a.Kind(), b.Type())
				}
				for _, field := range g.fields[1:] {
					got, want := a.Child(field), b.ChildByFieldName(field)
					if got.Valid() != (want != nil) || want != nil && got.Start() != int(want.StartByte()) {
						t.Errorf("%s: %q: %s of %s is %q", g.Name(), src, field, a.Kind(), got.Text())
					}
				}
				i := 0
				for c := range a.Children() {
					walk(c, b.Child(i))
					i++
				}
				if i != int(b.ChildCount()) {
					t.Errorf("%s: %q: %d children, want %d", g.Name(), src, i, b.ChildCount())
				}
			}
			walk(tree.Root(), other.RootNode())
			other.Close()
			parser.Close()
		}
	}
}

// megabyte is about 1 MB of Python.
func megabyte() []byte {
	var b strings.Builder
	b.WriteString("import logging\n")
	for i := 0; b.Len() < 1<<20; i++ {
		fmt.Fprintf(&b, `
class Server%[1]d(Base):
    """Does what its name says."""

    def read(self, key: str, limit: int = %[1]d) -> dict[str, int]:
        reply = self.client.execute_command("GET", key, %[1]d)
        if reply is None:
            raise KeyError(f"no {key}")
        out = {}
        for i, r in enumerate(reply):
            if i >= limit and self.options.strict:
                break
            out[r.name] = out.get(r.name, 0) + r.value * %[1]d
        return out
`, i)
	}
	return []byte(b.String())
}

func BenchmarkParse(b *testing.B) {
	src := megabyte()
	b.Run("smacker alone, tree not read", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		parser := sitter.NewParser()
		defer parser.Close()
		parser.SetLanguage(Python().language)
		for b.Loop() {
			tree, err := parser.ParseCtx(context.Background(), nil, src)
			if err != nil {
				b.Fatal(err)
			}
			tree.Close()
		}
	})
	for name, dump := range map[string]dumper{"native": Python().dump, "portable": Python().dumpPortable} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				tree, err := Python().parse(src, limits{bytes: maxBytes, nodes: maxNodes}, dump)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(tree.nodes)), "nodes")
			}
		})
	}
}

func BenchmarkDescendants(b *testing.B) {
	tree := parse(b, Python(), string(megabyte()))
	b.SetBytes(int64(len(tree.Source)))
	for b.Loop() {
		calls := 0
		for n := range tree.Root().Descendants() {
			if n.Kind() == "call" && n.Child("function").Kind() == "attribute" {
				calls++
			}
		}
		if calls == 0 {
			b.Fatal("no calls")
		}
	}
}
