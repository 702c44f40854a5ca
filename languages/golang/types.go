package golang

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// typeDeclaration reads "type X ..." or "type ( ... )".
func (x *extractor) typeDeclaration(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		if s, ok := spec.(*ast.TypeSpec); ok && s.Type != nil {
			x.typeSpec(s)
		}
	}
}

func (x *extractor) typeSpec(s *ast.TypeSpec) {
	t := languages.Type{Name: s.Name.Name, Function: x.fn, Outer: -1, Range: x.rangeOf(s)}
	if s.TypeParams != nil {
		for _, field := range s.TypeParams.List {
			for _, name := range field.Names {
				t.Params = append(t.Params, name.Name)
			}
		}
	}
	written, isInterface := s.Type.(*ast.InterfaceType)
	switch u := s.Type.(type) {
	case *ast.StructType:
		t.Fields = x.fields(u)
	case *ast.InterfaceType:
		t.Kind = languages.InterfaceType
		t.Bases = x.embeddedInterfaces(u)
	default:
		t.Kind = languages.AliasType
		if ref := x.typeRef(u); ref.Name != "" {
			t.Bases = []languages.TypeRef{ref}
		}
	}
	owner := x.b.Type(t)
	if _, ok := x.types[t.Name]; !ok {
		x.types[t.Name] = owner
		x.written[t.Name] = s.Type
	}
	if isInterface {
		x.interfaceMethods(written, owner)
	}
}

func (x *extractor) fields(t *ast.StructType) []languages.Field {
	if t.Fields == nil {
		return nil
	}
	var fields []languages.Field
	for _, f := range t.Fields.List {
		ref, at := x.typeRef(f.Type), x.rangeOf(f)
		for _, name := range f.Names {
			fields = append(fields, languages.Field{Name: x.b.Keep(name.Name), Type: ref, Range: at})
		}
		if len(f.Names) == 0 {
			base := ref.Name[strings.LastIndexByte(ref.Name, '.')+1:]
			fields = append(fields, languages.Field{Name: base, Type: ref, Embedded: true, Range: at})
		}
	}
	return fields
}

// embeddedInterfaces are those that stand alone: a union is a constraint, and
// nothing has it as its type.
func (x *extractor) embeddedInterfaces(t *ast.InterfaceType) []languages.TypeRef {
	if t.Methods == nil {
		return nil
	}
	var bases []languages.TypeRef
	for _, f := range t.Methods.List {
		if len(f.Names) > 0 {
			continue
		}
		switch f.Type.(type) {
		case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.IndexListExpr:
			bases = append(bases, x.typeRef(f.Type))
		}
	}
	return bases
}

func (x *extractor) interfaceMethods(t *ast.InterfaceType, owner int) {
	if t.Methods == nil {
		return
	}
	for _, f := range t.Methods.List {
		signature, ok := f.Type.(*ast.FuncType)
		if !ok || len(f.Names) == 0 {
			continue
		}
		x.function(languages.Function{Name: f.Names[0].Name, Parent: x.fn, Owner: owner, Range: x.rangeOf(f)}, signature, nil)
	}
}

// typeRef reads a type as written. What is no type gives the zero TypeRef.
func (x *extractor) typeRef(n ast.Expr) languages.TypeRef {
	if n == nil || !x.deeper() {
		return languages.TypeRef{}
	}
	defer func() { x.depth-- }()
	switch n := n.(type) {
	case *ast.Ident:
		return languages.TypeRef{Name: x.b.Keep(n.Name)}
	case *ast.SelectorExpr:
		return languages.TypeRef{Name: x.qualified(n)}
	case *ast.StarExpr:
		return x.typeRef(n.X)
	case *ast.ParenExpr:
		return x.typeRef(n.X)
	case *ast.UnaryExpr:
		return x.typeRef(n.X)
	case *ast.Ellipsis:
		return x.typeRef(n.Elt)
	case *ast.BinaryExpr:
		return x.union(n)
	case *ast.IndexExpr:
		ref := x.typeRef(n.X)
		ref.Args = []languages.TypeRef{x.typeRef(n.Index)}
		return ref
	case *ast.IndexListExpr:
		ref := x.typeRef(n.X)
		for _, arg := range n.Indices {
			ref.Args = append(ref.Args, x.typeRef(arg))
		}
		return ref
	case *ast.ArrayType:
		return typeOf("[]", x.typeRef(n.Elt))
	case *ast.MapType:
		return typeOf("map", x.typeRef(n.Key), x.typeRef(n.Value))
	case *ast.ChanType:
		return typeOf("chan", x.typeRef(n.Value))
	case *ast.FuncType:
		return languages.TypeRef{Name: "func", Args: x.resultTypes(n.Results)}
	case *ast.StructType:
		return languages.TypeRef{Name: "struct"}
	case *ast.InterfaceType:
		if n.Methods == nil || len(n.Methods.List) == 0 {
			return languages.TypeRef{Name: "any"}
		}
		return languages.TypeRef{Name: "interface"}
	}
	return languages.TypeRef{}
}

func typeOf(name string, args ...languages.TypeRef) languages.TypeRef {
	return languages.TypeRef{Name: name, Args: args}
}

// union reads "A | B | C", which the parser nests to the left.
func (x *extractor) union(n *ast.BinaryExpr) languages.TypeRef {
	ref := languages.TypeRef{Name: "|"}
	var cur ast.Expr = n
	for {
		b, ok := cur.(*ast.BinaryExpr)
		if !ok || b.Op != token.OR {
			break
		}
		ref.Args = append(ref.Args, x.typeRef(b.Y))
		cur = b.X
	}
	ref.Args = append(ref.Args, x.typeRef(cur))
	slices.Reverse(ref.Args)
	return ref
}

// qualified is "package.Name".
func (x *extractor) qualified(n *ast.SelectorExpr) string {
	if name, ok := n.X.(*ast.Ident); ok {
		return x.b.Keep(name.Name + "." + n.Sel.Name)
	}
	return x.textOf(n)
}
