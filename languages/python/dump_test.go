package python

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// compact writes an expression in one line, near to Python where it can be.
func compact(e *languages.Expr) string {
	if e == nil {
		return "-"
	}
	switch e.Kind {
	case languages.Unknown:
		return "?"
	case languages.Text:
		return strconv.Quote(e.Text)
	case languages.Number, languages.Bool, languages.Name:
		return e.Text
	case languages.None:
		return "None"
	case languages.Member:
		return compact(e.Base) + "." + e.Text
	case languages.Index:
		return compact(e.Base) + "[" + items(e) + "]"
	case languages.Call:
		return compact(e.Base) + "(" + items(e) + ")"
	case languages.Module:
		return "module " + e.Text
	case languages.List:
		return "[" + items(e) + "]"
	case languages.Tuple:
		return "(" + items(e) + ")"
	case languages.Record:
		return "{" + items(e) + "}"
	case languages.Concat:
		return "concat<" + items(e) + ">"
	case languages.Choice:
		return "choice<" + items(e) + ">"
	case languages.Each:
		return "each<" + compact(e.Base) + ">"
	case languages.Result:
		return "result<" + compact(e.Base) + ", " + items(e) + ">"
	case languages.Lambda:
		return "lambda#" + strconv.Itoa(int(e.Declared))
	case languages.Cast:
		return "cast<" + typeText(e.Type()) + ">(" + compact(e.Base) + ")"
	case languages.Super:
		return "super"
	}
	return fmt.Sprint("kind ", e.Kind)
}

func items(e *languages.Expr) string {
	var list []string
	for _, i := range e.Items() {
		s := compact(i.Value)
		switch {
		case i.Key != nil:
			s = compact(i.Key) + ": " + s
		case i.Spread:
			s = "..." + s
		case i.Name != "":
			s = i.Name + "=" + s
		}
		list = append(list, s)
	}
	return strings.Join(list, ", ")
}

func exprs(list []*languages.Expr) string {
	var out []string
	for _, e := range list {
		out = append(out, compact(e))
	}
	return strings.Join(out, ", ")
}

func typeText(t languages.TypeRef) string {
	if len(t.Args) == 0 {
		return t.Name
	}
	return t.Name + "<" + typeTexts(t.Args) + ">"
}

func typeTexts(list []languages.TypeRef) string {
	var out []string
	for _, t := range list {
		out = append(out, typeText(t))
	}
	return strings.Join(out, ", ")
}

// dump lists the facts of a file, one in a line, with the line in the source.
func dump(f *languages.File) string {
	var b strings.Builder
	line := func(r languages.Range) int { return f.Position(r.Start).Line }
	for _, i := range f.Imports {
		fmt.Fprintf(&b, "%d: import %q %q as %q in #%d\n", line(i.Range), i.Module, i.Symbol, i.Local, i.Function)
	}
	for i, t := range f.Types {
		fmt.Fprintf(&b, "%d: type %d %s kind %d of #%d outer %d", line(t.Range), i, t.Name, t.Kind, t.Function, t.Outer)
		fmt.Fprintf(&b, " bases <%s> params %v methods %v annotations <%s>\n", typeTexts(t.Bases), t.Params, t.Methods, exprs(t.Annotations))
		for _, field := range t.Fields {
			fmt.Fprintf(&b, "%d:   field %s: %s = %s%s\n", line(field.Range), field.Name, typeText(field.Type), compact(field.Value), annotations(field.Annotations))
		}
	}
	for i := range f.Functions {
		dumpFunction(&b, f, i)
	}
	for _, t := range f.Texts {
		fmt.Fprintf(&b, "%d: text %s\n", line(t.Range), compact(t))
	}
	for _, c := range f.Comments {
		fmt.Fprintf(&b, "%d: comment %q trailing %v\n", line(c.Range), c.Text, c.Trailing)
	}
	for _, d := range f.Damage {
		fmt.Fprintf(&b, "%d: damage %d-%d\n", line(d), d.Start, d.End)
	}
	return b.String()
}

func dumpFunction(b *strings.Builder, f *languages.File, i int) {
	fn := &f.Functions[i]
	line := func(r languages.Range) int { return f.Position(r.Start).Line }
	fmt.Fprintf(b, "%d: function #%d %q in #%d owner %d receiver %q", line(fn.Range), i, fn.Name, fn.Parent, fn.Owner, fn.Receiver)
	if fn.ClassReceiver {
		b.WriteString(" (class)")
	}
	if fn.Constructor {
		b.WriteString(" constructor")
	}
	fmt.Fprintf(b, " results <%s>%s\n", typeTexts(fn.Results), annotations(fn.Annotations))
	for _, p := range fn.Params {
		name := p.Name
		if p.Variadic {
			name = "*" + name
		}
		if p.Keywords {
			name = "**" + name
		}
		fmt.Fprintf(b, "%d:   param %s: %s = %s%s\n", line(p.Range), name, typeText(p.Type), compact(p.Default), annotations(p.Annotations))
	}
	for _, x := range fn.Bindings {
		op := "="
		if x.Append {
			op = "+="
		}
		if x.Nonlocal {
			op += " nonlocal"
		}
		fmt.Fprintf(b, "%d:   bind %s: %s %s %s\n", line(x.Range), compact(x.Target), typeText(x.Type), op, compact(x.Value))
	}
	for _, c := range fn.Calls {
		damaged := ""
		if c.Damaged {
			damaged = " damaged"
		}
		fmt.Fprintf(b, "%d:   call %s%s\n", line(c.Range), compact(c), damaged)
	}
	for _, r := range fn.Records {
		fmt.Fprintf(b, "%d:   record %s\n", line(r.Range), compact(r))
	}
	for _, r := range fn.Returns {
		fmt.Fprintf(b, "%d:   return %s\n", line(r.Range), compact(r))
	}
}

func annotations(list []*languages.Expr) string {
	if len(list) == 0 {
		return ""
	}
	return " @<" + exprs(list) + ">"
}
