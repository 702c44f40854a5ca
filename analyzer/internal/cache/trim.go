package cache

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// usageFile holds how many bytes there are, and when they were counted.
const usageFile = "usage"

// recount is how long the sum is trusted: processes that end at the same time may each
// lose what the other has added.
const recount = time.Hour

// left is how much of the limit is in use after entries were removed.
const left = 0.8

// Trim removes entries if there are too many. It is called when a scan ends, and does
// next to nothing unless the scan has added something.
func (s *Store) Trim() {
	added := s.added.Swap(0)
	if added == 0 {
		return
	}
	bytes, counted := s.usage()
	if bytes += added; time.Since(counted).Abs() < recount && bytes <= s.limit {
		s.setUsage(bytes, counted)
		return
	}
	s.setUsage(s.remove(), time.Now())
}

func (s *Store) usage() (bytes int64, counted time.Time) {
	data, err := os.ReadFile(filepath.Join(s.dir, usageFile))
	if err != nil {
		return 0, time.Time{}
	}
	var seconds int64
	if n, err := fmt.Sscanf(string(data), "%d %d\n", &bytes, &seconds); n != 2 || err != nil || bytes < 0 {
		return 0, time.Time{}
	}
	return bytes, time.Unix(seconds, 0)
}

func (s *Store) setUsage(bytes int64, counted time.Time) {
	f, err := os.CreateTemp(s.dir, temporary+"*")
	if err != nil {
		return // the next one counts
	}
	_, err = fmt.Fprintf(f, "%d %d\n", bytes, counted.Unix())
	if f.Close() != nil || err != nil || os.Rename(f.Name(), filepath.Join(s.dir, usageFile)) != nil {
		_ = os.Remove(f.Name())
	}
}

// An entry is a file of the cache.
type entry struct {
	path string
	size int64
	used time.Time
}

// remove removes the entries that were not used for longest until the rest is well
// below the limit, and gives the size of that.
func (s *Store) remove() (bytes int64) {
	all, bytes := s.entries()
	if bytes <= s.limit {
		return bytes
	}
	slices.SortFunc(all, func(a, b entry) int { return a.used.Compare(b.used) })
	for _, e := range all {
		if bytes <= int64(float64(s.limit)*left) {
			break
		}
		if err := os.Remove(e.path); err == nil || os.IsNotExist(err) {
			bytes -= e.size
		}
	}
	return bytes
}

// abandoned is how old a file is that somebody began to write and did not finish.
const abandoned = time.Hour

// entries lists what is in the cache. It only looks at files that are named like
// entries: the folder may be one that somebody gave by mistake.
func (s *Store) entries() (all []entry, bytes int64) {
	for _, folder := range readDir(s.dir) {
		if !folder.IsDir() || len(folder.Name()) != 2 || !isHex(folder.Name()) {
			continue
		}
		for _, file := range readDir(filepath.Join(s.dir, folder.Name())) {
			path := filepath.Join(s.dir, folder.Name(), file.Name())
			info, err := file.Info()
			switch {
			case err != nil || !info.Mode().IsRegular():
			case strings.HasPrefix(file.Name(), temporary) && time.Since(info.ModTime()) > abandoned:
				_ = os.Remove(path)
			case len(file.Name()) == 2*len(Key{})-2 && isHex(file.Name()):
				all = append(all, entry{path, info.Size(), info.ModTime()})
				bytes += info.Size()
			}
		}
	}
	return all, bytes
}

func readDir(path string) []fs.DirEntry {
	entries, _ := os.ReadDir(path) // what cannot be read has no entries
	return entries
}

func isHex(s string) bool { return strings.Trim(s, "0123456789abcdef") == "" }

// Size is how many entries there are, and how many bytes they take.
func (s *Store) Size() (entries int, bytes int64) {
	all, bytes := s.entries()
	return len(all), bytes
}

// folderPrefix begins the names of the folders for entries.
const folderPrefix = "keyvet-"

// Clear removes all entries, of this version and of others, and nothing else: the
// folder may be one that somebody gave by mistake.
func Clear(dir string) error {
	var failed error
	for _, e := range readDir(dir) {
		number, ours := strings.CutPrefix(e.Name(), folderPrefix)
		if !e.IsDir() || !ours || number == "" || strings.Trim(number, "0123456789") != "" {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); failed == nil {
			failed = err
		}
	}
	return failed
}
