package manifest

import (
	"bytes"
	"path"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// A syntax is how comments are written in a format.
type syntax struct {
	line       []string // marks of comments that end with their line
	open, end  string   // marks around comments that may have several lines
	alone      bool     // a line's mark only counts at its beginning or behind a blank
	quotes     string   // what texts are written in; a mark in them is none
	multiQuote string   // what texts of several lines are written in
}

// syntaxOf tells how comments are written in a manifest, by its name. JSON has
// none.
func syntaxOf(name string) (syntax, bool) {
	switch ext := path.Ext(name); {
	case name == "go.mod":
		return syntax{line: []string{"//"}, quotes: "\"`"}, true
	case ext == ".gradle", ext == ".kts":
		return syntax{line: []string{"//"}, open: "/*", end: "*/", quotes: `"'`, multiQuote: `"""`}, true
	case ext == ".xml":
		return syntax{open: "<!--", end: "-->"}, true
	case ext == ".toml", name == "Pipfile":
		return syntax{line: []string{"#"}, quotes: `"'`, multiQuote: `"""`}, true
	case ext == ".cfg":
		return syntax{line: []string{"#", ";"}, alone: true}, true
	case ext == ".txt", ext == ".in":
		return syntax{line: []string{"#"}, alone: true}, true
	case ext == ".py":
		return syntax{line: []string{"#"}, quotes: `"'`, multiQuote: `"""`}, true
	}
	return syntax{}, false
}

// Comments reads the comments of a manifest, as a file of no language. It is nil
// for a format that has none.
func Comments(rel string, src []byte) *languages.File {
	syn, ok := syntaxOf(path.Base(rel))
	if !ok {
		return nil
	}
	f := &languages.File{Path: rel, Lines: languages.LineStarts(src), Functions: make([]languages.Function, 1)}
	lineStart := 0
	for at := 0; at < len(src); {
		mark := syn.lineMark(src, at, lineStart)
		switch {
		case src[at] == '\n':
			at++
			lineStart = at
		case syn.multiQuote != "" && bytes.HasPrefix(src[at:], []byte(syn.multiQuote)):
			at = behind(src, at+len(syn.multiQuote), syn.multiQuote)
		case syn.open != "" && bytes.HasPrefix(src[at:], []byte(syn.open)):
			end := behind(src, at+len(syn.open), syn.end)
			f.Comments = append(f.Comments, comment(src, at, end, lineStart, syn.open, syn.end))
			at = end
			lineStart = max(lineStart, bytes.LastIndexByte(src[:at], '\n')+1)
		case mark != "":
			end := at + len(firstOf(src[at:], '\n'))
			f.Comments = append(f.Comments, comment(src, at, end, lineStart, mark, ""))
			at = end
		case strings.IndexByte(syn.quotes, src[at]) >= 0:
			at = behindQuote(src, at)
		default:
			at++
		}
	}
	return f
}

func (s syntax) lineMark(src []byte, at, lineStart int) string {
	for _, mark := range s.line {
		if bytes.HasPrefix(src[at:], []byte(mark)) && (!s.alone || at == lineStart || src[at-1] == ' ' || src[at-1] == '\t') {
			return mark
		}
	}
	return ""
}

func comment(src []byte, at, end, lineStart int, open, shut string) languages.Comment {
	text := strings.TrimSuffix(strings.TrimPrefix(string(src[at:end]), open), shut)
	return languages.Comment{
		Text: strings.TrimSpace(text), Range: languages.Range{Start: int32(at), End: int32(end)},
		Trailing: len(bytes.TrimSpace(src[min(lineStart, at):at])) > 0,
	}
}

// behind gives the offset behind the next mark, or the end.
func behind(src []byte, at int, mark string) int {
	if i := bytes.Index(src[min(at, len(src)):], []byte(mark)); i >= 0 {
		return at + i + len(mark)
	}
	return len(src)
}

// behindQuote gives the offset behind a text that ends in its line at the latest.
func behindQuote(src []byte, at int) int {
	for i := at + 1; i < len(src); i++ {
		switch src[i] {
		case '\\':
			i++
		case src[at]:
			return i + 1
		case '\n':
			return i
		}
	}
	return len(src)
}

func firstOf(src []byte, end byte) []byte {
	if i := bytes.IndexByte(src, end); i >= 0 {
		return src[:i]
	}
	return src
}
