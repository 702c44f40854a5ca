package detect

import (
	"path"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// What a type checker knows of a member comes before what evaluation made of it:
// evaluation says where a client was made and how, types say what is one.

// Asks tells whether a package belongs to a library that a catalogue describes:
// it, or one above it, is a module of that.
func (d *Detector) Asks(language, module string) bool {
	k := d.knowledge.of(language)
	return k != nil && k.holds(module)
}

func (k *knowledge) holds(module string) bool {
	for ; module != "." && module != "/"; module = path.Dir(module) {
		if len(k.clientsOf(module)) > 0 {
			return true
		}
	}
	return false
}

// stated sets right, by what a type checker knows of x, what evaluation made of it.
// What a field holds is another matter than what it is a field of, and a test
// double is one whatever its type.
func (e *evaluator) stated(s set, x *languages.Expr, at *env) set {
	known := x.Static()
	if known.Object == "" || madeByMock(s) {
		return s
	}
	t := e.statedType(known.Types, at.file.Language)
	switch {
	case t == nil:
		if e.isElsewhere(known, at) {
			s = without(s, func(v *value) bool { return v.kind == memberValue || v.kind == instanceValue })
		}
	case known.Interface && (hasReceiver(s) || t.lookup(x.Text) == nil):
		// What evaluation found is held where the interface is asked for.
	default:
		s = e.member(&value{kind: instanceValue, typ: t, weak: known.Interface && !known.Foreign}, x, x.Text, at).preferring(s, t)
	}
	if fn, ok := e.project.Declared(at.file.Language, known.Object); ok && !known.Interface {
		s = withFunction(s, fn)
	}
	return s
}

// statedType gives the client type that one of some names means, nil if none does.
func (e *evaluator) statedType(names []string, language string) *typ {
	k := e.knowledge.of(language)
	if k == nil {
		return nil
	}
	for _, name := range names {
		module, class := cutName(name)
		for _, c := range k.clientsOf(module) {
			if s := c.find(module, class); s != nil && s.class != nil {
				return s.class
			}
		}
	}
	return nil
}

// isElsewhere tells whether a member is one of a type that is known, and of no
// client library: neither one nor what a client can hide behind.
func (e *evaluator) isElsewhere(known *languages.Static, at *env) bool {
	if known.Interface || len(known.Types) == 0 {
		return false
	}
	k := e.knowledge.of(at.file.Language)
	for _, name := range known.Types {
		if module, _ := cutName(name); k == nil || module != "" && k.holds(module) {
			return false
		}
	}
	return true
}

// ruledOut tells whether types say that a call is none of a client's member.
func (e *evaluator) ruledOut(call *languages.Expr, at *env) bool {
	known := call.Base.Static()
	return known != nil && e.isElsewhere(known, at)
}

// isStated tells whether types say that a record, or what a member belongs to, is
// of a type that a form of a setting names.
func (e *evaluator) isStated(s settingForm, x *languages.Expr, at *env) bool {
	known := x.Static()
	if known == nil || known.Interface {
		return false
	}
	for _, name := range known.Types {
		module, class := cutName(name)
		if slices.Contains(s.form.In, class) && slices.Contains(e.knowledge.of(at.file.Language).clientsOf(module), s.client) {
			return true
		}
	}
	return false
}

// cutName splits "example.com/kv.Store" into the path and the name.
func cutName(name string) (module, rest string) {
	slash := strings.LastIndexByte(name, '/') + 1
	dot := strings.IndexByte(name[slash:], '.')
	if dot < 0 {
		return "", name
	}
	return name[:slash+dot], name[slash+dot+1:]
}

// preferring gives, of what evaluation found, the members that types say too,
// for evaluation knows where they come from. If there are none, it is what types
// say.
func (s set) preferring(found set, t *typ) set {
	kept := without(found, func(v *value) bool { return v.kind != memberValue && v.kind != instanceValue || !related(v.typ, t) })
	if len(kept.values) == 0 {
		return s
	}
	return kept.with(func(v value) value {
		v.weak = false
		return v
	})
}

// related tells whether one of two types is the other, or extends it.
func related(a, b *typ) bool {
	return a == b || a.isA(b, 0) || b.isA(a, 0)
}

func (t *typ) isA(base *typ, depth int) bool {
	for _, b := range t.extends {
		if b == base || depth < maxExtends && b.isA(base, depth+1) {
			return true
		}
	}
	return false
}

// without gives a set without the values that drop says.
func without(s set, drop func(*value) bool) set {
	s.values = slices.Clip(s.values)
	kept, shared := s, true
	for i := range s.values {
		switch {
		case !drop(&s.values[i]):
			if !shared {
				kept.values = append(kept.values, s.values[i])
			}
		case shared:
			kept.values, shared = slices.Clone(s.values[:i]), false
		}
	}
	return kept
}

// withFunction gives a set in which fn is the only function.
func withFunction(s set, fn link.FunctionID) set {
	for i := range s.values {
		if v := &s.values[i]; v.kind == functionValue && v.fn == fn {
			return without(s, func(v *value) bool { return v.kind == functionValue && v.fn != fn })
		}
	}
	s = without(s, func(v *value) bool { return v.kind == functionValue || v.kind == symbolValue || v.kind == opaqueValue })
	v := value{kind: functionValue, fn: fn}
	if owner := fn.Decl().Owner; owner >= 0 {
		v.self = &value{kind: objectValue, class: link.TypeID{File: fn.File, Index: owner}}
	}
	s.add(v)
	return s
}
