package manifest

import (
	"bytes"
	"path"
	"strings"
)

// addInstalled adds the packages that are installed side by side in a folder, as
// installers and unpacked wheels leave them: beside the packages' folders lies one for
// each distribution, which lists the files that it brought (Core metadata and binary
// distribution format, packaging.python.org: "name-version.dist-info/RECORD").
func (r *reader) addInstalled(names map[string]string, folder string) {
	for _, info := range r.tree.Folders(folder) {
		distribution, ok := strings.CutSuffix(info, ".dist-info")
		if !ok {
			continue
		}
		name, _, _ := strings.Cut(distribution, "-")
		name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
		for _, brought := range topFolders(r.read(path.Join(folder, info), "RECORD")) {
			if at := path.Join(folder, brought); brought != info && names[at] == "" {
				names[at] = name
			}
		}
	}
}

// topFolders gives the folders that the paths of a RECORD begin with, each once.
func topFolders(record []byte) (folders []string) {
	last := ""
	for line := range bytes.Lines(record) {
		top, _, ok := strings.Cut(string(line), "/")
		if !ok || top == last || top == "" || top[0] == '.' || strings.ContainsAny(top, ",\"") {
			continue
		}
		last = top
		folders = append(folders, top)
	}
	return folders
}
