package discover

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/keyvet/keyvet/rules/globs"
)

// A BadGlobError names a glob that cannot be used.
type BadGlobError struct {
	Glob   string
	Reason string
}

func (e *BadGlobError) Error() string {
	return fmt.Sprintf("bad glob %q: %s", e.Glob, e.Reason)
}

// A glob is one of the user's, and what it means: a glob without a slash is matched with each base
// name, one with a slash with the whole path.
type glob struct {
	text    string // as the user wrote it
	pattern string
	file    string // for files: doublestar lets `a/**` match `a`, which is right for folders only
	base    bool   // holds no slash
	folders bool   // a folder that matches stands for all that is in it
	hit     atomic.Bool
}

// parseGlobs reports all mistakes at once.
func parseGlobs(texts []string, include bool) ([]*glob, error) {
	var all []*glob
	var bad []error
	for _, text := range texts {
		g, err := parseGlob(text)
		if err != nil {
			bad = append(bad, err)
			continue
		}
		g.folders = !include || g.namesFolders()
		all = append(all, g)
	}
	return all, errors.Join(bad...)
}

func parseGlob(text string) (*glob, error) {
	if problem := globs.Problem(text); problem != "" {
		return nil, &BadGlobError{text, problem}
	}
	pattern := text
	for strings.Contains(pattern, "//") {
		pattern = strings.ReplaceAll(pattern, "//", "/")
	}
	for strings.HasPrefix(pattern, "./") {
		pattern = pattern[2:]
	}
	g := &glob{text: text}
	name, folder := strings.CutSuffix(pattern, "/")
	anywhere := name != "" && !strings.Contains(name, "/")
	switch {
	case pattern == "" || pattern == "." || pattern == "/":
		g.pattern = "**"
	case folder && anywhere:
		g.pattern = "**/" + name + "/**"
	case folder:
		g.pattern = name + "/**"
	case anywhere:
		g.pattern, g.base = pattern, true
	default:
		g.pattern = pattern
	}
	g.file = g.pattern
	if strings.HasSuffix(g.pattern, "/**") {
		g.file += "/*"
	}
	return g, nil
}

// namesFolders tells `src` and `src/**` from `src/*`, which includes only what lies right in src.
func (g *glob) namesFolders() bool {
	last := path.Base(g.pattern)
	return g.base || last == "**" || !strings.ContainsAny(last, `*?[{\`)
}

// A name is what globs may know a file or folder by.
type name struct {
	forms []string // relative: as seen from the root first
	abs   string
	dir   bool
}

func (g *glob) match(n name) bool {
	pattern := g.pattern
	if !n.dir {
		pattern = g.file
	} else if !g.folders {
		return false
	}
	if filepath.IsAbs(pattern) {
		// Either a whole path, or anchored at the root as in an ignore file.
		return matches(pattern, n.abs) ||
			len(n.forms) > 0 && matches(strings.TrimPrefix(pattern, "/"), n.forms[0])
	}
	for _, form := range n.forms {
		if matches(pattern, form) || g.base && matches(pattern, path.Base(form)) {
			return true
		}
	}
	return false
}

func matches(pattern, name string) bool {
	ok, _ := doublestar.Match(pattern, name) // validated before
	return ok
}

func matchAny(all []*glob, n name) (hits []*glob) {
	for _, g := range all {
		if g.match(n) {
			hits = append(hits, g)
		}
	}
	return hits
}

func markHits(all []*glob) {
	for _, g := range all {
		if !g.hit.Load() { // a store would take the cache line from the other workers
			g.hit.Store(true)
		}
	}
}

// unmatched lists the globs that were of no use, once each.
func unmatched(lists ...[]*glob) (texts []string) {
	for _, list := range lists {
		for _, g := range list {
			if !g.hit.Load() {
				texts = append(texts, g.text)
			}
		}
	}
	return texts
}
