package cache

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func key(n int) Key { return NewKey("test", fmt.Sprint(n)) }

func put(t *testing.T, s *Store, k Key, content string) {
	t.Helper()
	if s.Put(k, []byte(content)); s.Problem() != nil {
		t.Fatal(s.Problem())
	}
}

func TestKeysDiffer(t *testing.T) {
	seen := make(map[Key]bool)
	for _, parts := range [][]string{{}, {""}, {"", ""}, {"a", "b"}, {"ab"}, {"ab", ""}, {"", "ab"}} {
		k := NewKey(parts...)
		if seen[k] {
			t.Errorf("%q has the key of another", parts)
		}
		seen[k] = true
	}
}

func TestPutAndGet(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there", "yet")
	for _, content := range []string{"", "x", strings.Repeat("long ", 1e5)} {
		put(t, Open(dir, 0), key(1), content)
		if got, ok := Open(dir, 0).Get(key(1)); got != content || !ok {
			t.Errorf("%d bytes, %v, want %d", len(got), ok, len(content))
		}
	}
	if _, ok := Open(dir, 0).Get(key(2)); ok {
		t.Error("got what was not put")
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may look into it: %v, %v", info.Mode(), err)
	}
}

// TestDamage: whatever is done to an entry, it is a miss.
func TestDamage(t *testing.T) {
	s := Open(t.TempDir(), 0)
	put(t, s, key(1), "the content")
	put(t, s, key(2), "another content")
	path := s.path(key(1))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		flipped := append([]byte(nil), whole...)
		flipped[n] ^= 1
		for what, data := range map[string][]byte{"cut off": whole[:n], "one bit flipped": flipped} {
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			if got, ok := s.Get(key(1)); ok {
				t.Fatalf("%s at %d: got %q", what, n, got)
			}
		}
	}
	for what, replace := range map[string]func() error{
		"longer":             func() error { return os.WriteFile(path, append(whole, 0), 0o600) },
		"that of another":    func() error { return os.Link(s.path(key(2)), path) },
		"a folder":           func() error { return os.Mkdir(path, 0o700) },
		"a link":             func() error { return os.Symlink(s.path(key(2)), path) },
		"a link that closes": func() error { return os.Symlink(path, path) },
		"gone":               func() error { return nil },
	} {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		if err := replace(); err != nil {
			t.Fatal(err)
		}
		if got, ok := s.Get(key(1)); ok {
			t.Errorf("%s: got %q", what, got)
		}
	}
}

// TestUnwritable: the first failure is remembered, and everything else goes on.
func TestUnwritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := Open(filepath.Join(file, "cache"), 0)
	s.Put(key(1), []byte("x"))
	s.Put(key(2), []byte("x"))
	if s.Problem() == nil {
		t.Error("there should be a problem")
	}
	if _, ok := s.Get(key(1)); ok {
		t.Error("got what could not be put")
	}
	s.Trim()
}

// TestLimit: what was used last remains.
func TestLimit(t *testing.T) {
	const size = 1000
	dir := t.TempDir()
	s := Open(dir, 10*(size+32))
	content := strings.Repeat("x", size)
	for n := range 10 {
		put(t, s, key(n), content)
		old := time.Now().Add(time.Duration(n-100) * time.Hour)
		if err := os.Chtimes(s.path(key(n)), old, old); err != nil {
			t.Fatal(err)
		}
	}
	s.Trim()
	if entries, bytes := s.Size(); entries != 10 || bytes != 10*(size+32) {
		t.Fatalf("%d entries, %d bytes: nothing should be removed yet", entries, bytes)
	}
	if _, ok := s.Get(key(0)); !ok { // the oldest, which is used now
		t.Fatal("it is not there")
	}
	put(t, s, key(10), content)
	s.Trim()
	if entries, bytes := s.Size(); entries != 8 || bytes > s.limit {
		t.Errorf("%d entries, %d bytes, want 8 entries", entries, bytes)
	}
	for n, want := range []bool{true, false, false, false, true, true, true, true, true, true, true} {
		if _, ok := s.Get(key(n)); ok != want {
			t.Errorf("entry %d: %v, want %v", n, ok, want)
		}
	}
	s.Put(key(11), []byte(strings.Repeat("x", 20*size)))
	if _, ok := s.Get(key(11)); ok {
		t.Error("an entry over the limit was kept")
	}
}

// TestUsageIsRepaired: the sum that spares counting may be wrong or gone.
func TestUsageIsRepaired(t *testing.T) {
	for _, usage := range []string{"", "x", "5", "-5 99999999999\n", "0 0\n", "99999999999999999999 1\n", "900000000000 9999999999\n"} {
		dir := t.TempDir()
		s := Open(dir, 100)
		for n := range 5 {
			put(t, s, key(n), "0123456789")
		}
		if err := os.WriteFile(filepath.Join(s.dir, usageFile), []byte(usage), 0o600); err != nil {
			t.Fatal(err)
		}
		s.Trim()
		if _, bytes := s.Size(); bytes > 100 {
			t.Errorf("usage %q: %d bytes", usage, bytes)
		}
	}
}

// TestOthersFilesStay: the folder may be one that was given by mistake.
func TestOthersFilesStay(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir, 1)
	mine := []string{"keep.txt", "keyvet-1/ab/keep.txt", "keyvet-x/keep.txt", "v1/keep.txt", "keyvet-1/zz/" + strings.Repeat("0", 62)}
	for _, name := range mine {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.added.Store(1)
	s.Trim()
	for _, name := range mine {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
	if err := Clear(dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"keep.txt", "keyvet-x/keep.txt", "v1/keep.txt"} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
}

// TestAbandoned: what a process that was killed left behind goes with the next count.
func TestAbandoned(t *testing.T) {
	s := Open(t.TempDir(), 0)
	put(t, s, key(1), "x")
	path := filepath.Join(filepath.Dir(s.path(key(1))), temporary+"1")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.entries()
	if _, err := os.Stat(path); err != nil {
		t.Error("it may still be written")
	}
	old := time.Now().Add(-2 * abandoned)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	s.entries()
	if _, err := os.Stat(path); err == nil {
		t.Error("it is still there")
	}
}

// TestSideBySide: several writers of few keys, with a limit that removes what others
// read. A reader gets nothing or a whole entry.
func TestSideBySide(t *testing.T) {
	dir := t.TempDir()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			s := Open(dir, 5000)
			for i := range 40 {
				n := i % 7
				s.Put(key(n), []byte(strings.Repeat(fmt.Sprint(n), 500)))
				if got, ok := s.Get(key((n + 3) % 7)); ok && got != strings.Repeat(fmt.Sprint((n+3)%7), 500) {
					t.Errorf("got %.20q", got)
				}
				s.Trim()
			}
			if s.Problem() != nil {
				t.Error(s.Problem())
			}
		})
	}
	wait.Wait()
}
