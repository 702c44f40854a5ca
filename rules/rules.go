// Package rules holds what keyvet knows about the world, as data: which
// commands exist and to which module they belong, how client libraries send
// them, and what is judged of it. The data live in YAML beside this file, and
// users add their own.
//
// It never sees source code and knows no language beyond its name: the
// analyzer brings the two together.
package rules

import "sync"

// A Set is all knowledge of one run: the built-in data and what the user added.
// It is not to be changed once a method of it was called.
type Set struct {
	Clients  []*Client // by language, then name; Like is already worked in
	Families []*Family // by name
	Rules    []*Rule   // by id
	Targets  []*Target // by name
	Modules  []*Module // by name
	// Dependents are packages that send module commands by themselves, by name.
	Dependents []*Dependent
	// Platforms give versions to packages, by name.
	Platforms []*Platform

	indexed sync.Once
	index   index
	hash    string // known beforehand for the built-in data
	places  map[string]places
	builtin map[string]bool // the ids of rules
}

// BuiltIn tells whether a rule with the id came with the built-in data. The user may
// have changed it.
func (s *Set) BuiltIn(id string) bool { return s.builtin[id] }

// Place says where a rule of the user's stands, or where the user changes one;
// it is empty for one that is as it was built in.
func (s *Set) Place(id string) Place { return s.places[id].rule }

// SeverityPlace says where a rule was given its severity; it is empty if that is
// built in.
func (s *Set) SeverityPlace(id string) Place { return s.places[id].severity }

// A Family is a group of commands that one module serves: their names begin
// with Prefix and a dot. The one family without a prefix holds what is known of
// the core.
type Family struct {
	// Name names the family in reports: "search".
	Name string `yaml:"family"`
	// Title is its name for people: "RediSearch".
	Title string `yaml:"title"`
	// Prefix is what stands before the dot: "FT".
	Prefix string `yaml:"prefix"`
	// Commands of the family by name, upper case; a subcommand of a container
	// follows a blank: "FT.CONFIG GET". The container is listed as well.
	Commands map[string]Command `yaml:"commands"`
	// Lookalikes are words in which the name of the server, and so that of its
	// libraries, stands by chance: "redisplay". In lower case they are meant in any
	// usual spelling, else just so: "preDisp" for preDispatch.
	Lookalikes []string `yaml:"lookalikes"`
	// Source says where the facts come from, with version and date.
	Source string `yaml:"source"`
}

// A Command is what is known of one command.
type Command struct {
	// Since is the release that brought it: "RediSearch 1.4.0", "Redis 8.4.0".
	Since string `yaml:"since"`
	// Summary says what it does, in a few words.
	Summary string `yaml:"summary"`
	// Note is what a reader must know when moving: removed when, differs how.
	Note string `yaml:"note"`
	// Group is what the command is about: "hash". Families of modules need none.
	Group string `yaml:"group"`
	// By says who serves the command.
	By By `yaml:"by"`
	// Options says who serves the options that not all do, by the words that a
	// program sends: "IFEQ", "DIALECT 1".
	Options map[string]By `yaml:"options"`
	// Resp3 says how the reply that the server sends differs under RESP3: "a map
	// instead of a flat list". Empty where it does not.
	Resp3 string `yaml:"resp3"`
	// Resp3With lists words behind the command of which one must stand there for
	// the reply to differ: WITHSCORES.
	Resp3With []string `yaml:"resp3_with"`
	// Sets names the setting that the command sets for its connection, taken
	// from the argument at Argument (the command itself is 0).
	Sets string `yaml:"sets"`
	// Argument is the position of the value that Sets takes.
	Argument int `yaml:"argument"`
}

// A Severity says how much a finding matters.
type Severity string

// The severities, in order of weight.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
	Off     Severity = "off" // the rule is known but matches nothing
)

// What a rule's About may say.
const (
	AboutDefault = "default"
	AboutReply   = "reply"
	AboutBreak   = "break"
	AboutIgnored = "ignored"
	AboutPackage = "package"
)

// The states of an ignore comment that excuses nothing.
const (
	InvalidSuppression = "invalid" // it does not say what it must
	ExpiredSuppression = "expired" // its time is over
	UnusedSuppression  = "unused"  // there is nothing to excuse
)

// Served is what a rule's Unless may say.
const Served = "served"

// A Rule judges uses: those of the Commands, and those of the Setting with one
// of the Values.
type Rule struct {
	// ID is the rule's name: kebab case, the thing found. Never renamed
	// without an alias.
	ID string `yaml:"id"`
	// Aliases are names that the rule had before.
	Aliases []string `yaml:"aliases"`
	// Title names what the rule finds, for people.
	Title string `yaml:"title"`
	// Severity says how much a finding matters; "off" switches the rule off.
	Severity Severity `yaml:"severity"`
	// Commands are globs over command names: "FT.*". "?" alone is a command
	// that could not be determined, and "\*" a star that stands for itself:
	// "FT.\*" is a command of which only the family is known.
	Commands []string `yaml:"commands"`
	// Origin narrows a rule to commands of the core that came after the fork, or
	// that one server never had: "redis" are those that Redis serves, "valkey"
	// those that only Valkey does. It needs no Commands.
	Origin string `yaml:"origin"`
	// Options are globs over options that the target does not serve although it
	// serves the command: "SET IFNE", "*".
	Options []string `yaml:"options"`
	// Unless is "served" for a rule that finds nothing in what the target serves.
	Unless string `yaml:"unless"`
	// Setting is the name of a setting whose uses the rule matches: "resp".
	Setting string `yaml:"setting"`
	// About makes the rule one that needs to know which version of a library a
	// file is built with: what happens where Setting is not set ("default"), to
	// the replies of raw commands ("reply") and of methods ("break"), with ways of
	// setting it that do nothing ("ignored"); or, without a setting, packages that
	// send commands of modules by themselves ("package").
	About string `yaml:"about"`
	// Values are globs over the setting's values; none means any value.
	Values []string `yaml:"values"`
	// Suppressions are states of ignore comments that the rule finds: invalid,
	// expired, unused.
	Suppressions []string `yaml:"suppressions"`
	// Message is the finding's text. {command}, {option}, {client}, {setting},
	// {value}, {family}, {target} and {verdict} are filled in; for comments,
	// {problem}; with About also {version}, the library's and where it is said,
	// {where}, the place of the client or setting, {note}, what the data say,
	// {package} and {needs}.
	Message string `yaml:"message"`
	// Why says why the thing found matters; Markdown.
	Why string `yaml:"why"`
	// Instead says what to do; Markdown.
	Instead string `yaml:"instead"`
	// Sources are where the facts come from: addresses, or files at a commit.
	Sources []string `yaml:"sources"`
	// Target is the target that the examples are judged against, if it is not
	// the default one.
	Target string `yaml:"target"`
	// Examples show the rule at work; they run as tests.
	Examples []Example `yaml:"examples"`
}

// An Example is a program that shows a rule at work. A line that must be found
// carries the comment "want RULE-ID"; every other line must not be.
type Example struct {
	// Language is the name of the language that the code is written in.
	Language string `yaml:"language"`
	// Code is a small but whole program.
	Code string `yaml:"code"`
	// Files are files beside it, by name: manifests.
	Files map[string]string `yaml:"files"`
}
