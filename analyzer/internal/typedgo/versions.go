package typedgo

import (
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/detect"
	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/internal/manifest/dependencies"
	"github.com/keyvet/keyvet/analyzer/internal/protocol"
	"github.com/keyvet/keyvet/analyzer/report"
)

// versions adds the findings that need to know with which versions of libraries a
// package is built, and takes out those that do not hold in their light.
func (d *Detector) versions(p Package, found detect.Result, own map[string]bool, r *Result) {
	var files []string
	for _, file := range p.Files {
		if name := p.Fset.File(file.FileStart).Name(); own[name] {
			files = append(files, name)
		}
	}
	in := dependencies.Input{Tree: discover.Tree{Base: p.Module}, Wanted: protocol.Wanted(d.set), Platforms: d.set.Platforms}
	if p.Module != "" {
		in.Files = make(map[string][]string)
		for _, ecosystem := range protocol.Ecosystems(d.set, language.Name()) {
			in.Files[ecosystem] = files
		}
	}
	judged := protocol.Findings(protocol.Input{Rules: d.set, Target: d.target, Found: found, Part: true, Versions: dependencies.Read(in)})
	place := make([]int, len(found.Uses)) // among the uses of this package
	next := 0
	for i := range found.Uses {
		if place[i] = -1; own[found.Uses[i].Path] {
			place[i] = next
			next++
		}
	}
	idle := make(map[int]bool)
	for i := range judged.Without {
		idle[place[i]] = true
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f report.Finding) bool {
		rule := d.set.Rule(f.Rule)
		return idle[f.Use] && rule != nil && rule.Setting != "" && rule.About == ""
	})
	of := func(all []report.Finding) (kept []report.Finding) {
		for _, f := range all {
			if f.Use >= 0 {
				f.Use = place[f.Use]
			}
			if f.Use >= 0 || f.Place != nil && own[f.Place.Path] {
				kept = append(kept, f)
			}
		}
		return kept
	}
	r.Findings = append(r.Findings, of(judged.Findings)...)
	r.Elsewhere = of(judged.Elsewhere)
	sorted := report.Report{Uses: r.Uses, Findings: r.Findings}
	sorted.SortFindings()
}
