package typedgo

import (
	"bytes"
	"compress/flate"
	"go/ast"
	"io"
	"path"
	"path/filepath"
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/detect"
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/internal/stored"
	"github.com/keyvet/keyvet/analyzer/internal/wire"
	"github.com/keyvet/keyvet/languages"
)

// A known package is what importers of one may need: its files, and in them the
// functions whose callers decide what is sent, with all that these use.
type known struct {
	path  string
	files []*languages.File
}

// export gives what importers of a package need, nil if that is nothing.
func export(path string, facts []*languages.File, callers []link.FunctionID, detector *detect.Detector) ([]byte, error) {
	t := newTrimming(facts)
	for _, fn := range callers {
		if t.own[fn.File.File] && isOpen(fn) {
			t.want(keyOf(fn.Decl().Name, fn.Decl().Owner >= 0))
		}
	}
	for _, f := range facts {
		for i := range f.Functions {
			if fn := &f.Functions[i]; ast.IsExported(fn.Name) && t.givesCommand(fn, detector) {
				t.want(keyOf(fn.Name, fn.Owner >= 0))
			}
		}
	}
	if len(t.wanted) == 0 {
		return nil, nil
	}
	return packed(&known{path, t.trimmed()})
}

// packed is what is known of a package in few bytes.
func packed(k *known) ([]byte, error) {
	c := wire.NewWriter()
	code(c, k)
	plain, err := c.Written()
	if err != nil {
		return nil, err
	}
	var small bytes.Buffer
	w, err := flate.NewWriter(&small, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	err = w.Close()
	return small.Bytes(), err
}

// isOpen tells whether code outside of a function's package may call it.
func isOpen(fn link.FunctionID) bool {
	return ast.IsExported(fn.Decl().Name) && fn.File.Package != "main"
}

// givesCommand tells whether what a function returns may hold a command that it, or
// a variable of its package, names: a text, a list of arguments, an object.
func (t *trimming) givesCommand(fn *languages.Function, detector *detect.Detector) bool {
	if len(fn.Returns) == 0 {
		return false
	}
	named := false
	look := func(x *languages.Expr) {
		switch x.Kind {
		case languages.Text:
			named = named || detector.NamesCommand(x.Text)
		case languages.Name:
			for _, p := range t.byName[x.Text] {
				named = named || p.binding != nil && holdsCommand(p.binding.Value, detector)
			}
		}
	}
	for _, r := range fn.Returns {
		visit(r, look, 0)
	}
	for _, b := range fn.Bindings {
		visit(b.Value, look, 0)
	}
	return named
}

func holdsCommand(x *languages.Expr, detector *detect.Detector) bool {
	named := false
	visit(x, func(x *languages.Expr) {
		named = named || x.Kind == languages.Text && detector.NamesCommand(x.Text)
	}, 0)
	return named
}

// maxKnown bounds what is read of one package, in bytes.
const maxKnown = 32 << 20

// imported reads what the pass over another package exported.
func imported(exported []byte) (known, error) {
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(exported)), maxKnown))
	if err != nil {
		return known{}, err
	}
	var k known
	c := wire.NewReader(string(plain))
	code(c, &k)
	return k, c.Done()
}

// code writes or reads. Files have their package's path in front of their names:
// where they lie is the business of the machine that read them.
func code(c *wire.Coder, k *known) {
	wire.Text(c, &k.path)
	wire.List(c, &k.files, func(c *wire.Coder, f **languages.File) {
		var name, facts string
		if !c.Reading() {
			name, facts = path.Base(filepath.ToSlash((*f).Path)), written(c, *f)
		}
		wire.Text(c, &name)
		wire.Raw(c, &facts)
		if c.Reading() && !c.Failed() {
			*f = read(c, facts)
			(*f).Path = path.Join(k.path, name)
		}
	})
}

// written codes one file by itself: what its facts share is shared with no other.
func written(outer *wire.Coder, f *languages.File) string {
	c := wire.NewWriter()
	size := int(f.Functions[0].Range.End)
	wire.Number(c, &size)
	stored.File(c, f, size)
	data, err := c.Written()
	if err != nil {
		outer.Fail()
	}
	return string(data)
}

func read(outer *wire.Coder, data string) *languages.File {
	c, f, size := wire.NewReader(data), &languages.File{}, 0
	wire.Number(c, &size)
	stored.File(c, f, size)
	if c.Done() != nil {
		outer.Fail()
	}
	return f
}

// A trimming picks what importers need out of a package: functions that are
// wanted by name and, again by name, whatever they mention.
type trimming struct {
	facts  []*languages.File
	own    map[*languages.File]bool
	wanted map[string]bool
	todo   []string
	byName map[string][]place
}

// A place is a function, or a variable of the file if binding is not nil.
type place struct {
	file     *languages.File
	function int
	binding  *languages.Binding
}

