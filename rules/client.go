package rules

// A Client is what is known of one client library: a small state machine over
// its types. It says what makes a value of a type, which member of a type gives
// which other type, which member sends which command, and which member takes a
// command as an argument. Nothing in the analyzer knows a client by name.
//
// Symbols are dotted names as a program writes them after the import of one of
// the Modules: "Redis", "Redis.from_url", "RedisClient.create". A symbol in a
// Python or Java submodule is named without the submodule.
type Client struct {
	// Name is the client's name in reports: "redis-py".
	Name string `yaml:"client"`
	// Language is the name of the language whose files use it.
	Language string `yaml:"language"`
	// Like names a client whose types, functions, constants and settings this
	// one has too, under its own modules. Entries here are added to those; an
	// entry for the same member wins.
	Like string `yaml:"like"`
	// Packages are the names under which package managers know it.
	Packages []Package `yaml:"packages"`
	// Modules are the import paths of the library. A trailing "*" stands for
	// anything that follows ("redis.clients.jedis*").
	Modules []string `yaml:"modules"`
	// PackageName is the name by which code knows the module when the import
	// gives none (Go's package clause: "redis" for ".../go-redis/v9").
	PackageName string `yaml:"package_name"`
	// Globals are names that need no import (Lua's "redis"): the module itself.
	Globals []string `yaml:"globals"`
	// Names are parts of variable names that usually hold such a client, lower
	// case: "redis", "rdb". They are weak evidence, asked only where the
	// receiver of an ambiguous member is unknown.
	Names []string `yaml:"names"`
	// BuiltOn names the clients that the library's own source uses as any program does,
	// for purposes of its own: what it sends by them is found there. The source of a
	// library without them sends what others ask it to, and is no use.
	BuiltOn []string `yaml:"built_on"`
	// Types by name; the names are this catalogue's own.
	Types map[string]*Type `yaml:"types"`
	// Functions are the module's own functions that send commands.
	Functions Members `yaml:"functions"`
	// Constants give values to symbols: {SearchCommand: {SEARCH: FT.SEARCH}}.
	Constants map[string]map[string]string `yaml:"constants"`
	// Settings by name; "resp" is the protocol version.
	Settings map[string]*Setting `yaml:"settings"`
	// Passes maps functions that hand on one of their arguments, by position:
	// {cast: 1}. The value of the call is the value of that argument.
	Passes map[string]int `yaml:"passes"`
	// Invokes maps functions that call one of their arguments, by position,
	// perhaps with the others: {Depends: 0, partial: 0}. The value of the call is
	// what calling that argument gives.
	Invokes map[string]int `yaml:"invokes"`
	// Provides lists decorators of functions that other functions need only name
	// a parameter after: what the function gives is passed for it.
	Provides []string `yaml:"provides"`
	// Mock marks a library that stands in for a client in tests. What it makes
	// is no client, and calls below it are no uses.
	Mock bool `yaml:"mock"`
	// Expectations are members of generated test doubles that begin an
	// expectation, whatever they are called on: {EXPECT, ExpectDo}. Nothing
	// behind them in a chain is a use.
	Expectations []string `yaml:"expectations"`
	// Keeps are globs over commands whose replies the client gives the same shape
	// under every protocol, even when they are sent raw.
	Keeps []string `yaml:"keeps"`
	// Breaks lists the calls that fail, or quietly give nothing, under a setting.
	Breaks []Break `yaml:"breaks"`
	// Source says where the facts come from: package and version, and how they were read.
	Source string `yaml:"source"`
}

