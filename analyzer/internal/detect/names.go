package detect

import (
	"path"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// name gives what a bare name may be.
func (e *evaluator) name(x *languages.Expr, at *env) set {
	if v, ok := e.receiver(x.Text, at); ok {
		return one(v)
	}
	if at.body != nil {
		field, part := e.project.Field(*at.body, x.Text)
		if field != nil && field.Value != nil && !within(x.Range, field.Value.Range) && e.deeper() {
			defer e.leave()
			return e.fieldValue(field, part, value{kind: classValue, class: *at.body})
		}
	}
	defs := e.project.Lookup(at.file, at.fn, x.Text)
	if len(defs) == 0 {
		return e.undeclared(x, at)
	}
	return e.narrow(e.definitions(defs, x, at), x, at)
}

// within tells whether a stretch lies in another: redis = Client(redis.Redis)
// names what is outside of the class.
func within(inner, outer languages.Range) bool {
	return outer.Start <= inner.Start && inner.End <= outer.End
}

// receiver gives the object of the enclosing method if name stands for it.
func (e *evaluator) receiver(name string, at *env) (value, bool) {
	for i := at.fn; i > 0; i = at.file.Functions[i].Parent {
		fn := &at.file.Functions[i]
		if fn.Receiver == "" || fn.Receiver != name || fn.Owner < 0 {
			continue
		}
		owner := link.TypeID{File: at.file, Index: fn.Owner}
		if fn.ClassReceiver {
			return value{kind: classValue, class: owner}, true
		}
		if at.self != nil && (at.self.kind == objectValue) && e.project.Extends(at.self.class, owner) {
			return *at.self, true
		}
		return value{kind: objectValue, class: owner}, true
	}
	return value{}, false
}

func (e *evaluator) definitions(defs []link.Definition, x *languages.Expr, at *env) set {
	if !e.deeper() {
		return unknown()
	}
	defer e.leave()
	var s set
	if startsEmpty(defs) {
		d := defs[0]
		s.add(value{kind: listValue, expr: &languages.Expr{Kind: languages.List, Range: d.Binding.Range}, env: e.envFor(d, at)})
	}
	var added []link.Definition
	for _, d := range defs {
		switch d.Kind {
		case link.BindingDefinition:
			if d.Binding.Append || d.Binding.Target.Kind == languages.Index {
				added = append(added, d)
				continue
			}
			s.merge(e.binding(d, at))
		case link.ParamDefinition:
			s.merge(e.param(d, at))
		case link.FunctionDefinition:
			if v, ok := e.librarySymbol(d, x.Text); ok {
				s.add(v)
				continue
			}
			fn := link.FunctionID{File: d.File, Index: d.Index}
			s.add(value{kind: functionValue, fn: fn, env: e.envFor(d, at)})
		case link.TypeDefinition:
			if v, ok := e.librarySymbol(d, x.Text); ok {
				s.add(v)
				continue
			}
			s.add(value{kind: classValue, class: link.TypeID{File: d.File, Index: d.Index}})
		case link.ImportDefinition:
			s.merge(e.imported(d.File, &d.File.Imports[d.Index]))
		case link.MemberDefinition:
			s.merge(e.implicit(d, x, at))
		}
	}
	e.addTo(&s, added, at)
	return s
}

// ownLibrary returns the catalogue of the client library that a file belongs to
// itself, nil if it belongs to none.
func (e *evaluator) ownLibrary(f *link.File) *client {
	if c, known := e.libraries[f]; known {
		return c
	}
	var own *client
	k := e.knowledge.of(f.Language)
	if module := e.project.ModuleOf(f); module != "" && k != nil {
		for _, c := range k.clientsOf(module) {
			if !c.Mock && len(c.types) > 0 && e.publishes(f, c) {
				own = c
				break
			}
		}
		if own == nil && !f.Traits.ClassScope {
			own = k.packaged(module)
		}
	}
	e.libraries[f] = own
	return own
}

// publishes tells whether the project around a file may be the client library
// that the file's module name says.
func (e *evaluator) publishes(f *link.File, c *client) bool {
	name, matters := e.project.PublishedAs(f)
	if !matters {
		return true
	}
	for _, p := range c.Packages {
		if strings.EqualFold(p.Name, name) {
			return true
		}
	}
	return false
}

// packaged returns the client that a package manager knows by that name.
func (k *knowledge) packaged(name string) *client {
	for _, c := range k.clients {
		for _, p := range c.Packages {
			if p.Name == name && !c.Mock {
				return c
			}
		}
	}
	return nil
}

// librarySymbol gives a declaration of a client library's own source as what its
// catalogue says of it, for tests and examples that stand in the same package.
func (e *evaluator) librarySymbol(d link.Definition, name string) (value, bool) {
	c := e.ownLibrary(d.File)
	if c == nil {
		return value{}, false
	}
	module := e.project.ModuleOf(d.File)
	v := value{kind: symbolValue, module: module, text: name, client: c}
	return v, c.isGroup(name) || e.symbolOf(&v, &env{file: d.File}) != nil
}

// implicit gives a member named without its object.
func (e *evaluator) implicit(d link.Definition, x *languages.Expr, at *env) set {
	id := link.TypeID{File: d.File, Index: d.Index}
	self := value{kind: objectValue, class: id}
	if at.self != nil && at.self.kind == objectValue && e.project.Extends(at.self.class, id) {
		self = *at.self
	}
	return e.objectMember(self, d.Name, x, 0)
}

// envFor gives the place of a definition: the same call if it belongs to the
// function that is being followed, else any call.
func (e *evaluator) envFor(d link.Definition, at *env) *env {
	if d.File == at.file && d.Held == at.fn {
		return at
	}
	to := &env{file: d.File, fn: d.Held, self: at.self}
	if d.File != at.file {
		to.self = nil
	}
	if f := at.frameOf(link.FunctionID{File: d.File, Index: d.Held}); f != nil {
		to.frame = f
	} else if d.File == at.file && d.Held > 0 && at.frame != nil && isInside(d.File, d.Held, at.frame.fn.Index) {
		to.frame = at.frame
	}
	return to
}

// isInside tells whether function inner is nested, however deep, in outer.
func isInside(f *link.File, inner, outer int) bool {
	for i := inner; i > 0; i = f.Functions[i].Parent {
		if i == outer {
			return true
		}
	}
	return false
}

func (e *evaluator) binding(d link.Definition, at *env) set {
	b := d.Binding
	place := e.envFor(d, at)
	s, sure := e.declaredClient(b.Type, d.File, d.Held)
	if b.Value != nil && !sure {
		s = e.eval(b.Value, place)
	}
	if b.Type.Name != "" && !hasReceiver(s) {
		s.merge(e.typeRef(b.Type, d.File, d.Held, 0))
	}
	if b.Value == nil && b.Type.Name == "" {
		s.incomplete = true
	}
	for i := range s.values {
		v := &s.values[i]
		if v.kind == instanceValue || v.kind == textValue && v.expr != nil && b.Value != v.expr {
			*v = v.explain(d.File, b.Range, "assigned to "+b.Target.Text)
		} else if v.kind == textValue {
			*v = v.explain(d.File, b.Range, "named "+b.Target.Text)
		}
	}
	return s
}

// hasReceiver tells whether something in the set can be a receiver of calls.
func hasReceiver(s set) bool {
	for i := range s.values {
		switch s.values[i].kind {
		case instanceValue, memberValue, functionValue, classValue:
			return true
		case objectValue:
			return true
		}
	}
	return false
}

// addTo works appended items into the lists of a set, and entries into records.
func (e *evaluator) addTo(s *set, added []link.Definition, at *env) {
	if len(added) == 0 {
		return
	}
	var extra []addition
	for _, d := range added {
		extra = appendAdditions(extra, d.Binding, e.envFor(d, at))
	}
	for i := range s.values {
		if v := &s.values[i]; v.kind == listValue || v.kind == recordValue {
			v.extra = append(v.extra[:len(v.extra):len(v.extra)], extra...)
		}
	}
}

// appendAdditions adds what one assignment adds to what its target holds.
func appendAdditions(extra []addition, b *languages.Binding, place *env) []addition {
	switch {
	case b.Value == nil:
	case !b.Append:
		if len(b.Target.Items) > 0 {
			extra = append(extra, addition{key: b.Target.Items[0].Value, expr: b.Value, env: place})
		}
	case b.Value.Kind == languages.List:
		for _, item := range b.Value.Items {
			extra = append(extra, addition{expr: item.Value, env: place, spread: item.Spread})
		}
	default:
		extra = append(extra, addition{expr: b.Value, env: place})
	}
	return extra
}

// startsEmpty tells whether everything that is said of a name, but for what is
// appended to it, is a declaration without a value: a list that begins empty.
func startsEmpty(defs []link.Definition) bool {
	declared, appended := false, false
	for _, d := range defs {
		switch {
		case d.Kind != link.BindingDefinition:
			return false
		case d.Binding.Append:
			appended = true
		case d.Binding.Target.Kind == languages.Index:
		case d.Binding.Value != nil && d.Binding.Value.Kind != languages.None:
			return false
		default:
			declared = true
		}
	}
	return declared && appended
}

// undeclared gives what a name may be that no scope declares: a global of a
// client library, an import whose name only the imported package knows, a name
// brought by a wildcard import.
func (e *evaluator) undeclared(x *languages.Expr, at *env) set {
	k := e.knowledge.of(at.file.Language)
	if k != nil {
		if c := k.globals[x.Text]; c != nil {
			return one(value{kind: moduleValue, client: c, module: x.Text})
		}
	}
	for i := range at.file.Imports {
		im := &at.file.Imports[i]
		if im.Local == "" && im.Symbol == "" && e.packageName(at.file, im) == x.Text {
			return e.imported(at.file, im)
		}
	}
	if at.file.Traits.ImplicitMembers {
		if s := e.inheritedName(x, at); len(s.values) > 0 {
			return s
		}
	}
	if s, ok := e.fromWildcard(x, at); ok {
		return s
	}
	if at.file.Traits.PackageScope {
		if at.file.Traits.ImplicitMembers {
			if v, ok := e.librarySymbol(link.Definition{File: at.file}, x.Text); ok {
				return one(v)
			}
			if s, ok := e.sibling(x.Text, at); ok {
				return s
			}
		} else if x.Text != "" && x.Text != "_" {
			e.project.WantName(at.file, x.Text)
		}
	}
	return unknown()
}

// inheritedName gives a member, named without its object, that an enclosing type
// has from a base outside of the project.
func (e *evaluator) inheritedName(x *languages.Expr, at *env) set {
	if !e.deeper() {
		return unknown()
	}
	defer e.leave()
	id, ok := e.owner(at)
	if ok && at.self != nil && e.project.Extends(at.self.class, id) {
		if v, ok := enumName(at.self, x.Text); ok {
			return one(v)
		}
	}
	for depth := 0; ok && depth < maxFrames; depth++ {
		self := value{kind: objectValue, class: id}
		if s := e.baseMember(self, id, x.Text, x, 0); len(s.values) > 0 {
			return s
		}
		decl := id.Decl()
		switch {
		case decl.Outer >= 0:
			id.Index = decl.Outer
		default:
			id, ok = e.owner(&env{file: id.File, fn: decl.Function})
		}
	}
	return set{}
}

// packageName is the name by which code knows a module imported without one.
func (e *evaluator) packageName(f *link.File, im *languages.Import) string {
	if c := e.libraryOf(f.Language, im.Module); c != nil && c.PackageName != "" {
		return c.PackageName
	}
	for _, file := range e.project.Resolve(f, im) {
		if file.Package != "" {
			return file.Package
		}
	}
	name := path.Base(im.Module)
	if len(name) > 1 && name[0] == 'v' && strings.Trim(name[1:], "0123456789") == "" {
		name = path.Base(path.Dir(im.Module))
	}
	return strings.TrimSuffix(strings.TrimPrefix(name, "go-"), "-go")
}

func (e *evaluator) fromWildcard(x *languages.Expr, at *env) (set, bool) {
	var s set
	found := false
	for i := range at.file.Imports {
		im := &at.file.Imports[i]
		if im.Symbol != "*" || im.Reexport {
			continue
		}
		named := *im
		named.Symbol, named.Local = x.Text, x.Text
		if c := e.libraryOf(at.file.Language, im.Module); c != nil {
			if c.Mock || c.knows(im.Module, x.Text) || c.isGroup(x.Text) {
				return e.imported(at.file, &named), true
			}
			continue
		}
		for _, file := range e.project.Resolve(at.file, &named) {
			if values, ok := e.exported(file, x.Text, 0); ok {
				s.merge(values)
				found = true
			}
		}
	}
	return s, found
}

func (e *evaluator) sibling(name string, at *env) (set, bool) {
	for _, file := range e.project.Sibling(at.file, name) {
		for _, id := range file.TypesNamed(name) {
			return one(value{kind: classValue, class: id}), true
		}
	}
	return set{}, false
}

// imported gives what an import brings.
func (e *evaluator) imported(f *link.File, im *languages.Import) set {
	if e.importing[im] || !e.deeper() {
		return unknown()
	}
	e.importing[im] = true
	defer func() {
		delete(e.importing, im)
		e.leave()
	}()
	module := im.Module
	if im.Symbol == "" {
		return e.module(e.importedModule(f, im), f, im.Range)
	}
	if c := e.libraryOf(f.Language, module); c != nil {
		if s := e.supportOf(c, f, im); len(s.values) > 0 {
			return s
		}
		v := value{kind: symbolValue, module: module, text: im.Symbol, client: c}
		if im.Symbol == "default" && c.symbols["default"] == nil {
			v.kind, v.text = moduleValue, ""
		} else if sub := e.submodule(module, im.Symbol, f); sub != nil {
			v = value{kind: moduleValue, module: module + "." + im.Symbol, client: sub}
		}
		v = v.explain(f, im.Range, "imports "+im.Symbol+" from "+module)
		return one(e.constant(v, nil, &env{file: f}))
	}
	files := e.project.Resolve(f, im)
	if len(files) == 0 {
		if e.project.Inside(f, module) {
			return unknown()
		}
		if c := e.submodule(module, im.Symbol, f); c != nil {
			return one(value{kind: moduleValue, module: module + "." + im.Symbol, client: c})
		}
		return one(value{kind: symbolValue, module: module, text: im.Symbol})
	}
	return e.importedFrom(files, f, im)
}

// supportOf gives what a test or an example in a library's own source means by a
// name below the library's module that is no part of the library, but of the
// code that tries it out.
func (e *evaluator) supportOf(c *client, f *link.File, im *languages.Import) set {
	if !f.Traits.PackageScope || !link.TriesOut(f.Path) || c.Mock || c.knows(im.Module, im.Symbol) {
		return set{}
	}
	var own []*link.File
	for _, file := range e.project.Resolve(f, im) {
		if link.TriesOut(file.Path) {
			own = append(own, file)
		}
	}
	if len(own) == 0 {
		return set{}
	}
	return e.importedFrom(own, f, im)
}

// importedModule is the module that a name without alias stands for: Python's
// "import a.b" binds a.
func (e *evaluator) importedModule(f *link.File, im *languages.Import) string {
	if f.Traits.ClassScope && im.Local != "" && strings.HasPrefix(im.Module, im.Local+".") {
		return im.Local
	}
	return im.Module
}

func (e *evaluator) importedFrom(files []*link.File, f *link.File, im *languages.Import) set {
	var s set
	found := false
	for _, file := range files {
		if file.Language != f.Language {
			continue
		}
		if values, ok := e.exported(file, im.Symbol, 0); ok {
			s.merge(values)
			found = true
		}
	}
	if !found {
		for _, file := range files {
			if subs := e.project.Submodule(file, im.Symbol); len(subs) > 0 {
				return one(value{kind: filesValue, files: subs}.explain(f, im.Range, "imports "+im.Symbol))
			}
			if moduleStem(file.Path) == im.Symbol && f.Traits.ClassScope {
				return one(value{kind: filesValue, files: []*link.File{file}}.explain(f, im.Range, "imports "+im.Symbol))
			}
		}
		return unknown()
	}
	for i := range s.values {
		s.values[i] = s.values[i].explain(f, im.Range, "imports "+im.Symbol+" from "+im.Module)
	}
	return s
}

func moduleStem(file string) string {
	base := path.Base(file)
	return strings.TrimSuffix(base, path.Ext(base))
}

// exported gives what a file of the project means by a name, for importers.
func (e *evaluator) exported(f *link.File, name string, depth int) (set, bool) {
	at := &env{file: f}
	if depth > maxFrames {
		return set{}, false
	}
	if len(f.Exports) > 0 || f.Traits.ExplicitExports {
		if s, ok := e.listedExport(f, name, at); ok {
			return s, true
		}
	}
	if defs := f.TopLevel(name); len(defs) > 0 && !f.Traits.ExplicitExports {
		return e.definitions(defs, &languages.Expr{Kind: languages.Name, Text: name}, at), true
	}
	for i := range f.Imports {
		im := &f.Imports[i]
		if im.Symbol != "*" || f.Traits.ExplicitExports && !im.Reexport {
			continue
		}
		named := *im
		named.Symbol = name
		if c := e.libraryOf(f.Language, im.Module); c != nil {
			if c.knows(im.Module, name) || c.isGroup(name) {
				return e.imported(f, &named), true
			}
			continue
		}
		for _, file := range e.project.Resolve(f, &named) {
			if s, ok := e.exported(file, name, depth+1); ok {
				return s, true
			}
		}
	}
	return set{}, false
}

func (e *evaluator) listedExport(f *link.File, name string, at *env) (set, bool) {
	var whole, found set
	hasWhole, hit := false, false
	for i := range f.Exports {
		switch f.Exports[i].Name {
		case name:
			found.merge(e.eval(f.Exports[i].Value, at))
			hit = true
		case "=":
			whole.merge(e.eval(f.Exports[i].Value, at))
			hasWhole = true
		}
	}
	switch {
	case hit:
		return found, true
	case hasWhole && name == "default":
		return whole, true
	case hasWhole:
		return e.memberOf(whole, &languages.Expr{Kind: languages.Member, Text: name}, name, at), true
	}
	return set{}, false
}

// knows tells whether the catalogue has a symbol of that name.
func (c *client) knows(module, name string) bool { return c.find(module, name) != nil }

// isGroup tells whether the catalogue has symbols below that name.
func (c *client) isGroup(name string) bool {
	_, ok := c.groups[name]
	return ok
}

// find looks a dotted symbol up: with as much of its module in front as the
// catalogue writes, then by its own tails, since a catalogue names symbols
// without the submodule they stand in.
func (c *client) find(module, dotted string) *symbol {
	if s := c.symbols[dotted]; s != nil {
		return s
	}
	full := module + "." + dotted
	for tail, ok := full, true; ok; _, tail, ok = strings.Cut(tail, ".") {
		if s := c.symbols[tail]; s != nil {
			return s
		}
	}
	return nil
}
