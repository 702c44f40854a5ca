package prefilter

import (
	"bytes"
	"strings"
	"testing"
)

var needles = Needles{
	Families:  map[string]map[string]bool{"FT": {"SEARCH": true}, "JSON": {"SET": true}, "TS": {}},
	Names:     []string{"acmedb", "otherdb"},
	Members:   map[string]Evidence{"ftSearch": API, "send": WeakAPI},
	Accessors: map[string]map[string]bool{"json": {"set": true, "get": false}, "ft": {"search": true}},
	Called:    map[string]bool{"ft": true},
	Words:     map[string][]string{"GlideFt": {"acmedb/glide", "acmedb/ft"}, "Ft": {"acmedb"}, "Store": {"acmedb/store"}},
	Types:     map[string]bool{"Store": true},
	Settings:  []string{"protocol"},
	Commands:  map[string]bool{"HELLO": true},

	Lookalikes: []string{"reacmedbs", "aCmedb"},
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
		{"a quoted command in mixed case", `c.do("Ft.Search")`, Raw},
		{"a quoted command that nobody knows, in upper case", `c.do("FT.NEW")`, Raw},
		{"what is no command", `errors.New("json.Marshal: ")`, 0},
		{"the beginning of a command in lower case", `"ft." + verb`, Raw},
		{"a command in lower case that is put together", `"ft.%s"`, Raw},
		{"lower case without a quote", "ft.search", 0},
		{"the beginning of a command", `"FT." + verb`, Raw},
		{"a family inside a word", `"XFT.SEARCH"`, 0},
		{"the global JSON", "JSON.parse(x)", 0},
		{"a family before a constant", "JSON.NULL", 0},
		{"a family before a class", "types.JSON.Comparator", 0},
		{"a command behind another word", `"redis-cli FT.SEARCH idx"`, Raw},
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
		{"a member that is handed on uncalled", "import acmedb; keys.forEach(c::ftSearch)", Name | API},
		{"a word without a name", "GlideFt.search()", 0},
		{"a word with its module", `import "acmedb/ft"; GlideFt.search()`, Name | Word},
		{"a word with a name", "acmedb GlideFt.search()", Name},
		{"a word inside another", "acmedb/ft MyGlideFt.search()", Name},
		{"a type with its module, as anything", "import acmedb/store; x: Store;", Name | Word},
		{"a type without its module", "acmedb x: Store;", Name},
		{"a setting without a name", "protocol=3", 0},
		{"a setting", "acmedb protocol = 3", Name | Setting},
		{"a quoted setting", `acmedb {"protocol": 3}`, Name | Setting},
		{"a setting's name alone", "acmedb the protocol is", Name},
		{"a short word", "acmedb Ft.search()", Name | Word},
		{"a command behind a quote", `acmedb "HELLO 3"`, Name | Command},
		{"a command without a quote", "acmedb HELLO", Name},
		{"a command alone", `acmedb 'HELLO'`, Name | Command},
		{"another text that begins so", `acmedb "HELLO.crt"`, Name},
		{"a file's name", `open("orders.json")`, 0},
		{"a word that holds a name by chance", "to reacmedbs, Reacmedbs REACMEDBS", 0},
		{"words that only look like it", "reAcmedbs", Name},
		{"a name after such a word", "reacmedbs acmedb", Name},
		{"words joined in mixed case", "LlaCmedb", 0},
		{"the same in another case", "Llacmedb", Name},
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

// FuzzNames compares the table that looks at every third byte with a search that
// looks at all of them.
func FuzzNames(f *testing.F) {
	for _, seed := range []string{"", "acmed", "xxACMEDBxx", "otherd otherdb", "aacmedb", "\xffacmedb\x00", "reacmedbs", "aCmedb"} {
		f.Add([]byte(seed))
	}
	table := newNameTable(needles.Names, needles.Lookalikes)
	f.Fuzz(func(t *testing.T, src []byte) {
		if got, want := table.in(src), namedIn(src); got != want {
			t.Errorf("in(%q) = %v, want %v", src, got, want)
		}
	})
}

// namedIn is what a nameTable must find out.
func namedIn(src []byte) bool {
	text := string(src)
	for _, l := range needles.Lookalikes { // a blank for the second letter spoils the name
		spellings := []string{l}
		if strings.ToLower(l) == l {
			spellings = []string{l, strings.ToUpper(l), strings.ToUpper(l[:1]) + l[1:], l[:1] + strings.ToUpper(l[1:])}
		}
		for _, s := range spellings {
			at := strings.Index(strings.ToLower(l), needles.Names[0])
			text = strings.ReplaceAll(text, s, s[:at+1]+" "+s[at+2:])
		}
	}
	for i := range text {
		for _, name := range needles.Names {
			if hasFold([]byte(text), i, name) {
				return true
			}
		}
	}
	return false
}

// FuzzDots compares looking at the bytes around a dot first with looking at every dot.
func FuzzDots(f *testing.F) {
	for _, seed := range []string{"", ".", "FT.SEARCH", "c.ft(1)", `"ts.add"`, "x.json.set", "x.ftSearch", "a.send", "a.b.c.ft"} {
		f.Add([]byte(seed))
	}
	filter := New(needles)
	f.Fuzz(func(t *testing.T, src []byte) {
		var want Evidence
		for i, c := range src {
			if c == '.' {
				want |= filter.dotAt(src, i)
			}
		}
		if got := filter.dots(src); got != want {
			t.Errorf("dots(%q) = %07b, want %07b", src, got, want)
		}
	})
}

// FuzzWords compares one pass over the identifiers with a search for each of them.
func FuzzWords(f *testing.F) {
	for _, seed := range []string{"", "GlideFt (", "protocol' :", `"HELLO`, "Ft.protocol=", "Ft", "xGlideFt.", "GlideFt<x>", "acmedb Ft(", "acmedb/ft GlideFt[", "acmedb/store *Store"} {
		f.Add([]byte(seed))
	}
	filter := New(needles)
	f.Fuzz(func(t *testing.T, src []byte) {
		var want Evidence
		for w, modules := range needles.Words {
			for _, m := range modules {
				if (hasForm(src, w, "(.<[") || needles.Types[w] && HasWord(src, w)) && bytes.Contains(src, []byte(m)) {
					want |= Word
				}
			}
		}
		for _, w := range needles.Settings {
			if hasForm(src, w, "=:(") {
				want |= Setting
			}
		}
		for w := range needles.Commands {
			for i, c := range src {
				if rest, ok := bytes.CutPrefix(src[i+1:], []byte(w)); ok && isQuote(c) && endsCommand(rest, 0) {
					want |= Command
				}
			}
		}
		if got := filter.words(src); got != want {
			t.Errorf("words(%q) = %07b, want %07b", src, got, want)
		}
	})
}

// hasForm tells whether src holds word as a word, followed by one of the marks; a
// quote and blanks may stand between.
func hasForm(src []byte, word, marks string) bool {
	for at := range src {
		if !bytes.HasPrefix(src[at:], []byte(word)) || at > 0 && isWord(src[at-1]) {
			continue
		}
		end := at + len(word)
		if end < len(src) && isWord(src[end]) {
			continue
		}
		if end < len(src) && isQuote(src[end]) {
			end++
		}
		if end = skipBlanks(src, end); end < len(src) && strings.IndexByte(marks, src[end]) >= 0 {
			return true
		}
	}
	return false
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
