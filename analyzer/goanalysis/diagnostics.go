package goanalysis

import (
	"fmt"
	"go/token"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/keyvet/keyvet/analyzer/goanalysis/internal/settings"
	"github.com/keyvet/keyvet/analyzer/report"
)

const docs = "https://github.com/keyvet/keyvet/blob/main/docs/"

// The pages that explain: one of this package, and a folder with one for each
// built-in rule.
const (
	page  = docs + "go.md"
	pages = docs + "rules/"
)

// maxChain bounds how many steps of a chain are shown.
const maxChain = 12

// A writer turns findings into diagnostics.
type writer struct {
	pass   *analysis.Pass
	files  *files
	setup  *settings.Setup
	report *report.Report
}

// write reports a finding, unless it is excused, too weak, or in a file that is
// left out.
func (w writer) write(f report.Finding) {
	u := w.report.Judged(f)
	if f.Suppressed != nil || !w.setup.Reports(f.Severity, u.Certainty) || w.leftOut(u.Path) {
		return
	}
	start, end := w.places(u.Path, u.Range)
	if !start.IsValid() {
		return // a manifest: no file of the package
	}
	d := analysis.Diagnostic{
		Pos: start, End: end, Category: f.Rule, Message: fmt.Sprintf("%s [%s]", w.short(f.Message), f.Rule), URL: w.pageOf(f.Rule),
		SuggestedFixes: w.fixes(f.Fix),
	}
	for i, step := range u.Because {
		if i == maxChain {
			d.Related = append(d.Related, analysis.RelatedInformation{Pos: start, Message: "and " + report.Count(len(u.Because)-maxChain, "more step")})
			break
		}
		d.Related = append(d.Related, w.related(step, start))
	}
	w.pass.Report(d)
}

// short names files in a text as they are seen from the module, not by where the
// module lies on this machine.
func (w writer) short(text string) string {
	if w.setup.Module == "" {
		return text
	}
	for name := range w.files.syntax {
		rel, err := filepath.Rel(w.setup.Module, real(name))
		if folder, ok := strings.CutSuffix(name, rel); err == nil && ok && folder != "" {
			return strings.ReplaceAll(text, filepath.ToSlash(folder), "")
		}
	}
	return text
}

// related gives a step of the chain. One in another package stands at the finding.
func (w writer) related(step report.Step, at token.Pos) analysis.RelatedInformation {
	if start, end := w.places(step.Path, step.Range); start.IsValid() {
		return analysis.RelatedInformation{Pos: start, End: end, Message: step.Message}
	}
	return analysis.RelatedInformation{
		Pos: at, Message: w.short(fmt.Sprintf("%s:%d: %s", filepath.ToSlash(step.Path), step.Range.Start.Line, step.Message)),
	}
}

// leftOut tells whether a scan would leave out the file.
func (w writer) leftOut(path string) bool {
	c := w.setup.Config
	path = w.files.written(path)
	return c.LeavesOut(real(path)) || !c.Generated && w.files.generated(path)
}

// pageOf is the address of a built-in rule's page, or of the list, where a user's own
// rule has none.
func (w writer) pageOf(rule string) string {
	if !w.setup.Config.Set.BuiltIn(rule) {
		return pages + "README.md"
	}
	return pages + rule + ".md"
}

// places finds a stretch of a file in the package, no place if it is in none of its
// files.
func (w writer) places(path string, r report.Range) (start, end token.Pos) {
	syntax := w.files.syntax[path]
	if syntax == nil {
		return token.NoPos, token.NoPos
	}
	file := w.pass.Fset.File(syntax.FileStart)
	start = place(file, r.Start)
	if end = place(file, r.End); end < start {
		end = token.NoPos
	}
	return start, end
}

// place turns line and column into a place.
func place(file *token.File, p report.Position) token.Pos {
	if p.Line < 1 || p.Line > file.LineCount() {
		return token.NoPos
	}
	offset := file.Offset(file.LineStart(p.Line)) + max(p.Column-1, 0)
	return file.Pos(min(offset, file.Size()))
}
