package dependencies

import (
	"bytes"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/manifest/bounded"
	"github.com/keyvet/keyvet/rules"
)

func (s *scan) nodeManifests(folder string) { s.packageJSON(path.Join(folder, "package.json")) }

func (s *scan) nodeLocks(folder string) {
	s.npmLock(path.Join(folder, "package-lock.json"))
	s.npmLock(path.Join(folder, "npm-shrinkwrap.json"))
	s.pnpmLock(path.Join(folder, "pnpm-lock.yaml"))
	s.yarnLock(path.Join(folder, "yarn.lock"))
	s.bunLock(path.Join(folder, "bun.lock"))
}

func (s *scan) packageJSON(rel string) {
	data := s.text(rel)
	if !s.speaks(data) {
		return
	}
	var file struct {
		Dependencies map[string]string `json:"dependencies"`
		Dev          map[string]string `json:"devDependencies"`
		Peer         map[string]string `json:"peerDependencies"`
		Optional     map[string]string `json:"optionalDependencies"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		s.note(rel, "cannot be parsed: "+err.Error())
		return
	}
	seen := make(map[string]bool)
	for _, group := range []struct {
		name string
		list map[string]string
	}{{"dependencies", file.Dependencies}, {"devDependencies", file.Dev}, {"optionalDependencies", file.Optional}, {"peerDependencies", file.Peer}} {
		start := max(0, bytes.Index(data, []byte(`"`+group.name+`"`)))
		for _, name := range slices.Sorted(maps.Keys(group.list)) {
			d := Dependency{Name: name, Path: rel}
			text := group.list[name]
			if strings.HasPrefix(text, "npm:") {
				d.Name, _ = aliased(text)
			}
			if !s.wants(d.Name) {
				continue
			}
			d.Text = s.settle(path.Dir(rel), d.Name, text)
			d.Versions = nodeRange(d.Text)
			if seen[d.Name] { // what is installed for development decides over what peers may bring
				continue
			}
			seen[d.Name] = true
			if d.Versions.Empty() {
				d.Text = "" // a tag, a file, a repository
			}
			s.add(d, data, start)
		}
	}
}

// aliased reads "npm:acme@^4", which stands for a package under another name.
func aliased(text string) (name, version string) {
	text = strings.TrimPrefix(text, "npm:")
	if i := strings.LastIndexByte(text, '@'); i > 0 {
		return text[:i], text[i+1:]
	}
	return text, ""
}

func (s *scan) locked(rel, scope, name, version string, line int) {
	version, _, _ = strings.Cut(version, "(") // pnpm: with which peers
	if rules.OneVersion(version).Empty() {
		return // a package of the workspace itself
	}
	s.add(Dependency{
		Name: name, Text: version, Versions: rules.OneVersion(version), Locked: true, Path: rel, Line: line, scope: scope,
	}, nil, 0)
}

// npmLock reads all three forms of npm's lockfile.
func (s *scan) npmLock(rel string) {
	data := s.lock(rel)
	if data == nil {
		return
	}
	type entry struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	var file struct {
		Packages     map[string]entry `json:"packages"`
		Dependencies map[string]entry `json:"dependencies"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		s.note(rel, "cannot be parsed: "+err.Error())
		return
	}
	folder := path.Dir(rel)
	for _, at := range slices.Sorted(maps.Keys(file.Packages)) {
		workspace, name, ok := strings.Cut(at, "node_modules/")
		if !ok || strings.Contains(name, "node_modules/") {
			continue // a workspace itself, or what another package brought for itself
		}
		if file.Packages[at].Name != "" {
			name = file.Packages[at].Name
		}
		if s.wants(name) {
			s.locked(rel, path.Join(folder, workspace), name, file.Packages[at].Version, lineOf(data, at, 0))
		}
	}
	if len(file.Packages) == 0 {
		for _, name := range slices.Sorted(maps.Keys(file.Dependencies)) {
			if s.wants(name) {
				s.locked(rel, folder, name, file.Dependencies[name].Version, lineOf(data, name, 0))
			}
		}
	}
}

