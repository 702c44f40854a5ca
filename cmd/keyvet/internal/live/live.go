// Package live asks a running server what it serves, and makes a target of it.
// It only reads: HELLO, INFO, MODULE LIST and COMMAND are all that it sends,
// beside what logs it in. Names, passwords and query parameters of a URL are in
// nothing that it returns.
//
// It does not know what a verdict is: that is package rules. A server is not
// trusted: package resp bounds what it says, and the time is bounded here.
package live

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/keyvet/keyvet/cmd/keyvet/internal/live/resp"
	"github.com/keyvet/keyvet/rules"
)

// Environment variables for what should not stand in a command line.
const (
	UserVariable     = "KEYVET_USERNAME"
	PasswordVariable = "KEYVET_PASSWORD"
	CAVariable       = "KEYVET_TLS_CA"   // a file with certificates, PEM
	CertVariable     = "KEYVET_TLS_CERT" // the client's own
	KeyVariable      = "KEYVET_TLS_KEY"
)

// limit bounds the whole conversation with a server.
const limit = 20 * time.Second

// Options say how a server is asked.
type Options struct {
	// Getenv looks up the variables above; nil is an empty environment.
	Getenv func(string) string
	// Now is when the server is asked, for the target's date.
	Now time.Time
}

// Read asks the server at a URL (redis, rediss, valkey, valkeys or unix) and
// gives the target that it is.
func Read(ctx context.Context, set *rules.Set, address string, o Options) (*rules.Target, error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	p, err := parse(address, o.Getenv)
	if err != nil {
		return nil, err
	}
	t, err := p.read(limited, set)
	switch {
	case ctx.Err() != nil: // then the connection was closed from here
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, p.explain(limited.Err())
	case err != nil:
		return nil, p.explain(err)
	}
	t.Date = o.Now.Format(time.DateOnly)
	return t, nil
}

func (p *place) read(ctx context.Context, set *rules.Set) (*rules.Target, error) {
	conn, err := p.dial(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }() // all is said
	a := asker{resp.New(conn)}
	t := &rules.Target{Name: p.shown, Kind: rules.Live, Source: "asked " + p.shown}
	if t.Protocols, err = a.logIn(p.user, p.password); err != nil {
		return nil, err
	}
	if t.Server, t.Version, err = a.version(); err != nil {
		return nil, err
	}
	t.Title = map[string]string{rules.Redis: "Redis ", rules.Valkey: "Valkey "}[t.Server] + t.Version + " at " + p.shown
	if t.Commands, err = a.commands(); err != nil {
		return nil, err
	}
	t.Modules, t.Note = a.modules(set, t.Server)
	return t, nil
}

type asker struct{ *resp.Conn }

// noHello are what servers say to HELLO 3 that know no HELLO, or no third version
// of the protocol.
var noHello = regexp.MustCompile(`(?i)^(NOPROTO|ERR unknown command)`)

// logIn tells who asks, and gives the RESP versions that the server speaks.
func (a asker) logIn(user, password string) (protocols []string, err error) {
	hello, auth := []string{"HELLO", "3"}, []string{"AUTH"}
	switch {
	case user != "":
		hello, auth = append(hello, "AUTH", user, password), append(auth, user, password)
	case password != "":
		hello, auth = append(hello, "AUTH", "default", password), append(auth, password)
	}
	said, err := a.Do(hello...)
	switch {
	case err == nil && said.Map()["proto"].Int() >= 3:
		return []string{"2", "3"}, nil
	case err == nil:
		return []string{"2"}, nil
	case !refused(err) || !noHello.MatchString(err.Error()):
		return nil, err
	case len(auth) > 1:
		_, err = a.Do(auth...)
		return []string{"2"}, err
	}
	return []string{"2"}, nil
}

// refused tells whether it is the server that says no.
func refused(err error) bool {
	var refusal resp.Refusal
	return errors.As(err, &refusal)
}

// version reads whose release the server is. Every Valkey also gives a version
// for the sake of Redis' clients, which says nothing.
func (a asker) version() (server, version string, err error) {
	info, err := a.Do("INFO", "server")
	if err != nil {
		return "", "", err
	}
	fields := map[string]string{}
	for line := range strings.Lines(info.Text) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			fields[key] = value
		}
	}
	switch {
	case fields["valkey_version"] != "":
		return rules.Valkey, numbers(fields["valkey_version"]), nil
	case fields["redis_version"] != "":
		return rules.Redis, numbers(fields["redis_version"]), nil
	}
	return "", "", errors.New("it does not say which version it is: INFO server names neither valkey_version nor redis_version")
}

// numbers cuts a version before what is no number: "8.12.0-rc1".
func numbers(version string) string {
	end := strings.IndexFunc(version, func(r rune) bool { return r != '.' && (r < '0' || r > '9') })
	if end >= 0 {
		version = version[:end]
	}
	if version = strings.Trim(version, "."); version == "" {
		return "0"
	}
	return version
}

// commands lists what the server serves, subcommands included. COMMAND LIST
// came with 7.0; before, and where it is not allowed, COMMAND itself is asked.
func (a asker) commands() ([]string, error) {
	list, err := a.Do("COMMAND", "LIST")
	names := make([]string, len(list.Items))
	for i, item := range list.Items {
		names[i] = item.Text
	}
	if refused(err) {
		names, err = a.commandTable()
	}
	if refused(err) {
		return nil, fmt.Errorf("it does not allow COMMAND, so it cannot be asked what it serves (%w); name a built-in target instead", err)
	}
	if err != nil {
		return nil, err
	}
	for i, name := range names {
		names[i] = strings.ToUpper(strings.ReplaceAll(name, "|", " "))
	}
	slices.Sort(names)
	if names = slices.Compact(names); len(names) == 0 {
		return nil, errors.New("its COMMAND lists nothing; name a built-in target instead")
	}
	return names, nil
}

// subcommands is the place of a command's subcommands in what COMMAND says of it.
const subcommands = 9

func (a asker) commandTable() ([]string, error) {
	table, err := a.Do("COMMAND")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, row := range table.Items {
		entry := row.Items
		if len(entry) == 0 {
			return nil, errors.New("its COMMAND answers in a form that is not known")
		}
		names = append(names, entry[0].Text)
		if len(entry) <= subcommands {
			continue
		}
		for _, part := range entry[subcommands].Items {
			if len(part.Items) > 0 {
				names = append(names, part.Items[0].Text)
			}
		}
	}
	return names, nil
}
