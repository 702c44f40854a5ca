package redisearch

import (
	"testing"

	"github.com/gomodule/redigo/redis"
)

// This file gets its client from another one of the package.
func TestDropTwice(t *testing.T) {
	c := createClient("twice")
	c.Drop()                                  // want search-command
	if err := c.Drop(); err == redis.ErrNil { // want search-command
		t.Fatal(err)
	}
}
