package discover

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A RootError is a root that cannot be looked at: it does not exist, or cannot be reached.
type RootError struct {
	Root string // as given
	Err  error
}

func (e *RootError) Error() string {
	return fmt.Sprintf("cannot look at %q: %v", e.Root, e.Err)
}

// Unwrap gives the cause, so that errors.Is(err, fs.ErrNotExist) holds.
func (e *RootError) Unwrap() error { return e.Err }

// A place is where we are. All folders are known by their absolute path without links, with slashes
// and none at the end, so that the root of the file system is "" and the part of a path that lies
// below a folder always begins at len(folder)+1.
type place struct {
	cwd, base string
}

func newPlace(base string) (p place, err error) {
	cwd, err := os.Getwd()
	if err != nil {
		return p, err
	}
	if cwd, err = filepath.EvalSymlinks(cwd); err != nil {
		return p, err
	}
	p.cwd, p.base = slashed(cwd), slashed(cwd)
	if base != "" {
		real, err := p.resolve(base)
		if err != nil {
			return p, &RootError{base, cause(err)}
		}
		p.base = real
	}
	return p, nil
}

func slashed(abs string) string {
	return strings.TrimSuffix(filepath.ToSlash(abs), "/")
}

// resolve follows all links. The path is not cleaned before: `link/..` is not where link lies.
func (p place) resolve(name string) (string, error) {
	if name == "" {
		return "", errors.New("the path is empty")
	}
	if !filepath.IsAbs(name) {
		name = p.cwd + "/" + name
	}
	real, err := filepath.EvalSymlinks(filepath.FromSlash(name))
	return slashed(real), err
}

// rel names a path in reports.
func (p place) rel(abs string) string { return relative(p.base, abs) }

// open names a path for the system, by the shortest way.
func (p place) open(abs string) string {
	return filepath.FromSlash(relative(p.cwd, abs))
}

func relative(folder, abs string) string {
	rest, ok := strings.CutPrefix(abs, folder)
	switch {
	case ok && rest == "":
		return "."
	case ok && rest[0] == '/':
		return rest[1:]
	case !strings.Contains(abs, "/"):
		return abs + "/" // the root of the file system, or of a drive
	}
	return abs
}

