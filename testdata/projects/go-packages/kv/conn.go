package kv

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// A Conn sends.
type Conn struct{ rdb *redis.Client }

// Open makes a Conn.
func Open(rdb *redis.Client) *Conn { return &Conn{rdb} }

func (c *Conn) send(ctx context.Context, args []any) error {
	return c.rdb.Do(ctx, args...).Err()
}

// Send has the shape of an interface that app declares, together with Close.
func (c *Conn) Send(ctx context.Context, args ...any) error {
	return c.send(ctx, args)
}
