package feed

import "github.com/RediSearch/redisearch-go/redisearch"

// An index is what this package needs of the client.
type index interface {
	CreateIndex(*redisearch.Schema) error
	Info() (*redisearch.IndexInfo, error)
}

// A Feed has a client that only the function that makes it puts there.
type Feed struct {
	index index
}

func New(address string) (f Feed, err error) {
	f.index = redisearch.NewClient(address, "feed")
	if info, _ := f.index.Info(); info != nil { // want FT.INFO
		return f, nil
	}
	return f, f.Create()
}

func (f Feed) Create() error {
	return f.index.CreateIndex(redisearch.NewSchema(redisearch.DefaultOptions)) // want FT.CREATE
}

// A Log has the same members, and no client.
type Log struct {
	index index
}

type memory struct{}

func (memory) CreateIndex(*redisearch.Schema) error { return nil }

func (memory) Info() (*redisearch.IndexInfo, error) { return nil, nil }

func NewLog() *Log {
	l := &Log{}
	l.index = memory{}
	return l
}

func (l *Log) Create() error {
	return l.index.CreateIndex(nil)
}
