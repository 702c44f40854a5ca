package store

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	. "example.com/helpers"
	r "github.com/redis/go-redis/v9"
	"github.com/redis/rueidis"
)

//go:embed search.lua
var searchScript string

var (
	//go:embed "count.lua"
	countScript []byte

	//go:embed *.lua
	all string
)

type Command string

const (
	Search    Command = "FT.SEARCH"
	Aggregate Command = "FT.AGGREGATE"
	prefix            = "FT" + "."
)

// Store keeps documents.
type Store struct {
	*r.Client
	rueidis.Client
	name, index string `json:"name"`
	args        []any
	on          func(string) (bool, error)
}

type Searcher interface {
	r.Cmdable
	Search(ctx context.Context, q string, args ...any) (*Result, error)
	Close()
}

type Cache[K comparable, V any] struct {
	items map[K]V
}

type Alias = r.Client

func New(ctx context.Context, addr string) *Store {
	opt := &r.Options{Addr: addr, Protocol: 2}
	opt.UnstableResp3 = true
	c := r.NewClient(opt)
	return &Store{Client: c, index: "idx"}
}

func (s *Store) Search(ctx context.Context, q string) (res []string, err error) {
	args := []any{"FT.SEARCH", s.index}
	args = append(args, q, "LIMIT", 0, 10)
	s.args = append(s.args, args...)
	cmd := s.Do(ctx, args...) //nolint:errcheck
	if cmd.Err() != nil {
		return
	}
	pipe := s.Client.Pipeline()
	defer pipe.Close()
	pipe.Do(ctx, fmt.Sprintf("%s%s", prefix, "INFO"), s.index)
	for _, t := range []struct {
		name string
		cmd  Command
	}{{"a", Search}, {"b", Aggregate}} {
		go func() { pipe.Do(ctx, string(t.cmd)) }()
	}
	return nil, cmd.Err()
}

func (c *Cache[K, V]) Get(k K) V { return c.items[k] }

func (o *Other) run(cmd string, args ...string) rueidis.RedisResult {
	b := o.client.B().Arbitrary(strings.ToUpper(cmd))
	switch v := o.any.(type) {
	case *r.Client:
		return v.Do(o.ctx, cmd) // keyvet:ignore search-command wanted here
	case rueidis.Client, nil:
		o.last = v
	}
	return o.client.Do(o.ctx, b.Args(args...).Build())
}

// keyvet:ignore json-command the whole function
func script(ctx context.Context, c r.Scripter) {
	src := `local x = redis.call("JSON.GET", KEYS[1])
return x`
	r.NewScript(src).Run(ctx, c, []string{"k"})
	c.Eval(ctx, "return redis.call('"+string(Search)+"', KEYS[1])", nil)
	handlers := map[string]func(context.Context) error{
		"ft.search": func(ctx context.Context) error { return c.ScriptFlush(ctx).Err() },
	}
	_ = handlers["ft.search"](ctx)
	_ = Must[int](Try[string, error](ctx, src))
}
