package lua

import (
	"github.com/keyvet/keyvet/languages"
)

func (p *parser) statement() {
	t := p.tok()
	switch string(p.text(t)) {
	case ";", "break":
		p.next()
	case "::":
		p.next()
		p.next()
		p.want("::")
	case "do":
		p.next()
		p.body()
	case "while":
		p.next()
		p.expr(0)
		p.want("do")
		p.body()
	case "repeat":
		p.next()
		p.block(false)
		if p.want("until") {
			p.expr(0)
		}
	case "if":
		p.ifStatement()
	case "for":
		p.forStatement()
	case "function":
		if p.kindAt(p.i+1) == nameToken {
			p.functionStatement()
		} else {
			p.plain()
		}
	case "local":
		p.localStatement()
	case "return":
		p.returnStatement()
	case "goto":
		if p.kindAt(p.i+1) == nameToken && !p.tokens[p.i+1].line {
			p.next()
			p.next()
			return
		}
		p.plain()
	default:
		p.plain()
	}
}

func (p *parser) body() {
	p.block(false)
	p.want("end")
}

func (p *parser) ifStatement() {
	for first := true; first || p.is("elseif"); first = false {
		p.next()
		p.expr(0)
		p.want("then")
		p.block(false)
	}
	if p.take("else") {
		p.block(false)
	}
	p.want("end")
}

// forStatement reads both kinds of loops.
func (p *parser) forStatement() {
	p.next()
	names := p.names()
	if p.take("=") {
		p.items()
		for _, name := range names {
			p.bindLocal(name, p.b.Expr(languages.Unknown, int(name.start), int(name.end)))
		}
	} else if p.want("in") {
		p.loopNames(names, p.items())
	}
	p.want("do")
	p.body()
}

// loopNames binds key and value of "in pairs(x)" and "in ipairs(x)". What other
// iterators give is not known.
func (p *parser) loopNames(names []token, over []languages.Item) {
	var of *languages.Expr
	if len(over) > 0 && over[0].Value.Kind == languages.Call && len(over[0].Value.Items()) == 1 {
		call := over[0].Value
		if f := call.Base; f.Kind == languages.Name && (f.Text == "pairs" || f.Text == "ipairs") {
			of = call.Items()[0].Value
		}
	}
	for i, name := range names {
		value := p.b.Expr(languages.Unknown, int(name.start), int(name.end))
		switch {
		case of == nil:
		case i == 1:
			value.Kind, value.Base = languages.Each, of
		case i == 0 && of.Kind == languages.Record:
			value.Kind, value.Base = languages.Each, p.keys(of)
		}
		p.bindLocal(name, value)
	}
}

// keys lists the known keys of a table.
func (p *parser) keys(record *languages.Expr) *languages.Expr {
	list := p.b.Expr(languages.List, int(record.Range.Start), int(record.Range.End))
	for _, item := range record.Items() {
		switch {
		case item.Key != nil:
			list.SetItems(append(list.Items(), languages.Item{Value: item.Key, Range: item.Range}))
		case item.Name != "":
			key := p.b.Leaf(languages.Text, item.Name, int(item.Range.Start), int(item.Range.End))
			list.SetItems(append(list.Items(), languages.Item{Value: key, Range: item.Range}))
		}
	}
	return list
}

// names reads "a, b, c", with the attributes that locals may have.
func (p *parser) names() []token {
	var names []token
	for p.tok().kind == nameToken {
		names = append(names, p.tok())
		p.next()
		if p.is("<") && p.kindAt(p.i+1) == nameToken && p.isAt(p.i+2, ">") {
			p.next()
			p.next()
			p.next()
		}
		if !p.take(",") {
			break
		}
	}
	return names
}

func (p *parser) returnStatement() {
	start := int(p.tok().start)
	p.next()
	if p.endsBlock() || p.is(";") || p.tok().kind == endToken {
		return
	}
	items := p.items()
	if len(items) == 1 && !items[0].Spread {
		value := items[0].Value
		p.b.Return(p.fn, value)
		if p.fn == 0 && value.Kind != languages.Call && value.Kind != languages.Unknown {
			p.b.File.Exports = append(p.b.File.Exports, languages.Export{Name: "=", Value: value})
		}
		return
	}
	tuple := p.b.Expr(languages.Tuple, start, p.last())
	tuple.SetItems(items)
	p.b.Return(p.fn, tuple)
}

// localStatement reads "local a, b = x, y" and "local function f".
func (p *parser) localStatement() {
	start := p.tok()
	p.next()
	if p.is("function") {
		p.next()
		name := p.tok()
		if name.kind != nameToken || name.line {
			p.damage(int(start.start), int(start.end))
			return
		}
		p.next()
		p.declare(name)
		p.function(int(start.start), languages.Function{Name: p.b.String(p.text(name))})
		return
	}
	names := p.names()
	if len(names) == 0 {
		p.damage(int(start.start), int(start.end))
	}
	if !p.take("=") {
		for _, name := range names {
			p.bindLocal(name, nil)
		}
		return
	}
	values := p.items()
	for i, name := range names {
		p.bindLocal(name, p.valueOf(values, i, len(names)))
	}
}
