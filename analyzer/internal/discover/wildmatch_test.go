package discover

import (
	"strings"
	"testing"
)

func TestWildmatch(t *testing.T) {
	tests := []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true}, {"", "a", false}, {"a", "", false}, {"foo", "foo", true}, {"?", "é", false}, {"??", "é", true},
		{"*", "", true}, {"*", "a/b", false}, {"*/b", "a/b", true}, {"*f", "foof", true}, {"*ob*a*r*", "foobar", true},
		{"**", "a/b", true}, {"**/b", "b", true}, {"**/b", "x/y/b", true}, {"**/b", "xb", false}, {"a/**", "a/", true},
		{"a/**/b", "a/b", true}, {"a/**/b", "a/x/y/b", true}, {"a/**/b", "ab", false}, {"a**b", "a/b", false},
		{"**/*/**", "a/b", true}, {"**/*/**", "a", false}, {`**\/b`, "b", false}, {`**\/b`, "a/b", true}, {"***/b", "a/b", true},
		{"[a-c]x", "bx", true}, {"[!a-c]", "b", false}, {"[^a-c]", "d", true}, {"[]]", "]", true}, {"[]-a]", "^", true},
		{"[a-]", "-", true}, {"[/]", "/", false}, {"a[!x]b", "a/b", false}, {`[\]]`, "]", true}, {"[a", "a", false},
		{"[[:digit:]]", "5", true}, {"[[:digit:]a]", "a", true}, {"[[:nope:]]", "a", false}, {"[[:a]", ":", true},
		{"[[:upper:]]", "a", false}, {"[[:space:]]", "\v", false}, {`\*`, "*", true}, {`\`, `\`, false}, {`a\`, "a", false},
	}
	for _, test := range tests {
		if got := wildmatch(test.pattern, []byte(test.text), false); got != test.want {
			t.Errorf("wildmatch(%q, %q) = %v", test.pattern, test.text, got)
		}
	}
}

// TestWildmatchHostile would not end in this century if a star were tried again for each one after it.
func TestWildmatchHostile(t *testing.T) {
	text := []byte(strings.Repeat("a/", 200) + strings.Repeat("a", 500))
	for _, pattern := range []string{
		strings.Repeat("**/a/", 60) + "b", strings.Repeat("**/", 200) + "b", strings.Repeat("**/*a*", 50) + "/b",
		"**/" + strings.Repeat("*a", 100) + "b", strings.Repeat("*/", 199) + strings.Repeat("a*", 100) + "b",
	} {
		if wildmatch(pattern, text, false) {
			t.Errorf("%q matches", pattern)
		}
	}
}

// FuzzWildmatch compares with the plainest reading of the rules, for what it can do in time.
func FuzzWildmatch(f *testing.F) {
	for _, pattern := range []string{"a*b", "**/a*/b", "a/**/b/**/c", "[!a-c]?", `**\/a`, "*/*a", "**/**", "a**/b", "[[:alpha:]]*"} {
		f.Add(pattern, "a/b/c/b")
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 12 || len(text) > 12 {
			wildmatch(pattern, []byte(text), true) // must only come back
			return
		}
		if got, want := wildmatch(pattern, []byte(text), false), plainMatch(pattern, 0, text); got != want {
			t.Errorf("wildmatch(%q, %q) = %v, by the rules %v", pattern, text, got, want)
		}
	})
}

// plainMatch tries everything. Only brackets are left to the code under test.
func plainMatch(pattern string, p int, text string) bool {
	if p == len(pattern) {
		return text == ""
	}
	if pattern[p] != '*' {
		m := matcher{pattern: pattern, p: p, text: []byte(text)}
		return text != "" && m.step() == stepOn && plainMatch(pattern, m.p, text[1:])
	}
	end := p
	for end < len(pattern) && pattern[end] == '*' {
		end++
	}
	rest := pattern[end:]
	deep := end-p > 1 && (p == 0 || pattern[p-1] == '/') &&
		(rest == "" || rest[0] == '/' || strings.HasPrefix(rest, `\/`))
	if deep && strings.HasPrefix(rest, "/") && plainMatch(pattern, end+1, text) {
		return true
	}
	for i := 0; ; i++ {
		if plainMatch(pattern, end, text[i:]) {
			return true
		}
		if i == len(text) || text[i] == '/' && !deep {
			return false
		}
	}
}
