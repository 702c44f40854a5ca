// Package witness takes down what a scan asks the file system and what it is told, so
// that a later scan can find out whether it would be told the same.
//
// It knows nothing of what the answers are for. Nothing is taken on trust that it has
// not seen itself: who reads a file past it must say so, by Unsure.
//
// # When a file counts as unchanged
//
// A [Stamp] is what the system says of a file without reading it: size, times, inode,
// device. A file whose stamp is the same is taken to be the same only if the stamp was
// settled when the file was read. Otherwise a digest of the content is kept with it,
// and the content is read and compared. A stamp is settled if
//
//   - its file system is known to keep inodes and their times on this machine: on any
//     other (network file systems may answer from memory, FAT has neither) content
//     alone decides;
//   - both its times are older than the reading, by more than any such file system's
//     granularity. This is git's rule for "racily clean" files: a file that is changed
//     once more within the tick of its last change keeps its times. It also holds for
//     times in the future, of a clock that was wrong.
//
// The second time is that of the last change of the inode (ctime), which no program can
// set: `touch -r` and `cp -p` bring back the first one only. What goes unseen is a clock
// that was set back by hand and hits the same nanosecond with the same size, and a
// write through a memory map that was dirty before the file was read; git and make do
// not see these either.
package witness

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/keyvet/keyvet/analyzer/internal/wire"
)

// A Digest is a SHA-256 of a content, or of the list of names in a folder.
type Digest [sha256.Size]byte

// An input is one question to the file system and its answer.
type input struct {
	path   string
	kind   question
	stamp  Stamp
	sealed bool // content decides, by digest
	digest Digest
}

// A question is what was asked of a path.
type question uint8

const (
	askFile   question = iota // content; links are not followed
	askHead                   // its first bytes
	askFolder                 // names of what is in it
	askThere                  // whether there is anything, and what kind of thing
	askRoot                   // what a path leads to, whatever that holds
	questions
)

// A Witness takes notes. A nil one takes none and reads all the same. It may be used
// from several goroutines.
type Witness struct {
	began   time.Time
	systems systems
	mu      sync.Mutex
	inputs  []input
	unsure  bool
}

// New makes a Witness of a scan that begins now.
func New() *Witness { return &Witness{began: time.Now()} }

// BeginAt makes the scan begin at another time, for tests: what was written long before
// is settled.
func (w *Witness) BeginAt(t time.Time) { w.began = t }

// Unsure says that the scan depends on something that nobody took down.
func (w *Witness) Unsure() {
	if w != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.unsure = true
	}
}

// Sure tells whether all that the scan depends on was taken down.
func (w *Witness) Sure() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.unsure
}

func (w *Witness) note(i input) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inputs = append(w.inputs, i)
}

// File takes down the content of a file whose stamp was taken when it was opened.
func (w *Witness) File(path string, stamp Stamp, content []byte) {
	if w == nil {
		return
	}
	in := input{path: path, kind: askFile, stamp: stamp}
	if !w.systems.settled(path, stamp, w.began) {
		in.sealed, in.digest = true, sha256.Sum256(content)
	}
	w.note(in)
}

// IsSettled tells whether a file that was read has a stamp by which it can be recognized.
func (w *Witness) IsSettled(path string, stamp Stamp) bool {
	return w != nil && w.systems.settled(path, stamp, w.began)
}

// Settled takes down a file that was not read, for its stamp is a settled one that is
// known from before.
func (w *Witness) Settled(path string, stamp Stamp) {
	if w != nil {
		w.note(input{path: path, kind: askFile, stamp: stamp})
	}
}

// Unread takes down a file that could not be read. If it is not there, that is an
// answer; anything else may be different the next time for no reason to be seen.
func (w *Witness) Unread(path string, err error) {
	switch {
	case w == nil:
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
		w.There(path)
	default:
		w.Unsure()
	}
}

// HeadBytes is how many bytes of a file Head speaks of.
const HeadBytes = 256

// Head takes down the beginning of a file, before it is read.
func (w *Witness) Head(path string) {
	if w == nil {
		return
	}
	in := input{path: path, kind: askHead, stamp: look(path, false)}
	if in.stamp.kind != file {
		w.Unsure() // it was one a moment ago
		return
	}
	if !w.systems.settled(path, in.stamp, w.began) {
		digest, err := head(path)
		if err != nil {
			w.Unsure()
		}
		in.sealed, in.digest = true, digest
	}
	w.note(in)
}

func head(path string) (Digest, error) {
	f, err := os.Open(path)
	if err != nil {
		return Digest{}, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, HeadBytes))
	return sha256.Sum256(data), err
}

// Root takes down which file or folder a path leads to.
func (w *Witness) Root(path string) {
	if w == nil {
		return
	}
	in := input{path: path, kind: askRoot, stamp: look(path, true)}
	if in.stamp.kind == absent && look(path, false).kind == absent {
		in.kind = askThere // not even a link that leads nowhere
	}
	w.note(in)
}

// There takes down whether there is something at a path, as Lstat sees it.
func (w *Witness) There(path string) {
	if w != nil {
		w.note(input{path: path, kind: askThere, stamp: look(path, false)})
	}
}

// BeforeFolder gives what Folder wants, before a folder is read.
func (w *Witness) BeforeFolder(path string) Stamp {
	if w == nil {
		return Stamp{}
	}
	return look(path, false)
}

