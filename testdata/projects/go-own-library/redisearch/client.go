// Package redisearch is the library itself: what it sends, it sends for others.
package redisearch

import "github.com/gomodule/redigo/redis"

// A Client searches.
type Client struct {
	pool *redis.Pool
	name string
}

// NewClient makes a client.
func NewClient(addr, name string) *Client {
	return &Client{&redis.Pool{Dial: func() (redis.Conn, error) { return redis.Dial("tcp", addr) }}, name}
}

// Drop drops the index.
func (i *Client) Drop() error {
	_, err := i.pool.Get().Do("FT.DROP", i.name)
	return err
}
