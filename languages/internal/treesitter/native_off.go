//go:build windows || treesitter_portable

package treesitter

// native is the state of the other way, of which nothing is built here.
type native struct{}

func newNative(string) native { return native{} }

func (g *Grammar) dump(src []byte, l limits) ([]node, error) {
	return g.dumpPortable(src, l)
}
