package discover

import (
	"errors"
	"io/fs"
)

const (
	gitIgnoreFile = ".gitignore"
	ownIgnoreFile = ".keyvetignore"

	// maxIgnoreFile keeps a hostile ignore file from filling the memory.
	maxIgnoreFile = 16 << 20
)

// rules are the ignore files that hold in a folder.
type rules struct {
	git, own *scope
	inGit    bool
	fold     bool // core.ignorecase
}

// ignores asks our own files first.
func (rs rules) ignores(abs []byte, dir bool) bool {
	v := rs.own.match(abs, dir)
	if v == unsaid {
		v = rs.git.match(abs, dir)
	}
	return v == ignored
}

// enterRepository forgets the git rules of the repository around.
func (rs rules) enterRepository(w *worker, r repository) rules {
	rs.inGit = true
	rs.git, rs.fold = r.scope(w.ignoreFileFailed)
	return rs
}

// enter adds the ignore files of a folder that are, or may be, there.
func (rs rules) enter(w *worker, folder string, git, own bool) rules {
	if git && rs.inGit {
		rs.git = rs.git.with(w.ignoreFile(folder+"/"+gitIgnoreFile, rs.fold), folder)
	}
	if own {
		rs.own = rs.own.with(w.ignoreFile(folder+"/"+ownIgnoreFile, rs.fold), folder)
	}
	return rs
}

// ignoreFile is nil if there is none. Like git it follows no link here: the file came with the tree.
func (w *worker) ignoreFile(abs string, fold bool) *ignoreList {
	src, err := ReadNoted(w.Witness, w.open(abs), w.buffer, maxIgnoreFile)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, errFolder) {
			w.ignoreFileFailed(abs, err)
		}
		return nil
	}
	w.buffer = src[:0] // patterns are copied out of it
	return parseIgnore(src, fold)
}

func (w *worker) ignoreFileFailed(abs string, err error) {
	w.skipped = append(w.skipped, Skip{w.rel(abs), "ignore file not read: " + cause(err).Error()})
}
