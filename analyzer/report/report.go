// Package report holds what a scan found, and writes it in several formats.
//
// A [Use] is an observation: this call sends ACME.FIND through acme-py. A
// [Finding] is a judgement of a use by a rule. Observations do not change when
// rules do, so a report holds all of them, whether judged or not.
//
// The package decides nothing: what is in a [Report] is written, in the order
// given. It reads no file but through [Options.Open], and does not know what a
// terminal is. A format is one file here and one line in [Formats].
//
// # JSON
//
// The format "json" is the whole inventory, one [Report]: what is found of
// interest, and what became of the files. report.schema.json beside this file
// describes it.
//
//	{
//	  "version": "v1.2.0",
//	  "files": {"found": 120, "passed": 98, "read": 22, "damaged": 0, "skipped": 1},
//	  "uses": [
//	    {"kind": "command", "command": "ACME.FIND", "client": "acme-py", "language": "python",
//	     "certainty": "certain", "path": "shop/search.py",
//	     "range": {"start": {"line": 12, "column": 5}, "end": {"line": 12, "column": 30}},
//	     "because": [{"message": "imports acme", "path": "shop/db.py", "range": ...}]}
//	  ],
//	  "findings": [
//	    {"rule": "acme-command", "severity": "error", "message": "...", "use": 0}
//	  ],
//	  "clients": [
//	    {"client": "acme-py", "language": "python", "package": "acme", "version": "8.1.0",
//	     "path": "uv.lock", "line": 12, "settings": [{"setting": "resp", "default": ["3"], "set": ["2"]}]}
//	  ],
//	  "skipped": [{"path": "big.js", "reason": "..."}],
//	  "notes": ["the glob \"*.pyx\" matched nothing"],
//	  "suppressions": [
//	    {"path": "shop/old.py", "line": 7, "form": "line", "rules": ["acme-command"],
//	     "reason": "goes with the old shop", "until": "2027-01-31", "findings": 1}
//	  ]
//	}
//
// A finding that is excused holds "suppressed" and does not count; it is in the
// JSON form always, in "text" and "sarif" only if asked for, in no other form.
//
// A finding names its use by the index in "uses", or has -1 there and a "place".
// Lists are never null. Lines
// and columns count from 1, columns in bytes; so do those of the format "text".
// Fields may be added in later versions; none changes its meaning.
package report

import (
	"cmp"
	"slices"
)

// A UseKind tells the kinds of uses apart.
type UseKind string

// The kinds of uses.
const (
	CommandUse UseKind = "command" // a call sends a command
	SettingUse UseKind = "setting" // a client is told something about its protocol
	// OptionUse is an argument of a command that is built apart from the call that
	// sends it: Options holds the option that it gives to Command.
	OptionUse UseKind = "option"
	// SuppressionUse is a comment that was meant to excuse findings and does not:
	// Value says how it fails (invalid, expired, unused). Comments that do are not
	// uses; all are in Report.Suppressions.
	SuppressionUse UseKind = "suppression"
)

// A Certainty says how sure a use is.
type Certainty string

// The certainties, from strong to weak.
const (
	// Certain: the receiver is a client and the command is known.
	Certain Certainty = "certain"
	// Likely: the library is used in the project and the call looks like one of
	// its own, but the receiver's origin is unknown.
	Likely Certainty = "likely"
	// Possible: a client may be used here, but its origin is too far away to be
	// followed.
	Possible Certainty = "possible"
)

// A Position is a place in a file: line and column from 1, the column in bytes.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// A Range is a stretch of a file. End is the position after the last byte.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// A Step is one link of the chain that explains a use.
type Step struct {
	Message string `json:"message"`
	Path    string `json:"path"`
	Range   Range  `json:"range"`
}

