package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// A usageError is a mistake in how the program was called.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

const about = `keyvet finds where code depends on Redis modules (search, JSON, time series, Bloom
filters and their kin) and which version of the RESP protocol its clients are set
to. It reads Go, Java, JavaScript, TypeScript, Lua and Python, and runs none of it.`

const exitCodes = `
Exit codes:
  0  nothing found at or above --severity
  1  something was found
  2  wrong use, wrong rules or configuration, or output that cannot be written
  3  only with --strict: a file was skipped or read only in part, a use could not
     be decided, or there was no file to look at
`

const examples = `  keyvet                                 scan this folder
  keyvet services/ lib/db.py             scan a folder and a file
  keyvet --severity error                fail on errors only
  keyvet --format json -o uses.json      write the whole inventory to a file
  keyvet --exclude 'test/**'             leave something out
  git diff --name-only main | keyvet -   scan the files of a list
  keyvet ./rules                         a path that has the name of a command
  go vet -vettool=$(which keyvet) ./...  Go code, with what the compiler knows
  keyvet rules search-command            what a rule means and what to do`

// newRoot is the command line: keyvet is short for keyvet scan.
func newRoot(s streams) *cobra.Command {
	root := scanCommand(s, "keyvet [flags] [path ...]")
	root.Short = "Find dependencies on Redis modules and RESP versions"
	root.Long = about + "\n\nGiven paths, keyvet scans them, as keyvet scan does; given none, this folder.\n" + exitCodes
	root.Example = examples
	root.Version = version()
	root.SuggestionsMinimumDistance = 2
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	scan := scanCommand(s, "scan [flags] [path ...]")
	scan.Short = "Scan files and folders (what keyvet does without a command)"
	scan.Long = "Scan files and folders, this folder if none is given.\n" + exitCodes
	scan.Example = "  keyvet scan services/ lib/db.py\n  keyvet scan --format sarif -o keyvet.sarif"
	root.AddCommand(scan, mergeCommand(s), baselineCommand(s), suppressionsCommand(s), rulesCommand(s), targetsCommand(s), diffCommand(s), explainCommand(s), configCommand(s), cacheCommand(s), versionCommand(s))
	return root
}
