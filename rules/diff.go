package rules

import "slices"

// A Change is a command, or an option of one, that one target serves and
// another does not.
type Change struct {
	Command string
	Option  string
	// Reason says why the other one does not.
	Reason string
}

// A Difference is what changes from one target to another.
type Difference struct {
	Lost, Gained []Change
}

// Diff compares what two targets serve, by name.
func (s *Set) Diff(from, to *Target) Difference {
	return Difference{Lost: s.lost(from, to), Gained: s.lost(to, from)}
}

// lost lists what from serves and to does not. Options count where both serve
// the command.
func (s *Set) lost(from, to *Target) []Change {
	var changes []Change
	for _, name := range s.Served(from) {
		there := s.Verdict(to, name)
		if !there.Served {
			changes = append(changes, Change{Command: name, Reason: there.Reason})
			continue
		}
		_, c, _ := s.Command(name)
		for option := range ordered(c.Options) {
			if o := s.Verdict(to, name, option); !o.Served && s.Verdict(from, name, option).Served {
				changes = append(changes, Change{Command: name, Option: option, Reason: o.Reason})
			}
		}
	}
	return changes
}

// sentinel is the group of commands that a server only serves in a mode in which
// it keeps no data.
const sentinel = "sentinel"

// Served lists the commands that a target serves as a server of data,
// subcommands included.
func (s *Set) Served(t *Target) []string {
	if len(t.Commands) > 0 {
		return t.Commands
	}
	var names []string
	for _, f := range s.Families {
		for name, c := range f.Commands {
			if c.Group != sentinel && s.commandVerdict(t, name).Served {
				names = append(names, name)
			}
		}
	}
	for _, extra := range t.Extra {
		if _, _, known := s.Command(extra); !known && !slices.Contains(names, extra) {
			if _, option := s.CutOption(extra); option == "" {
				names = append(names, extra)
			}
		}
	}
	slices.Sort(names)
	return names
}
