package typedgo_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/packages"

	"github.com/keyvet/keyvet/analyzer/internal/typedgo"
	"github.com/keyvet/keyvet/rules"
)

var want = regexp.MustCompile(`// want ([^,]+?)$`)

// load type-checks the packages in testdata/shop, and gives them and all that they
// import, imports first.
func load(t *testing.T) []*packages.Package {
	t.Helper()
	loaded, err := packages.Load(&packages.Config{
		Dir: "testdata/shop", Env: append(os.Environ(), "GOWORK=off", "GOFLAGS="),
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps |
			packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedModule,
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	var all []*packages.Package
	packages.Visit(loaded, nil, func(p *packages.Package) {
		if p.Module != nil {
			all = append(all, p)
		}
		for _, err := range p.Errors {
			t.Error(err)
		}
	})
	return all
}

func shopRules(t *testing.T) *rules.Set {
	t.Helper()
	set, err := rules.Load(rules.Options{Dirs: []string{"testdata/acme.yaml"}})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// pass looks at one of the packages.
func pass(t *testing.T, d *typedgo.Detector, p *packages.Package, known [][]byte) typedgo.Result {
	t.Helper()
	r, err := d.Check(context.Background(), typedgo.Package{
		Fset: p.Fset, Files: p.Syntax, Types: p.Types, Info: p.TypesInfo, Dependencies: known,
		Source: func(path string) []byte {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Error(err)
			}
			return src
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Notes) > 0 {
		t.Errorf("%s: %q", p.PkgPath, r.Notes)
	}
	return r
}

// TestShop passes over packages that know of each other what the passes before
// exported, and nothing else.
func TestShop(t *testing.T) {
	d := typedgo.New(shopRules(t), nil)
	var known [][]byte
	for _, p := range load(t) {
		r := pass(t, d, p, known)
		if again := pass(t, d, p, known); !bytes.Equal(r.Exported, again.Exported) {
			t.Errorf("%s exports now this, now that", p.PkgPath)
		}
		t.Logf("%s exports %d bytes", p.PkgPath, len(r.Exported))
		if r.Exported != nil {
			known = append(known, r.Exported)
		}
		var found []string
		for _, f := range r.Findings {
			u := r.Uses[f.Use]
			what := u.Command
			if what == "" {
				what = f.Rule
			}
			if u.Certainty != "certain" {
				what += " " + string(u.Certainty)
			}
			found = append(found, fmt.Sprintf("%s:%d: %s", filepath.Base(u.Path), u.Range.Start.Line, what))
		}
		slices.Sort(found)
		if diff := cmp.Diff(wanted(t, p), found); diff != "" {
			t.Errorf("%s: findings differ (-want +got):\n%s", p.PkgPath, diff)
		}
	}
	if len(known) != 2 {
		t.Errorf("%d packages export something, want kv and middle alone", len(known))
	}
}

func wanted(t *testing.T, p *packages.Package) []string {
	t.Helper()
	var wanted []string
	for _, path := range p.CompiledGoFiles {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(src), "\n") {
			if m := want.FindStringSubmatch(line); m != nil {
				wanted = append(wanted, fmt.Sprintf("%s:%d: %s", filepath.Base(path), i+1, m[1]))
			}
		}
	}
	slices.Sort(wanted)
	return wanted
}

// TestSideBySide passes over packages at the same time.
func TestSideBySide(t *testing.T) {
	d := typedgo.New(shopRules(t), nil)
	all := load(t)
	var wait sync.WaitGroup
	for range 4 {
		for _, p := range all {
			wait.Go(func() {
				if r := pass(t, d, p, nil); p.Name == "app" && len(r.Findings) == 0 {
					t.Error("nothing found")
				}
			})
		}
	}
	wait.Wait()
}

// TestDamagedExports gives a pass what no pass has exported.
func TestDamagedExports(t *testing.T) {
	d := typedgo.New(shopRules(t), nil)
	var exported []byte
	var app *packages.Package
	for _, p := range load(t) {
		switch p.Name {
		case "kv":
			exported = pass(t, d, p, nil).Exported
		case "app":
			app = p
		}
	}
	for cut := 0; cut < len(exported); cut += 1 + len(exported)/40 {
		damaged := bytes.Clone(exported)
		damaged[cut] ^= 0x55
		for _, known := range [][]byte{exported[:cut], damaged} {
			r, err := d.Check(context.Background(), typedgo.Package{
				Fset: app.Fset, Files: app.Syntax, Types: app.Types, Info: app.TypesInfo, Dependencies: [][]byte{known},
				Source: func(path string) []byte { src, _ := os.ReadFile(path); return src },
			})
			if err != nil || len(r.Findings) == 0 || len(r.Notes) == 0 && bytes.Equal(known, exported[:cut]) {
				t.Errorf("cut or damaged at %d: %d findings, %q, %v", cut, len(r.Findings), r.Notes, err)
			}
		}
	}
}
