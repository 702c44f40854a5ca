package analyzer

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/internal/extract"
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/internal/manifest/dependencies"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
)

// A subject is what a report is about: some of the files that are looked at. The
// others are context.
type subject struct {
	all   []discover.File
	paths map[string]bool // nil: all of them
	shard Shard
	// manifests are those in the tree, of the context too.
	manifests []string
	seen      discover.Seen
}

// find finds the files to report on, and those that only help to understand them.
func find(ctx context.Context, o Options) (discover.Result, *subject, error) {
	found, err := discover.Find(ctx, discoverOptions(o))
	if err != nil || len(o.Context) == 0 {
		return found, &subject{all: found.Files, manifests: manifestsOf(found), seen: found.Seen, shard: o.Shard}, err
	}
	around := discoverOptions(o)
	around.Roots, around.Include = o.Context, nil
	others, err := discover.Find(ctx, around)
	if err != nil {
		return found, nil, err
	}
	s := &subject{all: slices.Clone(found.Files), paths: make(map[string]bool), seen: others.Seen, shard: o.Shard}
	maps.Copy(s.seen, found.Seen)
	for _, f := range slices.Concat(found.Files, found.Also) {
		s.paths[f.Rel] = true
	}
	s.manifests = slices.Compact(slices.Sorted(slices.Values(slices.Concat(manifestsOf(found), manifestsOf(others)))))
	for _, f := range others.Files {
		if !s.paths[f.Rel] {
			s.all = append(s.all, f)
		}
	}
	slices.SortFunc(s.all, func(a, b discover.File) int { return strings.Compare(a.Rel, b.Rel) })
	return found, s, nil
}

// manifestsOf gives the manifests that were found; some are source files, too.
func manifestsOf(found discover.Result) (paths []string) {
	for _, f := range slices.Concat(found.Files, found.Also) {
		if dependencies.Ecosystem(f.Rel) != "" {
			paths = append(paths, f.Rel)
		}
	}
	return paths
}

// tree is where the manifests are.
func (s *subject) tree(o Options) discover.Tree {
	return discover.Tree{Base: o.Base, Seen: s.seen, Witness: o.Memo.witnessOf()}
}

// asked tells whether a file is one of those given, and not of their context.
func (s *subject) asked(path string) bool { return s.paths == nil || s.paths[path] }

// holds tells whether the report is about a file.
func (s *subject) holds(path string) bool { return s.asked(path) && s.shard.holds(path) }

// maxFew is how many files are few: then all of them are parsed, and only the
// context that has to do with them. With more, all is read as in any scan.
const maxFew = 500

func (s *subject) few() bool { return s.paths != nil && len(s.paths) <= maxFew }

// later tells whether a file is only parsed when somebody asks for it. In a large
// repository context is nearly everything, and few files have to do with those
// that are reported on.
func (s *subject) later(path string) bool { return s.few() && !s.paths[path] }

// imports gives the files that few files import: what they call may be defined
// there, in terms that nobody knows before. Of what these import in turn, it gives
// the files with a client or a command, for a file may only hand on what others
// define.
func (s *subject) imports(p *link.Project, reader *extract.Reader) map[string]bool {
	wanted := make(map[string]bool)
	if !s.few() {
		return wanted
	}
	for _, f := range p.Files {
		if !s.paths[f.Path] {
			continue
		}
		for _, near := range imported(p, f) {
			wanted[near] = true
			file := p.File(near)
			if file == nil {
				continue
			}
			for _, far := range imported(p, file) {
				if source := reader.Source(far); source != nil && source.Evidence.Matters() {
					wanted[far] = true
				}
			}
		}
	}
	return wanted
}

// imported gives the paths of the files that a file imports.
func imported(p *link.Project, f *link.File) []string {
	var paths []string
	for i := range f.Imports {
		paths = append(paths, p.ImportPaths(f, &f.Imports[i])...)
	}
	for i := range f.Functions {
		for _, b := range f.Functions[i].Bindings {
			if b.Value != nil && b.Value.Kind == languages.Module {
				paths = append(paths, p.ImportPaths(f, &languages.Import{Module: b.Value.Text})...)
			}
		}
	}
	return paths
}

// only gives the uses in files that the report is about.
func (s *subject) only(uses []report.Use) []report.Use {
	elsewhere := func(u report.Use) bool { return !s.holds(u.Path) }
	if !slices.ContainsFunc(uses, elsewhere) {
		return uses
	}
	return slices.DeleteFunc(slices.Clone(uses), elsewhere)
}
