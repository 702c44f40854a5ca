// Package manifest reads what a project's manifests say about the names of its
// own modules: go.mod, package.json, tsconfig.json, pyproject.toml.
//
// A manifest that cannot be read is as good as none, and is noted. It does not
// run package managers and reads nothing outside of the folders it is given.
package manifest

import (
	"encoding/json"
	"path"
	"sort"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/analyzer/internal/manifest/bounded"
)

// Modules reads the manifests in the folders that hold the given files, and in
// the folders above them up to the base of the tree. Paths are relative to that, with
// slashes. Notes name the manifests that could not be read.
func Modules(tree discover.Tree, files []string) (m link.Manifests, notes []string) {
	m.GoModules = make(map[string]string)
	m.NodePackages = make(map[string]link.NodePackage)
	r := &reader{tree: tree}
	golang, node, python := folders(files)
	m.PythonPackages = r.pythonPackages(python, pythonFolders(files))
	for _, folder := range golang {
		if data := r.read(folder, "go.mod"); data != nil {
			if name := modfile.ModulePath(data); name != "" {
				m.GoModules[folder] = name
			} else {
				r.note(folder, "go.mod", "names no module")
			}
		}
	}
	for _, folder := range node {
		if data := r.read(folder, "package.json"); data != nil {
			if pkg, err := nodePackage(data); err == nil {
				m.NodePackages[folder] = pkg
			} else {
				r.note(folder, "package.json", err.Error())
			}
		}
		for _, name := range []string{"tsconfig.json", "tsconfig.base.json", "jsconfig.json"} {
			data := r.read(folder, name)
			if data == nil {
				continue
			}
			aliases, err := pathAliases(folder, data)
			if err != nil {
				r.note(folder, name, err.Error())
			}
			m.Aliases = append(m.Aliases, aliases...)
		}
	}
	sortAliases(m.Aliases)
	return m, r.notes
}

// maxManifest bounds a manifest: what people write has some kilobytes.
const maxManifest = 8 << 20

// A reader reads manifests, and notes those that it does not read.
type reader struct {
	tree  discover.Tree
	notes []string
}

// read gives what is in a manifest, nil if there is none or it may not be read.
func (r *reader) read(folder, name string) []byte {
	data, problem := r.tree.Read(path.Join(folder, name), maxManifest)
	if problem != "" {
		r.note(folder, name, problem)
	}
	return data
}

func (r *reader) note(folder, name, problem string) {
	r.notes = append(r.notes, path.Join(folder, name)+": "+problem)
}

// folders lists, sorted, the folders of files and those above, by the manifests
// that may be in them.
func folders(files []string) (golang, node, python []string) {
	seenGo, seenNode, seenPython := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, file := range files {
		seen := seenNode
		switch path.Ext(file) {
		case ".go":
			seen = seenGo
		case ".py":
			seen = seenPython
		case ".java", ".lua":
			continue
		}
		for folder := discover.Folder(file); !seen[folder]; folder = discover.Folder(folder) {
			seen[folder] = true
		}
	}
	return sorted(seenGo), sorted(seenNode), sorted(seenPython)
}

func sorted(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for k := range set {
		list = append(list, k)
	}
	sort.Strings(list)
	return list
}

// nodePackage reads the parts of a package.json that say what importing it means.
func nodePackage(data []byte) (link.NodePackage, error) {
	var file struct {
		Name    string          `json:"name"`
		Main    string          `json:"main"`
		Module  string          `json:"module"`
		Types   string          `json:"types"`
		Exports json.RawMessage `json:"exports"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return link.NodePackage{}, err
	}
	pkg := link.NodePackage{Name: file.Name, Entries: make(map[string][]string)}
	if len(file.Exports) > 0 {
		var exports any
		if err := json.Unmarshal(file.Exports, &exports); err == nil {
			addExports(pkg.Entries, ".", exports)
		}
	}
	for _, main := range []string{file.Module, file.Main, file.Types} {
		if main != "" {
			pkg.Entries["."] = append(pkg.Entries["."], main)
		}
	}
	return pkg, nil
}

// addExports collects the files of an "exports" entry, whatever its conditions.
func addExports(entries map[string][]string, entry string, value any) {
	switch v := value.(type) {
	case string:
		entries[entry] = append(entries[entry], v)
	case []any:
		for _, x := range v {
			addExports(entries, entry, x)
		}
	case map[string]any:
		for _, key := range sortedAny(v) {
			if strings.HasPrefix(key, ".") {
				addExports(entries, key, v[key])
			} else {
				addExports(entries, entry, v[key])
			}
		}
	}
}

func sortedAny(m map[string]any) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	sort.Strings(list)
	return list
}

// pathAliases reads "paths" and "baseUrl" of a tsconfig.json, which may hold
// comments and trailing commas.
func pathAliases(folder string, data []byte) ([]link.Alias, error) {
	var file struct {
		CompilerOptions struct {
			BaseURL string              `json:"baseUrl"`
			Paths   map[string][]string `json:"paths"`
		} `json:"compilerOptions"`
	}
	if err := bounded.JSON(data, &file); err != nil {
		return nil, err
	}
	options := file.CompilerOptions
	root := path.Join(folder, options.BaseURL)
	var aliases []link.Alias
	for pattern, targets := range options.Paths {
		a := link.Alias{Folder: folder}
		a.Prefix, a.Suffix, a.Star = strings.Cut(pattern, "*")
		for _, t := range targets {
			a.Targets = append(a.Targets, path.Join(root, t))
		}
		aliases = append(aliases, a)
	}
	if options.BaseURL != "" {
		aliases = append(aliases, link.Alias{Folder: folder, Star: true, Targets: []string{path.Join(root, "*")}})
	}
	return aliases, nil
}

// sortAliases puts the alias that is nearest to the files, and then the most
// specific one, first.
func sortAliases(aliases []link.Alias) {
	sort.Slice(aliases, func(i, j int) bool {
		a, b := aliases[i], aliases[j]
		switch {
		case len(a.Folder) != len(b.Folder):
			return len(a.Folder) > len(b.Folder)
		case len(a.Prefix) != len(b.Prefix):
			return len(a.Prefix) > len(b.Prefix)
		case a.Prefix != b.Prefix:
			return a.Prefix < b.Prefix
		}
		return a.Folder < b.Folder
	})
}
