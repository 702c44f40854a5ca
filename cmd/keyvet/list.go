package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
)

// maxList bounds a list of paths, in bytes.
const maxList = 256 << 20

// readList reads paths, one a line, or ended by NUL if there is any NUL.
func readList(ctx context.Context, r io.Reader) ([]string, error) {
	src, err := readAll(ctx, io.LimitReader(r, maxList+1))
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("reading the list of paths from standard input: %w", err)
	}
	if len(src) > maxList {
		return nil, fmt.Errorf("the list of paths on standard input is larger than %d MiB", maxList>>20)
	}
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")) // PowerShell writes it
	separator, ending := "\n", "\r"
	if bytes.IndexByte(src, 0) >= 0 {
		separator, ending = "\x00", "" // a name may hold line breaks then
	}
	var names []string
	for name := range bytes.SplitSeq(src, []byte(separator)) {
		if name = bytes.TrimSuffix(name, []byte(ending)); len(name) > 0 {
			names = append(names, string(name))
		}
	}
	return names, nil
}

// readAll reads until the end or until the work is canceled: who types a list by
// hand, or waits for one that does not come, must be able to leave.
func readAll(ctx context.Context, r io.Reader) ([]byte, error) {
	type result struct {
		src []byte
		err error
	}
	done := make(chan result, 1)
	go func() {
		src, err := io.ReadAll(r)
		done <- result{src, err}
	}()
	select {
	case got := <-done:
		return got.src, got.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