func newTrimming(facts []*languages.File) *trimming {
	t := &trimming{facts: facts, own: make(map[*languages.File]bool), wanted: make(map[string]bool), byName: make(map[string][]place)}
	for _, f := range facts {
		t.own[f] = true
		for i := range f.Functions {
			if name := f.Functions[i].Name; name != "" && i > 0 {
				name = keyOf(name, f.Functions[i].Owner >= 0)
				t.byName[name] = append(t.byName[name], place{f, i, nil})
			}
		}
		top := &f.Functions[0]
		for i := range top.Bindings {
			if b := &top.Bindings[i]; b.Target != nil && b.Target.Kind == languages.Name {
				t.byName[b.Target.Text] = append(t.byName[b.Target.Text], place{f, 0, b})
			}
		}
	}
	return t
}

// keyOf tells a method's name from that of a function or a variable.
func keyOf(name string, method bool) string {
	if method {
		return "." + name
	}
	return name
}

func (t *trimming) want(name string) {
	if !t.wanted[name] && len(t.byName[name]) > 0 {
		t.wanted[name] = true
		t.todo = append(t.todo, name)
	}
}

// trimmed gives the files that hold something wanted, with nothing else in them.
func (t *trimming) trimmed() []*languages.File {
	kept := make(map[*languages.File]map[int]bool)
	for len(t.todo) > 0 {
		name := t.todo[0]
		t.todo = t.todo[1:]
		for _, p := range t.byName[name] {
			if kept[p.file] == nil {
				kept[p.file] = make(map[int]bool)
			}
			if p.binding != nil {
				t.mentioned(p.binding.Value)
				continue
			}
			kept[p.file][p.function] = true
			for i := p.function; i < len(p.file.Functions); i++ { // and the literals in it
				if i == p.function || kept[p.file][p.file.Functions[i].Parent] && p.file.Functions[i].Parent > 0 {
					kept[p.file][i] = true
					t.mentionedIn(&p.file.Functions[i])
				}
			}
		}
	}
	var files []*languages.File
	for _, f := range t.facts {
		if functions := kept[f]; functions != nil || t.declaresUsed(f, kept) {
			files = append(files, t.cut(f, functions))
		}
	}
	return files
}

// declaresUsed tells whether a file declares the type of a method that is kept in
// another one.
func (t *trimming) declaresUsed(f *languages.File, kept map[*languages.File]map[int]bool) bool {
	owners := make(map[string]bool)
	for file, functions := range kept {
		for i := range functions {
			if owner := file.Functions[i].Owner; owner >= 0 {
				owners[file.Types[owner].Name] = true
			}
		}
	}
	return slices.ContainsFunc(f.Types, func(d languages.Type) bool { return owners[d.Name] })
}

func (t *trimming) mentionedIn(fn *languages.Function) {
	for _, b := range fn.Bindings {
		t.mentioned(b.Value)
	}
	for _, list := range [][]*languages.Expr{fn.Calls, fn.Records, fn.Returns} {
		for _, x := range list {
			t.mentioned(x)
		}
	}
}

func (t *trimming) mentioned(x *languages.Expr) {
	visit(x, func(x *languages.Expr) {
		if x.Kind == languages.Name || x.Kind == languages.Member {
			t.want(keyOf(x.Text, x.Kind == languages.Member))
		}
	}, 0)
}

// maxVisit bounds how deep expressions are looked into.
const maxVisit = 64

func visit(x *languages.Expr, look func(*languages.Expr), depth int) {
	if x == nil || depth > maxVisit {
		return
	}
	look(x)
	visit(x.Base, look, depth+1)
	for _, item := range x.Items() {
		visit(item.Key, look, depth+1)
		visit(item.Value, look, depth+1)
	}
}

// cut gives the file with only some functions, and what is wanted of its
// variables. Indexes stay what they are; methods keep their names, for these say
// which interfaces their type satisfies.
func (t *trimming) cut(f *languages.File, functions map[int]bool) *languages.File {
	small := *f
	small.Texts, small.Comments, small.Damage = nil, nil, nil
	small.Functions = slices.Clone(f.Functions)
	for i := range small.Functions {
		fn := &small.Functions[i]
		switch {
		case i == 0:
			fn.Bindings = slices.DeleteFunc(slices.Clone(fn.Bindings), func(b languages.Binding) bool {
				return b.Target == nil || b.Target.Kind != languages.Name || !t.wanted[b.Target.Text]
			})
			fn.Calls, fn.Records, fn.Returns, fn.Cases = nil, nil, nil, nil
		case !functions[i]:
			small.Functions[i] = languages.Function{Parent: fn.Parent, Owner: fn.Owner, Range: fn.Range}
			if fn.Owner >= 0 {
				small.Functions[i].Name, small.Functions[i].Receiver = fn.Name, fn.Receiver
			}
		}
	}
	small.Types = slices.Clone(f.Types)
	return &small
}
