package python

import "github.com/keyvet/keyvet/languages"

// setattr binds a member, or an element where the name is not written there.
func (x *extractor) setattr(n, args node) *languages.Expr {
	list := positional(args, 3, 3)
	if list == nil {
		return nil
	}
	e := x.plainCall(n, nil)
	base, name, value := e.Items()[0].Value, e.Items()[1].Value, e.Items()[2].Value
	var target *languages.Expr
	if name.Kind == languages.Text {
		target = x.b.Member(base, name.Text, int(name.Range.Start), int(name.Range.End))
	} else {
		target = x.b.Expr(languages.Index, int(base.Range.Start), int(name.Range.End))
		target.Base = base
		target.SetItems(append(x.b.Items(1), e.Items()[1]))
	}
	x.add(languages.Binding{Target: target, Value: value, Range: span(n)})
	return e
}

// change is a call, and what it does to the object it is called on.
func (x *extractor) change(n node, name string) *languages.Expr {
	e := x.plainCall(n, nil)
	if e.Base.Kind != languages.Member || len(e.Items()) == 0 {
		return e
	}
	target := e.Base.Base
	switch target.Kind {
	case languages.Name, languages.Member, languages.Index:
	default:
		return e
	}
	b := languages.Binding{Target: target, Append: true, Range: span(n)}
	first := e.Items()[0]
	plain := first.Name == "" && !first.Spread
	switch name {
	case "append", "appendleft":
		if len(e.Items()) > 1 || !plain {
			return e
		}
		b.Value = x.b.Appended(first.Value)
	case "extend":
		if len(e.Items()) > 1 || !plain {
			return e
		}
		b.Value = x.spread(first.Value)
	case "update":
		b.Value = x.updated(e)
	default: // insert(0, a), setdefault("k", a)
		if len(e.Items()) != 2 || !plain {
			return e
		}
		b.Append = false
		b.Target = x.b.Expr(languages.Index, int(target.Range.Start), int(first.Range.End))
		b.Target.Base = target
		b.Target.SetItems(append(x.b.Items(1), first))
		b.Value = e.Items()[1].Value
	}
	x.add(b)
	return e
}

// updated is the record that an update brings.
func (x *extractor) updated(call *languages.Expr) *languages.Expr {
	if len(call.Items()) == 1 && call.Items()[0].Name == "" && call.Items()[0].Value.Kind == languages.Record {
		return call.Items()[0].Value
	}
	e := x.b.Expr(languages.Record, int(call.Range.Start), int(call.Range.End))
	e.SetItems(x.b.Items(len(call.Items())))
	for _, item := range call.Items() {
		e.SetItems(x.entries(e.Items(), item))
	}
	return e
}
