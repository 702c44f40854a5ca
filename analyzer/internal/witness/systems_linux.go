package witness

import "syscall"

// exactTimes tells whether a path lies in one of the file systems that are kept by this
// machine alone, with a time of the inode's last change.
func exactTimes(path string) bool {
	var st syscall.Statfs_t
	if syscall.Statfs(path, &st) != nil {
		return false
	}
	switch uint32(st.Type) {
	case 0xef53, // ext2, ext3, ext4
		0x58465342, // XFS
		0x9123683e, // Btrfs
		0xf2f52010, // F2FS
		0x2fc12fc1, // ZFS
		0xca451a4e, // bcachefs
		0x01021994, // tmpfs
		0x858458f6, // ramfs
		0x794c7630: // overlayfs, whose layers are of the kinds above
		return true
	}
	return false
}
