package discover

import (
	"bytes"
	"os"
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/witness"
)

// A folder is one to read, and what is known about it from above.
type folder struct {
	abs      string
	root     *root
	rules    rules
	included []*glob // that a folder around matched
	packages bool    // below a folder such as java, where names are packages
}

// A worker reads one folder after the other, into buffers of its own.
type worker struct {
	*finder
	list   listing
	path   []byte // of the entry at hand
	buffer []byte // for what is needed for a moment
	head   [witness.HeadBytes]byte
	inside []*folder

	files   []File
	also    []File
	skipped []Skip
	seen    []sight
	counts  Counts
}

func (f *finder) newWorker() *worker {
	return &worker{finder: f}
}

func (w *worker) run(q *queue) {
	for d := q.take(); d != nil; d = q.take() {
		w.inside = w.inside[:0]
		w.folder(d)
		q.done(w.inside)
	}
}

func (w *worker) folder(d *folder) {
	path := w.open(d.abs)
	before := w.Witness.BeforeFolder(path)
	err := w.list.read(path)
	w.Witness.Folder(path, before)
	if err != nil {
		w.Witness.Unsure()
		w.skipped = append(w.skipped, Skip{w.rel(d.abs), cause(err).Error()})
		if len(w.list.entries) == 0 {
			return
		}
	} else {
		w.see(d)
	}
	if !w.enter(d) {
		return
	}
	w.counts.Folders++
	w.path = append(append(w.path[:0], d.abs...), '/')
	base := len(w.path)
	for _, e := range w.list.entries {
		name := w.list.name(e)
		if string(name) == ".git" { // git's own; a file of that name leads to it
			continue
		}
		w.path = append(w.path[:base], name...)
		switch w.kind(e.kind) {
		case kindFolder:
			w.subfolder(d, name)
		case kindFile:
			w.file(d, name)
		case kindSymlink:
			w.counts.Left[LeftSymlink].Files++
		case kindOther:
			w.counts.Left[LeftSpecial].Files++
		}
	}
}

// enter looks for the files that say something about the folder they lie in. It is false if the
// folder is to be left out.
func (w *worker) enter(d *folder) bool {
	var git, gitIgnore, ownIgnore, venv bool
	for _, e := range w.list.entries {
		switch string(w.list.name(e)) {
		case ".git":
			git = true
		case gitIgnoreFile:
			gitIgnore = e.kind != kindFolder
		case ownIgnoreFile:
			ownIgnore = e.kind != kindFolder
		case venvMarker:
			venv = true
		}
	}
	if venv && !w.Vendored && d.abs != d.root.abs {
		w.counts.Left[LeftVendored].Folders++
		return false
	}
	if w.Ignored {
		return true
	}
	if git {
		if r, ok := openRepository(w.Witness, d.abs); ok {
			d.rules = d.rules.enterRepository(w, r)
		}
	}
	d.rules = d.rules.enter(w, d.abs, gitIgnore, ownIgnore)
	return true
}

// kind asks the system about the entry at hand where the folder did not say.
func (w *worker) kind(k kind) kind {
	if k != kindUnknown {
		return k
	}
	info, err := os.Lstat(w.open(string(w.path)))
	if err != nil {
		w.Witness.Unsure()
		w.skipped = append(w.skipped, Skip{w.rel(string(w.path)), cause(err).Error()})
		return kindUnknown
	}
	return modeKind(info.Mode())
}

func (w *worker) subfolder(d *folder, name []byte) {
	if w.isGiven() {
		return
	}
	left := &w.counts.Left
	if len(w.exclude) > 0 && w.excludes(d.root, true) {
		left[LeftExcluded].Folders++
		return
	}
	if !w.Vendored && !d.packages && vendoredFolders[string(name)] {
		left[LeftVendored].Folders++
		return
	}
	if !w.Ignored && d.rules.ignores(w.path, true) {
		left[LeftIgnored].Folders++
		return
	}
	inside := &folder{abs: string(w.path), root: d.root, rules: d.rules, included: d.included,
		packages: d.packages || packageRoots[string(name)]}
	if len(w.include) > 0 {
		inside.included = slices.Concat(d.included, matchAny(w.include, w.name(d.root, true)))
	}
	w.inside = append(w.inside, inside)
}

