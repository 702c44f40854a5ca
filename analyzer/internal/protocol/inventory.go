package protocol

import (
	"cmp"
	"maps"
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/manifest/dependencies"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

// inventory lists the client libraries that manifests declare and that code makes
// clients of: in which version, with which settings by default, and what the code
// sets. Libraries of test doubles are none.
func (j *judge) inventory() []report.Client {
	var all []report.Client
	type key struct {
		client, language, path string
		line                   int
	}
	index := make(map[key]int)
	entry := func(c *rules.Client, d dependencies.Dependency, known bool) int {
		e := report.Client{Client: c.Name, Language: c.Language}
		if known {
			e.Package, e.Path, e.Line, e.Platform = d.Name, d.Path, d.Line, d.By
			if !d.Versions.Empty() {
				e.Version = d.Versions.String()
			}
		}
		k := key{c.Name, c.Language, e.Path, e.Line}
		if i, twice := index[k]; twice {
			if j.brings(all[i].Package, e.Package) { // that is the library itself
				e.Settings = j.settingsOf(c, d, known)
				all[i] = e
			}
			return i
		}
		index[k] = len(all)
		e.Settings = j.settingsOf(c, d, known)
		all = append(all, e)
		return len(all) - 1
	}
	for _, d := range j.Versions.Declared() {
		c := j.libraryOf(d)
		if c == nil || !isClient(c) {
			continue
		}
		if locked, ok := j.Versions.Of(d); ok {
			d = locked
		}
		entry(c, d, true)
	}
	for i := range j.Found.Made {
		m := &j.Found.Made[i]
		if c := j.Rules.Client(m.Language, m.Client); c != nil && !c.Mock {
			d, known := j.version(c, m.Path)
			entry(c, d, known)
		}
	}
	for i := range j.Found.Uses {
		u := &j.Found.Uses[i]
		c := j.Rules.Client(u.Language, u.Client)
		if c == nil || c.Mock || u.Setting == "" {
			continue
		}
		d, known := j.version(c, u.Path)
		settings := all[entry(c, d, known)].Settings
		for n := range settings {
			if s := &settings[n]; s.Setting == u.Setting && !slices.Contains(s.Set, u.Value) {
				s.Set = append(s.Set, u.Value)
				slices.Sort(s.Set)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b report.Client) int {
		return cmp.Or(cmp.Compare(a.Language, b.Language), cmp.Compare(a.Client, b.Client), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	return all
}

// brings tells whether a platform says that a package brings another one.
func (j *judge) brings(pkg, other string) bool {
	return slices.ContainsFunc(j.Rules.Platforms, func(p *rules.Platform) bool { return slices.Contains(p.Brings[pkg], other) })
}

// isClient tells whether a catalogue is that of a client: others only say how a
// framework hands one on.
func isClient(c *rules.Client) bool {
	if len(c.Settings) > 0 || len(c.Functions.Sends)+len(c.Functions.Raw) > 0 {
		return true
	}
	for _, t := range c.Types {
		if len(t.Sends)+len(t.Raw)+len(t.Extends) > 0 {
			return true
		}
	}
	return false
}

// libraryOf gives the client that a declared package is; of several, the one that
// says most about its settings.
func (j *judge) libraryOf(d dependencies.Dependency) *rules.Client {
	var found *rules.Client
	for _, c := range j.Rules.Clients {
		if c.Mock || !slices.ContainsFunc(c.Packages, func(p rules.Package) bool { return p.Ecosystem == d.Ecosystem && p.Name == d.Name }) {
			continue
		}
		if found == nil || len(found.Settings) == 0 && len(c.Settings) > 0 {
			found = c
		}
	}
	return found
}

// settingsOf lists the settings of a client, with what holds where code sets
// nothing.
func (j *judge) settingsOf(c *rules.Client, d dependencies.Dependency, known bool) []report.ClientSetting {
	settings := []report.ClientSetting{}
	for _, name := range slices.Sorted(maps.Keys(c.Settings)) {
		s := report.ClientSetting{Setting: name, Default: []string{}, Set: []string{}}
		if owner := j.Rules.SettingOwner(c, name); owner != nil {
			versions := rules.Versions{}
			if known {
				versions = d.Versions
			}
			for _, one := range defaults(owner.Settings[name], versions) {
				s.Default = append(s.Default, one.Value)
			}
			slices.Sort(s.Default)
		}
		settings = append(settings, s)
	}
	return settings
}
