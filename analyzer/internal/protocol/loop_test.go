package protocol

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLoop runs the real clients against a server that answers like
// valkey-search: with the same lists under RESP2 and RESP3. It shows that what
// the catalogues say under "breaks" happens. It fetches the clients, so it only
// runs when asked to: KEYVET_LOOP=1.
func TestLoop(t *testing.T) {
	if os.Getenv("KEYVET_LOOP") == "" {
		t.Skip("set KEYVET_LOOP=1 to fetch real clients and run them")
	}
	port := serve(t)
	for _, test := range []struct {
		name, script string
		install      func(t *testing.T, dir string) *exec.Cmd // gives the interpreter
		want         string
	}{
		{"redis-py 8.1.0", "loop.py", python("redis==8.1.0"), `
default FT.SEARCH raises AttributeError
default FT.AGGREGATE raises AttributeError
default FT.INFO raises AttributeError
2 FT.SEARCH finds 1
2 FT.AGGREGATE finds 1
2 FT.INFO gives dict
3 FT.SEARCH gives list
3 FT.AGGREGATE gives list
3 FT.INFO gives list
`},
		{"redis-py 7.4.0", "loop.py", python("redis==7.4.0"), `
default FT.SEARCH finds 1
default FT.AGGREGATE finds 1
default FT.INFO gives dict
2 FT.SEARCH finds 1
2 FT.AGGREGATE finds 1
2 FT.INFO gives dict
3 FT.SEARCH gives list
3 FT.AGGREGATE gives list
3 FT.INFO gives list
`},
		{"node-redis 6.3.1", "loop.js", node("redis@6.3.1"), `
2 FT.SEARCH finds 1
2 FT.AGGREGATE finds 1
2 FT.INFO gives object
3 FT.SEARCH finds 1
3 FT.AGGREGATE finds 0
3 FT.INFO gives list
default FT.SEARCH finds 1
default FT.AGGREGATE finds 0
default FT.INFO gives list
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			command := test.install(t, dir)
			script, err := os.ReadFile(filepath.Join("testdata", test.script))
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(dir, test.script) // beside node_modules
			if err := os.WriteFile(file, script, 0o600); err != nil {
				t.Fatal(err)
			}
			command.Args = append(command.Args, file, strconv.Itoa(port))
			out, err := command.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if diff := cmp.Diff(strings.TrimSpace(test.want), strings.TrimSpace(string(out))); diff != "" {
				t.Errorf("the client does something else (-want +got):\n%s", diff)
			}
		})
	}
}

func python(requirement string) func(*testing.T, string) *exec.Cmd {
	return func(t *testing.T, dir string) *exec.Cmd {
		run(t, dir, "python3", "-m", "venv", dir)
		interpreter := filepath.Join(dir, "bin", "python")
		run(t, dir, interpreter, "-m", "pip", "install", "--quiet", requirement)
		return exec.Command(interpreter)
	}
}

func node(requirement string) func(*testing.T, string) *exec.Cmd {
	return func(t *testing.T, dir string) *exec.Cmd {
		run(t, dir, "npm", "install", "--silent", "--prefix", dir, requirement)
		return exec.Command("node")
	}
}

func run(t *testing.T, dir, name string, arguments ...string) {
	t.Helper()
	command := exec.Command(name, arguments...)
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil {
		t.Skipf("%s: %v\n%s", name, err, out)
	}
}

// serve starts the server on a port of loopback.
func serve(t *testing.T) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go converse(c)
		}
	}()
	return l.Addr().(*net.TCPAddr).Port
}

// replies are those of valkey-search 1.2.1, by its sources: it has no form of
// them for RESP3.
var replies = map[string]any{
	"FT.SEARCH":    []any{1, "doc:1", []any{"title", "hello"}},
	"FT.AGGREGATE": []any{1, []any{"title", "hello"}},
	"FT.INFO": []any{"index_name", "idx", "index_definition", []any{"key_type", "HASH", "prefixes", []any{"doc:"}, "default_score", "1"},
		"attributes", []any{}, "num_docs", 1, "num_records", 1, "hash_indexing_failures", 0, "backfill_in_progress", 0,
		"backfill_complete_percent", "1.0", "mutation_queue_size", 0, "recent_mutations_queue_delay", "0 sec", "state", "ready"},
	"PING": "PONG", "CLIENT": "OK", "SELECT": "OK",
}

func converse(c net.Conn) {
	defer c.Close()
	in := bufio.NewReader(c)
	for {
		words, err := request(in)
		if err != nil {
			return
		}
		command := strings.ToUpper(words[0])
		switch reply, known := replies[command]; {
		case command == "HELLO" && len(words) > 1 && words[1] == "3":
			_, err = io.WriteString(c, "%7\r\n"+hello("3"))
		case command == "HELLO":
			_, err = io.WriteString(c, "*14\r\n"+hello("2"))
		case known:
			_, err = io.WriteString(c, encode(reply))
		default:
			_, err = fmt.Fprintf(c, "-ERR unknown command '%s'\r\n", words[0])
		}
		if err != nil {
			return
		}
	}
}

func hello(protocol string) string {
	return encode("server") + encode("valkey") + encode("version") + encode("9.1.2") + encode("proto") + ":" + protocol + "\r\n" +
		encode("id") + encode(1) + encode("mode") + encode("standalone") + encode("role") + encode("master") + encode("modules") + encode([]any{})
}

func encode(v any) string {
	switch v := v.(type) {
	case int:
		return fmt.Sprintf(":%d\r\n", v)
	case string:
		return fmt.Sprintf("$%d\r\n%s\r\n", len(v), v)
	}
	list := v.([]any)
	text := fmt.Sprintf("*%d\r\n", len(list))
	for _, x := range list {
		text += encode(x)
	}
	return text
}

// request reads a command: a list of texts.
func request(in *bufio.Reader) ([]string, error) {
	count, err := length(in)
	if err != nil || count < 1 {
		return nil, io.ErrUnexpectedEOF
	}
	words := make([]string, count)
	for i := range words {
		n, err := length(in)
		if err != nil {
			return nil, err
		}
		text := make([]byte, n+2)
		if _, err := io.ReadFull(in, text); err != nil {
			return nil, err
		}
		words[i] = string(text[:n])
	}
	return words, nil
}

func length(in *bufio.Reader) (int, error) {
	line, err := in.ReadString('\n')
	if err != nil || len(line) < 2 {
		return 0, io.ErrUnexpectedEOF
	}
	return strconv.Atoi(strings.TrimSpace(line[1:]))
}
