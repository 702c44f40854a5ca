package languages

import (
	"bytes"
	"sort"
)

var newline = []byte{'\n'}

// LineStarts returns the offset of the first byte of each line of src. A line
// ends with "\n"; a "\r" before it belongs to the line.
func LineStarts(src []byte) []int32 {
	starts := make([]int32, 1, 1+bytes.Count(src, newline))
	for at := 0; ; {
		length := bytes.IndexByte(src[at:], '\n')
		if length < 0 {
			return starts
		}
		at += length + 1
		starts = append(starts, int32(at))
	}
}

// Position gives line and column of a byte offset. Offsets outside of the file
// give its first or last line.
func (f *File) Position(offset int32) Position {
	if offset < 0 || len(f.Lines) == 0 {
		return Position{Line: 1, Column: 1}
	}
	line := sort.Search(len(f.Lines), func(i int) bool { return f.Lines[i] > offset })
	return Position{Line: line, Column: int(offset-f.Lines[line-1]) + 1}
}
