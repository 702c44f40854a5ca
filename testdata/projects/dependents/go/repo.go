package repo

import (
	"github.com/redis/rueidis"
	"github.com/redis/rueidis/om" // want module-dependent-package
)

type Item struct {
	Key string `redis:",key"`
}

func New(c rueidis.Client) om.Repository[Item] {
	return om.NewHashRepository("item", Item{}, c)
}
