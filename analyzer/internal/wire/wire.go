// Package wire turns things that are made of numbers, texts, lists and pointers into
// bytes, and back.
//
// Each kind of thing is described by one function that both writes and reads it, so
// that the two cannot differ. What is read is not trusted: no input makes a Coder
// panic, run deep, or take much more memory than its own size. A fault is remembered,
// and everything read after it is zero.
//
// There is no version in the bytes: whoever keeps them puts keyvet's own build into
// the key that they are found by.
package wire

import (
	"encoding/binary"
	"errors"
)

// A Coder writes or reads a sequence of things.
type Coder struct {
	reading bool
	out     []byte
	in      string
	at      int
	failed  bool

	index map[string]uint64 // of the texts written so far
	texts []string          // those read so far

	written map[any]uint64 // pointers to what is shared, by when it was written
	shared  []any          // those that were read
	depth   int
}

// NewWriter makes a Coder that writes.
func NewWriter() *Coder {
	return &Coder{index: make(map[string]uint64), written: make(map[any]uint64)}
}

// NewReader makes a Coder that reads. Texts that it gives are parts of data.
func NewReader(data string) *Coder { return &Coder{reading: true, in: data} }

// Written gives what was written.
func (c *Coder) Written() ([]byte, error) {
	if c.failed {
		return nil, ErrMalformed // nested too deeply to be read again
	}
	return c.out, nil
}

// Reading tells whether the Coder reads.
func (c *Coder) Reading() bool { return c.reading }

// ErrMalformed says that bytes are not what a Coder has written.
var ErrMalformed = errors.New("malformed")

// Done is an error unless all was read and made sense.
func (c *Coder) Done() error {
	if c.failed || c.at != len(c.in) {
		return ErrMalformed
	}
	return nil
}

// Failed tells whether something made no sense so far.
func (c *Coder) Failed() bool { return c.failed }

// Fail makes what was read malformed.
func (c *Coder) Fail() { c.failed = true }

// Unsigned codes a number that is not negative.
func (c *Coder) Unsigned(p *uint64) {
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, *p)
		return
	}
	*p = c.readUnsigned()
}

func (c *Coder) readUnsigned() uint64 {
	var value uint64
	for shift := 0; c.at < len(c.in) && shift < 64 && !c.failed; shift += 7 {
		b := c.in[c.at]
		c.at++
		value |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return value
		}
	}
	c.failed = true
	return 0
}

// Number codes a number of any type. One that does not fit is malformed.
func Number[T ~int | ~int32 | ~int64 | ~uint8](c *Coder, p *T) {
	if !c.reading {
		n := int64(*p)
		c.out = binary.AppendUvarint(c.out, uint64(n<<1)^uint64(n>>63))
		return
	}
	u := c.readUnsigned()
	n := int64(u>>1) ^ -int64(u&1)
	if *p = T(n); int64(*p) != n {
		*p, c.failed = 0, true
	}
}

// Bool codes a truth.
func (c *Coder) Bool(p *bool) {
	var n uint8
	if *p {
		n = 1
	}
	Number(c, &n)
	if n > 1 {
		c.failed = true
	}
	*p = n == 1
}

// Text codes a text. One that was there before takes few bytes.
func Text[T ~string](c *Coder, p *T) {
	if !c.reading {
		c.writeText(string(*p))
		return
	}
	*p = T(c.readText())
}

func (c *Coder) writeText(text string) {
	if n, known := c.index[text]; known {
		c.out = binary.AppendUvarint(c.out, n+1)
		return
	}
	c.index[text] = uint64(len(c.index))
	c.out = binary.AppendUvarint(append(c.out, 0), uint64(len(text)))
	c.out = append(c.out, text...)
}

func (c *Coder) readText() string {
	if n := c.readUnsigned(); n > 0 {
		if n > uint64(len(c.texts)) {
			c.failed = true
			return ""
		}
		return c.texts[n-1]
	}
	text := c.take(c.readUnsigned())
	if !c.failed {
		c.texts = append(c.texts, text)
	}
	return text
}

func (c *Coder) take(n uint64) string {
	if c.failed || n > uint64(len(c.in)-c.at) {
		c.failed = true
		return ""
	}
	text := c.in[c.at : c.at+int(n)]
	c.at += int(n)
	return text
}

