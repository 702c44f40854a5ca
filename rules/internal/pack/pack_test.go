package pack

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type inner struct {
	Names []string
	At    *int
	Pairs map[string]string
}

type outer struct {
	Name string
	inner
	More  map[string]*inner
	Inner inner
	Deep  bool
	Count int
}

func sample() outer {
	at := -1
	in := inner{Names: []string{"a", "", "a"}, At: &at, Pairs: map[string]string{"k": "v", "a": "k"}}
	return outer{Name: "x", More: map[string]*inner{"one": &in, "nil": nil}, Inner: in, Deep: true, Count: -300}
}

func TestRoundTrip(t *testing.T) {
	want := sample()
	var got outer
	if err := Unmarshal(string(Marshal(want)), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(outer{})); diff != "" {
		t.Error(diff)
	}
}

func TestBrokenDataAreAnError(t *testing.T) {
	whole := string(Marshal(sample()))
	for cut := range len(whole) {
		var got outer
		if err := Unmarshal(whole[:cut], &got); err == nil {
			t.Errorf("the first %d of %d bytes were taken for the whole", cut, len(whole))
		}
	}
	var got outer
	if err := Unmarshal(whole+"x", &got); err == nil {
		t.Error("a byte too many went unnoticed")
	}
}

func TestShapeTellsTypesApart(t *testing.T) {
	type a struct{ X string }
	type b struct{ Y string }
	if Shape(reflect.TypeFor[a]()) == Shape(reflect.TypeFor[b]()) {
		t.Error("two types, one shape")
	}
}
