package live

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"time"
)

// dialLimit bounds the making of a connection.
const dialLimit = 5 * time.Second

// IsURL tells whether a target's name is the address of a server.
func IsURL(text string) bool { return strings.Contains(text, "://") }

// A place is where a server is, and how to get in.
type place struct {
	network, address string
	tls              *tls.Config // nil without TLS
	user, password   string
	shown            string   // without anything secret
	secrets          []string // never to be shown
}

// parse reads an address. Errors of the URL parser hold the URL, and with it the
// password, so they are not passed on.
func parse(address string, getenv func(string) string) (*place, error) {
	if getenv == nil {
		getenv = func(string) string { return "" }
	}
	scheme, _, _ := strings.Cut(address, "://")
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the server's address is not a URL like redis://user:password@host:6379 (is the password percent-encoded?)")
	}
	p := &place{shown: shown(u), user: u.User.Username()}
	p.password, _ = u.User.Password()
	p.secrets = []string{p.password, getenv(PasswordVariable)}
	if !p.locate(u) {
		return nil, fmt.Errorf("the address %s cannot be used: expected redis://, rediss://, valkey://, valkeys:// or unix://, found %q, or a wrong number or path behind the host", p.shown, scheme)
	}
	p.user = cmp.Or(p.user, getenv(UserVariable))
	p.password = cmp.Or(p.password, getenv(PasswordVariable))
	return p, p.secure(getenv)
}

// locate says what to dial. A number behind the host names a database, which has
// no say in what a server serves.
func (p *place) locate(u *url.URL) bool {
	p.network, p.address = "tcp", net.JoinHostPort(cmp.Or(u.Hostname(), "localhost"), cmp.Or(u.Port(), "6379"))
	switch u.Scheme {
	case "unix":
		p.network, p.address = "unix", u.Path
		return u.Path != ""
	case "rediss", "valkeys":
		p.tls = &tls.Config{MinVersion: tls.VersionTLS12, ServerName: cmp.Or(u.Hostname(), "localhost")}
	case "redis", "valkey":
	default:
		return false
	}
	database := strings.TrimPrefix(u.Path, "/")
	return strings.Trim(database, "0123456789") == ""
}

// dial connects. The connection ends when the context does.
func (p *place) dial(ctx context.Context) (net.Conn, error) {
	dialing, cancel := context.WithTimeout(ctx, dialLimit)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(dialing, p.network, p.address)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { _ = conn.Close() })
	if p.tls != nil {
		secure := tls.Client(conn, p.tls)
		if err := secure.HandshakeContext(dialing); err != nil {
			_ = conn.Close()
			return nil, err
		}
		conn = secure
	}
	deadline, _ := ctx.Deadline()
	return conn, conn.SetDeadline(deadline)
}

// shown is a URL without user, password and parameters.
func shown(u *url.URL) string {
	if u.Scheme == "unix" {
		return "unix://" + u.Path
	}
	return u.Scheme + "://" + u.Host
}

// secure sets up TLS from the environment, where the URL asks for TLS.
func (p *place) secure(getenv func(string) string) error {
	config := p.tls
	if config == nil {
		return nil
	}
	if file := getenv(CAVariable); file != "" {
		pem, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("%s: %w", CAVariable, err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return fmt.Errorf("%s: no certificate in %q", CAVariable, file)
		}
	}
	cert, key := getenv(CertVariable), getenv(KeyVariable)
	if cert == "" && key == "" {
		return nil
	}
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return fmt.Errorf("%s, %s: %w", CertVariable, KeyVariable, err)
	}
	config.Certificates = []tls.Certificate{pair}
	return nil
}

// explain says what an error means for somebody who has named a server.
func (p *place) explain(err error) error {
	if refused(err) {
		return errors.New(p.shown + ": " + p.refusal(err))
	}
	var (
		header  tls.RecordHeaderError
		unknown *tls.CertificateVerificationError
		alert   tls.AlertError
		network *net.OpError
	)
	var reason string
	switch {
	case errors.As(err, &header):
		reason = "does not speak TLS; try redis:// or valkey://"
	case errors.As(err, &unknown):
		reason = "TLS failed: " + unknown.Err.Error() + " (" + CAVariable + " names a file with certificates to trust)"
	case errors.As(err, &alert):
		reason = "TLS failed: " + alert.Error() + wantsCertificate
	case p.tls != nil && timedOut(err):
		reason = "does not answer in time; if it does not speak TLS, use redis:// or valkey://"
	case timedOut(err):
		reason = "does not answer in time"
	case p.tls != nil && errors.As(err, &network) && network.Op != "dial": // the alert may be lost on the way
		reason = "TLS failed: " + network.Err.Error() + wantsCertificate
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &network) && network.Op != "dial":
		reason = "closes the connection; does it want TLS (rediss:// or valkeys://)?"
	case errors.As(err, &network):
		reason = "cannot be reached: " + network.Err.Error()
	default:
		reason = err.Error()
	}
	return errors.New(p.shown + ": " + p.scrub(reason))
}

const wantsCertificate = " (does it want a client certificate? see " + CertVariable + ")"

func timedOut(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded)
}

// refusal words an error that the server itself has sent.
func (p *place) refusal(err error) string {
	switch code, _, _ := strings.Cut(err.Error(), " "); code {
	case "NOAUTH":
		return "wants a password: put it into the URL, or into " + PasswordVariable
	case "WRONGPASS":
		return "refuses the user or the password"
	}
	return p.scrub(err.Error())
}

// scrub takes secrets out of a text. Servers repeat the arguments of a command
// that they do not know, and HELLO has the password among its own.
func (p *place) scrub(text string) string {
	text, _, _ = strings.Cut(text, ", with args beginning with")
	for _, secret := range p.secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "***")
		}
	}
	return text
}
