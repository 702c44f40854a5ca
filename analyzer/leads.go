package analyzer

import (
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

// Leads are leads in files of one language, and the words that they are about.
type leads struct {
	all   []detect.Lead
	words *prefilter.WordSet
}

func newLeads(all []detect.Lead) *leads {
	words := make(map[string]bool)
	for _, lead := range all {
		for _, word := range []string{lead.Name, lead.Module, lead.Owner} {
			if word != "" {
				words[word] = true
			}
		}
	}
	return &leads{all, prefilter.NewWordSet(words)}
}

// leadTo tells whether a file holds the words of a lead. A client is of interest only
// where some member of one is used, or a library named.
func (l *leads) leadTo(evidence prefilter.Evidence, src []byte) bool {
	held := l.words.In(src)
	for _, lead := range l.all {
		if lead.Kind == detect.ClientLead && evidence&(prefilter.API|prefilter.WeakAPI|prefilter.Name) == 0 {
			continue
		}
		if held[lead.Name] && (lead.Module == "" || held[lead.Module]) && (lead.Owner == "" || held[lead.Owner]) {
			return true
		}
	}
	return false
}
