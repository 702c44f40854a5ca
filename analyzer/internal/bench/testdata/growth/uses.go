// Package articles has the articles of a shop.
package articles

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"
)

var store = redis.NewClient(&redis.Options{Addr: "store:6379"})

// each
// ArticleNUMBER gives an article with the sum of its lines.
func ArticleNUMBER(ctx context.Context, key string, amounts, cents []int) (string, int, error) {
	total := 0
	for i, amount := range amounts {
		if amount < 0 {
			return "", 0, fmt.Errorf("line %d gives back more than was bought", i)
		}
		total += amount * cents[i]
	}
	found, err := store.JSONGet(ctx, fmt.Sprintf("article:%s:%d", key, NUMBER)).Result()
	return found, total, err
}
