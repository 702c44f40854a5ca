package live

import (
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

	"github.com/valkey-io/valkey-go"
)

// dialLimit bounds the making of a connection.
const dialLimit = 5 * time.Second

// IsURL tells whether a target's name is the address of a server.
func IsURL(text string) bool { return strings.Contains(text, "://") }

// A place is where a server is, and how to get in.
type place struct {
	option  valkey.ClientOption
	shown   string   // without anything secret
	secrets []string // never to be shown
}

// parse reads an address. Errors of the URL parsers hold the URL, and with it
// the password, so they are not passed on.
func parse(address string, getenv func(string) string) (*place, error) {
	if getenv == nil {
		getenv = func(string) string { return "" }
	}
	scheme, _, _ := strings.Cut(address, "://")
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the server's address is not a URL like redis://user:password@host:6379 (is the password percent-encoded?)")
	}
	p := &place{shown: shown(u)}
	if password, given := u.User.Password(); given {
		p.secrets = append(p.secrets, password)
	}
	p.secrets = append(p.secrets, getenv(PasswordVariable))
	if p.option, err = valkey.ParseURL(address); err != nil {
		return nil, fmt.Errorf("the address %s cannot be used: expected redis://, rediss://, valkey://, valkeys:// or unix://, found %q, or a wrong number or path behind the host", p.shown, scheme)
	}
	o := &p.option
	if o.Username == "" {
		o.Username = getenv(UserVariable)
	}
	if o.Password == "" {
		o.Password = getenv(PasswordVariable)
	}
	o.InitAddress = o.InitAddress[:1]
	o.ForceSingleClient, o.DisableCache, o.DisableRetry = true, true, true
	o.AlwaysRESP2 = false
	o.ClientName = ""
	o.ClientSetInfo = valkey.DisableClientSetInfo
	o.Sentinel = valkey.SentinelOption{}
	o.Dialer.Timeout = dialLimit
	o.ConnWriteTimeout = limit
	return p, p.secure(getenv)
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
	config := p.option.TLSConfig
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
	if reply, ok := valkey.IsValkeyErr(err); ok {
		return errors.New(p.shown + ": " + p.refusal(reply.Error(), err))
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
	case p.option.TLSConfig != nil && timedOut(err):
		reason = "does not answer in time; if it does not speak TLS, use redis:// or valkey://"
	case timedOut(err):
		reason = "does not answer in time"
	case p.option.TLSConfig != nil && errors.As(err, &network) && network.Op != "dial": // the alert may be lost on the way
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
func (p *place) refusal(reply string, err error) string {
	code, _, _ := strings.Cut(strings.TrimPrefix(reply, "-"), " ")
	switch code {
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
