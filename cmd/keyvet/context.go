package main

import (
	"os"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/analyzer/report"
)

// partOfMore tells whether the roots stand for themselves in a program that is
// larger. Who gives files, as pre-commit does, means these files in their program:
// it is what lies below this folder, if git says that this is one. Elsewhere, in a
// home folder for instance, nobody wants all that is below to be read.
func partOfMore(roots []string) bool {
	for _, root := range roots {
		if info, err := os.Stat(root); err != nil || !info.Mode().IsRegular() {
			return false
		}
	}
	_, _, ok := analyzer.Checkout(".")
	return ok && len(roots) > 0
}

// commit is what is checked out in this folder, nil if that is not known.
func commit() *report.VersionControl {
	_, commit, _ := analyzer.Checkout(".")
	return commit
}
