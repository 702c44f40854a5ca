package detect

import "github.com/keyvet/keyvet/languages"

// A narrowing is what a case says of a member of an object.
type narrowing struct {
	member string
	values []*languages.Expr
	env    *env
	outer  *narrowing
}

// narrow keeps of what a name may be what the cases around it leave: with
// "switch cmd", or with "switch query.cmd" of its member.
func (e *evaluator) narrow(s set, x *languages.Expr, at *env) set {
	for i := at.fn; i > 0; i = at.file.Functions[i].Parent {
		for j := range at.file.Functions[i].Cases {
			c := &at.file.Functions[i].Cases[j]
			if x.Range.Start < c.Range.Start || x.Range.End > c.Range.End || isInCase(c, x) {
				continue
			}
			switch {
			case c.Subject.Kind == languages.Name && c.Subject.Text == x.Text:
				s = e.oneOf(s, c.Values, at)
			case c.Subject.Kind == languages.Member && c.Subject.Base.Text == x.Text:
				s = withMember(s, c, at)
			}
		}
	}
	return s
}

// isInCase tells whether x is part of what the case itself says.
func isInCase(c *languages.Case, x *languages.Expr) bool {
	for _, v := range c.Values {
		if x.Range.Start >= v.Range.Start && x.Range.End <= v.Range.End {
			return true
		}
	}
	return x.Range.Start >= c.Subject.Range.Start && x.Range.End <= c.Subject.Range.End
}

// oneOf keeps the texts that are among some; if none is known to be, and not all
// are known, it is one of those.
func (e *evaluator) oneOf(s set, values []*languages.Expr, at *env) set {
	var allowed, kept set
	for _, v := range values {
		allowed.merge(e.eval(v, at))
	}
	for i := range allowed.values {
		if v := &allowed.values[i]; v.kind != textValue || v.prefix {
			return s
		}
	}
	if len(allowed.values) == 0 && !allowed.incomplete {
		return s
	}
	for i := range s.values {
		v := &s.values[i]
		if v.kind != textValue || v.prefix {
			return s
		}
		for j := range allowed.values {
			if v.text == allowed.values[j].text {
				kept.add(*v)
			}
		}
	}
	if len(kept.values) == 0 && (s.incomplete || len(s.values) == 0) {
		return allowed
	}
	return kept // perhaps nothing: this case is not entered with these
}

func withMember(s set, c *languages.Case, at *env) set {
	return s.with(func(v value) value {
		if v.kind == objectValue || v.kind == recordValue {
			r := *v.rarity()
			r.narrowed = &narrowing{c.Subject.Text, c.Values, at, r.narrowed}
			v.rare = &r
		}
		return v
	})
}

// narrowMember applies what cases said of an object to one of its members.
func (e *evaluator) narrowMember(s set, v *value, name string) set {
	for n := v.rarity().narrowed; n != nil; n = n.outer {
		if n.member == name {
			return e.oneOf(s, n.values, n.env)
		}
	}
	return s
}
