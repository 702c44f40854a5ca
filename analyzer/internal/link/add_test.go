package link

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/languages"
)

// TestAdd checks that files that join a project one after the other give what they
// give together, in the same order.
func TestAdd(t *testing.T) {
	var files []*languages.File
	for i := range 6 {
		files = append(files, shopFile(fmt.Sprintf("shop/part%d.py", i)))
	}
	layout := NewLayout([]string{"shop/missing.py"}, Manifests{})
	together := New(files, traits, layout)
	for _, order := range [][]int{{5, 4, 3, 2, 1, 0}, {2, 0, 4, 1, 5, 3}} {
		p := New(nil, traits, layout)
		for _, i := range order {
			p.Add([]*languages.File{files[order[0]]}) // is there, from the second time on
			if added := p.Add([]*languages.File{files[i]}); len(added) > 1 || p.File(files[i].Path) == nil {
				t.Errorf("%d files were added with %s", len(added), files[i].Path)
			}
			p.ResolveModule(p.Files[0], ".missing")
		}
		if diff := cmp.Diff(joined(together), joined(p)); diff != "" {
			t.Errorf("in the order %v (-together +one by one):\n%s", order, diff)
		}
		if p.Add(files); len(p.Wanted()) > 0 {
			t.Errorf("%q are still wanted of the project that they were missing in", p.Wanted())
		}
	}
}

// shopFile declares a type with a method that calls, assigns a member and writes a record.
func shopFile(path string) *languages.File {
	name := func(text string) *languages.Expr { return &languages.Expr{Kind: languages.Name, Text: text} }
	call := &languages.Expr{Kind: languages.Call, Base: name("save")}
	record := &languages.Expr{
		Kind:  languages.Record,
		Parts: &languages.Parts{Items: []languages.Item{{Name: "price", Value: name("price")}}},
	}
	record.SetType(languages.TypeRef{Name: "Item"})
	return &languages.File{
		Path: path, Language: "python",
		Types: []languages.Type{{Name: "Shop", Outer: -1, Methods: []int{1}}},
		Functions: []languages.Function{{Parent: -1, Owner: -1}, {
			Name: "open", Parent: 0, Owner: 0, Receiver: "self", Calls: []*languages.Expr{call}, Records: []*languages.Expr{record},
			Bindings: []languages.Binding{{Target: &languages.Expr{Kind: languages.Member, Base: name("self"), Text: "store"}, Value: call}},
		}},
	}
}

// joined lists, by path, what the files of a project have under one name.
func joined(p *Project) map[string][]string {
	found := make(map[string][]string)
	note := func(of string, f *File) { found[of] = append(found[of], fmt.Sprint(f.Order, " ", f.Path)) }
	for _, f := range p.Files {
		note("files", f)
	}
	for _, s := range p.CallsOf("python", "save") {
		note("calls", s.File)
	}
	for _, m := range p.MethodsNamed("python", "open") {
		note("methods", m.File)
	}
	for _, b := range p.MemberBindings("python", "store") {
		note("members", b.File)
	}
	for _, l := range p.Literals("python", "Item", "price") {
		note("literals", l.File)
	}
	return found
}
