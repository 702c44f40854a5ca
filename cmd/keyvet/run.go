package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/keyvet/keyvet/rules"
)

// The exit codes. A signal gives 128 and its number, as shells have it.
const (
	exitClean     = 0 // nothing at or above the gate
	exitFindings  = 1
	exitUsage     = 2 // wrong use, rules or configuration; output that cannot be written
	exitUndecided = 3 // with --strict: something was not looked at as a whole, or not decided
)

// streams are what the program has of the world besides files.
type streams struct {
	in                       io.Reader
	out, err                 io.Writer
	outTerminal, errTerminal bool
	env                      func(string) string
}

// An exitError ends the program with a code and nothing more to say.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// A signalError is why the work was canceled.
type signalError struct{ signal syscall.Signal }

func (e signalError) Error() string { return "stopped by a signal (" + e.signal.String() + ")" }

// run is the whole program, but for what main does for go vet.
func run(args []string, s streams) int {
	ctx, stop := untilSignal(context.Background())
	defer stop()
	root := newRoot(s)
	root.SetArgs(args)
	command, err := root.ExecuteContextC(ctx)
	return verdict(ctx, s, command, err)
}

// verdict tells what went wrong, and gives the exit code.
func verdict(ctx context.Context, s streams, command *cobra.Command, err error) int {
	var code exitError
	var mistakes rules.Mistakes
	var killed signalError
	switch {
	case err == nil:
		return exitClean
	case errors.As(err, &code):
		return int(code)
	case errors.As(context.Cause(ctx), &killed) && errors.Is(err, context.Canceled):
		complain(s, "%v; nothing was written", killed)
		return 128 + int(killed.signal)
	case errors.As(err, &mistakes):
		fmt.Fprintln(s.err, printable(mistakes.Error()))
		complain(s, "%s; nothing was scanned", count(len(mistakes), "mistake"))
	default:
		complain(s, "%v", err)
		var usage usageError
		if errors.As(err, &usage) {
			fmt.Fprintf(s.err, "Run '%s --help' for how to use it.\n", command.CommandPath())
		}
	}
	return exitUsage
}

// complain says something to the user, each line under the program's name.
func complain(s streams, format string, args ...any) {
	fmt.Fprintf(s.err, "keyvet: %s\n", printable(fmt.Sprintf(format, args...)))
}

// untilSignal cancels a context at the first interrupt. A second one ends the
// program at once, as if nobody listened.
func untilSignal(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case got := <-signals:
			signal.Stop(signals)
			number, _ := got.(syscall.Signal)
			cancel(signalError{number})
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}
