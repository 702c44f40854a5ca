// Package resp asks a server one question at a time, and believes nothing that it says: what it sends is bounded in
// size and depth, nothing is set aside on the strength of an announced length, and what nobody asked for is passed
// over or refused.
//
// Client libraries trust their server. The one that was used before (valkey-go 1.0.79) panics in a goroutine of its own,
// where nobody can catch it, when a reply comes that it did not ask for, allocates whatever length is announced, and
// reads lists in lists without end. What is needed here is five questions long.
package resp

import (
	"bufio"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
)

// The bounds of one conversation. What the largest server says of itself has half a megabyte and some ten thousand items.
const (
	maxBytes = 64 << 20
	maxDepth = 16
	maxItems = 1 << 20 // texts, numbers and lists
)

// A Refusal is an error that the server itself has sent, with its code: "NOAUTH Authentication required."
type Refusal string

func (r Refusal) Error() string { return string(r) }

// ErrProtocol says that the other side does not speak RESP, or not as servers do.
var ErrProtocol = errors.New("the server does not speak the protocol of Redis and Valkey")

// A Reply is what a server said: a text, a number, or a list. A map is a list of keys and values by turns.
type Reply struct {
	Text  string // also of numbers
	Items []Reply
}

// Int gives a number, 0 for what is none.
func (r Reply) Int() int64 {
	n, _ := strconv.ParseInt(r.Text, 10, 64)
	return n
}

// Map gives the entries of a map, or of a list of keys and values by turns.
func (r Reply) Map() map[string]Reply {
	entries := make(map[string]Reply)
	for i := 0; i+1 < len(r.Items); i += 2 {
		entries[r.Items[i].Text] = r.Items[i+1]
	}
	return entries
}

// A Conn is one conversation. Not for several goroutines at a time.
type Conn struct {
	w     io.Writer
	r     *bufio.Reader
	items int // read so far
}

// New begins a conversation. Whoever made the connection closes it, and bounds the time.
func New(conn io.ReadWriter) *Conn {
	return &Conn{w: conn, r: bufio.NewReader(io.LimitReader(conn, maxBytes))}
}

// Do sends a command and reads what is said to it. An error that the server sends is a [Refusal].
func (c *Conn) Do(words ...string) (Reply, error) {
	b := []byte("*" + strconv.Itoa(len(words)) + "\r\n")
	for _, w := range words {
		b = append(b, "$"+strconv.Itoa(len(w))+"\r\n"+w+"\r\n"...)
	}
	if _, err := c.w.Write(b); err != nil {
		return Reply{}, err
	}
	return c.read(0)
}

func (c *Conn) read(depth int) (Reply, error) {
	for c.items < maxItems {
		c.items++
		kind, head, err := c.line()
		if err != nil {
			return Reply{}, err
		}
		switch kind {
		case '+', ':', ',', '(', '#':
			return Reply{Text: head}, nil
		case '_':
			return Reply{}, nil
		case '-':
			return Reply{}, Refusal(head)
		case '$', '=', '!':
			text, err := c.text(head)
			if err == nil && kind == '!' {
				err = Refusal(text)
			}
			return Reply{Text: text}, err
		case '*', '~':
			return c.list(head, 1, depth)
		case '%':
			return c.list(head, 2, depth)
		case '>', '|': // for those who subscribe, and about the reply that follows
			if _, err := c.list(head, map[byte]int64{'>': 1, '|': 2}[kind], depth); err != nil {
				return Reply{}, err
			}
		default:
			return Reply{}, ErrProtocol
		}
	}
	return Reply{}, ErrProtocol
}

// line reads the kind of a message and what stands behind it in its first line.
func (c *Conn) line() (kind byte, rest string, err error) {
	line, err := c.r.ReadString('\n')
	if err != nil {
		return 0, "", ended(err)
	}
	line, ok := strings.CutSuffix(line, "\r\n")
	if !ok || line == "" {
		return 0, "", ErrProtocol
	}
	return line[0], line[1:], nil
}

// length reads how long something is to be; -1 is the nothing of RESP2.
func length(head string) (int64, error) {
	n, err := strconv.ParseInt(head, 10, 64)
	if err != nil || n < -1 || n > math.MaxInt32 {
		return 0, ErrProtocol
	}
	return n, nil
}

func (c *Conn) text(head string) (string, error) {
	n, err := length(head)
	if err != nil || n < 0 {
		return "", err
	}
	var b strings.Builder // it grows with what comes, not with what is announced
	if _, err := io.CopyN(&b, c.r, n+2); err != nil {
		return "", ended(err)
	}
	text, ok := strings.CutSuffix(b.String(), "\r\n")
	if !ok || int64(len(text)) != n {
		return "", ErrProtocol
	}
	return text, nil
}

// list reads a list of so many times the elements. An error in it is the error of the whole.
func (c *Conn) list(head string, times int64, depth int) (Reply, error) {
	n, err := length(head)
	if err != nil || n < 0 {
		return Reply{}, err
	}
	if depth == maxDepth {
		return Reply{}, ErrProtocol
	}
	var items []Reply
	for range n * times {
		item, err := c.read(depth + 1)
		if err != nil {
			return Reply{}, err
		}
		items = append(items, item)
	}
	return Reply{Items: items}, nil
}

// ended tells a server that says too much from one that closes the connection.
func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
