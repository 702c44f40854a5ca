// Package analyzer is keyvet's whole walk, from paths to a report: find the
// files, sieve and read them, join them, detect uses, judge them.
//
// Data goes one way. The only loop is the chase: what a round of detection
// learns (a file that a lookup would have needed, a wrapper's name) makes files
// worth reading that were passed over, and detection runs again, a few times at
// most.
package analyzer

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/keyvet/keyvet/analyzer/internal/detect"
	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/internal/extract"
	"github.com/keyvet/keyvet/analyzer/internal/fault"
	"github.com/keyvet/keyvet/analyzer/internal/judge"
	"github.com/keyvet/keyvet/analyzer/internal/manifest/dependencies"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// Options say what to scan and how.
type Options struct {
	// Base is the folder that paths in the report are relative to; "" is the
	// working directory.
	Base string
	// Roots are the files and folders to scan.
	Roots            []string
	Include, Exclude []string // doublestar globs
	// Standing are those of the globs that are not made for this one scan: nothing
	// is said if they match no file.
	Standing []string
	// Ignored, Vendored, Generated and Minified take what is left out otherwise.
	Ignored, Vendored, Generated, Minified bool

	Rules     *rules.Set
	Languages []languages.Language

	// Context are folders whose files are looked at only for what they say about
	// the files below Roots: which names they define, who calls whom.
	Context []string
	// Shard is the part of the report that is wanted.
	Shard Shard
	// NoComments takes no notice of ignore comments.
	NoComments bool
	// RequireUntil takes notice only of those that have a last day.
	RequireUntil bool
	// AllComments looks for ignore comments in files that were passed over, too.
	// Such a comment has nothing to excuse.
	AllComments bool
	// Now decides which ignore comments have expired; zero is the present.
	Now time.Time
	// Target is the server that uses are judged against; nil is the rules' default.
	Target *rules.Target
	// Severity, if set, may change the severity of a finding by its place, or drop
	// it with rules.Off. The path is as in the report.
	Severity func(rule, path string, severity rules.Severity) rules.Severity

	// ConfigName is the name of the tool's configuration files, and Config the one
	// that holds, if any. Of others in the tree it is noted that they do not.
	ConfigName, Config string

	Workers   int           // 0: one for each processor
	MaxSize   int64         // bytes of a file that is parsed; 0: DefaultMaxSize
	TimeLimit time.Duration // for parsing each MiB that a file begins; 0: DefaultTimeLimit
	// Everything parses every file. It only serves to check the sieve.
	Everything bool
	// Progress, if set, is told now and then how many files were looked at.
	Progress func(done, all int)
	// Version is keyvet's version, for the report.
	Version string
	// Cache, if set, keeps what is found in files.
	Cache *Cache
	// Memo, if set, takes down all that the report depends on.
	Memo *Memo
}

// Defaults of Options.
const (
	DefaultMaxSize   = 1 << 20
	DefaultTimeLimit = 2 * time.Second
)

// Run scans. An error means that there is no report: roots that do not exist,
// globs that cannot be used, a canceled context, a mistake of keyvet's own that
// concerns more than a file. What could not be read is in the report.
func Run(ctx context.Context, o Options) (r *report.Report, err error) {
	if said := fault.Of(func() { r, err = run(ctx, withDefaults(o)) }); said != "" {
		return nil, fmt.Errorf("internal fault: %s; there is no report; %s", said, fault.Report)
	}
	return r, err
}

