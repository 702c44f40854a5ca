package detect

import (
	"slices"
	"strings"
	"unicode"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
)

// unknownReceiver looks at a call on something that is not known.
func (f *finder) unknownReceiver(k *knowledge, callee set, call *languages.Expr, at *env) {
	name := link.CalleeName(call)
	if name == "" {
		return
	}
	if f.literalRaw(k, name, false, call, at) || f.ruledOut(call, at) {
		return
	}
	if m := f.chain(k, call, at); m != nil && f.plausible(*m, call, at) {
		f.send(m.member.sends, m.client, report.Likely, call, at, guessed(at, call))
		return
	} else if m != nil && len(callee.values) == 0 && f.inUse(m.client) {
		f.doubtful = append(f.doubtful, doubt{*m, call, at})
	}
	if call.Base.Kind != languages.Member {
		return
	}
	if m := f.single(k.singles[name], call, at); m != nil {
		f.send(m.member.sends, m.client, report.Likely, call, at, guessed(at, call))
	}
}

func guessed(at *env, call *languages.Expr) *step {
	return &step{nil, at.file, call.At, "the receiver is not known; the call is one of this library's"}
}

// chain finds the catalogues' entry for an accessor and one of its members.
func (f *finder) chain(k *knowledge, call *languages.Expr, at *env) *chainMember {
	inner := call.Base
	if inner.Kind != languages.Member || inner.Base == nil {
		return nil
	}
	accessor, called := inner.Base, false
	if accessor.Kind == languages.Call {
		called = true
		accessor = accessor.Base
	}
	if accessor == nil || accessor.Kind != languages.Member {
		return nil
	}
	entries := k.chained(accessor.Text, inner.Text)
	var best *chainMember
	for i := range entries {
		m := &entries[i]
		if m.called != called || !f.inUse(m.client) {
			continue
		}
		if best == nil || best.member.ambiguous && !m.member.ambiguous ||
			best.member.ambiguous == m.member.ambiguous && f.closer(m.client, best.client, at.file) {
			best = m
		}
	}
	return best
}

// single finds, of the catalogues' entries for a member, the one meant by a call
// on an unknown receiver.
func (f *finder) single(entries []chainMember, call *languages.Expr, at *env) *chainMember {
	var best *chainMember
	for i := range entries {
		if m := &entries[i]; f.plausible(*m, call, at) && (best == nil || f.closer(m.client, best.client, at.file)) {
			best = m
		}
	}
	return best
}

// inUse tells whether the project imports the client's library.
func (f *finder) inUse(c *client) bool { return f.imported[c] }

// closer tells whether a file imports the library of client c and not that of
// client than: of two that may be meant, its own import says which one is.
func (f *finder) closer(c, than *client, file *link.File) bool {
	return f.imports(file, c) && !f.imports(file, than)
}

// imports tells whether a file imports the client's library.
func (f *finder) imports(file *link.File, c *client) bool {
	own, known := f.ownImports[file]
	if !known {
		own = make(map[*client]bool)
		f.detector.noteImports(file, own)
		f.ownImports[file] = own
	}
	return own[c]
}

// plausible tells whether a call on an unknown receiver may be taken for the
// member: the library is in use, and the member's name is its own, or the
// receiver is named like a client.
func (f *finder) plausible(m chainMember, call *languages.Expr, at *env) bool {
	if !f.inUse(m.client) {
		return false
	}
	if !m.member.ambiguous {
		return true
	}
	return f.namedLikeClient(call, m.client, at)
}

// namedLikeClient tells whether a name in the chain in front of a call is one
// that usually holds such a client, or stands for what such a name holds.
func (f *finder) namedLikeClient(call *languages.Expr, c *client, at *env) bool {
	for x := call.Base.Base; x != nil; x = x.Base {
		if c.isName(x.Text) && (x.Kind == languages.Name || x.Kind == languages.Member) || c.isKept(x) {
			return true
		}
		if x.Kind != languages.Name {
			continue
		}
		for _, d := range f.firstDefinitions(x.Text, at) {
			if d.Kind != link.BindingDefinition || d.Binding.Value == nil {
				continue
			}
			if v := d.Binding.Value; v.Kind == languages.Member && c.isName(v.Text) || c.isKept(v) {
				return true
			}
		}
	}
	return false
}

// isName tells whether a name is one that usually holds such a client.
func (c *client) isName(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(c.Names, func(part string) bool { return strings.Contains(name, part) })
}

// isKept tells whether an expression is what something keeps under such a name:
// state["acme"], context.get("acme").
func (c *client) isKept(x *languages.Expr) bool {
	if x.Kind != languages.Index && x.Kind != languages.Call || len(x.Items()) != 1 {
		return false
	}
	key := x.Items()[0].Value
	return key != nil && key.Kind == languages.Text && c.isName(key.Text) && !strings.ContainsFunc(key.Text, func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// literalRaw looks at a call of a member that takes a command in some library:
// a module command passed to it says enough, whatever the receiver. Names that
// other libraries use too count only where nothing is known of the receiver; a
// function of the project of such a name is likely, not certainly, a wrapper. A
// command of the core says less: it takes a member of the library's own, and the
// library in use.
func (f *finder) literalRaw(k *knowledge, name string, own bool, call *languages.Expr, at *env) bool {
	entries := k.raws[name]
	sure := report.Likely
	var c *client
	for _, entry := range entries {
		if !entry.raw.Weak && !own {
			sure = report.Certain
		}
		if f.inUse(entry.client) && (c == nil || f.closer(entry.client, c, at.file)) {
			c = entry.client
		}
	}
	for _, entry := range entries {
		if entry.raw.Weak && own {
			continue
		}
		found := false
		for _, w := range f.commands(entry.raw, call, at) {
			core := !entry.raw.Weak && c != nil && f.noted(w)
			if !core && !f.familyCommand(w.name) || w.site != nil && !f.wraps(entry, call, at) {
				continue
			}
			u := report.Use{Kind: report.CommandUse, Command: w.name, Options: w.options, Certainty: sure, Raw: true}
			if !f.familyCommand(w.name) {
				u.Certainty = report.Likely
			}
			if c != nil {
				u.Client = c.Name
			}
			f.addSent(u, w, call, at)
			found = true
		}
		if found {
			return true
		}
	}
	return false
}

// wraps tells whether a call on something unknown may be taken for a raw send
// whose command its function was given: the library is in use, and the member's
// name is its own or the receiver is named like a client.
func (f *finder) wraps(entry rawMember, call *languages.Expr, at *env) bool {
	if !f.inUse(entry.client) {
		return false
	}
	return !entry.raw.Weak || call.Base.Kind == languages.Member && f.namedLikeClient(call, entry.client, at)
}
