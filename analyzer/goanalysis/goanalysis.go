// Package goanalysis is keyvet for Go programs whose types are known: the same
// rules, targets and excuses as those of a scan, as an analyzer for go vet,
// golangci-lint, Bazel's nogo and checkers of one's own. It needs no C compiler.
//
// [Analyzer] takes its options from flags and from the keyvet.yaml of the module
// that is looked at; [New] makes one that has them already:
//
//	multichecker.Main(
//		goanalysis.New(goanalysis.Options{Target: "valkey-bundle-9.1"}),
//		printf.Analyzer,
//	)
//
// [VetTool] speaks the protocol of go vet's and go fix's tools.
//
// A diagnostic is a finding at or above the severity that makes a scan fail, which
// is "warning" unless something else is said: a build has no room for notes. Its
// category is the rule's id, which also stands behind the message, for go vet shows
// no category. What led to it is related information. Where there is one right
// edit, it is a suggested fix.
//
// The package decides nothing about code or servers. What it knows is how to talk
// to the drivers of golang.org/x/tools/go/analysis.
package goanalysis

import (
	"flag"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/keyvet/keyvet/analyzer/goanalysis/internal/inputs"
	"github.com/keyvet/keyvet/analyzer/goanalysis/internal/settings"
)

// Options are what an analyzer can be told: Target, With, Rules, Config,
// NoLocalConfig, NoSuppress, Severity, Certainty, Sources. Each beats what the
// keyvet.yaml of the module says.
type Options = settings.Options

// Analyzer is keyvet with the options that flags and keyvet.yaml give.
var Analyzer = New(Options{})

// name is the analyzer's, and the prefix of its flags.
const name = "keyvet"

const doc = `find what a Valkey server does not do for code written for Redis

The analyzer reports commands of modules, options and protocol settings that the
target does not serve, in calls of Redis and Valkey client libraries. A keyvet.yaml
in the folder of the module, or above it, holds as it does for a scan.`

// New makes an analyzer. Its flags change the options given.
func New(o Options) *analysis.Analyzer { return (&checker{options: o}).analyzer() }

// A checker runs one analyzer.
type checker struct {
	options Options
	loader  settings.Loader
	// remember, if set, is told what findings were made from besides the code.
	remember func([]inputs.Input) error
}

func (c *checker) analyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name: name, Doc: doc, URL: page,
		Run: c.run, RunDespiteErrors: true,
		FactTypes: []analysis.Fact{new(Fact)},
	}
	register(&a.Flags, &c.options)
	return a
}

// A Fact is what importers of a package must know of it: that it reaches a client
// library, and what its functions do with one.
type Fact struct {
	// Exported is in a form of its own, and often empty.
	Exported []byte
}

// AFact makes it a fact.
func (*Fact) AFact() {}

// String is for tests.
func (*Fact) String() string { return "reaches a client" }

func register(f *flag.FlagSet, o *Options) {
	f.StringVar(&o.Target, "target", o.Target, "judge against `TARGET`: see keyvet targets")
	f.StringVar(&o.With, "with", o.With, "add `MODULES` to the target: valkey-search=1.2,valkey-json")
	f.Var(&list{values: &o.Rules}, "rules", "add the rules and clients in `DIR` (several with commas between them)")
	f.StringVar(&o.Config, "config", o.Config, "take the configuration from `FILE`, not from the module's keyvet.yaml")
	f.BoolVar(&o.NoLocalConfig, "no-local-config", o.NoLocalConfig, "do not look for a keyvet.yaml")
	f.BoolVar(&o.NoSuppress, "no-suppress", o.NoSuppress, "take no notice of keyvet:ignore comments")
	f.StringVar(&o.Severity, "severity", o.Severity, "report findings of at least this severity: note, warning, error")
	f.StringVar(&o.Certainty, "certainty", o.Certainty, "report findings of at least this certainty: certain, likely, possible")
}

// A list is a flag with several values.
type list struct {
	values *[]string
	given  bool
}

// String gives the values as Set takes them.
func (l *list) String() string {
	if l.values == nil {
		return "" // package flag asks an empty one for its default
	}
	return strings.Join(*l.values, ",")
}

// Set adds values; the first ones take the place of those that were there.
func (l *list) Set(text string) error {
	if !l.given {
		*l.values, l.given = nil, true
	}
	*l.values = append(*l.values, strings.Split(text, ",")...)
	return nil
}