// Fixed codes as many bytes as p holds.
func (c *Coder) Fixed(p []byte) {
	if !c.reading {
		c.out = append(c.out, p...)
		return
	}
	copy(p, c.take(uint64(len(p))))
}

// List codes a list, nil as nil.
func List[T any](c *Coder, p *[]T, item func(*Coder, *T)) {
	if !c.reading {
		n := uint64(0)
		if *p != nil {
			n = uint64(len(*p)) + 1
		}
		c.out = binary.AppendUvarint(c.out, n)
		for i := range *p {
			item(c, &(*p)[i])
		}
		return
	}
	*p = nil
	n := c.readUnsigned()
	if n == 0 || c.failed {
		return
	}
	n--
	if n > uint64(len(c.in)-c.at) { // each item takes a byte at least
		c.failed = true
		return
	}
	list := make([]T, 0, min(n, maxAhead))
	for range n {
		var value T
		list = append(list, value)
		if item(c, &list[len(list)-1]); c.failed {
			return
		}
	}
	*p = list
}

// maxAhead bounds how much of a list is allocated before it is read: an item may
// take more memory than bytes.
const maxAhead = 64

// Pointer codes what may not be there.
func Pointer[T any](c *Coder, p **T, item func(*Coder, *T)) {
	there := *p != nil
	if c.Bool(&there); !there || c.failed {
		if c.reading {
			*p = nil
		}
		return
	}
	if c.reading {
		*p = new(T)
	}
	item(c, *p)
}

// Texts codes a list of texts.
func Texts[T ~string](c *Coder, p *[]T) { List(c, p, Text[T]) }

// maxDepth bounds how deeply things nest.
const maxDepth = 4000

// Nested codes something that may hold more of its own kind.
func Nested[T any](c *Coder, p *T, fields func(*Coder, *T)) {
	if c.depth++; c.depth > maxDepth {
		c.failed = true
	}
	if !c.failed {
		fields(c, p)
	}
	c.depth--
}

// Shared codes what several others may point to, and remains one thing: it is written
// where it comes up first. It can only be pointed to once it is complete, so that what
// is read never leads back to itself.
func Shared[T any](c *Coder, p **T, fields func(*Coder, *T)) {
	if !c.reading {
		writeShared(c, *p, fields)
		return
	}
	*p = nil
	switch n := c.readUnsigned(); {
	case n == 0 || c.failed: // none
	case n == 1:
		*p = new(T)
		Nested(c, *p, fields)
		c.shared = append(c.shared, *p)
	case n-2 < uint64(len(c.shared)):
		*p, _ = c.shared[n-2].(*T)
		c.failed = c.failed || *p == nil
	default:
		c.failed = true
	}
}

func writeShared[T any](c *Coder, p *T, fields func(*Coder, *T)) {
	if p == nil {
		c.out = append(c.out, 0)
		return
	}
	if n, known := c.written[p]; known {
		c.out = binary.AppendUvarint(c.out, n+2)
		return
	}
	c.out = append(c.out, 1)
	Nested(c, p, fields)
	c.written[p] = uint64(len(c.written))
}

// AllShared gives everything that Shared has read.
func (c *Coder) AllShared() []any { return c.shared }

// Path codes one of several paths in order: what it has in common with the one before
// is left out.
func Path(c *Coder, path, previous *string) {
	common := 0
	if !c.reading {
		for common < min(len(*path), len(*previous)) && (*path)[common] == (*previous)[common] {
			common++
		}
	}
	Number(c, &common)
	if common < 0 || common > len(*previous) {
		c.failed = true
		return
	}
	rest := ""
	if !c.reading {
		rest = (*path)[common:]
	}
	Raw(c, &rest)
	if c.reading {
		*path = (*previous)[:common] + rest
	}
	*previous = *path
}

// Raw codes a text that is not expected to come again.
func Raw(c *Coder, p *string) {
	n := uint64(len(*p))
	c.Unsigned(&n)
	if !c.reading {
		c.out = append(c.out, *p...)
		return
	}
	*p = c.take(n)
}
