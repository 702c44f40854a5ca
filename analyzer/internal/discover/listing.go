package discover

import (
	"errors"
	"io/fs"
	"os"
)

var errNoFolder = errors.New("not a folder")

// A listing is what one folder holds. It is used again and again by one worker: the names lie one
// after the other in one buffer, and only those that are kept become strings.
type listing struct {
	entries []entry
	names   []byte
	raw     []byte // for the system call
}

// An entry is one name and what the folder says it is.
type entry struct {
	from, to int // in the names of the listing
	kind     kind
}

// A kind is what an entry is.
type kind uint8

const (
	kindUnknown kind = iota // some file systems do not say
	kindFile
	kindFolder
	kindSymlink
	kindOther // pipes, sockets, devices
)

func (l *listing) reset() {
	l.entries, l.names = l.entries[:0], l.names[:0]
}

func (l *listing) name(e entry) []byte {
	return l.names[e.from:e.to]
}

// readPortable fills the listing through package os. It is also what the tests compare with where
// there is a faster way.
func (l *listing) readPortable(path string) error {
	l.reset()
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return &fs.PathError{Op: "open", Path: path, Err: errNoFolder}
	}
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	found, err := folder.ReadDir(-1)
	for _, e := range found {
		from := len(l.names)
		l.names = append(l.names, e.Name()...)
		l.entries = append(l.entries, entry{from, len(l.names), modeKind(e.Type())})
	}
	return err
}

// modeKind takes a junction of Windows, which os reports as irregular, for what it is: a link.
func modeKind(mode fs.FileMode) kind {
	switch {
	case mode.IsRegular():
		return kindFile
	case mode.IsDir():
		return kindFolder
	case mode&fs.ModeSymlink != 0:
		return kindSymlink
	}
	return kindOther
}
