// Package judge is where uses meet rules: it decides which uses are findings.
//
// It changes no use and looks at no source.
package judge

import (
	"sort"
	"strings"

	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

// Findings judges uses. The result is in the order of the uses, then by rule.
func Findings(set *rules.Set, uses []report.Use) []report.Finding {
	ordered := append([]*rules.Rule(nil), set.Rules...)
	sort.Slice(ordered, func(i, j int) bool { return ordered[i].ID < ordered[j].ID })
	var found []report.Finding
	for i := range uses {
		for _, r := range ordered {
			if matches(r, &uses[i]) {
				found = append(found, report.Finding{
					Rule:     r.ID,
					Severity: string(r.Severity),
					Message:  message(set, r, &uses[i]),
					Use:      i,
				})
			}
		}
	}
	return found
}

func matches(r *rules.Rule, u *report.Use) bool {
	if u.Kind == report.SettingUse {
		return r.MatchesSetting(u.Setting, u.Value)
	}
	return r.MatchesCommand(u.Command)
}

// message fills in a rule's message.
func message(set *rules.Set, r *rules.Rule, u *report.Use) string {
	client := u.Client
	if client == "" {
		client = "an unknown client"
	}
	family := ""
	if f := set.FamilyOf(u.Command); f != nil {
		family = f.Title
	}
	return strings.NewReplacer(
		"{command}", u.Command,
		"{client}", client,
		"{value}", u.Value,
		"{setting}", u.Setting,
		"{family}", family,
	).Replace(r.Message)
}
