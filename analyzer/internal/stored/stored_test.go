package stored

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/analyzer/internal/wire"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
)

// fill gives every field of a value something, so that one that is not coded is
// missed.
func fill(v reflect.Value, random *rand.Rand, depth int) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(random.IntN(4) > 0)
	case reflect.String:
		v.SetString([]string{"", "get", "FT.SEARCH", "ü", "\x00"}[random.IntN(5)])
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(random.Int64N(1<<20) - 1)
	case reflect.Uint8:
		v.SetUint(uint64(random.IntN(18)))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), random, depth+1)
		}
	case reflect.Slice:
		if depth > 7 || random.IntN(4) == 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), random.IntN(4), 4))
		for i := range v.Len() {
			fill(v.Index(i), random, depth+1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range random.IntN(4) {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(key, random, depth)
			fill(value, random, depth)
			v.SetMapIndex(key, value)
		}
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

func TestReportComesBack(t *testing.T) {
	for seed := range uint64(200) {
		var want, got report.Report
		fill(reflect.ValueOf(&want).Elem(), rand.New(rand.NewPCG(seed, 1)), 0)
		data := written(t, func(c *wire.Coder) { Report(c, &want) })
		c := wire.NewReader(data)
		Report(c, &got)
		if err := c.Done(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("a field that is not coded here is lost in the cache (seed %d): %s", seed, diff)
		}
	}
}

// TestFactsComeBack codes facts that no extractor gives: so each part is coded for
// itself, for File would refuse them.
func TestFactsComeBack(t *testing.T) {
	for seed := range uint64(200) {
		var want, got languages.File
		fill(reflect.ValueOf(&want).Elem(), rand.New(rand.NewPCG(seed, 2)), 0)
		want.Path = "" // is not kept
		data := written(t, func(c *wire.Coder) { fileFields(c, &want) })
		c := wire.NewReader(data)
		fileFields(c, &got)
		if err := c.Done(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("a field that is not coded here is lost in the cache (seed %d): %s", seed, diff)
		}
	}
}

func written(t *testing.T, write func(*wire.Coder)) string {
	t.Helper()
	c := wire.NewWriter()
	write(c)
	data, err := c.Written()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// smallFile is what an extractor makes of: r.get(x); r.get(x)
func smallFile() *languages.File {
	at := languages.Range{Start: 0, End: 8}
	call := &languages.Expr{
		Kind: languages.Call, Range: at, At: at, Parts: &languages.Parts{Items: []languages.Item{{Value: &languages.Expr{Kind: languages.Name, Text: "x"}}}},
		Base: &languages.Expr{Kind: languages.Member, Text: "get", Base: &languages.Expr{Kind: languages.Name, Text: "r"}},
	}
	return &languages.File{
		Language: "python", Lines: []int32{0, 10},
		Functions: []languages.Function{{Parent: -1, Owner: -1, Calls: []*languages.Expr{call, call}, Range: languages.Range{End: 20}}},
	}
}

// TestSharedExpressionsStayShared: who looks at facts tells expressions apart by
// their addresses.
func TestSharedExpressionsStayShared(t *testing.T) {
	data := written(t, func(c *wire.Coder) { File(c, smallFile(), 20) })
	var got languages.File
	c := wire.NewReader(data)
	File(c, &got, 20)
	if err := c.Done(); err != nil {
		t.Fatal(err)
	}
	calls := got.Functions[0].Calls
	if calls[0] != calls[1] {
		t.Error("one call has become two")
	}
}

// TestUnsoundFacts: what would lead a reader astray is malformed.
func TestUnsoundFacts(t *testing.T) {
	for name, spoil := range map[string]func(*languages.File){
		"a function within itself":     func(f *languages.File) { f.Functions = append(f.Functions, languages.Function{Parent: 1, Owner: -1}) },
		"an owner that is not there":   func(f *languages.File) { f.Functions[0].Owner = 0 },
		"no function":                  func(f *languages.File) { f.Functions = nil },
		"no line":                      func(f *languages.File) { f.Lines = nil },
		"lines out of order":           func(f *languages.File) { f.Lines = []int32{0, 5, 5} },
		"a line beyond the end":        func(f *languages.File) { f.Lines = []int32{0, 21} },
		"a call of nothing":            func(f *languages.File) { f.Functions[0].Calls[0].Base = nil },
		"a call that is none":          func(f *languages.File) { f.Functions[0].Calls[0].Kind = languages.List },
		"a kind that does not exist":   func(f *languages.File) { f.Functions[0].Calls[0].Base.Kind = languages.Super + 1 },
		"a place beyond the end":       func(f *languages.File) { f.Functions[0].Calls[0].Range.End = 21 },
		"an argument without a value":  func(f *languages.File) { f.Functions[0].Calls[0].Items()[0].Value = nil },
		"an import in no function":     func(f *languages.File) { f.Imports = []languages.Import{{Function: 1}} },
		"a type within itself":         func(f *languages.File) { f.Types = []languages.Type{{Outer: 0}} },
		"a method that is no function": func(f *languages.File) { f.Types = []languages.Type{{Outer: -1, Methods: []int{1}}} },
		"a result of nothing":          func(f *languages.File) { f.Functions[0].Calls[0].Base = &languages.Expr{Kind: languages.Result} },
		"a lambda that is no function": func(f *languages.File) {
			f.Functions[0].Returns = []*languages.Expr{{Kind: languages.Lambda, Declared: 9}}
		},
		"a text that is missing":     func(f *languages.File) { f.Texts = []*languages.Expr{nil} },
		"a binding without a target": func(f *languages.File) { f.Functions[0].Bindings = make([]languages.Binding, 1) },
		"an annotation that is not there": func(f *languages.File) {
			f.Functions[0].Params = []languages.Param{{Annotations: []*languages.Expr{nil}}}
		},
	} {
		f := smallFile()
		spoil(f)
		c := wire.NewReader(written(t, func(c *wire.Coder) { File(c, f, 20) }))
		if File(c, new(languages.File), 20); c.Done() == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func FuzzFile(f *testing.F) {
	c := wire.NewWriter()
	File(c, smallFile(), 20)
	data, _ := c.Written()
	f.Add(data, 20)
	f.Add([]byte{1, 1, 1, 1}, 0)
	f.Fuzz(func(t *testing.T, data []byte, size int) {
		var facts languages.File
		c := wire.NewReader(string(data))
		if File(c, &facts, size); c.Done() != nil {
			return
		}
		again := wire.NewWriter()
		File(again, &facts, size)
		second, err := again.Written()
		if err != nil {
			t.Fatal(err)
		}
		var same languages.File
		c = wire.NewReader(string(second))
		if File(c, &same, size); c.Done() != nil || !reflect.DeepEqual(facts, same) {
			t.Fatal("what was read is not what is written")
		}
	})
}

func FuzzReport(f *testing.F) {
	var r report.Report
	fill(reflect.ValueOf(&r).Elem(), rand.New(rand.NewPCG(7, 7)), 0)
	c := wire.NewWriter()
	Report(c, &r)
	data, _ := c.Written()
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		var got, same report.Report
		c := wire.NewReader(string(data))
		if Report(c, &got); c.Done() != nil {
			return
		}
		again := wire.NewWriter()
		Report(again, &got)
		second, _ := again.Written()
		c = wire.NewReader(string(second))
		if Report(c, &same); c.Done() != nil || !reflect.DeepEqual(got, same) {
			t.Fatal("what was read is not what is written")
		}
	})
}
