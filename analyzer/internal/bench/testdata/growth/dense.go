package articles

import (
	"context"

	"github.com/redis/go-redis/v9"
)

func articles(ctx context.Context, store *redis.Client) {
	// each
	store.JSONGet(ctx, "article:NUMBER")
	// end
}
