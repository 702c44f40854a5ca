// Package detect is where facts meet client catalogues. It works out, for each
// call and each record of a project, whether it sends a command or sets a
// client's protocol, and gives the uses that it found.
//
// It is a lazy evaluator: starting from a call it asks what the receiver may
// be, following names through scopes, imports, files, fields, types, results
// and parameters, and stops where a catalogue knows the answer. What commands
// and clients there are it learns from package rules alone.
//
// It judges nothing.
package detect

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// A Detector finds uses. It is made once for a set of rules and may be used for
// several projects, one after the other.
type Detector struct {
	rules     *rules.Set
	knowledge *library
	// Script extracts the facts of a program found inside a text. Nil, or a
	// script language without an extractor, finds none.
	Script func(src []byte) *languages.File
	// Source reads a file again, to place what was found inside of a text. Nil
	// places it at the text as a whole.
	Source func(path string) []byte
	// ScriptLanguage is the language of such programs.
	ScriptLanguage string
	// ScriptTraits are its traits.
	ScriptTraits languages.Traits
	// Elsewhere, if set, tells of a function whether code outside of the project may
	// call it, too: that nobody here says what it sends is no use then.
	Elsewhere func(link.FunctionID) bool
	// About, if set, tells which files uses are wanted of. Nothing is missed of what
	// others send for these, but of what they send by themselves.
	About func(path string) bool
}

// New makes a detector.
func New(set *rules.Set) *Detector {
	return &Detector{rules: set, knowledge: &library{set: set, compiled: make(map[string]*knowledge)}}
}

// A Result is what was found in a project.
type Result struct {
	Uses []report.Use // by path, place, kind, command
	// Callers are the functions whose callers decide, by what they pass, what is sent.
	Callers []link.FunctionID
	// Made, Raw and Imports are what is no use by itself: clients that are made,
	// commands that every server has and that are passed as arguments to a member
	// that takes any, imports of packages that send commands by themselves.
	Made    []Made
	Raw     []report.Use
	Imports []Imported
	// Far are calls of members that many libraries have, whose receivers come from
	// too far to be followed; the message is the member's name.
	Far []report.Step
	// Faults are the files that the detector did not get through.
	Faults []Fault
}

// A Lead is a name defined in a file that makes other files worth reading: those
// that hold the name, name the file's module, and the type that has the name.
type Lead struct {
	Kind   LeadKind
	Name   string
	Module string // the word by which importers name the defining file
	Owner  string // the type whose member it is, if files must name that, too
	Folder string // that of the package whose files alone may use it; "" for any
	Test   bool   // it is declared by a test: tests alone may use it
}

// imported notes which clients' libraries some file of each language imports.
func (d *Detector) imported(p *link.Project) map[*client]bool {
	found := make(map[*client]bool)
	for _, f := range p.Files {
		d.noteImports(f, found)
	}
	return found
}

func (d *Detector) noteImports(f *link.File, found map[*client]bool) {
	k := d.knowledge.of(f.Language)
	if k == nil {
		return
	}
	for i := range f.Imports {
		im := &f.Imports[i]
		for _, c := range k.clientsOf(im.Module) {
			found[c] = true
		}
		if im.Symbol != "" && im.Symbol != "*" {
			for _, c := range k.clientsOf(im.Module + "." + im.Symbol) {
				found[c] = true
			}
		}
	}
}

// A finder finds the uses of one project.
type finder struct {
	evaluator
	detector *Detector
	files    []*link.File // those that are looked at
	open     []*link.File // see Round.Open
	// near and behind remember, by its first definition, of a name whether it comes from
	// near a client, and what is unread behind it.
	near     map[*link.Definition]bool
	behind   map[*link.Definition][]string
	reached  *reach // what quiet looks are limited to
	imported map[*client]bool
	// ownImports holds which clients' libraries a file itself imports.
	ownImports map[*link.File]map[*client]bool
	found      []report.Use
	uses       map[useKey]int
	// plain, clients: see Result.Raw and Result.Made.
	plain   []report.Use
	plains  map[useKey]int
	clients []Made
	making  map[useKey]bool
	leads   map[string]map[Lead]bool
	// decided are the functions whose callers decide what is sent.
	decided map[link.FunctionID]bool
	// holding are the members of types that hold clients.
	holding map[link.TypeID][]string
	// receivers are names that some call shows to hold a client, doubtful the
	// calls that wait for such a name.
	receivers map[receiver]bool
	doubtful  []doubt
	// mocked are the calls that a test double's expectation holds.
	mocked map[*languages.Expr]bool
	// mockImports are mockFile's imports of libraries of test doubles, mockRoots
	// the names that are known to come, or not to come, from one.
	mockFile    *link.File
	mockImports []*languages.Import
	mockRoots   map[string]bool
	// text is the source of textOf, whose scripts were looked at last.
	textOf *link.File
	text   []byte
	// wrappers are the functions that were asked for being one, settled those
	// for which a caller names the command, postponed their own sends.
	wrappers  map[link.FunctionID]wrapper
	settled   map[link.FunctionID]bool
	postponed []pending
	far       []report.Step
	// again are the questions to be asked once more, quietAgain how many of them are quiet.
	again      []question
	quietAgain int
	// faulty are the files of faults.
	faulty map[*link.File]bool
	faults []Fault
}

