package analyzer

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/internal/extract"
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/internal/prefilter"
	"github.com/keyvet/keyvet/languages"
)

// readFew reads the files that the report is about, whatever they hold: that a
// wrapper is called in one of them is known only from files that are not read.
// Then it reads the context that could call what is in them, and thereby say what
// its parameters are, as far as it speaks of a client or a command itself. What the
// files call themselves is found by the chase.
func (s *subject) readFew(ctx context.Context, c *chase) error {
	if !s.few() {
		return nil
	}
	if err := c.reader.ParseAt(ctx, s.paths); err != nil {
		return err
	}
	callers := s.callersOf(c)
	return c.reader.Search(ctx, func(f *extract.Source) bool {
		return callers[f.Language] != nil && (f.Evidence.Matters() || f.Evidence&prefilter.Name != 0) && !c.isLibrary(f)
	}, func(f *extract.Source, src []byte) bool {
		return callers[f.Language].hold(f.Folder(), src)
	})
}

// Callers tells which files of a language may call what is in a few of them: those of its
// package, and those that name what one of them declares, and name the file, the package,
// or the folder whose front hands on what the file offers.
type callers struct {
	folders, fronts    map[string]bool
	places, names      map[string]bool
	inPlaces, declared *prefilter.WordSet
	// anyName: a file offers something under a name that its importers choose.
	anyName bool
}

func (s *subject) callersOf(c *chase) map[string]*callers {
	found := make(map[string]*callers)
	beside := make(map[string][]string) // the names of the files, by folder
	for _, f := range s.all {
		if !s.paths[f.Rel] {
			continue
		}
		source := c.reader.Source(f.Rel)
		if source == nil || source.Facts == nil {
			continue
		}
		of := found[f.Language]
		if of == nil {
			of = &callers{folders: make(map[string]bool), fronts: make(map[string]bool), places: make(map[string]bool), names: make(map[string]bool)}
			found[f.Language] = of
		}
		folder := path.Dir(f.Rel)
		stem := strings.TrimSuffix(path.Base(f.Rel), path.Ext(f.Rel))
		beside[folder] = append(beside[folder], stem)
		of.addPlace(f.Rel, stem, c.traits[f.Language])
		of.addNames(source.Facts)
	}
	for _, f := range s.all {
		if folder := path.Dir(f.Rel); found[f.Language] != nil && link.IsFront(f.Rel) && namesOneOf(f, beside[folder]) {
			found[f.Language].addFront(folder)
		}
	}
	for _, of := range found {
		of.inPlaces, of.declared = prefilter.NewWordSet(of.places), prefilter.NewWordSet(of.names)
	}
	return found
}

// addPlace adds what importers name a file by.
func (c *callers) addPlace(file, stem string, traits languages.Traits) {
	folder := path.Dir(file)
	if link.IsFront(file) {
		c.addFront(folder)
		return
	}
	c.places[stem] = true
	if traits.PackageScope {
		c.folders[folder] = true
		c.places[path.Base(folder)] = true
	}
}

// addFront adds a folder that importers name instead of a file. In it and below they need
// not, but write "." or "..".
func (c *callers) addFront(folder string) {
	c.places[path.Base(folder)] = true
	c.fronts[folder] = true
}

// addNames adds the names of what a file declares that others can call, give a value, or
// derive from.
func (c *callers) addNames(f *languages.File) {
	for i := range f.Functions {
		fn := &f.Functions[i]
		c.names[fn.Name] = true
		for j := range fn.Bindings {
			if target := fn.Bindings[j].Target; target.Kind == languages.Member || i == 0 && target.Kind == languages.Name {
				c.names[target.Text] = true
			}
		}
	}
	for i := range f.Types {
		c.names[f.Types[i].Name] = true
		for j := range f.Types[i].Fields {
			c.names[f.Types[i].Fields[j].Name] = true
		}
	}
	for i := range f.Exports {
		name := f.Exports[i].Name
		c.names[name] = true
		c.anyName = c.anyName || name == "default" || name == "="
	}
	delete(c.names, "")
}

// hold tells whether a file of a folder may call something, or declare something for
// all files of a package.
func (c *callers) hold(folder string, src []byte) bool {
	return c.folders[folder] || (c.below(folder) || c.inPlaces.In(src) != nil) && (c.anyName || c.declared.In(src) != nil)
}

// below tells whether a folder is one that has a front, or lies in one.
func (c *callers) below(folder string) bool {
	for ; len(c.fronts) > 0; folder = path.Dir(folder) {
		if c.fronts[folder] {
			return true
		}
		if folder == "." || folder == "/" {
			return false
		}
	}
	return false
}

// namesOneOf tells whether a file holds one of some words. One that cannot be read
// holds none.
func namesOneOf(f discover.File, words []string) bool {
	if len(words) == 0 {
		return false
	}
	src, err := ReadSource(f.Path)
	return err == nil && slices.ContainsFunc(words, func(word string) bool { return prefilter.HasWord(src, word) })
}