// pnpmLock reads pnpm's lockfile by its indentation: it is written by a machine,
// and parsing it as YAML takes a second a megabyte.
func (s *scan) pnpmLock(rel string) {
	data := s.lock(rel)
	folder := path.Dir(rel)
	section, importer, name := "", "", ""
	resolved := make(map[string]bool)
	for number, line := range bytes.Split(data, []byte("\n")) {
		text := strings.TrimSpace(string(line))
		depth := len(line) - len(bytes.TrimLeft(line, " "))
		k, value, _ := strings.Cut(text, ": ")
		k = strings.Trim(strings.TrimSuffix(k, ":"), `'"`)
		switch {
		case text == "":
		case depth == 0:
			section = k
		case section == "importers" && depth == 2:
			importer = k
		case section == "importers" && depth == 6:
			name = k
			if value != "" { // an older form: acme: 4.6.7
				resolved[name] = true
				s.locked(rel, path.Join(folder, importer), name, value, number+1)
			}
		case section == "importers" && depth == 8 && k == "version":
			resolved[name] = true
			value, _, _ = strings.Cut(value, "(")
			if alias, version := aliased(value); version != "" {
				name, value = alias, version
			}
			s.locked(rel, path.Join(folder, importer), name, value, number+1)
		case section == "packages" && depth == 2:
			if pkg, version := pnpmPackage(k); !resolved[pkg] {
				s.locked(rel, folder, pkg, version, number+1)
			}
		}
	}
}

// pnpmPackage reads a key of the section "packages": "/acme@4.6.7",
// "@acme/client@1.5.8(x@1)", "/acme/4.6.7".
func pnpmPackage(k string) (name, version string) {
	k, _, _ = strings.Cut(strings.TrimPrefix(k, "/"), "(")
	i := strings.LastIndexByte(k, '@')
	if i <= 0 {
		i = strings.LastIndexByte(k, '/')
	}
	if i <= 0 {
		return "", ""
	}
	return k[:i], k[i+1:]
}

// yarnLock reads the lockfiles of both generations of Yarn by their lines.
func (s *scan) yarnLock(rel string) {
	data := s.lock(rel)
	var names []string
	for number, line := range bytes.Split(data, []byte("\n")) {
		text := string(line)
		switch {
		case text == "" || text[0] == '#':
		case text[0] != ' ':
			names = yarnNames(text)
		case strings.HasPrefix(text, "  version"):
			version := strings.Trim(strings.TrimLeft(text[len("  version"):], ": "), `"`)
			for _, name := range names {
				s.locked(rel, path.Dir(rel), name, version, number)
			}
			names = nil
		}
	}
}

// yarnNames reads the names of `"acme@^4.0.0, acme@npm:^4.6.7":`.
func yarnNames(text string) []string {
	var names []string
	for part := range strings.SplitSeq(strings.TrimSuffix(text, ":"), ",") {
		part = strings.Trim(part, `" `)
		if i := strings.IndexByte(part[min(1, len(part)):], '@'); i >= 0 {
			name, rest := part[:i+1], part[i+2:]
			if alias, ok := strings.CutPrefix(rest, "npm:"); ok && strings.LastIndexByte(alias, '@') > 0 {
				name = alias[:strings.LastIndexByte(alias, '@')]
			}
			if len(names) == 0 || names[len(names)-1] != name {
				names = append(names, name)
			}
		}
	}
	return names
}

// bunLock reads Bun's lockfile in its text form.
func (s *scan) bunLock(rel string) {
	data := s.lock(rel)
	if data == nil {
		return
	}
	var file struct {
		Workspaces map[string]struct {
			Name string `json:"name"`
		} `json:"workspaces"`
		Packages map[string][]any `json:"packages"`
	}
	if err := bounded.JSON(data, &file); err != nil {
		s.note(rel, "cannot be parsed: "+firstLine(err.Error()))
		return
	}
	packages := max(0, bytes.LastIndex(data, []byte(`"packages"`)))
	folderOf := make(map[string]string) // of the workspace's packages, by name
	for folder, workspace := range file.Workspaces {
		if workspace.Name != "" {
			folderOf[workspace.Name] = folder
		}
	}
	for _, at := range slices.Sorted(maps.Keys(file.Packages)) {
		list := file.Packages[at]
		if len(list) == 0 {
			continue
		}
		id, _ := list[0].(string)
		name, version := aliased(id)
		if !s.wants(name) {
			continue
		}
		if folder, ok := folderOf[strings.TrimSuffix(at, "/"+name)]; ok {
			s.locked(rel, path.Join(path.Dir(rel), folder), name, version, lineOf(data, `"`+at+`":`, packages))
		} else if strings.Count(at, "/") == strings.Count(name, "/") { // else what another package brought for itself
			s.locked(rel, path.Dir(rel), name, version, lineOf(data, `"`+at+`":`, packages))
		}
	}
}
