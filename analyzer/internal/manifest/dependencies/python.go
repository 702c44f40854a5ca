package dependencies

import (
	"bytes"
	"encoding/json"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/manifest/bounded"
	"github.com/keyvet/keyvet/rules"
)

// pythonManifests reads the manifests of a folder, and of the folder "requirements"
// in it, which by custom holds those of the folder.
func (s *scan) pythonManifests(folder string) {
	for _, name := range s.tree.Names(folder) {
		if ext := path.Ext(name); (ext == ".txt" || ext == ".in") && isRequirements(name) {
			s.requirements(path.Join(folder, name), folder)
		}
	}
	for _, name := range s.tree.Names(path.Join(folder, "requirements")) {
		if ext := path.Ext(name); ext == ".txt" || ext == ".in" {
			s.requirements(path.Join(folder, "requirements", name), folder)
		}
	}
	s.pyproject(path.Join(folder, "pyproject.toml"))
	s.setup(path.Join(folder, "setup.cfg"))
	s.setup(path.Join(folder, "setup.py"))
	s.pipfile(path.Join(folder, "Pipfile"))
}

func (s *scan) pythonLocks(folder string) {
	s.pipfileLock(path.Join(folder, "Pipfile.lock"))
	for _, name := range []string{"poetry.lock", "uv.lock", "pdm.lock"} {
		s.packageLock(path.Join(folder, name))
	}
}

// requirement is a line of a requirements file: name, extras, specifier.
var requirement = regexp.MustCompile(`^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*\(?\s*((?:[<>=!~^]=?=?\s*[^\s,;#)\\'"]+\s*,?\s*)*)`)

// requirements reads a requirements file. A pin is what will be installed.
func (s *scan) requirements(rel, scope string) {
	data := s.text(rel)
	if !s.speaks(data) {
		return
	}
	for number, line := range bytes.Split(data, []byte("\n")) {
		s.require(strings.TrimSpace(string(line)), Dependency{Path: rel, Line: number + 1, scope: scope}, data)
	}
}

// require adds what one requirement says.
func (s *scan) require(text string, d Dependency, data []byte) {
	m := requirement.FindStringSubmatch(text)
	if m == nil {
		return
	}
	d.Name = m[1]
	d.Text = strings.TrimSpace(strings.TrimRight(strings.TrimSpace(m[2]), ","))
	if d.Text == "" {
		d.Text = "*"
	}
	d.Versions = pythonRange(d.Text)
	s.add(d, data, 0)
}

type poetryTable map[string]any

