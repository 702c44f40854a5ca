//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package discover

import (
	"errors"
	"io/fs"
	"syscall"

	"github.com/keyvet/keyvet/analyzer/internal/witness"
)

// Read reads a file into buf, which may be nil and grows as needed, and returns the part that holds
// the file. It follows no symbolic link and refuses whatever is no regular file. A file of more than
// limit bytes is a [TooLargeError]; a limit of 0 is none.
//
// It makes the system calls itself: os.Open would also register each file with the poller, and
// os.ReadFile allocates, which together cost half as much again as reading does.
func Read(path string, buf []byte, limit int64) ([]byte, error) {
	data, _, err := ReadStamped(path, buf, limit)
	return data, err
}

// ReadStamped is Read, and tells by what the file can be recognized. The stamp is as old
// as the content at least.
func ReadStamped(path string, buf []byte, limit int64) ([]byte, witness.Stamp, error) {
	var stamp witness.Stamp
	fd, err := open(path, syscall.O_RDONLY)
	if err != nil {
		return nil, stamp, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	defer syscall.Close(fd)
	var st syscall.Stat_t
	if err := retry(func() error { return syscall.Fstat(fd, &st) }); err != nil {
		return nil, stamp, &fs.PathError{Op: "stat", Path: path, Err: err}
	}
	stamp = witness.Of(&st)
	switch st.Mode & syscall.S_IFMT {
	case syscall.S_IFREG:
	case syscall.S_IFDIR:
		return nil, stamp, &fs.PathError{Op: "read", Path: path, Err: errFolder}
	default:
		return nil, stamp, &fs.PathError{Op: "read", Path: path, Err: errNotRegular}
	}
	if limit > 0 && st.Size > limit {
		return nil, stamp, &TooLargeError{path, st.Size, limit}
	}
	data, err := readAll(fd, path, buf, st.Size, limit)
	return data, stamp, err
}

// readAll trusts the size only as a hint: a file may grow, and those in /proc have none.
func readAll(fd int, path string, buf []byte, size, limit int64) ([]byte, error) {
	if int64(cap(buf)) <= size {
		buf = make([]byte, grown(cap(buf), size))
	}
	buf = buf[:cap(buf)]
	n := 0
	for {
		if n == len(buf) {
			buf = append(buf, 0)
			buf = buf[:cap(buf)]
		}
		got, err := readSome(fd, buf[n:])
		if err != nil {
			return nil, &fs.PathError{Op: "read", Path: path, Err: err}
		}
		n += got
		if limit > 0 && int64(n) > limit {
			return nil, &TooLargeError{path, int64(n), limit}
		}
		if got == 0 || size > 0 && int64(n) == size {
			return buf[:n], nil
		}
	}
}

// readHead reads the beginning of what a directory said is a regular file.
func readHead(path string, buf []byte) ([]byte, error) {
	fd, err := open(path, syscall.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer syscall.Close(fd)
	n, err := readSome(fd, buf)
	if err != nil {
		return nil, err
	}
	return buf[:n], nil
}

// open never waits for the other end of a pipe, even when a file is replaced by one meanwhile.
func open(path string, flags int) (fd int, err error) {
	err = retry(func() (err error) {
		fd, err = syscall.Open(path, flags|syscall.O_CLOEXEC|syscall.O_NONBLOCK|syscall.O_NOFOLLOW, 0)
		return err
	})
	return fd, err
}

func readSome(fd int, buf []byte) (n int, err error) {
	err = retry(func() (err error) {
		n, err = syscall.Read(fd, buf)
		return err
	})
	return max(n, 0), err
}

// retry repeats a system call that a signal broke off; the Go runtime itself sends such signals.
func retry(call func() error) error {
	for {
		if err := call(); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
