package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra/doc"

	"github.com/keyvet/keyvet/cmd/keyvet/internal/pages"
	"github.com/keyvet/keyvet/rules"
)

//go:generate go test . -run "TestRulePages|TestManPages" -update

var update = flag.Bool("update", false, "write docs/rules and docs/man")

const updateCommand = "go generate ./cmd/keyvet"

// TestRulePages: docs/rules has a page for each rule, and no other.
func TestRulePages(t *testing.T) {
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"README.md": pages.Index(set)}
	for _, r := range set.Rules {
		want[r.ID+".md"] = pages.Rule(set, r)
	}
	compareFolder(t, "../../docs/rules", want)
}

// TestManPages: docs/man has a page for each command.
func TestManPages(t *testing.T) {
	root := newRoot(streams{})
	root.DisableAutoGenTag = true
	root.InitDefaultCompletionCmd()
	dir := t.TempDir()
	date := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
	if err := doc.GenManTree(root, &doc.GenManHeader{Section: "1", Date: &date, Source: "keyvet", Manual: "keyvet"}, dir); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	names, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		page, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want[filepath.Base(name)] = string(page)
	}
	compareFolder(t, "../../docs/man", want)
}

// compareFolder compares a folder with what should be in it, or writes it.
func compareFolder(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !*update {
		t.Fatalf("%v; run: %s", err, updateCommand)
	}
	for _, e := range entries {
		if _, known := want[e.Name()]; known {
			continue
		}
		if *update {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				t.Fatal(err)
			}
			continue
		}
		t.Errorf("%s/%s is of nothing that there is; run: %s", dir, e.Name(), updateCommand)
	}
	if *update {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range want {
		file := filepath.Join(dir, name)
		got, err := os.ReadFile(file)
		switch {
		case *update && !bytes.Equal(got, []byte(text)):
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		case *update:
		case err != nil:
			t.Errorf("%v; run: %s", err, updateCommand)
		default:
			if diff := cmp.Diff(strings.Split(text, "\n"), strings.Split(string(got), "\n")); diff != "" {
				t.Errorf("%s is stale; run: %s\n%s", file, updateCommand, diff)
			}
		}
	}
}
