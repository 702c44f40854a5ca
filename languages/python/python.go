// Package python reads Python source, from the print statements of Python 2 to
// the type parameters of 3.12.
//
// # What it knows
//
// Which expression binds a name, a member or an element; what a method's
// receiver is; which of Python's own functions and members only dress a value
// (str, getattr, dict, format, join ...); how a type is written, in quotes or
// not. See [languages.File] for what it hands over.
//
// # What it does not know
//
// What any name means: an imported or rebound "str" is taken for Python's own.
// Nor does it follow control flow, match patterns, slices, arithmetic,
// descriptors, metaclasses, or text that is run (exec, eval). Stub files
// (.pyi) hold no calls and notebooks are no text, so it claims neither.
//
// # Decisions
//
// Calls that are replaced by what they stand for (a conversion of a text,
// getattr with a literal, dict with keywords, a format, super, cast, an import
// by name) are not in Function.Calls, but everything inside them is. A method
// call that changes its receiver (append, update, setdefault ...) is there and
// is a binding as well. Names of comprehensions are bound in the function
// around. What is assigned in a class body is a field, not a binding.
package python

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

const parseLimit = 2 * time.Second

var errUTF16 = errors.New("text is UTF-16, not UTF-8")

// New returns Python. It keeps no state and can be used by many goroutines.
func New() languages.Language { return language{} }

type language struct{}

func (language) Name() string { return "python" }

func (language) Extensions() []string { return []string{".py", ".pyw"} }

func (language) Interpreters() []string {
	return []string{"python", "python3", "python2", "pypy3"}
}

func (language) Traits() languages.Traits {
	return languages.Traits{
		ClassScope:   true,
		HandsOn:      handsOn,
		Enters:       []string{enter, "__aenter__"},
		EntryMembers: map[string]bool{"get": true, "pop": true, "setdefault": true},
		TextMembers: map[string]languages.TextChange{
			"encode": languages.SameText,
			"decode": languages.SameText,
			"strip":  languages.SameText,
			"lstrip": languages.SameText,
			"rstrip": languages.SameText,
			"split":  languages.SameText,
			"value":  languages.SameText, // of an enum member
			"upper":  languages.UpperText,
			"lower":  languages.LowerText,
		},
	}
}

func (l language) Extract(ctx context.Context, path string, src []byte) (*languages.File, error) {
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return nil, fmt.Errorf("read %s: %w", path, errUTF16)
	}
	limit, err := timeLimit(ctx)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	tree, err := treesitter.Python().Parse(src, limit)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	defer tree.Free()
	b := build.New(path, l.Name(), src)
	x := &extractor{b: b, src: src, noType: -1}
	x.visit(tree.Root())
	for _, r := range tree.Errors() {
		b.Damage(r[0], r[1])
	}
	if b.HasComments() {
		for n := range tree.Root().Descendants() {
			if n.Kind() == "comment" {
				b.Comment(n.Start(), n.End(), "#", "")
			}
		}
	}
	return b.Finish(), nil
}

// timeLimit is what is left until the context's deadline.
func timeLimit(ctx context.Context) (time.Duration, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	deadline, ok := ctx.Deadline()
	if !ok {
		return parseLimit, nil
	}
	left := time.Until(deadline)
	if left <= 0 {
		return 0, context.DeadlineExceeded
	}
	return left, nil
}
