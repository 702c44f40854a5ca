package resp

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A said is a server that has said all already.
type said struct {
	io.Reader
	asked bytes.Buffer
}

func (s *said) Write(b []byte) (int, error) { return s.asked.Write(b) }

func texts(all ...string) (items []Reply) {
	for _, text := range all {
		items = append(items, Reply{Text: text})
	}
	return items
}

func TestDo(t *testing.T) {
	for _, test := range []struct {
		reply string
		want  Reply
		err   error
	}{
		{"+OK\r\n", Reply{Text: "OK"}, nil},
		{"$2\r\nabc\r\n", Reply{}, ErrProtocol},
		{"$4\r\na\r\nb\r\n", Reply{Text: "a\r\nb"}, nil},
		{"$-1\r\n", Reply{}, nil},
		{"*-1\r\n", Reply{}, nil},
		{"_\r\n", Reply{}, nil},
		{":-12\r\n", Reply{Text: "-12"}, nil},
		{"*2\r\n$1\r\na\r\n:1\r\n", Reply{Items: texts("a", "1")}, nil},
		{"%1\r\n+proto\r\n:3\r\n", Reply{Items: texts("proto", "3")}, nil},
		{">2\r\n+message\r\n+x\r\n|1\r\n+a\r\n+b\r\n+OK\r\n", Reply{Text: "OK"}, nil},
		{"-NOAUTH no\r\n", Reply{}, Refusal("NOAUTH no")},
		{"!6\r\nERR no\r\n", Reply{Text: "ERR no"}, Refusal("ERR no")},
		{"", Reply{}, io.ErrUnexpectedEOF},
		{"$5\r\nabc", Reply{}, io.ErrUnexpectedEOF},
		{"+OK\n", Reply{}, ErrProtocol},
		{"HTTP/1.1 400 Bad Request\r\n\r\n", Reply{}, ErrProtocol},
		{"$99999999999999\r\n", Reply{}, ErrProtocol},
		{"$2147483647\r\n", Reply{}, io.ErrUnexpectedEOF},
		{"*2147483647\r\n", Reply{}, io.ErrUnexpectedEOF},
		{"%2147483647\r\n", Reply{}, io.ErrUnexpectedEOF},
		{"$-7\r\n", Reply{}, ErrProtocol},
		{strings.Repeat("*1\r\n", 1_000_000), Reply{}, ErrProtocol},
		{strings.Repeat(">0\r\n", maxItems), Reply{}, ErrProtocol},
	} {
		server := &said{Reader: strings.NewReader(test.reply)}
		got, err := New(server).Do("SET", "k", "a b")
		if diff := cmp.Diff(test.want, got); diff != "" || !errors.Is(err, test.err) {
			t.Errorf("%.40q: %v, want %v; -want +got:\n%s", test.reply, err, test.err, diff)
		}
		if asked := server.asked.String(); asked != "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$3\r\na b\r\n" {
			t.Errorf("asked %q", asked)
		}
	}
}

// TestEndless has a server that never stops.
func TestEndless(t *testing.T) {
	for _, piece := range []string{"a", "$1\r\na\r\n", "*1\r\n"} {
		_, err := New(&said{Reader: &endless{piece: piece, first: "*2147483647\r\n"}}).Do("COMMAND")
		if err == nil {
			t.Errorf("%q: no error", piece)
		}
	}
}

// An endless says one thing for ever.
type endless struct{ piece, first string }

func (e *endless) Read(b []byte) (n int, err error) {
	n = copy(b, e.first)
	e.first = e.first[n:]
	for n < len(b) {
		c := copy(b[n:], e.piece)
		n += c
		e.first = e.piece[c:]
	}
	return n, nil
}
