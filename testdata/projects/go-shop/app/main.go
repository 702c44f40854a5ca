package main

import (
	"context"

	"github.com/redis/go-redis/v9"
	"go.uber.org/fx"

	"example.com/shop/store"
)

type Params struct {
	fx.In

	Redis redis.UniversalClient
	Search *redis.Client `name:"search"`
}

type Config struct{ Addr string; Resp int }

func provideOptions(cfg Config) *redis.Options {
	o := &redis.Options{Addr: cfg.Addr}
	o.Protocol = 2 // want resp2-pinned
	o.UnstableResp3 = true
	return o
}

func provideClient(lc fx.Lifecycle, o *redis.Options) (redis.UniversalClient, error) {
	return redis.NewClient(o), nil
}

type Service struct{ p Params }

func NewService(p Params) *Service { return &Service{p: p} }

func (s *Service) Do(ctx context.Context) {
	s.p.Redis.FTSearch(ctx, "idx", "q") // want FT.SEARCH
	s.p.Search.FTInfo(ctx, "idx") // want FT.INFO
}

var clients = map[string]*redis.Client{}

var shared redis.Cmdable

func pick(name string) *redis.Client { return clients[name] }

func init() { shared = redis.NewClusterClient(&redis.ClusterOptions{Protocol: 3}) } // want resp3-enabled

func main() {
	ctx := context.Background()
	fx.New(fx.Provide(provideOptions, provideClient, NewService), fx.Invoke(func(c redis.UniversalClient) {
		c.JSONGet(ctx, "k") // want JSON.GET
	}))
	pick("a").JSONSet(ctx, "k", "$", 1) // want JSON.SET
	clients["b"].TSAdd(ctx, "k", 1, 2)  // want TS.ADD
	shared.BFAdd(ctx, "k", 1)           // want BF.ADD
	for _, c := range clients {
		c.CFAdd(ctx, "k", 1) // want CF.ADD
	}
	opt, _ := redis.ParseURL("redis://localhost/0?protocol=3") // want resp3-enabled
	rdb := redis.NewClient(opt)
	defer rdb.Close()
	do := rdb.Do
	do(ctx, "FT.SEARCH", "idx") // want FT.SEARCH
	go func() { rdb.FTAggregate(ctx, "idx", "*") }() // want FT.AGGREGATE
	r := store.New(rdb)
	r.Find(ctx, "x")
	var c = ctx.Value("rdb").(*redis.Client)
	c.TopKAdd(ctx, "k", 1) // want TOPK.ADD
	if c, ok := ctx.Value("rdb").(redis.Cmdable); ok {
		c.TDigestAdd(ctx, "k", 1) // want TDIGEST.ADD
	}
	switch c := ctx.Value("x").(type) {
	case *redis.ClusterClient:
		c.CMSInfo(ctx, "k") // want CMS.INFO
	case *redis.Ring:
		c.CFInfo(ctx, "k") // want CF.INFO
	}
}
