package unit

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/gcexportdata"
)

// Complete gives the path of a *.cfg file for unitchecker that says the same of
// the unit, but for the packages about which there are only short answers: their
// types come from the compiler. What it writes lies beside the unit's file, in a
// folder that go vet removes.
func (u *Unit) Complete() (string, error) {
	fset := token.NewFileSet()
	compiled := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		if file := u.PackageFile[path]; file != "" {
			return os.Open(file)
		}
		return nil, errors.New("the compiler wrote none")
	})
	full := maps.Clone(u.PackageVetx)
	for n, path := range slices.Sorted(maps.Keys(u.PackageVetx)) {
		known, err := readAnswer(u.PackageVetx[path])
		if err != nil {
			return "", err
		}
		if known.types {
			continue
		}
		pkg, err := compiled.Import(path)
		if err != nil {
			return "", fmt.Errorf("the types of %s: %w", path, err)
		}
		data, err := withTypes(fset, pkg)
		if err != nil {
			return "", fmt.Errorf("the types of %s: %w", path, err)
		}
		full[path] = fmt.Sprintf("%s.%d.types", u.path, n)
		if err := os.WriteFile(full[path], data, 0o666); err != nil {
			return "", err
		}
	}
	raw := maps.Clone(u.raw)
	var err error
	if raw["PackageVetx"], err = json.Marshal(full); err != nil {
		return "", err
	}
	data, err := json.Marshal(raw)
	if err != nil {
		return "", err
	}
	completed := filepath.Join(filepath.Dir(u.path), "keyvet-"+filepath.Base(u.path))
	return completed, os.WriteFile(completed, data, 0o666)
}

// withTypes gives an answer of unitchecker about a package without facts: its types
// in the form that unitchecker reads.
func withTypes(fset *token.FileSet, pkg *types.Package) ([]byte, error) {
	var b bytes.Buffer
	if err := gcexportdata.Write(&b, fset, pkg); err != nil {
		return nil, err
	}
	indexed := b.Bytes()[1:] // behind the letter that names the format
	answer := append([]byte(magic), make([]byte, 8)...)
	binary.LittleEndian.PutUint32(answer[len(magic):], uint32(len(indexed)))
	return append(answer, indexed...), nil
}
