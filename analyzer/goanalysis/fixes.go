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

// addField gives the edit that adds an entry to a literal.
func (w writer) addField(literal *ast.CompositeLit, entry string) (analysis.TextEdit, bool) {
	file := w.pass.Fset.File(literal.Pos())
	src := w.files.source(file.Name())
	if len(src) != file.Size() || w.files.written(file.Name()) != file.Name() {
		return analysis.TextEdit{}, false // it has changed since, or cgo wrote it
	}
	start, end, text, ok := withEntry(file, literal, src, entry)
	if !ok {
		return analysis.TextEdit{}, false
	}
	return analysis.TextEdit{Pos: file.Pos(start), End: file.Pos(end), NewText: text}, true
}

// withEntry gives a literal one more entry. Where the file is as gofmt has it, it
// stays so: entries around the new one are aligned with it.
func withEntry(file *token.File, literal *ast.CompositeLit, src []byte, entry string) (start, end int, text []byte, ok bool) {
	at, inserted := insertion(file, literal, src, entry)
	changed := slices.Concat(src[:at], []byte(inserted), src[at:])
	formatted, err := format.Source(changed)
	if err != nil {
		return 0, 0, nil, false
	}
	if before, err := format.Source(src); err == nil && bytes.Equal(before, src) {
		changed = formatted
	}
	start, end, text = difference(src, changed)
	return start, end, text, true
}

// insertion says where the entry goes: behind the last one, on a line of its own if
// that has one.
func insertion(file *token.File, literal *ast.CompositeLit, src []byte, entry string) (at int, text string) {
	open, closing := file.Offset(literal.Lbrace)+1, file.Offset(literal.Rbrace)
	if len(literal.Elts) == 0 {
		if bytes.ContainsRune(src[open:closing], '\n') {
			return open, "\n" + margin(src, open) + "\t" + entry + ","
		}
		return open, entry
	}
	last := literal.Elts[len(literal.Elts)-1]
	behind := file.Offset(last.End())
	rest, _, broken := bytes.Cut(src[behind:closing], []byte("\n"))
	if !broken || bytes.Contains(rest, []byte("/*")) {
		return behind, ", " + entry
	}
	end := "\n"
	if bytes.HasSuffix(rest, []byte("\r")) {
		rest, end = rest[:len(rest)-1], "\r\n"
	}
	return behind + len(rest), end + margin(src, file.Offset(last.Pos())) + entry + ","
}

// margin gives the blanks at the beginning of the line that holds an offset.
func margin(src []byte, at int) string {
	line := src[bytes.LastIndexByte(src[:at], '\n')+1:]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// difference gives the stretch in which two texts differ, in whole lines, and what
// the second has there.
func difference(a, b []byte) (start, end int, text []byte) {
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
	return start, len(a) - behind, b[start : len(b)-behind]
}
