package live

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/rules"
)

// TestWaysIn reads one server over TCP, a unix socket, with a password from the
// URL and from the environment, and by a user with few rights.
func TestWaysIn(t *testing.T) {
	set, serve := builtin(t), oneServer(t)
	port := start(t, serve, "--requirepass", "s3cret/word", "--user", "looker", "on", ">pass123", "+command", "+info", "+module|list", "+hello", "~*", "&*")
	for _, test := range []struct {
		name, address string
		env           map[string]string
		want          string
	}{
		{"url", "redis://:s3cret%2Fword@127.0.0.1:%d", nil, ""},
		{"user", "valkey://looker:pass123@127.0.0.1:%d", nil, ""},
		{"environment", "redis://127.0.0.1:%d", map[string]string{PasswordVariable: "s3cret/word"}, ""},
		{"user in the environment", "redis://127.0.0.1:%d", map[string]string{UserVariable: "looker", PasswordVariable: "pass123"}, ""},
		{"nothing", "redis://127.0.0.1:%d", nil, "wants a password: put it into the URL, or into KEYVET_PASSWORD"},
		{"wrong", "redis://:wr0ng@127.0.0.1:%d", nil, "refuses the user or the password"},
		{"tls", "rediss://:s3cret%2Fword@127.0.0.1:%d", nil, "if it does not speak TLS, use redis:// or valkey://"},
	} {
		t.Run(test.name, func(t *testing.T) {
			address := strings.ReplaceAll(test.address, "%d", fmt.Sprint(port))
			target, err := Read(context.Background(), set, address, Options{Getenv: func(k string) string { return test.env[k] }, Now: time.Now()})
			checkRead(t, target, err, test.want)
		})
	}
	t.Run("socket", func(t *testing.T) {
		target, err := Read(context.Background(), set, "unix://:s3cret%2Fword@"+socketOf[port], Options{Now: time.Now()})
		checkRead(t, target, err, "")
	})
}

func checkRead(t *testing.T, target *rules.Target, err error, want string) {
	t.Helper()
	if want != "" {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Fatalf("%v, expected %q", err, want)
		}
		checkSecrets(t, err.Error())
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := target.YAML()
	if err != nil {
		t.Fatal(err)
	}
	checkSecrets(t, string(text))
	if len(target.Commands) < 300 || !slices.Contains(target.Commands, "CLIENT KILL") || target.Version == "" {
		t.Errorf("%d commands of version %q", len(target.Commands), target.Version)
	}
}

func checkSecrets(t *testing.T, text string) {
	t.Helper()
	for _, secret := range []string{"s3cret", "pass123", "wr0ng"} {
		if strings.Contains(text, secret) {
			t.Errorf("a password is shown: %s", text)
		}
	}
}

// TestRefused has a user that may not ask COMMAND.
func TestRefused(t *testing.T) {
	set, serve := builtin(t), oneServer(t)
	port := start(t, serve, "--user", "nobody", "on", ">pass123", "+hello", "+info", "~*", "&*", "--user", "blind", "on", ">pass123", "+hello", "+command", "~*", "&*")
	for user, want := range map[string]string{"nobody": "it does not allow COMMAND", "blind": "NOPERM"} {
		_, err := Read(context.Background(), set, fmt.Sprintf("redis://%s:pass123@127.0.0.1:%d", user, port), Options{})
		checkRead(t, nil, err, want)
	}
}

