package rules

import (
	"slices"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// Watched tells whether a command is worth noticing wherever it is sent: it
// belongs to a module's family, or the core of one of the servers lacks it.
// What both have served since before the fork is no news.
func (s *Set) Watched(name string) bool {
	if e, known := s.lookup().commands[strings.ToUpper(name)]; known {
		return e.watched
	}
	family := s.FamilyOf(name)
	return family != nil && family.Prefix != ""
}

// Origin tells which server brought a watched command of the core: Redis if it
// serves it, else Valkey. Commands of modules have none.
func (s *Set) Origin(name string) string {
	family, c, known := s.Command(name)
	switch {
	case !known || family.Prefix != "" || !s.Watched(name):
		return ""
	case c.By[Redis] != "":
		return Redis
	case c.By[Valkey] != "":
		return Valkey
	}
	return ""
}

func inherited(by By) bool {
	redis, r := parseSpan(by[Redis])
	valkey, v := parseSpan(by[Valkey])
	return r && v && redis.holds(ForkVersion) && valkey.holds(ForkVersion)
}

// HasOptions tells whether a command, or one below it, has options that not
// every server knows.
func (s *Set) HasOptions(command string) bool { return s.lookup().optioned[strings.ToUpper(command)] }

// RepliesDiffer tells whether the protocol decides what the reply to a command
// with these words behind it looks like.
func (s *Set) RepliesDiffer(command string, words []string) bool {
	_, c, _ := s.Command(command)
	if c.Resp3 == "" || len(c.Resp3With) == 0 {
		return c.Resp3 != ""
	}
	for _, w := range words {
		if slices.Contains(c.Resp3With, strings.ToUpper(w)) {
			return true
		}
	}
	return false
}

// OptionsOf gives the options of a command that stand in the words behind it.
// Only options that some server lacks are known. They count in upper case alone,
// as nearly all programs write them: a field may be called "text" or "language".
func (s *Set) OptionsOf(command string, words []string) []string {
	_, c, _ := s.Command(command)
	var found []string
	for option := range ordered(c.Options) {
		if hasWords(words, strings.Fields(option)) {
			found = append(found, option)
		}
	}
	return found
}

// hasWords tells whether words hold a stretch.
func hasWords(words, stretch []string) bool {
	for i := 0; i+len(stretch) <= len(words); i++ {
		same := true
		for j, w := range stretch {
			same = same && words[i+j] == w
		}
		if same {
			return true
		}
	}
	return false
}

// CutOption splits what a catalogue says that a member sends, or gives an option
// of, into the command and the option: "SET IFEQ", "CLIENT KILL MAXAGE".
func (s *Set) CutOption(sends string) (command, option string) {
	if _, _, known := s.Command(sends); known {
		return sends, ""
	}
	for i, c := range sends {
		if c != ' ' {
			continue
		}
		if _, known, _ := s.Command(sends[:i]); known.Options[sends[i+1:]] != nil {
			return sends[:i], sends[i+1:]
		}
	}
	return sends, ""
}

// NearCommand gives the command that words are most likely a slip of, or "".
func (s *Set) NearCommand(words ...string) string {
	var names []string
	for name := range s.lookup().commands {
		names = append(names, name)
	}
	return strict.Nearest(strings.ToUpper(strings.Join(words, " ")), names)
}