// A Break says which calls of a client's own methods do not work under a value
// of a setting: against the modules of Valkey, for one, whose replies have the
// RESP2 form under both protocols.
type Break struct {
	// Versions of the library: ">=8", "*".
	Versions string `yaml:"versions"`
	// Setting is the setting that does it: "resp".
	Setting string `yaml:"setting"`
	// Values of the setting under which it happens.
	Values []string `yaml:"values"`
	// How narrows it to a setting that is written in code or left to the default.
	How string `yaml:"how"`
	// Unless lists options that, written beside the setting, prevent it.
	Unless []string `yaml:"unless"`
	// Server is "valkey" where it only happens with the modules of Valkey; else it
	// happens with all.
	Server string `yaml:"server"`
	// Commands are globs over the commands that the calls send.
	Commands []string `yaml:"commands"`
	// Note says what happens: "raises AttributeError".
	Note   string `yaml:"note"`
	Source string `yaml:"source"`
	// Fix prevents it.
	Fix *Fix `yaml:"fix"`
}

// A Fix is an edit of the options that a client is made with. It stands only where
// there is no choice: who reads the finding would write just that.
type Fix struct {
	// Field of the options, which is added: "Protocol".
	Field string `yaml:"field"`
	// Value is what the field is given, as the language writes it: "2".
	Value string `yaml:"value"`
}

// What a Break's How may say.
const (
	Written = "written"
	Default = "default"
)

// A Package is a name under which a package manager knows a library.
type Package struct {
	// Name is the name in the ecosystem's own form: "redis", "redis.clients:jedis".
	Name string `yaml:"name"`
	// Ecosystem is where the name holds: go, pypi, npm or maven.
	Ecosystem string `yaml:"ecosystem"`
}

// A Type is a type of a client library's values.
type Type struct {
	// Classes are symbols that, constructed, called or declared, give the type.
	Classes []string `yaml:"classes"`
	// Makers are symbols that, called, give the type.
	Makers []string `yaml:"makers"`
	// Extends names types whose members this one has too: "Client", or
	// "redis-py/Client" for another library's.
	Extends []string `yaml:"extends"`
	// Calls maps a member to the type that a call of it gives.
	Calls map[string]string `yaml:"calls"`
	// Fields maps a member to the type that reading it gives.
	Fields map[string]string `yaml:"fields"`
	// Callbacks maps a member to the type that it passes, as the first
	// argument, to a function given to it.
	Callbacks map[string]string `yaml:"callbacks"`
	// Fluent: every member not mentioned, called, gives the same type.
	Fluent  bool `yaml:"fluent"`
	Members `yaml:",inline"`
	// Ambiguous lists members that other libraries, or other types of this one, have
	// too, so that they mean nothing on a receiver that is not known to be of this type.
	Ambiguous []string `yaml:"ambiguous"`
}

// Members are members, or functions of a module, that send commands or take part
// in it. Names may hold "*", which stands for any letters.
type Members struct {
	// Sends maps a member to the command that a call of it sends; "FT.*" where
	// it may be one of several.
	Sends map[string]string `yaml:"sends"`
	// Raw lists the members that take the command from their arguments.
	Raw []Raw `yaml:"raw"`
	// Options maps a member that builds an argument of a command to the option that
	// it gives it: {ifEq: SET IFEQ}. It is called, or is a field that is given a
	// value; false or nothing gives no option.
	Options map[string]string `yaml:"options"`
	// Choices is like Options, for members whose value decides, by that value:
	// {dialect: {"1": FT.SEARCH DIALECT 1}}. A constant has its name for a value, a
	// value of a type that type's.
	Choices map[string]map[string]string `yaml:"choices"`
	// Arguments maps a member to those of its arguments that give options, by name
	// and value: {set: {ifeq: {"*": SET IFEQ}}}. An argument is a keyword, a key of
	// a record passed, however deep, or "*" for any such key; or a position. The
	// value "*" is any but false or nothing.
	Arguments map[string]map[string]map[string]string `yaml:"arguments"`
	// Words maps a member to the command whose words its arguments are, one by one
	// or in a list: {set: SET} of set(key, value, "IFEQ", old).
	Words map[string]string `yaml:"words"`
}

// AnyValue stands for any argument, or any value of it.
const AnyValue = "*"

