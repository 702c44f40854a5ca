// Command keyvet finds where code depends on Redis module commands and on
// settings of the RESP protocol.
//
// This package turns flags into options and a report into an exit code; what it
// knows is how to talk to a person and a shell. All else is in the packages
// analyzer, rules and languages.
package main

import (
	"os"

	"golang.org/x/term"

	"github.com/keyvet/keyvet/analyzer/goanalysis"
)

func main() {
	if goanalysis.AskedByVet(os.Args[1:]) {
		goanalysis.VetTool() // does not return
	}
	collectLater(os.Getenv)
	os.Exit(run(os.Args[1:], streams{
		in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv,
		outTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		errTerminal: term.IsTerminal(int(os.Stderr.Fd())),
	}))
}
