package detect

import (
	"strings"

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
	if madeByMock(callee) {
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
			own = own || hasBody(v.fn.Decl())
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
		f.unknownReceiver(k, callee, call, at)
	}
}

// asksCallers tells whether the callers of the functions around a call decide
// what it sends, so that files that may hold such callers are worth reading: the
// member's name speaks of a client, or a caller names the client's member.
func (f *finder) asksCallers(k *knowledge, call *languages.Expr, at *env) bool {
	switch base := call.Base; base.Kind {
	case languages.Member:
		return k.memberInterest(base) == loudInterest
	case languages.Index:
		return hasClientObject(f.eval(base.Base, at))
	}
	return false
}

// An interest says how a call is worth looking at.
type interest uint8

const (
	noInterest    interest = iota
	quietInterest          // its name is one that a client has, among others
	loudInterest           // its name speaks of a client
)

func interestOf(loud bool) interest {
	if loud {
		return loudInterest
	}
	return quietInterest
}

// interest tells by names alone how a call is worth looking at.
func (f *finder) interest(k *knowledge, call *languages.Expr, at *env) interest {
	base := call.Base
	if base == nil || f.mocked[call] {
		return noInterest
	}
	switch base.Kind {
	case languages.Name:
		if f.namesCommand(call) {
			return loudInterest
		}
		return f.nameInterest(k, call, at)
	case languages.Member:
		if base.Base != nil && base.Base.Kind == languages.Super {
			return loudInterest
		}
		switch i := k.memberInterest(base); {
		case i != loudInterest && f.namesCommand(call):
			return loudInterest
		case i == quietInterest && f.takesCommand(k, base.Text, at.file):
			return loudInterest
		case i == noInterest && f.ofOwnModule(base.Base, at):
			return quietInterest
		default:
			return i
		}
	case languages.Super, languages.Index, languages.Module, languages.Call:
		return loudInterest
	}
	return quietInterest
}

// takesCommand tells whether a member takes a command in a library that the file
// imports. Only languages in which declared types answer most questions can
// afford to ask for other files then.
func (f *finder) takesCommand(k *knowledge, name string, file *link.File) bool {
	if !file.Traits.StaticTypes {
		return false
	}
	for _, entry := range k.raws[name] {
		if entry.raw.Script == nil && f.imports(file, entry.client) {
			return true
		}
	}
	return false
}

// ofOwnModule tells whether an expression names a module of the project, whose
// members may be a client's members under other names.
func (f *finder) ofOwnModule(x *languages.Expr, at *env) bool {
	if x == nil || x.Kind != languages.Name {
		return false
	}
	for _, d := range f.project.Lookup(at.file, at.fn, x.Text) {
		switch d.Kind {
		case link.ImportDefinition:
			if im := &d.File.Imports[d.Index]; im.Symbol == "" && f.libraryOf(at.file.Language, im.Module) == nil {
				return true
			}
		case link.BindingDefinition:
			if v := d.Binding.Value; v != nil && v.Kind == languages.Module {
				return true
			}
		}
	}
	return false
}

// namesCommand tells whether a module's command stands among a call's arguments,
// or at the head of a list among them.
func (f *finder) namesCommand(call *languages.Expr) bool {
	for _, item := range call.Items {
		x := item.Value
		if x != nil && x.Kind == languages.List && len(x.Items) > 0 {
			x = x.Items[0].Value
		}
		if x != nil && x.Kind == languages.Text && f.familyCommand(firstWord(x.Text)) {
			return true
		}
	}
	return false
}

func firstWord(text string) string {
	first, _, _ := strings.Cut(text, " ")
	return first
}

