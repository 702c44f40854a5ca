package main

import (
	"strings"

	"github.com/keyvet/keyvet/analyzer/report"
)

func count(n int, thing string) string { return report.Count(n, thing) }

// printable makes a text of several lines harmless for a terminal.
func printable(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = report.Printable(line)
	}
	return strings.Join(lines, "\n")
}

// indent puts blanks before each line that is not empty.
func indent(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = "  " + line
		}
	}
	return strings.Join(lines, "\n")
}
