package kv

import "context"

// Run is declared in another file than its type.
func (c *Conn) Run(ctx context.Context, args ...any) error { return c.send(ctx, args) }
