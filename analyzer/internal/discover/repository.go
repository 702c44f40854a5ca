package discover

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/keyvet/keyvet/analyzer/internal/witness"
)

// A repository is a git working tree. Paths have slashes and no slash at the end, so that the root
// of the file system is "".
type repository struct {
	top       string // of the working tree
	gitDir    string // .git, or where a .git file of a worktree or submodule leads
	commonDir string // what a worktree shares with its main repository

	witness *witness.Witness
}

// openRepository finds out whether folder is the top of a working tree.
func openRepository(w *witness.Witness, folder string) (repository, bool) {
	r := repository{top: folder, gitDir: folder + "/.git", witness: w}
	w.Root(r.gitDir)
	info, err := os.Stat(r.gitDir)
	if err != nil {
		return r, false
	}
	if !info.IsDir() {
		src, err := readSmall(w, r.gitDir)
		to, ok := strings.CutPrefix(string(src), "gitdir: ")
		if err != nil || !ok {
			return r, false
		}
		r.gitDir = under(folder, strings.TrimRight(to, "\r\n"))
	}
	r.commonDir = r.gitDir
	if src, err := readSmall(w, r.gitDir+"/commondir"); err == nil {
		r.commonDir = under(r.gitDir, strings.TrimRight(string(src), "\r\n"))
	}
	return r, r.exists(r.gitDir+"/HEAD") && r.exists(r.commonDir+"/objects") && r.exists(r.commonDir+"/refs")
}

// under resolves a name as seen from folder.
func under(folder, name string) string {
	name = filepath.ToSlash(name)
	if filepath.IsAbs(name) {
		return path.Clean(name)
	}
	return path.Clean(folder + "/" + name)
}

func (r repository) exists(name string) bool {
	r.witness.There(name)
	_, err := os.Lstat(name) // HEAD was once a symbolic link, to a branch that need not exist
	return err == nil
}

// scope is the end of the chain: the user's own ignore file, and above it .git/info/exclude.
func (r repository) scope(fail func(file string, err error)) (*scope, bool) {
	config := readGitConfig(r)
	var s *scope
	for _, file := range []string{config.excludesFile, r.commonDir + "/info/exclude"} {
		if file == "" || file == os.DevNull {
			continue
		}
		src, err := readSmall(r.witness, file)
		switch {
		case err == nil:
			s = s.with(parseIgnore(src, config.ignoreCase), r.top)
		case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
		case file == config.excludesFile && !config.excludesFileSet:
			// In a container the default place is often another user's home, closed to us.
		default:
			fail(file, err)
		}
	}
	return s, config.ignoreCase
}

// readSmall reads a file of settings, through symbolic links; unlike an ignore file in the tree it
// is the user's own.
func readSmall(w *witness.Witness, file string) ([]byte, error) {
	w.Root(file)
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	return ReadNoted(w, filepath.FromSlash(file), nil, maxIgnoreFile)
}
