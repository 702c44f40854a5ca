package stored

import (
	"github.com/keyvet/keyvet/languages"
)

// sound tells whether facts hold together as those of an extractor do.
func sound(f *languages.File, exprs []any, size int) bool {
	if len(f.Functions) == 0 || len(f.Lines) == 0 || f.Lines[0] != 0 {
		return false
	}
	for i, line := range f.Lines {
		if line < 0 || int(line) > size || i > 0 && line <= f.Lines[i-1] {
			return false
		}
	}
	s := soundness{f, size, true}
	for i := range f.Imports {
		s.index(f.Imports[i].Function, 0, len(f.Functions))
		s.place(f.Imports[i].Range)
	}
	for i := range f.Functions {
		s.function(i, &f.Functions[i])
	}
	for i := range f.Types {
		s.declared(i, &f.Types[i])
	}
	for i := range f.Exports {
		s.there(f.Exports[i].Value)
	}
	s.thereAll(f.Texts)
	for i := range f.Comments {
		s.place(f.Comments[i].Range)
	}
	for _, r := range f.Damage {
		s.place(r)
	}
	for _, x := range exprs {
		x, ok := x.(*languages.Expr)
		if s.ok = s.ok && ok; s.ok {
			s.expr(x)
		}
	}
	return s.ok
}

type soundness struct {
	file *languages.File
	size int
	ok   bool
}

func (s *soundness) index(i, from, to int) { s.ok = s.ok && i >= from && i < to }

func (s *soundness) place(r languages.Range) {
	s.ok = s.ok && 0 <= r.Start && r.Start <= r.End && int(r.End) <= s.size
}

func (s *soundness) there(x *languages.Expr) { s.ok = s.ok && x != nil }

func (s *soundness) thereAll(all []*languages.Expr) {
	for _, x := range all {
		s.there(x)
	}
}

func (s *soundness) function(i int, f *languages.Function) {
	if i == 0 {
		s.index(f.Parent, -1, 0)
	} else {
		s.index(f.Parent, 0, i) // what is around one comes before it
	}
	s.index(f.Owner, -1, len(s.file.Types))
	for _, list := range [][]*languages.Expr{f.Annotations, f.Calls, f.Records, f.Returns} {
		s.thereAll(list)
	}
	for _, call := range f.Calls {
		s.ok = s.ok && call != nil && call.Kind == languages.Call
	}
	for _, record := range f.Records {
		s.ok = s.ok && record != nil && record.Kind == languages.Record
	}
	for j := range f.Params {
		s.thereAll(f.Params[j].Annotations)
		s.place(f.Params[j].Range)
	}
	for j := range f.Bindings {
		s.there(f.Bindings[j].Target)
		s.place(f.Bindings[j].Range)
	}
	for j := range f.Cases {
		s.there(f.Cases[j].Subject)
		s.thereAll(f.Cases[j].Values)
		s.place(f.Cases[j].Range)
	}
	s.place(f.Range)
}

func (s *soundness) declared(i int, t *languages.Type) {
	s.ok = s.ok && t.Kind <= languages.AliasType
	s.index(t.Function, 0, len(s.file.Functions))
	s.index(t.Outer, -1, i) // as with functions
	for _, m := range t.Methods {
		s.index(m, 0, len(s.file.Functions))
	}
	for j := range t.Fields {
		s.thereAll(t.Fields[j].Annotations)
		s.place(t.Fields[j].Range)
	}
	s.thereAll(t.Annotations)
	s.place(t.Range)
}

// expr checks what who reads an expression of a kind relies on.
func (s *soundness) expr(x *languages.Expr) {
	s.ok = s.ok && x.Kind <= languages.Super
	s.place(x.Range)
	s.place(x.At)
	for _, item := range x.Items() {
		s.place(item.Range)
	}
	switch x.Kind {
	case languages.Member, languages.Each, languages.Cast:
		s.there(x.Base)
	case languages.Call:
		s.there(x.Base)
		if x.New {
			s.index(int(x.Declared), -1, len(s.file.Types))
		}
	case languages.Index, languages.Result:
		s.there(x.Base)
		s.ok = s.ok && len(x.Items()) > 0 && x.Items()[0].Value != nil
	case languages.Lambda:
		s.index(int(x.Declared), 0, len(s.file.Functions))
	}
	switch x.Kind {
	case languages.Call, languages.List, languages.Tuple, languages.Concat, languages.Choice, languages.Record:
		for i := range x.Items() {
			s.there(x.Items()[i].Value)
		}
	}
}
