package live

import (
	"context"
	"io"
	"net"
	"path/filepath"
	"testing"
	"time"

	"github.com/keyvet/keyvet/rules"
)

// answers are those of a server, in the order of the questions: HELLO 3 when the client connects, then HELLO, INFO,
// COMMAND LIST and MODULE LIST.
const answers = "%1\r\n$5\r\nproto\r\n:3\r\n" +
	"%2\r\n$5\r\nproto\r\n:3\r\n$7\r\nversion\r\n$5\r\n9.1.0\r\n" +
	"$40\r\nredis_version:7.2.4\r\nvalkey_version:9.1\r\n" +
	"*2\r\n$3\r\nget\r\n$11\r\nclient|kill\r\n" +
	"*1\r\n%2\r\n$4\r\nname\r\n$6\r\nsearch\r\n$3\r\nver\r\n:10201\r\n"

// FuzzReplies asks a server that says whatever it likes. It may be refused, but not obeyed, and not waited for.
func FuzzReplies(f *testing.F) {
	f.Add([]byte(answers))
	for _, said := range []string{
		"", "-NOAUTH no\r\n", "+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n", "*99999999999\r\n", "$-5\r\n", "$?\r\n;4\r\nabcd\r\n;0\r\n",
		">2\r\n$10\r\ninvalidate\r\n*0\r\n", "|1\r\n+a\r\n+b\r\n", "*1\r\n*1\r\n*1\r\n*1\r\n", "%1\r\n", "!3\r\nERR\r\n", "(123\r\n,1.5\r\n#t\r\n_\r\n=5\r\ntxt:x\r\n",
		"HTTP/1.1 400 Bad Request\r\n\r\n",
	} {
		f.Add([]byte(said))
	}
	set, err := rules.Builtin()
	if err != nil {
		f.Fatal(err)
	}
	socket := filepath.Join(f.TempDir(), "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { listener.Close() })
	f.Fuzz(func(t *testing.T, said []byte) {
		served := make(chan struct{})
		go func() {
			defer close(served)
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			defer conn.Close()
			_, _ = conn.Write(said)
			_ = conn.(*net.UnixConn).CloseWrite()
			_, _ = io.Copy(io.Discard, conn)
		}()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		target, err := Read(ctx, set, "unix://"+socket, Options{Now: time.Unix(0, 0)})
		if ctx.Err() != nil {
			t.Errorf("it does not come back")
		}
		if (err == nil) == (target == nil) {
			t.Errorf("target %v, error %v", target, err)
		}
		if target != nil {
			set.Verdict(target, "FT.SEARCH")
		}
		<-served
	})
}
