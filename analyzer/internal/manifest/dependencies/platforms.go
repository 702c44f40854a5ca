package dependencies

import (
	"slices"

	"github.com/keyvet/keyvet/rules"
)

// A given is a platform that a project uses, in one of its releases.
type given struct {
	platform *rules.Platform
	text     string // its version, as written
	version  rules.Versions
}

func (g given) String() string { return g.platform.Name + " " + g.text }

// platform gives the platform that a package stands for, used in a version.
func (s *scan) platform(pkg, version string) (given, bool) {
	for _, p := range s.platforms {
		if slices.Contains(p.Artifacts, pkg) {
			g := given{p, version, javaRange(version)}
			return g, !g.version.Empty()
		}
	}
	return given{}, false
}

// isPlatform tells whether a package stands for a platform.
func (s *scan) isPlatform(pkg string) bool {
	return slices.ContainsFunc(s.platforms, func(p *rules.Platform) bool { return slices.Contains(p.Artifacts, pkg) })
}

// manage gives a dependency without a version the one that the first of some
// platforms has for it.
func manage(d *Dependency, platforms []given) {
	for _, g := range platforms {
		if v := g.platform.Gives(d.Name, g.version); d.Text == "" && !v.Empty() {
			d.Versions, d.Text, d.By = v, v.String(), g.String()
		}
	}
}

// brought lists the packages that come with one that is declared. A package that
// has its platform's own version tells the platform's release by that.
func (s *scan) brought(d Dependency, platforms []given) (all []Dependency) {
	for _, p := range s.platforms {
		for _, name := range p.Brings[d.Name] {
			using := platforms
			if d.By == "" && len(p.Own) > 0 && rules.Matches(p.Own, d.Name) && !d.Versions.Empty() {
				using = []given{{p, d.Text, d.Versions}}
			}
			b := Dependency{Name: name, Path: d.Path, Line: d.Line, scope: d.scope}
			manage(&b, using)
			all = append(all, b)
		}
	}
	return all
}
