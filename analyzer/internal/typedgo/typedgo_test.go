package typedgo_test

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"slices"
	"testing"

	"github.com/keyvet/keyvet/analyzer/internal/typedgo"
	"github.com/keyvet/keyvet/rules"
)

// A unit is a package of a test: a path and its files, by name.
type unit struct {
	path  string
	files map[string]string
}

// nobody is an importer that finds nothing.
type nobody struct{}

func (nobody) Import(string) (*types.Package, error) { return nil, errors.New("not here") }

// check parses and type-checks a unit as well as it goes, and looks at it.
func check(t *testing.T, imports types.Importer, u unit, dependencies ...[]byte) (typedgo.Result, *types.Package) {
	t.Helper()
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	sources := make(map[string][]byte)
	for _, name := range slices.Sorted(maps.Keys(u.files)) {
		full := path.Join("/src", u.path, name)
		sources[full] = []byte(u.files[name])
		file, err := parser.ParseFile(fset, full, u.files[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Instances: make(map[*ast.Ident]types.Instance),
		Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Implicits: make(map[ast.Node]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection),
		Scopes: make(map[ast.Node]*types.Scope),
	}
	config := types.Config{Importer: imports, Error: func(error) {}}
	pkg, _ := config.Check(u.path, fset, files, info) // as much as it can
	r, err := typedgo.New(set, nil).Check(context.Background(), typedgo.Package{
		Fset: fset, Files: files, Types: pkg, Info: info, Dependencies: dependencies,
		Source: func(path string) []byte { return sources[path] },
	})
	if err != nil {
		t.Fatal(err)
	}
	return r, pkg
}

func TestWithoutTypes(t *testing.T) {
	r, _ := check(t, nobody{}, unit{"example.com/shop", map[string]string{"shop.go": `package shop

import "github.com/redis/go-redis/v9"

func find(rdb *redis.Client) {
	rdb.FTSearch(ctx, "idx", "*")
}
`}})
	if len(r.Uses) != 1 || r.Uses[0].Command != "FT.SEARCH" || r.Uses[0].Path != "/src/example.com/shop/shop.go" ||
		r.Uses[0].Range.Start.Line != 6 || len(r.Findings) != 1 || len(r.Notes) > 0 {
		t.Errorf("got %+v", r)
	}
}

// TestOtherSource gives another source than what was parsed.
func TestOtherSource(t *testing.T) {
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "a.go", "package a\n", parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	r, err := typedgo.New(set, nil).Check(context.Background(), typedgo.Package{
		Fset: fset, Files: []*ast.File{file}, Source: func(string) []byte { return nil },
	})
	if err != nil || len(r.Notes) != 1 {
		t.Errorf("got %+v, %v", r, err)
	}
}
