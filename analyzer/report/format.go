package report

import (
	"io"
	"slices"
)

// Options say how to write. The zero value is fine for every format, but for
// what Open gives.
type Options struct {
	// Color lets "text" use the colours of a terminal.
	Color bool
	// Category tells apart several SARIF uploads of one commit.
	Category string
	// Open gives the content of a file that the report names, for formats that
	// tell findings apart by the text around them. It may fail: then those
	// formats do without.
	Open func(path string) ([]byte, error)
	// ShowSuppressed keeps the findings that are excused in "text" and "sarif".
	// GitHub opens an alert for each of them; GitLab and editors know better.
	ShowSuppressed bool
	// Inventory adds the client libraries in use to "text"; JSON and Markdown have
	// them always.
	Inventory bool
	// VersionControl says which commit was scanned.
	VersionControl *VersionControl
}

// VersionControl names a commit.
type VersionControl struct {
	Repository string // address
	Revision   string
	Branch     string
}

// A Format is a way to write a report.
type Format struct {
	Name    string
	Summary string // what it is for, in a few words
	Write   func(io.Writer, *Report, Options) error
}

// Formats lists all formats. The first is the one for people at a terminal.
func Formats() []Format {
	return []Format{
		{"text", "for people: findings with their source lines, and a summary", openUnlessAsked(writeText)},
		{"json", "the whole inventory, findings or not; see report.schema.json", writeJSON},
		{"sarif", "SARIF 2.1.0, for GitHub code scanning and editors", openUnlessAsked(writeSARIF)},
		{"markdown", "for a comment on a pull request, or a step's summary", openOnly(writeMarkdown)},
		{"github", "annotations of a GitHub workflow run", openOnly(writeGitHub)},
		{"gitlab", "a GitLab code quality report", openOnly(writeGitLab)},
		{"junit", "JUnit XML, for CI servers that show tests", openOnly(writeJUnit)},
		{"checkstyle", "Checkstyle XML, for Jenkins and others", openOnly(writeCheckstyle)},
	}
}

// Lookup gives the format with a name.
func Lookup(name string) (Format, bool) {
	all := Formats()
	i := slices.IndexFunc(all, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return all[i], true
}
