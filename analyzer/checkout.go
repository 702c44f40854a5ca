package analyzer

import (
	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/report"
)

// Checkout says which git working tree a folder lies in, by its top, and which
// commit is checked out there. It reads git's files and runs nothing. The commit
// is nil unless the folder is the top: paths in a report are relative to it.
func Checkout(folder string) (top string, commit *report.VersionControl, ok bool) {
	c, ok := discover.OpenCheckout(folder)
	if !ok {
		return "", nil, false
	}
	if at, err := discover.Resolve(folder); err == nil && at == c.Top {
		commit = &report.VersionControl{Repository: c.Remote, Revision: c.Revision, Branch: c.Branch}
	}
	return c.Top, commit, true
}
