package javascript

import "bytes"

// handsOn tells whether a source holds "export *", or exports without the keyword:
// a whole object may be handed on so.
func handsOn(src []byte) bool {
	if bytes.Contains(src, []byte("exports")) {
		return true
	}
	for {
		_, rest, ok := bytes.Cut(src, []byte("export"))
		if !ok {
			return false
		}
		src = bytes.TrimLeft(rest, " \t\r\n")
		if len(src) > 0 && src[0] == '*' {
			return true
		}
	}
}
