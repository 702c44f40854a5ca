package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// An output is where a report goes. A file appears, or is replaced, only when
// all was written: until then the text is in a file beside it.
type output struct {
	io.Writer
	name string   // "" for standard output
	file *os.File // nil for standard output
	temp bool     // file has another name until commit
}

// openOutput opens what -o names: "" and "-" are standard output. A device or a
// pipe is written to as it is.
func openOutput(name string, stdout io.Writer) (*output, error) {
	if name == "" || name == "-" {
		return &output{Writer: stdout}, nil
	}
	target := name
	if real, err := filepath.EvalSymlinks(name); err == nil {
		target = real // replace what a link leads to, not the link
	}
	mode := fs.FileMode(0o666)
	info, err := os.Stat(target)
	switch {
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("cannot write to %q: it is a folder; name a file in it", name)
	case err == nil && !info.Mode().IsRegular():
		file, err := os.OpenFile(target, os.O_WRONLY, 0)
		if err != nil {
			return nil, cannotWrite(name, err)
		}
		return &output{Writer: file, name: name, file: file}, nil
	case err == nil:
		mode = info.Mode().Perm()
	}
	file, err := createBeside(target, mode)
	if err != nil {
		return nil, cannotWrite(name, err)
	}
	return &output{Writer: file, name: target, file: file, temp: true}, nil
}

// createBeside makes a new file in the folder of another: only there a rename is
// sure to stay on one file system. Unlike os.CreateTemp it leaves the mode to the
// user's umask.
func createBeside(target string, mode fs.FileMode) (*os.File, error) {
	for i := 0; ; i++ {
		name := filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+"."+strconv.Itoa(os.Getpid())+"-"+strconv.Itoa(i)+".tmp")
		file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) || i == 100 {
			return file, err
		}
	}
}

// writeWhole writes what is known as a whole.
func writeWhole(name string, stdout io.Writer, text []byte) error {
	out, err := openOutput(name, stdout)
	if err != nil {
		return err
	}
	defer out.discard()
	if _, err := out.Write(text); err != nil {
		return out.failed(err)
	}
	return out.commit()
}

// commit makes the file appear.
func (o *output) commit() error {
	if o.file == nil {
		return nil
	}
	err := o.file.Close()
	if err == nil && o.temp {
		err = os.Rename(o.file.Name(), o.name)
	}
	if err != nil {
		return o.failed(err)
	}
	o.file = nil
	return nil
}

// discard takes away what was not committed.
func (o *output) discard() {
	if o.file == nil {
		return
	}
	_ = o.file.Close() // it is thrown away
	if o.temp {
		_ = os.Remove(o.file.Name())
	}
}

// failed words an error of writing.
func (o *output) failed(err error) error {
	if o.name == "" {
		return cannotWrite("standard output", err)
	}
	return cannotWrite(o.name, err)
}

func cannotWrite(name string, err error) error {
	return fmt.Errorf("cannot write to %q: %w", name, cause(err))
}

// cause leaves out the path that an error of a file repeats.
func cause(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
