package javascript

import (
	"fmt"
	"sort"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// dump writes the facts of a file for people, a line each.
func dump(f *languages.File) string {
	var out strings.Builder
	for _, i := range f.Imports {
		fmt.Fprintf(&out, "import %q symbol=%q local=%q%s%s\n", i.Module, i.Symbol, i.Local,
			when(i.Reexport, " reexport"), when(i.Function > 0, fmt.Sprintf(" in #%d", i.Function)))
	}
	for _, e := range f.Exports {
		fmt.Fprintf(&out, "export %s = %s\n", e.Name, show(e.Value))
	}
	for i, t := range f.Types {
		dumpType(&out, f, i, t)
	}
	for i, fn := range f.Functions {
		dumpFunction(&out, i, fn)
	}
	for _, t := range f.Texts {
		fmt.Fprintf(&out, "text %s\n", show(t))
	}
	for _, c := range f.Comments {
		fmt.Fprintf(&out, "comment %q line %d%s\n", c.Text, f.Position(c.Range.Start).Line,
			when(c.Trailing, " trailing"))
	}
	for _, d := range f.Damage {
		fmt.Fprintf(&out, "damage line %d\n", f.Position(d.Start).Line)
	}
	return out.String()
}

func dumpType(out *strings.Builder, f *languages.File, i int, t languages.Type) {
	kinds := []string{"class", "interface", "enum", "alias"}
	fmt.Fprintf(out, "%s $%d %s%s in #%d", kinds[t.Kind], i, t.Name,
		when(len(t.Params) > 0, "<"+strings.Join(t.Params, ", ")+">"), t.Function)
	for _, b := range t.Bases {
		fmt.Fprintf(out, " : %s", showType(b))
	}
	out.WriteString(showAnnotations(t.Annotations) + "\n")
	for _, field := range t.Fields {
		fmt.Fprintf(out, "  field %s%s%s%s\n", field.Name, typed(field.Type), valued(field.Value),
			showAnnotations(field.Annotations))
	}
	for _, m := range t.Methods {
		fmt.Fprintf(out, "  method #%d %s\n", m, f.Functions[m].Name)
	}
}

func dumpFunction(out *strings.Builder, i int, fn languages.Function) {
	fmt.Fprintf(out, "function #%d %s(", i, fn.Name)
	for j, p := range fn.Params {
		out.WriteString(when(j > 0, ", ") + when(p.Variadic, "...") + p.Name)
		if p.Pattern != nil {
			out.WriteString(showPattern(p.Pattern))
		}
		out.WriteString(typed(p.Type) + valued(p.Default) + showAnnotations(p.Annotations))
	}
	out.WriteString(")")
	for _, r := range fn.Results {
		out.WriteString(typed(r))
	}
	if i > 0 {
		fmt.Fprintf(out, " in #%d", fn.Parent)
	}
	fmt.Fprintf(out, "%s%s%s%s%s\n", when(fn.Owner >= 0, fmt.Sprintf(" of $%d", fn.Owner)),
		when(fn.Receiver != "", " "+fn.Receiver), when(fn.ClassReceiver, " class"),
		when(fn.Constructor, " constructor"), showAnnotations(fn.Annotations))
	for _, b := range fn.Bindings {
		fmt.Fprintf(out, "  bind %s%s%s%s%s\n", show(b.Target), typed(b.Type), valued(b.Value),
			when(b.Append, " append"), when(b.Nonlocal, " nonlocal"))
	}
	for _, c := range fn.Calls {
		fmt.Fprintf(out, "  call %s%s\n", show(c), when(c.Damaged, " damaged"))
	}
	for _, r := range fn.Records {
		fmt.Fprintf(out, "  record %s\n", show(r))
	}
	for _, r := range fn.Returns {
		fmt.Fprintf(out, "  return %s\n", show(r))
	}
}

func when(on bool, text string) string {
	if on {
		return text
	}
	return ""
}

func typed(t languages.TypeRef) string {
	return when(t.Name != "", ": "+showType(t))
}

func valued(e *languages.Expr) string {
	if e == nil {
		return ""
	}
	return " = " + show(e)
}

func showPattern(pattern map[string]string) string {
	var parts []string
	for name, local := range pattern {
		parts = append(parts, name+when(local != name, ": "+local))
	}
	sort.Strings(parts)
	return "{" + strings.Join(parts, ", ") + "}"
}

func showAnnotations(list []*languages.Expr) string {
	text := ""
	for _, a := range list {
		text += " @" + show(a)
	}
	return text
}

func showType(t languages.TypeRef) string {
	var args []string
	for _, a := range t.Args {
		args = append(args, showType(a))
	}
	return t.Name + when(len(args) > 0, "<"+strings.Join(args, ", ")+">")
}

// show writes an expression much as a program would.
func show(e *languages.Expr) string {
	if e == nil {
		return "nil"
	}
	dot := when(e.Optional, "?") + "."
	switch e.Kind {
	case languages.Text:
		return fmt.Sprintf("%q", e.Text)
	case languages.Number, languages.Bool, languages.Name:
		return e.Text
	case languages.None:
		return "null"
	case languages.Member:
		return show(e.Base) + dot + e.Text
	case languages.Index:
		return show(e.Base) + when(e.Optional, "?.") + "[" + showItems(e.Items()) + "]"
	case languages.Call:
		return when(e.New, "new ") + show(e.Base) + when(e.Optional, "?.") + "(" + showItems(e.Items()) + ")"
	case languages.Module:
		return fmt.Sprintf("module(%q)", e.Text)
	case languages.List:
		return "[" + showItems(e.Items()) + "]"
	case languages.Record:
		return e.Type().Name + "{" + showItems(e.Items()) + "}"
	case languages.Concat:
		return "concat(" + showItems(e.Items()) + ")"
	case languages.Choice:
		return "choice(" + showItems(e.Items()) + ")"
	case languages.Each:
		return "each(" + show(e.Base) + ")"
	case languages.Lambda:
		return fmt.Sprintf("#%d", e.Declared)
	case languages.Cast:
		return "(" + show(e.Base) + " as " + showType(e.Type()) + ")"
	case languages.Super:
		return "super"
	}
	return "_"
}

func showItems(items []languages.Item) string {
	var parts []string
	for _, item := range items {
		text := when(item.Spread, "...") + show(item.Value)
		switch {
		case item.Key != nil:
			text = "[" + show(item.Key) + "]: " + text
		case item.Name != "" && !item.Spread:
			text = item.Name + ": " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}
