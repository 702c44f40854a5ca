package detect

import (
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// rawCall looks at a call of a member that takes its command from its arguments,
// in one of several places: (command, ..), (key, command, ..). A module's command
// in any of them is what is sent. Otherwise the client's constant for a command
// of the core answers for all places, and a text for those behind it.
func (f *finder) rawCall(raws []rules.Raw, c *client, sure report.Certainty, call *languages.Expr, at *env, because *step) {
	var open []sent
	settled := false
	for _, raw := range raws {
		if raw.Script != nil {
			continue // scripts are found as texts, wherever they go
		}
		f.sending = true
		commands := f.commands(raw, call, at)
		f.sending = false
		found := false
		for _, w := range commands {
			switch {
			case f.rawSetting(w, c, sure, call, at):
				found = true
			case w.name != undecided && f.noted(w):
				found = true
				f.addRaw(w, c, sure, call, at, because)
			case w.name != undecided:
				f.plainRaw(w, c, sure, call, at, because)
				settled = settled || w.core || len(open) == 0
			case len(commands) == 1 && f.undecidedCounts(raw, call) && !f.handedOut(call, at) && !f.standsIn(raw, call, at):
				open = append(open, w)
			}
		}
		if found {
			return
		}
	}
	if !settled && len(open) > 0 {
		f.addRaw(open[0], c, sure, call, at, because)
	}
}

func (f *finder) addRaw(w sent, c *client, sure report.Certainty, call *languages.Expr, at *env, because *step) {
	u := report.Use{Kind: report.CommandUse, Command: w.name, Options: w.options, Client: c.Name, Certainty: sure, Raw: true}
	if w.weak {
		u.Certainty = report.Likely
	}
	w.because = join(w.because, because)
	if w.name == undecided && w.site == nil && f.postpone(u, call, at, w.because) {
		return
	}
	f.addSent(u, w, call, at)
}

// plainRaw notes a command that every server has, if the protocol decides what
// its reply looks like. It is no use.
func (f *finder) plainRaw(w sent, c *client, sure report.Certainty, call *languages.Expr, at *env, because *step) {
	if !f.detector.rules.RepliesDiffer(w.name, w.arguments) {
		return
	}
	u := report.Use{Kind: report.CommandUse, Command: w.name, Client: c.Name, Certainty: sure, Raw: true}
	if w.weak {
		u.Certainty = report.Likely
	}
	if w.site != nil {
		at, call = &env{file: w.site.file}, w.site.call
	}
	f.keep(&f.plain, f.plains, u, at.file, f.ownPart(call, at), join(w.because, because))
}
