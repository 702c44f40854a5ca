package golang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPackageOf(t *testing.T) {
	for src, want := range map[string]string{
		"package store\n": "store",
		"// Package store stores.\n\npackage store // here\n": "store",
		"/*\npackage old\n*/ package new; var x int":          "new",
		"//go:build ignore\n\npackage main":                   "main",
		"\xef\xbb\xbfpackage bom\n":                           "bom",
		"packages\n":                                          "",
		"/* package x":                                        "",
		"":                                                    "",
	} {
		if got := packageOf([]byte(src)); got != want {
			t.Errorf("packageOf(%q) = %q, want %q", src, got, want)
		}
	}
}

// TestDeclared checks what a source declares, as far as its lines tell.
func TestDeclared(t *testing.T) {
	const src = `package a

import "strings"

const Single = 1

const (
	First = iota // Comment
	Second
	third, fourth = 1, 2

	list = strings.Join([]string{
		"x",
	}, "")
	behind = 1
)

var a, b = f()
var ( one = 1; two = 2 )

type Store struct {
	field int
}

type (
	Key[K any] string
	Pair = struct{ left int }
)

func New() *Store {
	local := 1
	run(local)
	return nil
}

func (s *Store) Get(key string) {}
func (Store) Put() {}
func (s *(Store)) Del() {}
func (k *Key[K]) Len() int { return len(k) }
func Map[K, V any](m map[K]V) {}
`
	want := []string{
		"Single", "First", "Second", "third", "fourth", "list", "behind", "a", "b", "one", "two", "Store",
		"Key", "Pair", "New", "Store.Get", "Store.Put", "Store.Del", "Key.Len", "Map",
	}
	if diff := cmp.Diff(want, all(src)); diff != "" {
		t.Errorf("declared (-want +got):\n%s", diff)
	}
}

func all(src string) []string {
	var names []string
	for name := range declared([]byte(src)) {
		names = append(names, string(name))
	}
	return names
}

// TestDeclaredLeavesOutNone compares with the parser, on the sources of this module.
func TestDeclaredLeavesOutNone(t *testing.T) {
	count := 0
	err := filepath.WalkDir("../..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() && path == "../../bench" { // what make bench fetches
			if err != nil {
				return err
			}
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if file, err := parser.ParseFile(token.NewFileSet(), path, src, parser.SkipObjectResolution); err == nil { // else broken on purpose
			count += compareDeclared(t, path, src, file)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count < 1000 {
		t.Errorf("compared %d names, which is few", count)
	}
}

// compareDeclared tells how many names it compared.
func compareDeclared(t *testing.T, path string, src []byte, file *ast.File) int {
	t.Helper()
	if got := packageOf(src); got != file.Name.Name {
		t.Errorf("%s: package %q", path, got)
	}
	given := make(map[string]bool)
	for _, name := range all(string(src)) {
		given[name] = true
	}
	names := topLevel(file)
	for _, name := range names {
		if !given[name] {
			t.Errorf("%s: %s is left out", path, name)
		}
	}
	return len(names)
}

// topLevel lists what a file declares, without blank names.
func topLevel(file *ast.File) (names []string) {
	add := func(prefix string, ids ...*ast.Ident) {
		for _, id := range ids {
			if id.Name != "_" {
				names = append(names, prefix+id.Name)
			}
		}
	}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil || len(decl.Recv.List) != 1 {
				add("", decl.Name)
			} else {
				add(receiver(decl.Recv.List[0].Type)+".", decl.Name)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					add("", spec.Name)
				case *ast.ValueSpec:
					add("", spec.Names...)
				}
			}
		}
	}
	return names
}

func receiver(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.StarExpr:
		return receiver(x.X)
	case *ast.ParenExpr:
		return receiver(x.X)
	case *ast.IndexExpr:
		return receiver(x.X)
	case *ast.IndexListExpr:
		return receiver(x.X)
	case *ast.Ident:
		return x.Name
	}
	return ""
}