// TestTLS asks a server with a certificate that nobody knows, with its
// authority, and with the client certificate that it wants.
func TestTLS(t *testing.T) {
	set, serve := builtin(t), oneServer(t)
	cert, key := certificate(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	start(t, serve, "--tls-port", fmt.Sprint(port), "--tls-cert-file", cert, "--tls-key-file", key, "--tls-ca-cert-file", cert)
	address := fmt.Sprintf("rediss://127.0.0.1:%d", port)
	for _, test := range []struct {
		env  map[string]string
		want string
	}{
		{nil, "TLS failed: x509: certificate signed by unknown authority (KEYVET_TLS_CA names a file with certificates to trust)"},
		{map[string]string{CAVariable: cert}, "does it want a client certificate? see KEYVET_TLS_CERT"},
		{map[string]string{CAVariable: cert, CertVariable: cert, KeyVariable: key}, ""},
		{map[string]string{CAVariable: key}, "KEYVET_TLS_CA: no certificate in"},
		{map[string]string{CAVariable: "none"}, "KEYVET_TLS_CA: open none: no such file"},
		{map[string]string{CertVariable: cert}, "KEYVET_TLS_CERT, KEYVET_TLS_KEY: open"},
	} {
		target, err := Read(context.Background(), set, address, Options{Getenv: func(k string) string { return test.env[k] }, Now: time.Now()})
		checkRead(t, target, err, test.want)
	}
	_, err = Read(context.Background(), set, fmt.Sprintf("redis://127.0.0.1:%d", port), Options{})
	checkRead(t, nil, err, "closes the connection; does it want TLS (rediss:// or valkeys://)?")
}

// certificate makes one that is its own authority, in files.
func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

// TestSaved writes what a server said to a file and reads it again.
func TestSaved(t *testing.T) {
	set := builtin(t)
	said := read(t, set, fmt.Sprintf("redis://127.0.0.1:%d", start(t, oneServer(t))))
	text, err := said.YAML()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "own.yaml")
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
	again, err := Resolve(context.Background(), set, name, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(said, again); diff != "" {
		t.Error(diff)
	}
}

// TestBadAddresses needs no server.
func TestBadAddresses(t *testing.T) {
	set := builtin(t)
	for address, want := range map[string]string{
		"http://u:pass123@localhost":             "the address http://localhost cannot be used: expected redis://",
		"redis://u:pass123@local host":           "is not a URL like redis://",
		"redis://u:pass123@localhost:6379/x":     "the address redis://localhost:6379 cannot be used",
		"redis://u:pass123%zz@localhost":         "is not a URL like redis://",
		"redis://u:pass123@127.0.0.1:1":          "redis://127.0.0.1:1: cannot be reached: connect: connection refused",
		"unix://u:pass123@/no/such/socket":       "unix:///no/such/socket: cannot be reached: connect: no such file or directory",
		"redis://u:pass123@no.such.host.invalid": "redis://no.such.host.invalid: cannot be reached: lookup no.such.host.invalid",
	} {
		_, err := Read(context.Background(), set, address, Options{})
		checkRead(t, nil, err, want)
	}
}

// TestRepeatedSecrets has a server that repeats what it does not understand, as
// servers before 6 and proxies do.
func TestRepeatedSecrets(t *testing.T) {
	for reply, want := range map[string]string{
		"-ERR unknown command `HELLO`, with args beginning with: `3`, `AUTH`, `u`, `pass123`,\r\n": "unknown command",
		"-ERR what is pass123\r\n": "what is ***",
		"-NOPERM this user has no permissions to run the 'hello' command\r\n": "NOPERM",
		"HTTP/1.1 400 Bad Request\r\n\r\n":                                    "",
	} {
		address := fakeServer(t, reply)
		_, err := Read(context.Background(), builtin(t), "redis://u:pass123@"+address, Options{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, expected %q", reply, err, want)
			continue
		}
		checkSecrets(t, err.Error())
	}
}

// fakeServer answers whatever comes with the same reply.
func fakeServer(t *testing.T, reply string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				buffer := make([]byte, 4096)
				for {
					n, err := conn.Read(buffer)
					if err != nil {
						return
					}
					commands := strings.Count("\r\n"+string(buffer[:n]), "\r\n*")
					if _, err := io.WriteString(conn, strings.Repeat(reply, commands)); err != nil {
						return
					}
				}
			}()
		}
	}()
	return listener.Addr().String()
}

func TestModuleVersion(t *testing.T) {
	set := builtin(t)
	for _, test := range []struct {
		module string
		number int64
		want   string
	}{
		{"redisearch", 20813, "2.8.13"}, {"redisearch", 80201, "8.2.1"}, {"valkey-json", 10002, "1.0.2"},
		{"valkey-search", 1<<16 | 2<<8 | 1, "1.2.1"}, {"valkey-search", 10201, "1.2.1"}, {"valkey-bloom", 1, "0.0.1"},
	} {
		if got := moduleVersion(set.Module(test.module), test.number); got != test.want {
			t.Errorf("%s %d is %s, expected %s", test.module, test.number, got, test.want)
		}
	}
}
