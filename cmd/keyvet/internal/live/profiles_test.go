package live

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/keyvet/keyvet/cmd/keyvet/internal/live/resp"
	"github.com/keyvet/keyvet/rules"
)

// TestProfiles compares the built-in target of each server that can be run here
// with what the server says, command by command.
func TestProfiles(t *testing.T) {
	set := builtin(t)
	for _, serve := range servers(t) {
		t.Run(filepath.Base(filepath.Dir(serve)), func(t *testing.T) {
			said := read(t, set, fmt.Sprintf("redis://127.0.0.1:%d", start(t, serve)))
			profile := profileOf(t, set, said)
			checked := 0
			for _, f := range set.Families {
				for name, c := range f.Commands {
					if c.Group == "sentinel" {
						continue // served by a server in another mode
					}
					checked++
					v := set.Verdict(profile, name)
					if serves := slices.Contains(said.Commands, name); v.Served != serves {
						t.Errorf("%s: the server serves it: %v; %s", name, serves, v.Reason)
					}
				}
			}
			for _, name := range said.Commands {
				if _, _, known := set.Command(name); !known {
					t.Errorf("%s: no file in rules/commands has it", name)
				}
			}
			t.Logf("%s %s against the target %s: %d commands of the server, %d of the rules, compared",
				said.Server, said.Version, profile.Name, len(said.Commands), checked)
		})
	}
}

// profileOf gives the built-in target of a server's series, with the patch level
// and the modules of the server: Debian builds Redis 8 without its modules.
func profileOf(t *testing.T, set *rules.Set, said *rules.Target) *rules.Target {
	t.Helper()
	parts := strings.Split(said.Version, ".")
	built, err := set.Target(said.Server + "-" + strings.Join(parts[:min(2, len(parts))], "."))
	if err != nil {
		t.Skipf("the package has moved on to a version without a target: %v", err)
	}
	profile := *built
	profile.Version, profile.Modules = said.Version, said.Modules
	return &profile
}

// options are command lines that show whether a server knows an option.
var options = []struct{ command, option, line string }{
	{"SET", "IFEQ", "SET k v IFEQ x"},
	{"SET", "IFNE", "SET k v IFNE x"},
	{"SET", "IFDEQ", "SET k v IFDEQ 0123456789abcdef"},
	{"SET", "IFDNE", "SET k v IFDNE 0123456789abcdef"},
	{"XADD", "KEEPREF", "XADD s KEEPREF * f v"},
	{"XADD", "DELREF", "XADD s DELREF * f v"},
	{"XADD", "ACKED", "XADD s ACKED * f v"},
	{"XADD", "IDMP", "XADD s IDMP p i * f v"},
	{"XADD", "IDMPAUTO", "XADD s IDMPAUTO p * f v"},
	{"XTRIM", "KEEPREF", "XTRIM s MAXLEN 10 KEEPREF"},
	{"XTRIM", "DELREF", "XTRIM s MAXLEN 10 DELREF"},
	{"XTRIM", "ACKED", "XTRIM s MAXLEN 10 ACKED"},
	{"XREAD", "MAXCOUNT", "XREAD MAXCOUNT 1 STREAMS s 0"},
	{"XREADGROUP", "CLAIM", "XREADGROUP GROUP g c CLAIM 10 STREAMS s >"},
	{"BITOP", "DIFF", "BITOP DIFF d a b"},
	{"BITOP", "DIFF1", "BITOP DIFF1 d a b"},
	{"BITOP", "ANDOR", "BITOP ANDOR d a b"},
	{"BITOP", "ONE", "BITOP ONE d a b"},
	{"HSETEX", "NX", "HSETEX h NX FIELDS 1 f v"},
	{"HSETEX", "XX", "HSETEX h XX FIELDS 1 f v"},
	{"HSCAN", "NOVALUES", "HSCAN h 0 NOVALUES"},
	{"ZSCAN", "NOSCORES", "ZSCAN z 0 NOSCORES"},
	{"GEOSEARCH", "BYPOLYGON", "GEOSEARCH geo BYPOLYGON 3 0 0 0 1 1 1"},
	{"GEOSEARCHSTORE", "BYPOLYGON", "GEOSEARCHSTORE to geo BYPOLYGON 3 0 0 0 1 1 1"},
	{"BGSAVE", "CANCEL", "BGSAVE CANCEL"},
	{"CLUSTER REPLICATE", "NO ONE", ""}, // only in a cluster
	{"CLUSTER SETSLOT", "TIMEOUT", ""},  // only in a cluster
	{"SHUTDOWN", "SAFE", ""},            // ends the server
	{"SHUTDOWN", "FAILOVER", ""},        // ends the server
	{"XREAD", "MAXSIZE", ""},            // as MAXCOUNT
	{"XREADGROUP", "MAXCOUNT", ""},      // as XREAD
	{"XREADGROUP", "MAXSIZE", ""},       // as XREAD
	{"ZINTER", "AGGREGATE COUNT", "ZINTER 1 z AGGREGATE COUNT"},
	{"ZINTERSTORE", "AGGREGATE COUNT", "ZINTERSTORE to 1 z AGGREGATE COUNT"},
	{"ZUNION", "AGGREGATE COUNT", "ZUNION 1 z AGGREGATE COUNT"},
	{"ZUNIONSTORE", "AGGREGATE COUNT", "ZUNIONSTORE to 1 z AGGREGATE COUNT"},
	{"DELEX", "IFDEQ", "DELEX k IFDEQ 0123456789abcdef"},
	{"DELEX", "IFDNE", "DELEX k IFDNE 0123456789abcdef"},
	{"CLIENT KILL", "MAXAGE", "CLIENT KILL MAXAGE 100000"},
	{"CLIENT KILL", "IDLE", "CLIENT KILL IDLE 100000"},
	{"CLIENT KILL", "FLAGS", "CLIENT KILL FLAGS M"},
	{"CLIENT KILL", "LIB-NAME", "CLIENT KILL LIB-NAME none"},
	{"CLIENT KILL", "LIB-VER", "CLIENT KILL LIB-VER 0.0"},
	{"CLIENT LIST", "USER", "CLIENT LIST USER default"},
	{"CLIENT LIST", "ADDR", "CLIENT LIST ADDR 127.0.0.1:1"},
	{"CLIENT LIST", "LADDR", "CLIENT LIST LADDR 127.0.0.1:1"},
	{"CLIENT LIST", "SKIPME", "CLIENT LIST SKIPME yes"},
	{"CLIENT LIST", "MAXAGE", "CLIENT LIST MAXAGE 100000"},
	{"CLIENT LIST", "IDLE", "CLIENT LIST IDLE 100000"},
	{"CLIENT LIST", "FLAGS", "CLIENT LIST FLAGS N"},
	{"CLIENT LIST", "LIB-NAME", "CLIENT LIST LIB-NAME none"},
	{"CLIENT LIST", "LIB-VER", "CLIENT LIST LIB-VER 0.0"},
}

