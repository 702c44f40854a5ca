package goanalysis

import (
	"bytes"
	"go/ast"
	"os"
	"path/filepath"

	"golang.org/x/tools/go/analysis"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/internal/suppress"
	"github.com/keyvet/keyvet/languages/golang"
)

// files are those of a package, by the name of the text that the compiler saw.
type files struct {
	pass   *analysis.Pass
	syntax map[string]*ast.File
	text   map[string][]byte
}

func filesOf(pass *analysis.Pass) *files {
	f := &files{pass: pass, syntax: make(map[string]*ast.File), text: make(map[string][]byte)}
	for _, file := range pass.Files {
		f.syntax[pass.Fset.File(file.FileStart).Name()] = file
	}
	return f
}

// source gives the text of a file, nil if it cannot be read.
func (f *files) source(name string) []byte {
	if text, known := f.text[name]; known {
		return text
	}
	text, err := f.pass.ReadFile(name)
	if err != nil { // a driver may offer only what the compiler saw
		if text, err = os.ReadFile(name); err != nil {
			text = nil
		}
	}
	f.text[name] = text
	return text
}

// written gives the name of the file that somebody wrote: that of a file of cgo is
// the one that it was made from.
func (f *files) written(name string) string {
	if file := f.syntax[name]; file != nil {
		return f.pass.Fset.Position(file.Package).Filename
	}
	return name
}

// generated tells whether a program wrote a file, as a scan tells it.
func (f *files) generated(name string) bool {
	return discover.GeneratedName(filepath.ToSlash(name)) || discover.GeneratedContent(f.source(name))
}

// comments gives the ignore comments of all files.
func (f *files) comments() (all []*suppress.Comment) {
	for _, file := range f.pass.Files {
		src := f.source(f.pass.Fset.File(file.FileStart).Name())
		if bytes.Contains(src, []byte(":ignore")) {
			all = append(all, suppress.Comments(golang.ExtractFile(f.pass.Fset, file, src, nil), src)...)
		}
	}
	return all
}

// real is a path without links.
func real(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		return filepath.Join(dir, filepath.Base(abs))
	}
	return abs
}
