package detect

import (
	"maps"
	"slices"
	"sort"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/rules"
)

// A Made is a call that makes a client. It is no use: whether it matters that
// the call sets nothing depends on the library's version, which is not known here.
type Made struct {
	Client   string // the catalogue whose code makes it
	Language string
	Path     string
	Range    report.Range
	Because  []report.Step
	// Spans are the call, and the options, pools and texts given to it, wherever
	// they stand: what is set in one of them is set for the client.
	Spans []Span
	// Options are the names of the options in these.
	Options []string
	// Open: some options cannot be seen.
	Open bool
}

// A Span is a stretch of a file.
type Span struct {
	Path  string
	Range report.Range
}

// Holds tells whether a place lies in the span.
func (s Span) Holds(path string, r report.Range) bool {
	return s.Path == path && !before(r.Start, s.Range.Start) && !before(s.Range.End, r.End)
}

// An Imported is one import of a module that no catalogue need know.
type Imported struct {
	Module, Symbol string
	Language       string
	Path           string
	Range          report.Range
}

// clientMade notes a call that makes a client, if the type is one that, made
// without a setting, has its default.
func (f *finder) clientMade(v *value, t *typ, call *languages.Expr, at *env) {
	if v.kind != symbolValue && v.kind != moduleValue && v.kind != classValue {
		return // a member gives the client that it belongs to, in another dress
	}
	setting := settingWithTypes(t)
	if setting == nil {
		return
	}
	key := useKey{at.file.Path, call.Range, "", t.client.Name}
	if f.making[key] {
		return
	}
	f.making[key] = true
	m := &Made{
		Client: t.client.Name, Language: at.file.Language, Path: at.file.Path,
		Range: rangeOf(at.file.File, call.Range), Because: steps(v.because),
	}
	m.Spans = []Span{{m.Path, m.Range}}
	for i, item := range call.Items() {
		f.given(m, setting, item, i, at, 0)
	}
	f.clients = append(f.clients, *m)
}

// anyType is what holds for a client that has no settings of its own, but those
// of the library that it hands out clients of.
var anyType = &rules.Setting{}

// settingWithTypes gives the setting that a type, when made, has a value of.
func settingWithTypes(t *typ) *rules.Setting {
	for _, name := range slices.Sorted(maps.Keys(t.client.Settings)) {
		if s := t.client.Settings[name]; s.Holds(t.name) {
			return s
		}
	}
	if len(t.client.Settings) == 0 && anyType.Holds(t.name) {
		return anyType
	}
	return nil
}

// given notes where an argument's options stand, and whether some stay unseen.
func (f *finder) given(m *Made, s *rules.Setting, item languages.Item, position int, at *env, depth int) {
	if item.Value == nil || depth > maxOptionDepth {
		return
	}
	if item.Name != "" && item.Name != "**" {
		m.Options = append(m.Options, item.Name)
	}
	values := f.eval(item.Value, at)
	carries := item.Spread || slices.Contains(s.Keywords, item.Name) || depth == 0 && item.Name == "" && containsInt(s.Arguments, position)
	if source, place := f.source(item.Value, at, 0); source != nil && place.file != nil {
		m.Spans = append(m.Spans, Span{place.file.Path, rangeOf(place.file.File, source.Range)})
		if source.Kind == languages.Call && carries && depth < maxOptionDepth {
			for _, inner := range source.Items() {
				f.given(m, s, inner, -1, place, depth+1)
			}
		}
	}
	if carries && len(values.values) == 0 {
		m.Open = true
	}
	for i := range values.values {
		v := &values.values[i]
		switch {
		case v.expr == nil || v.env == nil || v.env.file == nil:
			m.Open = m.Open || carries && v.kind == instanceValue // it came from elsewhere
		case v.kind == recordValue:
			m.Spans = append(m.Spans, Span{v.env.file.Path, rangeOf(v.env.file.File, v.expr.Range)})
			for _, inner := range v.expr.Items() {
				f.given(m, s, inner, -1, v.env, depth+1)
			}
		case v.kind == instanceValue:
			m.Spans = append(m.Spans, Span{v.env.file.Path, rangeOf(v.env.file.File, v.expr.Range)})
		}
	}
}

func containsInt(list []int, n int) bool {
	for _, x := range list {
		if x == n {
			return true
		}
	}
	return false
}

// importedModules lists the imports of a project's files that name a module of
// a package that sends commands by itself.
func (d *Detector) importedModules(p *link.Project) []Imported {
	var found []Imported
	for _, f := range p.Files {
		module := p.ModuleOf(f)
		for i := range f.Imports {
			im := &f.Imports[i]
			for _, dependent := range d.rules.Dependents {
				own := f.Package != "" && dependent.Imports(f.Package, "") || module != "" && dependent.Imports(module, "")
				if dependent.Language == f.Language && !own && dependent.Imports(im.Module, im.Symbol) {
					found = append(found, Imported{im.Module, im.Symbol, f.Language, f.Path, rangeOf(f.File, im.Range)})
					break
				}
			}
		}
	}
	return found
}

// observed gives what is no use, in the order of places.
func (f *finder) observed(r *Result) {
	sort.SliceStable(f.clients, func(i, j int) bool {
		a, b := &f.clients[i], &f.clients[j]
		if a.Path != b.Path {
			return a.Path < b.Path
		}
		return before(a.Range.Start, b.Range.Start)
	})
	sort.SliceStable(f.plain, func(i, j int) bool { return lessUse(&f.plain[i], &f.plain[j]) })
	r.Made, r.Raw, r.Imports = f.clients, f.plain, f.detector.importedModules(f.project)
}
