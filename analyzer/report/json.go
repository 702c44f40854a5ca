package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"
)

// writeJSON writes the whole report, one use, finding and skip a line, so that
// it compares and greps well and never stands in memory as a whole.
func writeJSON(w io.Writer, r *Report, _ Options) error {
	p := newPrinter(w)
	p.print("{\n  \"version\": ")
	p.json(r.Version)
	p.print(",\n  \"files\": ")
	p.json(r.Files)
	list(p, "uses", len(r.Uses), func(i int) any {
		u := r.Uses[i]
		if u.Because == nil {
			u.Because = []Step{}
		}
		return u
	})
	list(p, "findings", len(r.Findings), func(i int) any { return r.Findings[i] })
	list(p, "skipped", len(r.Skipped), func(i int) any { return r.Skipped[i] })
	list(p, "notes", len(r.Notes), func(i int) any { return r.Notes[i] })
	list(p, "suppressions", len(r.Suppressions), func(i int) any {
		s := r.Suppressions[i]
		if s.Rules == nil {
			s.Rules = []string{}
		}
		return s
	})
	list(p, "clients", len(r.Clients), func(i int) any { return r.Clients[i] })
	p.print("\n}\n")
	return p.flush()
}

// list writes a key and its array, one element a line.
func list(p *printer, key string, n int, element func(int) any) {
	p.printf(",\n  %q: [", key)
	for i := 0; i < n && !p.failed(); i++ {
		p.print(separator(i) + "\n    ")
		p.json(element(i))
	}
	if n > 0 {
		p.print("\n  ")
	}
	p.print("]")
}

// separator is what stands before the element with an index.
func separator(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// json writes a value on one line.
func (p *printer) json(value any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		p.err = cmp.Or(p.err, err)
		return
	}
	_, _ = p.w.Write(escapeJSON(bytes.TrimSuffix(b.Bytes(), []byte("\n"))))
}

// escapeJSON escapes what the encoder leaves as it is and a terminal does not:
// DEL, the C1 controls, and what turns the direction of the text. Outside of
// strings JSON has none of it.
func escapeJSON(src []byte) []byte {
	if bytes.IndexFunc(src, hidden) < 0 {
		return src
	}
	var b bytes.Buffer
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		switch {
		case !hidden(r):
			b.Write(src[:size])
		case r > 0xffff:
			high, low := surrogates(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		src = src[size:]
	}
	return b.Bytes()
}
