// Package kept remembers from one scan to the next what is in files: what their bytes
// say at first sight, and the facts of those that were parsed.
//
// What is in a content is found by the content's digest, whatever the file is called
// and wherever it lies. That a file still has the content of that digest is known from
// its stamp (see package witness), so that it need not be read. Stamps that do not
// tell that for sure are not kept.
package kept

import (
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/keyvet/keyvet/analyzer/internal/cache"
	"github.com/keyvet/keyvet/analyzer/internal/stored"
	"github.com/keyvet/keyvet/analyzer/internal/wire"
	"github.com/keyvet/keyvet/analyzer/internal/witness"
	"github.com/keyvet/keyvet/languages"
)

// A Sight is what is known of a file without parsing it.
type Sight struct {
	Evidence uint8
	// Generated: its head says that a program wrote it. Evidence may be of that alone.
	Generated bool
	// Digest is that of the content; zero if it was not needed so far.
	Digest witness.Digest
}

// Files remembers the files of one folder. It may be used from several goroutines. A
// nil one remembers nothing.
type Files struct {
	store   *cache.Store
	build   string
	key     cache.Key // of the list
	witness *witness.Witness
	before  map[string]seen // read only

	mu      sync.Mutex
	now     map[string]seen
	learned bool
}

// seen is a file and the stamp by which it is recognized.
type seen struct {
	stamp witness.Stamp
	Sight
}

// Open recalls what is known of the files below a folder. Needles say what was looked
// for in them.
func Open(store *cache.Store, build, folder, needles string, w *witness.Witness) *Files {
	f := &Files{
		store: store, build: build, witness: w,
		key: cache.NewKey("files", build, folder, needles), now: make(map[string]seen),
	}
	if content, ok := store.Get(f.key); ok {
		var all []named
		c := wire.NewReader(content)
		if code(c, &all); c.Done() == nil {
			f.before = make(map[string]seen, len(all))
			for _, n := range all {
				f.before[n.path] = n.seen
			}
		}
	}
	return f
}

// Recall gives what is known of a file that has not changed, and the file's stamp.
func (f *Files) Recall(path string) (s Sight, stamp witness.Stamp, ok bool) {
	if f == nil {
		return s, stamp, false
	}
	known, ok := f.before[path]
	if !ok || witness.LookAt(path) != known.stamp {
		return s, stamp, false
	}
	f.witness.Settled(path, known.stamp)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now[path] = known
	return known.Sight, known.stamp, true
}

// Learn remembers what was found in a file that had a stamp when it was read.
func (f *Files) Learn(path string, stamp witness.Stamp, s Sight) {
	if f == nil || !f.witness.IsSettled(path, stamp) {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now[path] = seen{stamp, s}
	f.learned = true
}

// Digest digests a content.
func (f *Files) Digest(content []byte) (d witness.Digest) {
	if f == nil {
		return d
	}
	return sha256.Sum256(content)
}

// An Answer is what parsing a file came to. State is the reader's own.
type Answer struct {
	State uint8
	Facts *languages.File // nil if there are none
}

// A Question is what an answer depends on besides the content.
type Question struct {
	Language, Extension string
	// Options are those of the reader that bear on the answer.
	Options string
	Digest  witness.Digest
	Size    int64
}

func (f *Files) answerKey(q Question) cache.Key {
	return cache.NewKey("facts", f.build, q.Language, q.Extension, q.Options, string(q.Digest[:]), strconv.FormatInt(q.Size, 10))
}

// Answer gives what parsing a content came to. The facts name no path.
func (f *Files) Answer(q Question) (a Answer, ok bool) {
	if f == nil || q.Digest == (witness.Digest{}) {
		return a, false
	}
	content, ok := f.store.Get(f.answerKey(q))
	if !ok {
		return a, false
	}
	c := wire.NewReader(content)
	codeAnswer(c, &a, int(q.Size))
	return a, c.Done() == nil
}

// Answered remembers what parsing a content came to.
func (f *Files) Answered(q Question, a Answer) {
	if f == nil || q.Digest == (witness.Digest{}) {
		return
	}
	c := wire.NewWriter()
	codeAnswer(c, &a, int(q.Size))
	if content, err := c.Written(); err == nil {
		f.store.Put(f.answerKey(q), content)
	}
}

func codeAnswer(c *wire.Coder, a *Answer, size int) {
	wire.Number(c, &a.State)
	wire.Pointer(c, &a.Facts, func(c *wire.Coder, facts *languages.File) { stored.File(c, facts, size) })
}

// Save keeps the list, if there is something new in it. Files that the scan did not
// come across remain in it if the scan was one of a few files.
func (f *Files) Save() {
	if f == nil || !f.learned {
		return
	}
	if len(f.now) < len(f.before)/2 {
		for path, known := range f.before {
			if _, again := f.now[path]; !again {
				f.now[path] = known
			}
		}
	}
	all := make([]named, 0, len(f.now))
	for path, known := range f.now {
		all = append(all, named{path, known})
	}
	slices.SortFunc(all, func(a, b named) int { return strings.Compare(a.path, b.path) })
	c := wire.NewWriter()
	code(c, &all)
	if content, err := c.Written(); err == nil {
		f.store.Put(f.key, content)
	}
}

// named is an entry of the list.
type named struct {
	path string
	seen
}

func code(c *wire.Coder, all *[]named) {
	previous := ""
	wire.List(c, all, func(c *wire.Coder, n *named) {
		wire.Path(c, &n.path, &previous)
		n.stamp.Code(c)
		wire.Number(c, &n.Evidence)
		c.Bool(&n.Generated)
		digested := n.Digest != (witness.Digest{})
		if c.Bool(&digested); digested {
			c.Fixed(n.Digest[:])
		}
	})
}
