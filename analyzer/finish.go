package analyzer

import (
	"fmt"
	"path"
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/detect"
	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/internal/extract"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

func reportRules(set *rules.Set) []report.Rule {
	var all []report.Rule
	for _, r := range set.Rules {
		all = append(all, report.Rule{
			ID: r.ID, Title: r.Title, Severity: string(r.Severity),
			Why: r.Why, Instead: r.Instead, Sources: r.Sources,
		})
	}
	return all
}

// farNotes says that there are calls of everyday members whose receivers nobody
// could follow, and where the first one is.
func farNotes(about *subject, far []report.Step) []string {
	far = slices.DeleteFunc(far, func(s report.Step) bool { return !about.holds(s.Path) })
	if len(far) == 0 {
		return nil
	}
	first := far[0]
	for _, s := range far {
		if s.Path < first.Path || s.Path == first.Path && s.Range.Start.Line < first.Range.Start.Line {
			first = s
		}
	}
	return []string{fmt.Sprintf("%s of members that many libraries have: where the receiver comes from is too far to be followed; the first is %s in %s:%d",
		report.Count(len(far), "call"), first.Message, first.Path, first.Range.Start.Line)}
}

// configNotes names the configurations that do not hold: one holds for a scan.
func configNotes(o Options, found discover.Result) (notes []string) {
	used, err := discover.Resolve(o.Config)
	if err != nil {
		used = ""
	}
	for _, f := range found.Also {
		if path.Base(f.Rel) != o.ConfigName {
			continue
		}
		if at, err := discover.Resolve(f.Path); err == nil && at != used {
			notes = append(notes, f.Rel+" is not used: one configuration holds for a scan, from the folder that is scanned or above; "+
				"scan that folder by itself, or see \"overrides\"")
		}
	}
	return notes
}

// count says what became of every file.
func count(r *report.Report, found discover.Result, about *subject, reader *extract.Reader, standing []string) {
	r.Files.Found = len(found.Files)
	for _, rel := range about.manifests {
		if about.asked(rel) {
			r.Files.Manifests++
		}
	}
	r.Files.Context = len(about.all) - len(found.Files)
	r.Files.Left = make(map[string]int)
	for reason, tally := range found.Counts.Left {
		if n := tally.Files + tally.Folders; n > 0 && discover.Reason(reason) != discover.LeftLanguage {
			r.Files.Left[discover.Reason(reason).String()] += n
		}
	}
	for _, s := range found.Skipped {
		r.Skipped = append(r.Skipped, report.Skip{Path: s.Path, Reason: s.Reason})
	}
	for _, s := range reader.Sources {
		if !about.asked(s.Rel) {
			continue
		}
		r.Paths = append(r.Paths, s.Rel)
		switch s.State {
		case extract.Read:
			r.Files.Read++
			if len(s.Facts.Damage) > 0 {
				r.Files.Damaged++
			}
		case extract.Skipped:
			r.Skipped = append(r.Skipped, report.Skip{Path: s.Rel, Reason: s.Reason})
		case extract.Generated:
			r.Files.Left[discover.LeftGenerated.String()]++
		case extract.Minified:
			r.Files.Left[discover.LeftMinified.String()]++
		default:
			r.Files.Passed++
		}
	}
	r.Files.Skipped = len(r.Skipped)
	for _, glob := range found.UnmatchedGlobs {
		if !slices.Contains(standing, glob) {
			r.Notes = append(r.Notes, "the glob \""+glob+"\" matched nothing")
		}
	}
}

// addFaults says which files detection did not get through. Whoever asks again is
// to see it again, so nothing is remembered.
func addFaults(o Options, r *report.Report, faults []detect.Fault) {
	for _, f := range faults {
		o.Memo.witnessOf().Unsure()
		r.Skipped = append(r.Skipped, report.Skip{Path: f.Path, Reason: f.Reason})
	}
	r.Files.Skipped = len(r.Skipped)
}
