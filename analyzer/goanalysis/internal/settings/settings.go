// Package settings turns what an analyzer was told, by flags and by a keyvet.yaml,
// into rules and a target.
//
// It scans nothing. It never asks a server: a tool of a build has no business on
// the network.
package settings

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/keyvet/keyvet/analyzer/goanalysis/internal/inputs"
	"github.com/keyvet/keyvet/analyzer/internal/typedgo"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
	"github.com/keyvet/keyvet/rules/config"
)

// Options are what an analyzer can be told. Each beats what a keyvet.yaml says.
type Options struct {
	// Target is the server that the code is judged against: a name that "keyvet
	// targets" lists, or a file that "keyvet targets save" has written.
	Target string
	// With are modules that the target has besides: "valkey-search=1.2,valkey-json".
	With string
	// Rules are folders, or files, with more rules and clients.
	Rules []string
	// Config is a keyvet.yaml. Without one, that of the module that a package
	// belongs to holds: in the module's folder or above it, in the same repository.
	Config string
	// NoLocalConfig takes no notice of a keyvet.yaml that is not named.
	NoLocalConfig bool
	// NoSuppress takes no notice of keyvet:ignore comments.
	NoSuppress bool
	// Severity is that of the findings that are reported, and of higher ones:
	// "note", "warning" (the default), "error".
	Severity string
	// Certainty is that of the findings that are reported, and of higher ones:
	// "likely" (the default), "certain".
	Certainty string
	// Sources are rules and clients that are in memory already: in a file that is
	// embedded in a checker of one's own.
	Sources []rules.Source
}

// A Setup is what holds for the packages of a module.
type Setup struct {
	Config *config.Config
	Target *rules.Target
	// Detector looks at the packages, several at a time.
	Detector *typedgo.Detector
	// Module is the folder of the module; empty for packages of none, or of one that
	// is not worked on.
	Module string
	// Inputs are the files that it was made from, and those that would have been
	// taken if they were there.
	Inputs []inputs.Input

	severity, certainty string
	modules             []string // import paths of interest, "*" at the end for any
}

// A Loader loads each Setup once. It is safe for concurrent use.
type Loader struct {
	mu    sync.Mutex
	known map[string]loaded // by folder of the module
}

type loaded struct {
	setup *Setup
	err   error
}

// Load gives what holds for the packages of the module in a folder; "" for
// packages of no module, or one that is not worked on. An error about the content
// of files is rules.Mistakes. Inputs are given with an error, too.
func (l *Loader) Load(o Options, module string) (*Setup, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k, ok := l.known[module]; ok {
		return k.setup, k.err
	}
	s := &Setup{Module: module}
	err := s.load(o, module)
	if l.known == nil {
		l.known = make(map[string]loaded)
	}
	l.known[module] = loaded{s, err}
	return s, err
}

func (s *Setup) load(o Options, module string) error {
	path, dirs := o.Config, make([]string, len(o.Rules))
	if path != "" {
		path = Absolute(path, module)
		s.see(path, "")
	} else if module != "" && !o.NoLocalConfig {
		found, tried, err := config.Above(module)
		for _, file := range tried {
			s.see(file, module)
		}
		if err != nil {
			return err
		}
		path = found
	}
	for i, dir := range o.Rules {
		dirs[i] = Absolute(dir, module)
		s.see(dirs[i], "")
	}
	c, err := config.Load(config.Options{Path: path, Dirs: dirs, Sources: o.Sources})
	if c != nil {
		for _, dir := range c.RulesDirs {
			s.see(filepath.Join(c.Dir, filepath.FromSlash(dir)), module)
		}
	}
	if err != nil {
		return err
	}
	s.Config = c
	if s.Target, err = s.target(o, module); err != nil {
		return err
	}
	s.Detector = typedgo.New(c.Set, s.Target)
	s.severity, err = oneOf("severity", cmp.Or(o.Severity, c.Values.Severity, string(rules.Warning)), weights)
	if err == nil {
		s.certainty, err = oneOf("certainty", cmp.Or(o.Certainty, c.Certainty, string(report.Likely)), certainties)
	}
	s.modules = modules(c.Set)
	return err
}

// see takes down that a file, or a folder, was looked at.
func (s *Setup) see(path, module string) {
	s.Inputs = append(s.Inputs, inputs.Input{Path: path, Digest: inputs.Digest(path), Module: module})
}

// Absolute gives the path that is meant: go vet runs its tool in the folder of each
// package, so a relative one is as seen from the module's folder.
func Absolute(path, module string) string {
	if path = filepath.FromSlash(path); filepath.IsAbs(path) {
		return path
	}
	if module != "" {
		return filepath.Join(module, path)
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// target gives the server that is meant.
func (s *Setup) target(o Options, module string) (*rules.Target, error) {
	set, with := s.Config.Set, strings.FieldsFunc(cmp.Or(o.With, s.Config.With), func(r rune) bool { return r == ',' })
	name, holder := o.Target, ""
	if name == "" {
		name, module, holder = s.Config.Target, s.Config.Dir, module
	}
	switch {
	case name == "":
		return set.With(set.DefaultTarget(), with...)
	case strings.Contains(name, "://"):
		return nil, fmt.Errorf("the target %q is a running server, which is not asked in a build; "+
			"write down what it serves with keyvet targets save FILE %s, and name the file", name, name)
	case strings.ContainsAny(name, `/\`) || strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml"):
		file := Absolute(name, module)
		s.see(file, holder)
		t, err := set.ReadTargetFile(file)
		if err != nil {
			return nil, err
		}
		return set.With(t, with...)
	}
	return set.Target(name, with...)
}

// The values that an option may have, the weakest first.
var (
	weights     = []string{string(rules.Note), string(rules.Warning), string(rules.Error)}
	certainties = []string{string(report.Possible), string(report.Likely), string(report.Certain)}
)

func oneOf(what, word string, allowed []string) (string, error) {
	if !slices.Contains(allowed, word) {
		return "", fmt.Errorf("%s %q: it must be one of %s", what, word, strings.Join(allowed, ", "))
	}
	return word, nil
}

// Reports tells whether a finding is severe and certain enough.
func (s *Setup) Reports(severity string, certainty report.Certainty) bool {
	return slices.Index(weights, severity) >= slices.Index(weights, s.severity) &&
		slices.Index(certainties, string(certainty)) >= slices.Index(certainties, s.certainty)
}

// modules lists what a Go package must import, itself or through others, for
// anything to be found in it.
func modules(set *rules.Set) (all []string) {
	for _, c := range set.Clients {
		if c.Language == "go" {
			all = append(all, c.Modules...)
		}
	}
	for _, d := range set.Dependents {
		if d.Language == "go" {
			all = append(all, d.Modules...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Client tells whether a package is one of a client library, or of one that sends
// commands by itself.
func (s *Setup) Client(path string) bool {
	for _, m := range s.modules {
		prefix, any := strings.CutSuffix(m, "*")
		if path == prefix || strings.HasPrefix(path, prefix) && (any || path[len(prefix)] == '/') {
			return true
		}
	}
	return false
}
