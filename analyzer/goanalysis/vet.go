package goanalysis

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/keyvet/keyvet/analyzer/goanalysis/internal/inputs"
	"github.com/keyvet/keyvet/analyzer/goanalysis/internal/settings"
	"github.com/keyvet/keyvet/analyzer/goanalysis/internal/unit"
)

// AskedByVet tells whether a program was called with these arguments by go vet or
// go fix, as their tool.
func AskedByVet(args []string) bool {
	return slices.Contains(args, "-V=full") || slices.Contains(args, "-flags") ||
		len(args) > 0 && strings.HasSuffix(args[len(args)-1], ".cfg")
}

// VetTool is the main function of a program that go vet or go fix called with the
// arguments os.Args. It does not return.
//
// It differs from golang.org/x/tools/go/analysis/unitchecker.Main in two ways: what
// go vet keeps of its answers holds only as long as the configuration, the rules
// and the target are what they were, and packages that reach no client library are
// answered without looking at their code.
func VetTool() {
	args := os.Args[1:]
	record := inputs.Default()
	switch {
	case slices.Contains(args, "-V=full"):
		fatal(sayVersion(os.Stdout, record))
	case slices.Contains(args, "-flags"):
		unitchecker.Main(Analyzer) // ends the program
	default:
		answered, err := answer(args, record)
		fatal(err)
		if !answered {
			unitchecker.Main((&checker{remember: record.Add}).analyzer())
		}
	}
	os.Exit(0)
}

// fatal ends the program with what went wrong. go vet then keeps no answer.
func fatal(err error) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "keyvet: %v\n", err)
		os.Exit(1)
	}
}

// sayVersion tells go vet what the answers depend on besides code and flags.
//
// If nothing can be remembered, it says something new each time, and go vet keeps
// no answer.
func sayVersion(w io.Writer, record inputs.Record) error {
	state, err := record.State(time.Now())
	if err != nil {
		state = rand.Text()
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	f, err := os.Open(program)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	fmt.Fprintln(h, state)
	_, err = fmt.Fprintf(w, "%s version devel keyvet buildID=%s\n", program, hex.EncodeToString(h.Sum(nil)))
	return err
}

// answer answers for a package in which there can be nothing to find. If it cannot,
// it makes os.Args such that unitchecker can.
func answer(args []string, record inputs.Record) (answered bool, err error) {
	options, ok := optionsIn(args)
	if !ok {
		return false, nil // unitchecker says what is wrong
	}
	u, err := unit.Read(args[len(args)-1])
	if err != nil {
		return false, err
	}
	reaches, err := u.Reaches()
	if err != nil {
		return false, err
	}
	switch {
	case reaches || !u.OnlyStandard():
	case !u.Quick():
		return false, nil
	default:
		return true, u.Answer(false)
	}
	setup, err := load(options, u, record)
	switch {
	case err != nil && u.VetxOnly:
		return true, nil // without an answer, which go vet would keep; the packages that are asked for complain
	case err != nil:
		return false, err
	}
	reaches = reaches || slices.ContainsFunc(u.Imports(), setup.Client)
	switch {
	case u.Quick() && !reaches:
		return true, u.Answer(false)
	case u.Quick() && u.VetxOnly && u.Foreign() && setup.Client(u.ImportPath):
		return true, u.Answer(true)
	}
	os.Args[len(os.Args)-1], err = u.Complete()
	return false, err
}

// optionsIn reads the flags of go vet and of the analyzer.
func optionsIn(args []string) (Options, bool) {
	var o Options
	own, all := flag.NewFlagSet("", flag.ContinueOnError), flag.NewFlagSet("", flag.ContinueOnError)
	register(own, &o)
	own.VisitAll(func(f *flag.Flag) { all.Var(f.Value, name+"."+f.Name, f.Usage) })
	for _, truth := range []string{name, "json", "fix", "diff", "source", "v", "all"} {
		all.Bool(truth, false, "")
	}
	all.Int("c", -1, "")
	all.String("tags", "", "")
	all.SetOutput(io.Discard)
	return o, all.Parse(args) == nil && all.NArg() == 1
}

// load gives what holds for a unit, and writes down what that was made from.
func load(o Options, u *unit.Unit, record inputs.Record) (*settings.Setup, error) {
	module := ""
	if !u.Foreign() || u.ImportPath == nameless {
		module = settings.ModuleOf(u.Dir)
	}
	setup, err := new(settings.Loader).Load(o, module)
	return setup, errors.Join(err, record.Add(setup.Inputs))
}
