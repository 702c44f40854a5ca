package report

import (
	"encoding/xml"
	"io"
	"strings"
)

// writeCheckstyle writes the XML of Checkstyle, which many tools read.
// Findings of one file stand together, as uses are in the order of their paths.
func writeCheckstyle(w io.Writer, r *Report, _ Options) error {
	p := newPrinter(w)
	p.print(xml.Header + "<checkstyle version=\"5.0\">\n")
	open := ""
	for _, f := range r.Findings {
		u := r.use(f)
		if u == nil || p.failed() {
			continue
		}
		if name := attribute(u.Path); name != open {
			p.endFile(open)
			open = name
			p.print("  <file name=" + name + ">\n")
		}
		severity := [...]string{"error", "warning", "info"}[rank(f.Severity)]
		p.printf("    <error line=\"%d\" column=\"%d\" severity=%q message=%s source=%s/>\n",
			max(u.Range.Start.Line, 1), max(physical(u).Region.StartColumn, 1), severity,
			attribute(f.Message), attribute("keyvet."+f.Rule))
	}
	p.endFile(open)
	p.print("</checkstyle>\n")
	return p.flush()
}

func (p *printer) endFile(open string) {
	if open != "" {
		p.print("  </file>\n")
	}
}

func attribute(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(Printable(s))) // a Builder does not fail
	return `"` + b.String() + `"`
}
