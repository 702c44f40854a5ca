//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package witness

import "os"

// look asks the system about a path. There is no time here that programs cannot set, so
// that no stamp is ever settled.
func look(path string, follow bool) Stamp {
	ask := os.Lstat
	if follow {
		ask = os.Stat
	}
	info, err := ask(path)
	if err != nil {
		return Stamp{}
	}
	return Of(info)
}

// Of makes a Stamp of what the system said.
func Of(info os.FileInfo) Stamp {
	s := Stamp{kind: other, size: info.Size(), modified: info.ModTime().UnixNano()}
	switch {
	case info.Mode().IsRegular():
		s.kind = file
	case info.IsDir():
		s.kind = folder
	}
	return s
}
