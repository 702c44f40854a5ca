package java

import (
	"fmt"
	"sort"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// dump writes facts for people: one line for each import, type, function,
// binding and call.
func dump(f *languages.File) string {
	var b strings.Builder
	line := func(r languages.Range, format string, args ...any) {
		p := f.Position(r.Start)
		fmt.Fprintf(&b, format+"  @%d:%d\n", append(args, p.Line, p.Column)...)
	}
	if f.Package != "" {
		fmt.Fprintf(&b, "package %s\n", f.Package)
	}
	for _, i := range f.Imports {
		static := ""
		if i.Static {
			static = "static "
		}
		line(i.Range, "import %s%s %s as %q", static, i.Module, i.Symbol, i.Local)
	}
	for i, t := range f.Types {
		line(t.Range, "\ntype %d %q%s kind %d in f%d outer %d bases %s%s methods %v", i, t.Name,
			list("<", t.Params, ">"), t.Kind, t.Function, t.Outer, typesString(t.Bases), exprs(" @", t.Annotations), t.Methods)
		for _, v := range t.Fields {
			line(v.Range, "  field %s %s = %s%s", v.Name, typeString(v.Type), exprString(v.Value), exprs(" @", v.Annotations))
		}
	}
	for i, fn := range f.Functions {
		line(fn.Range, "\nfunc %d %q in f%d owner %d receiver %q%s%s -> %s%s", i, fn.Name, fn.Parent, fn.Owner,
			fn.Receiver, when(fn.Constructor, " constructor"), params(fn.Params), typesString(fn.Results),
			exprs(" @", fn.Annotations))
		for _, v := range fn.Bindings {
			line(v.Range, "  %s %s %s= %s%s", exprString(v.Target), typeString(v.Type),
				when(v.Append, "+"), exprString(v.Value), when(v.Nonlocal, " nonlocal"))
		}
		for _, c := range fn.Calls {
			line(c.At, "  call %s%s", exprString(c), when(c.Damaged, " damaged"))
		}
		for _, r := range fn.Records {
			line(r.Range, "  record %s", exprString(r))
		}
		for _, r := range fn.Returns {
			line(r.Range, "  return %s", exprString(r))
		}
	}
	for _, t := range f.Texts {
		line(t.Range, "text %s", exprString(t))
	}
	for _, c := range f.Comments {
		line(c.Range, "comment %q%s", c.Text, when(c.Trailing, " trailing"))
	}
	for _, d := range f.Damage {
		line(d, "damage")
	}
	return b.String()
}

func when(on bool, text string) string {
	if on {
		return text
	}
	return ""
}

func list(open string, names []string, close string) string {
	if len(names) == 0 {
		return ""
	}
	return open + strings.Join(names, ", ") + close
}

func exprs(mark string, es []*languages.Expr) string {
	var b strings.Builder
	for _, e := range es {
		b.WriteString(mark + exprString(e))
	}
	return b.String()
}

func params(ps []languages.Param) string {
	var all []string
	for _, p := range ps {
		all = append(all, strings.TrimSpace(typeString(p.Type)+when(p.Variadic, "...")+" "+p.Name+exprs(" @", p.Annotations)))
	}
	return "(" + strings.Join(all, ", ") + ")"
}

func typesString(ts []languages.TypeRef) string {
	var all []string
	for _, t := range ts {
		all = append(all, typeString(t))
	}
	return "[" + strings.Join(all, ", ") + "]"
}

func typeString(t languages.TypeRef) string {
	if t.Name == "" {
		return "_"
	}
	var args []string
	for _, a := range t.Args {
		args = append(args, typeString(a))
	}
	return t.Name + list("<", args, ">")
}

// exprString writes an expression close to how it looks in Java; what is known
// of texts in quotes.
func exprString(e *languages.Expr) string {
	if e == nil {
		return "-"
	}
	switch e.Kind {
	case languages.Unknown:
		return "?"
	case languages.Text:
		return fmt.Sprintf("%q", e.Text)
	case languages.Number, languages.Bool, languages.Name:
		return e.Text
	case languages.None:
		return "null"
	case languages.Super:
		return "super"
	case languages.Member:
		return exprString(e.Base) + "." + e.Text
	case languages.Index:
		return exprString(e.Base) + items("[", e.Items(), "]")
	case languages.Call:
		s := exprString(e.Base) + items("(", e.Items(), ")")
		if e.New {
			s = "new " + s + when(len(e.Type().Args) > 0, ":"+typeString(e.Type()))
		}
		if e.New && e.Declared >= 0 {
			s += fmt.Sprintf("{type %d}", e.Declared)
		}
		return s
	case languages.List:
		return items("[", e.Items(), "]")
	case languages.Record:
		return items("{", e.Items(), "}")
	case languages.Concat:
		return items("concat(", e.Items(), ")")
	case languages.Choice:
		return items("choice(", e.Items(), ")")
	case languages.Each:
		return "each(" + exprString(e.Base) + ")"
	case languages.Lambda:
		return fmt.Sprintf("lambda(f%d)", e.Declared)
	case languages.Cast:
		return "(" + typeString(e.Type()) + ")" + exprString(e.Base)
	}
	return fmt.Sprintf("kind%d", e.Kind)
}

func items(open string, list []languages.Item, close string) string {
	var all []string
	for _, i := range list {
		s := exprString(i.Value)
		switch {
		case i.Key != nil:
			s = "[" + exprString(i.Key) + "]: " + s
		case i.Name != "":
			s = i.Name + ": " + s
		}
		all = append(all, when(i.Spread, "...")+s)
	}
	return open + strings.Join(all, ", ") + close
}

// check reports what no file may hold: ranges outside of it, indexes of nothing.
func check(f *languages.File, size int) []string {
	c := checker{f: f, size: int32(size), seen: make(map[*languages.Expr]bool), wrong: make(map[string]bool)}
	for i, fn := range f.Functions {
		c.span("function", fn.Range)
		c.that(fn.Parent < i && (fn.Parent >= 0 || i == 0), "parent of function %d is %d", i, fn.Parent)
		c.that(fn.Owner >= -1 && fn.Owner < len(f.Types), "owner of function %d is %d", i, fn.Owner)
		for _, p := range fn.Params {
			c.span("param", p.Range)
			c.exprs(p.Annotations...)
		}
		for _, b := range fn.Bindings {
			c.span("binding", b.Range)
			c.that(b.Target != nil, "binding without target")
			c.exprs(b.Target, b.Value)
		}
		calls := make(map[*languages.Expr]bool)
		for _, call := range fn.Calls {
			c.that(call.Kind == languages.Call && call.Base != nil, "call %s", exprKind(call))
			c.that(!calls[call], "call listed twice")
			calls[call] = true
		}
		c.exprs(fn.Calls...)
		c.exprs(fn.Records...)
		c.exprs(fn.Returns...)
		c.exprs(fn.Annotations...)
	}
	for i, t := range f.Types {
		c.span("type", t.Range)
		c.that(t.Function >= 0 && t.Function < len(f.Functions), "function of type %d is %d", i, t.Function)
		c.that(t.Outer >= -1 && t.Outer < i, "outer of type %d is %d", i, t.Outer)
		for _, m := range t.Methods {
			c.that(m > 0 && m < len(f.Functions) && f.Functions[m].Owner == i, "method %d of type %d", m, i)
		}
		for _, v := range t.Fields {
			c.span("field", v.Range)
			c.exprs(v.Value)
			c.exprs(v.Annotations...)
		}
		c.exprs(t.Annotations...)
	}
	c.exprs(f.Texts...)
	for _, d := range f.Damage {
		c.span("damage", d)
	}
	for _, i := range f.Imports {
		c.span("import", i.Range)
	}
	var wrong []string
	for w := range c.wrong {
		wrong = append(wrong, w)
	}
	sort.Strings(wrong)
	return wrong
}

type checker struct {
	f     *languages.File
	size  int32
	seen  map[*languages.Expr]bool
	wrong map[string]bool
}

func (c *checker) that(ok bool, format string, args ...any) {
	if !ok {
		c.wrong[fmt.Sprintf(format, args...)] = true
	}
}

func (c *checker) span(what string, r languages.Range) {
	c.that(0 <= r.Start && r.Start <= r.End && r.End <= c.size, "%s range %v in %d bytes", what, r, c.size)
}

func (c *checker) exprs(es ...*languages.Expr) {
	for _, e := range es {
		if e == nil || c.seen[e] {
			continue
		}
		c.seen[e] = true
		c.span(exprKind(e), e.Range)
		c.span(exprKind(e)+" name", e.At)
		c.that(e.Kind != languages.Lambda || e.Declared > 0 && int(e.Declared) < len(c.f.Functions), "lambda is function %d", e.Declared)
		c.that(e.Kind != languages.Call || e.Declared >= -1 && int(e.Declared) < len(c.f.Types), "body is type %d", e.Declared)
		c.exprs(e.Base)
		for _, i := range e.Items() {
			c.span("item", i.Range)
			c.that(i.Value != nil, "item without value")
			c.exprs(i.Key, i.Value)
		}
	}
}

func exprKind(e *languages.Expr) string { return fmt.Sprintf("expression of kind %d", e.Kind) }
