package javascript

import (
	"bytes"
	"regexp"

	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

// The markup of single-file components is regular enough for expressions: a
// script ends at the first "</script", whatever stands in it.
var (
	scriptTag  = regexp.MustCompile(`(?i)<!--|<script(?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?>`)
	scriptEnd  = regexp.MustCompile(`(?i)</script\s*>`)
	scriptLang = regexp.MustCompile(`(?i)\slang\s*=\s*["']?(tsx|typescript|ts)\b`)
)

// scripts returns the scripts of a component, with everything else blanked out
// so that positions hold, and the grammar that reads all of them.
func scripts(src []byte) ([]byte, *treesitter.Grammar) {
	text := make([]byte, 0, len(src))
	grammar := treesitter.JavaScript()
	for at := 0; at < len(src); {
		tag := scriptTag.FindIndex(src[at:])
		if tag == nil {
			break
		}
		open, start := src[at+tag[0]:at+tag[1]], at+tag[1]
		if open[1] == '!' {
			at = start + after(src[start:], "-->")
			continue
		}
		end := len(src)
		if closing := scriptEnd.FindIndex(src[start:]); closing != nil {
			end = start + closing[0]
		}
		text = append(blank(text, src[len(text):start]), src[start:end]...)
		if lang := scriptLang.FindSubmatch(open); lang != nil {
			grammar = treesitter.TypeScript()
			if bytes.EqualFold(lang[1], []byte("tsx")) {
				grammar = treesitter.TSX()
			}
		}
		at = end
	}
	return blank(text, src[len(text):]), grammar
}

// after returns the offset behind the first mark, or the end.
func after(text []byte, mark string) int {
	if i := bytes.Index(text, []byte(mark)); i >= 0 {
		return i + len(mark)
	}
	return len(text)
}

// blank appends as many blanks as there are bytes in text, and its line ends.
func blank(to, text []byte) []byte {
	for _, c := range text {
		if c != '\n' && c != '\r' {
			c = ' '
		}
		to = append(to, c)
	}
	return to
}
