package report

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// The widths, in terminal columns, of an excerpt: of the whole, and of what
// stands before the caret in a line that is cut.
const (
	excerptWidth  = 120
	excerptBefore = 40
	tabWidth      = 4
)

// maxExcerptBytes bounds how much of a line is looked at on either side: a
// minified file may be one line of many megabytes.
const maxExcerptBytes = 4 * excerptWidth

func number(n int) string { return strconv.Itoa(n) }

func displayWidth(s string) int { return displaywidth.String(s) }

// firstLine gives the first line of a use and the part of it, as byte offsets,
// that belongs to the use. The offsets lie inside the line whatever the use says.
func firstLine(u *Use) (line string, start, end int) {
	if len(u.Lines) == 0 {
		return "", 0, 0
	}
	line = u.Lines[0]
	start, end = u.Range.Start.Column-1, len(line)
	if u.Range.End.Line == u.Range.Start.Line {
		end = u.Range.End.Column - 1
	}
	start = min(max(start, 0), len(line))
	return line, start, min(max(end, start), len(line))
}

// excerpt makes a line fit to be shown: tabs become blanks, what must not be
// shown becomes escapes, and a long line is cut around the part from start to
// end. It says how many terminal columns stand before that part, and how many
// it takes, at least one.
func excerpt(line string, start, end int) (shown string, before, width int) {
	from := cutBefore(line, start)
	to := cutAfter(line, min(end, from+2*maxExcerptBytes))
	end = min(end, to)
	cutLeft, cutRight := from > 0, to < len(line)
	if strings.HasPrefix(line[from:start], "\ufeff") {
		from += len("\ufeff") // a mark of the file, no part of the line
	}
	left := cells(line[from:start], 0)
	middle := cells(line[start:end], left.width)
	right := cells(line[end:to], left.width+middle.width)
	total := left.width + middle.width + right.width
	if total > excerptWidth {
		if excess := left.width - excerptBefore; excess > 0 && left.width+middle.width > excerptWidth*2/3 {
			cutLeft = left.dropFront(excess) || cutLeft
		}
		cutRight = right.keep(excerptWidth-left.width-middle.width) || cutRight
		cutRight = middle.keep(excerptWidth-left.width) || cutRight
	}
	var b strings.Builder
	if cutLeft {
		b.WriteString("…")
		before++
	}
	b.WriteString(left.String() + middle.String() + right.String())
	if cutRight {
		b.WriteString("…")
	}
	return strings.TrimRight(b.String(), " "), before + left.width, max(middle.width, 1)
}

// cutBefore and cutAfter give a place in a line not too far from an offset,
// between two characters.
func cutBefore(line string, at int) int {
	from := max(at-maxExcerptBytes, 0)
	for from > 0 && from < at && !utf8.RuneStart(line[from]) {
		from++
	}
	return from
}

func cutAfter(line string, at int) int {
	to := min(at+maxExcerptBytes, len(line))
	for to < len(line) && to > at && !utf8.RuneStart(line[to]) {
		to--
	}
	return to
}

// A cell is what a terminal shows as one.
type cell struct {
	text  string
	width int
}

// A strip is a row of cells.
type strip struct {
	cells []cell
	width int
}

// cells turns a text that is shown at a column into cells. Tabs stop at every
// fourth column.
func cells(s string, column int) strip {
	var out strip
	for graphemes := displaywidth.StringGraphemes(s); graphemes.Next(); {
		value := graphemes.Value()
		c := cell{value, graphemes.Width()}
		if value == "\t" {
			n := tabWidth - (column+out.width)%tabWidth
			c = cell{strings.Repeat(" ", n), n}
		} else if safe := Printable(value); safe != value {
			c = cell{safe, displaywidth.String(safe)}
		}
		out.cells = append(out.cells, c)
		out.width += c.width
	}
	return out
}

func (s strip) String() string {
	var b strings.Builder
	for _, c := range s.cells {
		b.WriteString(c.text)
	}
	return b.String()
}

// dropFront takes away at least width columns in front, and tells whether it did.
func (s *strip) dropFront(width int) bool {
	dropped := 0
	for dropped < width && len(s.cells) > 0 {
		dropped += s.cells[0].width
		s.width -= s.cells[0].width
		s.cells = s.cells[1:]
	}
	return dropped > 0
}

// keep takes away what does not fit into width columns, and tells whether it did.
func (s *strip) keep(width int) bool {
	cut := false
	for s.width > max(width, 0) && len(s.cells) > 0 {
		last := len(s.cells) - 1
		s.width -= s.cells[last].width
		s.cells = s.cells[:last]
		cut = true
	}
	return cut
}
