// Package kv hides a client behind a store of its own.
package kv

import (
	"context"

	"example.com/shop/acme"
)

// A Store keeps documents.
type Store struct {
	client *acme.Client
	prefix string
}

// New connects.
func New(address string) *Store {
	return &Store{client: acme.New(&acme.Options{Address: address}), prefix: "doc:"}
}

// Do sends any command: what that is, callers say.
func (s *Store) Do(ctx context.Context, command string, arguments ...any) error {
	return s.client.Do(ctx, append([]any{command}, s.normal(arguments)...)...).Err
}

func (s *Store) normal(arguments []any) []any { return append(arguments, s.prefix) }

// Info is decided here.
func (s *Store) Info(ctx context.Context) error {
	return s.Do(ctx, "FT.INFO", "idx") // want FT.INFO
}

// Arguments gives a command to whoever sends it.
func Arguments(query string) []any {
	arguments := []any{"FT.CURSOR", "READ"}
	return append(arguments, query)
}

// Options are those that the shop's clients share.
func Options() *acme.Options { return &acme.Options{Address: "localhost:6379"} }

// local is called from nowhere else, with what nobody can know.
func local(ctx context.Context, c *acme.Client, command func() string) {
	c.Do(ctx, command()) // want ?
}
