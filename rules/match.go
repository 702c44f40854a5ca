package rules

import (
	"slices"
	"strings"
)

// MatchesCommand tells whether the rule is about a command, in any case. A
// command known only so far ("FT.*") is matched by "FT.*" too: whatever it is,
// it is one of these. A rule that is off matches nothing.
func (r *Rule) MatchesCommand(name string) bool {
	return r.Severity != Off && r.About == "" && matchesAny(r.Commands, name)
}

// MatchesOrigin tells whether the rule is about commands of the core that a
// server brought. A rule that is off matches nothing.
func (r *Rule) MatchesOrigin(origin string) bool {
	return r.Severity != Off && origin != "" && r.Origin == origin
}

// MatchesOption tells whether the rule is about an option of a command. A rule
// that is off matches nothing.
func (r *Rule) MatchesOption(command, option string) bool {
	return r.Severity != Off && matchesAny(r.Options, command+" "+option)
}

// MatchesSetting tells whether the rule is about a setting that has a value.
// A rule that is off matches nothing.
func (r *Rule) MatchesSetting(name, value string) bool {
	if r.Severity == Off || r.About != "" || r.Setting == "" || r.Setting != name {
		return false
	}
	return len(r.Values) == 0 || matchesAny(r.Values, value)
}

// MatchesSuppression tells whether the rule is about ignore comments in a state.
// A rule that is off matches nothing.
func (r *Rule) MatchesSuppression(state string) bool {
	return r.Severity != Off && slices.Contains(r.Suppressions, state)
}

func matchesAny(patterns []string, name string) bool {
	for _, p := range patterns {
		if glob(p, name) {
			return true
		}
	}
	return false
}

// glob matches a whole name, without regard to case. A star stands for any
// letters, a backslash makes the letter after it stand for itself, and so does
// everything else. It keeps no state and allocates nothing, so there is nothing
// to compile beforehand.
func glob(pattern, name string) bool {
	p, n := 0, 0
	star, tried := -1, 0 // where to go back to: behind the last star
	for n < len(name) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			p++
			star, tried = p, n
			continue
		case p < len(pattern):
			width := 1
			if pattern[p] == '\\' && p+1 < len(pattern) {
				width = 2
			}
			if lower(pattern[p+width-1]) == lower(name[n]) {
				p += width
				n++
				continue
			}
		}
		if star < 0 {
			return false
		}
		tried++
		p, n = star, tried
	}
	return strings.Trim(pattern[p:], "*") == ""
}

func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + ('a' - 'A')
	}
	return b
}

// badGlob says what is wrong with a pattern, or "".
func badGlob(pattern string) string {
	switch {
	case pattern == "":
		return "a pattern is empty"
	case strings.ContainsAny(pattern, "[]{}"):
		return `only "*" has a meaning in a pattern`
	case strings.HasSuffix(strings.ReplaceAll(pattern, `\\`, ""), `\`):
		return `a pattern ends in "\"`
	case strings.TrimSpace(pattern) != pattern:
		return "a pattern begins or ends with a blank"
	case strings.Contains(pattern, Unknown) && pattern != Unknown:
		return `"?" stands alone, for a command that could not be determined`
	}
	return ""
}
