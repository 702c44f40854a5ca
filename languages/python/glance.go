package python

import "bytes"

// handsOn tells whether a source holds "import *".
func handsOn(src []byte) bool {
	for {
		_, rest, ok := bytes.Cut(src, []byte("import"))
		if !ok {
			return false
		}
		src = bytes.TrimLeft(rest, " \t\\\r\n(")
		if len(src) > 0 && src[0] == '*' {
			return true
		}
	}
}