// A Use is one place where code depends on a command or an option of it, or sets
// a protocol.
type Use struct {
	Kind UseKind `json:"kind"`
	// Command is the command's name, upper case: "FT.SEARCH", "FT.CONFIG GET";
	// "FT.*" where only the family is known; "?" where nothing is.
	Command string `json:"command,omitempty"`
	// Options are words behind the command that not every server knows, upper
	// case: "IFNE".
	Options []string `json:"options,omitempty"`
	// Setting is the setting's name, "resp", and Value its value: "2", "3", or
	// "?" where it is computed.
	Setting string `json:"setting,omitempty"`
	Value   string `json:"value,omitempty"`
	// Client names the client library's catalogue; empty when unknown.
	Client    string    `json:"client,omitempty"`
	Language  string    `json:"language"`
	Certainty Certainty `json:"certainty"`
	// Raw: the command was an argument of the call, not a method's own. It is not
	// part of the JSON form.
	Raw bool `json:"-"`
	// Form is the way a setting is set: keyword, field, call, url. Everywhere: it holds for all clients of the program. Neither is
	// part of the JSON form.
	Form       string `json:"-"`
	Everywhere bool   `json:"-"`
	// Path is relative to the folder that the scan ran in, with slashes.
	Path string `json:"path"`
	// Range is the sending call, or the keyword, entry or call that carries the
	// setting or the option. In a chain of several sends it is that command's own part.
	Range Range `json:"range"`
	// Function names the function around it, with its type: "Shop.find". Empty
	// outside of functions.
	Function string `json:"function,omitempty"`
	Because  []Step `json:"because"`
	// Lines holds the source lines of Range, first to last, without their line
	// ends, for showing. It is not part of the JSON form.
	Lines []string `json:"-"`
}

// A Finding is a rule's judgement of a use, or of something that is no use.
type Finding struct {
	// Rule is the rule's id.
	Rule     string `json:"rule"`
	Severity string `json:"severity"` // error, warning, note
	Message  string `json:"message"`
	// Use is the index in "uses" of the use that is judged; -1 for a finding that
	// judges none and has a place of its own.
	Use   int    `json:"use"`
	Place *Place `json:"place,omitempty"`
	// Suppressed says why the finding does not count, if it does not.
	Suppressed *Suppressed `json:"suppressed,omitempty"`
	// Fix does away with it. It is no part of the JSON form.
	Fix *Fix `json:"-"`
}

// A Fix gives a field to the options that some clients are made with. Only all of
// it does away with the finding.
type Fix struct {
	Field, Value string // as the language writes them
	// Clients are, for each client, the stretches of code that hold its options.
	Clients [][]Stretch
}

// A Stretch is a part of a file.
type Stretch struct {
	Path  string
	Range Range
}

// A Place is where a finding is that judges no use: a client that is made, a
// package that is imported, a line of a manifest.
type Place struct {
	// Path is relative to the folder that the scan ran in, with slashes.
	Path  string `json:"path"`
	Range Range  `json:"range"`
	// Client names the client library's catalogue, if it is about one.
	Client string `json:"client,omitempty"`
	// Language is empty for a manifest.
	Language  string    `json:"language,omitempty"`
	Certainty Certainty `json:"certainty"`
	// Function names the function around it, with its type.
	Function string `json:"function,omitempty"`
	Because  []Step `json:"because"`
	// Lines holds the source lines of Range. It is not part of the JSON form.
	Lines []string `json:"-"`
}

// Judged gives the use that a finding judges, or one that stands for its place;
// nil if it has neither.
func (r *Report) Judged(f Finding) *Use {
	switch {
	case f.Use >= 0 && f.Use < len(r.Uses):
		return &r.Uses[f.Use]
	case f.Use < 0 && f.Place != nil:
		p := f.Place
		return &Use{
			Client: p.Client, Language: p.Language, Certainty: p.Certainty, Path: p.Path, Range: p.Range,
			Function: p.Function, Because: p.Because, Lines: p.Lines,
		}
	}
	return nil
}

