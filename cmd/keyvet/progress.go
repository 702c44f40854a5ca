package main

import (
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/keyvet/keyvet/analyzer/report"
)

// Progress is shown only when a scan takes longer than a person likes to wait
// without a sign.
const (
	progressAfter = time.Second
	progressEvery = 100 * time.Millisecond
)

// A progress is one line on a terminal that says how far a scan is.
type progress struct {
	done, all atomic.Int64
	ended     chan struct{}
	painter   sync.WaitGroup
}

func startProgress(w io.Writer, visible bool) *progress {
	p := &progress{ended: make(chan struct{})}
	if visible {
		p.painter.Go(func() { p.paint(w) })
	}
	return p
}

// update is called by several goroutines at a time.
func (p *progress) update(done, all int) {
	p.all.Store(int64(all))
	p.done.Store(int64(done))
}

func (p *progress) paint(w io.Writer) {
	select {
	case <-p.ended:
		return
	case <-time.After(progressAfter):
	}
	ticker := time.NewTicker(progressEvery)
	defer ticker.Stop()
	for {
		line := "scanning"
		if all := int(p.all.Load()); all > 0 {
			line = report.Thousands(int(p.done.Load())) + " of " + count(all, "file")
		}
		fmt.Fprintf(w, "\r\x1b[Kkeyvet: %s ...", line)
		select {
		case <-p.ended:
			fmt.Fprint(w, "\r\x1b[K")
			return
		case <-ticker.C:
		}
	}
}

// stop erases the line.
func (p *progress) stop() {
	close(p.ended)
	p.painter.Wait()
}
