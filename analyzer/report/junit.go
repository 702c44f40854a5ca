package report

import (
	"encoding/xml"
	"fmt"
	"io"
)

// writeJUnit writes the XML of JUnit, which CI servers show as failed tests: a
// suite for each file, a test for each finding, in the shape that golangci-lint
// gives it. A report without findings has no suite.
func writeJUnit(w io.Writer, r *Report, _ Options) error {
	p := newPrinter(w)
	p.print(xml.Header + "<testsuites>\n")
	for start := 0; start < len(r.Findings) && !p.failed(); {
		u := r.use(r.Findings[start])
		if u == nil {
			start++
			continue
		}
		end := start + 1
		for end < len(r.Findings) && r.use(r.Findings[end]) != nil && r.use(r.Findings[end]).Path == u.Path {
			end++
		}
		n := end - start
		p.printf("  <testsuite name=%s tests=\"%d\" errors=\"0\" failures=\"%d\">\n", attribute(u.Path), n, n)
		for _, f := range r.Findings[start:end] {
			p.testCase(f, r.use(f))
		}
		p.print("  </testsuite>\n")
		start = end
	}
	p.print("</testsuites>\n")
	return p.flush()
}

func (p *printer) testCase(f Finding, u *Use) {
	place := fmt.Sprintf("%s:%d:%d", u.Path, max(u.Range.Start.Line, 1), max(physical(u).Region.StartColumn, 1))
	p.printf("    <testcase name=%s classname=%s>\n", attribute("keyvet."+f.Rule), attribute(place))
	p.printf("      <failure message=%s type=%s>%s</failure>\n",
		attribute(place+": "+f.Message), attribute(f.Severity), content(f.Severity+": "+f.Message))
	p.print("    </testcase>\n")
}

// content escapes a text between two tags.
func content(s string) string {
	quoted := attribute(s)
	return quoted[1 : len(quoted)-1]
}
