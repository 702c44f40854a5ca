// Package kv hides which version of the library is in use.
package kv

import (
	"context"
	"time"

	v8 "github.com/go-redis/redis/v8"
	v9 "github.com/redis/go-redis/v9"
)

// A Client sends what it is given, under its own time limits.
type Client interface {
	Read(ctx context.Context, args ...any) (any, error)
	Write(ctx context.Context, args ...any) error
}

type old struct {
	c     v8.UniversalClient
	limit time.Duration
}

func (o old) Read(ctx context.Context, args ...any) (any, error) {
	if o.limit > 0 {
		short, stop := context.WithTimeout(ctx, o.limit)
		defer stop()
		return o.c.Do(short, args...).Result()
	}
	return o.c.Do(ctx, args...).Result()
}

func (o old) Write(ctx context.Context, args ...any) error { return o.c.Do(ctx, args...).Err() }

type fresh struct{ c v9.UniversalClient }

func (f fresh) Read(ctx context.Context, args ...any) (any, error) {
	return f.c.Do(ctx, args...).Result()
}

func (f fresh) Write(ctx context.Context, args ...any) error { return f.c.Do(ctx, args...).Err() }

// Open opens a client.
func Open(addr string, legacy bool) Client {
	if legacy {
		return old{c: v8.NewClient(&v8.Options{Addr: addr})}
	}
	return fresh{c: v9.NewClient(&v9.Options{Addr: addr})}
}

// A Store keeps documents, and knows how to make its index.
type Store struct {
	client Client
	index  *index
	family string
}

type index struct{ create []any }

// NewStore makes a store.
func NewStore(c Client) *Store {
	return &Store{client: c, family: "FT", index: &index{create: []any{"FT.CREATE", "docs", "ON", "JSON"}}}
}

// Get reads a document.
func (s *Store) Get(ctx context.Context, key string) (any, error) {
	return s.client.Read(ctx, "JSON.GET", key) // want JSON.GET
}

// Rename has nothing to do with a module.
func (s *Store) Rename(ctx context.Context, from, to string) error {
	return s.client.Write(ctx, "RENAME", from, to)
}

// Prepare makes the index anew.
func (s *Store) Prepare(ctx context.Context) error {
	if err := s.client.Write(ctx, s.family+".DROPINDEX", "docs"); err != nil { // want FT.DROPINDEX
		return err
	}
	return s.client.Write(ctx, s.index.create...) // want FT.CREATE
}

// Find searches.
func (s *Store) Find(ctx context.Context, q string) (any, error) {
	query := append([]any{"FT.SEARCH", "docs"}, q)
	return s.client.Read(ctx, append(query, "RETURN", 1)...) // want FT.SEARCH
}
