// Package prefilter decides from bytes alone whether a file can matter.
//
// Parsing is nearly all of a scan's cost, and nearly all files hold nothing of
// interest, so most are decided here, at the speed of memory. The needles are
// derived from rules and catalogues by the caller; this package knows none by
// itself. It errs towards yes: what it passes over must be sure not to matter.
package prefilter

import "bytes"

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
	// Families maps the words before a command's dot, in upper case, to those behind it:
	// {FT: {SEARCH}}.
	Families map[string]map[string]bool
	// Names are parts of libraries' names, lower case, found in any case, at
	// least [MinName] bytes long.
	Names []string
	// Lookalikes are texts that hold a name by chance: "acmeist" is not of "acme". In lower
	// case they are meant in capitals and with a capital at the beginning too, else as they are.
	Lookalikes []string
	// Members are identifiers that, behind a dot, are evidence.
	Members map[string]Evidence
	// Accessors maps an identifier behind a dot to the members that follow it,
	// called or not: ".json().set", ".json.set". False marks those that other
	// libraries have behind the accessor's call: ".json().get".
	Accessors map[string]map[string]bool
	// Called holds those accessors that are called: an argument is evidence.
	Called map[string]bool
	// Words are identifiers that, followed by "(", ".", "<" or "[", are evidence where
	// one of the texts stands too: the modules that have them.
	Words map[string][]string
	// Types are those of Words that are evidence whatever follows: a field or a
	// parameter of such a type is enough.
	Types map[string]bool
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
	before   pairs      // the last two bytes of families, in any case
	behind   beginnings // of Members and Accessors

	vocabulary *vocabulary
}

// New prepares a filter.
func New(n Needles) *Filter {
	f := &Filter{needles: n, names: newNameTable(n.Names, n.Lookalikes), vocabulary: newVocabulary(&n)}
	for family := range n.Families {
		last := family[len(family)-1]
		f.families[upper(last)] = append(f.families[upper(last)], family)
		f.families[lower(last)] = append(f.families[lower(last)], family)
		for _, b := range []byte{lower(last), upper(last)} {
			for _, a := range secondLast(family) {
				f.before.add(uint16(a) | uint16(b)<<8)
			}
		}
	}
	for name := range n.Members {
		f.behind.add(name)
	}
	for name := range n.Accessors {
		f.behind.add(name)
	}
	return f
}

// Names tells whether a text holds a library's name. A file that holds the text is one
// with the evidence Name then.
func (f *Filter) Names(text string) bool { return f.names.in([]byte(text)) }

// Look returns the evidence that src holds.
func (f *Filter) Look(src []byte) Evidence {
	e := f.dots(src)
	if f.names.in(src) {
		e |= Name
	}
	if e&Name != 0 && e&Raw == 0 {
		e |= f.references(src) | f.words(src)
	}
	return e
}

// references looks for members behind two colons: client::get, handed on uncalled.
func (f *Filter) references(src []byte) (e Evidence) {
	for {
		i := bytes.Index(src, []byte("::"))
		if i < 0 {
			return e
		}
		src = src[i+2:]
		e |= f.memberAt(src, 0)
	}
}

// words looks for symbols, settings and commands, and for modules where there is no symbol.
func (f *Filter) words(src []byte) Evidence {
	e := f.vocabulary.in(src)
	for _, m := range f.needles.Modules {
		if e&Word == 0 && bytes.Contains(src, []byte(m)) {
			e |= Word
		}
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

// wordBytes are those of identifiers.
var wordBytes = func() (is [256]bool) {
	for c := range is {
		is[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= 0x80
	}
	return is
}()

func isWord(c byte) bool { return wordBytes[c] }

func isQuote(c byte) bool { return c == '"' || c == '\'' || c == '`' }

// secondLast gives the bytes that may stand before the last one of a family.
func secondLast(family string) []byte {
	if len(family) > 1 {
		c := family[len(family)-2]
		return []byte{lower(c), upper(c)}
	}
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	return all
}
