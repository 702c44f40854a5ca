package main

import (
	"runtime"
	"runtime/debug"
)

// firstCollection is the size of the heap, in bytes, at which it is collected for the
// first time. Most scans end before; from 4 MiB on, as is usual, they would be
// interrupted half a dozen times for a tenth of their time.
const firstCollection = 64 << 20

// collectLater puts off the first collection. After it the heap grows as is usual. Who
// sets GOGC has said how it is to grow.
func collectLater(env func(string) string) {
	if env("GOGC") != "" {
		return
	}
	usual := debug.SetGCPercent(firstCollection / (4 << 20) * 100)
	runtime.AddCleanup(new([16]byte), func(percent int) { debug.SetGCPercent(percent) }, usual)
}
