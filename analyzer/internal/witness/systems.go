package witness

import (
	"sync"
	"time"
)

// systems remembers which devices keep times that can be relied on.
type systems struct {
	mu    sync.Mutex
	known map[uint64]bool
}

// margin is more than the granularity of any file system's times: FAT counts in two
// seconds.
const margin = 2500 * time.Millisecond

// settled tells whether a file that is read at a time, or later, can be recognized by
// its stamp alone.
func (s *systems) settled(path string, stamp Stamp, read time.Time) bool {
	limit := read.Add(-margin).UnixNano()
	return (stamp.kind == file || stamp.kind == folder) && stamp.inode != 0 &&
		stamp.modified < limit && stamp.changed < limit &&
		s.exact(path, stamp.device)
}

func (s *systems) exact(path string, device uint64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, ok := s.known[device]; ok {
		return known
	}
	if s.known == nil {
		s.known = make(map[uint64]bool)
	}
	s.known[device] = exactTimes(path)
	return s.known[device]
}
