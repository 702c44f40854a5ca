package golang

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/keyvet/keyvet/languages"
)

func (x *extractor) call(n *ast.CallExpr) *languages.Expr {
	if e := x.builtin(n); e != nil {
		return e
	}
	place := len(x.b.File.Functions[x.fn].Calls)
	start, end := x.offset(n.Lparen), x.offset(n.Rparen+1) // the start is where the callee starts
	call := x.b.Expr(languages.Call, start, max(start, end))
	x.b.Call(x.fn, call) // before its parts are read
	call.Damaged = x.damaged || len(x.errors) > 0 && x.isBroken(n)
	call.Base = x.callee(n.Fun)
	call.Range.Start, call.At = x.whole(n.Fun, call.Base).Start, call.Base.At
	call.SetItems(x.arguments(n, 0))
	if e := x.callText(call); e != nil {
		calls := &x.b.File.Functions[x.fn].Calls
		*calls = slices.Delete(*calls, place, place+1)
		return e
	}
	return call
}

// isBroken: an error right in the call. Those in its arguments, say in a
// function literal, leave no doubt about the call.
func (x *extractor) isBroken(n *ast.CallExpr) bool {
	_, from := x.span(n.Fun)
	to := x.offset(n.Rparen)
	first, _ := slices.BinarySearch(x.errors, from)
	for _, at := range x.errors[first:] {
		if at > to {
			break
		}
		inside := slices.ContainsFunc(n.Args, func(arg ast.Expr) bool {
			start, end := x.span(arg)
			_, bad := arg.(*ast.BadExpr)
			return !bad && start <= at && at < end
		})
		if !inside {
			return true
		}
	}
	return false
}

// callee is what is called. Type arguments are dropped; what looks like one is
// the index of an element if what stands before it is a variable.
func (x *extractor) callee(fun ast.Expr) *languages.Expr {
	switch f := fun.(type) {
	case *ast.IndexListExpr:
		return x.expr(f.X)
	case *ast.IndexExpr:
		switch {
		case isTypeSyntax(f.Index):
			return x.expr(f.X)
		case typeName(f.Index) != nil:
			base := x.expr(f.X)
			if !x.isElement(base) {
				return base
			}
			return x.element(f, base)
		}
	}
	return x.expr(fun)
}

// isTypeSyntax: what can be nothing but a type.
func isTypeSyntax(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ArrayType, *ast.MapType, *ast.ChanType, *ast.FuncType, *ast.StructType, *ast.InterfaceType:
		return true
	case *ast.ParenExpr:
		return isTypeSyntax(e.X)
	}
	return false
}

// typeName is the name with which e begins if it can be a type by a name: T,
// pkg.T, *T, T[int].
func typeName(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		name, _ := e.X.(*ast.Ident)
		return name
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.ParenExpr:
		return typeName(e.X)
	case *ast.IndexExpr:
		return typeName(e.X)
	case *ast.IndexListExpr:
		return typeName(e.X)
	}
	return nil
}

// isElement: base[x] is an element, as base is a variable, or the field of one:
// a method has no type arguments.
func (x *extractor) isElement(base *languages.Expr) bool {
	switch base.Kind {
	case languages.Name:
		return x.isVariable(base.Text)
	case languages.Member:
		return base.Base.Kind != languages.Name || x.isVariable(base.Base.Text)
	}
	return false
}

// arguments reads the arguments of a call, but for the first ones.
func (x *extractor) arguments(n *ast.CallExpr, first int) []languages.Item {
	if len(n.Args) <= first {
		return nil
	}
	items := x.b.Items(len(n.Args) - first)
	for _, arg := range n.Args[first:] {
		value := x.expr(arg)
		items = append(items, languages.Item{Value: value, Range: x.whole(arg, value)})
	}
	if n.Ellipsis.IsValid() {
		last := &items[len(items)-1]
		last.Spread = true
		last.Range.End = max(last.Range.End, int32(x.offset(n.Ellipsis+3)))
	}
	return items
}

