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