// memberInterest tells how x.name(...) is worth looking at: by the name itself,
// or by the accessor in front of it.
func (k *knowledge) memberInterest(base *languages.Expr) interest {
	interest := k.named[base.Text]
	if interest == noInterest && k.matchesPattern(base.Text) {
		return quietInterest
	}
	if interest != quietInterest {
		return interest
	}
	accessor := base.Base
	if accessor != nil && accessor.Kind == languages.Call {
		accessor = accessor.Base
	}
	if accessor != nil && accessor.Kind == languages.Member && len(k.pairs[pair{accessor.Text, base.Text}]) > 0 {
		return loudInterest
	}
	return interest
}

// matchesPattern tells whether some member that is named with a "*" has the name.
func (k *knowledge) matchesPattern(name string) bool {
	matches, known := k.matched[name]
	if !known {
		for pattern := range k.patterns {
			matches = matches || globMatch(pattern, name)
		}
		k.matched[name] = matches
	}
	return matches
}

// nameInterest tells how name(...) is worth looking at: what a library exports,
// a variable that may hold a member, a class derived from a client's.
func (f *finder) nameInterest(k *knowledge, call *languages.Expr, at *env) interest {
	name := call.Base.Text
	interest := k.named[name]
	for _, d := range f.project.Lookup(at.file, at.fn, name) {
		switch d.Kind {
		case link.BindingDefinition, link.ParamDefinition:
			interest = max(interest, quietInterest)
		case link.TypeDefinition:
			if len(d.File.Types[d.Index].Bases) > 0 {
				interest = max(interest, quietInterest)
			}
		case link.ImportDefinition:
			im := &d.File.Imports[d.Index]
			if f.libraryOf(at.file.Language, im.Module) != nil {
				return loudInterest
			}
			interest = max(interest, quietInterest)
		}
	}
	return interest
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
	if position < 0 || position >= len(call.Items) || !calls && len(call.Items) < 2 {
		return
	}
	rest := &languages.Expr{Kind: languages.Call, Range: call.Range, At: call.At}
	for i, item := range call.Items {
		if i != position {
			rest.Items = append(rest.Items, item)
		}
	}
	target := f.eval(call.Items[position].Value, at)
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

// unknownReceiver looks at a call on something that is not known.
func (f *finder) unknownReceiver(k *knowledge, callee set, call *languages.Expr, at *env) {
	name := link.CalleeName(call)
	if name == "" {
		return
	}
	if f.literalRaw(k, name, false, call, at) {
		return
	}
	if m := f.chain(k, call, at); m != nil && f.plausible(*m, call) {
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
	entries := k.pairs[pair{accessor.Text, inner.Text}]
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
		if m := &entries[i]; f.plausible(*m, call) && (best == nil || f.closer(m.client, best.client, at.file)) {
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
func (f *finder) plausible(m chainMember, call *languages.Expr) bool {
	if !f.inUse(m.client) {
		return false
	}
	if !m.member.ambiguous {
		return true
	}
	return namedLikeClient(call, m.client)
}

// namedLikeClient tells whether a name in the chain in front of a call is one
// that usually holds such a client.
func namedLikeClient(call *languages.Expr, c *client) bool {
	for x := call.Base.Base; x != nil; x = x.Base {
		if x.Kind != languages.Name && x.Kind != languages.Member {
			continue
		}
		name := strings.ToLower(x.Text)
		for _, part := range c.Names {
			if strings.Contains(name, part) {
				return true
			}
		}
	}
	return false
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
			if !core && !f.familyCommand(w.name) || w.site != nil && !f.wraps(entry, call) {
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
func (f *finder) wraps(entry rawMember, call *languages.Expr) bool {
	if !f.inUse(entry.client) {
		return false
	}
	return !entry.raw.Weak || call.Base.Kind == languages.Member && namedLikeClient(call, entry.client)
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
	arg, ok := f.lambdas[link.FunctionID{File: at.file, Index: at.fn}]
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
	for _, item := range call.Items {
		x := item.Value
		if x != nil && x.Kind == languages.List && len(x.Items) > 0 {
			x = x.Items[0].Value
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
	return !raw.Weak || len(call.Items) > 0
}
