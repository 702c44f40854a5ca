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
	// Dependencies is what the passes over imported packages exported, in any
	// order; what one of them was told by its own dependencies is in it.
	Dependencies [][]byte
}

// A Result is what was found in a package.
type Result struct {
	Uses     []report.Use // by path and place; paths are those of the file set
	Findings []report.Finding
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
}

// New makes a detector of uses that judges against a target; nil is the rules'
// default.
func New(set *rules.Set, target *rules.Target) *Detector {
	if target == nil {
		target = set.DefaultTarget()
	}
	return &Detector{set, target}
}

// language is the only one that a package holds.
var language = golang.New()

// Check looks at one package. An error means that it was canceled.
func (d *Detector) Check(ctx context.Context, p Package) (Result, error) {
	var r Result
	var facts []*languages.File
	own := make(map[string]bool)
	detector := d.detector(p)
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
	project := link.New(facts, map[string]languages.Traits{language.Name(): language.Traits()}, layoutOf(facts, p.Types))
	found := detector.Find(ctx, project)
	r.Uses = slices.DeleteFunc(found.Uses, func(u report.Use) bool { return !own[u.Path] })
	r.Findings = judge.Findings(d.set, d.target, r.Uses)
	return r, ctx.Err()
}

// detector makes a detector that sees through scripts, too.
func (d *Detector) detector(p Package) *detect.Detector {
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
	found.Source = p.Source
	return found
}

// layoutOf says where the packages are.
func layoutOf(facts []*languages.File, pkg *types.Package) *link.Layout {
	manifests := link.Manifests{GoModules: make(map[string]string)}
	var paths []string
	for _, f := range facts {
		paths = append(paths, f.Path)
		if pkg != nil {
			manifests.GoModules[path.Dir(filepath.ToSlash(f.Path))] = strings.TrimSuffix(pkg.Path(), "_test")
		}
	}
	return link.NewLayout(paths, manifests)
}