func run(ctx context.Context, o Options) (*report.Report, error) {
	byName := make(map[string]languages.Language)
	for _, l := range o.Languages {
		byName[l.Name()] = l
	}
	found, about, err := find(ctx, o)
	if err != nil {
		return nil, err
	}
	needles := needlesFor(o.Rules, about.all)
	files := o.Cache.files(o, needles)
	defer files.Save()
	sieves := filters(needles)
	reader := extract.New(about.all, extract.Options{
		Languages: byName, Filters: sieves, Kept: files, Workers: o.Workers,
		MaxSize: o.MaxSize, TimeLimit: o.TimeLimit,
		Generated: o.Generated, Minified: o.Minified,
		Progress: o.Progress, Witness: o.Memo.witnessOf(),
	})
	if err := reader.Look(ctx); err != nil {
		return nil, err
	}
	detector := newDetector(o, byName, reader)
	if about.few() {
		detector.About = about.asked
	}
	c := newChase(o, sieves, about, reader, detector)
	result, err := c.run(ctx)
	if err != nil {
		return nil, err
	}
	reader.Forget()
	result.Callers = nil // they hold what was forgotten
	uses := about.only(result.Uses)
	r := &report.Report{
		Version:  o.Version,
		Uses:     uses,
		Findings: judge.Findings(o.Rules, o.Target, uses),
		Notes:    slices.Concat(c.notes, farNotes(about, result.Far), configNotes(o, found)),
		Rules:    reportRules(o.Rules),
	}
	elsewhere := addVersions(o, r, about, reader, result)
	judge.Weigh(r, o.Severity)
	if err := addSuppressions(ctx, o, r, about, reader, elsewhere); err != nil {
		return nil, err
	}
	judge.Weigh(r, o.Severity) // findings about comments came to it
	addSource(r, o.Base, reader)
	count(r, found, about, reader, o.Standing)
	addFaults(o, r, result.Faults)
	o.Shard.cut(r)
	return r, nil
}

func withDefaults(o Options) Options {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.MaxSize == 0 {
		o.MaxSize = DefaultMaxSize
	}
	if o.TimeLimit == 0 {
		o.TimeLimit = DefaultTimeLimit
	}
	if o.Base == "" {
		o.Base = "."
	}
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	if o.Target == nil {
		o.Target = o.Rules.DefaultTarget()
	}
	return o
}

func discoverOptions(o Options) discover.Options {
	byExtension, byInterpreter := classify(o.Languages)
	return discover.Options{
		Roots: o.Roots, Base: o.Base, Include: o.Include, Exclude: o.Exclude,
		Language: byExtension, Script: byInterpreter,
		Ignored: o.Ignored, Vendored: o.Vendored, Generated: o.Generated, Minified: o.Minified,
		Workers: o.Workers, Witness: o.Memo.witnessOf(),
		Also: func(path []byte) bool {
			return dependencies.Ecosystem(path) != "" || o.ConfigName != "" && string(path[bytes.LastIndexByte(path, '/')+1:]) == o.ConfigName
		},
	}
}

// classify gives the two ways to tell a file's language.
func classify(all []languages.Language) (byName func(string) string, byHead func([]byte) string) {
	extensions, interpreters := make(map[string]string), make(map[string]string)
	for _, l := range all {
		for _, e := range l.Extensions() {
			extensions[e] = l.Name()
		}
		for _, i := range l.Interpreters() {
			interpreters[i] = l.Name()
		}
	}
	byName = func(name string) string {
		return extensions[strings.ToLower(path.Ext(name))]
	}
	byHead = func(head []byte) string {
		return interpreters[interpreter(head)]
	}
	return byName, byHead
}

// interpreter reads the program that a "#!" line names, without its path, also
// behind env and its flags.
func interpreter(head []byte) string {
	line, _, _ := strings.Cut(string(head), "\n")
	line, ok := strings.CutPrefix(line, "#!")
	if !ok {
		return ""
	}
	for _, word := range strings.Fields(line) {
		name := path.Base(word)
		if name != "env" && !strings.HasPrefix(name, "-") && !strings.Contains(name, "=") {
			return name
		}
	}
	return ""
}

func traitsOf(all []languages.Language) map[string]languages.Traits {
	traits := make(map[string]languages.Traits, len(all))
	for _, l := range all {
		traits[l.Name()] = l.Traits()
	}
	return traits
}

// newDetector makes a detector that finds scripts inside of texts, too. The
// script language is the one whose catalogues name globals.
func newDetector(o Options, byName map[string]languages.Language, reader *extract.Reader) *detect.Detector {
	d := detect.New(o.Rules)
	for _, c := range o.Rules.Clients {
		l := byName[c.Language]
		if len(c.Globals) == 0 || l == nil {
			continue
		}
		d.ScriptLanguage, d.ScriptTraits = l.Name(), l.Traits()
		d.Script = func(src []byte) *languages.File {
			facts, err := l.Extract(context.Background(), "", src)
			if err != nil {
				return nil
			}
			return facts
		}
	}
	d.Source = func(path string) []byte {
		if s := reader.Source(path); s != nil {
			if src, err := ReadSource(s.Path); err == nil {
				return src
			}
		}
		return nil
	}
	return d
}
