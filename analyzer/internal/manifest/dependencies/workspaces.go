package dependencies

import (
	"bytes"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/keyvet/keyvet/rules"
)

// A workspace is what the root of a project of several packages says for all of
// them.
type workspace struct {
	// catalogues hold ranges, by the catalogue's name and the package's. The one
	// without a name is the default.
	catalogues map[string]map[string]string
	// overrides are ranges that beat those of the packages.
	overrides map[string]string
}

// ranges are a package manager's table of packages; what is deeper, or no text, is
// not of interest.
type ranges map[string]any

func (r ranges) texts() map[string]string {
	texts := make(map[string]string)
	for name, value := range r {
		if text, ok := value.(string); ok {
			texts[name] = text
		}
	}
	return texts
}

// catalogueFile is what pnpm-workspace.yaml, .yarnrc.yml and, of Bun, the field
// "workspaces" of package.json have in common.
type catalogueFile struct {
	Catalog   ranges            `yaml:"catalog" json:"catalog"`
	Catalogs  map[string]ranges `yaml:"catalogs" json:"catalogs"`
	Overrides ranges            `yaml:"overrides" json:"overrides"`
}

// workspaceOf gives what holds for the packages in a folder: the nearest of what
// the folder and those above say. Nearer overrides come first.
func (s *scan) workspaceOf(folder string) workspace {
	if known, ok := s.workspaces[folder]; ok {
		return known
	}
	w := workspace{catalogues: make(map[string]map[string]string), overrides: make(map[string]string)}
	for _, name := range []string{"pnpm-workspace.yaml", ".yarnrc.yml"} {
		var file catalogueFile
		rel := path.Join(folder, name)
		if data := s.text(rel); s.speaks(data) {
			if err := yaml.Unmarshal(data, &file); err != nil {
				s.note(rel, "cannot be parsed: "+firstLine(err.Error()))
			}
			w.add(file)
		}
	}
	if data := s.text(path.Join(folder, "package.json")); s.speaks(data) {
		s.rootPackage(&w, data)
	}
	if folder != "." && folder != "/" {
		above := s.workspaceOf(path.Dir(folder))
		for name, list := range above.catalogues {
			if w.catalogues[name] == nil {
				w.catalogues[name] = list
			}
		}
		for name, text := range above.overrides {
			if w.overrides[name] == "" {
				w.overrides[name] = text
			}
		}
	}
	if s.workspaces == nil {
		s.workspaces = make(map[string]workspace)
	}
	s.workspaces[folder] = w
	return w
}

// rootPackage reads what a package.json says for others. Parts that are of
// another form than expected say nothing.
func (s *scan) rootPackage(w *workspace, data []byte) {
	var file struct {
		catalogueFile
		Workspaces  json.RawMessage `json:"workspaces"`
		Resolutions ranges          `json:"resolutions"`
		PNPM        struct {
			Overrides ranges `json:"overrides"`
		} `json:"pnpm"`
	}
	if json.Unmarshal(data, &file) != nil {
		return // said where the dependencies are read
	}
	var inside catalogueFile
	_ = json.Unmarshal(file.Workspaces, &inside) // with most, it is a list of globs
	w.add(file.catalogueFile)
	w.add(catalogueFile{Catalog: inside.Catalog, Catalogs: inside.Catalogs, Overrides: file.Resolutions})
	w.add(catalogueFile{Overrides: file.PNPM.Overrides})
}

func (w *workspace) add(file catalogueFile) {
	for name, list := range file.Catalogs {
		w.catalogues[name] = list.texts()
	}
	if len(file.Catalog) > 0 {
		w.catalogues["default"] = file.Catalog.texts()
	}
	overrides := file.Overrides.texts()
	for _, pattern := range slices.Sorted(maps.Keys(overrides)) {
		name := pattern[strings.LastIndexByte(pattern, '>')+1:]
		if name != pattern {
			continue // only below another package
		}
		name = strings.TrimPrefix(name, "**/")
		if i := strings.LastIndexByte(name, '@'); i > 0 {
			name = name[:i] // for some of its versions
		}
		if text := overrides[pattern]; text != "" && text[0] != '$' {
			w.overrides[name] = text
		}
	}
}

// settle gives the range that holds for what a package says: another one in the
// place of it, or what it refers to.
func (s *scan) settle(folder, name, text string) string {
	root := s.workspaceOf(folder)
	if override := root.overrides[name]; override != "" {
		text = override
	}
	if catalogue, ok := strings.CutPrefix(text, "catalog:"); ok {
		if catalogue = strings.TrimSpace(catalogue); catalogue == "" {
			catalogue = "default"
		}
		text = root.catalogues[catalogue][name]
	}
	if inside, ok := strings.CutPrefix(text, "workspace:"); ok && strings.Trim(inside, "*^~") == "" {
		text = s.packageVersion(name)
	}
	return text
}

// packageVersion gives the version of a package of the tree itself.
func (s *scan) packageVersion(name string) string {
	for _, rel := range s.manifests {
		data := s.text(rel)
		if !bytes.Contains(data, []byte(`"`+name+`"`)) {
			continue
		}
		var file struct {
			Name    string `json:"name"`
			Version string `json:"version"`
		}
		if json.Unmarshal(data, &file) == nil && file.Name == name && !rules.OneVersion(file.Version).Empty() {
			return file.Version
		}
	}
	return ""
}
