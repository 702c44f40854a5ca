package lua

import (
	"fmt"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// dump writes the facts of a file, a line for each.
func dump(f *languages.File) string {
	var d strings.Builder
	for _, i := range f.Imports {
		fmt.Fprintf(&d, "import %q symbol=%q local=%q\n", i.Module, i.Symbol, i.Local)
	}
	for i, t := range f.Types {
		fmt.Fprintf(&d, "type %d %s kind=%d fn=%d params=%v bases=%s methods=%v\n", i, t.Name, t.Kind, t.Function, t.Params, refs(t.Bases), t.Methods)
		for _, field := range t.Fields {
			embedded := ""
			if field.Embedded {
				embedded = " embedded"
			}
			fmt.Fprintf(&d, "  field %s %s%s\n", field.Name, ref(field.Type), embedded)
		}
	}
	for i := range f.Functions {
		dumpFunction(&d, f, i)
	}
	for _, e := range f.Exports {
		fmt.Fprintf(&d, "export %s %s\n", e.Name, str(e.Value))
	}
	for _, t := range f.Texts {
		fmt.Fprintf(&d, "text %s\n", str(t))
	}
	for _, c := range f.Comments {
		fmt.Fprintf(&d, "comment %q trailing=%v\n", c.Text, c.Trailing)
	}
	for _, r := range f.Damage {
		fmt.Fprintf(&d, "damage %d-%d\n", r.Start, r.End)
	}
	return d.String()
}

func dumpFunction(d *strings.Builder, f *languages.File, i int) {
	fn := &f.Functions[i]
	fmt.Fprintf(d, "func %d %s parent=%d", i, fn.Name, fn.Parent)
	if fn.Owner >= 0 {
		fmt.Fprintf(d, " owner=%s receiver=%q", f.Types[fn.Owner].Name, fn.Receiver)
	}
	var params []string
	for _, p := range fn.Params {
		s := p.Name + " " + ref(p.Type)
		if p.Variadic {
			s = p.Name + " ..." + ref(p.Type)
		}
		params = append(params, s)
	}
	fmt.Fprintf(d, " (%s) results=%s\n", strings.Join(params, ", "), refs(fn.Results))
	for _, b := range fn.Bindings {
		op := "="
		if b.Append {
			op = "+="
		}
		if b.Nonlocal {
			op = "outer" + op
		}
		fmt.Fprintf(d, "  bind %s %s %s", str(b.Target), op, str(b.Value))
		if b.Type.Name != "" {
			fmt.Fprintf(d, " : %s", ref(b.Type))
		}
		d.WriteByte('\n')
	}
	for _, c := range fn.Calls {
		fmt.Fprintf(d, "  call %s", str(c))
		if c.Damaged {
			d.WriteString(" damaged")
		}
		p := f.Position(c.At.Start)
		fmt.Fprintf(d, " @%d:%d\n", p.Line, p.Column)
	}
	for _, r := range fn.Records {
		fmt.Fprintf(d, "  record %s\n", str(r))
	}
	for _, r := range fn.Returns {
		fmt.Fprintf(d, "  return %s\n", str(r))
	}
}

func refs(list []languages.TypeRef) string {
	var parts []string
	for _, r := range list {
		parts = append(parts, ref(r))
	}
	return "[" + strings.Join(parts, " ") + "]"
}

func ref(r languages.TypeRef) string {
	if len(r.Args) == 0 {
		return r.Name
	}
	return r.Name + refs(r.Args)
}

// str is a compact form of an expression.
func str(e *languages.Expr) string {
	if e == nil {
		return "-"
	}
	switch e.Kind {
	case languages.Text:
		return fmt.Sprintf("%q", e.Text)
	case languages.Number, languages.Bool, languages.Name:
		return e.Text
	case languages.None:
		return "nil"
	case languages.Member:
		return str(e.Base) + "." + e.Text
	case languages.Index:
		return str(e.Base) + items("[", e.Items(), "]")
	case languages.Call:
		return str(e.Base) + items("(", e.Items(), ")")
	case languages.Module:
		return fmt.Sprintf("module(%q)", e.Text)
	case languages.List:
		return items("[", e.Items(), "]")
	case languages.Tuple:
		return items("tuple(", e.Items(), ")")
	case languages.Record:
		return ref(e.Type()) + items("{", e.Items(), "}")
	case languages.Concat:
		return items("cat(", e.Items(), ")")
	case languages.Choice:
		return items("choice(", e.Items(), ")")
	case languages.Each:
		return "each(" + str(e.Base) + ")"
	case languages.Result:
		return str(e.Base) + items("#", e.Items(), "")
	case languages.Lambda:
		return fmt.Sprintf("lambda%d", e.Declared)
	case languages.Cast:
		return "cast(" + str(e.Base) + ": " + ref(e.Type()) + ")"
	}
	if len(e.Items()) > 0 {
		return items("?(", e.Items(), ")")
	}
	return "?"
}

func items(open string, list []languages.Item, end string) string {
	var parts []string
	for _, i := range list {
		s := str(i.Value)
		switch {
		case i.Key != nil:
			s = "[" + str(i.Key) + "]: " + s
		case i.Name != "":
			s = i.Name + ": " + s
		}
		if i.Spread {
			s += "..."
		}
		parts = append(parts, s)
	}
	return open + strings.Join(parts, ", ") + end
}
