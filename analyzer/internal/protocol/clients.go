package protocol

import (
	"github.com/keyvet/keyvet/analyzer/internal/detect"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/rules"
)

// clients are what is known of one setting: the clients that are made, and whose settings it is set for. They are looked
// up for each use, so nothing here is searched from end to end.
type clients struct {
	states []state
	// byPlace finds the first that is made at a place, byFile those that have options in a file.
	byPlace map[detect.Span]int
	byFile  map[string][]int
	// inCommon is what those of one program share.
	inCommon map[program]*state
	// set are the libraries that something sets it for.
	set map[*rules.Client]bool
}

// A program is a library as one manifest gives it, or as none does.
type program struct {
	library  *rules.Client
	known    bool
	manifest string
}

func (s *state) program() program { return program{s.library, s.known, s.dependency.Path} }

// clientsOf gives all that is known of a setting. It is worked out once for each.
func (j *judge) clientsOf(setting string) *clients {
	if known, ok := j.clients[setting]; ok {
		return known
	}
	found := &clients{
		byPlace: make(map[detect.Span]int), byFile: make(map[string][]int), inCommon: make(map[program]*state), set: make(map[*rules.Client]bool),
	}
	uses := make(map[string][]int) // that set it, by file
	for n := range j.Found.Uses {
		if u := &j.Found.Uses[n]; u.Kind == report.SettingUse && u.Setting == setting {
			uses[u.Path] = append(uses[u.Path], n)
			if owner := j.owner(u); owner != nil {
				found.set[owner] = true
			}
		}
	}
	held := make(map[int]bool) // settings that belong to a client that is made
	for i := range j.Found.Made {
		if s, ok := j.made(setting, &j.Found.Made[i], uses, held); ok {
			found.states = append(found.states, s)
		}
	}
	loose := j.loose(setting, held)
	for i := range found.states {
		s := &found.states[i]
		j.settle(s, loose)
		found.add(s, i)
	}
	j.clients[setting] = found
	return found
}

// made gives the state of a client as far as what is written with it says.
func (j *judge) made(setting string, m *detect.Made, uses map[string][]int, held map[int]bool) (state, bool) {
	s, ok := j.newState(setting, m.Language, m.Client, m.Path)
	if !ok {
		return s, false
	}
	s.made, s.makers, s.open = m, []*detect.Made{m}, m.Open
	values, last := make(map[string]bool), -1
	for path := range files(m) {
		for _, n := range uses[path] {
			if u := &j.Found.Uses[n]; holds(m, u) {
				held[n] = true
				values[u.Value] = true
				last = max(last, n)
			}
		}
	}
	switch {
	case len(values) > 1:
		s.open = true
	case last >= 0:
		s.written = &j.Found.Uses[last]
	}
	return s, true
}

// files are those that a client's options stand in.
func files(m *detect.Made) map[string]bool {
	all := make(map[string]bool, 1)
	for _, span := range m.Spans {
		all[span.Path] = true
	}
	return all
}

// add files a state, once its value is known.
func (c *clients) add(s *state, i int) {
	place := detect.Span{Path: s.made.Path, Range: s.made.Range}
	if _, taken := c.byPlace[place]; !taken {
		c.byPlace[place] = i
	}
	for path := range files(s.made) {
		c.byFile[path] = append(c.byFile[path], i)
	}
	common := c.inCommon[s.program()]
	switch {
	case common == nil:
		first := *s
		c.inCommon[s.program()] = &first
	case common.value != s.value || (common.written == nil) != (s.written == nil):
		common.mixed = true
	default:
		common.makers = append(common.makers, s.made)
	}
}

// owner gives the library whose setting a use sets.
func (j *judge) owner(u *report.Use) *rules.Client {
	if c := j.Rules.Client(u.Language, u.Client); c != nil {
		return j.Rules.SettingOwner(c, u.Setting)
	}
	return nil
}

// looseSettings are those that belong to no client that is made: they may be meant for any in their file, or below their
// manifest.
type looseSettings struct {
	files    map[inFile]bool
	programs map[program]bool
	// The first that holds for all clients of a library.
	everywhereInFile map[inFile]int
	everywhere       map[program]int
}

type inFile struct {
	path, language string
	library        *rules.Client // nil: of any
}

func (j *judge) loose(setting string, held map[int]bool) looseSettings {
	all := looseSettings{make(map[inFile]bool), make(map[program]bool), make(map[inFile]int), make(map[program]int)}
	for n := range j.Found.Uses {
		u := &j.Found.Uses[n]
		if u.Kind != report.SettingUse || u.Setting != setting || held[n] {
			continue
		}
		all.files[inFile{u.Path, u.Language, nil}] = true
		owner := j.owner(u)
		if owner == nil {
			continue
		}
		dependency, known := j.version(owner, u.Path)
		at := program{owner, known, dependency.Path}
		all.programs[at] = true
		if u.Everywhere {
			first(all.everywhereInFile, inFile{u.Path, u.Language, owner}, n)
			first(all.everywhere, at, n)
		}
	}
	return all
}

func first[K comparable](m map[K]int, key K, n int) {
	if _, taken := m[key]; !taken {
		m[key] = n
	}
}

// settle works out the value: written with the client, set for the whole program, or the default.
func (j *judge) settle(s *state, loose looseSettings) {
	if s.written != nil {
		s.value = s.written.Value
		return
	}
	s.open = s.open || loose.programs[s.program()]
	everywhere, ok := loose.everywhere[s.program()]
	for path := range files(s.made) {
		s.open = s.open || loose.files[inFile{path, s.made.Language, nil}]
		if n, here := loose.everywhereInFile[inFile{path, s.made.Language, s.library}]; here && (!ok || n < everywhere) {
			everywhere, ok = n, true
		}
	}
	switch {
	case ok:
		u := &j.Found.Uses[everywhere]
		s.written, s.value, s.open = u, u.Value, false
	case !s.open:
		s.value = defaultValue(s)
	}
}

// holding gives the state of the client that a setting's use belongs to.
func (j *judge) holding(u *report.Use) *state {
	all := j.clientsOf(u.Setting)
	for _, i := range all.byFile[u.Path] {
		if holds(all.states[i].made, u) {
			return &all.states[i]
		}
	}
	return nil
}

// stateOf gives the state of the client that a call goes through: the one that
// the call's explanation names, or what all clients of the library have in
// common. It is only given with a value.
func (j *judge) stateOf(setting string, u *report.Use) (state, bool) {
	own, ok := j.newState(setting, u.Language, u.Client, u.Path)
	if !ok {
		return state{}, false
	}
	all := j.clientsOf(setting)
	for _, step := range u.Because {
		if i, ok := all.byPlace[detect.Span{Path: step.Path, Range: step.Range}]; ok {
			return all.states[i], all.states[i].value != ""
		}
	}
	if j.Part {
		return state{}, false
	}
	if common := all.inCommon[own.program()]; common != nil {
		return *common, common.value != "" && !common.mixed
	}
	if !own.known || all.set[own.library] {
		return state{}, false
	}
	own.value = defaultValue(&own)
	return own, own.value != ""
}
