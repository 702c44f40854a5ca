// Package bounded decodes manifests that somebody may have made to do harm.
//
// The libraries that read TOML, and JSON with comments, call themselves for each level of nesting: a file of two
// megabytes that opens a bracket with each byte takes more stack than a Go program may have, and that ends it, for no
// caller can catch it. Some take time that grows with the square of the number of parts of a key. So nesting is looked
// at first, with the plainest reading of what is text and what is not.
package bounded

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/tailscale/hujson"
)

// The limits. No tool writes more, nor does a person.
const (
	maxDepth = 200 // lists and tables in one another
	maxParts = 100 // of a key: a.b.c
)

var (
	errDeep  = errors.New("nested too deeply")
	errParts = errors.New("a key of too many parts")
)

// JSON decodes JSON that may hold comments and commas after the last element.
func JSON(data []byte, into any) error {
	if err := check(data, syntax{line: "//", block: true}); err != nil {
		return err
	}
	standard, err := hujson.Standardize(bytes.Clone(data))
	if err != nil {
		return err
	}
	return json.Unmarshal(standard, into)
}

// TOML decodes TOML.
func TOML(data []byte, into any) error {
	if err := check(data, syntax{line: "#", literal: true}); err != nil {
		return err
	}
	_, err := toml.Decode(string(data), into)
	return err
}

// A syntax says what is no structure in a format.
type syntax struct {
	line    string // begins a comment up to the end of the line
	block   bool   // there are comments like those of C
	literal bool   // '...', and texts of several lines in three quotes
}

// check bounds nesting. Up to the first mistake in a file it tells texts and comments apart as the parsers do, and
// behind it they do not go.
func check(data []byte, s syntax) error {
	depth, parts := 0, 0
	for i := 0; i < len(data); {
		if n := s.skip(data[i:]); n > 0 {
			i += n
			continue
		}
		switch data[i] {
		case '[', '{':
			depth++
			parts = 0
		case ']', '}':
			depth--
			parts = 0
		case '\n', '=', ',', ':':
			parts = 0
		case '.':
			parts++
		}
		switch {
		case depth > maxDepth:
			return errDeep
		case parts > maxParts:
			return errParts
		}
		i++
	}
	return nil
}

// skip gives the length of the text or comment that data begins with, 0 if it begins with neither.
func (s syntax) skip(data []byte) int {
	switch {
	case bytes.HasPrefix(data, []byte(s.line)):
		if end := bytes.IndexByte(data, '\n'); end >= 0 {
			return end
		}
		return len(data)
	case s.block && bytes.HasPrefix(data, []byte("/*")):
		if end := bytes.Index(data[2:], []byte("*/")); end >= 0 {
			return 2 + end + 2
		}
		return len(data)
	case data[0] == '"' || s.literal && data[0] == '\'':
		return s.text(data)
	}
	return 0
}

func (s syntax) text(data []byte) int {
	quote := data[0]
	closing := string(quote)
	if long := strings.Repeat(closing, 3); s.literal && bytes.HasPrefix(data, []byte(long)) {
		closing = long
	}
	for i := len(closing); i < len(data); i++ {
		switch {
		case data[i] == '\\' && quote == '"':
			i++
		case data[i] == '\n' && len(closing) == 1:
			return i // a mistake; nobody reads on
		case bytes.HasPrefix(data[i:], []byte(closing)):
			i += len(closing)
			for extra := 0; len(closing) == 3 && extra < 2 && i < len(data) && data[i] == quote; extra++ {
				i++ // the text ends in quotes itself
			}
			return i
		}
	}
	return len(data)
}
