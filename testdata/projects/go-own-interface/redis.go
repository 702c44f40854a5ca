package shop

import (
	"context"

	"github.com/redis/go-redis/v9"
)

type redisCatalogue struct{ rdb redis.Cmdable }

func (c *redisCatalogue) FTSearch(ctx context.Context, query string) ([]string, error) {
	found, err := c.rdb.FTSearch(ctx, "articles", query).Result() // want FT.SEARCH
	if err != nil {
		return nil, err
	}
	return make([]string, found.Total), nil
}

func (c *redisCatalogue) TSAdd(ctx context.Context, key string, value float64) error {
	return c.rdb.TSAdd(ctx, key, "*", value).Err() // want TS.ADD
}

// A searcher is the part of a client that somebody needs: what it gives is the library's.
type searcher interface {
	FTSearch(ctx context.Context, index, query string) *redis.FTSearchCmd
}

func find(ctx context.Context, s searcher) error {
	return s.FTSearch(ctx, "articles", "*").Err() // want FT.SEARCH
}
