package goanalysis

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWithEntry: the entry "Protocol: 2" comes into the literal, whatever form it
// has, and only the lines around it change.
func TestWithEntry(t *testing.T) {
	for _, test := range []struct{ name, before, after string }{
		{"empty", `var o = Options{}`, `var o = Options{Protocol: 2}`},
		{"empty, on two lines", "var o = Options{\n}", "var o = Options{\n\tProtocol: 2,\n}"},
		{"empty, with a comment", "var o = Options{\n\t// nothing yet\n}", "var o = Options{\n\tProtocol: 2,\n\t// nothing yet\n}"},
		{"one line", `var o = &Options{Addr: "a"}`, `var o = &Options{Addr: "a", Protocol: 2}`},
		{"one line in a call", `var c = New(&Options{Addr: "a"}, 1)`, `var c = New(&Options{Addr: "a", Protocol: 2}, 1)`},
		{"many lines", "var o = Options{\n\tAddr: \"a\",\n\tDB:   1,\n}", "var o = Options{\n\tAddr:     \"a\",\n\tDB:       1,\n\tProtocol: 2,\n}"},
		{
			"a comment behind the last entry", "var o = Options{\n\tAddr: \"a\", // here\n\tDB:   1,   // the second\n}",
			"var o = Options{\n\tAddr:     \"a\", // here\n\tDB:       1,   // the second\n\tProtocol: 2,\n}",
		},
		{
			"an entry that is commented out", "var o = Options{\n\tAddr: \"a\",\n\t// DB: 1,\n}",
			"var o = Options{\n\tAddr:     \"a\",\n\tProtocol: 2,\n\t// DB: 1,\n}",
		},
		{
			"groups keep their own columns", "var o = Options{\n\tAddr: \"a\",\n\n\tReadTimeout: 1,\n}",
			"var o = Options{\n\tAddr: \"a\",\n\n\tReadTimeout: 1,\n\tProtocol:    2,\n}",
		},
		{
			"the last entry has many lines", "var o = Options{\n\tAddr: \"a\",\n\tDial: func() {\n\t\treturn\n\t},\n}",
			"var o = Options{\n\tAddr: \"a\",\n\tDial: func() {\n\t\treturn\n\t},\n\tProtocol: 2,\n}",
		},
		{
			"two on a line", "var o = Options{\n\tAddr: \"a\", DB: 1,\n}",
			"var o = Options{\n\tAddr: \"a\", DB: 1,\n\tProtocol: 2,\n}",
		},
		{
			"closed on the line of the last entry", "var o = Options{Addr: \"a\",\n\tDB: 1}",
			"var o = Options{Addr: \"a\",\n\tDB: 1, Protocol: 2}",
		},
		{
			"a long comment behind the last entry", "var o = Options{\n\tAddr: \"a\", /* one\n\ttwo */\n}",
			"var o = Options{\n\tAddr: \"a\", Protocol: 2, /* one\n\ttwo */\n}",
		},
		{"not as gofmt has it", "var x  =  1\nvar o = Options{Addr: \"a\",}", "var x  =  1\nvar o = Options{Addr: \"a\", Protocol: 2,}"},
		{"line ends of Windows", "var o = Options{\r\n\tAddr: \"a\",\r\n}", "var o = Options{\r\n\tAddr: \"a\",\r\n\tProtocol: 2,\r\n}"},
	} {
		t.Run(test.name, func(t *testing.T) {
			head, tail := "package p\n\n", "\n\nvar later = 1\n"
			src := head + test.before + tail
			files := token.NewFileSet()
			syntax, err := parser.ParseFile(files, "p.go", src, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			file := files.File(syntax.Package)
			start, end, text, ok := withEntry(file, firstLiteral(syntax), []byte(src), "Protocol: 2")
			if !ok {
				t.Fatal("no edit")
			}
			got := src[:start] + string(text) + src[end:]
			if diff := cmp.Diff(head+test.after+tail, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if strings.Contains(src[start:end], "later") {
				t.Errorf("lines far away are part of the edit: %q", src[start:end])
			}
			if was, err := format.Source([]byte(src)); err == nil && string(was) == src {
				if is, err := format.Source([]byte(got)); err != nil || string(is) != got {
					t.Errorf("it is not as gofmt has it any more: %v", err)
				}
			}
		})
	}
}

func firstLiteral(file *ast.File) (found *ast.CompositeLit) {
	ast.Inspect(file, func(n ast.Node) bool {
		if l, ok := n.(*ast.CompositeLit); ok && found == nil {
			found = l
		}
		return found == nil
	})
	return found
}
