package report

import (
	"fmt"
	"io"
	"strings"
)

// maxAnnotations is how many annotations of each level GitHub shows of one step.
// It drops the others in silence.
const maxAnnotations = 10

// writeGitHub writes workflow commands, the worst findings first. What there is
// no room for is said in the last notice.
func writeGitHub(w io.Writer, r *Report, _ Options) error {
	p := newPrinter(w)
	order := worstFirst(r)
	shown, cut := limitAnnotations(r, order)
	for _, i := range shown {
		p.annotation(r.Findings[i], r.use(r.Findings[i]))
	}
	if cut > 0 {
		p.printf("::notice title=keyvet::%s\n", escapeData(fmt.Sprintf(
			"%s are not shown here, for GitHub takes %d of each level; %s in all",
			Count(cut, "more finding"), maxAnnotations, r.Summary())))
	}
	return p.flush()
}

// limitAnnotations keeps what GitHub would show. If something is cut, a notice
// will say so, and there must be room for it.
func limitAnnotations(r *Report, order []int) (shown []int, cut int) {
	counts := make([]int, len(severities()))
	for _, i := range order {
		counts[rank(r.Findings[i].Severity)]++
	}
	limits := make([]int, len(counts))
	over := false
	for i, n := range counts {
		limits[i] = min(n, maxAnnotations)
		over = over || n > maxAnnotations
	}
	if last := len(limits) - 1; over && limits[last] == maxAnnotations {
		limits[last]--
	}
	for _, i := range order {
		if level := rank(r.Findings[i].Severity); limits[level] > 0 {
			limits[level]--
			shown = append(shown, i)
		} else {
			cut++
		}
	}
	return shown, cut
}

func (p *printer) annotation(f Finding, u *Use) {
	command := [...]string{"error", "warning", "notice"}[rank(f.Severity)]
	region := physical(u).Region
	p.printf("::%s file=%s,line=%d,endLine=%d", command, escapeProperty(u.Path), region.StartLine, region.StartLine)
	if region.StartColumn > 0 {
		p.printf(",col=%d,endColumn=%d", region.StartColumn, region.EndColumn)
	}
	p.printf(",title=%s::%s\n", escapeProperty("keyvet "+f.Rule), escapeData(f.Message))
}

func escapeData(s string) string {
	return strings.ReplaceAll(Printable(s), "%", "%25")
}

// escapeProperty also escapes what ends a property. A path stays what it is, line
// breaks and all, for it must match the file's.
func escapeProperty(s string) string {
	s = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
	return Printable(s)
}
