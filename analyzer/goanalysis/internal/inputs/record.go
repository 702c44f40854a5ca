package inputs

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// An Input is something that an answer was made from.
type Input struct {
	// Path is absolute: a file, or a folder for all that is below it.
	Path string `json:"path,omitempty"`
	// Digest is that of the content that was seen first.
	Digest string `json:"digest,omitempty"`
	// Module is the folder of the module whose packages look at the path; empty
	// for any. A module that is gone asks no more.
	Module string `json:"module,omitempty"`
	// Until is a day ("2027-01-31") after which the answer may be another one.
	Until string `json:"until,omitempty"`
}

func (i Input) key() string {
	sum := sha256.Sum256([]byte(i.Path + "\x00" + i.Module + "\x00" + i.Until))
	return hex.EncodeToString(sum[:])
}

// changed words how an input differs from what was seen first, "" if it does not.
func (i Input) changed(today string) string {
	if i.Until != "" {
		if today > i.Until {
			return "after " + i.Until
		}
		return ""
	}
	if i.Module != "" {
		if _, err := os.Stat(filepath.Join(i.Module, "go.mod")); err != nil {
			return ""
		}
	}
	if now := Digest(i.Path); now != i.Digest {
		return i.Path + " " + now
	}
	return ""
}

// A Record is a folder with an entry for each input that was ever seen. The zero
// Record can hold none.
type Record struct{ dir string }

// Default is the user's own record. It is not in Go's build cache, for go tells
// the tool where that is at one time and not at another.
func Default() Record {
	cache, err := os.UserCacheDir()
	if err != nil {
		return Record{}
	}
	return Record{filepath.Join(cache, "keyvet-vet")}
}

const (
	idFile = "id"
	// maxEntries bounds what each -V=full looks at. With more, the record begins
	// anew.
	maxEntries = 2000
)

// State identifies what all answers so far were made from, as it is now. It is
// the same as before if no input changed, and a new one if the record was lost:
// nothing is known of the answers from before.
func (r Record) State(now time.Time) (string, error) {
	if r.dir == "" {
		return "", errors.New("the user has no folder for caches")
	}
	id, err := r.id()
	if err != nil {
		return "", err
	}
	all, err := r.entries()
	if err != nil || len(all) > maxEntries {
		if id, err = r.restart(); err != nil {
			return "", err
		}
		all = nil
	}
	h := sha256.New()
	fmt.Fprintln(h, id)
	today := now.Format(time.DateOnly)
	for _, i := range all {
		if c := i.changed(today); c != "" {
			fmt.Fprintln(h, c)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// id gives what tells this record from others that were in its place.
func (r Record) id() (string, error) {
	data, err := os.ReadFile(filepath.Join(r.dir, idFile))
	if err == nil && len(data) == len(rand.Text()) {
		return string(data), nil
	}
	return r.restart()
}

// restart forgets everything.
func (r Record) restart() (string, error) {
	if err := os.RemoveAll(r.dir); err != nil {
		return "", err
	}
	if err := os.MkdirAll(r.dir, 0o777); err != nil {
		return "", err
	}
	id := rand.Text()
	if err := write(filepath.Join(r.dir, idFile), []byte(id)); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	data, err := os.ReadFile(filepath.Join(r.dir, idFile)) // another go vet may have been faster
	return string(data), err
}

// entries reads the record, in a fixed order.
func (r Record) entries() ([]Input, error) {
	files, err := os.ReadDir(r.dir)
	if err != nil {
		return nil, err
	}
	var all []Input
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".json") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(r.dir, f.Name()))
		if err != nil {
			return nil, err
		}
		var i Input
		if err := json.Unmarshal(data, &i); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		all = append(all, i)
	}
	slices.SortFunc(all, func(a, b Input) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Module, b.Module), cmp.Compare(a.Until, b.Until))
	})
	return all, nil
}

// Add writes down inputs, those that are known already aside. Without a record
// it does nothing: State failed then, and no answer is kept.
func (r Record) Add(inputs []Input) error {
	if !r.there() {
		return nil
	}
	for _, i := range inputs {
		name := filepath.Join(r.dir, i.key()+".json")
		if _, err := os.Stat(name); err == nil {
			continue
		}
		data, err := json.Marshal(i)
		if err != nil {
			return err
		}
		if err := write(name, data); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("cannot remember what the answer was made from: %w", err)
		}
	}
	return nil
}

func (r Record) there() bool {
	_, err := os.Stat(filepath.Join(r.dir, idFile))
	return r.dir != "" && err == nil
}

// write makes a file and leaves one alone that is there: who was first has seen
// what the first answer was made from. One that is cut short is no JSON, and the
// record begins anew.
func write(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
