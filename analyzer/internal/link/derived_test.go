package link

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/languages"
)

// classFile is a file of classes, each with one base, and of imports.
func classFile(path string, imports []languages.Import, classes ...[2]string) *languages.File {
	f := &languages.File{
		Path: path, Language: "python", Imports: imports, Functions: []languages.Function{{Parent: -1, Owner: -1}},
	}
	for _, c := range classes {
		f.Types = append(f.Types, languages.Type{Name: c[0], Outer: -1, Bases: []languages.TypeRef{{Name: c[1]}}})
	}
	return f
}

// TestDerived finds the types that are derived from one, under whatever name they
// know it, and asks for no files that could only declare another.
func TestDerived(t *testing.T) {
	from := func(module, symbol, local string) []languages.Import {
		return []languages.Import{{Module: module, Symbol: symbol, Local: local}}
	}
	files := []*languages.File{
		classFile("store.py", nil, [2]string{"Store", "object"}, [2]string{"Near", "Store"}),
		classFile("plain.py", from("store", "Store", "Store"), [2]string{"Plain", "Store"}),
		classFile("renamed.py", from("store", "Store", "Base"), [2]string{"Renamed", "Base"}),
		classFile("front.py", from("store", "Store", "Handed"), [2]string{"Other", "object"}),
		classFile("far.py", from("front", "Handed", "Handed"), [2]string{"Far", "Handed"}),
		classFile("whole.py", from("store", "", "store"), [2]string{"Whole", "store.Store"}),
		classFile("foreign.py", from("unread", "Widget", "Widget"), [2]string{"Foreign", "Widget"}),
	}
	paths := []string{"unread.py"}
	for _, f := range files {
		paths = append(paths, f.Path)
	}
	p := New(files, traits, NewLayout(paths, Manifests{}))
	store := p.File("store.py")
	var names []string
	for _, d := range p.Derived(TypeID{store, 0}) {
		names = append(names, d.Decl().Name)
	}
	slices.Sort(names)
	if diff := cmp.Diff([]string{"Far", "Near", "Plain", "Renamed"}, names); diff != "" {
		t.Errorf("derived from Store (-want +got):\n%s", diff)
	}
	if wanted := p.Wanted(); len(wanted) > 0 {
		t.Errorf("%q are wanted, which have nothing to do with it", wanted)
	}
}

// TestCallNames checks the names by which a function is called: those that importers
// give to it, and none that they give to the module around it.
func TestCallNames(t *testing.T) {
	run := languages.Function{Name: "run", Parent: 0, Owner: -1}
	file := func(path string, exports []languages.Export, imports ...languages.Import) *languages.File {
		return &languages.File{
			Path: path, Language: "javascript", Exports: exports, Imports: imports,
			Functions: []languages.Function{{Parent: -1, Owner: -1}, run},
		}
	}
	name := &languages.Expr{Kind: languages.Name, Text: "run"}
	files := []*languages.File{
		file("named.js", []languages.Export{{Name: "run", Value: name}}),
		file("whole.js", []languages.Export{{Name: "default", Value: name}}),
		file("app.js", nil,
			languages.Import{Module: "./named", Local: "redis"},
			languages.Import{Module: "./named", Symbol: "run", Local: "send"},
			languages.Import{Module: "./named", Symbol: "other", Local: "else"},
			languages.Import{Module: "./whole", Symbol: "default", Local: "ask"}),
	}
	p := New(files, traits, NewLayout([]string{"named.js", "whole.js", "app.js"}, Manifests{}))
	for path, want := range map[string][]string{"named.js": {"run", "send"}, "whole.js": {"ask", "run"}} {
		if diff := cmp.Diff(want, p.CallNames(FunctionID{p.File(path), 1})); diff != "" {
			t.Errorf("%s: names of run (-want +got):\n%s", path, diff)
		}
	}
}
