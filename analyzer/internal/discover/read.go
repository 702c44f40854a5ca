package discover

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// The answers for what is no file to read: a folder; a pipe, a device or a socket.
var (
	errFolder     = errors.New("it is a folder")
	errNotRegular = errors.New("not a regular file")
)

// A TooLargeError says that a file was not read because it is larger than the limit.
type TooLargeError struct {
	Path        string
	Size, Limit int64
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%q has %d bytes, more than the limit of %d", e.Path, e.Size, e.Limit)
}

const (
	maxListedName = 64 << 10
	maxList       = 256 << 20
)

// ReadList reads the names of files, one a line, or ended by NUL if there is any NUL in the list.
// Empty names are dropped; lines may end in CR LF.
func ReadList(r io.Reader) ([]string, error) {
	src, err := io.ReadAll(io.LimitReader(r, maxList+1))
	if err != nil {
		return nil, fmt.Errorf("reading the list of files: %w", err)
	}
	if len(src) > maxList {
		return nil, fmt.Errorf("the list of files has more than %d bytes", maxList)
	}
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")) // PowerShell writes it
	separator, ending := []byte("\n"), []byte("\r")
	if bytes.IndexByte(src, 0) >= 0 {
		separator, ending = []byte{0}, nil // a name may hold line breaks then
	}
	var names []string
	number := 0
	for name := range bytes.SplitSeq(src, separator) {
		number++
		name = bytes.TrimSuffix(name, ending)
		if len(name) > maxListedName {
			return nil, fmt.Errorf("the list of files: name %d has %d bytes, more than %d",
				number, len(name), maxListedName)
		}
		if len(name) > 0 {
			names = append(names, string(name))
		}
	}
	return names, nil
}
