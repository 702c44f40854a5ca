// Package live asks a running server what it serves, and makes a target of it.
// It only reads: HELLO, INFO, MODULE LIST and COMMAND are all that it sends,
// beside what logs it in. Names, passwords and query parameters of a URL are in
// nothing that it returns.
//
// It does not know what a verdict is: that is package rules.
//
// The client is valkey-go: it adds 1.4 MB to a binary where go-redis adds 3.4 MB,
// brings one dependency instead of three, and knows the valkey:// scheme.
package live

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/valkey-io/valkey-go"

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
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	p, err := parse(address, o.Getenv)
	if err != nil {
		return nil, err
	}
	client, err := valkey.NewClient(p.option)
	if err != nil {
		return nil, p.explain(err)
	}
	defer client.Close()
	a := asker{ctx, client}
	t := &rules.Target{
		Name: p.shown, Kind: rules.Live,
		Source: "asked " + p.shown, Date: o.Now.Format(time.DateOnly),
	}
	if t.Protocols, err = a.protocols(); err != nil {
		return nil, p.explain(err)
	}
	if t.Server, t.Version, err = a.version(); err != nil {
		return nil, p.explain(err)
	}
	t.Title = map[string]string{rules.Redis: "Redis ", rules.Valkey: "Valkey "}[t.Server] + t.Version + " at " + p.shown
	if t.Commands, err = a.commands(); err != nil {
		return nil, p.explain(err)
	}
	t.Modules, t.Note = a.modules(set, t.Server)
	return t, nil
}

type asker struct {
	ctx    context.Context
	client valkey.Client
}

func (a asker) ask(words ...string) valkey.ValkeyResult {
	return a.client.Do(a.ctx, a.client.B().Arbitrary(words...).Build())
}

// protocols tells which RESP versions the server speaks: the client has asked
// for the third already, if there is a HELLO.
func (a asker) protocols() ([]string, error) {
	hello, err := a.ask("HELLO").AsMap()
	if err != nil {
		if _, refused := valkey.IsValkeyErr(err); refused {
			return []string{"2"}, nil
		}
		return nil, err
	}
	proto := hello["proto"]
	if version, err := proto.AsInt64(); err == nil && version >= 3 {
		return []string{"2", "3"}, nil
	}
	return []string{"2"}, nil
}

// version reads whose release the server is. Every Valkey also gives a version
// for the sake of Redis' clients, which says nothing.
func (a asker) version() (server, version string, err error) {
	info, err := a.ask("INFO", "server").ToString()
	if err != nil {
		return "", "", err
	}
	fields := map[string]string{}
	for line := range strings.Lines(info) {
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
	names, err := a.ask("COMMAND", "LIST").AsStrSlice()
	if _, refused := valkey.IsValkeyErr(err); refused {
		names, err = a.commandTable()
	}
	if _, refused := valkey.IsValkeyErr(err); refused {
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
	table, err := a.ask("COMMAND").ToArray()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, row := range table {
		entry, err := row.ToArray()
		if err != nil || len(entry) == 0 {
			return nil, errors.New("its COMMAND answers in a form that is not known")
		}
		names = append(names, text(entry[0]))
		if len(entry) <= subcommands {
			continue
		}
		parts, _ := entry[subcommands].ToArray()
		for _, part := range parts {
			if sub, err := part.ToArray(); err == nil && len(sub) > 0 {
				names = append(names, text(sub[0]))
			}
		}
	}
	return names, nil
}

func text(m valkey.ValkeyMessage) string {
	s, _ := m.ToString()
	return s
}
