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

// maxRounds bounds the chase.
const maxRounds = 6

// A chase runs detection until it asks for no more files.
type chase struct {
	options Options
	about   *subject
	reader  *extract.Reader
	traits  map[string]languages.Traits
	filters map[string]*prefilter.Filter
	notes   []string
	// followed are the leads of the rounds so far, declared the names that files of
	// a folder were searched for.
	followed map[followed]bool
	declared map[declared]bool
}

// run looks at all files, and then in each round at those only that came to it or that
// may ask for others once these are known. When no more are asked for, all are looked
// at once more, from scratch: so what is found does not depend on the way there.
func (c *chase) run(ctx context.Context, d *detect.Detector) (detect.Result, error) {
	project := link.New(c.reader.Facts(), c.traits, c.layout())
	files, whole := project.Files, true
	for round := 0; ; round++ {
		looked := d.Begin(ctx, project, files)
		if round < maxRounds {
			if err := c.readMore(ctx, project, looked.Leads()); err != nil {
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

// layout says what files there are. Manifests are only read for languages in
// which a file was parsed.
func (c *chase) layout() *link.Layout {
	parsed := make(map[string]bool)
	for _, s := range c.reader.Sources {
		if s.Facts != nil {
			parsed[s.Language] = true
		}
	}
	if len(parsed) == 0 {
		return link.NewLayout(nil, link.Manifests{}) // nobody will ask
	}
	var paths, named []string
	for _, s := range c.reader.Sources {
		paths = append(paths, s.Rel)
		if parsed[s.Language] {
			named = append(named, s.Rel)
		}
	}
	manifests, notes := manifest.Modules(c.about.tree(c.options), named)
	c.notes = append(c.notes, notes...)
	return link.NewLayout(paths, manifests)
}

// readMore reads the files that detection would have needed, and those that
// hold a name that it found.
func (c *chase) readMore(ctx context.Context, p *link.Project, found map[string][]detect.Lead) error {
	wanted := c.about.imports(p, c.reader)
	for _, path := range p.Wanted() {
		wanted[path] = true
	}
	c.addClients(wanted, p)
	if len(wanted) > 0 {
		if err := c.reader.Parse(ctx, func(s *extract.Source) bool { return wanted[s.Rel] }); err != nil {
			return err
		}
	}
	if err := c.readDeclaring(ctx, p); err != nil {
		return err
	}
	leads := c.newLeads(found)
	if len(leads) == 0 {
		return nil
	}
	return c.reader.Search(ctx, func(s *extract.Source) bool {
		return leads[s.Language].concern(s.Folder(), s.Evidence)
	}, func(s *extract.Source, src []byte) bool {
		return leads[s.Language].leadTo(s.Folder(), s.Evidence, src)
	})
}
