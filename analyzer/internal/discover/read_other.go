//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package discover

import (
	"io"
	"io/fs"
	"os"

	"github.com/keyvet/keyvet/analyzer/internal/witness"
)

// Read reads a file into buf, which may be nil and grows as needed, and returns the part that holds
// the file. It follows no symbolic link and refuses whatever is no regular file. A file of more than
// limit bytes is a [TooLargeError]; a limit of 0 is none.
func Read(path string, buf []byte, limit int64) ([]byte, error) {
	data, _, err := ReadStamped(path, buf, limit)
	return data, err
}

// ReadStamped is Read, and tells by what the file can be recognized. The stamp is as old
// as the content at least.
func ReadStamped(path string, buf []byte, limit int64) ([]byte, witness.Stamp, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, witness.Stamp{}, err
	}
	data, err := read(path, info, buf, limit)
	return data, witness.Of(info), err
}

func read(path string, info os.FileInfo, buf []byte, limit int64) ([]byte, error) {
	if info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errFolder}
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errNotRegular}
	}
	if limit > 0 && info.Size() > limit {
		return nil, &TooLargeError{path, info.Size(), limit}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if int64(cap(buf)) <= info.Size() {
		buf = make([]byte, grown(cap(buf), info.Size()))
	}
	buf = buf[:cap(buf)]
	for n := 0; ; {
		if n == len(buf) {
			buf = append(buf, 0)
			buf = buf[:cap(buf)]
		}
		got, err := file.Read(buf[n:])
		n += got
		if limit > 0 && int64(n) > limit {
			return nil, &TooLargeError{path, int64(n), limit}
		}
		if err == io.EOF {
			return buf[:n], nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// readHead reads the beginning of what a directory said is a regular file.
func readHead(path string, buf []byte) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	n, err := io.ReadFull(file, buf)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return buf[:n], err
}
