package rules

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// readDir reads the YAML below a folder. What cannot be read is a file with a
// mistake.
func readDir(dir string) (sources []Source, broken []*strict.File) {
	fail := func(name string, err error) {
		f := &strict.File{Name: name}
		f.Whole("%s", reason(err))
		broken = append(broken, f)
	}
	info, err := os.Stat(dir)
	if err != nil {
		fail(dir, err)
		return
	}
	names := []string{dir}
	if info.IsDir() {
		names = yamlBelow(dir, fail)
	}
	if len(names) == 0 && len(broken) == 0 {
		fail(dir, errors.New("no .yaml or .yml file below this folder"))
	}
	for _, name := range names {
		if data, err := strict.ReadFile(name); err != nil {
			fail(name, err)
		} else {
			sources = append(sources, Source{name, data})
		}
	}
	return sources, broken
}

func yamlBelow(dir string, fail func(string, error)) (names []string) {
	root := dir + string(filepath.Separator) // so that a link to a folder is followed
	_ = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		hidden := name != root && strings.HasPrefix(d.Name(), ".")
		switch {
		case err != nil:
			fail(name, err)
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.IsDir() || hidden:
		case slices.Contains([]string{".yaml", ".yml"}, strings.ToLower(filepath.Ext(name))):
			names = append(names, name)
		}
		return nil
	})
	return names
}

// reason is the error without the path and the system call.
func reason(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "no such file or folder"
	}
	var inPath *fs.PathError
	if errors.As(err, &inPath) {
		return inPath.Err.Error()
	}
	return err.Error()
}
