package report

import (
	"io"
	"strings"
	"time"
)

// A SuppressionKind says where an excuse is written down. The words are SARIF's.
type SuppressionKind string

// The kinds of suppressions.
const (
	InSource SuppressionKind = "inSource" // a comment beside the code
	External SuppressionKind = "external" // a baseline
)

// Suppressed says why a finding does not count.
type Suppressed struct {
	Kind SuppressionKind `json:"kind"`
	// Justification is the reason that a person gave.
	Justification string `json:"justification"`
	// Line is where the comment stands, in the finding's file; 0 for a baseline.
	Line int `json:"line,omitempty"`
	// Until is the last day on which it holds, as 2027-01-31; empty for ever.
	Until string `json:"until,omitempty"`
}

// A Suppression is a comment that excuses findings, or was meant to.
type Suppression struct {
	Path string `json:"path"`
	Line int    `json:"line"`
	// Form is "line", "block" or "file".
	Form  string   `json:"form"`
	Rules []string `json:"rules"`
	// Reason is what stands behind the rules.
	Reason string `json:"reason,omitempty"`
	// Until is the last day on which it holds, as 2027-01-31; empty for ever.
	Until string `json:"until,omitempty"`
	// Findings counts what it excuses.
	Findings int `json:"findings"`
	// Problem says what is wrong with it, for people; empty if nothing is.
	Problem string `json:"problem,omitempty"`
}

// Suppressed counts the findings that are excused: by comments, and by a baseline.
func (r *Report) Suppressed() (inSource, external int) {
	for _, f := range r.Findings {
		switch {
		case f.Suppressed == nil:
		case f.Suppressed.Kind == External:
			external++
		default:
			inSource++
		}
	}
	return inSource, external
}

// open is the report without the findings that are excused.
func (r *Report) open() *Report {
	inSource, external := r.Suppressed()
	if inSource+external == 0 {
		return r
	}
	out := *r
	out.Findings = make([]Finding, 0, len(r.Findings)-inSource-external)
	for _, f := range r.Findings {
		if f.Suppressed == nil {
			out.Findings = append(out.Findings, f)
		}
	}
	return &out
}

type writer = func(io.Writer, *Report, Options) error

// openOnly makes a writer leave out the findings that are excused.
func openOnly(write writer) writer {
	return func(w io.Writer, r *Report, o Options) error { return write(w, r.open(), o) }
}

// openUnlessAsked makes a writer leave them out if the options do not ask for them.
func openUnlessAsked(write writer) writer {
	return func(w io.Writer, r *Report, o Options) error {
		if !o.ShowSuppressed {
			r = r.open()
		}
		return write(w, r, o)
	}
}

// excuse words why a finding does not count.
func (s *Suppressed) excuse() string {
	text := "suppressed"
	switch {
	case s.Kind == External:
		text += " by the baseline"
	case s.Line > 0:
		text += " in line " + number(s.Line)
	}
	if s.Until != "" {
		text += " until " + s.Until
	}
	if s.Justification != "" {
		text += ": " + s.Justification
	}
	return text
}

// WriteSuppressions lists the comments that excuse findings: for people, one a
// line, or as a JSON array, one element a line. Today tells how many days one has
// left. Their age is not told: it would take the history of the repository, which
// nobody has asked keyvet to read.
func WriteSuppressions(w io.Writer, r *Report, asJSON bool, today time.Time) error {
	p := newPrinter(w)
	if asJSON {
		p.print("[")
	}
	for i, s := range r.Suppressions {
		if s.Rules == nil {
			s.Rules = []string{}
		}
		if asJSON {
			p.print(separator(i) + "\n")
			p.json(s)
			continue
		}
		p.print(Printable(s.Path) + ":" + number(s.Line) + ": " + Printable(s.line(today)) + "\n")
	}
	if asJSON {
		p.print("\n]\n")
	}
	return p.flush()
}

// line is all that a reader wants to know of a comment, but for its place.
func (s *Suppression) line(today time.Time) string {
	text := strings.Join(s.Rules, ", ")
	if s.Form != "line" {
		text = strings.TrimSpace(text+" ("+s.Form) + ")"
	}
	if s.Until != "" {
		text += " until " + s.Until
		if last, err := time.Parse(time.DateOnly, s.Until); err == nil {
			if days := int(last.Sub(today.UTC().Truncate(24*time.Hour)).Hours() / 24); days >= 0 {
				text += ", " + Count(days, "day") + " left"
			}
		}
	}
	if s.Reason != "" {
		text += ": " + s.Reason
	}
	if s.Problem != "" {
		return text + " [" + s.Problem + "]"
	}
	return text + " [" + Count(s.Findings, "finding") + "]"
}
