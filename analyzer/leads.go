package analyzer

import (
	"path"
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/detect"
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
			fresh[language] = newLeads(all)
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
	// folders are those whose files alone may use some of the names; anywhere: others
	// may use others.
	folders  map[string]bool
	anywhere bool
}

func newLeads(all []detect.Lead) *leads {
	l := &leads{all: all, folders: make(map[string]bool)}
	names := make(map[string]bool)
	for _, lead := range all {
		names[lead.Name] = true
		l.folders[lead.Folder] = true
		l.anywhere = l.anywhere || lead.Folder == ""
	}
	l.names = prefilter.NewWordSet(names)
	return l
}

// concern tells whether a file may use the name of a lead, by its place.
func (l *leads) concern(rel string) bool {
	return l != nil && (l.anywhere || l.folders[path.Dir(rel)])
}

// leadTo tells whether a file holds the words of a lead. A client is of interest only
// where some member of one is used, or a library named.
func (l *leads) leadTo(rel string, evidence prefilter.Evidence, src []byte) bool {
	held := l.names.In(src)
	if len(held) == 0 {
		return false
	}
	holds := func(word string) bool { return word == "" || prefilter.HasWord(src, word) }
	for _, lead := range l.all {
		switch {
		case !held[lead.Name], lead.Folder != "" && lead.Folder != path.Dir(rel):
		case lead.Kind == detect.ClientLead && evidence&(prefilter.API|prefilter.WeakAPI|prefilter.Name) == 0:
		case holds(lead.Module) && holds(lead.Owner):
			return true
		}
	}
	return false
}
