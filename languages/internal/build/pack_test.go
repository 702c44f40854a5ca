package build

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/keyvet/keyvet/languages"
)

// fill gives every field of a value something, so that one that is not packed is
// missed.
func fill(v reflect.Value, random *rand.Rand, depth int) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(random.IntN(2) > 0)
	case reflect.String:
		v.SetString(fmt.Sprint("text ", random.IntN(1000)))
	case reflect.Int, reflect.Int32:
		v.SetInt(random.Int64N(1 << 20))
	case reflect.Uint8:
		v.SetUint(uint64(random.IntN(18)))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), random, depth+1)
		}
	case reflect.Slice:
		if depth > 7 {
			return
		}
		n := random.IntN(4)
		if random.IntN(20) == 0 {
			n = maxRepeated + 1
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n+2))
		for i := range n {
			fill(v.Index(i), random, depth+1)
		}
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"field": "local"}))
	case reflect.Pointer:
		if depth > 7 || random.IntN(4) == 0 {
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), random, depth+1)
	default:
		panic(v.Kind())
	}
}

// exprsIn collects the expressions that can be reached.
func exprsIn(v reflect.Value, all map[*languages.Expr]bool) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			exprsIn(v.Field(i), all)
		}
	case reflect.Slice:
		for i := range v.Len() {
			exprsIn(v.Index(i), all)
		}
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		if e, ok := v.Interface().(*languages.Expr); ok {
			if all[e] {
				return
			}
			all[e] = true
		}
		exprsIn(v.Elem(), all)
	}
}

func TestPackMovesEverything(t *testing.T) {
	for seed := range uint64(50) {
		var want, given languages.File
		fill(reflect.ValueOf(&want).Elem(), rand.New(rand.NewPCG(seed, 3)), 0)
		fill(reflect.ValueOf(&given).Elem(), rand.New(rand.NewPCG(seed, 3)), 0)
		before, after := make(map[*languages.Expr]bool), make(map[*languages.Expr]bool)
		exprsIn(reflect.ValueOf(given), before)
		got := pack(&given, borrow())
		exprsIn(reflect.ValueOf(*got), after)
		for e := range after {
			if before[e] {
				t.Fatalf("seed %d: an expression is where it was; does pack know all fields? %+v", seed, *e)
			}
		}
		if len(after) != len(before) {
			t.Errorf("seed %d: %d expressions became %d", seed, len(before), len(after))
		}
		if diff := cmp.Diff(want, *got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("seed %d: -want +got\n%s", seed, diff)
		}
	}
}

// TestFilesDoNotShareMemory: the memory of a file serves the next one.
func TestFilesDoNotShareMemory(t *testing.T) {
	first := func() *languages.File {
		b := New("a", "test", make([]byte, 100))
		for i := range 3 * chunkSize {
			call := b.Leaf(languages.Call, fmt.Sprint("call ", i), 0, 10)
			call.SetItems(append(b.Items(1), languages.Item{Value: b.Leaf(languages.Text, "argument", 2, 9)}))
			b.Call(0, call)
		}
		return b.Finish()
	}
	got := first()
	b := New("b", "test", make([]byte, 100))
	for range 9 * chunkSize {
		b.Call(0, b.List(languages.Call, 20, 30, text(b, "other", 22)))
	}
	b.Finish()
	if diff := cmp.Diff(first(), got); diff != "" {
		t.Errorf("facts changed: -want +got\n%s", diff)
	}
}

func TestPackKeepsOneExpressionOne(t *testing.T) {
	b := New("a", "test", make([]byte, 100))
	text(b, "of no use to anybody", 50)
	call := b.List(languages.Call, 0, 10, text(b, "argument", 1))
	b.Call(0, call)
	b.Return(0, call)
	f := b.Finish()
	if f.Functions[0].Calls[0] != f.Functions[0].Returns[0] {
		t.Error("one expression became two")
	}
}

// TestPackKeepsSharedListsShared has ten thousand names share a type of ten thousand
// arguments. Were the lists moved for each name, it would take gigabytes.
func TestPackKeepsSharedListsShared(t *testing.T) {
	const many = 10_000
	b := New("a", "test", make([]byte, 100))
	shared := languages.TypeRef{Name: "T", Args: make([]languages.TypeRef, many)}
	items := make([]languages.Item, many)
	params := make([]languages.Param, many)
	for i := range params {
		params[i].Type = languages.TypeRef{Name: "pair", Args: []languages.TypeRef{shared, shared}}
		list := b.Expr(languages.List, 0, 1)
		list.SetItems(items)
		params[i].Default = list
	}
	b.File.Functions[0].Params = params
	f := b.Finish()
	x, y := &f.Functions[0].Params[0], &f.Functions[0].Params[many-1]
	if &x.Type.Args[0].Args[0] != &y.Type.Args[1].Args[0] || &x.Default.Items()[0] != &y.Default.Items()[0] {
		t.Error("a list that many shared was copied")
	}
}
