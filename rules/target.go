package rules

// By says who serves something: servers ("redis", "valkey") and modules
// ("valkey-search"), each with the version that brought it. "1.0.0..2.0.0" is
// up to but without 2.0.0, and "*" any version.
type By map[string]string

// The servers. Whatever else serves commands is a module of one of them.
const (
	Redis  = "redis"
	Valkey = "valkey"
)

// ForkVersion is the release up to which the servers are one. Commands of the
// core that both serve at that version are no news to anybody.
const ForkVersion = "7.2"

// A Target is a server that a program shall run on: a release, or what a
// service offers.
type Target struct {
	// Name names the target: "valkey-9.1".
	Name string `yaml:"target"`
	// Title is its name for people.
	Title string `yaml:"title,omitempty"`
	// Kind is what it is: a release of the server alone or with modules that come
	// with it, a bundle, a service, or a server that was asked.
	Kind TargetKind `yaml:"kind,omitempty"`
	// Server is whose releases Version counts: redis or valkey.
	Server string `yaml:"server"`
	// Version is the newest patch level of the series that was known.
	Version string `yaml:"version"`
	// Modules are those that it has, with their versions.
	Modules map[string]string `yaml:"modules,omitempty"`
	// Extra are commands, and options ("FT.CREATE TEXT"), that it serves beyond
	// what its server and modules do.
	Extra []string `yaml:"extra,omitempty"`
	// Missing are those that it does not serve although its server would.
	Missing []string `yaml:"missing,omitempty"`
	// Commands are all commands that it serves, where the server itself has said
	// so; then nothing else counts.
	Commands []string `yaml:"commands,omitempty"`
	// Protocols are the RESP versions that it speaks.
	Protocols []string `yaml:"protocols,omitempty"`
	// Note is what else a reader must know.
	Note string `yaml:"note,omitempty"`
	// Source says where the facts come from, and Date of when they are.
	Source string `yaml:"source,omitempty"`
	Date   string `yaml:"date,omitempty"`
}

// A TargetKind says what sort of thing a target is.
type TargetKind string

// The kinds of targets.
const (
	Release TargetKind = "release"
	Bundle  TargetKind = "bundle"
	Service TargetKind = "service"
	Live    TargetKind = "live"
)

// A Module is an extension that servers can load.
type Module struct {
	// Name names the module: "valkey-search".
	Name string `yaml:"module"`
	// Title is its name for people.
	Title string `yaml:"title"`
	// LoadedAs are the names under which servers list it.
	LoadedAs []string `yaml:"loaded_as"`
	// Versions are those that are known, each with the servers that can load it
	// and the least version of them, "*" for any.
	Versions map[string]map[string]string `yaml:"versions"`
	// Note is what else a reader must know.
	Note string `yaml:"note"`
	// Source says where the facts come from, and Date of when they are.
	Source string `yaml:"source"`
	Date   string `yaml:"date"`
}
