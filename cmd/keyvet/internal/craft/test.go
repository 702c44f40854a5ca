// Package craft helps those who write rules: it runs the examples of rules, and
// looks for what a rule's readers would miss.
//
// It takes no part in a scan.
package craft

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// A Result is what became of one example.
type Result struct {
	Rule, Example string
	Problems      []string
}

// Test runs the examples of the rules that do not come with keyvet alone.
func Test(ctx context.Context, set *rules.Set, all []languages.Language) ([]Result, error) {
	var results []Result
	for _, r := range set.Rules {
		if set.Place(r.ID).File == "" {
			continue
		}
		for i, e := range r.Examples {
			problems, err := try(ctx, set, all, r, e)
			if err != nil {
				return nil, err
			}
			results = append(results, Result{r.ID, fmt.Sprintf("example %d, in %s", i+1, e.Language), problems})
		}
	}
	return results, nil
}

// try scans one example as a project of its own.
func try(ctx context.Context, set *rules.Set, all []languages.Language, r *rules.Rule, e rules.Example) (problems []string, err error) {
	at := slices.IndexFunc(all, func(l languages.Language) bool { return l.Name() == e.Language })
	if at < 0 {
		return []string{"keyvet does not read this language"}, nil
	}
	dir, err := os.MkdirTemp("", "keyvet-rules-*")
	if err != nil {
		return nil, err
	}
	defer func() { err = firstOf(err, os.RemoveAll(dir)) }()
	file := filepath.Join(dir, "Example"+all[at].Extensions()[0])
	if err := os.WriteFile(file, []byte(e.Code), 0o600); err != nil {
		return nil, err
	}
	for name, text := range e.Files {
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	target := set.DefaultTarget()
	if r.Target != "" {
		if target, err = set.Target(r.Target); err != nil {
			return nil, err
		}
	}
	found, err := analyzer.Run(ctx, analyzer.Options{Base: dir, Roots: []string{dir}, Rules: set, Target: target, Languages: all, Ignored: true, Generated: true})
	if err != nil {
		return nil, err
	}
	for _, s := range found.Skipped {
		problems = append(problems, "the example was not read: "+s.Reason)
	}
	if found.Files.Damaged > 0 {
		problems = append(problems, "the example has stretches that cannot be read")
	}
	return append(problems, compare(set, r, e.Code, found)...), nil
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

var wanted = regexp.MustCompile(`\bwant ([a-z0-9, -]+)`)

// compare says which lines the rule should have found and did not, and the other
// way round. Other rules count only where a line names them.
func compare(set *rules.Set, r *rules.Rule, code string, found *report.Report) (problems []string) {
	has := map[int]map[string]bool{}
	for _, f := range found.Findings {
		u := found.Judged(f)
		if u.Language == "" {
			continue // a line of a manifest beside the code
		}
		line := u.Range.Start.Line
		if has[line] == nil {
			has[line] = map[string]bool{}
		}
		has[line][f.Rule] = true
	}
	for i, text := range strings.Split(code, "\n") {
		asked := false
		for _, id := range wants(text) {
			rule := set.Rule(id)
			asked = asked || rule == r
			if rule != nil && !has[i+1][rule.ID] {
				problems = append(problems, fmt.Sprintf("line %d: %s does not find it: %s", i+1, id, strings.TrimSpace(text)))
			}
		}
		if !asked && has[i+1][r.ID] {
			problems = append(problems, fmt.Sprintf("line %d: it is found, but not wanted: %s", i+1, strings.TrimSpace(text)))
		}
	}
	return problems
}

func wants(line string) (ids []string) {
	m := wanted.FindStringSubmatch(line)
	if m == nil {
		return nil
	}
	for id := range strings.SplitSeq(m[1], ",") {
		ids = append(ids, strings.TrimSpace(id))
	}
	return ids
}
