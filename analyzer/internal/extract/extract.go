// Package extract reads files in parallel: it sieves their bytes and turns the
// ones that can matter into facts.
//
// It keeps for each file what its bytes said, so that a later question (which
// files hold this name?) opens only those that were passed over. It joins
// nothing: every file is read by itself.
package extract

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/internal/fault"
	"github.com/keyvet/keyvet/analyzer/internal/kept"
	"github.com/keyvet/keyvet/analyzer/internal/prefilter"
	"github.com/keyvet/keyvet/analyzer/internal/witness"
	"github.com/keyvet/keyvet/languages"
)

// Options say how to read.
type Options struct {
	Languages map[string]languages.Language
	Filters   map[string]*prefilter.Filter
	Workers   int
	// MaxSize is the size, in bytes, over which a file that matters is not
	// parsed.
	MaxSize int64
	// TimeLimit is the time that one file may take to parse; a larger one than 1 MiB
	// may take it for each MiB that it begins.
	TimeLimit time.Duration
	// Generated and Minified take files that look so by their content.
	Generated, Minified bool
	// Kept, if set, remembers what is in files.
	Kept *kept.Files
	// Witness, if set, takes down the files that are read.
	Witness *witness.Witness
	// Progress, if set, is told how many files are done, now and then.
	Progress func(done, all int)
}

// A State says what became of a file.
type State uint8

// The states of a file.
const (
	Unread    State = iota
	Passed          // looked at and passed over
	Read            // parsed
	Skipped         // could not be looked at, or not as a whole; Reason says why
	Generated       // left out by its head: one that would be parsed, or is large
	Minified        // left out by its content
)

// A Source is a file and what became of it.
type Source struct {
	*discover.File
	Evidence prefilter.Evidence
	State    State
	Reason   string
	Facts    *languages.File

	generated bool // by its head; known of large files
	size      int64
	known     *identity // nil without Options.Kept
}

// An identity is what a content is known by.
type identity struct {
	stamp  witness.Stamp  // of what Evidence is about
	latest witness.Stamp  // of what was read last
	digest witness.Digest // of that; zero if it was not needed
}

// A Reader reads the files of one scan.
type Reader struct {
	Sources []*Source // by path
	options Options
	turns   *turns
	buffers [][]byte // one for each worker, to read files into
}

// New makes a reader of files, which are in the order of their paths.
func New(files []discover.File, o Options) *Reader {
	r := &Reader{options: o, turns: newTurns(), buffers: make([][]byte, max(1, o.Workers))}
	all := make([]Source, len(files))
	r.Sources = make([]*Source, len(files))
	for i := range files {
		all[i].File = &files[i]
		if o.Kept != nil {
			all[i].known = new(identity)
		}
		r.Sources[i] = &all[i]
	}
	return r
}

// maxLook bounds how many bytes of a file are looked at.
const maxLook = 256 << 20

// Look looks at every file, and parses none.
func (r *Reader) Look(ctx context.Context) error {
	return r.each(ctx, r.Sources, r.recall, r.look)
}

// Parse parses the files that were passed over so far and that want accepts.
func (r *Reader) Parse(ctx context.Context, want func(*Source) bool) error {
	return r.each(ctx, r.passed(want), r.answer, r.parse)
}

// ParseAt parses the files at some paths, as far as they were passed over so far.
func (r *Reader) ParseAt(ctx context.Context, paths map[string]bool) error {
	var chosen []*Source
	for path := range paths {
		if s := r.Source(path); s != nil && s.State == Passed {
			chosen = append(chosen, s)
		}
	}
	return r.each(ctx, largestFirst(chosen), r.answer, r.parse)
}

// Search parses the files that were passed over so far, that want accepts, and
// whose content matches.
func (r *Reader) Search(ctx context.Context, want func(*Source) bool, matches func(s *Source, src []byte) bool) error {
	return r.each(ctx, r.passed(want), nil, func(ctx context.Context, s *Source, src []byte) {
		if matches(s, src) {
			r.parse(ctx, s, src)
		}
	})
}

// passed gives the files that were passed over so far and that want accepts.
func (r *Reader) passed(want func(*Source) bool) []*Source {
	var chosen []*Source
	for _, s := range r.Sources {
		if s.State == Passed && want(s) {
			chosen = append(chosen, s)
		}
	}
	return largestFirst(chosen)
}

