// Package store is in a folder of another name.
package store

const module = "FT"

// List is a command that no file spells out.
const List = module + "._LIST"
