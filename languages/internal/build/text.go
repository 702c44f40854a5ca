package build

import (
	"bytes"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

const (
	// maxFolded and maxFlat bound what Concat makes one: a text in parentheses
	// in parentheses ... must not be copied once for each of them.
	maxFolded = 256 << 10 // bytes
	maxFlat   = 1000      // parts
)

// Concat joins texts to one expression: a Text if all parts are, else a Concat
// with adjacent texts made one. Parts that are joined already are taken apart.
// A part that is no text stays as a hole. The parts must not be used elsewhere
// as texts: they are changed.
func (b *Builder) Concat(start, end int, parts ...*languages.Expr) *languages.Expr {
	flat := mergeTexts(flatten(parts))
	if len(flat) == 0 {
		return b.Expr(languages.Text, start, end)
	}
	if len(flat) == 1 && flat[0].Kind == languages.Text {
		flat[0].Range, flat[0].At = Range(start, end), Range(start, end)
		return flat[0]
	}
	if b.joined == nil {
		b.joined = make(map[*languages.Expr]bool)
	}
	for _, part := range flat {
		if part.Kind == languages.Text || part.Kind == languages.Concat {
			b.joined[part] = true
		}
	}
	return b.List(languages.Concat, start, end, flat...)
}

// flatten takes joined texts apart.
func flatten(parts []*languages.Expr) []*languages.Expr {
	flat := make([]*languages.Expr, 0, len(parts))
	for _, p := range parts {
		if p.Kind != languages.Concat || len(p.Items()) > maxFlat {
			flat = append(flat, p)
			continue
		}
		for _, item := range p.Items() {
			flat = append(flat, item.Value)
		}
		p.Kind = languages.Unknown // its text is part of the longer one
	}
	return flat
}

// mergeTexts makes runs of Text one, in place. Empty texts vanish.
func mergeTexts(parts []*languages.Expr) []*languages.Expr {
	out := parts[:0]
	for i := 0; i < len(parts); {
		j, size := i, 0
		for j < len(parts) && parts[j].Kind == languages.Text && (j == i || size+len(parts[j].Text) <= maxFolded) {
			size += len(parts[j].Text)
			j++
		}
		if j == i { // a hole
			out = append(out, parts[i])
			i++
			continue
		}
		if j-i > 1 {
			joinRun(parts[i:j], size)
		}
		if size > 0 {
			out = append(out, parts[i])
		}
		i = j
	}
	return out
}

// joinRun puts all texts into the first one. The others keep their place in
// memory, so they are made to hold nothing.
func joinRun(run []*languages.Expr, size int) {
	var text strings.Builder
	text.Grow(size)
	for _, p := range run {
		text.WriteString(p.Text)
	}
	first := run[0]
	for _, p := range run[1:] {
		first.Range.Start = min(first.Range.Start, p.Range.Start)
		first.Range.End = max(first.Range.End, p.Range.End)
		if p != first {
			p.Kind, p.Text = languages.Unknown, ""
		}
	}
	first.At = first.Range
	first.Text = text.String()
}

// IgnoreMark is what a comment has to hold to be of interest.
const IgnoreMark = ":ignore"

// HasComments reports whether any comment can be of interest, so that most
// files need no search for them.
func (b *Builder) HasComments() bool {
	return bytes.Contains(b.src, []byte(IgnoreMark))
}

// Comment adds the comment at the given offsets if it speaks to tools. Open is
// the mark in front ("#", "//", "/*"), end the one behind, if any.
func (b *Builder) Comment(start, end int, open, close string) {
	text := string(b.src[start:end])
	if !strings.Contains(text, IgnoreMark) {
		return
	}
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, open), close))
	line := bytes.LastIndexByte(b.src[:start], '\n') + 1
	before := bytes.TrimPrefix(b.src[line:start], []byte("\xef\xbb\xbf"))
	b.File.Comments = append(b.File.Comments, languages.Comment{
		Text:     text,
		Range:    Range(start, end),
		Trailing: len(bytes.TrimSpace(before)) > 0,
	})
}

// Finish completes the file. Neither the Builder nor any expression that it gave may
// be used after it: the expressions of the file are others.
func (b *Builder) Finish() *languages.File {
	for e := range b.memory.exprs.all() {
		if mayHoldProgram(e) && !b.joined[e] {
			b.File.Texts = append(b.File.Texts, e)
		}
	}
	slices.SortStableFunc(b.File.Texts, func(x, y *languages.Expr) int {
		return int(x.Range.Start) - int(y.Range.Start)
	})
	file := pack(b.File, b.memory)
	b.memory.functions = b.File.Functions
	b.memory.giveBack()
	return file
}

// mayHoldProgram: long enough, and with a parenthesis, for a program that
// matters calls something.
func mayHoldProgram(e *languages.Expr) bool {
	switch e.Kind {
	case languages.Text:
		return len(e.Text) >= languages.MinScript && strings.IndexByte(e.Text, '(') >= 0
	case languages.Concat:
		size, call := 0, false
		for _, item := range e.Items() {
			if item.Value.Kind == languages.Text {
				size += len(item.Value.Text)
				call = call || strings.IndexByte(item.Value.Text, '(') >= 0
			}
		}
		return call && size >= languages.MinScript
	}
	return false
}
