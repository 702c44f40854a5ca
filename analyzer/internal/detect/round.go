package detect

import (
	"cmp"
	"context"
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// A Round is the detection in one set of files, in two steps: what may ask for
// more files, and, where none came to it, all the rest.
type Round struct{ finder *finder }

// Begin looks, in some files of a project, at what may ask for more files: the
// project notes which ones.
func (d *Detector) Begin(ctx context.Context, p *link.Project, files []*link.File) Round {
	f := d.newFinder(ctx, p)
	f.files = slices.SortedFunc(slices.Values(files), func(a, b *link.File) int { return cmp.Compare(a.Order, b.Order) })
	for _, file := range f.files {
		f.guard(file, func() { f.file(file, true) })
	}
	for _, file := range f.files {
		f.guard(file, func() { f.leadOn(file) })
	}
	return Round{f}
}

// Open gives the files whose part in the round may be another once more files are
// read: they would have needed one, or asked who calls a function of theirs.
func (r Round) Open() []*link.File { return r.finder.open }

// Leads are names that files not read yet may use: wrappers of a raw send,
// functions that give a client, constants that hold a command. By language.
func (r Round) Leads() map[string][]Lead { return r.finder.sortedLeads() }

// Finish looks at the rest and gives what was found. Only a round of all files is
// finished, and once.
func (r Round) Finish() Result {
	f := r.finder
	if about := f.detector.About; about != nil {
		f.reached = newReach(f.project, about)
	}
	for _, file := range f.files {
		f.guard(file, func() { f.file(file, false) })
	}
	f.project.Quiet = true
	for i := range f.again {
		s := &f.again[i]
		f.retrying = s
		f.guard(s.at.file, func() { f.callSite(s.knowledge, s.call, s.at) })
	}
	f.retrying = nil
	f.settle()
	f.addPostponed()
	return f.result()
}

// Find is a round from beginning to end: for files that no others can join.
func (d *Detector) Find(ctx context.Context, p *link.Project) Result {
	return d.Begin(ctx, p, p.Files).Finish()
}

func (d *Detector) newFinder(ctx context.Context, p *link.Project) *finder {
	return &finder{
		evaluator: evaluator{
			ctx:       ctx,
			project:   p,
			knowledge: d.knowledge,
			literals:  make(map[*link.File]*literals),

			callers:     make(map[link.FunctionID][]caller),
			finding:     make(map[link.FunctionID]bool),
			asked:       make(map[link.FunctionID]bool),
			libraries:   make(map[*link.File]*client),
			mockUsers:   make(map[*link.File]bool),
			importing:   make(map[*languages.Import]bool),
			all:         make(map[*link.Definition]*languages.Expr),
			again:       make(map[memoKey]bool),
			missing:     make(map[offer]bool),
			members:     make(map[memberKey]*manyMembers),
			reading:     make(map[*languages.Expr]bool),
			keywords:    make(map[*languages.Param]*languages.Expr),
			frames:      make(map[frameKey]*frame),
			additions:   make(map[ownKey][]addition),
			provisional: make(map[memoKey]provisional),
			memo:        newMemo(),
			active:      make(map[memoKey]int),
		},
		detector: d,
		imported: d.imported(p),
		near:     make(map[*link.Definition]bool),
		behind:   make(map[*link.Definition][]string),

		ownImports: make(map[*link.File]map[*client]bool),

		uses:   make(map[useKey]int),
		plains: make(map[useKey]int),
		making: make(map[useKey]bool),
		mocked: make(map[*languages.Expr]bool),
		leads:  make(map[string]map[Lead]bool),

		holding:   make(map[link.TypeID][]string),
		decided:   make(map[link.FunctionID]bool),
		receivers: make(map[receiver]bool),
		faulty:    make(map[*link.File]bool),

		wrappers: make(map[link.FunctionID]wrapper),
		settled:  make(map[link.FunctionID]bool),
	}
}
