package treesitter

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const commented = "f(1, /* a */ 2, // b\n g)"

func kinds(seq func(func(Node) bool)) []string {
	var all []string
	for n := range seq {
		all = append(all, n.Kind())
	}
	return all
}

func TestChildren(t *testing.T) {
	args := find(t, parse(t, JavaScript(), commented), "arguments")
	want := []string{"(", "number", ",", "comment", "number", ",", "comment", "identifier", ")"}
	if got := kinds(args.Children()); !slices.Equal(got, want) {
		t.Errorf("children are %q, want %q", got, want)
	}
	var siblings []string
	for n := args.FirstChild(); n.Valid(); n = n.NextSibling() {
		siblings = append(siblings, n.Kind())
	}
	if !slices.Equal(siblings, want) {
		t.Errorf("siblings are %q, want %q", siblings, want)
	}
	want = []string{"number", "number", "identifier"}
	if got := kinds(args.NamedChildren()); !slices.Equal(got, want) {
		t.Errorf("named children are %q, want %q", got, want)
	}
	if got := args.NamedChildCount(); got != 3 {
		t.Errorf("count is %d, want 3", got)
	}
	if got := args.NamedChild(1).Text() + args.LastNamedChild().Text(); got != "2g" {
		t.Errorf("second and last are %q, want 2g", got)
	}
	if args.NamedChild(3).Valid() || args.NamedChild(-1).Valid() {
		t.Error("a child where there is none")
	}
}

func TestChildrenByField(t *testing.T) {
	imp := find(t, parse(t, Python(), "from a import b, c as d\n"), "import_from_statement")
	var names []string
	for n := range imp.ChildrenByField("name") {
		names = append(names, n.Text())
	}
	if want := []string{"b", "c as d"}; !slices.Equal(names, want) {
		t.Errorf("names are %q, want %q", names, want)
	}
	if imp.Child("module_name").Text() != "a" || imp.Child("nonesuch").Valid() || imp.Child("").Valid() {
		t.Errorf("wrong child by field in\n%s", outline(imp))
	}
}

func TestBreak(t *testing.T) {
	args := find(t, parse(t, JavaScript(), commented), "arguments")
	for _, seq := range []func(func(Node) bool){args.Children(), args.NamedChildren(), args.Descendants()} {
		seen := 0
		for range seq {
			seen++
			break
		}
		if seen != 1 {
			t.Errorf("%d turns after a break", seen)
		}
	}
}

func TestNoNode(t *testing.T) {
	var n Node
	if n.Valid() || n.Parent().Child("x").FirstChild().NextSibling().NamedChild(0).LastNamedChild().Valid() {
		t.Error("a node out of nothing")
	}
	if n.Kind() != "" || n.Field() != "" || n.Text() != "" || n.Bytes() != nil || n.Start() != 0 || n.End() != 0 {
		t.Error("no node has properties")
	}
	if n.IsNamed() || n.IsError() || n.IsMissing() || n.HasError() || n.IsExtra() || n.NamedChildCount() != 0 {
		t.Error("no node has flags or children")
	}
	for range n.Children() {
		t.Error("no node has children")
	}
	for range n.Descendants() {
		t.Error("no node has descendants")
	}
}

func TestEdges(t *testing.T) {
	for _, g := range grammars() {
		for _, src := range []string{"", " ", "\n\n", "\x00", "\xff", "\xef\xbb\xbf"} {
			root := parse(t, g, src).Root()
			if !root.Valid() || root.Parent().Valid() || root.NextSibling().Valid() {
				t.Errorf("%s: bad root for %q", g.Name(), src)
			}
		}
	}
	if tree, err := Python().Parse(nil, 0); err != nil || tree.Root().Kind() != "module" {
		t.Errorf("no source: %v", err)
	}
}

func TestErrors(t *testing.T) {
	tree := parse(t, Java(), "class A {\nvoid f() { g(1; }\nint x = = 1;\nvoid h() { k(1); }\n}\n")
	if !tree.Root().HasError() || len(tree.Errors()) != 2 {
		t.Errorf("errors are %v in\n%s", tree.Errors(), outline(tree.Root()))
	}
	for _, e := range tree.Errors() {
		if n := tree.At(e[0]); !n.HasError() && !n.Parent().HasError() {
			t.Errorf("no error at %v but %s", e, n.Kind())
		}
	}
	calls := 0
	for n := range tree.Root().Descendants() {
		if n.Kind() == "method_invocation" {
			calls++
		}
	}
	if calls != 2 {
		t.Errorf("%d calls survive, want 2 in\n%s", calls, outline(tree.Root()))
	}
}

func TestErrorsAreBounded(t *testing.T) {
	src := "class A {\n"
	for range 2 * maxErrors {
		src += "void f() { g(; }\n"
	}
	if got := len(parse(t, Java(), src).Errors()); got > maxErrors || got < maxErrors/2 {
		t.Errorf("%d errors, want about %d", got, maxErrors)
	}
}

// TestAt compares At with a search through all nodes.
func TestAt(t *testing.T) {
	for _, g := range grammars() {
		for _, src := range append(broken, samples[g.Name()]) {
			tree := parse(t, g, src)
			for offset := -1; offset <= len(src); offset++ {
				var want Node
				for i, n := range tree.nodes {
					if int(n.start) <= offset && offset < int(n.end) {
						want = Node{tree, int32(i)} // the last one is the smallest
					}
				}
				if got := tree.At(offset); got != want {
					t.Errorf("%s: At(%d) in %q is %q, want %q", g.Name(), offset, src, got.Text(), want.Text())
				}
			}
		}
	}
}

// TestFree: the memory of a tree that was freed serves others, and shows in none.
func TestFree(t *testing.T) {
	for _, g := range grammars() {
		want := outline(parse(t, g, samples[g.Name()]).Root())
		for range 3 {
			parse(t, g, strings.Repeat(samples[g.Name()], 20)).Free()
			tree := parse(t, g, samples[g.Name()])
			if diff := cmp.Diff(want, outline(tree.Root())); diff != "" {
				t.Errorf("%s: -before +after\n%s", g.Name(), diff)
			}
			tree.Free()
		}
	}
}