// largestFirst orders files so that no large one comes last and keeps all workers but one
// waiting.
func largestFirst(files []*Source) []*Source {
	slices.SortFunc(files, func(a, b *Source) int { return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.Rel, b.Rel)) })
	return files
}

// Facts returns the facts of all files parsed so far, in the order of their paths.
func (r *Reader) Facts() []*languages.File {
	var facts []*languages.File
	for _, s := range r.Sources {
		if s.Facts != nil {
			facts = append(facts, s.Facts)
		}
	}
	return facts
}

// Forget leaves, of all facts, what reports say of a file: its lines and damage, the names
// and places of its functions and types. Files with comments keep theirs: how far one
// reaches depends on the code around it.
func (r *Reader) Forget() {
	for _, s := range r.Sources {
		if s.Facts != nil && len(s.Facts.Comments) == 0 {
			forget(s.Facts)
		}
	}
}

func forget(f *languages.File) {
	f.Imports, f.Exports, f.Texts = nil, nil, nil
	for i := range f.Functions {
		fn := &f.Functions[i]
		*fn = languages.Function{Name: fn.Name, Parent: fn.Parent, Owner: fn.Owner, Range: fn.Range}
	}
	for i := range f.Types {
		t := &f.Types[i]
		*t = languages.Type{Name: t.Name, Kind: t.Kind, Function: t.Function, Outer: t.Outer, Range: t.Range}
	}
}

// Source returns the file at a path, nil if there is none.
func (r *Reader) Source(path string) *Source {
	i, found := slices.BinarySearchFunc(r.Sources, path, func(s *Source, path string) int { return strings.Compare(s.Rel, path) })
	if !found {
		return nil
	}
	return r.Sources[i]
}

