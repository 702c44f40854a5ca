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

// A Tree is where manifests are read: files that came with what is scanned. They are named like [File.Rel].
type Tree struct {
	Base    string
	Seen    Seen // by a walk; the system is asked only for the rest
	Witness *witness.Witness
}

// Read reads a file. A symbolic link in its path is followed only as far as it stays below the base; for a file that
// lies outside of the base, not at all. What is no regular file is refused, as is one of more than limit bytes: then the
// problem is worded. A file that is not there is nil and no problem, and so is a folder.
func (t Tree) Read(rel string, limit int64) (data []byte, problem string) {
	data, err := t.read(rel, limit)
	var large *TooLargeError
	switch {
	case err == nil, errors.Is(err, fs.ErrNotExist), errors.Is(err, errFolder), errors.Is(err, syscall.ENOTDIR):
		return data, ""
	case errors.As(err, &large):
		return nil, fmt.Sprintf("larger than %d MiB", limit>>20)
	}
	return nil, "cannot be read: " + cause(err).Error()
}

// Names lists the files of a folder, sorted, nothing if it is none. Links are followed as by Read.
func (t Tree) Names(folder string) []string { return t.list(folder, false) }

// Folders lists the folders of a folder, likewise.
func (t Tree) Folders(folder string) []string { return t.list(folder, true) }

func (t Tree) list(folder string, folders bool) (names []string) {
	if names, known := t.Seen.list(folder, folders); known || t.Seen.at(folder) == seenNothing {
		return names
	}
	real, err := t.resolve(folder)
	if err != nil {
		return nil
	}
	if info, err := os.Lstat(real); err != nil || !info.IsDir() { // to open a pipe would wait for its other end
		t.Witness.There(real)
		return nil
	}
	entries, err := t.Witness.ReadDir(real)
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

func (t Tree) read(rel string, limit int64) ([]byte, error) {
	switch t.Seen.at(rel) {
	case seenNothing: // as with most names that are tried
		return nil, nil
	case seenFile:
		return ReadNoted(t.Witness, Locate(t.Base, rel), nil, limit)
	}
	real, err := t.resolve(rel)
	if err != nil {
		return nil, err
	}
	return ReadNoted(t.Witness, real, nil, limit)
}

func (t Tree) resolve(rel string) (string, error) {
	name := Locate(t.Base, rel)
	if _, err := os.Lstat(name); err != nil {
		t.Witness.Unread(name, err)
		return "", err
	}
	real, err := filepath.EvalSymlinks(name)
	if err != nil || real != filepath.Clean(name) {
		t.Witness.Root(name)
	}
	if err == nil && real != filepath.Clean(name) && !isBelow(t.Base, real) {
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
