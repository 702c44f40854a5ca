package golang

import (
	"go/ast"
	"go/constant"
	"go/types"

	"github.com/keyvet/keyvet/languages"
)

// A Types is what a type checker knows of a package. It belongs to one goroutine.
type Types struct {
	pkg  *types.Package
	info *types.Info
	asks func(path string) bool
	// foreign are the types, of the packages asked for, that this package can see.
	foreign []*types.TypeName
	known   map[types.Type][]string // which of them have an interface's methods
}

// NewTypes takes what was found out of a package, which may be incomplete. Asks
// tells, by its path, of which other packages the types are of interest. Both
// the package and info may be nil: then nothing is known.
func NewTypes(pkg *types.Package, info *types.Info, asks func(path string) bool) *Types {
	if pkg == nil || info == nil {
		return nil
	}
	t := &Types{pkg: pkg, info: info, asks: asks, known: make(map[types.Type][]string)}
	for _, p := range pkg.Imports() {
		if !asks(p.Path()) {
			continue
		}
		for _, name := range p.Scope().Names() { // sorted
			if d, ok := p.Scope().Lookup(name).(*types.TypeName); ok && d.Exported() && !d.IsAlias() {
				t.foreign = append(t.foreign, d)
			}
		}
	}
	return t
}

// A constantValue is a constant in the words of facts.
type constantValue struct {
	kind languages.Kind
	text string
}

// constant gives the value of a constant that another package declares: this
// package's own have their values in its files.
func (t *Types) constant(name *ast.Ident) *constantValue {
	if t == nil {
		return nil
	}
	c, ok := t.info.Uses[name].(*types.Const)
	if !ok || c.Pkg() == nil || c.Pkg() == t.pkg {
		return nil
	}
	switch value := c.Val(); value.Kind() {
	case constant.String:
		return &constantValue{languages.Text, constant.StringVal(value)}
	case constant.Int:
		return &constantValue{languages.Number, value.ExactString()}
	}
	return nil
}

// packageName is the name of a package that is imported without one.
func (t *Types) packageName(s *ast.ImportSpec) string {
	if t == nil {
		return ""
	}
	if p, ok := t.info.Implicits[s].(*types.PkgName); ok && p.Imported().Complete() { // else its name is made up
		return p.Name()
	}
	return ""
}

// static gives what is known of a selection.
func (t *Types) static(n *ast.SelectorExpr) *languages.Static {
	if t == nil {
		return nil
	}
	selection := t.info.Selections[n]
	if selection == nil {
		if f, ok := t.info.Uses[n.Sel].(*types.Func); ok {
			return &languages.Static{Object: objectName(f), Foreign: t.isForeign(f)}
		}
		return nil
	}
	s := &languages.Static{}
	if f, ok := selection.Obj().(*types.Func); ok {
		s.Object, s.Foreign = objectName(f), t.isForeign(f)
	}
	base := selection.Recv()
	if p, ok := types.Unalias(base).(*types.TypeParam); ok && t.ownInterface(p.Constraint()) && hasMethods(p.Constraint()) {
		base = p.Constraint()
	}
	if t.ownInterface(base) {
		s.Interface, s.Types = true, t.having(base)
		return s
	}
	s.Types = t.path(base, selection.Index())
	return s
}

// literal gives the type of a literal, if it is one of the packages asked for.
func (t *Types) literal(n *ast.CompositeLit) *languages.Static {
	if t == nil {
		return nil
	}
	named, ok := pointed(t.info.TypeOf(n)).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || !t.asks(named.Obj().Pkg().Path()) {
		return nil
	}
	return &languages.Static{Types: []string{qualified(named.Obj())}}
}

// path gives the names of a type and of the embedded fields that index leads
// through.
func (t *Types) path(base types.Type, index []int) []string {
	var names []string
	for i, at := range index {
		names = append(names, typeNames(base)...)
		structure, ok := pointed(base).Underlying().(*types.Struct)
		if i == len(index)-1 || !ok || at >= structure.NumFields() {
			break
		}
		base = structure.Field(at).Type()
	}
	return names
}

