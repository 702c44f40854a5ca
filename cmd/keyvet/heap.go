package main

import (
	"runtime"
	"runtime/debug"
)

// firstCollection is the size of the heap, in bytes, at which it is collected for the
// first time. Most scans end before; from 4 MiB on, as is usual, they would be
// interrupted half a dozen times for a tenth of their time.
const firstCollection = 64 << 20

// growth is by how many percent of what is in use the heap grows, after that, until it is
// collected again. At 70 a scan of a repository full of Redis takes up to a tenth more
// memory, and a fiftieth less time.
const growth = 50

// collectLater puts off the first collection. Who sets GOGC has said how the heap is to
// grow.
func collectLater(env func(string) string) {
	if env("GOGC") != "" {
		return
	}
	debug.SetGCPercent(firstCollection / (4 << 20) * 100)
	runtime.AddCleanup(new([16]byte), func(percent int) { debug.SetGCPercent(percent) }, growth)
}
