// Package orders counts what is sold.
package orders

import (
	"context"
	"log"

	"github.com/redis/go-redis/v9"
)

func record(ctx context.Context, rdb *redis.Client, sku string, price float64) error {
	log.Printf("TS.ADD sales:%s", sku) // a text, not a command
	if err := rdb.TSAdd(ctx, "sales:"+sku, "*", price).Err(); err != nil {
		return err
	}
	return rdb.Do(ctx, "TOPK.ADD", "bestsellers", sku).Err()
}
