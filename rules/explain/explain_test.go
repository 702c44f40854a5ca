package explain

import (
	"strings"
	"testing"

	"github.com/keyvet/keyvet/rules"
)

func set(t *testing.T) *rules.Set {
	t.Helper()
	s, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// holds checks that a text has these lines, in this order.
func holds(t *testing.T, text string, lines ...string) {
	t.Helper()
	rest := text
	for _, line := range lines {
		_, after, found := strings.Cut(rest, line)
		if !found {
			t.Errorf("%q is missing, or not in its place, in:\n%s", line, text)
			return
		}
		rest = after
	}
	for line := range strings.Lines(text) {
		if len(line) > width+30 { // a row of a table is as long as it is
			t.Errorf("a line is too long: %s", line)
		}
	}
}

func TestCommand(t *testing.T) {
	s := set(t)
	text, known := Command(s, "ft.aggregate")
	if !known {
		t.Fatal("FT.AGGREGATE is not known")
	}
	holds(t, text, "FT.AGGREGATE: runs a query", "Family: RediSearch", "Served by:", "RediSearch since 1.1.0", "valkey-search since 1.1.0",
		"serve it:", "valkey-bundle-9.1", "do not:", "valkey-bundle-9.0", "DIALECT 1: RediSearch (whenever", "Note:", "search-command", "Source:")
	text, _ = Command(s, "client  kill")
	holds(t, text, "CLIENT KILL: a command of core commands", "Group: connection", "Redis since 2.4.0", "unsupported-option")
	if _, known := Command(s, "FT.NOTHING"); known {
		t.Error("FT.NOTHING is known")
	}
}

func TestTarget(t *testing.T) {
	s := set(t)
	target, err := s.Target("valkey-9.1", "valkey-search")
	if err != nil {
		t.Fatal(err)
	}
	holds(t, Target(s, target), "valkey-9.1: Valkey 9.1", "Server: Valkey 9.1.2", "Modules: valkey-search 1.2.1", "Protocols: RESP2, RESP3",
		"Serves ", "RediSearch (", "FT.AGGREGATE", "hash (", "HEXPIRE", "Does not serve ", "FT.ALIASADD", "vector set (", "VADD", "Source:")
	holds(t, Targets(s), "redis-8.0 ", "valkey-9.2 (default)", "valkey-bundle-9.1")
}

func TestDiff(t *testing.T) {
	s := set(t)
	from, _ := s.Target("redis-8.0")
	to, _ := s.Target("valkey-9.1")
	holds(t, Diff(s, from, to), "Lost from redis-8.0 to valkey-9.1: ", "no Valkey serves it; Redis does since 8.0:", "VADD",
		"valkey-9.1 serves it only with valkey-search >= 1.0:", "FT.SEARCH", "Gained from", "redis-8.0 does not serve it; Redis does since 8.4:", "MSETEX")
	if got := Diff(s, to, to); got != "valkey-9.1 and valkey-9.1 serve the same commands and options\n" {
		t.Error(got)
	}
}
