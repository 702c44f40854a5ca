//go:build linux || openbsd || dragonfly

package witness

import "syscall"

func times(st *syscall.Stat_t) (modified, changed int64) { return st.Mtim.Nano(), st.Ctim.Nano() }
