package analyzer_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages/builtin"
	"github.com/keyvet/keyvet/rules"
)

// want reads the expectations at the end of a line, in any language's comment:
// "want search-command", "want FT.SEARCH likely", "want json-command, resp3-enabled".
// A word is a rule's id, or a command with its certainty (certain if not given).
var want = regexp.MustCompile(`\bwant ([A-Za-z0-9_.*? ,-]+?)\s*(\*/|-->|\]\])?$`)

// TestFixtures scans each folder below testdata/clients/<language> and
// testdata/projects as a project of its own, and compares what is found, line by
// line, with the expectations in the files.
func TestFixtures(t *testing.T) {
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"clients/*/*", "projects/*", "damaged/*"} {
		folders, err := filepath.Glob("../testdata/" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, folder := range folders {
			t.Run(strings.TrimPrefix(filepath.ToSlash(folder), "../testdata/"), func(t *testing.T) {
				got, want := scanFixture(t, set, folder), expectations(t, folder)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("findings differ (-want +got):\n%s", diff)
				}
			})
		}
	}
}

// scanFixture returns, by "path:line", what was found there.
func scanFixture(t *testing.T, set *rules.Set, folder string) map[string][]string {
	t.Helper()
	return scanAgainst(t, set, nil, folder)
}

// scanAgainst is scanFixture for a target of its own.
func scanAgainst(t *testing.T, set *rules.Set, target *rules.Target, folder string) map[string][]string {
	t.Helper()
	r, err := analyzer.Run(context.Background(), analyzer.Options{
		Base: folder, Roots: []string{folder}, Rules: set, Target: target, Languages: builtin.Languages(), Ignored: true, Vendored: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Skipped {
		t.Errorf("%s was skipped: %s", s.Path, s.Reason)
	}
	asked := expectations(t, folder)
	found := make(map[string][]string)
	for _, f := range r.Findings {
		if f.Suppressed != nil {
			continue
		}
		use := *r.Judged(f)
		place := fmt.Sprintf("%s:%d", use.Path, use.Range.Start.Line)
		found[place] = append(found[place], said(f.Rule, use, asked[place]))
	}
	for _, list := range found {
		sort.Strings(list)
	}
	return found
}

// said words what was found the way the line's expectations are worded.
func said(rule string, use report.Use, asked []string) string {
	command := use.Command
	if use.Certainty != report.Certain {
		command += " " + string(use.Certainty)
	}
	for _, a := range asked {
		if a == command {
			return command
		}
	}
	return rule
}

func expectations(t *testing.T, folder string) map[string][]string {
	t.Helper()
	wanted := make(map[string][]string)
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(src), "\n") {
			m := want.FindStringSubmatch(strings.TrimRight(line, "\r"))
			if m == nil {
				continue
			}
			place := fmt.Sprintf("%s:%d", filepath.ToSlash(rel), i+1)
			for _, word := range strings.Split(m[1], ",") {
				wanted[place] = append(wanted[place], strings.TrimSpace(word))
			}
			sort.Strings(wanted[place])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return wanted
}
