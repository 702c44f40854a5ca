package suppress

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// A Comment is one ignore comment, with what it reaches and what it excused.
type Comment struct {
	directive
	path, language string
	at             report.Range
	line           int  // of the mark
	first, last    int  // lines in which findings begin that it reaches
	trailing       bool // it also reaches findings that end in its line

	expired bool
	known   []*excused
	unknown []string // what is wrong with the other rules
}

// An excused rule is one that a comment names.
type excused struct {
	rule      *rules.Rule
	name      string // as written
	findings  int
	elsewhere bool // another target would have a finding here
}

// Comments reads the ignore comments of one file. Src is its text: between a
// comment and the code that it speaks of others may stand.
func Comments(f *languages.File, src []byte) []*Comment {
	var found []*Comment
	s := &scope{File: f, src: src}
	for i := range f.Comments {
		c := &f.Comments[i]
		start, end := int(c.Range.Start), int(c.Range.End)
		if start < 0 || end > len(src) || start > end {
			continue // the file has changed since it was read
		}
		skipped := max(bytes.Index(src[start:end], []byte(c.Text)), 0)
		for _, d := range parse(c.Text) {
			found = append(found, s.comment(c, d, start+skipped+d.offset))
		}
	}
	slices.SortStableFunc(found, func(a, b *Comment) int { return a.at.Start.Compare(b.at.Start) })
	pair(found)
	return found
}

// A scope is a file, and what was found out about it for one comment and serves the next.
type scope struct {
	*languages.File
	src      []byte
	code     int32 // where the first code stands, once hasCode
	hasCode  bool
	from, to int // lines with comments that begin with mark alone; to is the one behind them
	mark     string
}

func (s *scope) comment(c *languages.Comment, d directive, at int) *Comment {
	n := &Comment{directive: d, path: s.Path, language: s.Language}
	n.at.Start, n.at.End = position(s.File, at), position(s.File, at+d.length)
	n.line = n.at.Start.Line
	switch d.form {
	case lineForm:
		s.reachLine(n, c)
	case fileForm:
		n.first, n.last = 1, len(s.Lines)
		if n.problem == "" && (c.Trailing || c.Range.Start > s.firstCode()) {
			n.problem = "keyvet:ignore-file must stand above all code"
		}
	}
	return n
}

func (s *scope) firstCode() int32 {
	if !s.hasCode {
		s.code, s.hasCode = code(s.File), true
	}
	return s.code
}

func position(f *languages.File, offset int) report.Position {
	p := f.Position(int32(offset))
	return report.Position{Line: p.Line, Column: p.Column}
}

// code is where the first code of a file stands.
func code(f *languages.File) int32 {
	first := int32(1<<31 - 1)
	see := func(r languages.Range) {
		if r.End > r.Start {
			first = min(first, r.Start)
		}
	}
	for i := range f.Imports {
		see(f.Imports[i].Range)
	}
	for i := range f.Types {
		see(f.Types[i].Range)
	}
	for i := range f.Functions {
		fn := &f.Functions[i]
		if i > 0 {
			see(fn.Range)
		}
		for j := range fn.Bindings {
			see(fn.Bindings[j].Range)
		}
		for _, call := range fn.Calls {
			see(call.Range)
		}
	}
	return first
}

// reachLine finds the lines that a comment speaks of: its own, or the next one
// that is code.
func (s *scope) reachLine(c *Comment, from *languages.Comment) {
	own := position(s.File, int(from.Range.Start)).Line
	last := position(s.File, max(int(from.Range.Start), int(from.Range.End)-1)).Line
	if from.Trailing && !wrapped(s.File, s.src, from) {
		c.first, c.last, c.trailing = own, own, true
		return
	}
	line := s.belowComments(last+1, commentMark(s.src[from.Range.Start:]))
	c.first, c.last = line, line
	if s.Language == "" && line <= len(s.Lines) {
		c.last = s.elementEnd(line)
	}
	for c.last < len(s.Lines) && c.last-c.first < maxOpened && opens(text(s.File, s.src, c.last)) {
		c.last++
	}
}

// belowComments passes over lines with comments alone.
func (s *scope) belowComments(line int, mark string) int {
	switch {
	case mark == "":
		return line
	case mark == s.mark && s.from <= line && line <= s.to:
		return s.to
	}
	s.from, s.to, s.mark = line, line, mark
	for s.to <= len(s.Lines) && strings.HasPrefix(text(s.File, s.src, s.to), mark) {
		s.to++
	}
	return s.to
}

// maxOpened bounds how many lines that only open something are followed.
const maxOpened = 5

// maxElement bounds how many lines of an element of markup are looked through.
const maxElement = 40

