package goanalysis

import (
	"cmp"
	"context"
	"fmt"
	"go/types"
	"slices"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/keyvet/keyvet/analyzer/goanalysis/internal/inputs"
	"github.com/keyvet/keyvet/analyzer/goanalysis/internal/settings"
	"github.com/keyvet/keyvet/analyzer/internal/judge"
	"github.com/keyvet/keyvet/analyzer/internal/suppress"
	"github.com/keyvet/keyvet/analyzer/internal/typedgo"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

// run looks at one package. It is called for every package of the program, for
// most of which there is nothing to do.
func (c *checker) run(pass *analysis.Pass) (any, error) {
	setup, err := c.setup(pass)
	if err != nil {
		return nil, err
	}
	dependencies, reaches := known(pass)
	reaches = reaches || slices.ContainsFunc(pass.Pkg.Imports(), func(p *types.Package) bool { return setup.Client(p.Path()) })
	if !reaches && foreign(pass.Module) {
		return nil, nil
	}
	if foreign(pass.Module) && setup.Client(pass.Pkg.Path()) {
		// A client library is described by its catalogue; its importers see its types.
		pass.ExportPackageFact(new(Fact))
		return nil, nil
	}
	files := filesOf(pass)
	found, err := setup.Detector.Check(context.Background(), typedgo.Package{
		Fset: pass.Fset, Files: pass.Files, Types: pass.Pkg, Info: pass.TypesInfo,
		Source: files.source, Module: setup.Module, Dependencies: dependencies,
	})
	if err != nil {
		return nil, err
	}
	if reaches || len(found.Exported) > 0 { // a package without a client may name commands
		pass.ExportPackageFact(&Fact{found.Exported})
	}
	if reaches {
		reportIncomplete(pass, found.Notes)
	}
	r := &report.Report{Uses: found.Uses, Findings: found.Findings}
	if err := c.judge(setup, r, found.Elsewhere, files); err != nil {
		return nil, err
	}
	w := writer{pass, files, setup, r}
	for _, f := range r.Findings {
		w.write(f)
	}
	return nil, nil
}

// judge gives the findings their severities, and excuses those that a comment
// does.
func (c *checker) judge(setup *settings.Setup, r *report.Report, elsewhere []report.Finding, files *files) error {
	severity := func(rule, path string, severity rules.Severity) rules.Severity {
		return setup.Config.Severity(rule, real(files.written(path)), severity)
	}
	now := time.Now()
	judge.Weigh(r, severity)
	var comments []*suppress.Comment
	if !setup.Config.NoSuppress && !c.options.NoSuppress {
		comments = files.comments()
	}
	suppress.Apply(suppress.Policy{Rules: setup.Config.Set, Now: now, RequireUntil: setup.Config.RequireUntil}, r, comments, elsewhere)
	judge.Weigh(r, severity) // findings about comments came to it
	if c.remember == nil {
		return nil
	}
	for _, s := range r.Suppressions {
		if s.Until >= now.Format(time.DateOnly) {
			if err := c.remember([]inputs.Input{{Until: s.Until}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// setup gives what holds for the package.
func (c *checker) setup(pass *analysis.Pass) (*settings.Setup, error) {
	module := ""
	if !foreign(pass.Module) || pass.Pkg.Path() == nameless {
		module = folder(pass)
	}
	return c.loader.Load(c.options, module)
}

// nameless is the path of a package of files that are named one by one. The go
// command does not say to which module it belongs.
const nameless = "command-line-arguments"

// foreign tells whether a module is none that is worked on: what a keyvet.yaml in it
// says was not written for this program.
func foreign(m *analysis.Module) bool { return m == nil || m.Version != "" }

// folder finds the folder of the module that the package's files lie in.
func folder(pass *analysis.Pass) string {
	for _, f := range pass.Files {
		// What cgo wrote lies elsewhere, but says what it was made from.
		if found := settings.ModuleOf(pass.Fset.Position(f.Package).Filename); found != "" {
			return found
		}
	}
	return ""
}

// known gives what is known of packages that this one imports, itself or through
// others, in the order of their paths.
func known(pass *analysis.Pass) (exported [][]byte, reaches bool) {
	facts := pass.AllPackageFacts()
	slices.SortFunc(facts, func(a, b analysis.PackageFact) int { return cmp.Compare(a.Package.Path(), b.Package.Path()) })
	for _, f := range facts {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != pass.Pkg {
			reaches = true
			if len(fact.Exported) > 0 {
				exported = append(exported, fact.Exported)
			}
		}
	}
	return exported, reaches
}

// reportIncomplete says what could not be looked at: not every driver refuses a
// package with errors.
func reportIncomplete(pass *analysis.Pass, notes []string) {
	d := analysis.Diagnostic{Pos: pass.Files[0].Package, Category: "incomplete", URL: page}
	for _, note := range notes {
		d.Message = note
		pass.Report(d)
	}
	if len(pass.TypeErrors) > 0 {
		first := pass.TypeErrors[0]
		d.Pos, d.Message = first.Pos, fmt.Sprintf("keyvet could not look at all of this package, for it has errors (%s)", first.Msg)
		pass.Report(d)
	}
}
