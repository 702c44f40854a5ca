package protocol

import (
	"fmt"
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/detect"
	"github.com/keyvet/keyvet/analyzer/internal/manifest/dependencies"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

// A state is what is known of a setting of a client.
type state struct {
	made *detect.Made // nil where the place that makes the client is not known
	// makers are the clients that it may be: that one, or all of the library.
	makers  []*detect.Made
	library *rules.Client
	setting *rules.Setting
	// value is the setting's value; "" where it is not known.
	value string
	// written is the use that sets it, nil where the default holds.
	written *report.Use
	// open: it may be set where it cannot be seen.
	open bool

	dependency dependencies.Dependency
	known      bool // the manifest names the library
	versions   rules.Versions
}

func (s *state) version() string { return versionText(s.library, s.dependency, s.known) }

// versionText words a version and where it is said: "acme-py 8.1.0 (uv.lock:12)".
func versionText(c *rules.Client, d dependencies.Dependency, known bool) string {
	if !known {
		return c.Name + " of a version that no manifest gives"
	}
	version := d.Versions.String()
	if d.Versions.All() || d.Versions.Empty() {
		version = "of any version"
	}
	by := ""
	if d.By != "" {
		by = ", by " + d.By
	}
	return fmt.Sprintf("%s %s (%s:%d%s)", c.Name, version, d.Path, d.Line, by)
}

// where words the place that decides: the setting, or the client without one.
func (s *state) where() string {
	switch {
	case s.written != nil:
		return "set at " + where(s.written.Path, s.written.Range)
	case s.made != nil:
		return "the default, as " + where(s.made.Path, s.made.Range) + " sets none"
	}
	return "the default, as nothing sets it"
}

func where(path string, r report.Range) string { return fmt.Sprintf("%s:%d", path, r.Start.Line) }

// has tells whether one of some options stands beside the setting.
func (s *state) has(options []string) bool {
	return s.made != nil && slices.ContainsFunc(options, func(o string) bool { return slices.Contains(s.made.Options, o) })
}

// statesOf gives the states of all clients that are made. They are worked out
// once for each setting.
func (j *judge) statesOf(setting string) []state {
	if known, ok := j.states[setting]; ok {
		return known
	}
	var all []state
	held := make(map[int]bool) // settings that belong to a client that is made
	for i := range j.Found.Made {
		m := &j.Found.Made[i]
		s, ok := j.newState(setting, m.Language, m.Client, m.Path)
		if !ok {
			continue
		}
		s.made, s.open = m, m.Open
		values := make(map[string]bool)
		for n := range j.Found.Uses {
			u := &j.Found.Uses[n]
			if u.Kind == report.SettingUse && u.Setting == setting && holds(m, u) {
				held[n] = true
				values[u.Value] = true
				s.written = u
			}
		}
		if len(values) > 1 {
			s.written, s.open = nil, true
		}
		all = append(all, s)
	}
	for i := range all {
		j.settle(&all[i], setting, held)
	}
	if j.states == nil {
		j.states = make(map[string][]state)
	}
	j.states[setting] = all
	return all
}

func holds(m *detect.Made, u *report.Use) bool {
	return slices.ContainsFunc(m.Spans, func(s detect.Span) bool { return s.Holds(u.Path, u.Range) })
}

// newState gives what a library's version says.
func (j *judge) newState(setting, language, client, path string) (state, bool) {
	c := j.Rules.Client(language, client)
	if c == nil {
		return state{}, false
	}
	library := j.Rules.SettingOwner(c, setting)
	if library == nil {
		return state{}, false
	}
	s := state{library: library, setting: library.Settings[setting]}
	if s.dependency, s.known = j.version(library, path); s.known {
		s.versions = s.dependency.Versions
	}
	return s, true
}

func (j *judge) version(library *rules.Client, path string) (dependencies.Dependency, bool) {
	for _, p := range library.Packages {
		if d, ok := j.Versions.Find(path, p.Ecosystem, []string{p.Name}); ok {
			return d, true
		}
	}
	return dependencies.Dependency{}, false
}

// settle works out the value: written with the client, set for the whole
// program, or the default. Settings that belong to no client that is made may be
// meant for any in their file, or below their manifest.
func (j *judge) settle(s *state, setting string, held map[int]bool) {
	if s.written != nil {
		s.value = s.written.Value
		return
	}
	for n := range j.Found.Uses {
		u := &j.Found.Uses[n]
		if u.Kind != report.SettingUse || u.Setting != setting || held[n] || u.Language != s.made.Language {
			continue
		}
		near := slices.ContainsFunc(s.made.Spans, func(x detect.Span) bool { return x.Path == u.Path })
		owner := j.Rules.Client(u.Language, u.Client)
		same := owner != nil && j.Rules.SettingOwner(owner, setting) == s.library
		if !near && !same {
			continue
		}
		if d, known := j.version(s.library, u.Path); !near && (known != s.known || d.Path != s.dependency.Path) {
			continue // another program of a monorepo
		}
		if u.Everywhere && same {
			s.written, s.value, s.open = u, u.Value, false
			return
		}
		s.open = true
	}
	if !s.open {
		s.value = defaultValue(s)
	}
}

// defaultValue gives the default, "" where the versions allowed differ in it.
func defaultValue(s *state) string {
	if list := defaults(s.setting, s.versions); len(list) == 1 {
		return list[0].Value
	}
	return ""
}

// holding gives the state of the client that a setting's use belongs to.
func (j *judge) holding(setting string, u *report.Use) *state {
	all := j.statesOf(setting)
	for i := range all {
		if holds(all[i].made, u) {
			return &all[i]
		}
	}
	return nil
}

// stateOf gives the state of the client that a call goes through: the one that
// the call's explanation names, or what all clients of the library have in
// common. It is only given with a value.
func (j *judge) stateOf(setting string, u *report.Use) (state, bool) {
	own, ok := j.newState(setting, u.Language, u.Client, u.Path)
	if !ok {
		return state{}, false
	}
	all := j.statesOf(setting)
	for _, step := range u.Because {
		for i := range all {
			if all[i].made.Path == step.Path && all[i].made.Range == step.Range {
				all[i].makers = []*detect.Made{all[i].made}
				return all[i], all[i].value != ""
			}
		}
	}
	if j.Part {
		return state{}, false
	}
	var common *state
	var makers []*detect.Made
	for i := range all {
		s := &all[i]
		if s.library != own.library || s.known != own.known || s.dependency.Path != own.dependency.Path {
			continue
		}
		if common != nil && (s.value != common.value || (s.written == nil) != (common.written == nil)) {
			return state{}, false
		}
		if common == nil {
			common = s
		}
		makers = append(makers, s.made)
	}
	if common != nil {
		found := *common
		found.makers = makers
		return found, found.value != ""
	}
	if !own.known || j.setAnywhere(setting, own.library) {
		return state{}, false
	}
	own.value = defaultValue(&own)
	return own, own.value != ""
}

// setAnywhere tells whether something sets a library's setting at all.
func (j *judge) setAnywhere(setting string, library *rules.Client) bool {
	return slices.ContainsFunc(j.Found.Uses, func(u report.Use) bool {
		if u.Kind != report.SettingUse || u.Setting != setting {
			return false
		}
		c := j.Rules.Client(u.Language, u.Client)
		return c != nil && j.Rules.SettingOwner(c, setting) == library
	})
}