// elementEnd gives the line in which the element of a manifest in XML ends that
// begins in a line; the line itself if there is none.
func (s *scope) elementEnd(line int) int {
	tag, ok := strings.CutPrefix(text(s.File, s.src, line), "<")
	if !ok {
		return line
	}
	name := tag[:len(tag)-len(strings.TrimLeft(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))]
	for last := line; name != "" && last <= len(s.Lines) && last-line < maxElement; last++ {
		if strings.Contains(text(s.File, s.src, last), "</"+name+">") {
			return last
		}
	}
	return line
}

// opens tells whether a line leaves all that matters to the next one.
func opens(line string) bool {
	return strings.HasSuffix(line, "(") || strings.HasSuffix(line, "[") || strings.HasSuffix(line, "=") ||
		strings.HasSuffix(line, "\\")
}

// wrapped tells whether the code beside a comment is only what a language needs
// to have one there: {/* in JSX */}.
func wrapped(f *languages.File, src []byte, c *languages.Comment) bool {
	first, last := f.Position(c.Range.Start), f.Position(max(c.Range.Start, c.Range.End-1))
	before := src[f.Lines[first.Line-1]:c.Range.Start]
	after := src[c.Range.End:lineEnd(f, src, last.Line)]
	return string(bytes.TrimSpace(before)) == "{" && string(bytes.TrimSpace(after)) == "}"
}

// text is a line without the blanks around it.
func text(f *languages.File, src []byte, line int) string {
	start := min(int(f.Lines[line-1]), len(src))
	return string(bytes.TrimSpace(src[start:max(start, lineEnd(f, src, line))]))
}

func lineEnd(f *languages.File, src []byte, line int) int {
	if line < len(f.Lines) {
		return min(int(f.Lines[line]), len(src))
	}
	return len(src)
}

// commentMark gives the mark of comments that end with their line.
func commentMark(src []byte) string {
	for _, m := range []string{"//", "#", "--"} {
		if bytes.HasPrefix(src, []byte(m)) {
			return m
		}
	}
	return ""
}

// pair joins the two ends of blocks. An end that names rules belongs to the last
// start with the same ones.
func pair(all []*Comment) {
	var open []*Comment
	for _, c := range all {
		switch {
		case c.form == blockForm && c.problem == "":
			open = append(open, c)
		case c.form == blockEnd && c.problem == "":
			i := len(open) - 1
			for i >= 0 && len(c.rules) > 0 && !slices.Equal(c.rules, open[i].rules) {
				i--
			}
			if i < 0 {
				c.problem = "there is no keyvet:ignore-start above that it would end"
				continue
			}
			open[i].first, open[i].last = open[i].line, c.line
			open = slices.Delete(open, i, i+1)
		}
	}
	for _, c := range open {
		c.problem = "it has no keyvet:ignore-end below"
	}
}

// covers tells whether a use is where the comment speaks of.
func (c *Comment) covers(u *report.Use) bool {
	line := u.Range.Start.Line
	return c.first > 0 && c.first <= line && line <= c.last || c.trailing && u.Range.End.Line == c.line
}

// width puts comments in order, the narrowest first.
func (c *Comment) width() int { return c.last - c.first }

// about gives the entry of a rule.
func (c *Comment) about(id string) *excused {
	for _, e := range c.known {
		if e.rule.ID == id {
			return e
		}
	}
	return nil
}

// idle lists the rules that excuse nothing although they were asked.
func (c *Comment) idle() (names []string) {
	for _, e := range c.known {
		if e.findings == 0 && !e.elsewhere && e.rule.Severity != rules.Off {
			names = append(names, e.name)
		}
	}
	return names
}

// where words what a comment reaches.
func (c *Comment) where() string {
	switch {
	case c.form == fileForm:
		return "in this file"
	case c.form == blockForm:
		return fmt.Sprintf("in lines %d to %d", c.first, c.last)
	case c.trailing:
		return "in this line"
	case c.first != c.last:
		return fmt.Sprintf("that begins in lines %d to %d", c.first, c.last)
	}
	return fmt.Sprintf("that begins in line %d", c.first)
}

// describe is the comment for a report.
func (c *Comment) describe(found []problem) report.Suppression {
	s := report.Suppression{
		Path: c.path, Line: c.line, Form: string(c.form), Rules: slices.Clone(c.rules), Reason: c.reason, Until: c.until,
	}
	if c.form == blockEnd {
		s.Form = string(blockForm)
	}
	for _, e := range c.known {
		s.Findings += e.findings
	}
	var problems []string
	for _, p := range found {
		problems = append(problems, p.state+": "+p.text)
	}
	s.Problem = strings.Join(problems, "; ")
	return s
}
