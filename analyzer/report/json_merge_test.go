package report

import (
	"bytes"
	"strings"
	"testing"
)

func jsonOf(t testing.TB, r *Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := writeJSON(&b, r, Options{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func partOf(path string, files int) *Report {
	return &Report{
		Version: "v1", Files: Counts{Found: files, Left: map[string]int{"ignored": files}},
		Uses:     []Use{{Kind: CommandUse, Command: "FT.SEARCH", Path: path}},
		Findings: []Finding{{Rule: "search-command", Use: 0}, {Rule: "resp-default-drift", Use: -1, Place: &Place{Path: path, Because: []Step{}}}},
		Skipped:  []Skip{{Path: "big.js", Reason: "too large"}},
	}
}

// TestMergeJSON: indices follow their uses, what is in two files comes once, counts are
// added up.
func TestMergeJSON(t *testing.T) {
	var out bytes.Buffer
	counts, err := MergeJSON(&out, []Written{
		{"b", jsonOf(t, partOf("b.py", 2))}, {"a", jsonOf(t, partOf("a.py", 3))}, {"again", jsonOf(t, partOf("a.py", 0))},
	})
	if err != nil || counts != (Merged{Results: 4, Twice: 2}) {
		t.Fatalf("%+v, %v", counts, err)
	}
	want := partOf("a.py", 5)
	b := partOf("b.py", 0)
	b.Findings[0].Use = 1
	want.Uses = append(want.Uses, b.Uses...)
	want.Findings = []Finding{want.Findings[0], want.Findings[1], b.Findings[0], b.Findings[1]}
	want.SortUses()
	if text := string(jsonOf(t, want)); out.String() != text {
		t.Errorf("got %s, want %s", out.String(), text)
	}
	other := partOf("a.py", 1)
	other.Version = "v2"
	if _, err := MergeJSON(&out, []Written{{"a", jsonOf(t, partOf("a.py", 1))}, {"b", jsonOf(t, other)}}); err == nil || !strings.Contains(err.Error(), `b: written by keyvet "v2"`) {
		t.Errorf("versions: %v", err)
	}
}

func FuzzMergeJSON(f *testing.F) {
	f.Add(jsonOf(f, partOf("a.py", 1)), jsonOf(f, partOf("b.py", 1)))
	f.Add([]byte(`{"version":"v1","findings":[{"use":-5},{"use":1}]}`), []byte(`{"files":{"left":null}}`))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		var out bytes.Buffer
		if _, err := MergeJSON(&out, []Written{{"a", a}, {"b", b}}); err != nil {
			return
		}
		var again bytes.Buffer
		if _, err := MergeJSON(&again, []Written{{"merged", out.Bytes()}}); err != nil || !bytes.Equal(again.Bytes(), out.Bytes()) {
			t.Fatalf("merging what was merged changes it: %v\n%s\n%s", err, out.Bytes(), again.Bytes())
		}
	})
}
