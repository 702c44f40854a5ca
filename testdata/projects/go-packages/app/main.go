// Package app uses packages whose declarations lie in several files. Those files
// that declare what it asks for are read, however little they say by themselves.
package app

import (
	"context"

	"github.com/redis/go-redis/v9"

	"example.com/board/kv"
	"example.com/board/names"
	"example.com/board/storage"
)

type sender interface {
	Send(ctx context.Context, args ...any) error
	Close() error
}

// Run asks through a method that is declared in another file than its type, for
// constants in another file, and in a package that is not called like its folder.
func Run(ctx context.Context, rdb *redis.Client) error {
	conn := kv.Open(rdb)
	if err := conn.Run(ctx, "FT.SEARCH", "idx", "*"); err != nil { // want FT.SEARCH
		return err
	}
	if err := rdb.Do(ctx, names.Info, "idx").Err(); err != nil { // want FT.INFO
		return err
	}
	args := []any{names.Alias, "other", "idx"}
	if err := rdb.Do(ctx, args...).Err(); err != nil { // want FT.ALIASADD
		return err
	}
	line := kv.Args{"FT.ALTER", "idx"}
	line = append(line, "SCHEMA", "ADD", "tag", "TAG")
	if err := rdb.Do(ctx, line...).Err(); err != nil { // want FT.ALTER
		return err
	}
	return rdb.Do(ctx, store.List).Err() // want FT._LIST
}

func ask(ctx context.Context, s sender) error {
	defer s.Close()
	return s.Send(ctx, "JSON.GET", "doc") // want JSON.GET
}
