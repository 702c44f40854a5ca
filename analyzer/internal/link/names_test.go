package link

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/keyvet/keyvet/languages"
)

// TestNameTable compares the table with a map for each scope.
func TestNameTable(t *testing.T) {
	for seed := range uint64(100) {
		random := rand.New(rand.NewPCG(seed, 5))
		scopes := 1 + random.IntN(5)
		want := make([]map[string][]Definition, scopes)
		var all []named
		for i := range random.IntN(60) {
			scope, name := random.IntN(scopes), fmt.Sprint("name", random.IntN(8))
			d := Definition{Function: scope, Index: i}
			if want[scope] == nil {
				want[scope] = make(map[string][]Definition)
			}
			want[scope][name] = append(want[scope][name], d)
			all = append(all, named{name, int32(i), d})
		}
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		table := newNameTable(scopes, all)
		for scope := range scopes {
			got := make(map[string][]Definition)
			for name, definitions := range table.all(scope) {
				got[name] = definitions
			}
			if len(got) != len(want[scope]) || len(got) > 0 && !reflect.DeepEqual(got, want[scope]) {
				t.Fatalf("seed %d: scope %d holds %v, want %v", seed, scope, got, want[scope])
			}
			for i := range 9 { // name8 is nowhere
				name := fmt.Sprint("name", i)
				if got := table.of(scope, name); !reflect.DeepEqual(got, want[scope][name]) {
					t.Fatalf("seed %d: %s in scope %d is %v, want %v", seed, name, scope, got, want[scope][name])
				}
			}
		}
	}
}

// TestOuterNames: an assignment to an outer name belongs to the innermost function
// around that declares it, wherever in that function it does, and else to the file.
func TestOuterNames(t *testing.T) {
	name := func(text string) *languages.Expr { return &languages.Expr{Kind: languages.Name, Text: text} }
	f := &languages.File{Functions: []languages.Function{
		{Parent: -1, Owner: -1},
		{Parent: 0, Owner: -1, Params: []languages.Param{{Name: "given"}}},
		{Parent: 1, Owner: -1, Bindings: []languages.Binding{
			{Target: name("given"), Nonlocal: true},
			{Target: name("made"), Nonlocal: true},
			{Target: name("nowhere"), Nonlocal: true},
			{Target: &languages.Expr{Kind: languages.Index, Base: name("made")}},
			{Target: &languages.Expr{Kind: languages.Member, Text: "b", Base: name("made")}},
			{Target: &languages.Expr{Kind: languages.Member, Text: "a", Base: name("made")}},
			{Target: &languages.Expr{Kind: languages.Member, Text: "b", Base: name("given")}},
		}},
	}}
	f.Functions[1].Bindings = []languages.Binding{{Target: name("made")}}
	file, _ := newFile(f, languages.Traits{}, nil)
	inner := f.Functions[2].Bindings
	for _, tt := range []struct {
		scope int
		name  string
		want  []*languages.Binding
	}{
		{1, "given", []*languages.Binding{nil, &inner[0]}},
		{1, "made", []*languages.Binding{&f.Functions[1].Bindings[0], &inner[1], &inner[3]}},
		{0, "nowhere", []*languages.Binding{&inner[2]}},
		{2, "made", nil},
	} {
		var got []*languages.Binding
		for _, d := range file.names.of(tt.scope, tt.name) {
			got = append(got, d.Binding)
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s in scope %d has bindings %v, want %v", tt.name, tt.scope, got, tt.want)
		}
	}
	members := file.MembersNamed("b")
	if len(members) != 2 || members[0].Binding != &inner[4] || members[1].Binding != &inner[6] || len(file.MembersNamed("c")) != 0 {
		t.Errorf("assignments to members named b: %v", members)
	}
}
