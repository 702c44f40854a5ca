package analyzer

import (
	"context"

	"github.com/keyvet/keyvet/analyzer/internal/detect"
	"github.com/keyvet/keyvet/analyzer/internal/extract"
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/internal/manifest"
	"github.com/keyvet/keyvet/analyzer/internal/prefilter"
	"github.com/keyvet/keyvet/languages"
)

// maxRounds bounds the chase. In the first followingRounds files are searched for leads
// only if no imports are to be followed: a search reads all that may hold one.
const (
	maxRounds       = 8
	followingRounds = 2
)

// A chase runs detection until it asks for no more files.
type chase struct {
	options  Options
	about    *subject
	reader   *extract.Reader
	detector *detect.Detector
	traits   map[string]languages.Traits
	filters  map[string]*prefilter.Filter
	layout   *link.Layout
	notes    []string
	// libraries remembers which files a client library itself consists of, as far as it
	// was asked. They are parsed only if something is looked up in them.
	libraries map[*extract.Source]bool
	// pending are the leads, by language, that no search was for yet.
	pending map[string][]detect.Lead
	// followed are the leads of the rounds so far, declared the names that files of
	// a folder were searched for.
	followed map[followed]bool
	declared map[declared]bool
}

func newChase(o Options, filters map[string]*prefilter.Filter, about *subject, reader *extract.Reader, d *detect.Detector) *chase {
	c := &chase{
		options: o, about: about, reader: reader, detector: d, traits: traitsOf(o.Languages), filters: filters,
		libraries: make(map[*extract.Source]bool), pending: make(map[string][]detect.Lead),
		followed: make(map[followed]bool), declared: make(map[declared]bool),
	}
	c.layOut()
	return c
}

// run looks at all files, and then in each round at those only that came to it or that
// may ask for others once these are known. When no more are asked for, all are looked
// at once more, from scratch: so what is found does not depend on the way there.
func (c *chase) run(ctx context.Context) (detect.Result, error) {
	if err := c.readFirst(ctx); err != nil {
		return detect.Result{}, err
	}
	project := link.New(c.reader.Facts(), c.traits, c.layout)
	files, whole := project.Files, true
	for round := 0; ; round++ {
		looked := c.detector.Begin(ctx, project, files)
		if round < maxRounds {
			for language, leads := range looked.Leads() {
				c.pending[language] = append(c.pending[language], leads...)
			}
			if err := c.readMore(ctx, project, round); err != nil {
				return detect.Result{}, err
			}
		}
		switch facts := c.reader.Facts(); {
		case len(facts) > len(project.Files):
			files, whole = append(looked.Open(), project.Add(facts)...), false
		case !whole:
			files, whole = project.Files, true
		default:
			return looked.Finish(), ctx.Err()
		}
	}
}

// layOut says what files there are. Manifests are only read for languages in which a
// file is to be parsed.
func (c *chase) layOut() {
	parsed := make(map[string]bool)
	for _, s := range c.reader.Sources {
		if !parsed[s.Language] && (c.matters(s) || c.about.few() && c.about.asked(s.Rel)) {
			parsed[s.Language] = true
		}
	}
	if len(parsed) == 0 {
		c.layout = link.NewLayout(nil, link.Manifests{}) // nobody will ask
		return
	}
	paths := make([]string, 0, len(c.reader.Sources))
	var named []string
	for _, s := range c.reader.Sources {
		paths = append(paths, s.Rel)
		if parsed[s.Language] {
			named = append(named, s.Rel)
		}
	}
	manifests, notes := manifest.Modules(c.about.tree(c.options), named)
	c.notes = append(c.notes, notes...)
	c.layout = link.NewLayout(paths, manifests)
}

// isLibrary tells whether a file is a client library's own. Few are asked about.
func (c *chase) isLibrary(s *extract.Source) bool {
	is, known := c.libraries[s]
	if !known {
		is = s.Evidence != 0 && c.detector.IsLibrary(c.layout, s.Language, c.traits[s.Language], s.Rel)
		c.libraries[s] = is
	}
	return is
}

// matters tells whether a file may be worth parsing for what it holds.
func (c *chase) matters(s *extract.Source) bool {
	return c.options.Everything && c.filters[s.Language] != nil || !c.about.later(s.Rel) && s.Evidence.Matters()
}

// readFirst parses the files that matter by themselves and, in languages in which some
// file names a client library, those that hold a library's members and do not name it.
func (c *chase) readFirst(ctx context.Context) error {
	named := make(map[string]bool)
	for _, s := range c.reader.Sources {
		if s.Evidence&prefilter.Name != 0 {
			named[s.Language] = true
		}
	}
	err := c.reader.Parse(ctx, func(s *extract.Source) bool {
		members := s.Evidence&prefilter.API != 0 && named[s.Language] && !c.about.later(s.Rel)
		return (c.matters(s) || members) && (c.options.Everything || !c.isLibrary(s))
	})
	if err != nil {
		return err
	}
	return c.about.readFew(ctx, c)
}

// readMore reads the files that detection would have needed, and those that
// hold a name that it found.
func (c *chase) readMore(ctx context.Context, p *link.Project, round int) error {
	wanted := c.about.imports(p, c.reader)
	for _, path := range p.Wanted() {
		wanted[path] = true
	}
	c.addClients(wanted, p)
	if err := c.reader.ParseAt(ctx, wanted); err != nil {
		return err
	}
	if err := c.readDeclaring(ctx, p); err != nil {
		return err
	}
	if round < followingRounds && len(c.reader.Facts()) > len(p.Files) {
		return nil
	}
	leads := c.newLeads(c.pending)
	clear(c.pending)
	if len(leads) == 0 {
		return nil
	}
	return c.reader.Search(ctx, func(s *extract.Source) bool {
		return leads[s.Language].concern(s.Rel, s.Evidence) && !c.isLibrary(s)
	}, func(s *extract.Source, src []byte) bool {
		return leads[s.Language].leadTo(s.Rel, s.Evidence, src)
	})
}
