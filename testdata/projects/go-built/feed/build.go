package feed

import (
	"context"
	"strings"

	"example.com/feed/text"
	"github.com/redis/go-redis/v9"
)

// Commands that are put together by one function and sent by another are found
// where they are sent.
func arguments(command, index string, limit int) ([]any, int) {
	args := []any{command, index}
	if limit > 0 {
		args = append(args, "MAX", limit)
	}
	return args, len(args)
}

func only(command string) []any {
	return []any{command, "feed"}
}

func Send(ctx context.Context, rdb *redis.Client, prefix string) {
	args, n := arguments("FT.SUGGET", prefix, 5)
	rdb.Do(ctx, args...) // want FT.SUGGET
	_ = n
	rdb.Do(ctx, only("FT.INFO")...) // want FT.INFO
	rdb.Do(ctx, only("TYPE")...)

	rdb.Do(ctx, text.Any(strings.Split("FT.CREATE feed ON JSON SCHEMA $.title AS title TEXT", " "))...) // want FT.CREATE
	rdb.Do(ctx, text.Appended(strings.Fields("FT.DROPINDEX feed"))...)                                  // want FT.DROPINDEX
	rdb.Do(ctx, text.Any(strings.Fields("EXISTS feed:1"))...)
}
