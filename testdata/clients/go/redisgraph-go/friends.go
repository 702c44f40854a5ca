// Package friends asks a graph by nothing but members that other libraries have
// too: what makes the graph is what gives it away.
package friends

import (
	"github.com/RedisGraph/redisgraph-go"
	"github.com/gomodule/redigo/redis"
)

func count(pool *redis.Pool) (int, error) {
	graph := redisgraph.GraphNew("social", pool.Get())
	res, err := graph.Query("MATCH (p:Person) RETURN count(p)") // want graph-command
	if err != nil {
		return 0, err
	}
	return res.Record().GetByIndex(0).(int), nil
}