// pyproject reads PEP 621 and PEP 735 lists, and the tables of Poetry, PDM and uv.
func (s *scan) pyproject(rel string) {
	data := s.text(rel)
	if !s.speaks(data) {
		return
	}
	var file struct {
		Project struct {
			Dependencies []string
			Optional     map[string][]string `toml:"optional-dependencies"`
		}
		Groups map[string][]any `toml:"dependency-groups"`
		Tool   struct {
			Poetry struct {
				Dependencies poetryTable
				Dev          poetryTable `toml:"dev-dependencies"`
				Group        map[string]struct{ Dependencies poetryTable }
			}
			UV struct {
				Dev []string `toml:"dev-dependencies"`
			} `toml:"uv"`
			PDM struct {
				Dev map[string][]string `toml:"dev-dependencies"`
			} `toml:"pdm"`
		}
	}
	if err := bounded.TOML(data, &file); err != nil {
		s.note(rel, "cannot be parsed: "+firstLine(err.Error()))
		return
	}
	all := slices.Concat(file.Project.Dependencies, file.Tool.UV.Dev)
	for _, list := range []map[string][]string{file.Project.Optional, file.Tool.PDM.Dev} {
		for _, name := range slices.Sorted(maps.Keys(list)) {
			all = append(all, list[name]...)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(file.Groups)) {
		for _, item := range file.Groups[name] {
			if text, ok := item.(string); ok {
				all = append(all, text)
			}
		}
	}
	for _, text := range all {
		s.require(text, Dependency{Path: rel}, data)
	}
	poetry := file.Tool.Poetry
	s.poetry(rel, data, poetry.Dependencies)
	s.poetry(rel, data, poetry.Dev)
	for _, name := range slices.Sorted(maps.Keys(poetry.Group)) {
		s.poetry(rel, data, poetry.Group[name].Dependencies)
	}
}

// poetry reads a table of Poetry, or of a Pipfile, which looks the same.
func (s *scan) poetry(rel string, data []byte, table poetryTable) {
	for _, name := range slices.Sorted(maps.Keys(table)) {
		d := Dependency{Name: name, Path: rel}
		entries, several := table[name].([]map[string]any)
		if !several {
			entries = []map[string]any{{"version": table[name]}}
			if inner, ok := table[name].(map[string]any); ok {
				entries = []map[string]any{inner}
			}
		}
		for _, entry := range entries {
			if text, ok := entry["version"].(string); ok {
				d.Text, d.Versions = text, pythonRange(text)
			}
			s.add(d, data, 0)
		}
	}
}

// quoted is a text in a list of setup.py or a line of setup.cfg.
var quoted = regexp.MustCompile(`["']([^"'\n]+)["']`)

// setup reads setup.cfg, whose lists hold a requirement a line, and the literal
// texts of setup.py.
func (s *scan) setup(rel string) {
	data := s.text(rel)
	if !s.speaks(data) {
		return
	}
	for number, line := range strings.Split(string(data), "\n") {
		d := Dependency{Path: rel, Line: number + 1}
		if path.Ext(rel) == ".py" {
			for _, m := range quoted.FindAllStringSubmatch(line, -1) {
				// a bare name may be that of an extra, or of anything
				if requirement.FindString(m[1]) != "" && strings.ContainsAny(m[1], "<>=~") && !strings.ContainsAny(m[1], "/:") {
					s.require(m[1], d, data)
				}
			}
			continue
		}
		if k, value, ok := strings.Cut(line, "="); ok && !strings.ContainsAny(strings.TrimSpace(k), " <>!~[") && !strings.HasPrefix(value, "=") {
			line = value // install_requires = acme>=5
			if !strings.HasSuffix(strings.TrimSpace(k), "requires") {
				continue
			}
		}
		s.require(strings.TrimSpace(line), d, data)
	}
}

func (s *scan) pipfile(rel string) {
	data := s.text(rel)
	if !s.speaks(data) {
		return
	}
	var file struct {
		Packages poetryTable
		Dev      poetryTable `toml:"dev-packages"`
	}
	if err := bounded.TOML(data, &file); err != nil {
		s.note(rel, "cannot be parsed: "+firstLine(err.Error()))
		return
	}
	s.poetry(rel, data, file.Packages)
	s.poetry(rel, data, file.Dev)
}

func (s *scan) pipfileLock(rel string) {
	data := s.lock(rel)
	if data == nil {
		return
	}
	type group map[string]struct {
		Version string `json:"version"`
	}
	var file struct {
		Default group `json:"default"`
		Develop group `json:"develop"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		s.note(rel, "cannot be parsed: "+err.Error())
		return
	}
	for _, g := range []group{file.Default, file.Develop} {
		for _, name := range slices.Sorted(maps.Keys(g)) {
			version := strings.TrimLeft(g[name].Version, "=")
			s.add(Dependency{Name: name, Text: version, Versions: rules.OneVersion(version), Locked: true, Path: rel}, data, 0)
		}
	}
}

// packageLock reads the lockfiles of Poetry, uv and PDM. They are large, written
// by a machine and alike: a line "[[package]]", then name and version.
func (s *scan) packageLock(rel string) {
	data := s.lock(rel)
	inPackage, d := false, Dependency{}
	for number, line := range bytes.Split(data, []byte("\n")) {
		text := string(bytes.TrimSpace(line))
		if strings.HasPrefix(text, "[") {
			inPackage = text == "[[package]]"
			d = Dependency{Path: rel, Locked: true}
			continue
		}
		k, value, ok := strings.Cut(text, " = ")
		if !inPackage || !ok {
			continue
		}
		switch value = strings.Trim(value, `"`); k {
		case "name":
			d.Name, d.Line = value, number+1
		case "version":
			d.Text, d.Versions = value, rules.OneVersion(value)
		}
		if d.Name != "" && d.Text != "" {
			s.add(d, data, 0)
			inPackage = false
		}
	}
}
