package protocol

import (
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/manifest/dependencies"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

// packages finds packages that send commands of modules by themselves: where a
// file imports one, once for each file, and where a manifest names one.
func (j *judge) packages(r *rules.Rule) {
	type once struct{ path, name string }
	seen := make(map[once]bool)
	for _, im := range j.Found.Imports {
		for _, d := range j.Rules.Dependents {
			if d.Language != im.Language || !d.Imports(im.Module, im.Symbol) || seen[once{im.Path, d.Name}] {
				continue
			}
			seen[once{im.Path, d.Name}] = true
			dep, _ := j.Versions.Find(im.Path, d.Ecosystem, []string{d.Name})
			j.pkg(r, d, report.Place{Path: im.Path, Range: im.Range, Language: im.Language}, dep)
		}
	}
	for _, dep := range j.Versions.Declared() {
		for _, d := range j.Rules.Dependents {
			if d.Ecosystem != dep.Ecosystem || d.Name != dep.Name || d.Quiet {
				continue
			}
			j.pkg(r, d, report.Place{Path: dep.Path, Range: inLine(dep)}, dep)
		}
	}
}

func inLine(d dependencies.Dependency) report.Range {
	return report.Range{Start: report.Position{Line: d.Line, Column: d.Column}, End: report.Position{Line: d.Line, Column: d.End}}
}

// pkg adds a finding of a package, or takes down that another target would have
// one.
func (j *judge) pkg(r *rules.Rule, d *rules.Dependent, at report.Place, dep dependencies.Dependency) {
	list := &j.found
	if j.served(r, d) {
		list = &j.elsewhere
	}
	*list = append(*list, j.finding(r, at.Path, at.Range, at.Language, "", report.Certain, nil, packageWords(d, dep)))
}

// served tells whether the target has all that a package needs, where the rule
// is about what it has not.
func (j *judge) served(r *rules.Rule, d *rules.Dependent) bool {
	if r.Unless != rules.Served {
		return false
	}
	for _, prefix := range d.Needs {
		if !j.Rules.Verdict(j.Target, prefix+".*").Served {
			return false
		}
	}
	return true
}

func packageWords(d *rules.Dependent, dep dependencies.Dependency) words {
	version := ""
	if dep.Text != "" && dep.Text != "*" {
		version = " " + dep.Text
	}
	note := ""
	if d.Works != "" {
		note = "; " + d.Works
	}
	return words{"package": d.Name + version, "needs": strings.Join(d.Needs, ", "), "note": note}
}

// words are what a rule's message is filled in with.
type words map[string]string

func (j *judge) message(r *rules.Rule, w words) string {
	w["target"] = j.Target.Name
	var pairs []string
	for name, text := range w {
		pairs = append(pairs, "{"+name+"}", text)
	}
	return strings.NewReplacer(pairs...).Replace(r.Message)
}

// use adds a finding that judges a use, and what mends it, if anything.
func (j *judge) use(r *rules.Rule, i int, f *report.Fix, w words) {
	j.found = append(j.found, report.Finding{Rule: r.ID, Severity: string(r.Severity), Message: j.message(r, w), Use: i, Fix: f})
}

// place adds a finding with a place of its own.
func (j *judge) place(r *rules.Rule, path string, at report.Range, language, client string, sure report.Certainty, because []report.Step, w words) {
	j.found = append(j.found, j.finding(r, path, at, language, client, sure, because, w))
}

func (j *judge) finding(r *rules.Rule, path string, at report.Range, language, client string, sure report.Certainty, because []report.Step, w words) report.Finding {
	if because == nil {
		because = []report.Step{}
	}
	return report.Finding{
		Rule: r.ID, Severity: string(r.Severity), Message: j.message(r, w), Use: -1,
		Place: &report.Place{Path: path, Range: at, Client: client, Language: language, Certainty: sure, Because: because},
	}
}
