package live

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/keyvet/keyvet/rules"
)

// serversVariable names a folder that .ci/servers has made.
const serversVariable = "KEYVET_SERVERS"

// servers lists the programs that start the servers to be had here.
func servers(t *testing.T) []string {
	t.Helper()
	dir := os.Getenv(serversVariable)
	if dir == "" {
		t.Skipf("no real servers: run .ci/servers DIR and set %s=DIR", serversVariable)
	}
	found, err := filepath.Glob(filepath.Join(dir, "*", "serve"))
	if err != nil || len(found) == 0 {
		t.Skipf("no real servers below %s: %v", dir, err)
	}
	return found
}

// oneServer gives one of the servers, for what is not about versions.
func oneServer(t *testing.T) string {
	t.Helper()
	return servers(t)[0]
}

// start runs a server on a free port until the test ends, and gives the port.
func start(t *testing.T, serve string, args ...string) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	dir := t.TempDir()
	all := append([]string{"--port", fmt.Sprint(port), "--bind", "127.0.0.1", "--dir", dir, "--save", "", "--unixsocket", filepath.Join(dir, "s")}, args...)
	server := exec.Command(serve, all...)
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	server.Stdout, server.Stderr = log, log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
		log.Close()
	})
	for range 100 {
		if conn, err := net.Dial("unix", filepath.Join(dir, "s")); err == nil {
			conn.Close()
			socketOf[port] = filepath.Join(dir, "s")
			return port
		}
		time.Sleep(50 * time.Millisecond)
	}
	said, _ := os.ReadFile(log.Name())
	t.Fatalf("%s does not come up:\n%s", serve, said)
	return 0
}

// socketOf remembers the unix socket of a started server.
var socketOf = map[int]string{}

func builtin(t *testing.T) *rules.Set {
	t.Helper()
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func read(t *testing.T, set *rules.Set, address string) *rules.Target {
	t.Helper()
	target, err := Read(context.Background(), set, address, Options{Now: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	return target
}
