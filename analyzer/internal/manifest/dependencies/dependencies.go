// Package dependencies reads from manifests and lockfiles which versions of a
// library the files of a project are built with.
//
// It reads only what lies in the folders of the files it is asked about, above
// them up to the base, and in the folders of other manifests of the tree, and only
// looks for the packages it is told of. It runs no package manager and asks no
// registry: of what a manifest leaves to something outside of the tree (a parent,
// a BOM, a newer lock) it knows the platforms that the rules know, in the releases
// that were read for them. A manifest that cannot be read is a note.
//
// The parsers are our own because the extraction library at hand
// (osv-scalibr) drops the ranges that manifests without a lock give.
package dependencies

import (
	"bytes"
	"cmp"
	"fmt"
	"iter"
	"maps"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/discover"

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
	// By is the platform that gives the version: "spring-boot 3.5.3".
	By string
	// Locked: it is the version that a lockfile holds.
	Locked bool
	Path   string // of the manifest, relative to the base
	Line   int    // where it names the package
	// Column and End are where the name begins in the line and ends, from 1, in
	// bytes; both are 1 where it is not written out.
	Column, End int
	// Managed: the manifest only says which version another one would get.
	Managed bool
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

// An Input says what to read, and for what.
type Input struct {
	// Tree is where they are; paths are relative to its base.
	Tree discover.Tree
	// Files are those whose versions matter, by ecosystem.
	Files map[string][]string
	// Manifests are those in the tree, whether such a file lies below them or not.
	Manifests []string
	// Wanted are the packages to look for, by ecosystem.
	Wanted map[string][]string
	// Platforms may give versions to them.
	Platforms []*rules.Platform
}

// Read reads the manifests and lockfiles in the folders of the files and above,
// and the other manifests, as far as they speak of the wanted packages. Of the
// latter, lockfiles are read only where a manifest names one of these.
func Read(in Input) *Resolver {
	r := &Resolver{byScope: make(map[key][]Dependency), borders: make(map[key]bool)}
	for _, ecosystem := range slices.Sorted(maps.Keys(readers)) {
		if len(in.Wanted[ecosystem]) == 0 {
			continue
		}
		s := newScan(in, r, ecosystem)
		near := folders(in.Files[ecosystem])
		var far []string
		for _, manifest := range s.manifests {
			far = append(far, projectFolder(manifest))
		}
		slices.Sort(far)
		s.read(near, slices.Compact(far))
	}
	r.stale()
	sort.Strings(r.notes)
	r.notes = slices.Compact(r.notes)
	return r
}

// stale notes the lockfiles that hold no version which the manifest beside them
// allows: they are not used.
func (r *Resolver) stale() {
	for _, list := range r.byScope {
		manifest, lock := split(list)
		if len(manifest) == 0 || len(lock) == 0 {
			continue
		}
		declared := together(manifest)
		if _, ok := within(lock, declared, true); !ok && path.Dir(lock[0].Path) == path.Dir(declared.Path) {
			r.notes = append(r.notes, fmt.Sprintf("%s:%d: has %s %s, which %s:%d does not allow (%s); not used",
				lock[0].Path, lock[0].Line, lock[0].Name, lock[0].Text, declared.Path, declared.Line, declared.Text))
		}
	}
}

// split tells what manifests say, as far as they name a version, from what
// lockfiles do.
func split(all []Dependency) (manifest, lock []Dependency) {
	for _, d := range all {
		if d.Locked {
			lock = append(lock, d)
		} else if d.Text != "" {
			manifest = append(manifest, d)
		}
	}
	return manifest, lock
}

func newScan(in Input, r *Resolver, ecosystem string) *scan {
	s := &scan{
		Resolver: r, tree: in.Tree, ecosystem: ecosystem, wanted: make(map[string]string),
		texts: make(map[string][]byte), values: make(map[string]map[string]string), bringers: make(map[string]bool), listed: make(map[string]map[string]bool),
	}
	for _, name := range in.Wanted[ecosystem] {
		s.wanted[s.normal(name)] = name
	}
	for _, p := range in.Platforms {
		if p.Ecosystem != ecosystem {
			continue
		}
		s.platforms = append(s.platforms, p)
		for name := range p.Brings {
			s.bringers[name] = true
		}
	}
	s.parts = lastParts(maps.Keys(s.wanted), maps.Keys(s.bringers))
	for _, manifest := range in.Manifests {
		if Ecosystem(manifest) == ecosystem {
			s.manifests = append(s.manifests, manifest)
		}
	}
	return s
}

// read reads the folders near the files as a whole, and the far ones as far as
// something is found there.
func (s *scan) read(near, far []string) {
	reader := readers[s.ecosystem]
	locks := make(map[string]bool)
	for _, folder := range near {
		locks[folder] = true
		reader.manifests(s, folder)
	}
	for _, folder := range far {
		if _, read := slices.BinarySearch(near, folder); read {
			continue
		}
		before := s.found
		if reader.manifests(s, folder); s.found > before {
			for up := folder; !locks[up]; up = path.Dir(up) {
				locks[up] = true
			}
		}
	}
	for _, folder := range slices.Sorted(maps.Keys(locks)) {
		reader.locks(s, folder)
	}
}

// A reader reads what is in one folder.
type reader struct{ manifests, locks func(s *scan, folder string) }

var readers = map[string]reader{
	"go":    {(*scan).goManifests, (*scan).goLocks},
	"pypi":  {(*scan).pythonManifests, (*scan).pythonLocks},
	"npm":   {(*scan).nodeManifests, (*scan).nodeLocks},
	"maven": {(*scan).javaManifests, (*scan).javaLocks},
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
		manifest, lock := split(r.byScope[key{folder, ecosystem, name}])
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

// Of gives what is known of the version of a declared package: that of a lockfile,
// or what the manifest itself says.
func (r *Resolver) Of(d Dependency) (Dependency, bool) {
	return r.find(path.Join(d.scope, "x"), d.Ecosystem, d.Name)
}

// Declared lists what manifests, not lockfiles, name, by path and line.
func (r *Resolver) Declared() []Dependency {
	var all []Dependency
	for _, list := range r.byScope {
		for _, d := range list {
			if !d.Managed && (!d.Locked || path.Base(d.Path) == "go.mod") {
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
	tree      discover.Tree
	ecosystem string
	// wanted maps a package's normal name to the name it is wanted by.
	wanted map[string]string
	// bringers are packages that a platform says to bring others.
	bringers map[string]bool
	parts    [][]byte                     // of the wanted names, that a manifest must hold
	texts    map[string][]byte            // what was read, for parents; nil where there is none
	values   map[string]map[string]string // of the variables of a build script, by its path
	poms     map[string]*pom
	// manifests are those in the tree, of this ecosystem.
	manifests []string
	platforms []*rules.Platform
	// gradles are the platforms that build scripts use, by folder.
	gradles    map[string][]given
	catalogues map[string]*tomlCatalogue
	boms       map[string]management      // by name
	listed     map[string]map[string]bool // modules of a go.mod, by folder
	workspaces map[string]workspace       // by folder
	found      int                        // packages, so far
}

// The sizes, in bytes, up to which a file is read. Lockfiles of large monorepos
// have some ten megabytes, what people write some kilobytes.
const (
	maxManifest = 8 << 20
	maxLockfile = 64 << 20
)

// text reads a file, nil if there is none.
func (s *scan) text(rel string) []byte { return s.load(rel, maxManifest) }

func (s *scan) load(rel string, limit int64) []byte {
	if data, known := s.texts[rel]; known {
		return data
	}
	data, problem := s.tree.Read(rel, limit)
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
	if s.ecosystem == "pypi" {
		data = []byte(s.normal(string(data)))
	}
	return s.names(data)
}

// names tells whether a text holds the last part of a wanted name.
func (s *scan) names(data []byte) bool {
	return slices.ContainsFunc(s.parts, func(part []byte) bool { return bytes.Contains(data, part) })
}

// lastParts gives the last parts of names, without those that hold another one.
func lastParts(names ...iter.Seq[string]) (parts [][]byte) {
	var all []string
	for _, some := range names {
		for name := range some {
			all = append(all, name[strings.LastIndexByte(name, ':')+1:])
		}
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) })
	for _, part := range all {
		if !slices.ContainsFunc(parts, func(shorter []byte) bool { return strings.Contains(part, string(shorter)) }) {
			parts = append(parts, []byte(part))
		}
	}
	return parts
}

// lock is what speaks is for lockfiles: one in the middle of a merge says nothing.
func (s *scan) lock(rel string) []byte {
	data := s.load(rel, maxLockfile)
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

// wants tells whether a package is looked for, or brings others.
func (s *scan) wants(name string) bool { return s.wanted[s.normal(name)] != "" || s.bringers[name] }

// add notes a package if it is wanted. The line is looked for behind start.
func (s *scan) add(d Dependency, data []byte, start int) {
	name, ok := s.wanted[s.normal(d.Name)]
	if !ok {
		return
	}
	if d.Line == 0 {
		d.Line = lineOf(data, d.Name[strings.LastIndexByte(d.Name, ':')+1:], start)
	}
	d.Column, d.End = columns(s.texts[d.Path], d.Line, d.Name)
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
	s.found++
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

// columns finds a name, or at least its last part, in a line.
func columns(data []byte, line int, name string) (column, end int) {
	for ; line > 1; line-- {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	text := firstLineOf(data)
	for _, part := range []string{name, name[strings.LastIndexByte(name, ':')+1:]} {
		if i := bytes.Index(bytes.ToLower(text), []byte(strings.ToLower(part))); i >= 0 {
			return i + 1, i + 1 + len(part)
		}
	}
	return 1, 1
}

func firstLineOf(data []byte) []byte {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	return line
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
