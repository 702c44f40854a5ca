package bounded

import (
	"strings"
	"testing"
)

func TestHostile(t *testing.T) {
	const n = 2_000_000
	for _, test := range []struct {
		name, text, want string
		decode           func([]byte, any) error
	}{
		{"json", strings.Repeat("[", n), "nested too deeply", JSON},
		{"json, closed in texts", strings.Repeat(`[ "]", /* ] */ "\"]",`, n/10), "nested too deeply", JSON},
		{"json, deep but not too deep", strings.Repeat("[", 200) + strings.Repeat("]", 200), "", JSON},
		{"json, wide", "[" + strings.Repeat("[],", n/10) + "]", "", JSON},
		{"toml", "a = " + strings.Repeat("[", n), "nested too deeply", TOML},
		{"toml, tables", "a = " + strings.Repeat("{a=", n), "nested too deeply", TOML},
		{"toml, a long key", strings.Repeat("a.", n) + "a = 1", "a key of too many parts", TOML},
		{"toml, a long table", "[" + strings.Repeat("a.", n) + "a]", "a key of too many parts", TOML},
		{"toml, closed in texts", "a = " + strings.Repeat(`[ "]", ']', '''']''', """]"""", # ]`+"\n", n/10), "nested too deeply", TOML},
		{"toml, a text that ends in quotes", `a = ["""x"""", ` + strings.Repeat("[", n), "nested too deeply", TOML},
		{"toml, brackets in texts", "a = [" + strings.Repeat(`"[", '[', """[""", '''[''', # [`+"\n", 1000) + "]", "", TOML},
		{"toml, an escaped quote", `a = ["\"[", ` + strings.Repeat(`"\\", `, 300) + "]", "", TOML},
	} {
		var into any
		if strings.HasPrefix(test.name, "toml") {
			into = map[string]any{}
		}
		got := ""
		if err := test.decode([]byte(test.text), &into); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// FuzzDecode must not end the program.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"a": [1, "]\"", /* ] */ {}], // ]
}`), false)
	f.Add([]byte("a.b = [1, ']', \"\"\"]\"\"\"\", {c='''x'''}] # ]\n[[d]]\n"), true)
	f.Fuzz(func(t *testing.T, data []byte, isTOML bool) {
		if isTOML {
			var table map[string]any
			_ = TOML(data, &table)
			return
		}
		var value any
		_ = JSON(data, &value)
	})
}
