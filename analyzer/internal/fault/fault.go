// Package fault keeps mistakes of the program's own from ending a scan: what a stranger's file led to is said, with the
// place in the program, and the rest goes on.
package fault

import (
	"fmt"
	"path"
	"runtime"
	"strings"
)

// Of runs something and says what it panicked with, and where: "index out of range [3] with length 2 (eval.go:140)". It is
// "" if all went well. What the system ends the program for, as an overflow of the stack, it cannot keep.
func Of(do func()) (said string) {
	defer func() {
		if what := recover(); what != nil {
			said = fmt.Sprintf("%v (%s)", what, place())
		}
	}()
	do()
	return ""
}

// Report is what readers are asked for.
const Report = "this is a mistake in keyvet, please report it"

// place is the line that panicked: the first one above the runtime's own.
func place() string {
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	panicked := false
	for {
		frame, more := frames.Next()
		own := strings.HasPrefix(frame.Function, "runtime.")
		if panicked && !own || !more {
			return fmt.Sprintf("%s:%d", path.Base(frame.File), frame.Line)
		}
		panicked = panicked || own
	}
}
