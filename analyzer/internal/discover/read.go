package discover

import (
	"errors"
	"fmt"

	"github.com/keyvet/keyvet/analyzer/internal/witness"
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

// ReadNoted is Read, and has it taken down, unless w is nil.
func ReadNoted(w *witness.Witness, path string, buf []byte, limit int64) ([]byte, error) {
	data, stamp, err := ReadStamped(path, buf, limit)
	switch {
	case errors.Is(err, errFolder) || errors.Is(err, errNotRegular):
		w.There(path)
		return nil, err
	case err != nil:
		w.Unread(path, err)
		return nil, err
	}
	w.File(path, stamp, data)
	return data, nil
}

// grown is how large a buffer is to be for a file that did not fit. One that is used again and again doubles, for larger
// files may follow.
func grown(buffer int, size int64) int64 { return max(size+1, int64(2*buffer)) }
