// Package names holds commands, and knows no client.
package names

// Module is the family of search commands.
const Module = "FT"

// The commands of the shop.
const (
	Search    Command = Module + "." + "SEARCH"
	Aggregate Command = Module + ".AGGREGATE"
)

// A Command is the name of one.
type Command string

// Three is a version.
const Three = 3
