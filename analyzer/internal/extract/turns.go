package extract

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/keyvet/keyvet/languages"
)

// Time is measured by the clock, so what else the machine does could decide whether a file is read. Two things keep it
// from that: no more files are parsed at a time than there are processors, however many workers there are; and a file
// that takes too long is tried once more, one at a time, with much more of it.
const (
	patience = 5 // how many times the limit the second try may take
	hopeless = 3 // so many that fail twice are enough to know that it is not the machine
)

// turns bounds how many files are parsed at a time.
type turns struct {
	free   chan struct{}
	alone  sync.Mutex
	failed int // second tries; guarded by alone
}

func newTurns() *turns { return &turns{free: make(chan struct{}, runtime.GOMAXPROCS(0))} }

// inTime extracts the facts of a file, unless it takes too long.
func (r *Reader) inTime(ctx context.Context, s *Source, src []byte) (*languages.File, error) {
	r.turns.free <- struct{}{}
	defer func() { <-r.turns.free }()
	limit := timeLimit(r.options.TimeLimit, len(src))
	facts, late, err := r.within(ctx, limit, s, src)
	if !late {
		return facts, err
	}
	r.turns.alone.Lock()
	defer r.turns.alone.Unlock()
	if r.turns.failed < hopeless {
		if facts, late, err = r.within(ctx, patience*limit, s, src); !late {
			return facts, err
		}
		r.turns.failed++
	}
	return nil, fmt.Errorf("parsing it takes longer than %v", limit)
}

// timeLimit is the limit for a file of a size in bytes: once for each MiB that it begins.
func timeLimit(each time.Duration, size int) time.Duration {
	return each * time.Duration(1+max(0, size-1)>>20)
}

// within tells a file that took too long from one that cannot be read, and from work that was canceled.
func (r *Reader) within(ctx context.Context, limit time.Duration, s *Source, src []byte) (facts *languages.File, late bool, err error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	facts, err = r.extract(limited, s, src)
	return facts, ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded), err
}
