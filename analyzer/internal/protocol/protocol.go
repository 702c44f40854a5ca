// Package protocol is where clients, their settings and their versions meet: it
// works out which value a setting of a client has, written or by default of the
// library's version, and judges what follows from it.
//
// It finds nothing in source itself and reads no manifest. Where the version is
// not known, or a client may be told something in a place that cannot be seen,
// it says nothing.
package protocol

import (
	"fmt"
	"sort"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/detect"
	"github.com/keyvet/keyvet/analyzer/internal/manifest/dependencies"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

// Input is what the judgements rest on.
type Input struct {
	Rules  *rules.Set
	Target *rules.Target
	Found  detect.Result
	// Part: there is more of the program than what was looked at. A client that is
	// not seen being made may be told anything.
	Part bool
	// Versions are those that the project's manifests give.
	Versions *dependencies.Resolver
}

// A Result is what was judged.
type Result struct {
	Findings []report.Finding
	// Elsewhere are findings that a target without any module would have besides.
	Elsewhere []report.Finding
	// Without holds the indices of the uses that set something without effect:
	// what other rules say of them does not hold.
	Without map[int]bool
	// Clients are the client libraries in use.
	Clients []report.Client
}

// Findings judges.
func Findings(in Input) Result {
	j := &judge{Input: in, without: make(map[int]bool), clients: make(map[string]*clients), fixes: make(map[fixOf]*report.Fix), verdicts: make(map[string]bool)}
	for _, r := range in.Rules.Rules {
		if r.Severity == rules.Off {
			continue
		}
		switch r.About {
		case rules.AboutDefault:
			j.drift(r)
		case rules.AboutReply:
			j.replies(r)
		case rules.AboutBreak:
			j.breaks(r)
		case rules.AboutIgnored:
			j.ignored(r)
		case rules.AboutPackage:
			j.packages(r)
		}
	}
	return Result{j.found, j.elsewhere, j.without, j.inventory()}
}

// Wanted lists the packages whose versions matter, by ecosystem.
func Wanted(set *rules.Set) map[string][]string {
	wanted := make(map[string][]string)
	for _, c := range set.Clients {
		if c.Mock {
			continue
		}
		for _, p := range c.Packages {
			wanted[p.Ecosystem] = append(wanted[p.Ecosystem], p.Name)
		}
	}
	for _, d := range set.Dependents {
		wanted[d.Ecosystem] = append(wanted[d.Ecosystem], d.Name)
	}
	return wanted
}

// Ecosystems tells in which ecosystems the packages of a language's files live.
func Ecosystems(set *rules.Set, language string) []string {
	seen := make(map[string]bool)
	for _, c := range set.Clients {
		for _, p := range c.Packages {
			if c.Language == language {
				seen[p.Ecosystem] = true
			}
		}
	}
	var all []string
	for e := range seen {
		all = append(all, e)
	}
	sort.Strings(all)
	return all
}

type judge struct {
	Input
	found     []report.Finding
	elsewhere []report.Finding
	without   map[int]bool
	clients   map[string]*clients // by setting
	fixes     map[fixOf]*report.Fix
	verdicts  map[string]bool // commands that the target has
}

// serves tells whether the target has a command. Many uses are of few commands.
func (j *judge) serves(command string) bool {
	served, known := j.verdicts[command]
	if !known {
		served = j.Rules.Verdict(j.Target, command).Served
		j.verdicts[command] = served
	}
	return served
}

// drift finds clients that are made without a setting whose default is not the
// same in all versions allowed, or was another one a major version ago.
func (j *judge) drift(r *rules.Rule) {
	for _, s := range j.clientsOf(r.Setting).states {
		if s.written != nil || s.open || !s.known || s.versions.Empty() {
			continue
		}
		note := changes(s.setting, s.versions)
		if note == "" {
			continue
		}
		j.place(r, s.made.Path, s.made.Range, s.made.Language, s.made.Client, report.Certain, s.made.Because, words{
			"version": s.version(), "note": note, "client": s.library.Name, "where": where(s.made.Path, s.made.Range),
		})
	}
}

// changes words how a default differs between versions, "" if it does not.
func changes(setting *rules.Setting, versions rules.Versions) string {
	byValue := make(map[string]rules.Versions)
	var order []string
	for _, d := range setting.Default {
		v, err := rules.ParseVersions(d.Versions)
		if err != nil {
			continue
		}
		if v = v.And(versions); v.Empty() {
			continue
		}
		if _, seen := byValue[d.Value]; !seen {
			order = append(order, d.Value)
		}
		byValue[d.Value] = byValue[d.Value].Or(v)
	}
	if len(order) > 1 {
		var parts []string
		for _, value := range order {
			parts = append(parts, fmt.Sprintf("%s with %s", value, byValue[value]))
		}
		return strings.Join(parts, ", ")
	}
	major, single := versions.Major()
	if len(order) == 0 || !single || major == 0 {
		return ""
	}
	if before := defaults(setting, rules.Series(fmt.Sprint(major-1))); len(before) == 1 && before[0].Value != order[0] {
		return fmt.Sprintf("%s, and was %s before %d", order[0], before[0].Value, major)
	}
	return ""
}

// defaults gives the entries that hold for some versions, one for each value.
func defaults(setting *rules.Setting, versions rules.Versions) []rules.SettingDefault {
	var found []rules.SettingDefault
	seen := make(map[string]bool)
	for _, d := range setting.Default {
		if (versions.Empty() || rules.In(d.Versions, versions)) && !seen[d.Value] {
			seen[d.Value] = true
			found = append(found, d)
		}
	}
	return found
}

// replies finds raw calls whose reply another protocol gives another shape.
func (j *judge) replies(r *rules.Rule) {
	for i := range j.Found.Raw {
		u := &j.Found.Raw[i]
		if s, ok := j.stateOf(r.Setting, u); ok && j.differs(r, s, u) {
			j.place(r, u.Path, u.Range, u.Language, u.Client, u.Certainty, u.Because, j.replyWords(s, u))
		}
	}
	for i := range j.Found.Uses {
		u := &j.Found.Uses[i]
		if u.Kind != report.CommandUse || !u.Raw || !j.Rules.RepliesDiffer(u.Command, u.Options) || !j.serves(u.Command) {
			continue
		}
		if s, ok := j.stateOf(r.Setting, u); ok && j.differs(r, s, u) {
			j.use(r, i, nil, j.replyWords(s, u))
		}
	}
}

func (j *judge) differs(r *rules.Rule, s state, u *report.Use) bool {
	return rules.Matches(r.Values, s.value) && (len(s.library.Keeps) == 0 || !rules.Matches(s.library.Keeps, u.Command))
}

func (j *judge) replyWords(s state, u *report.Use) words {
	_, command, _ := j.Rules.Command(u.Command)
	return words{"command": u.Command, "client": s.library.Name, "value": s.value, "where": s.where(), "version": s.version(), "note": command.Resp3}
}

// breaks finds calls of methods that do not understand the replies they get.
func (j *judge) breaks(r *rules.Rule) {
	for i := range j.Found.Uses {
		u := &j.Found.Uses[i]
		c := j.Rules.Client(u.Language, u.Client)
		if u.Kind != report.CommandUse || u.Raw || c == nil || !j.serves(u.Command) {
			continue
		}
		s, ok := j.stateOf(r.Setting, u)
		if !ok {
			continue
		}
		for _, b := range append(c.Breaks[:len(c.Breaks):len(c.Breaks)], other(s.library, c)...) {
			if j.broken(r, &b, &s, u) {
				j.use(r, i, j.fix(b.Fix, s.makers), words{
					"command": u.Command, "client": s.library.Name, "value": s.value, "where": s.where(), "version": s.version(), "note": b.Note,
				})
				break
			}
		}
	}
}

// other gives the breaks of a library that a client extends.
func other(library, c *rules.Client) []rules.Break {
	if library == c {
		return nil
	}
	return library.Breaks
}

func (j *judge) broken(r *rules.Rule, b *rules.Break, s *state, u *report.Use) bool {
	switch {
	case b.Setting != r.Setting, !rules.Matches(b.Values, s.value), !rules.Matches(b.Commands, u.Command):
		return false
	case b.Server != "" && b.Server != j.Target.Server:
		return false
	case b.How == rules.Written && s.written == nil, b.How == rules.Default && s.written != nil:
		return false
	case !s.known && b.Versions != "*", s.known && !rules.In(b.Versions, s.versions):
		return false
	}
	return !s.has(b.Unless)
}

// ignored finds settings that do nothing.
func (j *judge) ignored(r *rules.Rule) {
	for i := range j.Found.Uses {
		u := &j.Found.Uses[i]
		c := j.Rules.Client(u.Language, u.Client)
		if u.Kind != report.SettingUse || u.Setting != r.Setting || c == nil || c.Settings[u.Setting] == nil {
			continue
		}
		dep, known := j.version(c, u.Path)
		for _, g := range c.Settings[u.Setting].Ignored {
			if g.By != "" && g.By != u.Form || !rules.Matches(g.Values, u.Value) {
				continue
			}
			if known && !rules.In(g.Versions, dep.Versions) || !known && g.Versions != "*" {
				continue
			}
			s := j.holding(u)
			if len(g.Unless) > 0 && (s == nil || s.open || s.has(g.Unless)) {
				continue
			}
			j.without[i] = true
			var edit *report.Fix
			if s != nil {
				edit = j.fix(g.Fix, s.makers)
			}
			j.use(r, i, edit, words{"client": c.Name, "value": u.Value, "setting": u.Setting, "note": g.Note, "version": versionText(c, dep, known)})
			break
		}
	}
}

// fixOf is a fix of a list of clients, which is known by where it begins.
type fixOf struct {
	fix   *rules.Fix
	first **detect.Made
}

// fix gives the edit of the options of clients, nil if there is none. Many findings may share one.
func (j *judge) fix(f *rules.Fix, clients []*detect.Made) *report.Fix {
	if f == nil || len(clients) == 0 {
		return nil
	}
	if edit := j.fixes[fixOf{f, &clients[0]}]; edit != nil {
		return edit
	}
	edit := &report.Fix{Field: f.Field, Value: f.Value}
	for _, made := range clients {
		var spans []report.Stretch
		for _, s := range made.Spans {
			spans = append(spans, report.Stretch(s))
		}
		edit.Clients = append(edit.Clients, spans)
	}
	j.fixes[fixOf{f, &clients[0]}] = edit
	return edit
}
