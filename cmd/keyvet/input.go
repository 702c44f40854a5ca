package main

import (
	"fmt"
	"io"
	"os"
)

// maxInput bounds a baseline or a report that is read, in bytes: a link to a device would fill the memory.
const maxInput = 512 << 20

// readInput reads a file, or a pipe, that a flag or an argument names.
func readInput(name string, limit int64) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err == nil && int64(len(data)) > limit {
		return nil, fmt.Errorf("it has more than %d MiB", limit>>20)
	}
	return data, err
}
