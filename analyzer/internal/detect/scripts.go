package detect

import (
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
)

// scripts looks for programs of the script language inside a file's texts.
func (f *finder) scripts(file *link.File) {
	k := f.knowledge.of(f.detector.ScriptLanguage)
	if k == nil || f.detector.Script == nil || file.Language == f.detector.ScriptLanguage {
		return
	}
	for _, x := range file.Texts {
		if text, ok := scriptText(x); ok && k.mentions(text) {
			f.script(file, x, text)
		}
	}
}

// mentions tells whether a text names a global of the script language followed
// by one of its members.
func (k *knowledge) mentions(text string) bool {
	for global := range k.globals {
		if strings.Contains(text, global+".") {
			return true
		}
	}
	return false
}

// hole stands for an unknown part of a script.
const hole = " nil "

// scriptText joins the known parts of a text.
func scriptText(x *languages.Expr) (string, bool) {
	if x.Kind == languages.Text {
		return x.Text, true
	}
	if x.Kind != languages.Concat {
		return "", false
	}
	var b strings.Builder
	for _, item := range x.Items() {
		if item.Value != nil && item.Value.Kind == languages.Text {
			b.WriteString(item.Value.Text)
		} else {
			b.WriteString(hole)
		}
	}
	return b.String(), true
}

// script finds the uses in a script and reports them at their place in the text
// that holds it.
func (f *finder) script(file *link.File, x *languages.Expr, text string) {
	facts := f.detector.Script([]byte(text))
	if facts == nil {
		return
	}
	facts.Path = file.Path
	project := link.New([]*languages.File{facts}, map[string]languages.Traits{facts.Language: f.detector.ScriptTraits}, link.NewLayout(nil, link.Manifests{}))
	inner := f.detector.Find(f.ctx, project)
	for _, u := range inner.Uses {
		start := offsetOf(facts, u.Range.Start.Line, u.Range.Start.Column)
		end := offsetOf(facts, u.Range.End.Line, u.Range.End.Column)
		r := f.placeInText(file, x, text, start, end)
		u.Certainty = certaintyOf(u.Certainty, x)
		f.add(u, file, r, &step{nil, file, x.Range, "a script in a text"})
	}
}

func offsetOf(f *languages.File, line, column int) int {
	if line < 1 || line > len(f.Lines) {
		return 0
	}
	return int(f.Lines[line-1]) + column - 1
}

// placeInText gives the place in the file of a stretch of a text's content.
// Escapes and joined literals make content and source differ, so the call is
// found again by counting: the n-th occurrence of its name in the content is
// the n-th in the source.
func (f *finder) placeInText(file *link.File, x *languages.Expr, text string, start, end int) languages.Range {
	src := f.sourceOf(file)
	if start >= end || end > len(text) || int(x.Range.End) > len(src) {
		return x.Range
	}
	raw := string(src[x.Range.Start:x.Range.End])
	name, _, _ := strings.Cut(text[start:end], "(")
	at := nthIndex(raw, name, strings.Count(text[:start], name))
	if at < 0 || name == "" {
		return x.Range
	}
	length := len(name)
	if stretch := text[start:end]; strings.HasPrefix(raw[at:], stretch) {
		length = len(stretch)
	}
	from := x.Range.Start + int32(at)
	return languages.Range{Start: from, End: from + int32(length)}
}

// sourceOf reads a file again, once for all its scripts. Empty if that is not possible.
func (f *finder) sourceOf(file *link.File) []byte {
	if f.detector.Source != nil && f.textOf != file {
		f.textOf, f.text = file, f.detector.Source(file.Path)
	}
	return f.text
}

// nthIndex returns the offset of occurrence n, from 0, of part in s; -1 if
// there are fewer.
func nthIndex(s, part string, n int) int {
	offset := 0
	for {
		i := strings.Index(s[offset:], part)
		if i < 0 || part == "" {
			return -1
		}
		if n == 0 {
			return offset + i
		}
		n--
		offset += i + len(part)
	}
}

// certaintyOf lowers the certainty of what was found in a text with holes whose
// place in the program is not sure.
func certaintyOf(c report.Certainty, x *languages.Expr) report.Certainty {
	if x.Damaged && c == report.Certain {
		return report.Likely
	}
	return c
}
