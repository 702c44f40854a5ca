package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
)

// A printer writes and remembers the first error, so that a writer of many
// small pieces asks once.
type printer struct {
	w   *bufio.Writer
	err error // of what is not writing; the buffer keeps its own
}

func newPrinter(w io.Writer) *printer {
	return &printer{w: bufio.NewWriterSize(w, 64<<10)}
}

// printf and print ignore the error of the buffer, which keeps it for flush.
func (p *printer) printf(format string, args ...any) { _, _ = fmt.Fprintf(p.w, format, args...) }

func (p *printer) print(s string) { _, _ = p.w.WriteString(s) }

// failed tells whether to go on is of no use.
func (p *printer) failed() bool {
	_, err := p.w.Write(nil)
	return err != nil || p.err != nil
}

func (p *printer) flush() error { return cmp.Or(p.w.Flush(), p.err) }
