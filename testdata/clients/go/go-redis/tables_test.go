package catalog

import (
	"context"
	"testing"

	"github.com/redis/go-redis/v9"
)

// Tests that are tables often declare types of one name, each inside of its own
// function.

func TestTitle(t *testing.T) {
	type fields struct {
		store titles
	}
	f := fields{}
	f.store.JSONGet("book:1")
}

type titles struct{}

func (titles) JSONGet(string) string { return "" }

func TestPrice(t *testing.T) {
	type fields struct {
		store *redis.Client
	}
	f := fields{}
	f.store.JSONGet(context.Background(), "book:1") // want JSON.GET
}

func TestPrices(t *testing.T) {
	type args struct {
		f struct{ store *redis.Client }
	}
	type fields struct {
		args
		store *redis.ClusterClient
	}
	f := fields{}
	f.store.JSONMGet(context.Background(), "$", "book:1") // want JSON.MGET
}
