package main

import (
	"github.com/gomodule/redigo/redis"

	"example.com/shop/search"
)

var pool = &redis.Pool{Dial: func() (redis.Conn, error) { return redis.Dial("tcp", ":6379") }}

func openIndex() *search.Index { return &search.Index{Conn: pool.Get()} }

func ping() {
	conn := pool.Get()
	defer conn.Close()
	conn.Do("PING")
	conn.Send("TS.ADD", redis.Args{}.Add("k").AddFlat([]int{1, 2})...) // want TS.ADD
	conn.Do("HELLO", "AUTH", "default", "secret")
	conn.Do("HELLO", 3) // want resp3-enabled
}
