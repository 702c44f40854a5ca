// Package typedgo finds uses in one package of Go that a driver has parsed and
// type-checked: go vet, golangci-lint, Bazel.
//
// It runs the same extractor, the same detection and the same rules as a scan,
// and needs no C compiler. What it knows beyond a scan are the types. What it
// does not know are other packages, but for what their own passes exported.
package typedgo

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/keyvet/keyvet/analyzer/internal/detect"
	"github.com/keyvet/keyvet/analyzer/internal/judge"
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/golang"
	"github.com/keyvet/keyvet/languages/lua"
	"github.com/keyvet/keyvet/rules"
)

// A Package is one package as a driver knows it.
type Package struct {
	Fset  *token.FileSet
	Files []*ast.File // parsed with comments
	// Types and Info may be incomplete, or nil: then as much is found as in a scan
	// of the package alone.
	Types *types.Package
	Info  *types.Info
	// Source gives the content of a file by its name in Fset, nil if it cannot.
	Source func(path string) []byte
	// Module is the folder of the go.mod that says with which versions of libraries
	// the package is built; empty where that is not known.
	Module string
	// Dependencies is what the passes over the packages exported that it imports,
	// itself or through others, in any order.
	Dependencies [][]byte
}

// A Result is what was found in a package.
type Result struct {
	Uses     []report.Use // by path and place; paths are those of the file set
	Findings []report.Finding
	// Elsewhere are findings that a target without any module would have besides.
	Elsewhere []report.Finding
	// Notes say what could not be looked at.
	Notes []string
	// Exported is what the passes over importing packages need to know. It is the
	// same for the same package, and nil if there is nothing to know.
	Exported []byte
}

// A Detector finds uses in packages. It may be used for many of them at a time.
type Detector struct {
	set    *rules.Set
	target *rules.Target
	// idle holds detectors that nobody uses just now. One of them looks at one
	// package at a time; making one costs some milliseconds.
	idle sync.Pool
}

// New makes a detector of uses that judges against a target; nil is the rules'
// default.
func New(set *rules.Set, target *rules.Target) *Detector {
	if target == nil {
		target = set.DefaultTarget()
	}
	return &Detector{set: set, target: target}
}

// language is the only one that a package holds.
var language = golang.New()

// Check looks at one package. An error means that it was canceled. A fault of ours
// is a note: it is no reason for the driver to end.
func (d *Detector) Check(ctx context.Context, p Package) (r Result, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			r = Result{Notes: append(r.Notes, fmt.Sprintf("%s was not looked at: internal fault: %v", pathOf(p.Types), fault))}
		}
	}()
	var facts []*languages.File
	own := make(map[string]bool)
	detector := d.detector()
	detector.Source = func(path string) []byte {
		if !own[path] {
			return nil
		}
		return p.Source(path)
	}
	checked := golang.NewTypes(p.Types, p.Info, func(path string) bool { return detector.Asks(language.Name(), path) })
	for _, file := range p.Files {
		name := p.Fset.File(file.FileStart).Name()
		src := p.Source(name)
		if size := p.Fset.File(file.FileStart).Size(); len(src) != size {
			r.Notes = append(r.Notes, fmt.Sprintf("%s was not looked at: it is not what was parsed (%d bytes, not %d)", name, len(src), size))
			continue
		}
		own[name] = true
		facts = append(facts, golang.ExtractFile(p.Fset, file, src, checked))
	}
	if len(facts) == 0 {
		return r, ctx.Err()
	}
	about := d.dependencies(p, &r)
	about = append(about, known{pathOf(p.Types), facts})
	detector.Elsewhere = func(fn link.FunctionID) bool { return own[fn.File.Path] && isOpen(fn) }
	found := detector.Find(ctx, project(about))
	if ctx.Err() != nil {
		return r, ctx.Err()
	}
	for _, f := range found.Faults {
		r.Notes = append(r.Notes, f.Path+" was not looked at as a whole: "+f.Reason)
	}
	r.Uses = slices.DeleteFunc(slices.Clone(found.Uses), func(u report.Use) bool { return !own[u.Path] })
	r.Findings = judge.Findings(d.set, d.target, r.Uses)
	defer d.handBack(detector)
	d.versions(p, found, own, &r)
	if detector.Asks(language.Name(), pathOf(p.Types)) {
		return r, nil // its catalogue says what importers need
	}
	exported, err := export(pathOf(p.Types), facts, found.Callers, detector)
	if err != nil {
		r.Notes = append(r.Notes, fmt.Sprintf("packages that import %s are not told of its wrappers: %v", pathOf(p.Types), err))
	}
	r.Exported = exported
	return r, nil
}

// dependencies reads what is known of other packages, each once, by path.
func (d *Detector) dependencies(p Package, r *Result) []known {
	var all []known
	for _, exported := range p.Dependencies {
		k, err := imported(exported)
		if err != nil {
			r.Notes = append(r.Notes, "a package that this one imports is not known: what its pass exported is "+err.Error())
			continue
		}
		all = append(all, k)
	}
	slices.SortFunc(all, func(a, b known) int { return strings.Compare(a.path, b.path) })
	return slices.CompactFunc(all, func(a, b known) bool { return a.path == b.path })
}

func pathOf(pkg *types.Package) string {
	if pkg == nil {
		return ""
	}
	return pkg.Path()
}

// project joins packages.
func project(all []known) *link.Project {
	var facts []*languages.File
	var paths []string
	manifests := link.Manifests{GoModules: make(map[string]string)}
	for _, k := range all {
		for _, f := range k.files {
			facts, paths = append(facts, f), append(paths, f.Path)
			// Tests of a package from outside lie in the package's folder, and
			// nobody imports them.
			if folder := path.Dir(filepath.ToSlash(f.Path)); k.path != "" {
				manifests.GoModules[folder] = strings.TrimSuffix(k.path, "_test")
			}
		}
	}
	return link.New(facts, map[string]languages.Traits{language.Name(): language.Traits()}, link.NewLayout(paths, manifests))
}

// detector gives a detector that sees through scripts, too. Who is done with it
// hands it back; one that a fault stopped is not worth keeping.
func (d *Detector) detector() *detect.Detector {
	if found, ok := d.idle.Get().(*detect.Detector); ok {
		return found
	}
	script := lua.New()
	found := detect.New(d.set)
	found.ScriptLanguage, found.ScriptTraits = script.Name(), script.Traits()
	found.Script = func(src []byte) *languages.File {
		facts, err := script.Extract(context.Background(), "", src)
		if err != nil {
			return nil
		}
		return facts
	}
	return found
}

func (d *Detector) handBack(used *detect.Detector) {
	used.Source, used.Elsewhere = nil, nil
	d.idle.Put(used)
}
