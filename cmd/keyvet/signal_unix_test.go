//go:build unix

package main

import (
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestSignal: an interrupt ends the work, also while it waits for a list, and
// leaves no output.
func TestSignal(t *testing.T) {
	for _, test := range []struct {
		signal syscall.Signal
		code   int
	}{{syscall.SIGINT, 130}, {syscall.SIGTERM, 143}} {
		in, w := io.Pipe()
		defer w.Close()
		s, out, errs := testStreams(in)
		time.AfterFunc(50*time.Millisecond, func() { _ = syscall.Kill(os.Getpid(), test.signal) })
		if code := run([]string{"-"}, s); code != test.code {
			t.Errorf("exit code %d, not %d", code, test.code)
		}
		if out.Len() > 0 || !strings.Contains(errs.String(), "nothing was written") {
			t.Errorf("out %q, errors %q", out, errs)
		}
	}
}
