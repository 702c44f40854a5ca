package rules

import "strings"

// LastName is the last part of a symbol's dotted name.
func LastName(dotted string) string { return dotted[strings.LastIndexByte(dotted, '.')+1:] }

// SaysFamily tells whether a member's name begins with the family of the command
// that it sends: such a name speaks for itself on any receiver.
func SaysFamily(member, command string) bool {
	prefix, _, ok := strings.Cut(command, ".")
	return ok && len(member) > len(prefix) && strings.EqualFold(member[:len(prefix)], prefix)
}

// SaysCommand tells whether a member's name spells the command, and perhaps the
// option, that it sends: hExpire, xackdel, HScanNoValues.
func SaysCommand(member, command string) bool {
	return strings.Contains(letters(member), letters(command))
}

// letters leaves of a name what no spelling changes.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + ('a' - 'A')
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, name)
}
