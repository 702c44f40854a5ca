// Package options gives commands their options by the fields of structs and by builders.
package options

import (
	"context"

	"github.com/redis/go-redis/v9"
	"github.com/redis/rueidis"
)

func structs(ctx context.Context, rdb *redis.Client, verbatim bool) error {
	rdb.SetArgs(ctx, "k", "v", redis.SetArgs{Mode: "NX"})
	rdb.SetArgs(ctx, "k", "v", redis.SetArgs{Mode: "IFEQ", MatchValue: "old"})
	rdb.SetArgs(ctx, "k", "v", redis.SetArgs{
		Mode:        "IFDEQ", // want unsupported-option
		MatchDigest: 1,
	})
	rdb.XAdd(ctx, &redis.XAddArgs{Stream: "s", MaxLen: 100, Values: "v"})
	add := &redis.XAddArgs{Stream: "s", Values: "v"}
	add.Mode = "KEEPREF" // want unsupported-option
	rdb.XAdd(ctx, add)
	rdb.XTrimMaxLenMode(ctx, "s", 100, "DELREF") // want unsupported-option
	rdb.FTCreate(ctx, "idx", &redis.FTCreateOptions{
		OnHash: true,
		NoHL:   false,
		Filter: "@price > 0", // want unsupported-option
	}, &redis.FieldSchema{
		FieldName: "title",
		FieldType: redis.SearchFieldTypeText, // want unsupported-option
	}, &redis.FieldSchema{FieldName: "tag", FieldType: redis.SearchFieldTypeTag})
	schema := []*redis.FieldSchema{
		{FieldName: "price", FieldType: redis.SearchFieldTypeNumeric},
		{FieldName: "shop", FieldType: redis.SearchFieldTypeGeo}, // want unsupported-option
	}
	rdb.FTCreate(ctx, "idx", nil, schema...)
	return rdb.FTSearchWithArgs(ctx, "idx", "*", &redis.FTSearchOptions{
		DialectVersion: 1,    // want unsupported-option
		WithScores:     true, // want unsupported-option
		NoContent:      true,
		Verbatim:       verbatim, // want unsupported-option
	}).Err()
}

func builders(client rueidis.Client) []rueidis.Completed {
	return []rueidis.Completed{
		client.B().FtSearch().Index("idx").Query("*").Dialect(2).Build(),
		client.B().FtSearch().Index("idx").Query("*").
			Withscores(). // want unsupported-option
			Dialect(1).   // want unsupported-option
			Build(),
		client.B().Set().Key("k").Value("v").Ex(10).Build(),
		client.B().Set().Key("k").Value("v").Ifdne("d").Build(),       // want unsupported-option
		client.B().Bitop().Diff().Destkey("to").Key("a", "b").Build(), // want unsupported-option
	}
}
