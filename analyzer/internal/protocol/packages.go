package protocol

import (
	"strings"

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
			if d.Language != im.Language || !d.Imports(im.Module, im.Symbol) || seen[once{im.Path, d.Name}] || j.served(r, d) {
				continue
			}
			seen[once{im.Path, d.Name}] = true
			version := ""
			if dep, ok := j.Versions.Find(im.Path, d.Ecosystem, []string{d.Name}); ok && dep.Text != "" {
				version = " " + dep.Text
			}
			j.place(r, im.Path, im.Range, im.Language, "", report.Certain, nil, packageWords(d, version))
		}
	}
	for _, dep := range j.Versions.Declared() {
		for _, d := range j.Rules.Dependents {
			if d.Ecosystem != dep.Ecosystem || d.Name != dep.Name || d.Quiet || j.served(r, d) {
				continue
			}
			version := ""
			if dep.Text != "" {
				version = " " + dep.Text
			}
			at := report.Position{Line: dep.Line, Column: 1}
			j.place(r, dep.Path, report.Range{Start: at, End: at}, "", "", report.Certain, nil, packageWords(d, version))
		}
	}
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

func packageWords(d *rules.Dependent, version string) words {
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
	if because == nil {
		because = []report.Step{}
	}
	j.found = append(j.found, report.Finding{
		Rule: r.ID, Severity: string(r.Severity), Message: j.message(r, w), Use: -1,
		Place: &report.Place{Path: path, Range: at, Client: client, Language: language, Certainty: sure, Because: because},
	})
}
