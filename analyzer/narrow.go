package analyzer

import (
	"path"
	"path/filepath"
	"slices"

	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

// weigh gives each finding the severity that it has in its place.
func weigh(r *report.Report, severity func(rule, path string, severity rules.Severity) rules.Severity) {
	if severity == nil {
		return
	}
	kept := r.Findings[:0]
	for _, f := range r.Findings {
		f.Severity = string(severity(f.Rule, r.Uses[f.Use].Path, rules.Severity(f.Severity)))
		if f.Severity != string(rules.Off) {
			kept = append(kept, f)
		}
	}
	r.Findings = kept
}

// narrow keeps what was found in some files and folders.
func narrow(r *report.Report, base string, only []string) {
	scope := newScope(base, only)
	place := make(map[int]int) // of a use, after it moved
	var uses []report.Use
	for i, u := range r.Uses {
		if scope.has(u.Path) {
			place[i] = len(uses)
			uses = append(uses, u)
		}
	}
	r.Uses = uses
	r.Findings = slices.DeleteFunc(r.Findings, func(f report.Finding) bool {
		_, kept := place[f.Use]
		return !kept
	})
	for i := range r.Findings {
		r.Findings[i].Use = place[r.Findings[i].Use]
	}
	r.Skipped = slices.DeleteFunc(r.Skipped, func(s report.Skip) bool { return !scope.has(s.Path) })
	r.Files.Skipped = len(r.Skipped)
}

// A scope holds files and folders, by the names that a report has for them.
type scope map[string]bool

func newScope(base string, paths []string) scope {
	s := make(scope, len(paths))
	base = real(base)
	for _, p := range paths {
		abs := real(p)
		if rel, err := filepath.Rel(base, abs); err == nil && filepath.IsLocal(rel) {
			abs = rel
		}
		s[filepath.ToSlash(abs)] = true
	}
	return s
}

// has asks for a path and for the folders around it.
func (s scope) has(p string) bool {
	for !s[p] {
		above := path.Dir(p)
		if above == p {
			return false
		}
		p = above
	}
	return true
}

func real(p string) string {
	if abs, err := filepath.Abs(p); err == nil {
		p = abs
	}
	if resolved, err := filepath.EvalSymlinks(p); err == nil {
		return resolved
	}
	return p
}
