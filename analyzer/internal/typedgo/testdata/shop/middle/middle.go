// Package middle knows the client only through package kv.
package middle

import (
	"context"

	"example.com/shop/kv"
)

// Default is the store of the program.
var Default *kv.Store

// A Shelf is a store with a name.
type Shelf struct {
	*kv.Store
	Name string
}

// Run wraps what is a wrapper.
func Run(ctx context.Context, command string) error {
	return Default.Do(ctx, command, "middle")
}