// Folder takes down what is in a folder.
func (w *Witness) Folder(path string, before Stamp) {
	if w == nil {
		return
	}
	in := input{path: path, kind: askFolder, stamp: before}
	if before.kind != absent && !w.systems.settled(path, before, w.began) {
		digest, err := listing(path)
		if err != nil {
			w.Unsure()
		}
		if after := look(path, false); after != before {
			w.Unsure() // it changed meanwhile
		}
		in.sealed, in.digest = true, digest
	}
	w.note(in)
}

// listing digests the names in a folder and what kinds of things they are.
func listing(path string) (Digest, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return Digest{}, err
	}
	hash := sha256.New()
	for _, e := range entries {
		hash.Write([]byte(e.Name()))
		hash.Write([]byte{0, byte(e.Type() >> 24), byte(e.Type() >> 16)})
	}
	return Digest(hash.Sum(nil)), nil
}

// ReadDir is os.ReadDir.
func (w *Witness) ReadDir(path string) ([]os.DirEntry, error) {
	w.Folder(path, w.BeforeFolder(path))
	return os.ReadDir(path)
}

// A Memory is what a scan saw, to be compared with what there is now.
type Memory struct{ inputs []input }

// Memory gives what was taken down so far, by path. That something is not there needs
// no place of its own if the folder around was looked at.
func (w *Witness) Memory() *Memory {
	w.mu.Lock()
	defer w.mu.Unlock()
	folders := make(map[string]bool)
	for i := range w.inputs {
		if w.inputs[i].kind == askFolder && w.inputs[i].stamp.kind != absent {
			folders[w.inputs[i].path] = true
		}
	}
	all := make([]input, 0, len(w.inputs))
	for _, in := range w.inputs {
		if in.kind != askThere || in.stamp.kind != absent || !folders[filepath.Dir(in.path)] {
			all = append(all, in)
		}
	}
	slices.SortFunc(all, func(a, b input) int {
		if order := strings.Compare(a.path, b.path); order != 0 {
			return order
		}
		return int(a.kind) - int(b.kind)
	})
	return &Memory{slices.CompactFunc(all, func(a, b input) bool { return a == b })}
}

// Holds tells whether all is as it was. It asks the system with several goroutines.
// Renewed says that content had to be compared that need not be the next time: the
// memory has been made so.
func (m *Memory) Holds(workers int) (holds, renewed bool) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return m.holdsAt(time.Now(), workers)
}

func (m *Memory) holdsAt(now time.Time, workers int) (holds, renewed bool) {
	order := m.likeliest()
	var changed, again atomic.Bool
	var next atomic.Int64
	var here systems
	var wait sync.WaitGroup
	for range max(1, min(workers, len(m.inputs)/minShare)) {
		wait.Go(func() {
			for !changed.Load() {
				from := int(next.Add(share)) - share
				if from >= len(m.inputs) {
					return
				}
				for _, i := range order[from:min(from+share, len(order))] {
					same, fresh := m.inputs[i].holds(now, &here)
					if !same {
						changed.Store(true)
						return
					}
					if fresh {
						again.Store(true)
					}
				}
			}
		})
	}
	wait.Wait()
	return !changed.Load(), again.Load()
}

// likeliest gives the order in which inputs are asked for: those first that were changed
// just before they were read, for these are being worked at.
func (m *Memory) likeliest() []int32 {
	order := make([]int32, 0, len(m.inputs))
	for _, sealed := range []bool{true, false} {
		for i := range m.inputs {
			if m.inputs[i].sealed == sealed {
				order = append(order, int32(i))
			}
		}
	}
	return order
}

// How many inputs a goroutine takes at a time, and how many are worth one.
const (
	share    = 128
	minShare = 256
)

// holds compares an input with what there is. Fresh: it was read again, and is
// settled now.
func (in *input) holds(now time.Time, here *systems) (same, fresh bool) {
	stamp := look(in.path, in.kind == askRoot)
	if in.kind == askRoot {
		return stamp.kind == in.stamp.kind && stamp.inode == in.stamp.inode && stamp.device == in.stamp.device, false
	}
	if in.kind == askThere || stamp.kind == absent || in.stamp.kind == absent {
		return stamp.kind == in.stamp.kind, false
	}
	if !in.sealed {
		return stamp == in.stamp, false
	}
	if stamp.kind != in.stamp.kind {
		return false, false
	}
	var digest Digest
	var err error
	switch in.kind {
	case askFolder:
		digest, err = listing(in.path)
	case askHead:
		digest, err = head(in.path)
	default:
		digest, err = content(in.path, stamp)
	}
	if err != nil || digest != in.digest {
		return false, false
	}
	if here.settled(in.path, stamp, now) {
		in.stamp, in.sealed, fresh = stamp, false, true
	}
	return true, fresh
}

func content(path string, stamp Stamp) (Digest, error) {
	if stamp.kind != file {
		return Digest{}, os.ErrInvalid
	}
	data, err := os.ReadFile(path)
	return sha256.Sum256(data), err
}

// Code writes or reads a memory.
func (m *Memory) Code(c *wire.Coder) {
	previous := ""
	wire.List(c, &m.inputs, func(c *wire.Coder, in *input) {
		wire.Path(c, &in.path, &previous)
		wire.Number(c, &in.kind)
		in.stamp.Code(c)
		if c.Bool(&in.sealed); in.sealed {
			c.Fixed(in.digest[:])
		}
		if in.kind >= questions {
			c.Fail()
		}
	})
}
