// Package inputs remembers which files, besides the code, answers under go vet
// were made from, and tells which of them changed since.
//
// go vet keeps a tool's answers and replays them as long as the code, the flags
// and what the tool says to -V=full are the same. It knows nothing of a
// configuration or of files with rules, and it asks -V=full before the tool has
// seen any flag or code. So whoever answers writes down what it looked at, with
// a digest; the next -V=full compares. As long as nothing differs it says the
// same as before, and go vet asks no more.
//
// The package does not know what the files mean.
package inputs

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Digest identifies the content of a file, or of all files below a folder.
// Nothing being there is a content, too.
func Digest(path string) string {
	h := sha256.New()
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "nothing"
	case err != nil:
		return "unreadable: " + err.Error()
	case !info.IsDir():
		err = add(h, path)
	default:
		// With a separator behind it, a link to a folder is followed.
		err = filepath.WalkDir(path+string(filepath.Separator), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			fmt.Fprintf(h, "%q\n", name)
			return add(h, name)
		})
	}
	if err != nil {
		return "unreadable: " + err.Error()
	}
	return hex.EncodeToString(h.Sum(nil))
}

func add(h io.Writer, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	n, err := io.Copy(h, f)
	fmt.Fprintf(h, "\n%d\n", n)
	return err
}
