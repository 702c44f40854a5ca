//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package witness

import (
	"errors"
	"syscall"
)

// look asks the system about a path.
func look(path string, follow bool) Stamp {
	var st syscall.Stat_t
	ask := syscall.Lstat
	if follow {
		ask = syscall.Stat
	}
	for {
		switch err := ask(path, &st); {
		case err == nil:
			return Of(&st)
		case !errors.Is(err, syscall.EINTR):
			return Stamp{}
		}
	}
}

// Of makes a Stamp of what the system said.
func Of(st *syscall.Stat_t) Stamp {
	modified, changed := times(st)
	s := Stamp{other, st.Size, modified, changed, uint64(st.Ino), uint64(st.Dev)} //nolint:unconvert // the types differ between systems
	switch st.Mode & syscall.S_IFMT {
	case syscall.S_IFREG:
		s.kind = file
	case syscall.S_IFDIR:
		s.kind = folder
	}
	return s
}
