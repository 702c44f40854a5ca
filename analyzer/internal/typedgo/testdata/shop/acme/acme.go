// Package acme is a client library, as clients are built: methods that all kinds
// of clients share are declared on what they embed.
package acme

import "context"

type commands struct{ send func(arguments ...any) error }

// FTSearch searches.
func (c commands) FTSearch(ctx context.Context, index, query string) *Reply {
	return &Reply{c.send("FT.SEARCH", index, query)}
}

// Digest is named like much else.
func (c commands) Digest(ctx context.Context, key string) *Reply {
	return &Reply{c.send("DIGEST", key)}
}

// Do sends anything.
func (c commands) Do(ctx context.Context, arguments ...any) *Reply {
	return &Reply{c.send(arguments...)}
}

// A Client is connected.
type Client struct{ commands }

// A Pipe collects commands.
type Pipe struct{ commands }

// Pipeline begins to collect.
func (c *Client) Pipeline() *Pipe { return &Pipe{c.commands} }

// Options are for New.
type Options struct {
	Address  string
	Protocol int
}

// New connects.
func New(options *Options) *Client { return &Client{} }

// A Reply is what came back.
type Reply struct{ Err error }
