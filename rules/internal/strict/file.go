package strict

import (
	"errors"
	"io"
	"os"
)

// ReadFile reads a regular file, or what a link leads to, but not more of it
// than a file may hold: one byte too many is enough for the mistake.
func ReadFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	return io.ReadAll(io.LimitReader(f, MaxBytes+1))
}
