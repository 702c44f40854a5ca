package names

// Info is a command that no file spells out.
const Info = family + "INFO"
