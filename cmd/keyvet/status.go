package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/report"
)

// maxSkips is how many skipped files are named.
const maxSkips = 20

// finish says on standard error what became of the files, and gives the exit
// code as an error.
func (s *scan) finish(r *report.Report, dropped int) error {
	doubts := s.doubts(r)
	if !s.quiet {
		s.say("%s", s.summary(r, dropped))
		for _, note := range r.Notes {
			s.say("note: %s", note)
		}
		for i, skip := range r.Skipped {
			if i == maxSkips {
				s.say("... and %s more (see --format json)", report.Thousands(len(r.Skipped)-maxSkips))
				break
			}
			s.say("skipped %s: %s", skip.Path, skip.Reason)
		}
		if s.foundNothing(r) {
			s.say("there was no file to look at; keyvet reads %s", strings.Join(languageNames(), ", "))
		}
	}
	switch {
	case slices.ContainsFunc(r.Findings, s.counts):
		return exitError(exitFindings)
	case s.strict && len(doubts) > 0:
		complain(s.streams, "failed because of --strict: %s", strings.Join(doubts, ", "))
		return exitError(exitUndecided)
	}
	return nil
}

func (s *scan) say(format string, args ...any) {
	fmt.Fprintf(s.err, "keyvet: %s\n", report.Printable(fmt.Sprintf(format, args...)))
}

// counts tells whether a finding is at or above the gate.
func (s *scan) counts(f report.Finding) bool {
	if f.Suppressed != nil {
		return false
	}
	weight := slices.Index(s.severity.allowed, f.Severity)
	return weight >= slices.Index(s.severity.allowed, s.severity.value)
}

// doubts are the reasons for which a clean result would not be the whole truth.
func (s *scan) doubts(r *report.Report) (doubts []string) {
	undecided := 0
	for _, u := range r.Uses {
		if (s.sure(u.Certainty) || u.Certainty == report.Possible) && (u.Command == "?" || strings.HasSuffix(u.Command, ".*") || u.Value == "?") {
			undecided++
		}
	}
	for _, d := range []struct {
		n    int
		what string
	}{{len(r.Skipped), "skipped"}, {r.Files.Damaged, "read only in part"}, {undecided, "undecided"}} {
		if d.n > 0 {
			doubts = append(doubts, report.Thousands(d.n)+" "+d.what)
		}
	}
	if s.foundNothing(r) {
		doubts = append(doubts, "no file to look at")
	}
	return doubts
}

// foundNothing tells whether there was no file. Of several shards only the first one
// knows.
func (s *scan) foundNothing(r *report.Report) bool {
	return r.Files.Found+r.Files.Manifests == 0 && s.shard.Index <= 1
}

func (s *scan) summary(r *report.Report, dropped int) string {
	switch part := fmt.Sprintf("part %d of %d: ", s.shard.Index, s.shard.Of); {
	case s.shard.Of <= 1:
		return summary(r, dropped)
	case s.shard.Index == 1:
		return part + summary(r, dropped)
	default:
		return part + r.Summary()
	}
}

// summary is the line of counts.
func summary(r *report.Report, dropped int) string {
	f := r.Files
	parts := []string{report.Thousands(f.Read) + " read", report.Thousands(f.Passed) + " passed over"}
	if len(r.Skipped) > 0 {
		parts = append(parts, report.Thousands(len(r.Skipped))+" skipped")
	}
	if f.Damaged > 0 {
		parts = append(parts, report.Thousands(f.Damaged)+" read only in part")
	}
	files := count(f.Found, "file")
	if f.Manifests > 0 {
		files += " and " + count(f.Manifests, "manifest")
	}
	line := files + ": " + strings.Join(parts, ", ")
	if left := leftOut(f.Left); left != "" {
		line += "; left out: " + left
	}
	if f.Context > 0 {
		line += "; " + report.Thousands(f.Context) + " more looked at for context"
	}
	line += "; " + r.Summary()
	if comments, baseline := r.Suppressed(); comments+baseline > 0 {
		line += ", " + excused(comments, baseline)
	}
	if dropped > 0 {
		line += ", and " + report.Thousands(dropped) + " below --certainty"
	}
	return line
}

// excused words how many findings do not count.
func excused(comments, baseline int) string {
	switch {
	case baseline == 0:
		return report.Thousands(comments) + " suppressed"
	case comments == 0:
		return report.Thousands(baseline) + " in the baseline"
	}
	return report.Thousands(comments) + " suppressed, " + report.Thousands(baseline) + " in the baseline"
}

// leftOut lists what was left out on purpose, most first.
func leftOut(left map[string]int) string {
	reasons := slices.SortedFunc(maps.Keys(left), func(a, b string) int {
		return cmp.Or(cmp.Compare(left[b], left[a]), strings.Compare(a, b))
	})
	for i, reason := range reasons {
		reasons[i] = report.Thousands(left[reason]) + " " + reason
	}
	return strings.Join(reasons, ", ")
}
