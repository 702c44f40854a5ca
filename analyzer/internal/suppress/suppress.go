// Package suppress excuses findings: it reads ignore comments, marks the
// findings that they speak of, and finds the comments that excuse nothing.
//
// It looks at comments and lines only, so that it works the same on facts from
// any extractor, go vet's among them. What makes a finding it does not know; of
// a rule it only asks whether it could speak of a use, to tell a comment for
// another target from one that is left over.
//
// # What a comment reaches
//
//	find()  // keyvet:ignore RULES REASON      findings that begin or end in this line
//	// keyvet:ignore RULES REASON              findings that begin in the next line
//	// keyvet:ignore-start RULES REASON        findings that begin between the two
//	// keyvet:ignore-end
//	// keyvet:ignore-file RULES REASON         all of the file; above all code only
//
// Between a comment and its line other comments may stand, more ignore comments
// among them, but no empty line. If the line only opens something (it ends in a
// parenthesis or an equals sign) the line after it belongs to it, for formatters
// break lines there. In a manifest, an element of XML is one line.
//
// RULES are ids with commas between them. Without RULES or REASON a comment
// excuses nothing, and is a finding itself: no slip of the pen excuses more than
// was meant. "until=2027-01-31" anywhere behind the rules is the last day on
// which a comment holds.
package suppress

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

// Apply marks the findings of a report that comments excuse, lists the comments
// in it, and adds findings for those that excuse nothing. Comments are those of
// all files of the report, as Comments gives them. Elsewhere are findings that
// another target would have: a comment for one of them is not left over.
func Apply(p Policy, r *report.Report, comments []*Comment, elsewhere []report.Finding) {
	a := applier{p, p.Rules, p.Now.Format(time.DateOnly), make(map[string]*reaches), make(map[judged]bool)}
	for _, c := range comments {
		a.check(c)
		if a.byPath[c.path] == nil {
			a.byPath[c.path] = &reaches{near: make(map[int][]*Comment)}
		}
		a.byPath[c.path].add(c)
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		a.excuse(f, r.Judged(*f))
		a.judged[judged{f.Use, f.Rule}] = true
	}
	for i := range r.Uses {
		a.remember(i, &r.Uses[i])
	}
	for _, f := range elsewhere {
		u := r.Judged(f)
		for c := range a.byPath[u.Path].of(u) {
			if e := c.about(f.Rule); e != nil && c.covers(u) {
				e.elsewhere = true
			}
		}
	}
	var problems []problem
	for _, c := range comments {
		found := a.problems(c)
		problems = append(problems, found...)
		if c.form != blockEnd || c.problem != "" {
			r.Suppressions = append(r.Suppressions, c.describe(found))
		}
	}
	add(r, problems)
}

// A Policy says which comments hold.
type Policy struct {
	Rules *rules.Set
	// Now decides what has expired.
	Now time.Time
	// RequireUntil makes a comment without a last day an invalid one.
	RequireUntil bool
}

type applier struct {
	policy Policy
	set    *rules.Set
	today  string
	byPath map[string]*reaches
	judged map[judged]bool
}

// judged says that a rule has a finding of a use.
type judged struct {
	use  int
	rule string
}

// check finds out what the rules' names mean.
func (a *applier) check(c *Comment) {
	if c.problem != "" || c.form == blockEnd {
		return
	}
	if word, _, _ := strings.Cut(c.reason, " "); strings.Contains(word, "-") && a.set.Rule(word) != nil {
		c.problem = fmt.Sprintf("write a comma before %q", word)
		return
	}
	if a.policy.RequireUntil && c.until == "" {
		c.problem = "it has no last day, which this project asks for; write one like until=2027-01-31"
		return
	}
	c.expired = c.until != "" && c.until < a.today
	for _, name := range c.rules {
		rule := a.set.Rule(name)
		switch {
		case rule == nil && a.set.NearestRule(name) != "":
			c.unknown = append(c.unknown, fmt.Sprintf("there is no rule %q; did you mean %q?", name, a.set.NearestRule(name)))
		case rule == nil:
			c.unknown = append(c.unknown, fmt.Sprintf("there is no rule %q; keyvet rules lists all", name))
		case len(rule.Suppressions) > 0:
			c.unknown = append(c.unknown, fmt.Sprintf("a comment cannot suppress %s; mend what it finds", rule.ID))
		default:
			c.known = append(c.known, &excused{rule: rule, name: name})
		}
	}
}

