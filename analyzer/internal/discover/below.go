package discover

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/keyvet/keyvet/analyzer/internal/witness"
)

// errOutside is the answer for a link that leads where nobody asked us to look.
var errOutside = errors.New("a link that leads out of the scanned folder")

// ReadManifest reads a file that came with the tree and is named like [File.Rel]. A symbolic link in its path is
// followed only as far as it stays below base; for a file that lies outside of base, not at all. What is no regular file
// is refused, as is one of more than limit bytes: then the problem is worded. A file that is not there is nil and no
// problem, and so is a folder. The witness may be nil.
func ReadManifest(w *witness.Witness, base, rel string, limit int64) (data []byte, problem string) {
	data, err := readBelow(w, base, rel, limit)
	var large *TooLargeError
	switch {
	case err == nil, errors.Is(err, fs.ErrNotExist), errors.Is(err, errFolder), errors.Is(err, syscall.ENOTDIR):
		return data, ""
	case errors.As(err, &large):
		return nil, fmt.Sprintf("larger than %d MiB", limit>>20)
	}
	return nil, "cannot be read: " + cause(err).Error()
}

// ManifestNames lists the files of a folder that may hold manifests, nothing if it is none. Links are followed as in
// [ReadManifest].
func ManifestNames(w *witness.Witness, base, folder string) []string {
	return namesBelow(w, base, folder, false)
}

// ManifestFolders lists the folders of a folder, likewise.
func ManifestFolders(w *witness.Witness, base, folder string) []string {
	return namesBelow(w, base, folder, true)
}

func namesBelow(w *witness.Witness, base, folder string, folders bool) (names []string) {
	real, err := resolveBelow(w, base, folder)
	if err != nil {
		return nil
	}
	if info, err := os.Lstat(real); err != nil || !info.IsDir() { // to open a pipe would wait for its other end
		w.There(real)
		return nil
	}
	entries, err := w.ReadDir(real)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if e.IsDir() == folders {
			names = append(names, e.Name())
		}
	}
	return names
}

func readBelow(w *witness.Witness, base, rel string, limit int64) ([]byte, error) {
	real, err := resolveBelow(w, base, rel)
	if err != nil {
		return nil, err
	}
	return ReadNoted(w, real, nil, limit)
}

func resolveBelow(w *witness.Witness, base, rel string) (string, error) {
	name := Locate(base, rel)
	if _, err := os.Lstat(name); err != nil { // as for most names that are tried
		w.Unread(name, err)
		return "", err
	}
	real, err := filepath.EvalSymlinks(name)
	if err != nil || real != filepath.Clean(name) {
		w.Root(name)
	}
	if err == nil && real != filepath.Clean(name) && !isBelow(base, real) {
		err = errOutside
	}
	return real, err
}

// isBelow tells whether a path without links lies in a folder.
func isBelow(folder, path string) bool {
	real, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(real, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
