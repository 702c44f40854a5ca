package dependencies

import (
	"path"
	"strings"
)

func (s *scan) javaManifests(folder string) {
	s.mavenProject(path.Join(folder, "pom.xml"))
	for _, name := range []string{"build.gradle", "build.gradle.kts"} {
		s.gradleBuild(path.Join(folder, name))
	}
	for _, rel := range s.catalogueFiles(folder) {
		s.catalogue(rel, folder)
	}
}

// catalogueFiles lists the version catalogues of a folder.
func (s *scan) catalogueFiles(folder string) (files []string) {
	for _, name := range s.tree.Names(path.Join(folder, "gradle")) {
		if strings.HasSuffix(name, ".toml") {
			files = append(files, path.Join(folder, "gradle", name))
		}
	}
	return files
}

func (s *scan) javaLocks(folder string) { s.gradleLock(path.Join(folder, "gradle.lockfile")) }
