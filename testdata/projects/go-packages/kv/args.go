package kv

// Args is a command and its arguments.
type Args []any
