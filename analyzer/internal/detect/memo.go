package detect

import (
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// A memo remembers what expressions gave. Most are asked about outside of any call that
// is followed, and of any object: those need a fifth of a whole key.
type memo struct {
	plain map[*languages.Expr]remembered
	bound map[memoKey]remembered
}

// maxRemembered is how many answers are remembered before a question. Most are asked for
// again soon or never: in a large project four times as many take a tenth of the memory,
// and save no time.
const maxRemembered = 1 << 14

func (m *memo) size() int { return len(m.plain) + len(m.bound) }

type memoKey struct {
	expr  *languages.Expr
	frame *frame
	self  link.TypeID
	made  *languages.Expr // the call that made self
}

// A remembered is a set, and whether a command was being looked for when it was found.
type remembered struct {
	values            []value
	incomplete, asked bool
}

func newMemo() memo {
	return memo{plain: make(map[*languages.Expr]remembered), bound: make(map[memoKey]remembered)}
}

func (r remembered) set() set { return set{r.values, r.incomplete} }

func keyOf(x *languages.Expr, at *env) memoKey {
	key := memoKey{expr: x, frame: at.frame}
	if at.self != nil {
		key.self, key.made = at.self.class, at.self.expr
	}
	return key
}

func (k memoKey) isPlain() bool { return k == memoKey{expr: k.expr} }

func (m *memo) of(key memoKey) (r remembered, known bool) {
	if key.isPlain() {
		r, known = m.plain[key.expr]
	} else {
		r, known = m.bound[key]
	}
	return r, known
}

func (m *memo) keep(key memoKey, s set, asked bool) {
	r := remembered{s.values, s.incomplete, asked}
	if key.isPlain() {
		m.plain[key.expr] = r
	} else {
		m.bound[key] = r
	}
}
