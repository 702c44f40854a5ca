package judge

import (
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

// Weigh gives each finding the severity that it has in its place, and takes out
// those that are off there. A nil severity changes nothing.
func Weigh(r *report.Report, severity func(rule, path string, severity rules.Severity) rules.Severity) {
	if severity == nil {
		return
	}
	kept := r.Findings[:0]
	for _, f := range r.Findings {
		f.Severity = string(severity(f.Rule, r.Judged(f).Path, rules.Severity(f.Severity)))
		if f.Severity != string(rules.Off) {
			kept = append(kept, f)
		}
	}
	r.Findings = kept
}
