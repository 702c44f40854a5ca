package config

import (
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/keyvet/keyvet/rules"
	"github.com/keyvet/keyvet/rules/globs"
	"github.com/keyvet/keyvet/rules/internal/strict"
)

// every stands for all rules.
const every = "*"

func (c *Config) checkGlobs() {
	c.globList(c.Include, "include")
	c.globList(c.Exclude, "exclude")
	for i, o := range c.Overrides {
		c.globList(o.Paths, "overrides", fmt.Sprint(i), "paths")
	}
}

func (c *Config) globList(list []string, at ...string) {
	for i, glob := range list {
		n := strict.Find(c.file.Root, append(slices.Clone(at), fmt.Sprint(i))...)
		if problem := badGlob(glob); problem != "" && strict.IsText(n) {
			c.file.Mistake(n, "bad glob %q: %s", glob, problem)
		}
	}
}

func badGlob(glob string) string {
	if slices.Contains(strings.Split(glob, "/"), "..") {
		return "it leads out of the folder of this file"
	}
	return globs.Problem(glob)
}

// Absolute turns globs into ones that mean the same in any working directory.
func (c *Config) Absolute(given []string) []string {
	var all []string
	for _, glob := range given {
		if clean := strings.TrimPrefix(glob, "./"); strings.Contains(strings.TrimSuffix(clean, "/"), "/") {
			glob = escape(filepath.ToSlash(c.Dir)) + "/" + strings.TrimPrefix(clean, "/")
		}
		all = append(all, glob)
	}
	return all
}

// escape makes a path a glob that matches only itself.
func escape(name string) string {
	var b strings.Builder
	for _, r := range name {
		if strings.ContainsRune(`*?[]{}\`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return strings.TrimSuffix(b.String(), "/")
}

// Severity gives the severity of a rule's findings in a file, named by its
// absolute path; severity is what they have otherwise.
func (c *Config) Severity(rule, file string, severity rules.Severity) rules.Severity {
	off := slices.Contains(c.asleep, rule)
	if off {
		severity = rules.Off
	}
	rel, err := filepath.Rel(c.Dir, file)
	if err != nil || !within(c.Dir, file) {
		return severity
	}
	for _, o := range c.Overrides {
		given, named := o.Severities[rule]
		if !named && !off {
			given, named = o.Severities[every]
		}
		if named && o.matches(filepath.ToSlash(rel)) {
			severity = rules.Severity(given)
		}
	}
	return severity
}

// LeavesOut tells whether "include" and "exclude" leave out a file, named by its
// absolute path.
func (c *Config) LeavesOut(file string) bool {
	rel, err := filepath.Rel(c.Dir, file)
	if c.Path == "" || err != nil || !within(c.Dir, file) {
		return false
	}
	rel = filepath.ToSlash(rel)
	return anyMatches(c.Exclude, rel) || len(c.Include) > 0 && !anyMatches(c.Include, rel)
}

func (o Override) matches(file string) bool { return anyMatches(o.Paths, file) }

// anyMatches asks for the file and for each folder around it.
func anyMatches(globs []string, file string) bool {
	for _, glob := range globs {
		glob = strings.TrimPrefix(glob, "./")
		pattern, folder := strings.CutSuffix(glob, "/")
		anywhere := !strings.Contains(pattern, "/")
		pattern = strings.TrimPrefix(pattern, "/")
		for name := file; name != "."; name = path.Dir(name) {
			if folder && name == file {
				continue
			}
			subject := name
			if anywhere {
				subject = path.Base(name)
			}
			if ok, _ := doublestar.Match(pattern, subject); ok { // validated before
				return true
			}
		}
	}
	return false
}

func keysOf(m map[string]bool) []string { return slices.Sorted(maps.Keys(m)) }
