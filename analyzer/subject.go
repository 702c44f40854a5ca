package analyzer

import (
	"context"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/report"
)

// A subject is what a report is about: some of the files that are looked at. The
// others are context.
type subject struct {
	all   []discover.File
	paths map[string]bool // nil: all of them
}

// find finds the files to report on, and those that only help to understand them.
func find(ctx context.Context, o Options) (discover.Result, *subject, error) {
	found, err := discover.Find(ctx, discoverOptions(o))
	if err != nil || len(o.Context) == 0 {
		return found, &subject{all: found.Files}, err
	}
	around := discoverOptions(o)
	around.Roots, around.Include = o.Context, nil
	others, err := discover.Find(ctx, around)
	if err != nil {
		return found, nil, err
	}
	s := &subject{all: slices.Clone(found.Files), paths: make(map[string]bool)}
	for _, f := range found.Files {
		s.paths[f.Rel] = true
	}
	for _, f := range others.Files {
		if !s.paths[f.Rel] {
			s.all = append(s.all, f)
		}
	}
	slices.SortFunc(s.all, func(a, b discover.File) int { return strings.Compare(a.Rel, b.Rel) })
	return found, s, nil
}

// holds tells whether the report is about a file.
func (s *subject) holds(path string) bool { return s.paths == nil || s.paths[path] }

// only gives the uses in files that the report is about.
func (s *subject) only(uses []report.Use) []report.Use {
	if s.paths == nil {
		return uses
	}
	return slices.DeleteFunc(uses, func(u report.Use) bool { return !s.paths[u.Path] })
}
