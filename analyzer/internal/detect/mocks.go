package detect

import (
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// madeByMock tells whether what is called was made by a library of test doubles.
func madeByMock(callee set) bool {
	for i := range callee.values {
		if !callee.values[i].isMock() {
			return false
		}
	}
	return len(callee.values) > 0
}

// isMock tells whether a library of test doubles made the value.
func (v *value) isMock() bool {
	c := v.client
	switch {
	case v.member != nil:
		c = v.member.owner
	case v.typ != nil:
		c = v.typ.client
	}
	return c != nil && c.Mock
}

// double gives what tests pass for a parameter of the name that a library of test doubles
// goes by, and whether there is such a library.
func (k *knowledge) double(name string) (value, bool) {
	if k == nil || k.doubles[name] == nil {
		return value{}, false
	}
	for _, t := range k.doubles[name].sortedTypes() {
		if t.rule.Fluent {
			return value{kind: instanceValue, typ: t}, true
		}
	}
	return value{}, false
}

// allInert tells whether what is called are functions of the project that call nothing,
// as those of a double that a test writes by itself: nothing is sent by them.
func allInert(callee set) bool {
	for i := range callee.values {
		v := &callee.values[i]
		if v.kind != functionValue || !hasBody(v.fn.Decl()) || callsAnything(v.fn) {
			return false
		}
	}
	return len(callee.values) > 0 && !callee.incomplete
}

// callsAnything tells whether a function, or one inside of it, which stand behind it,
// calls something.
func callsAnything(fn link.FunctionID) bool {
	functions := fn.File.Functions
	for i := fn.Index; i < len(functions) && (i == fn.Index || functions[i].Parent >= fn.Index); i++ {
		if len(functions[i].Calls) > 0 {
			return true
		}
	}
	return false
}

// withoutMocks drops what a library of test doubles made: a test that passes or
// assigns one says nothing about what the program itself uses.
func withoutMocks(s set) set {
	kept := without(s, (*value).isMock)
	kept.incomplete = kept.incomplete || len(kept.values) < len(s.values)
	return kept
}

// silenceMock silences a call of a library of test doubles, a call behind the
// beginning of an expectation, and what stands inside of them.
func (f *finder) silenceMock(k *knowledge, call *languages.Expr, at *env) {
	if f.mocked[call] {
		return
	}
	root := call.Base
	for root != nil && (root.Kind == languages.Member || root.Kind == languages.Call) {
		if root.Kind == languages.Call && k.expects(root) {
			f.silence(call)
			return
		}
		root = root.Base
	}
	if k.expects(call) || root != nil && root.Kind == languages.Name && f.rootIsMock(k, root.Text, at) {
		f.silence(call)
		return
	}
	// m.On("Do").Return(reply): m's type is made of a test double's.
	if call.Base != nil && call.Base.Kind == languages.Member && len(f.importsOfMocks(at.file)) > 0 && f.worthSilencing(k, call, at) {
		f.begin()
		quiet := f.project.Quiet
		f.project.Quiet = true // not worth reading a file for
		defer func() { f.project.Quiet = quiet }()
		if madeByMock(f.eval(call.Base, at)) {
			f.silence(call)
		}
	}
}

// worthSilencing tells whether a call, or one inside it, would be looked at.
func (f *finder) worthSilencing(k *knowledge, call *languages.Expr, at *env) bool {
	return f.interest(k, call, at) != noInterest || slices.ContainsFunc(call.Items(), func(item languages.Item) bool { return holdsCall(item.Value, 0) })
}

func holdsCall(x *languages.Expr, depth int) bool {
	if x == nil || depth > maxFrames {
		return false
	}
	return x.Kind == languages.Call || holdsCall(x.Base, depth+1) ||
		slices.ContainsFunc(x.Items(), func(item languages.Item) bool { return holdsCall(item.Value, depth+1) })
}

// expects tells whether a call begins a test double's expectation.
func (k *knowledge) expects(call *languages.Expr) bool {
	return call.Base != nil && call.Base.Kind == languages.Member && k.expectations[call.Base.Text]
}

// rootIsMock tells whether the name in front of a chain comes from a library of
// test doubles, or holds the beginning of an expectation.
func (f *finder) rootIsMock(k *knowledge, name string, at *env) bool {
	imports := f.importsOfMocks(at.file)
	mock, known := f.mockRoots[name]
	if !known {
		mock = f.isMock(imports, name, at)
		f.mockRoots[name] = mock
	}
	if mock || len(k.expectations) == 0 {
		return mock
	}
	for _, d := range f.firstDefinitions(name, at) {
		if d.Kind == link.BindingDefinition && d.Binding.Value != nil && d.Binding.Value.Kind == languages.Call && k.expects(d.Binding.Value) {
			return true
		}
	}
	return false
}

// importsOfMocks are a file's imports of libraries of test doubles. They are
// kept, with what is known of names, until another file is looked at.
func (f *finder) importsOfMocks(file *link.File) []*languages.Import {
	if f.mockFile == file {
		return f.mockImports
	}
	f.mockFile, f.mockRoots, f.mockImports = file, make(map[string]bool), nil
	for i := range file.Imports {
		if c := f.libraryOf(file, file.Imports[i].Module); c != nil && c.Mock {
			f.mockImports = append(f.mockImports, &file.Imports[i])
		}
	}
	return f.mockImports
}

// isMock tells whether a name comes from one of the imports.
func (f *finder) isMock(imports []*languages.Import, name string, at *env) bool {
	for _, im := range imports {
		if im.Local == name || im.Symbol == "*" && im.Static && len(f.project.Lookup(at.file, at.fn, name)) == 0 {
			return true
		}
		if im.Local == "" && im.Symbol == "" && f.packageName(at.file, im) == name {
			return true
		}
	}
	return false
}

// silence marks a call and the calls inside it: when(r.ftSearch(q)).
func (f *finder) silence(call *languages.Expr) {
	f.mocked[call] = true
	for _, item := range call.Items() {
		f.silenceExpr(item.Value, 0)
	}
}

func (f *finder) silenceExpr(x *languages.Expr, depth int) {
	if x == nil || depth > maxFrames {
		return
	}
	if x.Kind == languages.Call {
		f.mocked[x] = true
	}
	f.silenceExpr(x.Base, depth+1)
	for _, item := range x.Items() {
		f.silenceExpr(item.Value, depth+1)
	}
}
