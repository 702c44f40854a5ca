package golang

import (
	"fmt"
	"strings"
	"testing"
)

// TestBroken reads sources that are broken in the ways in which people and tools
// break them. What is wanted is each call with the function it is in; "!" marks
// those of which the parser was not sure.
func TestBroken(t *testing.T) {
	for name, test := range map[string]struct{ src, want string }{
		"a merge inside a function": {`package p
func f(c *T) {
	a := c.One()
<<<<<<< HEAD
	c.Two(a)
||||||| base
	c.Three(a)
=======
	c.Four(a)
>>>>>>> other
	c.Five()
}
func g() { h() }
`, `f: c.One(); f: c.Two(a); f: c.Three(a); f: c.Four(a); f: c.Five(); g: h()`},
		"a brace that is missing": {`package p
func f(c *T) {
	if c.One() {
		c.Two()
}

func (t *T) g(c *T) {
	c.Three()
}
`, `f: c.One(); f: c.Two(); g: c.Three()`},
		"a brace too many": {`package p
func f(c *T) {
	c.One()
	}
	c.Two("x")
}

func g() { h() }
`, `f: c.One(); !f: c.Two("x"); g: h()`},
		"a parenthesis that is missing": {`package p
func f(c *T) {
	x := c.One("a"
	c.Two("b")
	c.Three("c")
}
func g() { h() }
`, `!f: c.One("a", c.Two("b"), c.Three("c"), ?); f: c.Two("b"); f: c.Three("c"); g: h()`},
		"a line that is not finished": {`package p
func f(c *T) {
	x := c.
	c.Two("b")
	y = = c.Three("c")
	c.Four()
}
`, `f: c.c.Two("b"); !f: c.Three("c"); !f: c.Four()`},
		"words of another language": {`package p
func f(c *T) {
	try { c.One() } catch (e) { c.Two() }
	c.Three()
}
func g() { h() }
`, `f: c.One(); !f: catch(e); !f: c.Two(); !f: c.Three(); g: h()`},
		"a template": {`package {{ .Package }}

import "{{ .Module }}/store"

{{ if .Search }}
// F searches.
func {{ .Name }}(c *T) {
	{{- range .Commands }}
	c.Do({{ .Context }}, "{{ . }}", c.One())
	{{- end }}
}
{{ end }}
func g() { h() }
`, `___________: c.Do(______________, "_______", c.One()); ___________: c.One(); g: h()`},
		"statements alone": {`c.One("a")
x := c.Two(x)
`, `!: c.One("a"); !: c.Two(x)`},
		"a package clause that is missing": {`import "store"

func f(c *store.T) { c.One() }
`, `f: c.One()`},
		"a text that does not end": {`package p
func f(c *T) {
	c.One("a)
	c.Two("b")
}
func g() { h() }
`, `!f: c.One("a)", c.Two("b"), ?); f: c.Two("b"); g: h()`},
	} {
		t.Run(name, func(t *testing.T) {
			f := extract(t, test.src)
			var got []string
			for i := range f.Functions {
				for _, c := range f.Functions[i].Calls {
					mark := ""
					if c.Damaged {
						mark = "!"
					}
					got = append(got, fmt.Sprintf("%s%s: %s", mark, f.Functions[i].Name, str(c)))
				}
			}
			if s := strings.Join(got, "; "); s != test.want {
				t.Errorf("\n got %s\nwant %s", s, test.want)
			}
			if len(f.Damage) == 0 {
				t.Error("nothing is damaged")
			}
		})
	}
}
