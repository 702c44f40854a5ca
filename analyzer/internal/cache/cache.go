// Package cache keeps on disk what was costly to find out, by a key that names all
// that it depends on.
//
// It does not know what it keeps. Nothing in it is needed: an entry that is missing,
// cut off, changed or of another version is a miss, and so is a folder that cannot be
// written. Nor is anything in it trusted: each entry carries a digest of its key and
// content, and who reads it must not rely on its form.
//
// Processes may use one folder at the same time without locks: an entry is written
// under another name and renamed, and never changed. When the folder holds more than
// its limit, the entries that were not used for longest are removed.
package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
)

// DefaultLimit is how many bytes a cache holds if nobody says.
const DefaultLimit = 512 << 20

// maxEntry bounds an entry, in bytes.
const maxEntry = 256 << 20

// version is the folder for entries of this form, in the cache's folder.
const version = folderPrefix + "1"

// A Key names an entry.
type Key [sha256.Size]byte

// NewKey makes a key of everything that an entry depends on.
func NewKey(parts ...string) Key {
	hash := sha256.New()
	var length [8]byte
	for _, part := range parts {
		binary.LittleEndian.PutUint64(length[:], uint64(len(part)))
		hash.Write(length[:])
		hash.Write([]byte(part))
	}
	return Key(hash.Sum(nil))
}

// A Store is a folder of entries. It may be used from several goroutines.
type Store struct {
	dir   string // of this version
	limit int64

	added   atomic.Int64 // bytes
	mu      sync.Mutex
	problem error
}

// Open makes a Store of a folder, which need not exist yet. A limit of 0 is the
// default.
func Open(dir string, limit int64) *Store {
	if limit <= 0 {
		limit = DefaultLimit
	}
	return &Store{dir: filepath.Join(dir, version), limit: limit}
}

func (s *Store) path(k Key) string {
	name := hex.EncodeToString(k[:])
	return filepath.Join(s.dir, name[:2], name[2:])
}

// used is after how long the use of an entry is noted again.
const used = time.Hour

// Get gives an entry.
func (s *Store) Get(k Key) (content string, ok bool) {
	path := s.path(k)
	data, err := discover.Read(path, nil, maxEntry)
	if err != nil || len(data) < sha256.Size {
		return "", false
	}
	content = string(data[sha256.Size:])
	if Key(data[:sha256.Size]) != sum(k, content) {
		return "", false
	}
	if info, err := os.Lstat(path); err == nil && time.Since(info.ModTime()).Abs() > used {
		now := time.Now()
		_ = os.Chtimes(path, now, now) // else it is removed sooner
	}
	return content, true
}

// sum is the digest that an entry begins with.
func sum(k Key, content string) Key { return NewKey(string(k[:]), content) }

// Put keeps an entry. Whether it could be written is asked with Problem.
func (s *Store) Put(k Key, content []byte) {
	if len(content) > maxEntry-sha256.Size || int64(len(content)) > s.limit {
		return
	}
	path := s.path(k)
	if err := s.write(path, sum(k, string(content)), content); err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.problem == nil {
			s.problem = err
		}
		return
	}
	s.added.Add(int64(len(content)) + sha256.Size)
}

// Problem is the first reason for which an entry could not be written, if any.
func (s *Store) Problem() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.problem
}

func (s *Store) write(path string, digest Key, content []byte) error {
	if s.Problem() != nil {
		return s.Problem() // a full disk is full for the next entry, too
	}
	f, err := os.CreateTemp(filepath.Dir(path), temporary+"*")
	if os.IsNotExist(err) {
		if err = s.create(filepath.Dir(path)); err == nil {
			f, err = os.CreateTemp(filepath.Dir(path), temporary+"*")
		}
	}
	if err != nil {
		return err
	}
	_, err = f.Write(digest[:])
	if err == nil {
		_, err = f.Write(content)
	}
	if failed := f.Close(); err == nil {
		err = failed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // best effort: Trim removes it later
	}
	return err
}

// temporary begins the names of entries that are being written.
const temporary = "tmp-"

// create makes a folder for entries, and marks the cache as one: for programs that
// make backups, for git, and for keyvet itself.
func (s *Store) create(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for name, text := range map[string]string{
		"CACHEDIR.TAG":  "Signature: 8a477f597d28d172789f06886806bc55\n# This is keyvet's cache. It may be removed at any time.\n",
		".gitignore":    "*\n",
		".keyvetignore": "*\n", // should it lie in what is scanned
	} {
		f, err := os.OpenFile(filepath.Join(filepath.Dir(s.dir), name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			continue // it is there, or will not be missed
		}
		_, _ = f.WriteString(text)
		_ = f.Close()
	}
	return nil
}
