package analyzer

import (
	"bytes"
	"context"
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/internal/extract"
	"github.com/keyvet/keyvet/analyzer/internal/manifest"
	"github.com/keyvet/keyvet/analyzer/internal/suppress"
	"github.com/keyvet/keyvet/analyzer/report"
)

// maxReread bounds a file that is read again to show its lines: no larger one
// was parsed.
const maxReread = 256 << 20

// ReadSource reads a file that a report names, as a scan does: it opens regular files only, whatever lies at the path by
// now, and follows no link.
func ReadSource(path string) ([]byte, error) { return discover.Read(path, nil, maxReread) }

// addSuppressions lets comments excuse findings.
func addSuppressions(ctx context.Context, o Options, r *report.Report, about *subject, reader *extract.Reader, elsewhere []report.Finding) error {
	if o.NoComments {
		return nil
	}
	if o.AllComments {
		err := reader.Search(ctx, func(s *extract.Source) bool { return about.holds(s.Rel) },
			func(_ *extract.Source, src []byte) bool { return bytes.Contains(src, []byte(":ignore")) })
		if err != nil {
			return err
		}
	}
	var comments []*suppress.Comment
	for _, s := range reader.Sources {
		if s.Facts == nil || len(s.Facts.Comments) == 0 || !about.holds(s.Rel) {
			continue
		}
		if src, err := ReadSource(s.Path); err == nil {
			comments = append(comments, suppress.Comments(s.Facts, src)...)
		}
	}
	comments = append(comments, manifestComments(o, r, about, reader)...)
	suppress.Apply(suppress.Policy{Rules: o.Rules, Now: o.Now, RequireUntil: o.RequireUntil}, r, comments, elsewhere)
	return nil
}

// manifestComments reads the ignore comments of manifests. One that is source
// code and was read as that is left out.
func manifestComments(o Options, r *report.Report, about *subject, reader *extract.Reader) (comments []*suppress.Comment) {
	paths := slices.Clone(about.manifests)
	for _, f := range r.Findings {
		if f.Place != nil && f.Place.Language == "" {
			paths = append(paths, f.Place.Path) // it may lie above what is scanned
		}
	}
	slices.Sort(paths)
	tree := about.tree(o)
	for _, rel := range slices.Compact(paths) {
		if s := reader.Source(rel); s != nil && s.Facts != nil || !about.holds(rel) {
			continue
		}
		src, problem := tree.Read(rel, maxReread)
		if problem != "" || !bytes.Contains(src, []byte(":ignore")) {
			continue // that it cannot be read is said where it is asked for versions
		}
		if f := manifest.Comments(rel, src); f != nil {
			comments = append(comments, suppress.Comments(f, src)...)
		}
	}
	return comments
}

// addSource gives each use its source lines, for showing, and the function
// around it. The files are read again: few hold a use, and facts keep no source.
func addSource(r *report.Report, base string, reader *extract.Reader) {
	var file sourceFile
	for i := range r.Findings {
		p := r.Findings[i].Place
		if p == nil {
			continue
		}
		if file.path != p.Path {
			s := reader.Source(p.Path)
			if s == nil { // a manifest
				s = &extract.Source{File: &discover.File{Path: discover.Locate(base, p.Path)}}
			}
			file = open(p.Path, s)
		}
		p.Lines = file.between(p.Range.Start.Line, p.Range.End.Line)
		p.Function = file.functions.around(p.Range.Start)
	}
	for i := range r.Uses {
		u := &r.Uses[i]
		if file.path != u.Path || i == 0 {
			file = open(u.Path, reader.Source(u.Path))
		}
		u.Lines = file.between(u.Range.Start.Line, u.Range.End.Line)
		u.Function = file.functions.around(u.Range.Start)
	}
}

// A sourceFile is a file with uses in it. Lines are copied out of it one by one,
// so that a report does not hold all files in memory.
type sourceFile struct {
	path      string
	functions functions
	lines     [][]byte
	kept      map[int]string
}

func open(path string, s *extract.Source) sourceFile {
	f := sourceFile{path: path, kept: make(map[int]string)}
	if s == nil {
		return f
	}
	f.functions = functionsOf(s.Facts)
	if src, err := ReadSource(s.Path); err == nil {
		f.lines = bytes.Split(src, []byte("\n"))
	}
	return f
}

// between gives the lines from first to last, none if the file has changed.
func (f *sourceFile) between(first, last int) (lines []string) {
	if first < 1 || first > last || last > len(f.lines) {
		return nil
	}
	for n := first; n <= last; n++ {
		line, ok := f.kept[n]
		if !ok {
			line = string(bytes.TrimSuffix(f.lines[n-1], []byte("\r")))
			f.kept[n] = line
		}
		lines = append(lines, line)
	}
	return lines
}
