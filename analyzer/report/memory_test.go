package report

import (
	"runtime"
	"testing"
)

// TestMemory: to write 100,000 findings takes no more memory than to write few,
// but for the formats' orders and counts, which are a few words for each.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("it measures, and takes its time")
	}
	const n, limit = 100_000, 16 << 20
	r := big(n)
	for _, format := range Formats() {
		runtime.GC()
		w := &watermark{start: heap()}
		if err := format.Write(w, r, Options{Open: func(string) ([]byte, error) { return make([]byte, 20_000), nil }}); err != nil {
			t.Fatal(err)
		}
		if w.most > limit {
			t.Errorf("%s: %d MiB more than before, limit %d", format.Name, w.most>>20, limit>>20)
		}
		t.Logf("%s: %d MiB more than before", format.Name, w.most>>20)
	}
	runtime.KeepAlive(r)
}

// A watermark takes what is written and watches the memory meanwhile.
type watermark struct {
	start, most int
	written     int
}

// Write looks at the memory once for each megabyte. It collects first: what is
// garbage counts for nothing.
func (w *watermark) Write(b []byte) (int, error) {
	if w.written>>20 != (w.written+len(b))>>20 || w.written == 0 {
		runtime.GC()
		w.most = max(w.most, heap()-w.start)
	}
	w.written += len(b)
	return len(b), nil
}

func heap() int {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}
