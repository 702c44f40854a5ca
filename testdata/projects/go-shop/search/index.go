// Package search keeps its connection behind an interface of its own, which
// says nothing of the library: what it is can only be seen where it is made.
package search

import "strings"

// Conn sends one command.
type Conn interface {
	Do(name string, args ...any) (any, error)
}

// Index is an index of the server.
type Index struct {
	Conn Conn
	name string
}

// Logger has a member of the same name that sends nothing.
type Logger struct{}

func (Logger) Do(name string, args ...any) (any, error) { return nil, nil }

func (i *Index) exec(name string, args ...any) (any, error) {
	return i.Conn.Do(name, append([]any{i.name}, args...)...)
}

// Drop drops the index.
func (i *Index) Drop() error {
	_, err := i.exec("FT.DROPINDEX", "DD") // want FT.DROPINDEX
	return err
}

// Info asks about the index.
func (i *Index) Info() (any, error) { return i.exec(verb("info")) } // want FT.INFO

func verb(s string) string { return "FT." + strings.ToUpper("info") }
