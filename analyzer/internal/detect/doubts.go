package detect

import (
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// A doubt is a call of a member that other libraries have too, behind an
// accessor that they have too, on something that is not known:
// client.json().get("k").
type doubt struct {
	member chainMember
	call   *languages.Expr
	at     *env
}

// A receiver is a name in front of an accessor, as a file writes it.
type receiver struct {
	file *link.File
	name string
}

// settle takes doubtful calls for a client's where another call of the file says
// that the same name holds one: client.json().set("k", "$", v). The name must be
// a parameter's or a member's: a variable may hold something else elsewhere.
func (f *finder) settle() {
	for _, d := range f.doubtful {
		f.guard(d.at.file, func() { f.settleOne(d) })
	}
}

func (f *finder) settleOne(d doubt) {
	name := receiverOf(d.call)
	if name == "" || !f.receivers[receiver{d.at.file, name}] || f.isVariable(name, d.at) {
		return
	}
	f.send(d.member.member.sends, d.member.client, report.Likely, d.call, d.at,
		&step{nil, d.at.file, d.call.At, name + " holds a client elsewhere in the file"})
}

// noteReceiver notes the name in front of an accessor whose member sends a command.
func (f *finder) noteReceiver(call *languages.Expr, at *env) {
	name := receiverOf(call)
	if name != "" && f.chain(f.knowledge.of(at.file.Language), call, at) != nil {
		f.receivers[receiver{at.file, name}] = true
	}
}

func (f *finder) isVariable(name string, at *env) bool {
	for _, d := range f.project.Lookup(at.file, at.fn, name) {
		if d.Kind != link.ParamDefinition {
			return true
		}
	}
	return false
}

// receiverOf is the dotted name in front of the accessor of a call, "" if it is
// no plain name: client of client.json().get(), self.client of self.client.ft.search().
func receiverOf(call *languages.Expr) string {
	if call.Base == nil || call.Base.Kind != languages.Member || call.Base.Base == nil {
		return ""
	}
	accessor := call.Base.Base
	if accessor.Kind == languages.Call {
		accessor = accessor.Base
	}
	if accessor == nil || accessor.Kind != languages.Member {
		return ""
	}
	return dottedName(accessor.Base)
}

// dottedName writes a chain of names, "" for anything else.
func dottedName(x *languages.Expr) string {
	switch {
	case x == nil:
		return ""
	case x.Kind == languages.Name:
		return x.Text
	case x.Kind == languages.Member:
		if base := dottedName(x.Base); base != "" {
			return base + "." + x.Text
		}
	}
	return ""
}

// standsIn tells whether a call hands on what it got in a function that takes
// the place of the member itself, in a class derived from a client's or by
// assignment (Client.execute = traced). Its callers name the commands, and are
// uses of their own.
func (f *finder) standsIn(raw rules.Raw, call *languages.Expr, at *env) bool {
	for i := at.fn; i > 0; i = at.file.Functions[i].Parent {
		fn := &at.file.Functions[i]
		if !mentionsParam(call, fn) {
			continue
		}
		if fn.Owner >= 0 && slices.Contains(raw.Members, fn.Name) {
			return true
		}
		for _, member := range raw.Members {
			for _, m := range f.project.MemberBindings(at.file.Language, member) {
				if v := m.Binding.Value; m.File == at.file && v != nil && v.Kind == languages.Name && v.Text == fn.Name {
					return true
				}
			}
		}
	}
	return false
}
