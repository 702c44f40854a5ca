package goanalysis_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/keyvet/keyvet/analyzer/goanalysis"
	"github.com/keyvet/keyvet/rules"
)

const (
	goMod = "module example.com/shop\n\ngo 1.26.0\n\nrequire github.com/redis/go-redis/v9 v9.23.0\n\n" +
		"replace github.com/redis/go-redis/v9 => ./go-redis\n"
	goRedis = `package redis

type Options struct{ Addr string }

type Client struct{}

func NewClient(*Options) *Client { return nil }

func (*Client) FTSearch(index, query string) *Client { return nil }
`
	find = `package shop

import "github.com/redis/go-redis/v9"

func find(c *redis.Client, q string) {
	c.FTSearch("idx", q)
}
`
)

// TestDiagnostics: what drivers are told of a finding.
func TestDiagnostics(t *testing.T) {
	got := analyze(t, goanalysis.Analyzer, map[string]string{"find.go": find})
	diff := cmp.Diff([]string{
		"find.go:6:2-22 search-command https://github.com/keyvet/keyvet/blob/main/docs/rules/search-command.md",
		"  FT.SEARCH: valkey-9.2 serves it only with valkey-search >= 1.0 [search-command]",
		"  find.go:3:8 imports github.com/redis/go-redis/v9",
		"  find.go:5:11 parameter c is a redis.Client",
	}, got)
	if diff != "" {
		t.Error(diff)
	}
}

// TestOwnRules: a checker may bring its own rules along. They have no page.
func TestOwnRules(t *testing.T) {
	a := goanalysis.New(goanalysis.Options{
		Target: "redis-8.4",
		Sources: []rules.Source{{Name: "own.yaml", Data: []byte(
			"- {id: no-search, title: search, severity: warning, commands: [FT.*], message: '{command} is to go'}\n")}},
	})
	got := analyze(t, a, map[string]string{"find.go": find})
	if len(got) < 2 || got[0] != "find.go:6:2-22 no-search https://github.com/keyvet/keyvet/blob/main/docs/rules/README.md" || got[1] != "  FT.SEARCH is to go [no-search]" {
		t.Errorf("%q", got)
	}
}

// TestErrors: go vet refuses what does not compile, others pass it on. What can be
// seen is said, and that this is not all.
func TestErrors(t *testing.T) {
	got := analyze(t, goanalysis.Analyzer, map[string]string{
		"find.go":   find,
		"broken.go": "package shop\n\nfunc open() { undefined.Call() }\n",
	})
	said := strings.Join(got, "\n")
	for _, want := range []string{
		"broken.go:3:15 incomplete https://github.com/keyvet/keyvet/blob/main/docs/go.md\n" +
			"  keyvet could not look at all of this package, for it has errors (undefined: undefined)",
		"find.go:6:2-22 search-command",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %s\nbut\n%s", want, said)
		}
	}
}

// TestNothing: packages without a client are none of our business, broken or not.
func TestNothing(t *testing.T) {
	if got := analyze(t, goanalysis.Analyzer, map[string]string{"a.go": "package shop\n\nvar a int = undefined // FT.SEARCH\n"}); got != nil {
		t.Errorf("%q", got)
	}
}

// analyze runs an analyzer on a module with some files, and words what it reports.
func analyze(t *testing.T, a *analysis.Analyzer, files map[string]string) (said []string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	files["go.mod"] = goMod
	files["go-redis/go.mod"], files["go-redis/redis.go"] = "module github.com/redis/go-redis/v9\n\ngo 1.26.0\n", goRedis
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: dir, Env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off"),
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, loaded, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, action := range graph.Roots {
		if action.Err != nil {
			t.Errorf("%s: %v", action, action.Err)
		}
		for _, d := range action.Diagnostics {
			at, end := action.Package.Fset.Position(d.Pos), action.Package.Fset.Position(d.End)
			place := fmt.Sprintf("%s:%d:%d", filepath.Base(at.Filename), at.Line, at.Column)
			if d.End.IsValid() {
				place += fmt.Sprintf("-%d", end.Column)
			}
			said = append(said, fmt.Sprintf("%s %s %s", place, d.Category, d.URL), "  "+d.Message)
			for _, r := range d.Related {
				at := action.Package.Fset.Position(r.Pos)
				said = append(said, fmt.Sprintf("  %s:%d:%d %s", filepath.Base(at.Filename), at.Line, at.Column, r.Message))
			}
		}
	}
	return said
}

// TestDocumented: docs/go.md names all flags, and no others.
func TestDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../docs/go.md")
	if err != nil {
		t.Fatal(err)
	}
	var have, named []string
	goanalysis.Analyzer.Flags.VisitAll(func(f *flag.Flag) { have = append(have, f.Name) })
	for _, m := range regexp.MustCompile(`-keyvet\.([a-z-]+)`).FindAllSubmatch(doc, -1) {
		named = append(named, string(m[1]))
	}
	slices.Sort(named)
	if diff := cmp.Diff(have, slices.Compact(named)); diff != "" {
		t.Error(diff)
	}
}
