// Package changes tells which findings a change brought: those on lines that it
// touched, and those that a touched line led to, by the chain that explains them.
//
// It is the only part of keyvet that runs git, and only when asked to: see safe
// for how. Lines are compared here, not by git: the old text comes from git's
// objects, the new one from the file that was scanned.
package changes

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/report"
)

// Changes are what is different from a commit.
type Changes struct {
	repository *repository
	top        string // of the working tree
	here       string // the folder that paths of reports are relative to
	base       string // the commit that is compared with
	onlyStaged bool
	index      map[string]entry
	files      map[string]*file
}

// Since finds out what has changed since the work began that led from a revision
// to the files as they are, committed or not.
func Since(ctx context.Context, revision string) (*Changes, error) {
	c, err := begin(ctx)
	if err != nil {
		return nil, err
	}
	if c.base, err = c.repository.since(revision); err != nil {
		return nil, err
	}
	c.index, err = c.repository.staged(c.base)
	return c, err
}

// Staged finds out what would be committed now.
func Staged(ctx context.Context) (*Changes, error) {
	c, err := begin(ctx)
	if err != nil {
		return nil, err
	}
	c.onlyStaged = true
	if c.base, err = c.repository.head(); err != nil {
		return nil, err
	}
	c.index, err = c.repository.staged(c.base)
	return c, err
}

func begin(ctx context.Context) (*Changes, error) {
	r, top, err := open(ctx, ".")
	if err != nil {
		return nil, err
	}
	c := &Changes{repository: r, files: make(map[string]*file)}
	if c.top, err = filepath.EvalSymlinks(filepath.FromSlash(top)); err != nil {
		return nil, err
	}
	if c.here, err = filepath.Abs("."); err == nil {
		c.here, err = filepath.EvalSymlinks(c.here)
	}
	return c, err
}

// Narrow takes the findings out of a report that the changes have not brought,
// and says how many. Open reads the files that the report names.
func (c *Changes) Narrow(r *report.Report, open func(string) ([]byte, error)) (dropped int, err error) {
	s, err := c.repository.store()
	if err != nil {
		return 0, err
	}
	defer s.close()
	before := len(r.Findings)
	r.Findings = slices.DeleteFunc(r.Findings, func(f report.Finding) bool {
		touched, failed := c.brought(s, r.Judged(f), open)
		if failed != nil && err == nil {
			err = failed
		}
		return !touched
	})
	return before - len(r.Findings), err
}

func (c *Changes) brought(s *store, u *report.Use, open func(string) ([]byte, error)) (bool, error) {
	places := []report.Step{{Path: u.Path, Range: u.Range}}
	for _, step := range append(places, u.Because...) {
		f, err := c.file(s, step.Path, open)
		if err != nil {
			return false, err
		}
		if f.touched(step.Range.Start.Line, step.Range.End.Line) {
			return true, nil
		}
	}
	return false, nil
}

// A file is what has changed in it.
type file struct {
	all   bool
	lines map[int]bool
}

func (f *file) touched(first, last int) bool {
	if f.all {
		return true
	}
	for line := first; line <= max(first, last) && len(f.lines) > 0; line++ {
		if f.lines[line] {
			return true
		}
	}
	return false
}

func (c *Changes) file(s *store, path string, open func(string) ([]byte, error)) (*file, error) {
	if f := c.files[path]; f != nil {
		return f, nil
	}
	f, err := c.compare(s, path, open)
	if err != nil {
		return nil, err
	}
	c.files[path] = f
	return f, nil
}

func (c *Changes) compare(s *store, path string, open func(string) ([]byte, error)) (*file, error) {
	name, inside := c.name(path)
	e, differs := c.index[name]
	if !inside || c.onlyStaged && !differs {
		return &file{}, nil
	}
	now, err := open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %q again: %w", path, err)
	}
	old := e.old
	if !differs {
		old = c.base + ":" + name
	}
	if old == "" {
		return &file{all: true}, nil // it is new
	}
	was, ok, err := s.read(old)
	if err != nil || !ok {
		return &file{all: true}, err // git does not know it yet
	}
	if !c.onlyStaged {
		return changed(was, now), nil
	}
	staged, ok, err := s.read(e.staged)
	if err != nil || !ok {
		return &file{}, err
	}
	return moved(changed(was, staged), staged, now), nil
}

// name is a path of a report as git names it.
func (c *Changes) name(path string) (string, bool) {
	abs := filepath.FromSlash(path)
	if !filepath.IsAbs(abs) {
		abs = filepath.Join(c.here, abs)
	}
	rel, err := filepath.Rel(c.top, abs)
	return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
}

// mark is what ignore comments hold.
var mark = []byte("keyvet:ignore")

// changed tells which lines of a text are new. Where an ignore comment has gone,
// what it excused has changed with it: the next line, or all of the file.
func changed(old, text []byte) *file {
	f := &file{lines: make(map[int]bool)}
	before := lines(old)
	for _, h := range diff(old, text) {
		for n := h.newStart; n < h.newEnd; n++ {
			f.lines[n+1] = true
		}
		for _, line := range before[h.oldStart:h.oldEnd] {
			_, rest, gone := bytes.Cut(line, mark)
			switch {
			case gone && bytes.HasPrefix(rest, []byte("-")):
				f.all = true
			case gone:
				f.lines[h.newEnd+1] = true
			}
		}
	}
	return f
}

// moved tells where the changes of one text are in another that was made of it.
func moved(f *file, from, to []byte) *file {
	if f.all {
		return f
	}
	out := &file{lines: make(map[int]bool)}
	shift, at := 0, 0
	keep := func(end int) {
		for ; at < end; at++ {
			if f.lines[at+1] {
				out.lines[at+1+shift] = true
			}
		}
	}
	for _, h := range diff(from, to) {
		keep(h.oldStart)
		at, shift = h.oldEnd, h.newEnd-h.oldEnd
	}
	keep(strings.Count(string(from), "\n") + 1)
	return out
}
