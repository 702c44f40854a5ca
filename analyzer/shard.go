package analyzer

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/keyvet/keyvet/analyzer/report"
)

// A Shard is one of several parts of a report. Each is judged with what the whole
// project knows, so the parts together say what one scan says. Which part a file is in
// depends on its path and on nothing else. What is about no file in particular (counts,
// notes, what was skipped, the inventory of clients) is in the first part.
type Shard struct {
	Index, Of int // from 1; the zero Shard is the whole
}

func (s Shard) part() bool { return s.Of > 1 }

func (s Shard) first() bool { return !s.part() || s.Index == 1 }

// holds tells whether a file, named as in the report, is in the part.
func (s Shard) holds(path string) bool {
	if !s.part() {
		return true
	}
	hash := sha256.Sum256([]byte(path))
	return int(binary.BigEndian.Uint64(hash[:])%uint64(s.Of)) == s.Index-1
}

// cut leaves in a report what is in the part.
func (s Shard) cut(r *report.Report) {
	if !s.first() {
		r.Files, r.Skipped, r.Notes, r.Clients = report.Counts{}, nil, nil, nil
	}
	if s.part() {
		paths := r.Paths[:0]
		for _, path := range r.Paths {
			if s.holds(path) {
				paths = append(paths, path)
			}
		}
		r.Paths = paths
	}
}
