package detect

import (
	"github.com/keyvet/keyvet/languages"
)

// concat joins texts. A hole ends what is known: the rest is only a beginning.
func (e *evaluator) concat(x *languages.Expr, at *env) set {
	parts := []value{{kind: textValue, expr: x, env: at}}
	for _, item := range x.Items() {
		parts = e.append(parts, item.Value, at)
	}
	var s set
	for _, v := range parts {
		s.add(v)
	}
	return s
}

// maxTexts bounds the number of texts that a concatenation may give.
const maxTexts = 16

func (e *evaluator) append(heads []value, x *languages.Expr, at *env) []value {
	tails := e.eval(x, at)
	texts := without(tails, func(v *value) bool { return v.kind != textValue && v.kind != numberValue }).values
	joined := make([]value, 0, min(len(heads)*max(1, len(texts)), maxTexts))
	for _, head := range heads {
		if head.prefix {
			joined = append(joined, head)
			continue
		}
		for _, tail := range texts {
			v := head
			v.text += tail.text
			v.prefix = tail.prefix
			if tail.site != nil {
				v.site, v.because = tail.site, tail.because
			}
			joined = append(joined, v)
		}
		if len(texts) == 0 {
			head.prefix = true
			joined = append(joined, head)
		}
	}
	if len(joined) > maxTexts {
		joined = joined[:maxTexts]
	}
	return joined
}
