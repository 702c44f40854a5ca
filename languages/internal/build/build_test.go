package build

import (
	"strings"
	"testing"

	"github.com/keyvet/keyvet/languages"
)

func text(b *Builder, s string, start int) *languages.Expr {
	return b.Leaf(languages.Text, s, start, start+len(s))
}

func TestConcat(t *testing.T) {
	b := New("a", "test", make([]byte, 100))
	inner := b.Concat(5, 20, text(b, "b", 5), b.Leaf(languages.Name, "x", 7, 8), text(b, "c", 9))
	e := b.Concat(0, 30, text(b, "a", 0), inner, text(b, "", 21), text(b, "d", 22))
	if e.Kind != languages.Concat || len(e.Items()) != 3 || e.Range != Range(0, 30) {
		t.Fatalf("got %+v", e)
	}
	for i, want := range []string{"ab", "x", "cd"} {
		if got := e.Items()[i].Value.Text; got != want {
			t.Errorf("part %d is %q, want %q", i, got, want)
		}
	}
	if e := b.Concat(0, 9, text(b, "", 0), text(b, "", 1)); e.Kind != languages.Text || e.Text != "" {
		t.Errorf("nothing joined is %+v", e)
	}
	if e := b.Concat(0, 9, text(b, "a", 3)); e.Kind != languages.Text || e.Range != Range(0, 9) {
		t.Errorf("one text joined is %+v", e)
	}
}

// TestConcatBounds nests long texts deeply; without bounds it takes gigabytes.
func TestConcatBounds(t *testing.T) {
	b := New("a", "test", nil)
	e := text(b, strings.Repeat("x", 1<<20), 0)
	for range MaxDepth {
		e = b.Concat(0, 0, text(b, "a", 0), e)
	}
	e = b.Leaf(languages.Name, "x", 0, 0)
	for range MaxDepth {
		e = b.Concat(0, 0, text(b, "a", 0), b.Leaf(languages.Name, "x", 0, 0), e)
	}
}

// TestTexts lists a joined text once, and what is inside of its holes too.
func TestTexts(t *testing.T) {
	b := New("a", "test", make([]byte, 200))
	text(b, "call(1)", 0)
	hole := b.List(languages.Call, 60, 90, text(b, "another program()", 65))
	b.Concat(10, 100, text(b, "a program: ", 10), text(b, "call(", 30), hole, text(b, "call(2) to the end", 40))
	text(b, "no program, however long it is", 100)
	texts := b.Finish().Texts
	if len(texts) != 2 || texts[0].Kind != languages.Concat || texts[1].Text != "another program()" {
		t.Errorf("got %d texts: %+v", len(texts), texts)
	}
}

func TestItemsDoNotShareRoom(t *testing.T) {
	b := New("a", "test", nil)
	for n := range 700 {
		x, y := b.Items(n), b.Items(1)
		if cap(x) < n || len(x) != 0 {
			t.Fatalf("room for %d items is %d", n, cap(x))
		}
		y = append(y, languages.Item{Name: "y"})
		for range n + 1 {
			x = append(x, languages.Item{Name: "x"})
		}
		if y[0].Name != "y" {
			t.Fatal("two lists share their room")
		}
	}
}

func TestComments(t *testing.T) {
	const src = "\ufeff# a:ignore b\nx  /* a:ignore c */\n# no"
	b := New("a", "test", []byte(src))
	if !b.HasComments() {
		t.Fatal("no comments")
	}
	c := strings.Index(src, "/*")
	b.Comment(3, strings.Index(src, "\n"), "#", "")
	b.Comment(c, strings.Index(src, "*/")+2, "/*", "*/")
	b.Comment(len(src)-4, len(src), "#", "")
	got := b.Finish().Comments
	if len(got) != 2 || got[0].Text != "a:ignore b" || got[0].Trailing || got[1].Text != "a:ignore c" || !got[1].Trailing {
		t.Errorf("got %+v", got)
	}
}
