package lua

import (
	"slices"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

// A parser goes through the tokens once, and makes facts at once: there is no
// tree. Each statement and expression takes at least one token or leaves that
// to its caller.
type parser struct {
	b      *build.Builder
	src    []byte
	tokens []token
	i      int // the current token
	fn     int // index of the innermost function
	depth  int // of nested syntax
	locals map[local]bool
	types  map[string]int // made for methods

	aliases map[string]string // locals that are functions of the library
}

// local is a name in the scope of a function.
type local struct {
	fn   int
	name string
}

func (p *parser) tok() token { return p.tokens[p.i] }

func (p *parser) text(t token) []byte { return p.src[t.start:t.end] }

// is reports whether the current token is the given keyword or operator.
func (p *parser) is(s string) bool { return p.isAt(p.i, s) }

func (p *parser) isAt(i int, s string) bool {
	if i >= len(p.tokens) {
		return false
	}
	t := p.tokens[i]
	return (t.kind == keywordToken || t.kind == otherToken) && string(p.text(t)) == s
}

func (p *parser) kindAt(i int) tokenKind {
	if i >= len(p.tokens) {
		return endToken
	}
	return p.tokens[i].kind
}

// next goes to the next token. The end stays where it is.
func (p *parser) next() {
	if p.i < len(p.tokens)-1 {
		p.i++
	}
}

// take goes on if the current token is s.
func (p *parser) take(s string) bool {
	if p.is(s) {
		p.next()
		return true
	}
	return false
}

// want is take for what has to be there.
func (p *parser) want(s string) bool {
	if p.take(s) {
		return true
	}
	start := int(p.tok().start)
	p.damage(start, start)
	return false
}

// damage notes a stretch that could not be read; neighbours become one.
func (p *parser) damage(start, end int) {
	if d := p.b.File.Damage; len(d) > 0 {
		last := &d[len(d)-1]
		if int(last.End) <= start && start <= int(last.End)+1 || int(last.Start) == start {
			last.End = max(last.End, int32(end))
			return
		}
	}
	p.b.Damage(start, end)
}

// last is the end of the token before the current one.
func (p *parser) last() int {
	if p.i == 0 {
		return 0
	}
	return int(p.tokens[p.i-1].end)
}

// deeper counts one level of nesting, or tells that it is enough.
func (p *parser) deeper() bool {
	if p.depth >= build.MaxDepth {
		return false
	}
	p.depth++
	return true
}

// block reads statements up to the keyword that ends them. In a whole file
// nothing but its end does: a stray "end" is what a fragment may hold.
func (p *parser) block(file bool) {
	if !p.deeper() {
		return
	}
	defer func() { p.depth-- }()
	for p.tok().kind != endToken {
		if p.endsBlock() {
			if !file {
				return
			}
			p.stray()
			continue
		}
		before := p.i
		p.statement()
		if p.i == before {
			p.stray()
		}
	}
}

func (p *parser) endsBlock() bool {
	return p.tok().kind == keywordToken &&
		(p.is("end") || p.is("else") || p.is("elseif") || p.is("until"))
}

func (p *parser) stray() {
	p.damage(int(p.tok().start), int(p.tok().end))
	p.next()
}

// finish takes out the calls that were folded away and the tables that turned
// out to be lists.
func (p *parser) finish() *languages.File {
	for i := range p.b.File.Functions {
		f := &p.b.File.Functions[i]
		f.Calls = slices.DeleteFunc(f.Calls, func(e *languages.Expr) bool { return e.Kind != languages.Call })
		f.Records = slices.DeleteFunc(f.Records, func(e *languages.Expr) bool { return e.Kind != languages.Record })
	}
	return p.b.Finish()
}
