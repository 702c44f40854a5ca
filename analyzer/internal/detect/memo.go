package detect

import (
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// A memo remembers what expressions gave lately: the answers that were found, or asked
// for again, since it was told to age, and those of the time before.
type memo struct{ young, old answers }

// Answers are what expressions gave. Most are asked about outside of any call that is
// followed, and of any object: those need a fifth of a whole key.
type answers struct {
	plain map[*languages.Expr]remembered
	bound map[memoKey]remembered
}

// maxYoung is how many answers are young before others are forgotten for them. Most are
// asked for again soon or never: in a large project all of them take a third of the
// memory, and save no time. But what hangs together in a long chain must not be worked
// out anew from its beginning.
const maxYoung = 1 << 13

// age forgets answers that nobody asked for lately, if there are many.
func (m *memo) age() {
	if len(m.young.plain)+len(m.young.bound) > maxYoung {
		m.young, m.old = newAnswers(), m.young
	}
}

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

func newMemo() memo { return memo{newAnswers(), newAnswers()} }

func newAnswers() answers {
	return answers{plain: make(map[*languages.Expr]remembered), bound: make(map[memoKey]remembered)}
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

func (m *memo) of(key memoKey) (remembered, bool) {
	r, known := m.young.of(key)
	if !known {
		if r, known = m.old.of(key); known {
			m.young.keep(key, r)
		}
	}
	return r, known
}

func (m *memo) keep(key memoKey, s set, asked bool) {
	m.young.keep(key, remembered{s.values, s.incomplete, asked})
}

func (a *answers) of(key memoKey) (r remembered, known bool) {
	if key.isPlain() {
		r, known = a.plain[key.expr]
	} else {
		r, known = a.bound[key]
	}
	return r, known
}

func (a *answers) keep(key memoKey, r remembered) {
	if key.isPlain() {
		a.plain[key.expr] = r
	} else {
		a.bound[key] = r
	}
}
