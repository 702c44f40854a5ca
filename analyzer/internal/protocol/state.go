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
	// mixed: it stands for several clients, whose values are not the same.
	mixed bool

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

// defaultValue gives the default, "" where the versions allowed differ in it.
func defaultValue(s *state) string {
	if list := defaults(s.setting, s.versions); len(list) == 1 {
		return list[0].Value
	}
	return ""
}
