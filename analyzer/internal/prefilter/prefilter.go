// Package prefilter decides from bytes alone whether a file can matter.
//
// Parsing is nearly all of a scan's cost, and nearly all files hold nothing of
// interest, so most are decided here, at the speed of memory. The needles are
// derived from rules and catalogues by the caller; this package knows none by
// itself. It errs towards yes: what it passes over must be sure not to matter.
package prefilter

// Evidence is what a file's bytes say, as bits.
type Evidence uint8

// The kinds of evidence.
const (
	// Raw: a command of a family, by its dotted name.
	Raw Evidence = 1 << iota
	// Name: the name of a client library.
	Name
	// API: a member or an accessor with its member that speaks for itself.
	API
	// WeakAPI: a member that many libraries have.
	WeakAPI
	// Word: a symbol of a client library in the form that code uses it. It is
	// looked for only where Name is.
	Word
	// Setting: a setting's name in the form that gives it a value. It is looked
	// for only where Name is.
	Setting
	// Command: a command without a family, right behind a quote. It is looked for
	// only where Name is.
	Command
)

// Matters tells whether a file with this evidence is worth parsing by itself.
func (e Evidence) Matters() bool {
	if e&Raw != 0 {
		return true
	}
	return e&Name != 0 && e&(API|WeakAPI|Word|Setting|Command) != 0
}

// Needles is what to look for in the files of one language.
type Needles struct {
	// Families are the words before a command's dot: "FT".
	Families []string
	// Names are parts of libraries' names, lower case, found in any case, at
	// least [MinName] bytes long.
	Names []string
	// Members are identifiers that, behind a dot, are evidence.
	Members map[string]Evidence
	// Accessors maps an identifier behind a dot to the members that follow it,
	// called or not: ".json().set", ".json.set". False marks those that other
	// libraries have behind the accessor's call: ".json().get".
	Accessors map[string]map[string]bool
	// Called holds those accessors that are called: an argument is evidence.
	Called map[string]bool
	// Words are identifiers that, followed by "(", "." or "<", are evidence.
	Words []string
	// Modules are parts of imports that are evidence where a library is named.
	Modules []string
	// Settings are identifiers that, followed by "=", ":" or "(", are evidence.
	Settings []string
	// Commands are words that, right behind a quote, are evidence.
	Commands map[string]bool
}

// MinName is the least length of a needle in Names, in bytes.
const MinName = 5

// A Filter looks for the needles of one language. It is safe for concurrent use.
type Filter struct {
	needles  Needles
	families [256][]string // by last letter, both cases
	names    *nameTable
	first    [1 << 16]bool // the first two bytes of Members and Accessors
}

// New prepares a filter.
func New(n Needles) *Filter {
	f := &Filter{needles: n, names: newNameTable(n.Names)}
	for _, family := range n.Families {
		last := family[len(family)-1]
		f.families[upper(last)] = append(f.families[upper(last)], family)
		f.families[lower(last)] = append(f.families[lower(last)], family)
	}
	for name := range n.Members {
		f.mark(name)
	}
	for name := range n.Accessors {
		f.mark(name)
	}
	return f
}

func (f *Filter) mark(name string) {
	if len(name) >= 2 {
		f.first[uint16(name[0])<<8|uint16(name[1])] = true
	}
}

// Look returns the evidence that src holds.
func (f *Filter) Look(src []byte) Evidence {
	e := f.dots(src)
	if f.names.in(src) {
		e |= Name
	}
	if e&Name != 0 && e&Raw == 0 {
		e |= f.words(src)
	}
	return e
}

func upper(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 32
	}
	return c
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 32
	}
	return c
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= 0x80
}

func isQuote(c byte) bool { return c == '"' || c == '\'' || c == '`' }
