package analyzer

import (
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/detect"
	"github.com/keyvet/keyvet/analyzer/internal/extract"
	"github.com/keyvet/keyvet/analyzer/internal/manifest/dependencies"
	"github.com/keyvet/keyvet/analyzer/internal/protocol"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

// addVersions adds the findings that need to know which versions of libraries
// the files are built with, and takes out those that do not hold in their light.
// The result are findings that another target would have.
// Lockfiles are read only for files that were parsed, and where a manifest names a
// package of interest.
func addVersions(o Options, r *report.Report, about *subject, reader *extract.Reader, result detect.Result) (elsewhere []report.Finding) {
	files := make(map[string][]string)
	concerned := about.concerned(result)
	for _, s := range reader.Sources {
		if s.Facts == nil || !concerned(s.Rel) {
			continue
		}
		for _, ecosystem := range protocol.Ecosystems(o.Rules, s.Language) {
			files[ecosystem] = append(files[ecosystem], s.Rel)
		}
	}
	versions := dependencies.Read(dependencies.Input{
		Tree: about.tree(o), Files: files, Manifests: about.askedManifests(), Wanted: protocol.Wanted(o.Rules), Platforms: o.Rules.Platforms,
	})
	judged := protocol.Findings(protocol.Input{Rules: o.Rules, Target: o.Target, Found: result, Versions: versions})
	place := about.places(result.Uses)
	idle := make(map[int]bool)
	for i := range judged.Without {
		idle[place[i]] = true
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f report.Finding) bool {
		return idle[f.Use] && settingRule(o.Rules, f.Rule)
	})
	for _, f := range judged.Findings {
		switch {
		case f.Use >= 0:
			if f.Use = place[f.Use]; f.Use >= 0 {
				r.Findings = append(r.Findings, f)
			}
		case about.holds(f.Place.Path):
			r.Findings = append(r.Findings, f)
		}
	}
	r.SortFindings()
	for _, note := range versions.Notes() {
		if !slices.Contains(r.Notes, note) {
			r.Notes = append(r.Notes, note)
		}
	}
	r.Clients = about.clients(judged.Clients)
	return judged.Elsewhere
}

// concerned tells whose manifests matter: those of all files; where only few are
// asked about, those of these, and of files with anything that a version decides on.
func (s *subject) concerned(found detect.Result) func(path string) bool {
	if !s.few() {
		return func(string) bool { return true }
	}
	paths := make(map[string]bool)
	for i := range found.Uses {
		paths[found.Uses[i].Path] = true
	}
	for i := range found.Made {
		paths[found.Made[i].Path] = true
	}
	return func(path string) bool { return paths[path] || s.paths[path] }
}

// askedManifests are the manifests that matter though no file beside them does.
func (s *subject) askedManifests() []string {
	if !s.few() {
		return s.manifests
	}
	return slices.DeleteFunc(slices.Clone(s.manifests), func(path string) bool { return !s.paths[path] })
}

// clients gives those that the report is about: of what is only context, nobody
// asked.
func (s *subject) clients(all []report.Client) []report.Client {
	return slices.DeleteFunc(all, func(c report.Client) bool { return c.Path != "" && !s.asked(c.Path) })
}

// places gives, for each use, its index among those that the report is about, -1
// for the others.
func (s *subject) places(uses []report.Use) []int {
	place, next := make([]int, len(uses)), 0
	for i := range uses {
		place[i] = -1
		if s.holds(uses[i].Path) {
			place[i] = next
			next++
		}
	}
	return place
}

func settingRule(set *rules.Set, id string) bool {
	r := set.Rule(id)
	return r != nil && r.Setting != "" && r.About == ""
}
