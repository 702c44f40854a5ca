package witness

import (
	"fmt"

	"github.com/keyvet/keyvet/analyzer/internal/wire"
)

// A Stamp is what the system says of a file without reading it.
type Stamp struct {
	kind              kind
	size              int64
	modified, changed int64 // in nanoseconds since 1970
	inode, device     uint64
}

// A kind is what a path leads to.
type kind uint8

const (
	absent kind = iota // or out of reach
	file
	folder
	other // a link, a device
)

// Size is how many bytes the file has.
func (s Stamp) Size() int64 { return s.size }

// Code writes or reads a stamp.
func (s *Stamp) Code(c *wire.Coder) {
	wire.Number(c, &s.kind)
	if s.kind > other {
		c.Fail()
	}
	if s.kind == absent {
		return
	}
	wire.Number(c, &s.size)
	wire.Number(c, &s.modified)
	after := s.changed - s.modified
	wire.Number(c, &after)
	if c.Reading() {
		s.changed = s.modified + after
	}
	c.Unsigned(&s.inode)
	c.Unsigned(&s.device)
}

// LookAt gives the stamp of what is at a path.
func LookAt(path string) Stamp { return look(path, false) }

// Look gives the stamp of what a path leads to.
func Look(path string) Stamp { return look(path, true) }

// String is a text that differs from that of any other stamp.
func (s Stamp) String() string {
	return fmt.Sprint(s.kind, s.size, s.modified, s.changed, s.inode, s.device)
}
