package suppress

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		text, form, rules, reason, until, problem string
	}{
		{"keyvet:ignore a-b it is so", "line", "a-b", "it is so", "", ""},
		{"keyvet:ignore a-b, c-d it is so", "line", "a-b c-d", "it is so", "", ""},
		{"keyvet:ignore a-b ,c-d,e-f: it is so", "line", "a-b c-d e-f:", "it is so", "", ""},
		{"keyvet:ignore a-b,a-b -- it is so", "line", "a-b", "it is so", "", ""},
		{"keyvet:ignore\ta-b\tit is so\r", "line", "a-b", "it is so", "", ""},
		{"keyvet:ignore a-b until=2027-01-31 it is so", "line", "a-b", "it is so", "2027-01-31", ""},
		{"keyvet:ignore a-b it is so until=2027-01-31", "line", "a-b", "it is so", "2027-01-31", ""},
		{"keyvet:ignore a-b see https://a.b/c#1 // want x", "line", "a-b", "see https://a.b/c#1", "", ""},
		{"keyvet:ignore-start a-b x", "block", "a-b", "x", "", ""},
		{"keyvet:ignore-end", "end", "", "", "", ""},
		{"keyvet:ignore-end a-b", "end", "a-b", "", "", ""},
		{"keyvet:ignore-file a-b x", "file", "a-b", "x", "", ""},
		{"nolint:all // keyvet:ignore a-b x", "line", "a-b", "x", "", ""},
		{"type: ignore # keyvet:ignore a-b x", "line", "a-b", "x", "", ""},
		{" * keyvet:ignore a-b x", "line", "a-b", "x", "", ""},

		{"keyvet:ignore", "line", "", "", "", "it names no rule"},
		{"keyvet:ignore ", "line", "", "", "", "it names no rule"},
		{"keyvet:ignore , , x", "line", "x", "", "", "it gives no reason"},
		{"keyvet:ignore a-b", "line", "a-b", "", "", "it gives no reason"},
		{"keyvet:ignore a-b --", "line", "a-b", "", "", "it gives no reason"},
		{"keyvet:ignore a-b # c", "line", "a-b", "", "", "it gives no reason"},
		{"keyvet:ignore until=2027-01-31 x", "line", "", "x", "2027-01-31", "it names no rule"},
		{"keyvet:ignore a-b until=2027-1-31 x", "line", "a-b", "x", "2027-1-31", "until=2027-1-31 is no day; write it like until=2027-01-31"},
		{"keyvet:ignore a-b until=2027-02-30 x", "line", "a-b", "x", "2027-02-30", "until=2027-02-30 is no day; write it like until=2027-01-31"},
		{"keyvet:ignore a-b until=2027-01-30 until=2028-01-01 x", "line", "a-b", "x", "2027-01-30", "it has two last days"},
		{"keyvet:ignore * it is so", "line", "*", "it is so", "", "it must name the rules, one by one"},
		{"keyvet:ignore all it is so", "line", "all", "it is so", "", "it must name the rules, one by one"},
		{"keyvet:ignore: a-b x", "line", "", "", "", "write a blank behind keyvet:ignore"},
		{"keyvet:ignore-next-line a-b x", "line", "", "", "", "there is keyvet:ignore, keyvet:ignore-start, keyvet:ignore-end and keyvet:ignore-file, no keyvet:ignore-next-line"},

		{"write keyvet:ignore a-b above it", "", "", "", "", ""},
		{"`keyvet:ignore` a-b", "", "", "", "", ""},
		{"keyvet:ignored a-b x", "", "", "", "", ""},
		{"keyvet:ignore, they say", "", "", "", "", ""},
		{"keyvet: ignore a-b x", "", "", "", "", ""},
		{"type:ignore", "", "", "", "", ""},
	} {
		got := parse(test.text)
		if test.form == "" {
			if len(got) > 0 {
				t.Errorf("%q: %+v", test.text, got)
			}
			continue
		}
		if len(got) != 1 {
			t.Errorf("%q: %d directives", test.text, len(got))
			continue
		}
		d := got[0]
		said := []string{string(d.form), strings.Join(d.rules, " "), d.reason, d.until, d.problem}
		want := []string{test.form, test.rules, test.reason, test.until, test.problem}
		if diff := cmp.Diff(want, said); diff != "" {
			t.Errorf("%q:\n%s", test.text, diff)
		}
	}
}

// TestParseLines: a comment of several lines may hold several directives.
func TestParseLines(t *testing.T) {
	text := "\n * about this\n * keyvet:ignore a-b x\r\n\t* keyvet:ignore c-d y"
	got := parse(text)
	if len(got) != 2 {
		t.Fatalf("%+v", got)
	}
	for i, want := range []string{"keyvet:ignore a-b x", "keyvet:ignore c-d y"} {
		if said := text[got[i].offset : got[i].offset+got[i].length]; said != want {
			t.Errorf("%q, want %q", said, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"keyvet:ignore a-b, c-d until=2027-01-31 x", "// keyvet:ignore-start\nkeyvet:ignore-end", "keyvet:ignore,,*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range parse(text) {
			if d.offset < 0 || d.length < len(mark) || d.offset+d.length > len(text) {
				t.Fatalf("%q: %d and %d are outside", text, d.offset, d.length)
			}
			if !strings.HasPrefix(text[d.offset:], mark) {
				t.Fatalf("%q: there is no mark at %d", text, d.offset)
			}
			if d.problem == "" && d.form != blockEnd && (len(d.rules) == 0 || d.reason == "") {
				t.Fatalf("%q: excuses without rule or reason: %+v", text, d)
			}
		}
	})
}
