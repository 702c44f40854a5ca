package discover

import "sync"

// A queue holds the folders that are still to be read. The last one in is the first one out, which
// keeps it short.
type queue struct {
	mu      sync.Mutex
	changed sync.Cond
	folders []*folder
	busy    int // workers that may still add folders
	stopped bool
}

func newQueue(folders []*folder) *queue {
	q := &queue{folders: folders}
	q.changed.L = &q.mu
	return q
}

func (q *queue) stop() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.stopped = true
	q.changed.Broadcast()
}

// take waits for a folder; it is nil when all is done.
func (q *queue) take() *folder {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.folders) == 0 && q.busy > 0 && !q.stopped {
		q.changed.Wait()
	}
	if q.stopped || len(q.folders) == 0 {
		return nil
	}
	last := len(q.folders) - 1
	d := q.folders[last]
	q.folders = q.folders[:last]
	q.busy++
	return d
}

// done says that a folder is read, and hands out what is in it.
func (q *queue) done(inside []*folder) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.folders = append(q.folders, inside...)
	q.busy--
	if len(inside) > 1 || q.busy == 0 { // one folder is for the worker that brought it
		q.changed.Broadcast()
	}
}