// Raw says where members that send any command take it from. Exactly one of
// Command, Commands and Script is set. Positions count from 0; -1 is "any
// argument".
type Raw struct {
	Members []string `yaml:"members"`
	// Command is the position of the command: a text ("FT.SEARCH", also with
	// its arguments behind a blank), an object that carries one, or a list that
	// begins with one. Its arguments follow, in the list or the call.
	Command *int `yaml:"command"`
	// Commands is the position of a list of such lists.
	Commands *int `yaml:"commands"`
	// Script is the position of a Lua program.
	Script *int `yaml:"script"`
	// Keyword is the name under which the same argument may be passed.
	Keyword string `yaml:"keyword"`
	// Family is put in front of a command without a dot: {family: FT} makes
	// "SEARCH" FT.SEARCH. Rarely needed.
	Family string `yaml:"family"`
	// Gives is the type that the call gives, if any (a command builder).
	Gives string `yaml:"gives"`
	// Weak: other libraries have a member of this name (call, do, send), so a
	// module command passed to it on an unknown receiver is likely, not certain.
	Weak bool `yaml:"weak"`
}

// A Setting is an option of a client that this catalogue knows how to find.
type Setting struct {
	Set []SettingForm `yaml:"set"`
	// Values maps what the code says to the setting's value: {"true": "2"}.
	// What is not in it counts as written. An empty value means "not set".
	Values map[string]string `yaml:"values"`
	// Default is the value without a setting, by version of the library.
	Default []SettingDefault `yaml:"default"`
	// Of names the types that, made without the setting, have the default;
	// "Client" where none is given.
	Of []string `yaml:"of"`
	// Arguments are the positions of arguments of what makes such a type that
	// may hold the setting: options. Where one cannot be seen, nothing is said.
	Arguments []int `yaml:"arguments"`
	// Keywords are named arguments that may hold it: a pool.
	Keywords []string `yaml:"keywords"`
	// Ignored lists the ways of setting it that do nothing.
	Ignored []IgnoredSetting `yaml:"ignored"`
}

// An IgnoredSetting is a way to set a setting that has no effect, or not the
// one that it says.
type IgnoredSetting struct {
	// Versions of the library: ">=6", "*".
	Versions string `yaml:"versions"`
	// By is the way: a keyword, a field, a call or the parameter of a url. Without
	// one it is every way.
	By string `yaml:"by"`
	// Values are globs over what is set.
	Values []string `yaml:"values"`
	// Unless lists options that, written beside it, make it count.
	Unless []string `yaml:"unless"`
	Note   string   `yaml:"note"`
	Source string   `yaml:"source"`
	// Fix makes it do what it says.
	Fix *Fix `yaml:"fix"`
}

// A SettingForm is one way to set a setting. Exactly one of Keyword, Field,
// Call and URL is set.
type SettingForm struct {
	// Keyword is a named argument, or a key of a record passed as an argument,
	// however deep, of a call that gives one of the types Of.
	Keyword string   `yaml:"keyword"`
	Of      []string `yaml:"of"`
	// Field is a field of a record of one of the types In (symbols), or an
	// assignment to that member.
	Field string   `yaml:"field"`
	In    []string `yaml:"in"`
	// Call is a member of one of the types On; the value is its argument at
	// Argument (default 0), or Value.
	Call     string   `yaml:"call"`
	On       []string `yaml:"on"`
	Argument int      `yaml:"argument"`
	Value    string   `yaml:"value"`
	// URL is the query parameter of a URL with one of the Schemes.
	URL     string   `yaml:"url"`
	Schemes []string `yaml:"schemes"`
	// Values overrides Setting.Values for this form.
	Values map[string]string `yaml:"values"`
}

// A SettingDefault is the value that holds where code sets none.
type SettingDefault struct {
	Versions string `yaml:"versions"` // "<8", ">=6.0, <7", "*"
	Value    string `yaml:"value"`
	Note     string `yaml:"note"`
	Source   string `yaml:"source"`
}
