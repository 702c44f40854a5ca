// Package dependencies reads from manifests and lockfiles which versions of a
// library the files of a project are built with.
//
// It reads only what lies in the folders of the files it is asked about, and
// above them up to the base, and only looks for the packages it is told of. It
// runs no package manager and asks no registry: what a manifest leaves to
// something outside of the tree (a parent, a platform, a newer lock) is not
// known. A manifest that cannot be read is a note.
//
// The parsers are our own because the extraction library at hand
// (osv-scalibr) drops the ranges that manifests without a lock give.
package dependencies

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/internal/witness"

	"github.com/keyvet/keyvet/rules"
)

// A Dependency is what a manifest says of a package.
type Dependency struct {
	Name      string // in the ecosystem's own form
	Ecosystem string
	// Versions are those that the manifest allows; empty if it does not say.
	Versions rules.Versions
	// Text is the version or range as written.
	Text string
	// Locked: it is the version that a lockfile holds.
	Locked bool
	Path   string // of the manifest, relative to the base
	Line   int    // where it names the package
	// scope is the folder whose files it holds for.
	scope string
}

// A Resolver knows what the manifests of a scan say.
type Resolver struct {
	byScope map[key][]Dependency
	// borders are folders above which manifests of an ecosystem do not hold.
	borders map[key]bool
	notes   []string
}

// A key is a package, or an ecosystem alone, in a folder.
type key struct{ scope, ecosystem, name string }

// Read reads the manifests for files, which are given by ecosystem, as far as
// they speak of the wanted packages, given by ecosystem too. The witness may be nil.
func Read(base string, files, wanted map[string][]string, w *witness.Witness) *Resolver {
	r := &Resolver{byScope: make(map[key][]Dependency), borders: make(map[key]bool)}
	for _, ecosystem := range slices.Sorted(maps.Keys(files)) {
		read := readers[ecosystem]
		if read == nil || len(wanted[ecosystem]) == 0 {
			continue
		}
		s := &scan{Resolver: r, witness: w, base: base, ecosystem: ecosystem, wanted: make(map[string]string), texts: make(map[string][]byte), values: make(map[string]map[string]string)}
		for _, name := range wanted[ecosystem] {
			s.wanted[s.normal(name)] = name
		}
		for _, folder := range folders(files[ecosystem]) {
			read(s, folder)
		}
	}
	sort.Strings(r.notes)
	r.notes = slices.Compact(r.notes)
	return r
}

// readers read the manifests of one folder, by ecosystem.
var readers = map[string]func(s *scan, folder string){
	"go": (*scan).goFolder, "pypi": (*scan).pythonFolder, "npm": (*scan).nodeFolder, "maven": (*scan).javaFolder,
}

// Notes names the manifests that could not be read, and why.
func (r *Resolver) Notes() []string { return r.notes }

// Find tells what the nearest manifest above a file says of the first of the
// packages that any manifest knows. The exact version of a lockfile wins over
// the range of a manifest, if it lies in it.
func (r *Resolver) Find(file, ecosystem string, names []string) (Dependency, bool) {
	for _, name := range names {
		if d, ok := r.find(file, ecosystem, name); ok {
			return d, true
		}
	}
	return Dependency{}, false
}

func (r *Resolver) find(file, ecosystem, name string) (declared Dependency, found bool) {
	for folder := path.Dir(file); ; folder = path.Dir(folder) {
		var manifest, lock []Dependency
		for _, d := range r.byScope[key{folder, ecosystem, name}] {
			if d.Locked {
				lock = append(lock, d)
			} else if d.Text != "" {
				manifest = append(manifest, d)
			}
		}
		if !found && len(manifest) > 0 {
			declared, found = together(manifest), true
		}
		if locked, ok := within(lock, declared, found); ok {
			return locked, true
		}
		if folder == "." || folder == "/" || r.borders[key{folder, ecosystem, ""}] {
			return declared, found
		}
	}
}

// within gives the locked versions that a declared range allows.
func within(lock []Dependency, declared Dependency, isDeclared bool) (Dependency, bool) {
	var fit []Dependency
	for _, d := range lock {
		if !isDeclared || declared.Versions.Empty() || !d.Versions.And(declared.Versions).Empty() {
			fit = append(fit, d)
		}
	}
	if len(fit) == 0 {
		return Dependency{}, false
	}
	return union(fit), true
}

// together gives what the manifests of one folder allow: one that pins a version
// and one that gives its range agree. Where they do not, either may hold.
func together(all []Dependency) Dependency {
	out := union(all)
	both := all[0]
	for _, d := range all[1:] {
		if both.Versions = both.Versions.And(d.Versions); d.Versions.In(both.Versions) {
			both.Path, both.Line, both.Text = d.Path, d.Line, d.Text // the narrower one
		}
	}
	if both.Versions.Empty() {
		return out
	}
	return both
}

