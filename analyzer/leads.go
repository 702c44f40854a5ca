package analyzer

import (
	"path"
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/detect"
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/internal/prefilter"
)

// newLeads keeps the leads that no earlier round followed: what they led to is
// read already.
func (c *chase) newLeads(found map[string][]detect.Lead) map[string]*leads {
	fresh := make(map[string]*leads)
	for language, all := range found {
		all = slices.DeleteFunc(all, func(lead detect.Lead) bool {
			key := followed{language, lead}
			known := c.followed[key]
			c.followed[key] = true
			return known
		})
		if len(all) > 0 {
			fresh[language] = newLeads(all, c.names(language), c.traits[language].PackageScope)
		}
	}
	return fresh
}

// A followed is a lead that was followed, in files of a language.
type followed struct {
	language string
	lead     detect.Lead
}

// Leads are leads in files of one language.
type leads struct {
	all   []detect.Lead
	names *prefilter.WordSet // the names of all
	// typed: who is given a client names its type.
	typed   bool
	reaches map[string][]reach // by the folder that they are bound to, "" if to none
}

// A reach is which files may use a name: only those with a client, in a language where
// these say what they are given; only those that name a library, because the lead's words
// do; only tests, because a test declares it.
type reach struct{ client, named, test bool }

// names tells which texts name a library of a language.
func (c *chase) names(language string) func(string) bool {
	if f := c.filters[language]; f != nil {
		return f.Names
	}
	return func(string) bool { return false }
}

func newLeads(all []detect.Lead, namesLibrary func(string) bool, typed bool) *leads {
	l := &leads{all: all, typed: typed, reaches: make(map[string][]reach)}
	names := make(map[string]bool)
	for _, lead := range all {
		names[lead.Name] = true
		named := namesLibrary(lead.Name) || namesLibrary(lead.Module) || namesLibrary(lead.Owner)
		if r := (reach{typed && lead.Kind == detect.ClientLead, named, lead.Test}); !slices.Contains(l.reaches[lead.Folder], r) {
			l.reaches[lead.Folder] = append(l.reaches[lead.Folder], r)
		}
	}
	l.names = prefilter.NewWordSet(names)
	return l
}

// concern tells whether a file may use the name of a lead, by its place and by what is
// known of it: a client is of interest only where some member of one is used, or a
// library named, unless it may be handed on to where it is.
func (l *leads) concern(file string, evidence prefilter.Evidence) bool {
	if l == nil {
		return false
	}
	admits := func(r reach) bool {
		return (!r.client || hasClient(evidence)) && (!r.named || evidence&prefilter.Name != 0) && (!r.test || link.TriesOut(file))
	}
	folder := path.Dir(file)
	return slices.ContainsFunc(l.reaches[""], admits) || slices.ContainsFunc(l.reaches[folder], admits)
}

func hasClient(e prefilter.Evidence) bool {
	return e&(prefilter.API|prefilter.WeakAPI|prefilter.Name) != 0
}

// leadTo tells whether a file holds the words of a lead.
func (l *leads) leadTo(file string, evidence prefilter.Evidence, src []byte) bool {
	held := l.names.In(src)
	if len(held) == 0 {
		return false
	}
	holds := func(word string) bool { return word == "" || prefilter.HasWord(src, word) }
	for _, lead := range l.all {
		switch {
		case !held[lead.Name], lead.Folder != "" && lead.Folder != path.Dir(file):
		case lead.Test && !link.TriesOut(file):
		case l.typed && lead.Kind == detect.ClientLead && !hasClient(evidence):
		case holds(lead.Module) && holds(lead.Owner):
			return true
		}
	}
	return false
}
