package analyzer

import (
	"context"
	"iter"

	"github.com/keyvet/keyvet/analyzer/internal/extract"
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/internal/prefilter"
)

// A declared is a name that the files of a folder were searched for.
type declared struct {
	folder, name string
	by           declaration
}

// A declaration says what was to declare a name.
type declaration uint8

const (
	byPackage declaration = iota // a package clause
	byFile                       // a file of the package
	byTest                       // a test of it
	byOffer                      // the file that stands in place of a folder
)

// addClients adds, to the files that are wanted, those that name a client in
// packages that are imported where something was looked up. Whoever has one asks
// such a package for more than was understood.
func (c *chase) addClients(wanted map[string]bool, p *link.Project) {
	for folder := range p.WantedFolders() {
		for _, name := range p.FilesOf(folder) {
			if s := c.reader.Source(name); s != nil && s.Evidence&prefilter.Name != 0 {
				wanted[name] = true
			}
		}
	}
}

// readDeclaring reads the files, in packages that share their names, that declare
// one that was looked up in vain; of packages whose own names are asked for one file
// each, if it has such a name; and files that may offer a name that others hand on.
func (c *chase) readDeclaring(ctx context.Context, p *link.Project) error {
	fresh := make(map[string]bool) // folders in which a name is asked for that was not before
	names, inTests := p.WantedNames()
	for folder := range names {
		asked, inTest := c.note(folder, names[folder], byFile), c.note(folder, inTests[folder], byTest)
		if asked || inTest {
			fresh[folder] = true
		}
	}
	heads := make(map[*extract.Source]map[string]bool)
	for folder, names := range p.WantedPackages() {
		if !c.note(folder, names, byPackage) {
			continue
		}
		for _, name := range p.FilesOf(folder) {
			if s := c.reader.Source(name); s != nil && s.State == extract.Passed {
				heads[s] = names
				break
			}
		}
	}
	offers := make(map[string]map[string]bool)
	for file, names := range p.WantedOffers() {
		if c.note(file, names, byOffer) {
			offers[file] = names
		}
	}
	if len(heads)+len(offers)+len(fresh) == 0 {
		return nil
	}
	return c.reader.Search(ctx, func(s *extract.Source) bool {
		return heads[s] != nil || offers[s.Rel] != nil || fresh[s.Folder()] && c.traits[s.Language].Declared != nil
	}, func(s *extract.Source, src []byte) bool {
		traits := c.traits[s.Language]
		if names := offers[s.Rel]; names != nil && (traits.HandsOn == nil || traits.HandsOn(src) || holdsWord(src, names)) {
			return true
		}
		if traits.PackageOf != nil && heads[s][traits.PackageOf(src)] {
			return true
		}
		return traits.Declared != nil && declares(traits.Declared(src), p.WantedIn(s.Rel))
	})
}

func holdsWord(src []byte, names map[string]bool) bool {
	for name := range names {
		if prefilter.HasWord(src, name) {
			return true
		}
	}
	return false
}

func declares(given iter.Seq[[]byte], names map[string]bool) bool {
	if len(names) == 0 {
		return false
	}
	for name := range given {
		if names[string(name)] {
			return true
		}
	}
	return false
}

// note takes down names that are asked for in a folder, and tells whether one of
// them is new.
func (c *chase) note(folder string, names map[string]bool, by declaration) bool {
	fresh := false
	for name := range names {
		key := declared{folder, name, by}
		fresh = fresh || !c.declared[key]
		c.declared[key] = true
	}
	return fresh
}
