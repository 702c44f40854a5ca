package analyzer_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/analyzer/internal/typedgo"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages/builtin"
	"github.com/keyvet/keyvet/rules"
)

// typed is what typed passes over the packages below a folder find.
type typed struct {
	uses     map[string]report.Use // by key
	files    map[string]bool       // that they looked at, relative to the folder
	exported int                   // bytes, of all packages
	errors   int                   // packages that have some
}

// useKey words a use and its place: what both sides must agree on.
func useKey(u report.Use, path string) string {
	what := u.Command
	if u.Kind == report.SettingUse {
		what = u.Setting + "=" + u.Value
	}
	if len(u.Options) > 0 {
		what += " " + strings.Join(u.Options, " ")
	}
	return fmt.Sprintf("%s:%d:%d: %s %s", path, u.Range.Start.Line, u.Range.Start.Column, what, u.Certainty)
}

// typedUses loads the packages of a module and passes over each, its imports first.
func typedUses(t *testing.T, set *rules.Set, folder string) typed {
	t.Helper()
	folder, err := filepath.EvalSymlinks(folder)
	if err != nil {
		t.Fatal(err)
	}
	if folder, err = filepath.Abs(folder); err != nil {
		t.Fatal(err)
	}
	loaded, err := packages.Load(&packages.Config{
		Dir: folder, Tests: true, Env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off"),
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps |
			packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedModule,
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	found := typed{uses: make(map[string]report.Use), files: make(map[string]bool)}
	exported := make(map[*packages.Package][]byte)
	detector := typedgo.New(set, nil)
	packages.Visit(loaded, nil, func(p *packages.Package) {
		if p.Module == nil || !p.Module.Main || strings.HasSuffix(p.ID, ".test") {
			return
		}
		if len(p.Errors) > 0 {
			found.errors++
			t.Logf("%s: %v", p.ID, p.Errors[0])
		}
		var known [][]byte
		for _, name := range slices.Sorted(maps.Keys(p.Imports)) {
			if e := exported[p.Imports[name]]; e != nil {
				known = append(known, e)
			}
		}
		r, err := detector.Check(context.Background(), typedgo.Package{
			Fset: p.Fset, Files: p.Syntax, Types: p.Types, Info: p.TypesInfo, Dependencies: known,
			Source: func(path string) []byte {
				src, err := os.ReadFile(path)
				if err != nil {
					return nil
				}
				return src
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		exported[p] = r.Exported
		found.exported += len(r.Exported)
		for _, f := range p.Syntax {
			if rel, err := filepath.Rel(folder, p.Fset.File(f.FileStart).Name()); err == nil {
				found.files[filepath.ToSlash(rel)] = true
			}
		}
		for _, u := range r.Uses {
			rel, err := filepath.Rel(folder, u.Path)
			if err != nil {
				t.Fatal(err)
			}
			found.uses[useKey(u, filepath.ToSlash(rel))] = u
		}
	})
	return found
}

// scannedUses scans the folder and keeps what is found in some files.
func scannedUses(t *testing.T, set *rules.Set, folder string, files map[string]bool) map[string]report.Use {
	t.Helper()
	r, err := analyzer.Run(context.Background(), analyzer.Options{
		Base: folder, Roots: []string{folder}, Rules: set, Languages: builtin.Languages(), Ignored: true, Generated: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	uses := make(map[string]report.Use)
	for _, u := range r.Uses {
		if files[u.Path] {
			uses[useKey(u, u.Path)] = u
		}
	}
	return uses
}

// differences lists what only one side found.
func differences(scanned, typed map[string]report.Use) []string {
	var lines []string
	for key := range scanned {
		if _, ok := typed[key]; !ok {
			lines = append(lines, "scan alone: "+key)
		}
	}
	for key := range typed {
		if _, ok := scanned[key]; !ok {
			lines = append(lines, "types alone: "+key)
		}
	}
	slices.Sort(lines)
	return lines
}

// TestParityOfModules compares the scan with typed passes over the modules in the
// folders that KEYVET_PARITY_MODULES lists, and says where they differ.
func TestParityOfModules(t *testing.T) {
	list := os.Getenv("KEYVET_PARITY_MODULES")
	if list == "" {
		t.Skip("KEYVET_PARITY_MODULES names no folders")
	}
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range filepath.SplitList(list) {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			typed := typedUses(t, set, folder)
			scanned := scannedUses(t, set, folder, typed.files)
			lines := differences(scanned, typed.uses)
			t.Logf("%d files, %d packages with errors, %d uses by scan, %d by types, %d bytes exported, %d differences:\n%s",
				len(typed.files), typed.errors, len(scanned), len(typed.uses), typed.exported, len(lines), strings.Join(lines, "\n"))
		})
	}
}
