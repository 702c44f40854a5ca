package core

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// Change declares a name anew in each block.
func Change(ctx context.Context, rdb *redis.Client, change string) {
	switch change {
	case "add":
		args := []any{"JSON.SET", "cart"}
		args = append(args, "$", "{}")
		rdb.Do(ctx, args...) // want JSON.SET
	case "drop":
		args := []any{"JSON.DEL", "cart"}
		go func() { rdb.Do(ctx, args...) }() // want JSON.DEL
	default:
		args := []any{"DEL", "cart"}
		rdb.Do(ctx, args...)
	}
	command := "CF.ADD"
	if change == "once" {
		command = "CF.ADDNX"
	}
	rdb.Do(ctx, command, "seen", "cart") // want CF.ADD, CF.ADDNX
}