// cause leaves out of an error what its reader knows: the path and the name of the system call.
func cause(err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

func newFinder(o Options) (*finder, error) {
	f := &finder{Options: o, given: map[string]bool{}}
	if f.Language == nil {
		f.Language = func(string) string { return "" }
	}
	var badBase, badInclude, badExclude error
	f.place, badBase = newPlace(o.Base)
	f.include, badInclude = parseGlobs(o.Include, true)
	f.exclude, badExclude = parseGlobs(o.Exclude, false)
	return f, errors.Join(badBase, badInclude, badExclude)
}

// A root is one that the user gave; of a file, the folder around it.
type root struct {
	abs      string
	prefixes []string // what a path below it may be called by, besides its name as seen from here
	excluded []*glob  // that hold for all below
	included []*glob
}

// roots resolves what the user gave. Files are judged at once, folders are for the walk.
func (f *finder) roots(w *worker) (folders []*folder, err error) {
	type found struct {
		given, abs string
		mode       fs.FileMode
	}
	var all []found
	var bad []error
	for _, given := range f.Roots {
		f.Witness.Root(given)
		abs, mode, err := f.stat(given)
		switch {
		case err != nil:
			bad = append(bad, &RootError{given, cause(err)})
		case !f.given[abs]:
			f.given[abs] = true
			all = append(all, found{path.Clean(filepath.ToSlash(given)), abs, mode})
		}
	}
	if len(bad) > 0 {
		return nil, errors.Join(bad...)
	}
	for _, r := range all {
		switch {
		case r.mode.IsDir():
			folders = append(folders, f.rootFolder(w, f.newRoot(r.given, r.abs)))
		case r.mode.IsRegular():
			w.rootFile(f.newRoot(path.Dir(r.given), r.abs[:strings.LastIndexByte(r.abs, '/')]), r.abs)
		default:
			w.skipped = append(w.skipped, Skip{f.rel(r.abs), "not a regular file or folder"})
			w.counts.Left[LeftSpecial].Files++
		}
	}
	return slices.DeleteFunc(folders, func(d *folder) bool { return d == nil }), nil
}

func (f *finder) stat(given string) (abs string, mode fs.FileMode, err error) {
	abs, err = f.resolve(given)
	if err != nil {
		return "", 0, err
	}
	info, err := os.Lstat(f.open(abs))
	if err != nil {
		return "", 0, err
	}
	return abs, info.Mode(), nil
}

// newRoot finds out by which names the globs may know what lies below a root, and which of them hold
// for all of it.
func (f *finder) newRoot(given, abs string) *root {
	r := &root{abs: abs}
	if len(f.include)+len(f.exclude) == 0 {
		return r
	}
	names := []string{given, f.rel(abs)}
	for around := range parents(abs) {
		if f.given[around] {
			names = append(names, relative(around, abs))
		}
	}
	for _, known := range names {
		if known == "." || filepath.IsAbs(filepath.FromSlash(known)) || slices.Contains(r.prefixes, known) {
			continue // absolute globs are tried in any case
		}
		r.prefixes = append(r.prefixes, known)
		for around := range upwards(known) {
			f.judgeRoot(r, name{forms: []string{around}, dir: true})
		}
	}
	for around := range upwards(abs) {
		f.judgeRoot(r, name{abs: around, dir: true})
	}
	return r
}

// judgeRoot takes down which globs match a root, or a folder around it, by one of its names.
func (f *finder) judgeRoot(r *root, n name) {
	r.excluded = append(r.excluded, matchAny(f.exclude, n)...)
	r.included = append(r.included, matchAny(f.include, n)...)
}

// rootFolder gathers the ignore files above a root. It is nil when the globs exclude all of it.
func (f *finder) rootFolder(w *worker, r *root) *folder {
	if len(r.excluded) > 0 {
		markHits(r.excluded)
		w.counts.Left[LeftExcluded].Folders++
		return nil
	}
	d := &folder{abs: r.abs, root: r, included: r.included, packages: inPackages(r.abs)}
	if !f.Ignored {
		d.rules = f.rulesAbove(w, r.abs)
	}
	return d
}

// rulesAbove are those that hold for a folder because of where it lies, none if they ignore it.
func (f *finder) rulesAbove(w *worker, abs string) rules {
	var rs rules
	var repo repository
	inside := false
	var chain []string // from the top of the repository or Base, whichever is higher, down to abs
	for around := range parents(abs) {
		chain = append(chain, around)
		if repo, inside = openRepository(f.Witness, around); inside {
			break
		}
	}
	if !inside {
		chain = nil
	}
	if len(abs) > len(f.base) && relative(f.base, abs) != abs {
		for around := range parents(abs) {
			if len(around) >= len(f.base) && !slices.Contains(chain, around) {
				chain = append(chain, around)
			}
		}
	}
	slices.Reverse(chain)
	for i, folder := range chain {
		if inside && folder == repo.top {
			rs = rs.enterRepository(w, repo)
		}
		rs = rs.enter(w, folder, true, true)
		next := abs
		if i+1 < len(chain) {
			next = chain[i+1]
		}
		if rs.ignores([]byte(next), true) {
			return rules{inGit: rs.inGit, fold: rs.fold}
		}
	}
	return rs
}

// parents yields the folders around a path, the nearest first.
func parents(abs string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := strings.LastIndexByte(abs, '/'); i >= 0; i = strings.LastIndexByte(abs, '/') {
			abs = abs[:i]
			if !yield(abs) {
				return
			}
		}
	}
}

// upwards yields a path and then the folders around it.
func upwards(name string) iter.Seq[string] {
	return parents(name + "/")
}