// SortFindings puts the findings in the order of their places, then of their uses,
// then of their rules.
func (r *Report) SortFindings() {
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		if a.Use >= 0 && b.Use >= 0 { // uses are in order
			return cmp.Or(cmp.Compare(a.Use, b.Use), cmp.Compare(a.Rule, b.Rule))
		}
		x, y := r.Judged(a), r.Judged(b)
		return cmp.Or(
			cmp.Compare(x.Path, y.Path),
			cmp.Compare(x.Range.Start.Line, y.Range.Start.Line), cmp.Compare(x.Range.Start.Column, y.Range.Start.Column),
			cmp.Compare(x.Range.End.Line, y.Range.End.Line), cmp.Compare(x.Range.End.Column, y.Range.End.Column),
			cmp.Compare(min(a.Use, 0), min(b.Use, 0)), cmp.Compare(a.Rule, b.Rule),
		)
	})
}

// Counts says what became of the files.
type Counts struct {
	Found   int `json:"found"`   // source files of known languages
	Passed  int `json:"passed"`  // passed over: nothing in them can matter
	Read    int `json:"read"`    // parsed
	Damaged int `json:"damaged"` // parsed, with stretches that could not be read
	Skipped int `json:"skipped"` // should have been looked at and were not
	// Left counts files and folders left out on purpose, by reason: ignored,
	// vendored, generated, minified.
	Left map[string]int `json:"left,omitempty"`
	// Manifests counts the manifests of package managers, which no other number
	// counts unless they are source code.
	Manifests int `json:"manifests,omitempty"`
	// Context counts files that were only looked at for what they say about
	// those reported on. No other number counts them.
	Context int `json:"context,omitempty"`
}

// A Skip is a file or folder that was not looked at, or not as a whole.
type Skip struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// A Rule is what a report says of a rule that took part.
type Rule struct {
	ID       string
	Title    string
	Severity string
	Why      string // Markdown
	Instead  string // Markdown
	Sources  []string
	// Page is the address of the rule's own page, if it has one.
	Page string
}

// A Client is a client library that a manifest names, or that code makes clients
// of.
type Client struct {
	// Client names the library's catalogue.
	Client   string `json:"client"`
	Language string `json:"language"`
	// Package is its name in the manifest. It is empty, as are the version and the
	// place, for a library that no manifest names.
	Package string `json:"package,omitempty"`
	// Version is the version, or those that are allowed: "8.1.0", ">=5.0.0, <9.0.0".
	// It is empty if the manifest does not say, "*" if it allows all.
	Version string `json:"version,omitempty"`
	// Platform is the platform that gives the version: "spring-boot 3.5.3".
	Platform string `json:"platform,omitempty"`
	// Path and Line are where the version is said, or the package named.
	Path string `json:"path,omitempty"`
	Line int    `json:"line,omitempty"`
	// Settings are those that keyvet looks for.
	Settings []ClientSetting `json:"settings"`
}

// A ClientSetting is what is known of a setting of a client library.
type ClientSetting struct {
	// Setting is its name: "resp".
	Setting string `json:"setting"`
	// Default are the values that hold where the code sets none; several if the
	// versions allowed differ.
	Default []string `json:"default"`
	// Set are the values that the code sets; "?" for a computed one.
	Set []string `json:"set"`
}

// A Report is the outcome of one scan.
type Report struct {
	// Version is that of keyvet.
	Version string `json:"version"`
	Files   Counts `json:"files"`
	// Uses are in the order of path, range, kind, command.
	Uses []Use `json:"uses"`
	// Findings are in the order of their places, then by rule.
	Findings []Finding `json:"findings"`
	Skipped  []Skip    `json:"skipped"`
	// Notes are what a reader must know besides: cuts, globs that matched nothing.
	Notes []string `json:"notes"`
	// Suppressions are the comments that excuse findings, or were meant to, by
	// path and line. Only files that were read were looked through for them.
	Suppressions []Suppression `json:"suppressions"`
	// Clients are the client libraries in use, by language, name and place.
	Clients []Client `json:"clients"`
	// Rules are those that were asked, by id. They are no part of the JSON form.
	Rules []Rule `json:"-"`
	// Paths are the files that the report is about, whether read or passed over,
	// in order. They are no part of the JSON form.
	Paths []string `json:"-"`
}