// typeNames gives the name of a type; of a type parameter, those of the types
// that it may be.
func typeNames(t types.Type) []string {
	t = pointed(t)
	if p, ok := t.(*types.TypeParam); ok {
		return constraintNames(p)
	}
	if named, ok := t.(*types.Named); ok {
		return []string{qualified(named.Obj())}
	}
	return nil
}

func constraintNames(p *types.TypeParam) []string {
	if named, ok := types.Unalias(p.Constraint()).(*types.Named); ok {
		return []string{qualified(named.Obj())}
	}
	iface, ok := p.Constraint().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var names []string
	for i := range iface.NumEmbeddeds() {
		switch e := types.Unalias(iface.EmbeddedType(i)).(type) {
		case *types.Union:
			for j := range e.Len() {
				if named, ok := pointed(e.Term(j).Type()).(*types.Named); ok {
					names = append(names, qualified(named.Obj()))
				}
			}
		default:
			if named, ok := pointed(e).(*types.Named); ok {
				names = append(names, qualified(named.Obj()))
			}
		}
	}
	return names
}

// pointed is a type without aliases and pointers.
func pointed(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	t = types.Unalias(t)
	if p, ok := t.Underlying().(*types.Pointer); ok {
		if _, named := t.(*types.Named); !named {
			return types.Unalias(p.Elem())
		}
	}
	return t
}

func qualified(o types.Object) string {
	if o.Pkg() == nil {
		return o.Name()
	}
	return o.Pkg().Path() + "." + o.Name()
}

// objectName is the name of a function, of a method with its receiver's type if
// that has a name.
func objectName(f *types.Func) string {
	f = f.Origin()
	if recv := f.Signature().Recv(); recv != nil {
		if named, ok := pointed(recv.Type()).(*types.Named); ok {
			return qualified(named.Obj()) + "." + f.Name()
		}
		return f.Name()
	}
	return qualified(f)
}

// isForeign tells whether a function's signature names a package asked for.
func (t *Types) isForeign(f *types.Func) bool {
	signature := f.Signature()
	return t.namesForeign(signature.Params(), 0) || t.namesForeign(signature.Results(), 0)
}

// maxTypeDepth bounds how deep types are looked into.
const maxTypeDepth = 4

func (t *Types) namesForeign(of types.Type, depth int) bool {
	if depth > maxTypeDepth {
		return false
	}
	switch of := types.Unalias(of).(type) {
	case *types.Tuple:
		for i := range of.Len() {
			if t.namesForeign(of.At(i).Type(), depth+1) {
				return true
			}
		}
	case *types.Named:
		return of.Obj().Pkg() != nil && t.asks(of.Obj().Pkg().Path())
	case interface{ Elem() types.Type }: // a pointer, a slice, an array, a map, a channel
		return t.namesForeign(of.Elem(), depth+1)
	}
	return false
}

// ownInterface tells whether a type is an interface that no package asked for
// declares.
func (t *Types) ownInterface(of types.Type) bool {
	of = types.Unalias(of)
	if _, ok := of.(*types.TypeParam); ok || !types.IsInterface(of) {
		return false
	}
	named, ok := of.(*types.Named)
	return !ok || named.Obj().Pkg() == nil || !t.asks(named.Obj().Pkg().Path())
}

func hasMethods(of types.Type) bool {
	iface, ok := of.Underlying().(*types.Interface)
	return ok && iface.NumMethods() > 0
}

// having gives the types of packages asked for that have an interface's methods.
func (t *Types) having(of types.Type) []string {
	iface, ok := of.Underlying().(*types.Interface)
	if !ok || iface.NumMethods() == 0 || len(t.foreign) == 0 {
		return nil
	}
	of = types.Unalias(of)
	if names, known := t.known[of]; known {
		return names
	}
	var names []string
	for _, d := range t.foreign {
		declared := d.Type()
		if named, ok := declared.(*types.Named); ok && named.TypeParams().Len() > 0 {
			continue
		}
		if !types.IsInterface(declared) {
			declared = types.NewPointer(declared)
		}
		if types.Implements(declared, iface) {
			names = append(names, qualified(d))
		}
	}
	t.known[of] = names
	return names
}
