//go:build darwin || freebsd

package witness

import "syscall"

// exactTimes tells whether a path lies in one of the file systems that are kept by this
// machine alone, with a time of the inode's last change.
func exactTimes(path string) bool {
	var st syscall.Statfs_t
	if syscall.Statfs(path, &st) != nil {
		return false
	}
	var name []byte
	for _, c := range st.Fstypename {
		if c == 0 {
			break
		}
		name = append(name, byte(c))
	}
	switch string(name) {
	case "apfs", "hfs", "ufs", "zfs", "tmpfs":
		return true
	}
	return false
}
