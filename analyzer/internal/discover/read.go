package discover

import (
	"errors"
	"fmt"
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
