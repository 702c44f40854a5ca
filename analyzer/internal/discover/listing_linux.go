package discover

import (
	"encoding/binary"
	"syscall"
)

// The layout of struct linux_dirent64: inode 8, offset 8, record length 2, type 1, name. An inode of
// 0 is no sign of a deleted name here; some FUSE file systems number nothing.
const (
	direntLength = 16
	direntType   = 18
	direntName   = 19
)

// read fills the listing with what is in a folder, in no order. It asks the kernel itself: os.ReadDir
// sorts, and makes a string and an interface value for each name, most of which are not wanted.
// After an error the listing holds what came before it.
func (l *listing) read(path string) error {
	l.reset()
	fd, err := open(path, syscall.O_RDONLY|syscall.O_DIRECTORY)
	if err != nil {
		return err
	}
	defer syscall.Close(fd)
	if l.raw == nil {
		l.raw = make([]byte, 64<<10)
	}
	for {
		n := 0
		err := retry(func() (err error) {
			n, err = syscall.ReadDirent(fd, l.raw)
			return err
		})
		if err != nil || n <= 0 {
			return err
		}
		l.parse(l.raw[:n])
	}
}

func (l *listing) parse(raw []byte) {
	for len(raw) > direntName {
		size := int(binary.NativeEndian.Uint16(raw[direntLength:]))
		if size <= direntName || size > len(raw) {
			return // no kernel does this
		}
		name := raw[direntName:size]
		for i, c := range name {
			if c == 0 {
				name = name[:i]
				break
			}
		}
		kind := direntKind(raw[direntType])
		raw = raw[size:]
		if string(name) == "." || string(name) == ".." {
			continue
		}
		from := len(l.names)
		l.names = append(l.names, name...)
		l.entries = append(l.entries, entry{from, len(l.names), kind})
	}
}

func direntKind(t byte) kind {
	switch t {
	case syscall.DT_UNKNOWN:
		return kindUnknown
	case syscall.DT_REG:
		return kindFile
	case syscall.DT_DIR:
		return kindFolder
	case syscall.DT_LNK:
		return kindSymlink
	}
	return kindOther
}
