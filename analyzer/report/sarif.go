package report

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// maxResults is how many results GitHub takes of one run.
const maxResults = 25_000

// Addresses that a SARIF file names.
const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	homepage    = "https://github.com/keyvet/keyvet"
)

// srcRoot stands for the folder that the report's paths are relative to. It is
// left to the reader where that is: a file must not tell of the machine it was
// made on.
const srcRoot = "%SRCROOT%"

// writeSARIF writes one run. Results are written one by one, so that a report of
// any size takes little memory. What GitHub, GitLab and the validators want of
// each field decided what is here:
//
//   - URIs are relative to the root and escaped; GitHub resolves no base.
//   - Columns are in UTF-16 code units.
//   - Regions are short, one line: a check of a pull request only shows an alert
//     whose lines are all in the diff.
//   - There is no "rank" (GitLab takes the severity from it), no
//     "security-severity" (it would make an alert a vulnerability), and no
//     automationDetails.id unless asked for (it beats the upload's category).
//   - Of several findings GitHub tells apart rule, path and line hash only.
func writeSARIF(w io.Writer, r *Report, o Options) error {
	s := &sarif{printer: newPrinter(w), report: r, options: o, ruleIndex: make(map[string]int)}
	kept := s.choose()
	s.print("{\n\"$schema\": ")
	s.json(sarifSchema)
	s.print(",\n\"version\": \"2.1.0\",\n\"runs\": [{\n\"tool\": ")
	s.json(map[string]any{"driver": s.driver()})
	s.print(",\n\"originalUriBaseIds\": ")
	s.json(map[string]sarifLocationOfFile{srcRoot: {Description: &sarifText{Text: "The folder that keyvet ran in."}}})
	s.print(",\n\"columnKind\": \"utf16CodeUnits\",\n")
	if o.Category != "" {
		s.print("\"automationDetails\": ")
		s.json(map[string]string{"id": strings.TrimSuffix(o.Category, "/") + "/"})
		s.print(",\n")
	}
	s.provenance()
	s.invocation(len(kept))
	s.print(",\n\"results\": [")
	for n, i := range kept {
		if s.failed() {
			break
		}
		s.print(separator(n) + "\n")
		s.json(s.result(r.Findings[i]))
	}
	s.print("\n]\n}]\n}\n")
	return s.flush()
}

type sarif struct {
	*printer
	report    *Report
	options   Options
	ruleIndex map[string]int

	hashed string   // the path whose lines are in hashes
	hashes []string // nil if it could not be opened
}

// choose gives the indices of the findings to write, in the report's order; the
// worst if they are too many.
func (s *sarif) choose() []int {
	order := worstFirst(s.report)
	order = order[:min(len(order), maxResults)]
	slices.Sort(order)
	return order
}

func (s *sarif) driver() sarifDriver {
	version := semantic(s.report.Version)
	number, _, _ := strings.Cut(version, "-")
	number, _, _ = strings.Cut(number, "+")
	d := sarifDriver{
		Name: "keyvet", FullName: strings.TrimSpace("keyvet " + s.report.Version), InformationURI: homepage,
		Version: number, SemanticVersion: version, Rules: []sarifRule{},
	}
	for _, rule := range s.rules() {
		s.ruleIndex[rule.ID] = len(d.Rules)
		d.Rules = append(d.Rules, describe(rule))
	}
	return d
}

// rules are those of the report, and those that only findings name.
func (s *sarif) rules() []Rule {
	all := slices.Clone(s.report.Rules)
	known := make(map[string]bool)
	for _, r := range all {
		known[r.ID] = true
	}
	for _, f := range s.report.Findings {
		if !known[f.Rule] {
			known[f.Rule] = true
			all = append(all, Rule{ID: f.Rule, Severity: f.Severity})
		}
	}
	return all
}

var semver = regexp.MustCompile(`^v?(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]*)?)$`)

// semantic gives the version without the v of Go's. A build from no release has
// none, but readers want a number.
func semantic(version string) string {
	if m := semver.FindStringSubmatch(version); m != nil {
		return m[1]
	}
	return "0.0.0-devel"
}

func (s *sarif) provenance() {
	v := s.options.VersionControl
	if v == nil || v.Repository == "" {
		return
	}
	s.print("\"versionControlProvenance\": ")
	s.json([]sarifVersionControl{{
		RepositoryURI: v.Repository, RevisionID: v.Revision, Branch: v.Branch,
		MappedTo: sarifLocationOfFile{URIBaseID: srcRoot},
	}})
	s.print(",\n")
}

// invocation tells what the results leave out.
func (s *sarif) invocation(written int) {
	s.print("\"invocations\": [{\"executionSuccessful\": true, \"toolExecutionNotifications\": [")
	n := 0
	say := func(message, path string) {
		out := sarifNotification{Level: "note", Message: sarifText{Text: sentence(message)}}
		if path != "" {
			out.Locations = []sarifLocation{{Physical: sarifPhysical{File: fileLocation(path)}}}
		}
		s.print(separator(n) + "\n")
		s.json(out)
		n++
	}
	for _, skip := range s.report.Skipped {
		say(fmt.Sprintf("'%s' was left out: %s", skip.Path, skip.Reason), skip.Path)
	}
	if d := s.report.Files.Damaged; d > 0 {
		say("stretches that could not be read are in "+Count(d, "file"), "")
	}
	for _, note := range s.report.Notes {
		say(note, "")
	}
	if all := len(s.report.Findings); written < all {
		say(cutNote(all, written), "")
	}
	s.print("]}]")
}
