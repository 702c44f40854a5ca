package names

// Alias is a command that no file spells out.
const Alias = family + "ALIASADD"
