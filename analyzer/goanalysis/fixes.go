package goanalysis

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/keyvet/keyvet/analyzer/report"
)

// fixes turns what mends a finding into edits. There is none unless all of it can
// be done in this package, each time in one literal that can be meant.
func (w writer) fixes(f *report.Fix) []analysis.SuggestedFix {
	if f == nil {
		return nil
	}
	var edits []analysis.TextEdit
	for _, stretches := range f.Clients {
		literals := w.options(f.Field, stretches)
		if len(literals) != 1 {
			return nil
		}
		edit, ok := w.addField(literals[0], f.Field+": "+f.Value)
		if !ok {
			return nil
		}
		edits = append(edits, edit)
	}
	return []analysis.SuggestedFix{{
		Message: fmt.Sprintf("set %s to %s", f.Field, f.Value), TextEdits: edits,
	}}
}

// options finds the literals in some code that could be given a field and have not.
func (w writer) options(field string, stretches []report.Stretch) (found []*ast.CompositeLit) {
	for _, s := range stretches {
		start, end := w.places(s.Path, s.Range)
		if !start.IsValid() || !end.IsValid() {
			continue // in another package
		}
		ast.Inspect(w.files.syntax[s.Path], func(n ast.Node) bool {
			literal, ok := n.(*ast.CompositeLit)
			if ok && start <= literal.Pos() && literal.End() <= end && w.lacks(literal, field) && !slices.Contains(found, literal) {
				found = append(found, literal)
			}
			return n == nil || n.End() > start && n.Pos() < end
		})
	}
	return found
}

// lacks tells whether a literal is one of options of a client library that could
// be given a field.
func (w writer) lacks(literal *ast.CompositeLit, field string) bool {
	t := w.pass.TypesInfo.TypeOf(literal)
	if t == nil {
		return false
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem() // an element of a list of pointers, whose type is not written
	}
	options, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for i := range options.NumFields() {
		if f := options.Field(i); f.Name() == field && f.Exported() && f.Pkg() != nil && w.setup.Client(f.Pkg().Path()) {
			return !slices.ContainsFunc(literal.Elts, func(e ast.Expr) bool {
				pair, keyed := e.(*ast.KeyValueExpr)
				if !keyed {
					return true // all fields are given
				}
				key, named := pair.Key.(*ast.Ident)
				return !named || key.Name == field
			})
		}
	}
	return false
}

// addField gives the edit that adds an entry to a literal. Where the file is as
// gofmt has it, it stays so: entries around the new one are aligned with it.
func (w writer) addField(literal *ast.CompositeLit, entry string) (analysis.TextEdit, bool) {
	file := w.pass.Fset.File(literal.Pos())
	src := w.files.source(file.Name())
	if len(src) != file.Size() || w.files.written(file.Name()) != file.Name() {
		return analysis.TextEdit{}, false // it has changed since, or cgo wrote it
	}
	at, text := insertion(w.pass.Fset, literal, src, entry)
	changed := slices.Concat(src[:at], []byte(text), src[at:])
	formatted, err := format.Source(changed)
	if err != nil {
		return analysis.TextEdit{}, false
	}
	if before, err := format.Source(src); err == nil && bytes.Equal(before, src) {
		changed = formatted
	}
	start, end, text := difference(src, changed)
	return analysis.TextEdit{Pos: file.Pos(start), End: file.Pos(end), NewText: []byte(text)}, true
}

// insertion says where the entry goes: behind the last one, on a line of its own if
// that has one.
func insertion(fset *token.FileSet, literal *ast.CompositeLit, src []byte, entry string) (at int, text string) {
	file := fset.File(literal.Pos())
	offset := func(p token.Pos) int { return file.Offset(p) }
	open, closing := offset(literal.Lbrace)+1, offset(literal.Rbrace)
	if len(literal.Elts) == 0 {
		if bytes.ContainsRune(src[open:closing], '\n') {
			return open, "\n" + entry + ","
		}
		return open, entry
	}
	last := offset(literal.Elts[len(literal.Elts)-1].End())
	line := bytes.IndexByte(src[last:closing], '\n')
	if line < 0 || bytes.Contains(src[last:last+line], []byte("/*")) {
		return last, ", " + entry
	}
	return last + line, "\n" + entry + ","
}

// difference gives the stretch in which two texts differ, in whole lines, and what
// the second has there.
func difference(a, b []byte) (start, end int, text string) {
	limit := min(len(a), len(b))
	for start < limit && a[start] == b[start] {
		start++
	}
	start = bytes.LastIndexByte(a[:start], '\n') + 1
	behind := 0
	for behind < limit-start && a[len(a)-1-behind] == b[len(b)-1-behind] {
		behind++
	}
	// Back to the end of a line, that no line is cut in two.
	if tail := a[len(a)-behind:]; behind > 0 {
		if first := bytes.IndexByte(tail, '\n'); first >= 0 {
			behind -= first
		} else {
			behind = 0
		}
	}
	return start, len(a) - behind, string(b[start : len(b)-behind])
}