// builtin reads what looks like a call but is none of a function that somebody
// wrote: built-in functions and conversions. It returns nil for all others.
func (x *extractor) builtin(n *ast.CallExpr) *languages.Expr {
	one := len(n.Args) == 1
	switch f := n.Fun.(type) {
	case *ast.ArrayType, *ast.InterfaceType: // it says no more than that it is a list or anything
		if one {
			return x.expr(n.Args[0])
		}
	case *ast.MapType, *ast.ChanType, *ast.FuncType, *ast.StructType:
		if one {
			return x.converted(n, f)
		}
	case *ast.ParenExpr:
		_, isPointer := f.X.(*ast.StarExpr)
		if one && (isPointer || isTypeSyntax(f.X)) {
			return x.converted(n, f.X)
		}
	case *ast.IndexExpr:
		if x.isOwnType(f.X) && one {
			return x.converted(n, f)
		}
	case *ast.IndexListExpr:
		if x.isOwnType(f.X) && one {
			return x.converted(n, f)
		}
	case *ast.Ident:
		return x.builtinNamed(n, f, one)
	}
	return nil
}

// isOwnType: the name of a type of this file.
func (x *extractor) isOwnType(e ast.Expr) bool {
	name, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	_, ok = x.written[name.Name]
	return ok
}

func (x *extractor) builtinNamed(n *ast.CallExpr, f *ast.Ident, one bool) *languages.Expr {
	switch f.Name {
	case "append":
		return x.appended(n)
	case "make":
		return x.made(n)
	case "new":
		return x.newValue(n)
	case "string", "any", "byte", "rune", "int", "int8", "int16", "int32", "int64",
		"uint", "uint8", "uint16", "uint32", "uint64", "uintptr", "float32", "float64", "bool", "error":
		if one {
			return x.basic(f.Name, n.Args[0])
		}
	default:
		if one && x.isOwnType(f) && !x.isVariable(f.Name) {
			return x.converted(n, f)
		}
	}
	return nil
}

// converted is the only argument as a t.
func (x *extractor) converted(n *ast.CallExpr, t ast.Expr) *languages.Expr {
	return x.cast(x.expr(n.Args[0]), x.typeRef(t), x.rangeOf(n))
}

// basic is a conversion to a type of the language itself. Only a rune becomes
// something else as a string.
func (x *extractor) basic(name string, operand ast.Expr) *languages.Expr {
	e := x.expr(operand)
	lit, ok := operand.(*ast.BasicLit)
	if name == "string" && ok && lit.Kind == token.CHAR && e.Kind == languages.Number {
		e.Kind, e.Text = languages.Text, runeText(lit.Value)
	}
	return e
}

// appendCall returns e if it is a call of append, else nil.
func appendCall(e ast.Expr) *ast.CallExpr {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return nil
	}
	if name, ok := call.Fun.(*ast.Ident); !ok || name.Name != "append" {
		return nil
	}
	return call
}

// appended is the list that append gives: what was there, then the rest.
func (x *extractor) appended(n *ast.CallExpr) *languages.Expr {
	start, end := x.span(n)
	e := x.b.Expr(languages.List, start, end)
	if len(n.Args) > 0 {
		switch base := x.expr(n.Args[0]); {
		case base.Kind == languages.List:
			e.SetItems(slices.Clip(base.Items()))
			e.SetType(base.Type())
		case base.Kind != languages.None:
			e.SetItems([]languages.Item{{Value: base, Spread: true, Range: x.whole(n.Args[0], base)}})
		}
	}
	e.SetItems(append(e.Items(), x.arguments(n, 1)...))
	return e
}

// made is what make gives: something empty of a known type.
func (x *extractor) made(n *ast.CallExpr) *languages.Expr {
	start, end := x.span(n)
	e := x.b.Expr(languages.Record, start, end)
	if len(n.Args) == 0 {
		e.Kind = languages.Unknown
		return e
	}
	e.SetType(x.typeRef(n.Args[0]))
	switch x.shapeOf(n.Args[0]).kind {
	case listShape:
		e.Kind = languages.List
	case chanShape:
		e.Kind = languages.Unknown
	}
	for _, size := range n.Args[1:] {
		x.visit(size)
	}
	return e
}

// newValue is new(T), or, as of Go 1.26, new(x).
func (x *extractor) newValue(n *ast.CallExpr) *languages.Expr {
	start, end := x.span(n)
	if len(n.Args) == 0 {
		return x.b.Expr(languages.Unknown, start, end)
	}
	t := n.Args[0]
	if !isTypeSyntax(t) {
		name := typeName(t)
		if name == nil || x.isVariable(name.Name) || name.Name == "true" || name.Name == "false" {
			return x.expr(t)
		}
	}
	e := x.b.Expr(languages.Record, start, end)
	e.SetType(x.typeRef(t))
	x.b.Record(x.fn, e)
	return e
}
