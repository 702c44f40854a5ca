// Package unit reads what go vet says of one package, and answers at once where
// there is nothing to find.
//
// go vet calls its tool for every package of the program, the standard library
// included, so that facts can travel. Nearly all of them have nothing to do with
// what a tool looks for. This package writes answers that say so, and gives the
// others to golang.org/x/tools/go/analysis/unitchecker, which finds the types of
// imported packages only in the answers about them: where those say nothing,
// they are filled in from what the compiler wrote.
package unit

import (
	"archive/zip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
)

// A Unit is one package to be looked at, as a *.cfg file of go vet describes it.
type Unit struct {
	path string
	raw  map[string]json.RawMessage // with what is not known here
	fields
}

// fields are those of unitchecker.Config that matter here.
type fields struct {
	ID            string
	Dir           string
	ImportPath    string
	ModulePath    string
	ModuleVersion string
	ImportMap     map[string]string // by import path as written, the package's own
	PackageFile   map[string]string // export data of the compiler, by package
	Standard      map[string]bool   // packages that are imported
	PackageVetx   map[string]string // answers about imported packages
	VetxOnly      bool
	VetxOutput    string
	FixArchive    string
}

// Read reads a *.cfg file.
func Read(path string) (*Unit, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	u := &Unit{path: path}
	if err := errors.Join(json.Unmarshal(data, &u.raw), json.Unmarshal(data, &u.fields)); err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, err)
	}
	return u, nil
}

// Imports lists the packages that the unit imports, in order.
func (u *Unit) Imports() []string {
	return slices.Compact(slices.Sorted(maps.Values(u.ImportMap)))
}

// Foreign tells whether the package is not of the modules that are worked on.
func (u *Unit) Foreign() bool { return u.ModulePath == "" || u.ModuleVersion != "" }

// OnlyStandard tells whether the package imports the standard library alone.
func (u *Unit) OnlyStandard() bool {
	for _, path := range u.ImportMap {
		if !typeless(path) && !u.Standard[path] {
			return false
		}
	}
	return true
}

// typeless packages are known to whoever reads types.
func typeless(path string) bool { return path == "unsafe" || path == "C" }

// Quick tells whether a short answer will do: whoever imports the package must
// find its types elsewhere.
func (u *Unit) Quick() bool {
	if len(u.PackageFile) == 0 {
		return false // perhaps a go command that compiles nothing for its tools
	}
	for _, path := range u.ImportMap {
		if !typeless(path) && u.PackageFile[path] == "" {
			return false
		}
	}
	return true
}

// The short answers about a package. They are no answers of unitchecker, which
// begin with a mark of its own.
const (
	nothing = ""
	reaches = "keyvet: imports a client\n"
)

// Answer says that nothing was found in the package. It may reach a client: those
// who import it can get one from it.
func (u *Unit) Answer(client bool) error {
	text := nothing
	if client {
		text = reaches
	}
	if u.FixArchive != "" && !u.VetxOnly {
		if err := emptyArchive(u.FixArchive, u.ID); err != nil {
			return err
		}
	}
	if u.VetxOutput == "" {
		return nil
	}
	return os.WriteFile(u.VetxOutput, []byte(text), 0o666)
}

// emptyArchive writes one: without it, go fix would ask again each time.
func emptyArchive(name, id string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	z := zip.NewWriter(f)
	return errors.Join(z.SetComment(id), z.Close(), f.Close())
}

// Reaches tells whether a package that is imported has facts, or says that it
// reaches a client.
func (u *Unit) Reaches() (bool, error) {
	for _, file := range u.PackageVetx {
		a, err := readAnswer(file)
		if err != nil {
			return false, err
		}
		if a.client || a.facts {
			return true, nil
		}
	}
	return false, nil
}

// answer is what is known of an imported package.
type answer struct{ types, facts, client bool }

// magic begins an answer of unitchecker; the lengths of types and of facts follow.
const magic = "vetx"

func readAnswer(file string) (answer, error) {
	f, err := os.Open(file)
	if err != nil {
		return answer{}, err
	}
	defer f.Close()
	head := make([]byte, len(reaches))
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return answer{}, err
	}
	head = head[:n]
	switch {
	case string(head) == nothing:
		return answer{}, nil
	case string(head) == reaches:
		return answer{client: true}, nil
	case len(head) >= len(magic)+8 && string(head[:len(magic)]) == magic:
		return answer{types: true, facts: binary.LittleEndian.Uint32(head[len(magic)+4:]) > 0}, nil
	}
	return answer{}, fmt.Errorf("%s: not an answer of this tool", file)
}
