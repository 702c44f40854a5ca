package cmds

// Names of commands.
const (
	Search = "FT.SEARCH"
	Drop   = "FT.DROPINDEX"
	JSet   = "JSON" + ".SET"
)

type Op string

const (
	OpAdd    Op = "TS.ADD"
	OpRange  Op = "TS.RANGE"
)

func (o Op) String() string { return string(o) }

var table = map[string]string{"bloom": "BF.ADD"}

func Bloom(kind string) string { return table[kind] }