type useKey struct {
	path    string
	at      languages.Range
	kind    report.UseKind
	command string
}

// file looks at one file. Uses that a name gives away are looked at loudly: files
// that the look-up needs are asked for. Members that every other library has too
// are looked at quietly, in a second pass, with what is known by then.
func (f *finder) file(file *link.File, loud bool) {
	k := f.knowledge.of(file.Language)
	if k == nil || f.isLibrary(file) {
		return
	}
	f.project.Quiet = !loud
	asked := f.project.Asked
	for i := range file.Functions {
		if f.ctx.Err() != nil {
			return
		}
		if !loud && !f.reached.holds(file, i) {
			continue
		}
		at := &env{file: file, fn: i}
		fn := &file.Functions[i]
		if loud {
			f.annotated(k, fn, at)
		}
		for _, call := range fn.Calls {
			if loud {
				f.silenceMock(k, call, at)
			}
			if f.interest(k, call, at) == interestOf(loud) {
				f.callSite(k, call, at)
			}
		}
		if !loud {
			continue
		}
		for _, record := range fn.Records {
			f.typedRecord(k, record, at)
		}
		for j := range fn.Bindings {
			f.assignedSetting(k, &fn.Bindings[j], at)
		}
	}
	if loud {
		f.scripts(file)
		if f.followWrappers() || f.project.Asked > asked {
			f.open = append(f.open, file)
		}
	}
}

// annotated looks at the annotations of a function that are names of a library: a
// command may stand in one instead of a body.
func (f *finder) annotated(k *knowledge, fn *languages.Function, at *env) {
	for _, a := range fn.Annotations {
		if a.Kind == languages.Call && f.interest(k, a, at) == loudInterest {
			f.callSite(k, a, at)
		}
	}
}

func (f *finder) result() Result {
	sort.SliceStable(f.found, func(i, j int) bool { return lessUse(&f.found[i], &f.found[j]) })
	r := Result{Uses: f.found, Callers: f.callersDecide(), Far: f.far, Faults: f.faults}
	f.observed(&r)
	return r
}

func (f *finder) sortedLeads() map[string][]Lead {
	leads := make(map[string][]Lead)
	for language, set := range f.leads {
		for lead := range set {
			leads[language] = append(leads[language], lead)
		}
		slices.SortFunc(leads[language], func(a, b Lead) int {
			return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Module, b.Module),
				strings.Compare(a.Owner, b.Owner), strings.Compare(a.Folder, b.Folder))
		})
	}
	return leads
}

func lessUse(a, b *report.Use) bool {
	switch {
	case a.Path != b.Path:
		return a.Path < b.Path
	case a.Range.Start != b.Range.Start:
		return before(a.Range.Start, b.Range.Start)
	case a.Range.End != b.Range.End:
		return before(a.Range.End, b.Range.End)
	case a.Kind != b.Kind:
		return a.Kind < b.Kind
	case a.Command != b.Command:
		return a.Command < b.Command
	}
	return a.Value < b.Value
}

func before(a, b report.Position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column
}

// add keeps a use once; of two that differ in certainty, the surer one.
func (f *finder) add(u report.Use, file *link.File, at languages.Range, because *step) {
	f.keep(&f.found, f.uses, u, file, at, because)
}

func (f *finder) keep(list *[]report.Use, index map[useKey]int, u report.Use, file *link.File, at languages.Range, because *step) {
	key := useKey{file.Path, at, u.Kind, u.Command + u.Value}
	if u.Kind == report.OptionUse {
		key.command += " " + strings.Join(u.Options, " ")
	}
	u.Path, u.Language = file.Path, file.Language
	u.Range = rangeOf(file.File, at)
	u.Because = steps(because)
	if i, ok := index[key]; ok {
		if weight(u.Certainty) > weight((*list)[i].Certainty) {
			(*list)[i] = u
		}
		return
	}
	index[key] = len(*list)
	*list = append(*list, u)
}

func weight(c report.Certainty) int {
	switch c {
	case report.Certain:
		return 2
	case report.Likely:
		return 1
	}
	return 0
}

func rangeOf(f *languages.File, r languages.Range) report.Range {
	start, end := f.Position(r.Start), f.Position(r.End)
	return report.Range{
		Start: report.Position{Line: start.Line, Column: start.Column},
		End:   report.Position{Line: end.Line, Column: end.Column},
	}
}

// maxBecause bounds the chain that explains a use.
const maxBecause = 12

func steps(s *step) []report.Step {
	chain := []report.Step{}
	for ; s != nil && len(chain) < maxBecause; s = s.prev {
		chain = append(chain, report.Step{Message: s.message, Path: s.file.Path, Range: rangeOf(s.file.File, s.at)})
	}
	for i, j := 0, len(chain)-1; i < j; i, j = i+1, j-1 {
		chain[i], chain[j] = chain[j], chain[i]
	}
	return chain
}
