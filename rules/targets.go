package rules

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// DefaultTarget is the newest release of Valkey without modules. Without any
// targets it is a Valkey that serves whatever some Valkey does.
func (s *Set) DefaultTarget() *Target {
	var newest *Target
	for _, t := range s.Targets {
		plain := t.Kind == Release && t.Server == Valkey && len(t.Modules) == 0
		if plain && (newest == nil || compareVersions(t.Version, newest.Version) > 0) {
			newest = t
		}
	}
	if newest == nil {
		return &Target{Name: Valkey, Title: title(Valkey), Kind: Release, Server: Valkey, Version: "999999"}
	}
	return newest
}

// Target gives the target of a name, with modules added or replaced:
// "valkey-search=1.2", "valkey-json" for the newest that its server can load.
// The error says what could have been meant; nothing near is taken instead.
func (s *Set) Target(name string, with ...string) (*Target, error) {
	found := s.lookup().targets[strings.ToLower(name)]
	if found == nil {
		return nil, s.unknownTarget(name)
	}
	return s.With(found, with...)
}

// With gives the target with modules added or replaced.
func (s *Set) With(t *Target, with ...string) (*Target, error) {
	if len(with) == 0 {
		return t, nil
	}
	composed := *t
	composed.Modules = maps.Clone(t.Modules)
	if composed.Modules == nil {
		composed.Modules = map[string]string{}
	}
	var problems []error
	for _, w := range with {
		name, version, given := strings.Cut(strings.TrimSpace(w), "=")
		module, version, err := s.moduleVersion(&composed, name, version, given)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		composed.Modules[module] = version
		composed.Commands = nil // the server was asked without the module
	}
	return &composed, errors.Join(problems...)
}

// unknownTarget says what was meant by a name that no target has.
func (s *Set) unknownTarget(name string) error {
	var names []string
	for _, t := range s.Targets {
		names = append(names, t.Name)
	}
	if lower := s.lowerTarget(name); lower != "" {
		return fmt.Errorf("no target %q is known; the nearest lower one is %q", name, lower)
	}
	return fmt.Errorf("unknown target %q; %s", name, strict.Hint(name, names))
}

// lowerTarget gives the name of the highest target of the same sort that lies
// below a name with a version: valkey-9.1 for valkey-9.7.
func (s *Set) lowerTarget(name string) string {
	sort, version := cutVersion(strings.ToLower(name))
	best, bestVersion := "", ""
	for _, t := range s.Targets {
		tSort, tVersion := cutVersion(t.Name)
		if version == "" || tVersion == "" || tSort != sort || compareVersions(tVersion, version) > 0 {
			continue
		}
		if best == "" || compareVersions(tVersion, bestVersion) > 0 {
			best, bestVersion = t.Name, tVersion
		}
	}
	return best
}

// cutVersion splits "valkey-bundle-9.1" before the version.
func cutVersion(name string) (sort, version string) {
	if i := strings.LastIndexByte(name, '-'); i >= 0 && isVersion(name[i+1:]) {
		return name[:i], name[i+1:]
	}
	return name, ""
}

// moduleVersion finds a module and the version of it that is meant.
func (s *Set) moduleVersion(t *Target, name, wanted string, given bool) (module, version string, err error) {
	m := s.Module(name)
	if m == nil {
		return "", "", s.unknownModule(t, name)
	}
	loadable := m.loadable(t)
	switch {
	case given && !isVersion(wanted):
		return "", "", fmt.Errorf("expected a version of %s like %q, found %q", m.Name, m.newest(m.versions()), wanted)
	case given:
		if version, err = m.inSeries(wanted); err != nil {
			return "", "", err
		}
		if !slices.Contains(loadable, version) {
			return "", "", fmt.Errorf("%s %s does not load on %s: %s", m.Name, version, t.Name, m.needs(version))
		}
	case len(loadable) == 0:
		return "", "", fmt.Errorf("no %s loads on %s: %s", m.Name, t.Name, m.needs(m.newest(m.versions())))
	default:
		version = m.newest(loadable)
	}
	return m.Name, version, nil
}

func (s *Set) unknownModule(t *Target, name string) error {
	var names []string
	for _, m := range s.Modules {
		if len(m.loadable(t)) > 0 {
			names = append(names, m.Name)
		}
	}
	return fmt.Errorf("unknown module %q; %s", name, strict.Hint(name, names))
}

// Module gives the module of a name, or nil.
func (s *Set) Module(name string) *Module { return s.lookup().modules[strings.ToLower(name)] }

// LoadedModule gives the module that a server lists under a name, or nil.
func (s *Set) LoadedModule(server, name string) *Module {
	for _, m := range s.Modules {
		if slices.ContainsFunc(m.LoadedAs, func(as string) bool { return strings.EqualFold(as, name) }) && m.servers()[server] {
			return m
		}
	}
	return nil
}

func (m *Module) servers() map[string]bool {
	found := map[string]bool{}
	for _, needs := range m.Versions {
		for server := range needs {
			found[server] = true
		}
	}
	return found
}

func (m *Module) versions() []string {
	return slices.SortedFunc(maps.Keys(m.Versions), compareVersions)
}

func (m *Module) newest(versions []string) string { return slices.MaxFunc(versions, compareVersions) }

// loadable gives the versions that a target's server can load.
func (m *Module) loadable(t *Target) []string {
	var found []string
	for _, v := range m.versions() {
		least, ok := m.Versions[v][t.Server]
		if ok && (least == "*" || compareVersions(t.Version, least) >= 0) {
			found = append(found, v)
		}
	}
	return found
}

// inSeries gives the newest version of a series: 1.2.1 for 1.2.
func (m *Module) inSeries(series string) (string, error) {
	found, lower := "", ""
	for _, v := range m.versions() {
		if inSeries(v, series) {
			found = v
		}
		if compareVersions(v, series) <= 0 {
			lower = v
		}
	}
	switch {
	case found != "":
		return found, nil
	case lower != "":
		return "", fmt.Errorf("no %s %s is known; the nearest lower one is %s", m.Name, series, lower)
	}
	return "", fmt.Errorf("no %s %s is known; the lowest one is %s", m.Name, series, m.versions()[0])
}

// needs says what servers a version loads on.
func (m *Module) needs(version string) string {
	var parts []string
	for server, least := range ordered(m.Versions[version]) {
		if least == "*" {
			parts = append(parts, title(server))
		} else {
			parts = append(parts, title(server)+" >= "+shortVersion(least))
		}
	}
	return m.Name + " " + version + " needs " + strings.Join(parts, " or ")
}

// title is a server's name for people.
func title(server string) string {
	switch server {
	case Redis:
		return "Redis"
	case Valkey:
		return "Valkey"
	}
	return server
}
