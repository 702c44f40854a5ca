// Package core sends commands of the core that came after the fork. What the
// newest Valkey serves is no finding.
package core

import (
	"context"
	"crypto"
	"time"

	"github.com/redis/go-redis/v9"
)

type digester interface {
	Digest(ctx context.Context, key string) string
}

func commands(ctx context.Context, rdb *redis.Client, other digester, hash crypto.Hash) error {
	rdb.HExpire(ctx, "h", time.Minute, "f")
	rdb.HGetDel(ctx, "h", "f")
	rdb.SetIFEQ(ctx, "k", "new", "old", 0)
	rdb.SetIFNE(ctx, "k", "new", "old", 0)
	rdb.SetIFDEQ(ctx, "k", "new", 1, 0)          // want unsupported-option
	rdb.BitOpDiff(ctx, "to", "a", "b")           // want unsupported-option
	rdb.VAdd(ctx, "v", "a", nil)                 // want VADD
	rdb.XAckDel(ctx, "s", "g", "KEEPREF", "1-0") // want redis-only-command
	other.Digest(ctx, "k")
	pipe := rdb.Pipeline()
	pipe.VSim(ctx, "v", nil)                            // want VSIM
	pipe.Do(ctx, "xadd", "s", "KEEPREF", "*", "f", "v") // want XADD
	pipe.Do(ctx, "XADD", "s", "*", "f", "v")
	pipe.Do(ctx, "CLIENT", "KILL", "IDLE", 10)
	return rdb.Eval(ctx, `return redis.call("DIGEST", KEYS[1])`, []string{"k"}).Err() // want DIGEST
}
