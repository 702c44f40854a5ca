package typedgo

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/languages"
)

// sample is what a package of one function exports.
func sample() known {
	call := &languages.Expr{Kind: languages.Call, Declared: -1, Range: languages.Range{Start: 10, End: 20}}
	call.Base = &languages.Expr{
		Kind: languages.Member, Text: "Do", Declared: -1,
		Base:  &languages.Expr{Kind: languages.Name, Text: "c", Declared: -1},
		Parts: &languages.Parts{Typing: &languages.Typing{Static: &languages.Static{Types: []string{"example.com/acme.Client"}, Object: "example.com/acme.Client.Do"}}},
	}
	return known{"example.com/kv", []*languages.File{{
		Path: "example.com/kv/kv.go", Language: "go", Package: "kv", Lines: []int32{0, 12},
		Functions: []languages.Function{
			{Parent: -1, Owner: -1, Range: languages.Range{End: 40}},
			{Name: "Run", Owner: -1, Calls: []*languages.Expr{call}, Returns: []*languages.Expr{call}, Range: languages.Range{Start: 5, End: 30}},
		},
	}}}
}

func TestExportedComesBack(t *testing.T) {
	want := sample()
	data, err := packed(&want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := imported(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(known{})); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if fn := got.files[0].Functions[1]; fn.Calls[0] != fn.Returns[0] {
		t.Error("one expression became two")
	}
}

// FuzzImported reads what no pass has exported.
func FuzzImported(f *testing.F) {
	k := sample()
	data, err := packed(&k)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		if k, err := imported(data); err == nil {
			_, _ = packed(&k)
		}
	})
}
