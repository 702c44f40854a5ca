package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// Find gives the path of the configuration that holds for the files and folders
// to be scanned, or "". From each of them it goes upwards and takes the first
// keyvet.yaml; it never leaves the repository. Outside of one it goes up to the
// working directory at most: what lies further up may be anybody's.
func Find(roots []string) (string, error) {
	cwd, err := os.Getwd()
	if err == nil {
		cwd, err = filepath.EvalSymlinks(cwd)
	}
	if err != nil {
		return "", err
	}
	found, asked := "", map[string]bool{}
	for _, root := range roots {
		dir, ok := folderOf(root)
		if !ok || asked[dir] {
			continue // a root that is not there is reported by who scans it
		}
		asked[dir] = true
		file, err := upwards(dir, cwd)
		switch {
		case err != nil:
			return "", err
		case file == "":
		case found != "" && found != file:
			return "", fmt.Errorf("the paths to scan belong to two configurations, %q and %q; scan them one at a time, or name one with --config",
				shortest(found, cwd), shortest(file, cwd))
		default:
			found = file
		}
	}
	return shortest(found, cwd), nil
}

func folderOf(root string) (string, bool) {
	abs, err := filepath.Abs(root)
	if err != nil || root == "" {
		return "", false
	}
	real, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return "", false
	}
	info, err := os.Stat(real)
	if err != nil {
		return "", false
	}
	if !info.IsDir() {
		real = filepath.Dir(real)
	}
	return real, true
}

// Above gives the path of the configuration that holds for a folder, or "". It
// looks in the folder and those above, but never leaves the repository; outside
// of one it looks in the folder alone. Tried are all paths at which a file would
// change the answer.
func Above(dir string) (file string, tried []string, err error) {
	dir, err = filepath.Abs(dir)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return "", nil, err
	}
	return nearest(dir, cmp.Or(repository(dir), dir), "")
}

func upwards(dir, cwd string) (string, error) {
	top := repository(dir)
	switch {
	case top != "":
	case within(cwd, dir):
		top = cwd
	default:
		top = dir
	}
	file, _, err := nearest(dir, top, cwd)
	return file, err
}

// nearest looks in a folder and those above, up to the top.
func nearest(dir, top, cwd string) (file string, tried []string, err error) {
	for ; ; dir = filepath.Dir(dir) {
		file := filepath.Join(dir, Name)
		tried = append(tried, file)
		real, err := filepath.EvalSymlinks(file)
		switch {
		case err == nil && !within(top, real):
			return "", tried, fmt.Errorf("the configuration %q is a link that leads out of the repository; name it with --config if that is right", shortest(file, cwd))
		case err == nil:
			return file, tried, nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", tried, fmt.Errorf("cannot read the configuration %q: %w", shortest(file, cwd), cause(err))
		}
		if dir == top || filepath.Dir(dir) == dir {
			return "", tried, nil
		}
	}
}

// repository gives the top folder of the git working tree around a folder, or "".
func repository(dir string) string {
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			return ""
		}
	}
}

// within tells whether a path is a folder or lies in it.
func within(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// shortest names a path as people do.
func shortest(path, cwd string) string {
	if rel, err := filepath.Rel(cwd, path); path != "" && err == nil && len(rel) < len(path) {
		return rel
	}
	return path
}

func place(file string, n *strict.Node) string { return fmt.Sprintf("%s:%d", file, n.Line) }

// cause leaves out the path and the system call.
func cause(err error) error {
	var inPath *fs.PathError
	if errors.As(err, &inPath) {
		return inPath.Err
	}
	return err
}