// union gives what any of several entries of one folder allows.
func union(all []Dependency) Dependency {
	out := all[0]
	for _, d := range all[1:] {
		if d.Text != out.Text {
			out.Text += ", " + d.Text
		}
		out.Versions = out.Versions.Or(d.Versions)
	}
	return out
}

// Declared lists what manifests, not lockfiles, name, by path and line.
func (r *Resolver) Declared() []Dependency {
	var all []Dependency
	for _, list := range r.byScope {
		for _, d := range list {
			if !d.Locked || d.Ecosystem == "go" && path.Base(d.Path) == "go.mod" {
				all = append(all, d)
			}
		}
	}
	sort.Slice(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if a.Path != b.Path {
			return a.Path < b.Path
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Name < b.Name
	})
	return slices.CompactFunc(all, func(a, b Dependency) bool { return a.Path == b.Path && a.Line == b.Line && a.Name == b.Name })
}

// maxEntries bounds how often a folder's manifests may name one package.
const maxEntries = 200

// A scan reads the manifests of one ecosystem.
type scan struct {
	*Resolver
	witness         *witness.Witness
	base, ecosystem string
	// wanted maps a package's normal name to the name it is wanted by.
	wanted map[string]string
	texts  map[string][]byte            // what was read, for parents; nil where there is none
	values map[string]map[string]string // of the variables of a build script, by its path
	poms   map[string]*pom
}

// The sizes, in bytes, up to which a file is read. Lockfiles of large monorepos
// have some ten megabytes, what people write some kilobytes.
const (
	maxManifest = 8 << 20
	maxLockfile = 64 << 20
)

// text reads a file, nil if there is none.
func (s *scan) text(rel string) []byte { return s.read(rel, maxManifest) }

func (s *scan) read(rel string, limit int64) []byte {
	if data, known := s.texts[rel]; known {
		return data
	}
	data, problem := discover.ReadManifest(s.witness, s.base, rel, limit)
	if problem != "" {
		s.note(rel, problem)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	s.texts[rel] = data
	return data
}

func (s *scan) note(rel, problem string) { s.notes = append(s.notes, rel+": "+problem) }

// speaks tells whether a manifest can name a wanted package at all, so that the
// others need no parsing. A name's last part is enough of it.
func (s *scan) speaks(data []byte) bool {
	if len(data) == 0 {
		return false
	}
	plain := []byte(s.normal(string(data)))
	for name := range s.wanted {
		if bytes.Contains(plain, []byte(name[strings.LastIndexByte(name, ':')+1:])) {
			return true
		}
	}
	return false
}

// lock is what speaks is for lockfiles: one in the middle of a merge says nothing.
func (s *scan) lock(rel string) []byte {
	data := s.read(rel, maxLockfile)
	if !s.speaks(data) {
		return nil
	}
	if bytes.Contains(data, []byte("\n<<<<<<< ")) {
		s.note(rel, "holds the marks of a merge conflict; not used")
		return nil
	}
	return data
}

// normal gives the form of a name that all its spellings have in common.
func (s *scan) normal(name string) string {
	if s.ecosystem == "pypi" {
		return pythonSpelling.Replace(strings.ToLower(name))
	}
	return name
}

var pythonSpelling = strings.NewReplacer("_", "-", ".", "-")

func (s *scan) wants(name string) bool { return s.wanted[s.normal(name)] != "" }

// add notes a package if it is wanted. The line is looked for behind start.
func (s *scan) add(d Dependency, data []byte, start int) {
	name, ok := s.wanted[s.normal(d.Name)]
	if !ok {
		return
	}
	if d.Line == 0 {
		d.Line = lineOf(data, d.Name[strings.LastIndexByte(d.Name, ':')+1:], start)
	}
	d.Name, d.Ecosystem = name, s.ecosystem
	if d.scope == "" {
		d.scope = path.Dir(d.Path)
	}
	k := key{d.scope, s.ecosystem, name}
	if len(s.byScope[k]) == maxEntries {
		s.note(d.Path, "names "+name+" more than "+strconv.Itoa(maxEntries)+" times; only the first ones are used")
		return
	}
	s.byScope[k] = append(s.byScope[k], d)
}

// lineOf finds the line that holds a name as a whole word; 1 if there is none.
func lineOf(data []byte, name string, start int) int {
	for at := start; at < len(data); {
		i := bytes.Index(data[at:], []byte(name))
		if i < 0 {
			break
		}
		i += at
		if end := i + len(name); (i == 0 || !isNameByte(data[i-1])) && (end == len(data) || !isNameByte(data[end])) {
			return 1 + bytes.Count(data[:i], []byte("\n"))
		}
		at = i + 1
	}
	return 1
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.' || c == '/'
}

// folders lists the folders of files and those above them, sorted.
func folders(files []string) []string {
	seen := make(map[string]bool)
	for _, file := range files {
		for folder := path.Dir(file); !seen[folder]; folder = path.Dir(folder) {
			seen[folder] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
