package redisearch

import (
	"os"
	"testing"
)

func createClient(name string) *Client { return NewClient(os.Getenv("REDIS_ADDR"), name) }

func TestDrop(t *testing.T) {
	if err := createClient("drop").Drop(); err != nil { // want search-command
		t.Fatal(err)
	}
}
