package detect

import (
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// callSite looks at one call: does it send a command, set a setting?
func (f *finder) callSite(k *knowledge, call *languages.Expr, at *env) {
	if call.Base == nil || f.mocked[call] {
		return
	}
	f.begin()
	f.sending = f.asksCallers(k, call, at)
	callee := f.eval(call.Base, at)
	f.sending = false
	if madeByMock(callee) || allInert(callee) {
		return
	}
	callee = withoutMocks(callee)
	done, own := false, false
	wrapped := false
	for i := range callee.values {
		v := &callee.values[i]
		if v.binder {
			return
		}
		switch v.kind {
		case memberValue:
			done = true
			f.memberCall(v, call, at)
		case symbolValue, moduleValue:
			// What a known library has and its catalogue does not name sends nothing.
			done = f.symbolCall(v, call, at) || v.client != nil || done
		case functionValue:
			own = own || hasBody(v.fn.Decl()) || f.givesOwn(v.fn)
			wrapped = f.wrapperCall(v.fn, call, at) || wrapped
		case superValue, classValue, instanceValue:
			done = true
		}
	}
	f.madeSettings(callee, call, at)
	switch {
	case done, wrapped:
	case own: // a wrapper named like what it wraps: the command says what it does
		f.literalRaw(k, link.CalleeName(call), true, call, at)
	default:
		before := len(f.found)
		if f.unknownReceiver(k, callee, call, at); f.cut && len(f.found) == before {
			f.unfollowed(k, call, at)
		}
	}
}

// givesOwn tells whether a method that is only declared is declared to give nothing of a
// client library: an interface of the project's own, which no client has, though a method
// of it may be called like a client's.
func (f *finder) givesOwn(fn link.FunctionID) bool {
	results := fn.Decl().Results
	switch {
	case hasBody(fn.Decl()) || !fn.File.Traits.PackageScope:
		return false
	case len(results) == 0:
		return fn.File.Traits.ImplicitMembers // void: whose it is must be written down
	}
	return !slices.ContainsFunc(f.typeRef(results[0], fn.File, fn.Index, 0).values, func(v value) bool {
		return v.kind == instanceValue || v.client != nil
	})
}

// A question is a call to be looked at once more.
type question struct {
	knowledge *knowledge
	call      *languages.Expr
	at        *env
	quiet     bool // the call is of a member that many libraries have
}

// maxQuietAgain is how many calls of members that many libraries have are looked at
// once more.
const maxQuietAgain = 64

// unfollowed deals with a call whose receiver is not known because the question
// led too far. It is asked again in the end, for then the answers to many parts of
// it are remembered. The members that only clients have are uses after that. Few of
// the others have anything to do with a client: they are counted, and where they are
// many only the first ones are asked again.
func (f *finder) unfollowed(k *knowledge, call *languages.Expr, at *env) {
	quiet := f.project.Quiet && f.retrying == nil || f.retrying != nil && f.retrying.quiet
	switch {
	case f.retrying == nil && (!quiet || f.quietAgain < maxQuietAgain):
		f.again = append(f.again, question{k, call, at, quiet})
		if quiet {
			f.quietAgain++
		}
	case quiet:
		f.far = append(f.far, report.Step{Path: at.file.Path, Range: rangeOf(at.file.File, call.At), Message: link.CalleeName(call)})
	default:
		f.add(report.Use{Kind: report.CommandUse, Command: rules.Unknown, Certainty: report.Possible}, at.file, f.ownPart(call, at),
			&step{nil, at.file, call.At, "where the receiver comes from is too far to be followed"})
	}
}

// asksCallers tells whether the callers of the functions around a call decide
// what it sends, so that files that may hold such callers are worth reading: the
// member's name speaks of a client, or a caller names the client's member.
func (f *finder) asksCallers(k *knowledge, call *languages.Expr, at *env) bool {
	switch base := call.Base; base.Kind {
	case languages.Member:
		return k.named[base.Text] == loudInterest && k.callInterest(base, call) == loudInterest || k.tellingPair(base)
	case languages.Index:
		return hasClientObject(f.eval(base.Base, at))
	}
	return false
}

func certainty(weak bool, call *languages.Expr) report.Certainty {
	if weak || call.Damaged {
		return report.Likely
	}
	return report.Certain
}

// memberCall looks at a call of a client's member.
func (f *finder) memberCall(v *value, call *languages.Expr, at *env) {
	m := v.member
	if m.sends != "" {
		if v.site != nil { // the member's name came from a caller
			at, call = &env{file: v.site.file}, v.site.call
		}
		f.send(m.sends, m.owner, certainty(v.weak, call), call, at, v.because)
	}
	f.rawCall(m.raws, m.owner, certainty(v.weak, call), call, at, v.because)
	for _, s := range m.settings {
		f.callSetting(s, v, call, at)
	}
	f.giftCall(&m.gift, given{m.owner, certainty(v.weak, call), v.because}, call, at)
}

// symbolCall looks at a call of a module's function. It tells whether the
// catalogue knows the function.
func (f *finder) symbolCall(v *value, call *languages.Expr, at *env) bool {
	if v.client == nil {
		return false
	}
	s := f.symbolOf(v, at)
	if s == nil {
		return false
	}
	if s.sends != "" {
		f.send(s.sends, v.client, certainty(v.weak, call), call, at, v.because)
	}
	f.rawCall(s.raws, v.client, certainty(v.weak, call), call, at, v.because)
	f.handedOver(s, call, at)
	f.giftCall(&s.gift, given{v.client, certainty(v.weak, call), v.because}, call, at)
	return s.sends != "" || len(s.raws) > 0 || s.class != nil || s.maker != nil
}

// handedOver looks at a call that gets a member of a client as an argument, and
// perhaps what to call it with: to_thread(r.execute_command, "PING"). What only
// binds arguments, or hands the member on, is a use where it names the command.
func (f *finder) handedOver(s *symbol, call *languages.Expr, at *env) {
	position, calls := s.passes, false
	if s.invokes >= 0 {
		position, calls = s.invokes, true
	}
	if position < 0 || position >= len(call.Items()) || !calls && len(call.Items()) < 2 {
		return
	}
	rest := &languages.Expr{Kind: languages.Call, Range: call.Range, At: call.At}
	for i, item := range call.Items() {
		if i != position {
			rest.SetItems(append(rest.Items(), item))
		}
	}
	target := f.eval(call.Items()[position].Value, at)
	for i := range target.values {
		if v := &target.values[i]; v.kind == memberValue && (calls || len(v.member.raws) > 0) {
			f.memberCall(v, rest, at)
		}
	}
	f.madeSettings(target, rest, at)
}

// send adds the use of a member that sends one command.
func (f *finder) send(command string, c *client, sure report.Certainty, call *languages.Expr, at *env, because *step) {
	u := report.Use{Kind: report.CommandUse, Command: command, Client: c.Name, Certainty: sure}
	if name, option := f.detector.rules.CutOption(command); option != "" {
		u.Command, u.Options = name, []string{option}
	}
	f.add(u, at.file, f.ownPart(call, at), because)
	f.noteReceiver(call, at)
}

// ownPart is the part of a chain that is the call's own: all of it, but where
// an earlier call of the chain sends a command too, or stands on another line,
// from the call's own links on.
func (f *finder) ownPart(call *languages.Expr, at *env) languages.Range {
	r := call.Range
	if call.Base == nil || call.Base.Kind != languages.Member {
		return r
	}
	line := at.file.Position(call.At.Start).Line
	start := call.At.Start
	for x := call.Base.Base; x != nil; x = x.Base {
		if x.Kind == languages.Call && f.sendsInChain(x, at) || at.file.Position(x.At.Start).Line != line {
			return languages.Range{Start: start, End: r.End}
		}
		switch x.Kind {
		case languages.Member:
			start = x.At.Start
		case languages.Call:
			if x.Base == nil || x.Base.Kind != languages.Member && x.Base.Kind != languages.Name {
				start = x.Range.Start
			}
		default:
			start = x.Range.Start
		}
	}
	return languages.Range{Start: start, End: r.End}
}

// sendsInChain tells whether an inner call of a chain sends a command.
func (f *finder) sendsInChain(call *languages.Expr, at *env) bool {
	if call.Base == nil {
		return false
	}
	callee := f.eval(call.Base, at)
	for i := range callee.values {
		if v := &callee.values[i]; v.kind == memberValue && (v.member.sends != "" || len(v.member.raws) > 0) {
			return true
		}
	}
	if name := link.CalleeName(call); name != "" && len(callee.values) == 0 {
		if k := f.knowledge.of(at.file.Language); len(k.singles[name]) > 0 || f.chain(k, call, at) != nil {
			return true
		}
	}
	return false
}

// addSent adds a command where it was passed: at the call of the wrapper it
// entered by, else at the sending call.
func (f *finder) addSent(u report.Use, w sent, call *languages.Expr, at *env) {
	if w.site == nil {
		f.add(u, at.file, f.ownPart(call, at), w.because)
		return
	}
	if u.Certainty == report.Certain && w.weak {
		u.Certainty = report.Likely
	}
	f.add(u, w.site.file, f.ownPart(w.site.call, &env{file: w.site.file}), w.because)
}

// familyCommand tells whether a command belongs to a module's family.
func (f *finder) familyCommand(name string) bool {
	family := f.detector.rules.FamilyOf(name)
	return family != nil && family.Prefix != ""
}

// noted tells whether what is sent is worth a use: not every server knows the
// command, or one of the options that stand behind it.
func (f *finder) noted(w sent) bool {
	return len(w.options) > 0 || f.detector.rules.Watched(w.name)
}

// join puts one chain of explanations behind another.
func join(first, then *step) *step {
	if first == nil {
		return then
	}
	if then == nil {
		return first
	}
	return &step{join(first.prev, then), first.file, first.at, first.message}
}

// handedOut tells whether a call stands in a function literal that is handed to
// code outside of the project and takes what it sends from it: what is sent is
// then a matter of that code.
func (f *finder) handedOut(call *languages.Expr, at *env) bool {
	decl := &at.file.Functions[at.fn]
	if len(decl.Params) == 0 || !mentionsParam(call, decl) {
		return false
	}
	arg, ok := f.literalsOf(at.file).arguments[at.fn]
	if !ok || arg.site.Call.Base == nil {
		return false
	}
	callee := f.eval(arg.site.Call.Base, &env{file: arg.site.File, fn: arg.site.Function})
	for i := range callee.values {
		switch v := &callee.values[i]; v.kind {
		case moduleValue, symbolValue, opaqueValue:
			if v.client == nil {
				return true
			}
		}
	}
	return false
}

// mentionsParam tells whether a parameter of a function stands among a call's
// arguments, as it is or in a list.
func mentionsParam(call *languages.Expr, decl *languages.Function) bool {
	for _, item := range call.Items() {
		x := item.Value
		if x != nil && x.Kind == languages.List && len(x.Items()) > 0 {
			x = x.Items()[0].Value
		}
		if x != nil && x.Kind == languages.Name && paramNamed(decl, x.Text) {
			return true
		}
	}
	return false
}

// undecidedCounts tells whether an unknown command is worth a report: only
// where the member takes nothing but commands.
func (f *finder) undecidedCounts(raw rules.Raw, call *languages.Expr) bool {
	return !raw.Weak || len(call.Items()) > 0
}
