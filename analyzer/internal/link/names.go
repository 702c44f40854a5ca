package link

import (
	"cmp"
	"iter"
	"slices"
	"sort"
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// A nameTable tells what the names of a file's scopes may stand for. A project has
// thousands of scopes that hold a name or two: one list for a file's takes a third of
// the memory of a map for each.
type nameTable struct {
	scopes      []int32 // by function, where its names begin; behind the last one, where they end
	names       []scopeName
	definitions []Definition
}

// A scopeName is a name in a scope, and where its definitions are.
type scopeName struct {
	name     string
	from, to int32
}

// of returns what a name may stand for in a scope, in the order of the source.
func (t *nameTable) of(scope int, name string) []Definition {
	names := t.names[t.scopes[scope]:t.scopes[scope+1]]
	i := sort.Search(len(names), func(i int) bool { return names[i].name >= name })
	if i == len(names) || names[i].name != name {
		return nil
	}
	return t.definitions[names[i].from:names[i].to:names[i].to]
}

// all iterates over the names of a scope.
func (t *nameTable) all(scope int) iter.Seq2[string, []Definition] {
	return func(yield func(string, []Definition) bool) {
		for _, n := range t.names[t.scopes[scope]:t.scopes[scope+1]] {
			if !yield(n.name, t.definitions[n.from:n.to:n.to]) {
				return
			}
		}
	}
}

// A named is a definition on its way into the table.
type named struct {
	name       string
	order      int32 // of the definitions of a name
	definition Definition
}

func compareNamed(a, b named) int {
	return cmp.Or(cmp.Compare(a.definition.Function, b.definition.Function), strings.Compare(a.name, b.name), cmp.Compare(a.order, b.order))
}

// newNameTable makes the table of a file with so many scopes. It sorts what it is
// given.
func newNameTable(scopes int, all []named) nameTable {
	slices.SortFunc(all, compareNamed)
	all = lastDeclared(all)
	count := 0
	for i := range all {
		if startsName(all, i) {
			count++
		}
	}
	t := nameTable{
		scopes:      make([]int32, scopes+1),
		names:       make([]scopeName, 0, count),
		definitions: make([]Definition, len(all)),
	}
	scope := 0
	for i := range all {
		for ; scope < all[i].definition.Function; scope++ {
			t.scopes[scope+1] = int32(len(t.names))
		}
		if startsName(all, i) {
			t.names = append(t.names, scopeName{name: all[i].name, from: int32(i)})
		}
		t.names[len(t.names)-1].to = int32(i + 1)
		t.definitions[i] = all[i].definition
	}
	for ; scope < scopes; scope++ {
		t.scopes[scope+1] = int32(len(t.names))
	}
	return t
}

// startsName tells whether a definition is the first one of its name in its scope.
func startsName(all []named, i int) bool {
	return i == 0 || all[i].name != all[i-1].name || all[i].definition.Function != all[i-1].definition.Function
}

// manyNamesakes is how many functions, or types, of one name and scope are told apart:
// the last ones, which hold when the others have been forgotten.
const manyNamesakes = 16

// lastDeclared leaves out, of the functions and types that share a name and a scope,
// all but the last. It changes what it is given.
func lastDeclared(all []named) []named {
	kept := all[:0]
	var to int
	for from := 0; from < len(all); from = to {
		var left [MemberDefinition + 1]int // by kind
		for to = from; to == from || to < len(all) && !startsName(all, to); to++ {
			left[all[to].definition.Kind]++
		}
		for _, n := range all[from:to] {
			kind := n.definition.Kind
			left[kind]--
			if left[kind] < manyNamesakes || kind != FunctionDefinition && kind != TypeDefinition {
				kept = append(kept, n)
			}
		}
	}
	return kept
}

// sortedTypes lists a file's types by name, outer type and place, of those that have
// a name, an outer type and a function in common the last.
func sortedTypes(f *languages.File) []int {
	types := make([]int, len(f.Types))
	for i := range types {
		types[i] = i
	}
	slices.SortStableFunc(types, func(i, j int) int {
		a, b := &f.Types[i], &f.Types[j]
		return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.Outer, b.Outer), cmp.Compare(a.Function, b.Function))
	})
	kept := types[:0]
	for i, t := range types {
		if next := i + manyNamesakes; next >= len(types) || !areNamesakes(&f.Types[t], &f.Types[types[next]]) {
			kept = append(kept, t)
		}
	}
	return kept
}

func areNamesakes(a, b *languages.Type) bool {
	return a.Name == b.Name && a.Outer == b.Outer && a.Function == b.Function
}

// equal returns what of a list, which is sorted by name, has a name.
func equal[T any](sorted []T, name string, nameOf func(*T) string) []T {
	from := sort.Search(len(sorted), func(i int) bool { return nameOf(&sorted[i]) >= name })
	to := from + sort.Search(len(sorted)-from, func(i int) bool { return nameOf(&sorted[from+i]) > name })
	return sorted[from:to:to]
}

// typesOf returns the indexes of the file's types of that name, those that stand in
// no other first.
func (f *File) typesOf(name string) []int {
	return equal(f.types, name, func(i *int) string { return f.Types[*i].Name })
}

// typesIn returns the indexes of the file's types of that name that stand in a type,
// in none if it is -1.
func (f *File) typesIn(outer int, name string) []int {
	named := f.typesOf(name)
	from := sort.Search(len(named), func(i int) bool { return f.Types[named[i]].Outer >= outer })
	to := from + sort.Search(len(named)-from, func(i int) bool { return f.Types[named[from+i]].Outer > outer })
	return named[from:to:to]
}

// firstTypes returns the types of that name that a file declares, of many a few.
func (f *File) firstTypes(name string) []int {
	types := f.typesIn(-1, name)
	if len(types) == 0 {
		types = f.typesOf(name)
	}
	return types[:min(len(types), manyNamesakes)]
}
