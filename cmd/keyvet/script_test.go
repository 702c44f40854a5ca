package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"keyvet": main})
}

// TestScripts runs testdata/scripts: the command line as its users meet it.
func TestScripts(t *testing.T) {
	cache := t.TempDir() // of all scripts, which run side by side
	testscript.Run(t, testscript.Params{
		Setup: func(e *testscript.Env) error {
			e.Setenv(cacheVariable, cache)
			return forGo(e)
		},
		Dir:                 "../../testdata/scripts",
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "nul": nul, "utf16": toUTF16, "escapes": escapes, "onlyfiles": onlyFiles,
		},
	})
}

// forGo lets scripts run the go command, and gives it keyvet as $KEYVET. Nothing
// is fetched; what go compiled before is taken from its cache.
func forGo(e *testscript.Env) error {
	program, err := exec.LookPath("keyvet")
	if err != nil {
		return err
	}
	e.Setenv("KEYVET", program)
	e.Setenv("XDG_CACHE_HOME", filepath.Join(e.WorkDir, ".cache"))
	if _, err := exec.LookPath("go"); err != nil {
		return nil //nolint:nilerr // the scripts that need it are skipped
	}
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		return err
	}
	where := strings.Split(string(out), "\n")
	e.Setenv("GOCACHE", where[0])
	e.Setenv("GOMODCACHE", where[1])
	e.Setenv("GOFLAGS", "-mod=mod")
	e.Setenv("GOPROXY", "off")
	e.Setenv("GOTOOLCHAIN", "local")
	return nil
}

// code N COMMAND ... runs a command that must end with the exit code N.
func code(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, not %d", got, want)
	}
}

// nul FROM TO copies a list with NUL in the place of line ends.
func nul(ts *testscript.TestScript, neg bool, args []string) {
	text := strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\x00")
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644))
}

// utf16 FILE turns a file into UTF-16.
func toUTF16(ts *testscript.TestScript, neg bool, args []string) {
	b := bytes.NewBufferString("\xff\xfe")
	for _, unit := range utf16.Encode([]rune(ts.ReadFile(args[0]))) {
		b.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}

// escapes PREFIX sets $escapes to a name with a terminal escape and a line break.
func escapes(ts *testscript.TestScript, neg bool, args []string) {
	ts.Setenv("escapes", args[0]+"\x1b[31m\n")
}

// onlyfiles DIR fails if a temporary file was left there.
func onlyFiles(ts *testscript.TestScript, neg bool, args []string) {
	left, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), ".*.tmp"))
	ts.Check(err)
	if len(left) > 0 {
		ts.Fatalf("left behind: %q", left)
	}
}