// isGiven reports whether the entry at hand is a root, which is looked at by itself.
func (w *worker) isGiven() bool {
	return len(w.given) > 1 && w.given[string(w.path)]
}

func (w *worker) file(d *folder, name []byte) {
	if w.isGiven() {
		return
	}
	left := &w.counts.Left
	// The globs come before the language, so that `*.md` is not said to exclude nothing.
	if len(w.exclude) > 0 && w.excludes(d.root, false) {
		left[LeftExcluded].Files++
		return
	}
	language := w.Language(string(name))
	isScript := language == "" && w.Script != nil && bytes.IndexByte(name, '.') < 0
	if language == "" && !isScript {
		left[LeftLanguage].Files++
		w.other(d.root, d.included, d.rules)
		return
	}
	included, ok := w.includes(d.root, d.included)
	switch {
	case !ok:
		left[LeftNotIncluded].Files++
		return
	case !w.Generated && GeneratedName(string(name)):
		left[LeftGenerated].Files++
		return
	case !w.Minified && MinifiedName(string(name)):
		left[LeftMinified].Files++
		return
	case !w.Ignored && d.rules.ignores(w.path, false):
		left[LeftIgnored].Files++
		return
	}
	if w.keep(string(w.path), language, false) {
		markHits(included)
	}
}

// other keeps a file without a language that is wanted all the same.
func (w *worker) other(r *root, around []*glob, rs rules) {
	if w.Also == nil || !w.Also(w.path) || !w.Ignored && rs.ignores(w.path, false) {
		return
	}
	if included, ok := w.includes(r, around); ok {
		markHits(included)
		abs := string(w.path)
		w.also = append(w.also, File{Path: w.open(abs), Rel: w.rel(abs)})
	}
}

// rootFile judges a file that the user named.
func (w *worker) rootFile(r *root, abs string) {
	w.path = append(w.path[:0], abs...)
	markHits(r.excluded)
	if len(r.excluded) > 0 || w.excludes(r, false) {
		w.counts.Left[LeftExcluded].Files++
		return
	}
	included, ok := w.includes(r, r.included)
	if !ok {
		w.counts.Left[LeftNotIncluded].Files++
		return
	}
	language := w.Language(abs[len(r.abs)+1:])
	if language == "" && w.Also != nil && w.Also(w.path) {
		w.also = append(w.also, File{Path: w.open(abs), Rel: w.rel(abs), Given: true})
		markHits(included)
		return
	}
	if w.keep(abs, language, true) {
		markHits(included)
	}
}

// keep adds a file, unless it has no language.
func (w *worker) keep(abs, language string, given bool) bool {
	f := File{Path: w.open(abs), Rel: w.rel(abs), Language: language, Given: given}
	if language == "" && w.Script != nil {
		w.Witness.Head(f.Path)
		head, err := readHead(f.Path, w.head[:])
		if err != nil {
			w.Witness.Unsure()
			w.skipped = append(w.skipped, Skip{f.Rel, cause(err).Error()})
			return false
		}
		f.Language = w.Script(head)
	}
	if f.Language == "" {
		w.counts.Left[LeftLanguage].Files++
		return false
	}
	w.files = append(w.files, f)
	return true
}

// includes gives the globs that include the file at hand, by itself or by a folder around it.
func (w *worker) includes(r *root, around []*glob) (hits []*glob, ok bool) {
	if len(w.include) == 0 {
		return nil, true
	}
	hits = slices.Concat(around, matchAny(w.include, w.name(r, false)))
	return hits, len(hits) > 0
}

func (w *worker) excludes(r *root, dir bool) bool {
	hits := matchAny(w.exclude, w.name(r, dir))
	markHits(hits)
	return len(hits) > 0
}

// name is what globs may know the entry at hand by.
func (w *worker) name(r *root, dir bool) name {
	abs := string(w.path)
	rel := abs[len(r.abs)+1:]
	forms := make([]string, 0, 1+len(r.prefixes))
	forms = append(forms, rel)
	for _, prefix := range r.prefixes {
		forms = append(forms, prefix+"/"+rel)
	}
	return name{forms, abs, dir}
}