// unknownOption are parts of the replies that servers give to an option that
// they do not know.
var unknownOption = []string{"syntax error", "Invalid stream ID", "unknown argument", "unknown command", "Unknown argument", "wrong number of arguments"}

// TestOptions sends each option that the rules know to each server.
func TestOptions(t *testing.T) {
	set := builtin(t)
	for _, serve := range servers(t) {
		t.Run(filepath.Base(filepath.Dir(serve)), func(t *testing.T) {
			address := fmt.Sprintf("redis://127.0.0.1:%d", start(t, serve))
			profile := profileOf(t, set, read(t, set, address))
			client := dial(t, address)
			for _, line := range []string{"XGROUP CREATE s g $ MKSTREAM", "HSET h a b", "ZADD z 1 a"} { // some look at options late
				if err := send(client, line); err != nil {
					t.Fatal(err)
				}
			}
			checked := 0
			for _, o := range options {
				v := set.Verdict(profile, o.command, o.option)
				if o.line == "" || !set.Verdict(profile, o.command).Served {
					continue
				}
				checked++
				err := send(client, o.line)
				knows := err == nil || !slices.ContainsFunc(unknownOption, func(part string) bool { return strings.Contains(err.Error(), part) })
				if knows != v.Served {
					t.Errorf("%s: answered with %v; %s", o.line, err, v.Reason)
				}
			}
			t.Logf("%s: %d options sent", profile.Name, checked)
		})
	}
	t.Run("all of them", func(t *testing.T) {
		for name, c := range set.Family("").Commands {
			for option := range c.Options {
				if !slices.ContainsFunc(options, func(o struct{ command, option, line string }) bool {
					return o.command == name && o.option == option
				}) {
					t.Errorf("%s %s is not in the table", name, option)
				}
			}
		}
	})
}

func dial(t *testing.T, address string) *resp.Conn {
	t.Helper()
	p, err := parse(address, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	conn, err := p.dial(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return resp.New(conn)
}

func send(client *resp.Conn, line string) error {
	_, err := client.Do(strings.Fields(line)...)
	return err
}
