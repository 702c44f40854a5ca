package javascript

import (
	"github.com/keyvet/keyvet/languages"
)

// commonJS exports what is assigned to module.exports or a member of exports.
func (x *extractor) commonJS(target, value *languages.Expr) {
	if value.Kind == languages.None { // a compiler's "exports.x = void 0"
		return
	}
	switch {
	case isExports(target) && target.Kind == languages.Member:
		x.export("=", value)
	case target.Base != nil && isExports(target.Base):
		name := target.Text
		if target.Kind == languages.Index && target.Items()[0].Value.Kind == languages.Text {
			name = target.Items()[0].Value.Text
		}
		if name != "" {
			x.export(name, value)
		}
	}
}

// isExports recognizes "module.exports" and "exports".
func isExports(e *languages.Expr) bool {
	switch e.Kind {
	case languages.Name:
		return e.Text == "exports"
	case languages.Member:
		return e.Text == "exports" && e.Base.Kind == languages.Name && e.Base.Text == "module"
	}
	return false
}

// exportCall reads the calls by which compilers and old code export:
// Object.assign(exports, {...}), Object.defineProperty(exports, "x", {...}),
// __exportStar(require("x"), exports).
func (x *extractor) exportCall(call *languages.Expr) {
	items, base := call.Items(), call.Base
	if len(items) == 0 {
		return
	}
	if base.Kind == languages.Name || base.Text == "__exportStar" {
		star := base.Text == "__exportStar" || base.Text == "__export"
		if m := items[0].Value; star && m.Kind == languages.Module {
			x.addImport(languages.Import{
				Module: m.Text, Symbol: "*", Reexport: true, Range: call.Range,
			})
		}
		return
	}
	if !isExports(items[0].Value) {
		return
	}
	switch {
	case base.Text == "assign":
		for _, item := range items[1:] {
			x.exportRecord(item.Value)
		}
	case base.Text == "defineProperty" && len(items) == 3 && items[1].Value.Kind == languages.Text:
		for _, entry := range items[2].Value.Items() {
			switch v := entry.Value; {
			case entry.Name == "value" && v.Kind != languages.Bool:
				x.export(items[1].Value.Text, v)
			case entry.Name == "get" && v.Kind == languages.Lambda:
				x.export(items[1].Value.Text, x.got(v))
			}
		}
	}
}

func (x *extractor) exportRecord(e *languages.Expr) {
	if e.Kind != languages.Record {
		return
	}
	for _, entry := range e.Items() {
		if entry.Name != "" && !entry.Spread {
			x.export(entry.Name, entry.Value)
		}
	}
}
