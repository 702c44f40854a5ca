package detect

import (
	"github.com/keyvet/keyvet/analyzer/internal/fault"
	"github.com/keyvet/keyvet/analyzer/internal/link"
)

// A Fault is a file that the detector did not get through, by a mistake of its own. What it found in the file until then
// holds.
type Fault struct {
	Path   string
	Reason string
}

// guard looks at a file, or asks a question about it, and takes down if that fails. What was being evaluated then is
// forgotten, so that other questions do not take it for a cycle.
func (f *finder) guard(file *link.File, look func()) {
	said := fault.Of(look)
	if said == "" {
		return
	}
	if !f.faulty[file] {
		f.faulty[file] = true
		f.faults = append(f.faults, Fault{file.Path, "internal fault while looking for uses in it: " + said + "; " + fault.Report})
	}
	f.abandon()
}

// abandon forgets what is known only while a question is asked.
func (e *evaluator) abandon() {
	clear(e.active)
	clear(e.provisional)
	clear(e.finding)
	clear(e.reading)
	clear(e.importing)
	e.unsure = nil
	e.depth, e.nested, e.calling = 0, 0, 0
	e.sending = false
}
