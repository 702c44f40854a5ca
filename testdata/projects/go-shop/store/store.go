package store

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"

	"example.com/shop/cmds"
)

// Doer is a narrow interface.
type Doer interface {
	Do(ctx context.Context, args ...any) *redis.Cmd
}

// Searcher narrows typed methods.
type Searcher interface {
	FTSearch(ctx context.Context, index, query string) *redis.FTSearchCmd
	JSONGet(ctx context.Context, key string, paths ...string) *redis.JSONCmd
}

type Wide interface {
	redis.Cmdable
	Close() error
}

type Store struct {
	*redis.Client
	name string
}

type Repo struct {
	d    Doer
	s    Searcher
	w    Wide
	args []any
}

func New(rdb *redis.Client) *Repo { return &Repo{d: rdb, s: rdb, w: rdb} }

func (r *Repo) Find(ctx context.Context, q string) error {
	if err := r.d.Do(ctx, cmds.Search, "idx", q).Err(); err != nil { // want FT.SEARCH
		return err
	}
	r.s.FTSearch(ctx, "idx", q) // want FT.SEARCH
	r.s.JSONGet(ctx, "k")       // want JSON.GET
	r.w.TSAdd(ctx, "k", 1, 2)   // want TS.ADD
	return r.w.Do(ctx, cmds.Drop, "idx").Err() // want FT.DROPINDEX
}

func (s *Store) Put(ctx context.Context) error {
	s.JSONSet(ctx, "k", "$", 1)         // want JSON.SET
	s.Client.JSONDel(ctx, "k", "$")     // want JSON.DEL
	return s.Do(ctx, cmds.JSet, "k").Err() // want JSON.SET
}

func build(idx string, fields ...string) []any {
	var args []any
	args = append(args, "FT.CREATE", idx)
	for _, f := range fields {
		args = append(args, f, "TEXT")
	}
	return args
}

func named(idx string) (args []any) {
	args = append(args, "FT.ALTER", idx)
	return
}

func filled(idx string, more ...string) []interface{} {
	args := make([]interface{}, len(more)+2)
	args[0] = "FT.DICTADD"
	args[1] = idx
	for i, m := range more {
		args[i+2] = m
	}
	return args
}

func capped(idx string) []any {
	args := make([]any, 0, 4)
	args = append(args, "FT.INFO")
	args = append(args, idx)
	return args
}

func Create(ctx context.Context, rdb redis.UniversalClient) {
	rdb.Do(ctx, build("idx", "a")...)  // want FT.CREATE
	rdb.Do(ctx, named("idx")...)       // want FT.ALTER
	rdb.Do(ctx, filled("idx", "x")...) // want FT.DICTADD
	rdb.Do(ctx, capped("idx")...)      // want FT.INFO
	rdb.Do(ctx, cmds.OpAdd, "k", 1, 2) // want TS.ADD
	rdb.Do(ctx, string(cmds.OpRange), "k") // want TS.RANGE
	rdb.Do(ctx, cmds.OpRange.String(), "k") // want TS.RANGE
	rdb.Do(ctx, cmds.Bloom("bloom"), "k", 1) // want BF.ADD
	rdb.Do(ctx, fmt.Sprintf("%s.%s", "CF", "ADD"), "k", 1) // want CF.ADD
}

type query struct {
	args []any
}

func (q *query) Limit(n int) *query { q.args = append(q.args, "LIMIT", 0, n); return q }
func (q *query) Args() []any        { return q.args }

func newQuery(idx string) *query { return &query{args: []any{"FT.AGGREGATE", idx}} }

func lazyQuery(idx string) *query {
	q := &query{}
	q.args = append(q.args, "FT.EXPLAIN", idx)
	return q
}

func (r *Repo) Agg(ctx context.Context) {
	r.w.Do(ctx, newQuery("idx").Limit(1).Args()...) // want FT.AGGREGATE
	q := lazyQuery("idx")
	r.w.Do(ctx, q.args...) // want FT.EXPLAIN
}

func run[T any](ctx context.Context, c redis.Cmdable, parse func(*redis.Cmd) (T, error), cmd string, args ...any) (T, error) {
	return parse(c.(Doer).Do(ctx, append([]any{cmd}, args...)...))
}

func (r *Repo) Gen(ctx context.Context) {
	run(ctx, r.w, toInt, "CMS.INCRBY", "k", "a", 1) // want CMS.INCRBY
	_, _ = run[int64](ctx, r.w, toInt, "TOPK.ADD", "k", "a") // want TOPK.ADD
}

func toInt(c *redis.Cmd) (int64, error) { return c.Int64() }

type op struct {
	name string
	args []any
}

func (r *Repo) Batch(ctx context.Context) {
	pipe := r.w.Pipeline()
	for _, o := range []op{{"JSON.SET", []any{"k"}}, {name: "JSON.DEL"}} {
		pipe.Do(ctx, append([]any{o.name}, o.args...)...) // want JSON.SET, JSON.DEL
	}
	for _, args := range [][]any{{"BF.ADD", "k"}, {"CF.ADD", "k"}} {
		pipe.Do(ctx, args...) // want BF.ADD, CF.ADD
	}
	_, _ = pipe.Exec(ctx)
	_, _ = r.w.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.JSONSet(ctx, "k", "$", 1) // want JSON.SET
		return p.Process(ctx, redis.NewCmd(ctx, "TDIGEST.ADD", "k", 1)) // want TDIGEST.ADD
	})
	_ = r.watch(ctx, func(tx *redis.Tx) error {
		return tx.BFAdd(ctx, "k", 1).Err() // want BF.ADD
	})
}

func (r *Repo) watch(ctx context.Context, fn func(*redis.Tx) error) error { return nil }
