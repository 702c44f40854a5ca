// Package discover finds the files to look at: it turns the paths and globs that a user gives into a
// sorted list, and counts what it left out and why.
//
// It knows folders, globs, the ignore files of git, and the habits by which vendored, generated and
// minified code is told from people's own. It does not know any programming language (the caller
// names them), nor what the files are looked at for. It never runs git, never opens anything but
// folders, regular files without an extension, and ignore files, and never follows a symbolic link
// below a root. A root that is itself a link is followed, and its files are named by where they are.
//
// # Ignore files
//
// Inside a git working tree, what git ignores is left out: .gitignore files from the top of the tree
// down, .git/info/exclude, core.excludesFile. A repository inside another has only its own. As for
// other tools that do not read git's index, a file that is tracked although it is ignored is left
// out too. Outside of a working tree .gitignore means nothing.
//
// A .keyvetignore has the same syntax, means the same everywhere, holds inside nested repositories
// too, and is asked first: `!name` in it brings back what git ignores, unless a folder above is
// ignored. A folder that the user gives as a root and that is ignored itself is looked at all the
// same, with the ignore files in it and below.
package discover

import (
	"context"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/keyvet/keyvet/analyzer/internal/witness"
)

// Options say where to look and what to take.
type Options struct {
	// Roots are files and folders as the user gave them. A file is taken even if it is ignored,
	// vendored or generated; only Exclude and Include still hold for it.
	Roots []string

	// Base is the folder that results are named relative to, "" for the working directory.
	Base string

	// Include and Exclude are doublestar globs. A glob without a slash is matched with the names of
	// files and folders at any depth; one with a slash with the path as seen from the root, from
	// another root around it, from Base, and as given. A folder that matches stands for all that is
	// in it (for Include: unless a wildcard stands in the last part of a glob with a slash).
	// With no Include everything is included.
	Include, Exclude []string

	// Language names the language of a file by its base name, "" if there is none.
	// It is called by several goroutines at a time, as is Script.
	Language func(name string) string

	// Script names the language of a file that has no extension by its first bytes, for instance
	// by `#!`. If it is nil such files are not opened.
	Script func(head []byte) string

	// Also tells, by its path, whether a file without a language is wanted all the same. It is called
	// by several goroutines at a time, for every such file, and must not keep the path.
	Also func(path []byte) bool

	// These take what is left out otherwise.
	Ignored, Vendored, Generated, Minified bool

	// Witness, if set, takes down all that the result depends on.
	Witness *witness.Witness

	// Workers is how many folders are read at a time, 0 for as many as Go uses processors.
	Workers int
}

// A File is one to look at.
type File struct {
	Path     string // to open it with
	Rel      string // relative to Base if it lies in it, else absolute; with slashes
	Language string
	Given    bool // it was a root: the user wants it whatever it holds
}

// Folder is the folder that the file lies in, named like it.
func (f *File) Folder() string { return Folder(f.Rel) }

// Folder is path.Dir, of a path that is clean, as [File.Rel] is.
func Folder(rel string) string {
	switch i := strings.LastIndexByte(rel, '/'); i {
	case -1:
		return "."
	case 0:
		return "/"
	default:
		return rel[:i]
	}
}

// Locate gives the path to open for what is named like [File.Rel].
func Locate(base, rel string) string {
	rel = filepath.FromSlash(rel)
	if filepath.IsAbs(rel) {
		return rel
	}
	return filepath.Join(base, rel)
}

// A Skip is a file or folder that could not be looked at although it was wanted.
type Skip struct {
	Path   string // like File.Rel
	Reason string
}

// A Reason says why something was left out.
type Reason uint8

// The reasons for which files and folders are left out, in the order in which they are asked.
const (
	LeftSymlink     Reason = iota
	LeftSpecial            // pipes, sockets, devices
	LeftExcluded           // by Options.Exclude
	LeftLanguage           // no language is known for the file
	LeftNotIncluded        // by Options.Include
	LeftVendored
	LeftGenerated // by its name; see GeneratedContent
	LeftMinified  // by its name; see MinifiedContent
	LeftIgnored   // by an ignore file
	NumReasons    // how many there are
)

func (r Reason) String() string {
	return [...]string{"symbolic link", "not a regular file", "excluded", "no known language",
		"not included", "vendored", "generated", "minified", "ignored", ""}[min(r, NumReasons)]
}

// A Tally counts files and folders; what lies in a folder that was left out is not counted.
type Tally struct{ Files, Folders int }

// Counts say what became of all that was met. Folders of git itself (.git) are not counted.
type Counts struct {
	Files   int // found
	Folders int // read
	Left    [NumReasons]Tally
}

// A Result is what Find found, in an order that depends on nothing but the names.
type Result struct {
	Files          []File
	Also           []File // those that Options.Also asked for, without a language
	Skipped        []Skip
	Seen           Seen
	Counts         Counts
	UnmatchedGlobs []string // that included no file of the result, or excluded nothing
}

// Find looks for files. A root that does not exist is a [RootError], a glob that cannot be used a
// [BadGlobError]; all of them are reported, joined. What cannot be read is skipped, and said.
func Find(ctx context.Context, o Options) (Result, error) {
	f, err := newFinder(o)
	if err != nil {
		return Result{}, err
	}
	all := []*worker{f.newWorker()}
	folders, err := f.roots(all[0])
	if err != nil {
		return Result{}, err
	}
	all = append(all, f.walk(ctx, folders)...)
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	return f.result(all), nil
}

// A finder is one run of Find; nothing in it changes while the workers run, but the hits of globs.
type finder struct {
	Options
	place
	include, exclude []*glob
	given            map[string]bool // the roots: each is looked at by itself, not from one around it
}

// walk reads the folders, and those in them, with several workers.
func (f *finder) walk(ctx context.Context, folders []*folder) []*worker {
	q := newQueue(folders)
	defer context.AfterFunc(ctx, q.stop)()
	n := f.Workers
	if n <= 0 {
		n = runtime.GOMAXPROCS(0)
	}
	workers := make([]*worker, n)
	var running sync.WaitGroup
	for i := range workers {
		workers[i] = f.newWorker()
		running.Go(func() { workers[i].run(q) })
	}
	running.Wait()
	return workers
}

func (f *finder) result(workers []*worker) Result {
	var r Result
	for _, w := range workers {
		r.Files = append(r.Files, w.files...)
		r.Also = append(r.Also, w.also...)
		r.Skipped = append(r.Skipped, w.skipped...)
		r.Counts.Folders += w.counts.Folders
		for i, tally := range w.counts.Left {
			r.Counts.Left[i].Files += tally.Files
			r.Counts.Left[i].Folders += tally.Folders
		}
	}
	r.Seen = make(Seen, r.Counts.Folders)
	for _, w := range workers {
		for _, d := range w.seen {
			r.Seen[d.folder] = d.names
		}
	}
	r.Counts.Files = len(r.Files)
	slices.SortFunc(r.Files, func(a, b File) int { return strings.Compare(a.Rel, b.Rel) })
	slices.SortFunc(r.Also, func(a, b File) int { return strings.Compare(a.Rel, b.Rel) })
	slices.SortFunc(r.Skipped, func(a, b Skip) int {
		return strings.Compare(a.Path+"\x00"+a.Reason, b.Path+"\x00"+b.Reason)
	})
	r.Skipped = slices.Compact(r.Skipped) // two roots may share an ignore file that cannot be read
	r.UnmatchedGlobs = unmatched(f.include, f.exclude)
	return r
}
