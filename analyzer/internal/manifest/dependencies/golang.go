package dependencies

import (
	"bytes"
	"path"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/keyvet/keyvet/rules"
)

// goManifests reads go.mod, whose versions are those that are built with.
func (s *scan) goManifests(folder string) {
	rel := path.Join(folder, "go.mod")
	data := s.text(rel)
	if data == nil {
		return
	}
	s.borders[key{folder, s.ecosystem, ""}] = true
	file, err := modfile.Parse(rel, data, nil)
	if err != nil { // a newer Go's directives; this one does not see replacements
		file, err = modfile.ParseLax(rel, data, nil)
	}
	if err != nil {
		s.note(rel, "cannot be parsed: "+firstLine(strings.TrimPrefix(err.Error(), rel+":")))
		return
	}
	listed := make(map[string]bool)
	s.listed[folder] = listed
	for _, require := range file.Require {
		m := require.Mod
		if !s.wants(m.Path) {
			continue
		}
		for _, r := range file.Replace {
			if r.Old.Path == m.Path && (r.Old.Version == "" || r.Old.Version == m.Version) && r.New.Version != "" {
				m.Version = r.New.Version
			}
		}
		listed[m.Path] = true
		s.add(Dependency{
			Name: m.Path, Text: m.Version, Versions: rules.OneVersion(m.Version), Locked: true,
			Path: rel, Line: require.Syntax.Start.Line,
		}, data, 0)
	}
}

// goLocks reads go.sum for modules that an old go.mod does not list.
func (s *scan) goLocks(folder string) {
	listed := s.listed[folder]
	if listed == nil {
		return
	}
	rel := path.Join(folder, "go.sum")
	for number, line := range bytes.Split(s.lock(rel), []byte("\n")) {
		fields := strings.Fields(string(line))
		if len(fields) == 3 && !listed[fields[0]] && !strings.HasSuffix(fields[1], "/go.mod") {
			s.add(Dependency{
				Name: fields[0], Text: fields[1], Versions: rules.OneVersion(fields[1]), Locked: true, Path: rel, Line: number + 1,
			}, nil, 0)
		}
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