// each runs work on every source, on several goroutines. A source is touched by
// one of them only. Those for which spared holds are not read.
func (r *Reader) each(ctx context.Context, sources []*Source, spared func(*Source) bool, work func(context.Context, *Source, []byte)) error {
	var next, done atomic.Int64
	var wait sync.WaitGroup
	for worker := range min(len(r.buffers), len(sources)) {
		wait.Go(func() {
			buf := r.buffers[worker]
			defer func() { r.buffers[worker] = buf }()
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(sources) {
					return
				}
				if spared == nil || !spared(sources[i]) {
					buf = r.one(ctx, sources[i], buf, work)
				}
				if n := done.Add(1); r.options.Progress != nil && n%512 == 0 {
					r.options.Progress(int(n), len(sources))
				}
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}

// maxKeptBuffer bounds the read buffer that a worker keeps for the next file.
const maxKeptBuffer = 16 << 20

func (r *Reader) one(ctx context.Context, s *Source, buf []byte, work func(context.Context, *Source, []byte)) []byte {
	src, stamp, err := discover.ReadStamped(s.Path, buf, maxLook)
	if err != nil {
		r.options.Witness.Unsure()
		s.skip(readReason(err))
		return buf
	}
	if s.State == Unread {
		r.options.Witness.File(s.Path, stamp, src)
		s.size = int64(len(src))
		if s.known != nil {
			s.known.stamp = stamp
		}
	}
	if s.known != nil {
		s.known.latest = stamp
	}
	work(ctx, s, src)
	if cap(src) > maxKeptBuffer {
		return buf
	}
	return src[:0]
}

func readReason(err error) string {
	var large *discover.TooLargeError
	if errors.As(err, &large) {
		return fmt.Sprintf("larger than %d MiB", maxLook>>20)
	}
	return "cannot be read: " + cause(err).Error()
}

// cause strips the path that a file error repeats.
func cause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

func (s *Source) skip(reason string) {
	s.State, s.Reason = Skipped, reason
}

// largeFile is the size, in bytes, from which sieving a file takes so much longer than
// asking its head whether a program wrote it that all are asked.
const largeFile = 16 << 10

// look sieves a file, unless it is a large one that is left out whatever it holds.
func (r *Reader) look(_ context.Context, s *Source, src []byte) {
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		s.skip("UTF-16; convert it to UTF-8 to have it read")
		return
	}
	s.generated = len(src) >= largeFile && discover.GeneratedContent(src)
	if s.generated && !r.takesGenerated(s) {
		s.State = Generated
		r.learn(s)
		return
	}
	s.State = Passed
	filter := r.options.Filters[s.Language]
	if filter == nil {
		return
	}
	s.Evidence = filter.Look(src)
	r.learn(s)
}

func (r *Reader) learn(s *Source) {
	if k := s.known; k != nil && k.latest == k.stamp { // else it was changed meanwhile
		r.options.Kept.Learn(s.Path, k.stamp, kept.Sight{Evidence: uint8(s.Evidence), Generated: s.generated, Digest: k.digest})
	}
}

// recall tells whether a file is known from before, and need not be read.
func (r *Reader) recall(s *Source) bool {
	if r.options.Filters[s.Language] == nil {
		return false
	}
	sight, stamp, ok := r.options.Kept.Recall(s.Path)
	if !ok {
		return false
	}
	if sight.Generated && r.takesGenerated(s) {
		return false // it may never have been sieved
	}
	s.Evidence, s.size = prefilter.Evidence(sight.Evidence), stamp.Size()
	s.known.digest, s.known.stamp = sight.Digest, stamp
	if s.State = Passed; sight.Generated {
		s.State = Generated
	}
	return true
}

func (r *Reader) takesGenerated(s *Source) bool { return r.options.Generated || s.Given }

// answer tells whether it is known from before what parsing a file comes to.
func (r *Reader) answer(s *Source) bool {
	if s.known == nil {
		return false
	}
	a, ok := r.options.Kept.Answer(r.question(s))
	if !ok {
		return false
	}
	switch state := State(a.State); {
	case state == Read && a.Facts != nil:
		a.Facts.Path = s.Rel
		s.State, s.Facts = state, a.Facts
		return true
	case state == Generated || state == Minified:
		s.State = state
		return true
	}
	return false // it makes no sense
}

func (r *Reader) question(s *Source) kept.Question {
	return kept.Question{
		Language: s.Language, Extension: path.Ext(s.Rel), Digest: s.known.digest, Size: s.size,
		Options: fmt.Sprint(r.options.MaxSize, r.takesGenerated(s), r.options.Minified || s.Given),
	}
}

// parse turns a file into facts, unless its content says to leave it, or what it says
// is known.
func (r *Reader) parse(ctx context.Context, s *Source, src []byte) {
	if r.options.Kept == nil {
		r.judge(ctx, s, src)
		return
	}
	s.known.digest, s.size = r.options.Kept.Digest(src), int64(len(src))
	r.learn(s)
	if r.answer(s) {
		return
	}
	r.judge(ctx, s, src)
	if s.State != Skipped {
		r.options.Kept.Answered(r.question(s), kept.Answer{State: uint8(s.State), Facts: s.Facts})
	}
}

func (r *Reader) judge(ctx context.Context, s *Source, src []byte) {
	switch {
	case r.options.MaxSize > 0 && int64(len(src)) > r.options.MaxSize:
		s.skip(fmt.Sprintf("%d bytes, over the limit of %d", len(src), r.options.MaxSize))
		return
	case !r.takesGenerated(s) && discover.GeneratedContent(src):
		s.State = Generated
		return
	case !r.options.Minified && !s.Given && discover.MinifiedContent(src):
		s.State = Minified
		return
	case bytes.IndexByte(src[:min(len(src), 8192)], 0) >= 0:
		s.skip("holds NUL bytes; not a text")
		return
	}
	facts, err := r.inTime(ctx, s, src)
	if err != nil {
		r.options.Witness.Unsure() // another time there may be time enough
		s.skip(err.Error())
		return
	}
	s.State, s.Facts = Read, facts
}

// extract keeps a fault of an extractor from ending the whole scan.
func (r *Reader) extract(ctx context.Context, s *Source, src []byte) (facts *languages.File, err error) {
	said := fault.Of(func() { facts, err = r.options.Languages[s.Language].Extract(ctx, s.Rel, src) })
	if said != "" {
		return nil, fmt.Errorf("internal fault while reading it: %s; %s", said, fault.Report)
	}
	return facts, err
}
