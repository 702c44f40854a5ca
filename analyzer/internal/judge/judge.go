// Package judge is where uses meet rules and the target: it decides which uses
// are findings.
//
// It changes no use and looks at no source.
package judge

import (
	"sort"
	"strings"

	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

// Findings judges uses against a target. The result is in the order of the
// uses, then by rule.
func Findings(set *rules.Set, target *rules.Target, uses []report.Use) []report.Finding {
	ordered := append([]*rules.Rule(nil), set.Rules...)
	sort.Slice(ordered, func(i, j int) bool { return ordered[i].ID < ordered[j].ID })
	j := judge{set, target, ordered}
	judged := make(map[subject][]report.Finding)
	var found []report.Finding
	for i := range uses {
		s := subjectOf(&uses[i])
		findings, known := judged[s]
		if !known {
			findings = j.findings(&uses[i])
			judged[s] = findings
		}
		for _, f := range findings {
			f.Use = i
			found = append(found, f)
		}
	}
	return found
}

type judge struct {
	set    *rules.Set
	target *rules.Target
	rules  []*rules.Rule
}

// A subject is all of a use that a judgement looks at. A large project has many
// uses and few subjects, so each is judged once.
type subject struct {
	kind                                     report.UseKind
	command, options, setting, value, client string
}

func subjectOf(u *report.Use) subject {
	return subject{u.Kind, u.Command, strings.Join(u.Options, "\x00"), u.Setting, u.Value, u.Client}
}

// findings judges one use. Which one it is, is left open.
func (j judge) findings(u *report.Use) []report.Finding {
	var found []report.Finding
	for _, r := range j.rules {
		for _, m := range j.matches(r, u) {
			found = append(found, report.Finding{Rule: r.ID, Severity: string(r.Severity), Message: j.message(r, u, m)})
		}
	}
	return found
}

// A match is one thing that a rule finds in a use.
type match struct {
	option  string // of the command, where the rule is about options
	verdict string
}

func (j judge) matches(r *rules.Rule, u *report.Use) []match {
	if u.Kind == report.SettingUse {
		if r.MatchesSetting(u.Setting, u.Value) {
			return []match{{}}
		}
		return nil
	}
	var found []match
	v := j.set.Verdict(j.target, u.Command)
	if u.Kind == report.CommandUse && (r.MatchesCommand(u.Command) || r.MatchesOrigin(j.set.Origin(u.Command))) {
		if r.Unless != rules.Served || !v.Served {
			found = append(found, match{verdict: v.Reason})
		}
	}
	for _, option := range u.Options {
		if !r.MatchesOption(u.Command, option) || !v.Served {
			continue // a command that is not served is said once
		}
		if o := j.set.Verdict(j.target, u.Command, option); r.Unless != rules.Served || !o.Served {
			found = append(found, match{option, o.Reason})
		}
	}
	return found
}

// message fills in a rule's message.
func (j judge) message(r *rules.Rule, u *report.Use, m match) string {
	client := u.Client
	if client == "" {
		client = "an unknown client"
	}
	family := ""
	if f := j.set.FamilyOf(u.Command); f != nil {
		family = f.Title
	}
	return strings.NewReplacer(
		"{command}", u.Command,
		"{option}", m.option,
		"{client}", client,
		"{value}", u.Value,
		"{setting}", u.Setting,
		"{family}", family,
		"{target}", j.target.Name,
		"{verdict}", m.verdict,
	).Replace(r.Message)
}
