package report

// colors are the escapes that "text" uses, all empty without colours.
type colors struct{ on bool }

func palette(on bool) colors { return colors{on} }

func (c colors) paint(code, s string) string {
	if !c.on {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (c colors) bold(s string) string  { return c.paint("1", s) }
func (c colors) dim(s string) string   { return c.paint("2", s) }
func (c colors) caret(s string) string { return c.paint("1;32", s) }

// severity paints a severity as compilers do.
func (c colors) severity(s string) string {
	code := [...]string{"1;31", "1;33", "1;36"}[rank(s)]
	return c.paint(code, Printable(s))
}
