package analyzer

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/keyvet/keyvet/analyzer/internal/cache"
	"github.com/keyvet/keyvet/analyzer/internal/kept"
	"github.com/keyvet/keyvet/analyzer/internal/prefilter"
	"github.com/keyvet/keyvet/analyzer/internal/stored"
	"github.com/keyvet/keyvet/analyzer/internal/wire"
	"github.com/keyvet/keyvet/analyzer/internal/witness"
	"github.com/keyvet/keyvet/analyzer/report"
)

// A Cache keeps on disk what scans find out, so that later ones need not. It changes no
// report: without it, or with a damaged one, all is worked out anew.
type Cache struct {
	store *cache.Store
	build string
}

// DefaultCacheLimit is how many bytes a cache holds unless told otherwise.
const DefaultCacheLimit = cache.DefaultLimit

// OpenCache makes a cache of a folder, which need not exist. It holds at most limit
// bytes; 0 stands for [DefaultCacheLimit].
func OpenCache(dir string, limit int64) *Cache {
	return &Cache{cache.Open(dir, limit), cache.Build()}
}

// Close removes what was not used for longest, if the cache is too large. The error is
// why something could not be kept; no report is wrong for it.
func (c *Cache) Close() error {
	if c == nil {
		return nil
	}
	c.store.Trim()
	return c.store.Problem()
}

// ClearCache removes all that the cache in a folder holds.
func ClearCache(dir string) error { return cache.Clear(dir) }

// CacheSize counts what the cache in a folder holds.
func CacheSize(dir string) (entries int, bytes int64) { return cache.Open(dir, 0).Size() }

// A Memo is the report of one scan, kept together with everything that the scan asked
// the file system. A nil Memo keeps nothing.
type Memo struct {
	cache   *Cache
	key     cache.Key
	witness *witness.Witness
}

// Memo begins a scan. The question is all that the report depends on besides files:
// options, rules, the day. The working directory, what the environment says about git,
// and the program itself are part of it anyway.
func (c *Cache) Memo(question ...string) *Memo {
	if c == nil {
		return nil
	}
	here, err := os.Getwd()
	if err == nil {
		here, err = filepath.EvalSymlinks(here)
	}
	if err != nil {
		return nil
	}
	parts := []string{"report", c.build, here, strconv.Itoa(os.Getuid())}
	for _, name := range []string{"HOME", "USERPROFILE", "XDG_CONFIG_HOME", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_GLOBAL"} {
		value, set := os.LookupEnv(name)
		parts = append(parts, value, strconv.FormatBool(set))
	}
	return &Memo{c, cache.NewKey(append(parts, question...)...), witness.New()}
}

// DependsOn takes down a file that the report depends on, by what it is, not by what
// it holds.
func (m *Memo) DependsOn(path string) { m.witnessOf().There(path) }

// Recall gives the report that a scan has kept, with the notes beside it, if all that
// it depends on is as it was.
func (m *Memo) Recall(workers int) (r *report.Report, notes []string, ok bool) {
	if m == nil {
		return nil, nil, false
	}
	content, ok := m.cache.store.Get(m.key)
	if !ok {
		return nil, nil, false
	}
	var memory witness.Memory
	r = new(report.Report)
	c := wire.NewReader(content)
	if codeMemo(c, &memory, r, &notes); c.Done() != nil {
		return nil, nil, false
	}
	holds, renewed := memory.Holds(workers)
	if holds && renewed {
		m.put(&memory, r, notes)
	}
	return r, notes, holds
}

// Keep keeps the report of the scan that the Memo was given to.
func (m *Memo) Keep(r *report.Report, notes []string) {
	if m != nil && m.witness.Sure() {
		m.put(m.witness.Memory(), r, notes)
	}
}

func (m *Memo) put(memory *witness.Memory, r *report.Report, notes []string) {
	c := wire.NewWriter()
	codeMemo(c, memory, r, &notes)
	if content, err := c.Written(); err == nil {
		m.cache.store.Put(m.key, content)
	}
}

func codeMemo(c *wire.Coder, memory *witness.Memory, r *report.Report, notes *[]string) {
	memory.Code(c)
	stored.Report(c, r)
	wire.Texts(c, notes)
}

// files recalls what is known of the files of a folder.
func (c *Cache) files(o Options, needles map[string]prefilter.Needles) *kept.Files {
	if c == nil {
		return nil
	}
	here, err := filepath.Abs(o.Base)
	if err != nil {
		return nil
	}
	w := o.Memo.witnessOf()
	if w == nil {
		w = witness.New()
	}
	return kept.Open(c.store, c.build, here, fmt.Sprint(needles), w) // Sprint puts maps in order
}

func (m *Memo) witnessOf() *witness.Witness {
	if m == nil {
		return nil
	}
	return m.witness
}
