// Package config reads a project's keyvet.yaml: where it lies, what it may say,
// and what it means for a file.
//
// It knows the settings of a scan by name, and hands the clients, families and
// rules in the file to package rules. It scans nothing, and it does not know the
// command line: who calls it decides what a flag changes.
//
// A configuration is not to be trusted: it comes with the code that is scanned,
// perhaps in a pull request of a stranger. It can name no file to write, and no
// folder outside of its repository to read.
package config

import (
	"reflect"

	"github.com/keyvet/keyvet/rules"
	"github.com/keyvet/keyvet/rules/internal/strict"
)

//go:generate go test . -run TestSchema -update

// Name is how the file is called.
const Name = "keyvet.yaml"

// Formats are the names that "format" may have.
var Formats = []string{"text", "json", "sarif", "markdown", "github", "gitlab", "junit", "checkstyle"}

// Values are what a keyvet.yaml may hold. A flag of the command line has the last
// word over each.
type Values struct {
	// Include are globs: only files that match one are scanned. Globs are as seen
	// from the folder of this file; one without a slash matches the names of
	// files and folders at any depth.
	Include []string `yaml:"include"`
	// Exclude are globs of files and folders to leave out.
	Exclude []string `yaml:"exclude"`
	// NoIgnore scans what .gitignore and .keyvetignore leave out, too.
	NoIgnore bool `yaml:"no_ignore"`
	// Vendored scans vendored code (node_modules, vendor ...), too.
	Vendored bool `yaml:"vendored"`
	// Generated scans generated code, too.
	Generated bool `yaml:"generated"`
	// Minified scans minified code, too.
	Minified bool `yaml:"minified"`

	// Target is the server that the code is judged against: a name that "keyvet
	// targets" lists, or a file that "keyvet targets save" has written, as seen
	// from the folder of this file.
	Target string `yaml:"target"`
	// With are modules that the target has besides: valkey-search=1.2,valkey-json.
	With string `yaml:"with"`

	// Severity is the gate: findings of at least this severity make keyvet fail.
	Severity string `yaml:"severity"`
	// Certainty is what a finding must have to be one: certain, likely or possible.
	Certainty string `yaml:"certainty"`
	// Strict makes keyvet fail if anything was skipped, damaged or undecided.
	Strict bool `yaml:"strict"`
	// Format is how the report is written.
	Format string `yaml:"format"`

	// Baseline is a file that lists findings that are known, as seen from the folder
	// of this file and inside of the repository. Only other ones count.
	Baseline string `yaml:"baseline"`
	// NoSuppress takes no notice of keyvet:ignore comments.
	NoSuppress bool `yaml:"no_suppress"`
	// RequireUntil takes notice only of keyvet:ignore comments that have a last day:
	// until=2027-01-31.
	RequireUntil bool `yaml:"require_until"`

	// Severities change those of rules, by id: {resp2-pinned: off}.
	Severities map[string]string `yaml:"severities"`
	// Overrides change them for some files. Of several that match, the last one
	// that names the rule wins.
	Overrides []Override `yaml:"overrides"`

	// RulesDirs are folders, or files, with more rules, clients and families;
	// inside of the repository.
	RulesDirs []string `yaml:"rules_dirs"`
	// Rules are the project's own, and changes of built-in ones: an entry with the
	// id of a built-in rule changes the fields that it gives.
	Rules strict.Elsewhere `yaml:"rules"`
	// Clients are client libraries of the project's own, wrappers among them. One
	// with the name and language of a built-in client adds to that.
	Clients strict.Elsewhere `yaml:"clients"`
	// Families are groups of commands that one module serves.
	Families strict.Elsewhere `yaml:"families"`
}

// An Override changes the severity of rules for some files.
type Override struct {
	// Paths are globs, as those of "exclude".
	Paths []string `yaml:"paths"`
	// Severities by rule id; "*" stands for every rule.
	Severities map[string]string `yaml:"severities"`
}

var severities = []string{string(rules.Error), string(rules.Warning), string(rules.Note), string(rules.Off)}

// spec is what the types do not say themselves.
var spec = &strict.Spec{
	Required: map[reflect.Type][]string{
		reflect.TypeFor[Override](): {"paths", "severities"},
	},
	Values: map[reflect.Type]map[string][]string{
		reflect.TypeFor[Values](): {
			"severity":   severities[:3],
			"certainty":  {"certain", "likely", "possible"},
			"format":     Formats,
			"severities": severities,
		},
		reflect.TypeFor[Override](): {"severities": severities},
	},
}

// A Config is what holds for a scan, flags aside.
type Config struct {
	Values
	Path string // of the file; "" if there is none
	Dir  string // of the file, absolute and without links
	Set  *rules.Set

	file   *strict.File
	asleep []string // rules that are off where no override names them
}

// Given says where the file gives a key ("keyvet.yaml:3"), "" if it does not.
func (c *Config) Given(keys ...string) string {
	if c.file == nil || c.file.Root == nil {
		return ""
	}
	n := strict.Lookup(c.file.Root, keys...)
	if n == nil {
		return ""
	}
	return place(c.Path, n)
}
