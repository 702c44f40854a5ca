// Package app sends commands in all the ways that only types tell.
package app

import (
	"context"
	"crypto"
	"sync"

	"example.com/shop/acme"
	"example.com/shop/kv"
	"example.com/shop/middle"
	"example.com/shop/names"
)

func wrappers(ctx context.Context, s *kv.Store, shelf middle.Shelf) {
	s.Do(ctx, "FT.SEARCH", "idx", "*")     // want FT.SEARCH
	shelf.Do(ctx, string(names.Aggregate)) // want FT.AGGREGATE
	middle.Run(ctx, "FT.DROPINDEX")        // want FT.DROPINDEX
	middle.Default.Do(ctx, "JSON.GET")     // want JSON.GET
	s.Do(ctx, "GET", "k")
	s.Info(ctx)
	run := s.Do
	run(ctx, "TS.ADD") // want TS.ADD
}

// A searcher is what this package needs of a client.
type searcher interface {
	FTSearch(ctx context.Context, index, query string) *acme.Reply
	Do(ctx context.Context, arguments ...any) *acme.Reply
}

func narrowed(ctx context.Context, s searcher, anonymous interface {
	Digest(context.Context, string) *acme.Reply
}) {
	s.FTSearch(ctx, "idx", "*")    // want FT.SEARCH
	s.Do(ctx, names.Search, "idx") // want FT.SEARCH
	anonymous.Digest(ctx, "k")     // want DIGEST
}

func generic[S searcher](ctx context.Context, s S) {
	s.FTSearch(ctx, "idx", "*") // want FT.SEARCH
}

func either[C *acme.Client | *acme.Pipe](ctx context.Context, c C) {
	any(c).(searcher).FTSearch(ctx, "idx", "*") // want FT.SEARCH
}

// A pool holds what its type arguments tell.
type pool[C any] struct{ idle []C }

func (p *pool[C]) get() C { return p.idle[0] }

func pooled(ctx context.Context, p *pool[*acme.Client], byName map[string]*pool[*acme.Pipe]) {
	p.get().Digest(ctx, "k")           // want DIGEST
	byName["a"].get().Digest(ctx, "k") // want DIGEST
	first := p.idle[0]
	first.Do(ctx, names.Search) // want FT.SEARCH
}

func loaded(ctx context.Context, clients *sync.Map) {
	found, _ := clients.Load("a")
	found.(*acme.Client).Digest(ctx, "k") // want DIGEST
}

// A session has a client inside of what it embeds.
type session struct{ scope }

type scope struct {
	*acme.Client
	name string
}

func embedded(ctx context.Context, s session) {
	s.Digest(ctx, "k") // want DIGEST
	do := s.Do
	do(ctx, "FT.SEARCH") // want FT.SEARCH
}

// index is no client, and a file that imports one may use it all the same.
type index struct{}

func (index) FTSearch(query string) {}
func (index) Digest(key string)     {}

func other(i index, hash crypto.Hash) {
	i.FTSearch("FT.SEARCH")
	i.Digest("k")
	hash.New().Sum(nil)
}

func built(ctx context.Context, c *acme.Client) {
	arguments := kv.Arguments("q")
	c.Do(ctx, arguments...) // want FT.CURSOR READ
}

func options() *acme.Client {
	o := kv.Options()
	o.Protocol = names.Three // want resp3-enabled
	return acme.New(o)
}
