package main

import (
	"slices"
	"testing"

	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules/config"
)

// TestFormatsOfConfig: a configuration can name every format.
func TestFormatsOfConfig(t *testing.T) {
	var names []string
	for _, f := range report.Formats() {
		names = append(names, f.Name)
	}
	if !slices.Equal(names, config.Formats) {
		t.Errorf("rules/config says %q, package report %q", config.Formats, names)
	}
}

// TestSettingsAreFlags: each setting has the flag that it names.
func TestSettingsAreFlags(t *testing.T) {
	root := newRoot(streams{})
	for _, s := range newScanFlags().settings() {
		if root.Flags().Lookup(s.flag) == nil {
			t.Errorf("%s: there is no flag --%s", s.key, s.flag)
		}
	}
}
