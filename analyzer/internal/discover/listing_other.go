//go:build !linux

package discover

// read fills the listing with what is in a folder, in no order. After an error the listing holds
// what came before it.
func (l *listing) read(path string) error {
	return l.readPortable(path)
}
