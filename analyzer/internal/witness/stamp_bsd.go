//go:build darwin || freebsd || netbsd

package witness

import "syscall"

func times(st *syscall.Stat_t) (modified, changed int64) {
	return st.Mtimespec.Nano(), st.Ctimespec.Nano()
}
