package dependencies

import (
	"path"
	"strings"
)

// byName are the manifests that always have the same name. Lockfiles are not
// among them: they are looked for beside these.
var byName = map[string]string{
	"go.mod": "go", "package.json": "npm",
	"pyproject.toml": "pypi", "setup.cfg": "pypi", "setup.py": "pypi", "Pipfile": "pypi",
	"pom.xml": "maven", "build.gradle": "maven", "build.gradle.kts": "maven",
}

// Ecosystem tells for which ecosystem a file is a manifest, by its name and the
// folder that it lies in; "" if it is none.
func Ecosystem[T string | []byte](file T) string {
	end := len(file)
	name := lastPart(file, end)
	if ecosystem := byName[string(name)]; ecosystem != "" {
		return ecosystem
	}
	extension := 0
	for i := len(name) - 1; i > 0 && extension == 0; i-- {
		if name[i] == '.' {
			extension = i
		}
	}
	switch string(name[extension:]) {
	case ".txt", ".in":
		if isRequirements(string(name)) || string(lastPart(file, end-len(name)-1)) == "requirements" {
			return "pypi"
		}
	case ".toml":
		if string(lastPart(file, end-len(name)-1)) == "gradle" {
			return "maven"
		}
	}
	return ""
}

// lastPart gives the last part of a path that ends at end.
func lastPart[T string | []byte](path T, end int) T {
	end = max(0, end)
	start := end
	for start > 0 && path[start-1] != '/' {
		start--
	}
	return path[start:end]
}

// isRequirements tells the names by which requirements files go.
func isRequirements(name string) bool {
	return strings.Contains(name, "requirements") || strings.HasPrefix(name, "constraints") || strings.HasPrefix(name, "reqs")
}

// projectFolder is the folder that a manifest holds for.
func projectFolder(manifest string) string {
	folder := path.Dir(manifest)
	switch name := path.Base(folder); {
	case name == "requirements" && !isRequirements(path.Base(manifest)), name == "gradle" && path.Ext(manifest) == ".toml":
		return path.Dir(folder)
	}
	return folder
}