// excuse marks a finding. Of several comments the narrowest excuses it, so that
// the others are known to be of no use.
func (a *applier) excuse(f *report.Finding, u *report.Use) {
	var best *Comment
	var entry *excused
	for c := range a.byPath[u.Path].of(u) {
		if c.problem != "" || c.expired || !c.covers(u) || best != nil && best.width() <= c.width() {
			continue
		}
		if e := c.about(f.Rule); e != nil {
			best, entry = c, e
		}
	}
	if best == nil {
		return
	}
	entry.findings++
	f.Suppressed = &report.Suppressed{
		Kind: report.InSource, Justification: best.reason, Line: best.line, Until: best.until,
	}
}

// remember takes down that a use is one that a comment's rule is about although
// the target does not make it a finding.
func (a *applier) remember(i int, u *report.Use) {
	for c := range a.byPath[u.Path].of(u) {
		if !c.covers(u) {
			continue
		}
		for _, e := range c.known {
			if e.findings == 0 && !a.judged[judged{i, e.rule.ID}] && speaksOf(a.set, e.rule, u) {
				e.elsewhere = true
			}
		}
	}
}

// speaksOf tells whether a rule finds something in a use on a target that serves
// nothing.
func speaksOf(set *rules.Set, r *rules.Rule, u *report.Use) bool {
	if u.Kind == report.SettingUse {
		return false // the target has no say in it: it is a finding or not
	}
	if r.Unless == "" {
		return false
	}
	sends := u.Kind == report.CommandUse
	return sends && (r.MatchesCommand(u.Command) || r.MatchesOrigin(set.Origin(u.Command))) ||
		slices.ContainsFunc(u.Options, func(option string) bool { return r.MatchesOption(u.Command, option) })
}

// A problem is a finding about a comment.
type problem struct {
	comment *Comment
	state   string
	rule    *rules.Rule // nil if no rule asks for it
	text    string
}

func (a *applier) problems(c *Comment) []problem {
	var found []problem
	say := func(state, text string) { found = append(found, problem{c, state, a.asks(state), text}) }
	switch {
	case c.problem != "":
		say(rules.InvalidSuppression, c.problem)
	case len(c.unknown) > 0:
		say(rules.InvalidSuppression, strings.Join(c.unknown, "; "))
	}
	switch {
	case c.problem != "" || len(c.known) == 0:
	case c.expired:
		say(rules.ExpiredSuppression, "its last day was "+c.until)
	default:
		if idle := c.idle(); len(idle) > 0 {
			say(rules.UnusedSuppression, "there is no finding of "+strings.Join(idle, ", ")+" "+c.where())
		}
	}
	return found
}

// asks gives the rule that finds comments in a state.
func (a *applier) asks(state string) *rules.Rule {
	for _, r := range a.set.Rules {
		if r.MatchesSuppression(state) {
			return r
		}
	}
	return nil
}

// add puts uses and findings for problems into a report, in their places.
func add(r *report.Report, problems []problem) {
	added := false
	for _, p := range problems {
		if p.rule == nil {
			continue
		}
		added = true
		r.Findings = append(r.Findings, report.Finding{
			Rule: p.rule.ID, Severity: string(p.rule.Severity), Use: len(r.Uses),
			Message: strings.ReplaceAll(p.rule.Message, "{problem}", p.text),
		})
		r.Uses = append(r.Uses, report.Use{
			Kind: report.SuppressionUse, Value: p.state, Language: p.comment.language, Certainty: report.Certain,
			Path: p.comment.path, Range: p.comment.at,
		})
	}
	if added {
		r.SortUses()
	}
}
