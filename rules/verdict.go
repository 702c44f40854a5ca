package rules

import (
	"maps"
	"slices"
	"strings"
)

// A Verdict says whether a target serves something, and why.
type Verdict struct {
	Served bool
	// Reason is half a sentence: "valkey-9.1 serves it only with valkey-search >= 1.1".
	Reason string
	// Option is the option that the reason is about, if it is not the command.
	Option string
}

// Verdict says whether a target serves a command with these options of it. A
// command of which only the family is known ("FT.*") counts as served where any
// of the family is. What no family lists is not known to be served by anything,
// unless the target itself says so.
func (s *Set) Verdict(t *Target, command string, options ...string) Verdict {
	command = strings.ToUpper(command)
	v := s.commandVerdict(t, command)
	if !v.Served {
		return v
	}
	_, c, known := s.Command(command)
	for _, option := range options {
		by, listed := c.Options[option]
		if !known || !listed {
			continue
		}
		if o := s.optionVerdict(t, command, option, c, by); !o.Served {
			o.Option = option
			return o
		}
	}
	return v
}

func (s *Set) commandVerdict(t *Target, command string) Verdict {
	switch {
	case slices.Contains(t.Extra, command):
		return Verdict{Served: true, Reason: t.Name + " serves it"}
	case slices.Contains(t.Missing, command):
		return Verdict{Reason: t.Name + " does not serve it"}
	}
	_, c, known := s.Command(command)
	if !known {
		if family := s.FamilyOf(command); family != nil && strings.HasSuffix(command, ".*") {
			return s.familyVerdict(t, family)
		}
	}
	if len(t.Commands) > 0 {
		if slices.Contains(t.Commands, command) {
			return Verdict{Served: true, Reason: t.Name + " says that it serves it"}
		}
		if known && !s.provided(t, c.By).Served {
			return s.provided(t, c.By) // it says what to do about it
		}
		return Verdict{Reason: t.Name + " says that it does not serve it"}
	}
	if !known {
		return Verdict{Reason: "it is not known that any server serves it"}
	}
	return s.provided(t, c.By)
}

func (s *Set) familyVerdict(t *Target, family *Family) Verdict {
	for name := range ordered(family.Commands) {
		if s.commandVerdict(t, name).Served {
			return Verdict{Served: true, Reason: t.Name + " serves commands of " + family.Title}
		}
	}
	return Verdict{Reason: t.Name + " serves no command of " + family.Title}
}

// optionVerdict judges an option of a command that the target serves. Where it
// is not known what serves the command there, nothing is said against it.
func (s *Set) optionVerdict(t *Target, command, option string, c Command, by By) Verdict {
	whole := command + " " + option
	switch {
	case slices.Contains(t.Extra, whole):
		return Verdict{Served: true, Reason: t.Name + " serves it"}
	case slices.Contains(t.Missing, whole):
		return Verdict{Reason: t.Name + " does not serve it"}
	case !s.provided(t, c.By).Served:
		return Verdict{Served: true, Reason: "it is not known what serves it"}
	}
	return s.provided(t, by)
}

// provided tells whether the target's server or one of its modules is among
// those that serve something, or else what would have to be there.
func (s *Set) provided(t *Target, by By) Verdict {
	if at, ok := parseSpan(by[t.Server]); ok && at.holds(t.Version) {
		return Verdict{Served: true, Reason: t.Name + " serves it" + sinceText(title(t.Server), at)}
	}
	for module, version := range ordered(t.Modules) {
		if at, ok := parseSpan(by[module]); ok && at.holds(version) {
			return Verdict{Served: true, Reason: t.Name + " serves it with " + module + " " + version}
		}
	}
	return Verdict{Reason: s.lack(t, by)}
}

func sinceText(who string, at span) string {
	if compareVersions(at.since, ForkVersion) <= 0 {
		return ""
	}
	return ", as " + who + " does since " + shortVersion(at.since)
}

// lack says what a target would have to be to serve something.
func (s *Set) lack(t *Target, by By) string {
	at, ok := parseSpan(by[t.Server])
	switch {
	case ok && at.over(t.Version):
		return t.Name + " does not serve it any more; " + title(t.Server) + " did before " + shortVersion(at.end)
	case ok:
		return t.Name + " does not serve it; " + title(t.Server) + " does since " + shortVersion(at.since)
	}
	for module, version := range ordered(t.Modules) {
		switch at, ok := parseSpan(by[module]); {
		case ok && at.over(version):
			return t.Name + " has " + module + " " + version + ", which no longer serves it"
		case ok:
			return t.Name + " has " + module + " " + version + ", and it takes " + module + " >= " + shortVersion(at.since)
		}
	}
	elsewhere := s.elsewhere(t, by)
	if t.Kind == Service {
		return t.Name + " does not serve it" + elsewhere
	}
	if reason := s.loadableModule(t, by); reason != "" {
		return reason
	}
	if t.Server == Valkey {
		return "no Valkey serves it" + elsewhere
	}
	return "no Redis serves it" + elsewhere
}

// loadableModule says which module would do, if the server can load one.
func (s *Set) loadableModule(t *Target, by By) string {
	reason := ""
	for _, name := range slices.Sorted(maps.Keys(by)) {
		m := s.Module(name)
		at, ok := parseSpan(by[name])
		if m == nil || !ok || !m.servers()[t.Server] {
			continue
		}
		for _, v := range m.loadable(t) {
			if at.holds(v) {
				return t.Name + " serves it only with " + atLeast(m.Name, at)
			}
		}
		for _, v := range m.versions() {
			if at.holds(v) && m.Versions[v][t.Server] != "" {
				reason = t.Name + " does not serve it; it takes " + atLeast(m.Name, at) + ", which needs " +
					title(t.Server) + " >= " + shortVersion(m.Versions[v][t.Server])
				break
			}
		}
	}
	return reason
}

func atLeast(name string, at span) string {
	switch {
	case at.end != "":
		return name + " before " + shortVersion(at.end)
	case compareVersions(at.since, "0") == 0:
		return name
	}
	return name + " >= " + shortVersion(at.since)
}

// elsewhere names what serves it that the target's server cannot be or load.
func (s *Set) elsewhere(t *Target, by By) string {
	for _, server := range []string{Valkey, Redis} {
		if at, ok := parseSpan(by[server]); ok && server != t.Server {
			return "; " + title(server) + " does since " + shortVersion(at.since)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(by)) {
		if m := s.Module(name); m != nil && !m.servers()[t.Server] {
			return "; " + m.Title + " does"
		}
	}
	return ""
}
