// Package golangci makes keyvet a linter of golangci-lint: a module plugin that
// "golangci-lint custom" builds in.
//
// It is what golangci-lint asks of plugins, and nothing more: rules and options
// are those of package goanalysis.
package golangci

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/keyvet/keyvet/analyzer/goanalysis"
	"github.com/keyvet/keyvet/analyzer/goanalysis/internal/settings"
)

const name = "keyvet"

func init() { // golangci-lint knows plugins by what they register when they are imported
	register.Plugin(name, New)
}

// Settings are what a .golangci.yml may say of the linter, under
// linters.settings.custom.keyvet.settings. Paths are as seen from the folder that
// golangci-lint runs in. See [goanalysis.Options] for what each means.
type Settings struct {
	Target        string   `json:"target"`
	With          string   `json:"with"`
	Rules         []string `json:"rules"`
	Config        string   `json:"config"`
	NoLocalConfig bool     `json:"no-local-config"`
	NoSuppress    bool     `json:"no-suppress"`
	Severity      string   `json:"severity"`
	Certainty     string   `json:"certainty"`
}

// New makes the plugin from the settings as golangci-lint read them.
func New(raw any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[Settings](raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	o := goanalysis.Options{
		Target: s.Target, With: s.With, Config: s.Config, NoLocalConfig: s.NoLocalConfig, NoSuppress: s.NoSuppress,
		Severity: s.Severity, Certainty: s.Certainty,
	}
	for _, dir := range s.Rules {
		o.Rules = append(o.Rules, settings.Absolute(dir, ""))
	}
	if o.Config != "" {
		o.Config = settings.Absolute(o.Config, "")
	}
	setup, err := new(settings.Loader).Load(o, settings.ModuleOf("."))
	if err != nil {
		return nil, err
	}
	return plugin{o, digest(setup)}, nil
}

// digest identifies the files that the settings came from.
func digest(setup *settings.Setup) string {
	h := sha256.New()
	for _, i := range setup.Inputs {
		fmt.Fprintf(h, "%q %s\n", i.Path, i.Digest)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

type plugin struct {
	options goanalysis.Options
	digest  string
}

// GetLoadMode says that types are needed.
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// BuildAnalyzers gives two analyzers: one that finds, and one that reports.
// golangci-lint keeps issues and facts by the names of analyzers alone, so the
// name of the first one changes with the files that it depends on. The second has
// the linter's name, which golangci-lint leaves out of messages.
func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	find := goanalysis.New(p.options)
	find.Name += "_" + p.digest
	find.ResultType = reflect.TypeFor[[]analysis.Diagnostic]()
	run := find.Run
	find.Run = func(pass *analysis.Pass) (any, error) {
		var found []analysis.Diagnostic
		quiet := *pass
		quiet.Report = func(d analysis.Diagnostic) {
			d.Related = nil // golangci-lint would make issues of it
			found = append(found, d)
		}
		_, err := run(&quiet)
		return found, err
	}
	show := &analysis.Analyzer{
		Name: name, Doc: find.Doc, URL: find.URL, Requires: []*analysis.Analyzer{find}, RunDespiteErrors: true,
		Run: func(pass *analysis.Pass) (any, error) {
			for _, d := range pass.ResultOf[find].([]analysis.Diagnostic) {
				pass.Report(d)
			}
			return nil, nil
		},
	}
	return []*analysis.Analyzer{show, find}, nil
}
