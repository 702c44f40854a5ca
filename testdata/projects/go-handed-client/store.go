// Package store is handed a client whose members are called like anybody's: that the
// file names the client's type is all that its bytes say.
package store

import "github.com/RediSearch/redisearch-go/v2/redisearch"

type Store struct {
	client *redisearch.Client
	name   string
}

func New(client *redisearch.Client, name string) *Store {
	return &Store{client: client, name: name}
}

func (s *Store) Ready() bool {
	info, err := s.client.Info() // want FT.INFO
	return err == nil && info.Name == s.name
}

func (s *Store) Close() error {
	return s.client.Drop() // want FT.DROP
}
