package lua

import (
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/build"
)

// call reads the arguments: in brackets, or a text or table alone.
func (p *parser) call(callee *languages.Expr, start int) *languages.Expr {
	call := p.b.Expr(languages.Call, start, start)
	p.b.Call(p.fn, call)
	call.Base, call.At = callee, callee.At
	switch {
	case p.take("("):
		call.SetItems(p.list(")"))
		call.Damaged = !p.want(")")
	case p.is("{"):
		table := p.table()
		call.SetItems(append(p.b.Items(1), languages.Item{Value: table, Range: table.Range}))
	default:
		text := p.simple()
		call.SetItems(append(p.b.Items(1), languages.Item{Value: text, Range: text.Range}))
	}
	call.Range = build.Range(start, max(p.last(), start))
	if callee.Kind != languages.Name && callee.Kind != languages.Member {
		call.At = call.Range
	}
	return p.known(call)
}

// list reads arguments, or the fields of a table, up to the bracket that ends
// them. Two of them without a comma between are taken for a hole, or for the
// end of it all where a line or a statement begins.
func (p *parser) list(end string) []languages.Item {
	var items []languages.Item
	for !p.is(end) && p.tok().kind != endToken && !p.stops() {
		before := p.i
		if end == "}" {
			items = append(items, p.field())
		} else {
			items = append(items, p.item())
		}
		if p.take(",") || p.take(";") {
			continue
		}
		if p.is(end) || p.stops() || p.tok().line || p.is(")") || p.is("}") || p.is("]") {
			break
		}
		p.hole()
		p.take(",")
		if p.i == before {
			p.stray()
		}
	}
	return items
}

// items reads expressions without brackets around.
func (p *parser) items() []languages.Item {
	items := append(p.b.Items(1), p.item())
	for p.take(",") {
		items = append(items, p.item())
	}
	return items
}

// item reads one of several expressions. Some stand for many values.
func (p *parser) item() languages.Item {
	e := p.expr(0)
	item := languages.Item{Value: e, Range: e.Range}
	switch {
	case e.Kind == languages.Name && e.Text == "...":
		item.Spread = true
	case e.Kind == languages.Call && len(e.Items()) == 1 && p.isUnpack(e.Base):
		item.Spread, item.Value = true, e.Items()[0].Value
	}
	return item
}

// table reads a table constructor: a Record if it has any keys.
func (p *parser) table() *languages.Expr {
	start := int(p.tok().start)
	e := p.b.Expr(languages.List, start, start)
	p.b.Record(p.fn, e) // before those inside; finish takes the lists out again
	p.next()
	e.SetItems(p.list("}"))
	p.want("}")
	e.Range = build.Range(start, p.last())
	e.At = e.Range
	for _, item := range e.Items() {
		if item.Name != "" || item.Key != nil {
			e.Kind = languages.Record
			break
		}
	}
	return e
}

// field reads "name = x", "[key] = x" or a value.
func (p *parser) field() languages.Item {
	t := p.tok()
	switch {
	case t.kind == nameToken && p.isAt(p.i+1, "="):
		p.next()
		p.next()
		value := p.single(p.item())
		return languages.Item{Name: p.b.String(p.text(t)), Value: value, Range: build.Range(int(t.start), p.last())}
	case p.is("["):
		p.next()
		key := p.expr(0)
		p.want("]")
		if !p.want("=") {
			return languages.Item{Value: key, Range: key.Range}
		}
		item := languages.Item{Key: key, Value: p.single(p.item())}
		if key.Kind == languages.Text && key.Text != "" {
			item.Key, item.Name = nil, key.Text
			key.Kind, key.Text = languages.Unknown, "" // no text of its own
		}
		item.Range = build.Range(int(t.start), p.last())
		return item
	}
	return p.item()
}
