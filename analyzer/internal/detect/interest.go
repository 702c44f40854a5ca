package detect

import (
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

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
			return f.superInterest(k, base, at)
		}
		switch i := k.callInterest(base, call); {
		case i != loudInterest && f.namesCommand(call):
			return loudInterest
		case i == quietInterest && f.takesCommand(k, call, at):
			return loudInterest
		case i != loudInterest && k.visible[base.Text].among(call.Items(), 0):
			return loudInterest
		case i == noInterest && f.ofOwnModule(base.Base, at):
			return quietInterest
		case i == noInterest && f.renames(k, base.Text, at.file):
			return loudInterest
		default:
			return i
		}
	case languages.Super, languages.Index, languages.Module, languages.Call:
		return loudInterest
	}
	return quietInterest
}

// superInterest tells how super().name(...) is worth looking at. What it means is in
// the file of a base class; one that is to be read for it has something to do with
// clients, or this file has.
func (f *finder) superInterest(k *knowledge, base *languages.Expr, at *env) interest {
	if f.importsClient(at.file) {
		return loudInterest
	}
	return max(quietInterest, k.memberInterest(base))
}

// takesCommand tells whether a call's member takes a command in a library that
// the file imports. Where declared types do not answer most questions, and whole
// files are asked for in place of names, only a command that is worked out elsewhere
// is worth it.
func (f *finder) takesCommand(k *knowledge, call *languages.Expr, at *env) bool {
	file := at.file
	for _, entry := range k.raws[call.Base.Text] {
		if entry.raw.Script == nil && f.imports(file, entry.client) &&
			(file.Traits.StaticTypes || f.isWorkedOut(commandItem(entry.raw, call), at)) {
			return true
		}
	}
	return false
}

// commandItem gives the argument of a call that holds the command, nil for none.
func commandItem(raw rules.Raw, call *languages.Expr) *languages.Expr {
	for i, item := range call.Items() {
		if raw.Command != nil && (i == *raw.Command || item.Spread) {
			return item.Value
		}
	}
	return nil
}

// isWorkedOut tells whether a command is the result of a function or, where only
// the file is asked for that declares a name, has to do with a name of a package.
func (f *finder) isWorkedOut(x *languages.Expr, at *env) bool {
	if x == nil || x.Kind == languages.Call || at.file.Traits.Declared == nil {
		return x != nil && x.Kind == languages.Call
	}
	if x.Kind != languages.Name {
		return isQualified(x)
	}
	for _, d := range f.firstDefinitions(x.Text, at) {
		if d.Kind == link.BindingDefinition && d.Held > 0 && d.Binding.Value != nil && isQualified(d.Binding.Value) {
			return true
		}
	}
	return false
}

// isQualified tells whether an expression, or what a list begins with, is a member
// of something, or a literal of a type that is.
func isQualified(x *languages.Expr) bool {
	if x.Kind == languages.List && len(x.Items()) > 0 && x.Items()[0].Value != nil {
		x = x.Items()[0].Value
	}
	return x.Kind == languages.Member || x.Kind == languages.Record && strings.Contains(x.Type().Name, ".")
}

// renames tells whether code assigns a client's member to a member of that name.
func (f *finder) renames(k *knowledge, name string, file *link.File) bool {
	bindings := f.project.MemberBindings(file.Language, name)
	if len(bindings) > maxAssigned {
		return false
	}
	for _, m := range bindings {
		if k.mentionsMember(m.Binding.Value, 0) {
			return true
		}
	}
	return false
}

// mentionsMember tells whether an expression is, or is made of, something that is
// named like a client's member: promisify(client.ft_search).bind(client).
func (k *knowledge) mentionsMember(x *languages.Expr, depth int) bool {
	if x == nil || depth > maxFrames {
		return false
	}
	switch x.Kind {
	case languages.Member:
		return k.named[x.Text] == loudInterest || k.mentionsMember(x.Base, depth+1)
	case languages.Call:
		return k.mentionsMember(x.Base, depth+1) || len(x.Items()) > 0 && k.mentionsMember(x.Items()[0].Value, depth+1)
	}
	return false
}

// ofOwnModule tells whether an expression names a module of the project, whose
// members may be a client's members under other names.
func (f *finder) ofOwnModule(x *languages.Expr, at *env) bool {
	if x == nil || x.Kind != languages.Name {
		return false
	}
	for _, d := range f.firstDefinitions(x.Text, at) {
		switch d.Kind {
		case link.ImportDefinition:
			if im := &d.File.Imports[d.Index]; im.Symbol == "" && f.libraryOf(at.file, im.Module) == nil {
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

// namesCommand tells whether a command that not every server has stands among a
// call's arguments, or at the head of a list or a text among them.
func (f *finder) namesCommand(call *languages.Expr) bool {
	for _, item := range call.Items() {
		x := item.Value
		if x != nil && x.Kind == languages.List && len(x.Items()) > 0 {
			x = x.Items()[0].Value
		}
		if x != nil && x.Kind == languages.Concat && len(x.Items()) > 0 {
			x = x.Items()[0].Value
			if x != nil && !strings.Contains(x.Text, " ") {
				continue // the word may go on
			}
		}
		if x != nil && x.Kind == languages.Text && f.isCommandText(firstWord(x.Text)) {
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
	if len(k.pairsOf(base)) > 0 {
		return loudInterest
	}
	return interest
}

// callInterest is memberInterest, for a call: a member that takes a command, and is
// known for nothing else, says less where it is given none.
func (k *knowledge) callInterest(base, call *languages.Expr) interest {
	i := k.memberInterest(base)
	raws := k.raws[base.Text]
	if i != loudInterest || len(raws) == 0 || len(k.singles[base.Text]) > 0 || len(k.pairsOf(base)) > 0 {
		return i
	}
	for _, entry := range raws {
		if entry.raw.Command == nil || commandItem(entry.raw, call) != nil {
			return i
		}
	}
	return quietInterest
}

// pairsOf gives what is known by an accessor and the member behind it.
func (k *knowledge) pairsOf(base *languages.Expr) []chainMember {
	accessor := base.Base
	if accessor != nil && accessor.Kind == languages.Call {
		accessor = accessor.Base
	}
	if accessor == nil || accessor.Kind != languages.Member {
		return nil
	}
	return k.chained(accessor.Text, base.Text)
}

// tellingPair tells whether an accessor and the member behind it are a client's
// and nobody else's: x.json().get() is, most often, the body of a reply.
func (k *knowledge) tellingPair(base *languages.Expr) bool {
	return slices.ContainsFunc(k.pairsOf(base), func(m chainMember) bool { return !m.member.ambiguous })
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
	for _, d := range f.firstDefinitions(name, at) {
		switch d.Kind {
		case link.BindingDefinition, link.ParamDefinition:
			interest = max(interest, quietInterest)
		case link.TypeDefinition:
			if len(d.File.Types[d.Index].Bases) > 0 {
				interest = max(interest, quietInterest)
			}
		case link.ImportDefinition:
			im := &d.File.Imports[d.Index]
			if f.libraryOf(at.file, im.Module) != nil {
				return loudInterest
			}
			interest = max(interest, quietInterest)
		}
	}
	return interest
}
