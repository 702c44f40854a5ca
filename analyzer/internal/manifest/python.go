package manifest

import (
	"bufio"
	"bytes"
	"path"
	"regexp"
	"strings"
)

// pythonManifests are the files that may name the package which a folder is
// published as, the most telling first.
var pythonManifests = []string{"pyproject.toml", "setup.cfg", "setup.py", "PKG-INFO"}

// setupName is the name that a setup.py passes to setup.
var setupName = regexp.MustCompile(`\bname\s*=\s*['"]([A-Za-z0-9._-]+)['"]`)

// pythonPackages gives, by folder, the name under which it is published. What a
// package's own manifest says comes before what installed it says; in a folder that is
// a package of modules nothing is installed. A folder that says none is in no need of a
// note: most projects are no packages.
func (r *reader) pythonPackages(folders []string, packages map[string]bool) map[string]string {
	names := make(map[string]string)
	for _, folder := range folders {
		for _, file := range pythonManifests {
			data := r.read(folder, file)
			if data == nil {
				continue
			}
			if name := pythonName(file, data); name != "" {
				names[folder] = strings.ToLower(name)
				break
			}
		}
		if !packages[folder] {
			r.addInstalled(names, folder)
		}
	}
	return names
}

// pythonFolders gives the folders of files that are packages of modules.
func pythonFolders(files []string) map[string]bool {
	packages := make(map[string]bool)
	for _, file := range files {
		if path.Base(file) == "__init__.py" {
			packages[path.Dir(file)] = true
		}
	}
	return packages
}

func pythonName(file string, data []byte) string {
	switch file {
	case "setup.py":
		if found := setupName.FindSubmatch(data); found != nil {
			return string(found[1])
		}
		return ""
	case "PKG-INFO":
		return entry(data, "", "Name", ":")
	case "setup.cfg":
		return entry(data, "metadata", "name", "=")
	}
	if name := entry(data, "project", "name", "="); name != "" {
		return name
	}
	return entry(data, "tool.poetry", "name", "=")
}

// entry reads a text from a file of sections and of one entry a line, of which
// TOML is one as far as names are concerned.
func entry(data []byte, section, key, separator string) string {
	current := ""
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
			current = strings.Trim(line, "[] ")
			continue
		}
		name, value, ok := strings.Cut(line, separator)
		if ok && current == section && strings.TrimSpace(name) == key {
			return strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}
	return ""
}
