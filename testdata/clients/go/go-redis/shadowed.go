package core

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// Open calls the client as the package is called.
func Open(ctx context.Context) error {
	redis := redis.NewClient(&redis.Options{Addr: "localhost:6379", Protocol: 2}) // want resp2-pinned
	return redis.JSONSet(ctx, "cart", "$", "{}").Err()                            // want JSON.SET
}

// Drop does so with a parameter.
func Drop(ctx context.Context, redis *redis.Client) error {
	return redis.JSONDel(ctx, "cart", "$").Err() // want JSON.DEL
}
