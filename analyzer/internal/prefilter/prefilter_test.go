package prefilter

import (
	"bytes"
	"strings"
	"testing"
)

var needles = Needles{
	Families:  []string{"FT", "JSON", "TS"},
	Names:     []string{"acmedb", "otherdb"},
	Members:   map[string]Evidence{"ftSearch": API, "send": WeakAPI},
	Accessors: map[string]map[string]bool{"json": {"set": true, "get": false}, "ft": {"search": true}},
	Called:    map[string]bool{"ft": true},
	Words:     []string{"GlideFt"},
	Settings:  []string{"protocol"},
}

func TestLook(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      Evidence
	}{
		{"nothing", "x = 1", 0},
		{"a command", `c.do("FT.SEARCH")`, Raw},
		{"a command without quotes", "# see FT.SEARCH", Raw},
		{"a quoted command in lower case", `c.do("ft.search")`, Raw},
		{"lower case without a quote", "ft.search", 0},
		{"the beginning of a command", `"FT." + verb`, Raw},
		{"a family inside a word", `"XFT.SEARCH"`, 0},
		{"the global JSON", "JSON.parse(x)", 0},
		{"a family before a constant", "JSON.STRINGIFY", Raw}, // errs towards yes
		{"a name in any case", "import AcmeDB", Name},
		{"a member", "c.ftSearch(q)", API},
		{"a weak member", "c.send(q)", WeakAPI},
		{"an accessor that is called with an argument", `c.ft("i")`, API},
		{"an accessor that is not called, called", "Response.json(x)", WeakAPI},
		{"an accessor and its member", "c.json.set(k)", API},
		{"an accessor that is called, and its member", "c.json()\n  .set(k)", API},
		{"an accessor with another's member", "r.json().get(k)", WeakAPI},
		{"an accessor that is read, with another's member", "c.json.get(k)", API},
		{"an optional accessor", "c.json?.set(k)", API},
		{"a word without a name", "GlideFt.search()", 0},
		{"a word with a name", "acmedb GlideFt.search()", Name | Word},
		{"a word inside another", "acmedb MyGlideFt.search()", Name},
		{"a setting without a name", "protocol=3", 0},
		{"a setting", "acmedb protocol = 3", Name | Setting},
		{"a quoted setting", `acmedb {"protocol": 3}`, Name | Setting},
		{"a setting's name alone", "acmedb the protocol is", Name},
	} {
		if got := New(needles).Look([]byte(test.src)); got != test.want {
			t.Errorf("%s: Look(%q) = %06b, want %06b", test.name, test.src, got, test.want)
		}
	}
}

func TestMatters(t *testing.T) {
	for _, test := range []struct {
		evidence Evidence
		want     bool
	}{
		{0, false}, {Raw, true}, {Name, false}, {API, false}, {Name | API, true},
		{Name | WeakAPI, true}, {Name | Word, true}, {Name | Setting, true}, {API | WeakAPI, false},
	} {
		if got := test.evidence.Matters(); got != test.want {
			t.Errorf("%06b: Matters() = %v", test.evidence, got)
		}
	}
}

// FuzzNames compares the table that looks at every fourth byte with a search
// that looks at all of them.
func FuzzNames(f *testing.F) {
	for _, seed := range []string{"", "acmed", "xxACMEDBxx", "otherd otherdb", "aacmedb", "\xffacmedb\x00"} {
		f.Add([]byte(seed))
	}
	table := newNameTable(needles.Names)
	f.Fuzz(func(t *testing.T, src []byte) {
		want := false
		low := bytes.Map(func(r rune) rune { return r }, src)
		for i, c := range src {
			low[min(i, len(low)-1)] = lower(c)
		}
		for _, name := range needles.Names {
			want = want || len(low) == len(src) && bytes.Contains(low, []byte(name))
		}
		if len(low) != len(src) {
			return // invalid UTF-8 that Map made longer
		}
		if got := table.in(src); got != want {
			t.Errorf("in(%q) = %v, want %v", src, got, want)
		}
	})
}

// FuzzLook checks that looking never fails, and that what stands in front of a
// sound piece of evidence does not hide it.
func FuzzLook(f *testing.F) {
	f.Add([]byte("a.b"))
	f.Add([]byte("...json().set"))
	filter := New(needles)
	f.Fuzz(func(t *testing.T, src []byte) {
		filter.Look(src)
		if got := filter.Look(append(bytes.Clone(src), ` "FT.SEARCH"`...)); got&Raw == 0 {
			t.Errorf("a command behind %q is not seen", src)
		}
	})
}

func TestHasWord(t *testing.T) {
	for _, test := range []struct {
		src  string
		want bool
	}{
		{"run", true}, {"x.run(1)", true}, {"rerun", false}, {"runs run_2", false}, {"runs run", true},
	} {
		if got := HasWord([]byte(test.src), "run"); got != test.want {
			t.Errorf("HasWord(%q) = %v", test.src, got)
		}
	}
}

// BenchmarkLook looks at text in which nothing matters, as nearly all is.
func BenchmarkLook(b *testing.B) {
	src := []byte(strings.Repeat("for _, item := range order.Items {\n\ttotal += item.Price.Times(item.Count) // said\n}\n", 20000))
	filter := New(needles)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		filter.Look(src)
	}
}
