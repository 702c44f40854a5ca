// Package core keeps members of a client in fields and parameters.
package core

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// A Sender has only what it needs of a client, so that tests can do without one.
type Sender struct {
	send func(ctx context.Context, args ...any) *redis.Cmd
	log  func(ctx context.Context, args ...any) error
}

// NewSender makes a Sender.
func NewSender(rdb *redis.Client) *Sender {
	return &Sender{send: rdb.Do, log: func(context.Context, ...any) error { return nil }}
}

// Top lists what is sent most.
func (s *Sender) Top(ctx context.Context) error {
	if err := s.log(ctx, "TOPK.LIST"); err != nil {
		return err
	}
	return s.send(ctx, "TOPK.LIST", "words").Err() // want TOPK.LIST
}

func count(ctx context.Context, do func(ctx context.Context, args ...any) *redis.Cmd, word string) error {
	return do(ctx, "TOPK.COUNT", "words", word).Err() // want TOPK.COUNT
}

// Count counts a word.
func Count(ctx context.Context, rdb *redis.Client, word string) error { return count(ctx, rdb.Do, word) }
