package analyzer_test

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/mod/modfile"
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
		packages.Visit([]*packages.Package{p}, nil, func(q *packages.Package) {
			if e := exported[q]; e != nil {
				known = append(known, e)
			}
		})
		r, err := detector.Check(context.Background(), typedgo.Package{
			Fset: p.Fset, Files: p.Syntax, Types: p.Types, Info: p.TypesInfo, Dependencies: known,
			Source: sourceOf,
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, note := range r.Notes {
			t.Errorf("%s: %s", p.ID, note)
		}
		exported[p] = r.Exported
		found.exported += len(r.Exported)
		for _, f := range p.Syntax {
			if rel, err := filepath.Rel(folder, p.Fset.File(f.FileStart).Name()); err == nil {
				found.files[filepath.ToSlash(rel)] = true
			}
		}
		found.add(t, folder, r.Uses)
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

// fixtureUses passes over the packages of a fixture, which are type-checked as well
// as it goes without anything that they import from elsewhere.
func fixtureUses(t *testing.T, set *rules.Set, folder string) typed {
	t.Helper()
	f := &fixture{
		t: t, folder: folder, fset: token.NewFileSet(), detector: typedgo.New(set, nil), module: "example.com/fixture",
		checked: make(map[string]*types.Package), found: typed{uses: make(map[string]report.Use), files: make(map[string]bool)},
	}
	if src, err := os.ReadFile(filepath.Join(folder, "go.mod")); err == nil {
		f.module = modfile.ModulePath(src)
	}
	err := filepath.WalkDir(folder, func(name string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			_, _ = f.Import(f.pathOf(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return f.found
}

// A fixture imports its own packages, and no others.
type fixture struct {
	t        *testing.T
	folder   string
	module   string
	fset     *token.FileSet
	detector *typedgo.Detector
	checked  map[string]*types.Package
	known    [][]byte
	found    typed
}

func (f *fixture) pathOf(folder string) string {
	rel, err := filepath.Rel(f.folder, folder)
	if err != nil {
		f.t.Fatal(err)
	}
	return path.Join(f.module, filepath.ToSlash(rel))
}

func (f *fixture) Import(name string) (*types.Package, error) {
	rel, ok := strings.CutPrefix(name, f.module)
	if pkg := f.checked[name]; pkg != nil || !ok {
		return pkg, errors.New("not here")
	}
	sources, err := filepath.Glob(filepath.Join(f.folder, filepath.FromSlash(rel), "*.go"))
	if err != nil {
		f.t.Fatal(err)
	}
	var files []*ast.File
	for _, source := range sources {
		file, err := parser.ParseFile(f.fset, source, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			f.t.Fatal(err)
		}
		files = append(files, file)
		rel, err := filepath.Rel(f.folder, source)
		if err != nil {
			f.t.Fatal(err)
		}
		f.found.files[filepath.ToSlash(rel)] = true
	}
	if len(files) == 0 {
		return nil, errors.New("no Go")
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Instances: make(map[*ast.Ident]types.Instance),
		Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Implicits: make(map[ast.Node]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection),
	}
	config := types.Config{Importer: f, Error: func(error) { f.found.errors++ }}
	pkg, _ := config.Check(name, f.fset, files, info)
	f.checked[name] = pkg
	r, err := f.detector.Check(context.Background(), typedgo.Package{
		Fset: f.fset, Files: files, Types: pkg, Info: info, Dependencies: f.known, Source: sourceOf,
	})
	if err != nil || len(r.Notes) > 0 {
		f.t.Error(err, r.Notes)
	}
	if r.Exported != nil {
		f.known = append(f.known, r.Exported)
	}
	f.found.add(f.t, f.folder, r.Uses)
	return pkg, nil
}

func sourceOf(path string) []byte {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return src
}

func (found typed) add(t *testing.T, folder string, uses []report.Use) {
	t.Helper()
	for _, u := range uses {
		rel, err := filepath.Rel(folder, u.Path)
		if err != nil {
			t.Fatal(err)
		}
		found.uses[useKey(u, filepath.ToSlash(rel))] = u
	}
}

// TestParityOfFixtures passes over every Go fixture without the client libraries.
// Nothing is known of their types then, and as much is found as in a scan.
func TestParityOfFixtures(t *testing.T) {
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range goFixtures(t) {
		t.Run(strings.TrimPrefix(filepath.ToSlash(folder), "../testdata/"), func(t *testing.T) {
			typed := fixtureUses(t, set, folder)
			scanned := scannedUses(t, set, folder, typed.files)
			lines := differences(scanned, typed.uses)
			if diff := cmp.Diff(explained(folder), lines, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("differences between the scan and types (-explained +found):\n%s", diff)
			}
		})
	}
}

// An explanation says why the two sides differ in a fixture.
type explanation struct{ fixture, difference, reason string }

// explanations are all differences that there may be.
var explanations = []explanation{
	{"go-shop", "scan alone: search/index.go:29:12: FT.DROPINDEX DD certain", otherUnit},
	{"go-shop", "scan alone: search/index.go:34:46: FT.INFO certain", otherUnit},
	{"go-built", "scan alone: feed/build.go:32:2: FT.CREATE certain", otherBody},
	{"go-built", "scan alone: feed/build.go:33:2: FT.DROPINDEX certain", otherBody},
	{"go-packages", "scan alone: app/main.go:36:12: FT.ALTER certain", otherType},
	{"go-packages", "scan alone: app/main.go:44:9: JSON.GET certain", otherUnit},
	{"go-packages", "types alone: app/main.go:36:12: ? certain", otherType},
	{"go-packages", "types alone: kv/conn.go:16:9: ? certain", otherUnit},
}

// otherUnit: a package's interface says nothing of the library, and only a package
// that imports it gives it a client. A pass knows what is imported, not by whom.
const otherUnit = "what implements the interface is known to an importing package alone"

// otherBody: what a function of another package makes of its arguments is in its
// body, which a pass over the importing package does not see.
const otherBody = "the function that puts the arguments together has its body in another package"

// otherType: that a literal of a named type is a list is in the type's declaration.
const otherType = "the type of the arguments is declared in another package"

func explained(folder string) []string {
	var lines []string
	for _, e := range explanations {
		if e.fixture == filepath.Base(folder) {
			lines = append(lines, e.difference)
		}
	}
	return lines
}

// goFixtures lists the folders of fixtures in which there is Go.
func goFixtures(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, pattern := range []string{"clients/go/*", "projects/*", "demo"} {
		folders, err := filepath.Glob("../testdata/" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, folder := range folders {
			holds := false
			err := filepath.WalkDir(folder, func(name string, _ os.DirEntry, err error) error {
				holds = holds || strings.HasSuffix(name, ".go")
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if holds {
				found = append(found, folder)
			}
		}
	}
	return found
}

// libraries are the modules that fixtures import, in versions that their catalogues
// name or that fit to these.
var libraries = []string{
	"github.com/redis/go-redis/v9@v9.18.0",
	"github.com/go-redis/redis/v8@v8.11.5",
	"github.com/go-redis/redismock/v9@v9.2.0",
	"github.com/redis/rueidis@v1.0.79",
	"github.com/gomodule/redigo@v1.9.2",
	"github.com/mediocregopher/radix/v3@v3.8.1",
	"github.com/RedisGraph/redisgraph-go@v2.0.2+incompatible",
	"github.com/stretchr/testify@v1.11.1",
	"go.uber.org/fx@v1.24.0",
	"go.uber.org/mock@v0.6.0",
}

// TestParityWithLibraries passes over every Go fixture with the real client
// libraries, which the go command may have to download. What it finds is what a
// scan finds, but for differences with a reason.
func TestParityWithLibraries(t *testing.T) {
	if os.Getenv("KEYVET_PARITY") == "" {
		t.Skip("KEYVET_PARITY is not set: it may download modules")
	}
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range goFixtures(t) {
		t.Run(strings.TrimPrefix(filepath.ToSlash(folder), "../testdata/"), func(t *testing.T) {
			module := filepath.Join(t.TempDir(), filepath.Base(folder))
			if err := os.CopyFS(module, os.DirFS(folder)); err != nil {
				t.Fatal(err)
			}
			require(t, module)
			typed := typedUses(t, set, module)
			lines := differences(scannedUses(t, set, module, typed.files), typed.uses)
			if diff := cmp.Diff(explained(folder), lines, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("differences between the scan and types (-explained +found):\n%s", diff)
			}
		})
	}
}

// require makes a folder a module that has the libraries that its files import.
func require(t *testing.T, folder string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(folder, "go.mod")); err != nil {
		if err := os.WriteFile(filepath.Join(folder, "go.mod"), []byte("module example.com/fixture\n\ngo 1.24\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	imports := exec.Command("go", "list", "-e", "-mod=mod", "-test", "-f", `{{join .Imports "\n"}}`, "./...")
	imports.Dir = folder
	out, err := imports.Output()
	if err != nil {
		t.Fatal(err)
	}
	wanted := make(map[string]bool)
	for path := range strings.Lines(string(out)) {
		path, best := strings.TrimSpace(path), ""
		for _, library := range libraries {
			name, _, _ := strings.Cut(library, "@")
			if (path == name || strings.HasPrefix(path, name+"/")) && len(library) > len(best) {
				best = library
			}
		}
		wanted[best] = true
	}
	delete(wanted, "")
	get := append([]string{"get"}, slices.Sorted(maps.Keys(wanted))...)
	if len(get) == 1 {
		return
	}
	cmd := exec.Command("go", get...)
	cmd.Dir, cmd.Env = folder, append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(get, " "), err, out)
	}
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
