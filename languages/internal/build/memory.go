package build

import (
	"iter"
	"sync"

	"github.com/keyvet/keyvet/languages"
)

// A memory is where a Builder puts what it collects. The facts of a finished file
// are packed elsewhere, so the next file can have it.
type memory struct {
	exprs     arena[languages.Expr]
	items     arena[languages.Item]
	functions []languages.Function // none, with room for some
	bindings  arena[languages.Binding]
	calls     arena[*languages.Expr]
	kept      map[string]string
	found     []*languages.Expr // while facts are packed
}

var memories = sync.Pool{New: func() any { return &memory{kept: make(map[string]string)} }}

func borrow() *memory { return memories.Get().(*memory) }

// maxNames bounds the names for which a memory keeps room: a map that was large
// once takes long to clear ever after.
const maxNames = 4096

// giveBack forgets all that is in the memory. One whose file was never finished is
// not given back, and lost.
func (m *memory) giveBack() {
	m.exprs.clear()
	m.items.clear()
	m.bindings.clear()
	m.calls.clear()
	m.functions = empty(m.functions)
	if len(m.kept) > maxNames {
		m.kept = make(map[string]string)
	} else {
		clear(m.kept)
	}
	m.found = empty(m.found)
	memories.Put(m)
}

// empty forgets what is in a list, and keeps its room unless that is large.
func empty[T any](list []T) []T {
	if cap(list) > maxChunks*chunkSize {
		return nil
	}
	clear(list)
	return list[:0]
}

const (
	chunkSize = 512
	// maxChunks bounds what an arena keeps for the next file.
	maxChunks = 64
)

// An arena hands out zero values that are all given up at once.
type arena[T any] struct {
	chunks [][]T // each of chunkSize
	full   int   // the number of chunks that are used up
	used   int   // values of the chunk after those
}

// take returns n values side by side.
func (a *arena[T]) take(n int) []T {
	if n > chunkSize/4 {
		return make([]T, n)
	}
	if a.used+n > chunkSize {
		a.full, a.used = a.full+1, 0
	}
	if a.full == len(a.chunks) {
		a.chunks = append(a.chunks, make([]T, chunkSize))
	}
	from := a.used
	a.used += n
	return a.chunks[a.full][from:a.used:a.used]
}

// all iterates over the values in the order in which they were taken; where several
// were taken at once, some that nobody took, and not those that were too many for a
// chunk.
func (a *arena[T]) all() iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for i, chunk := range a.chunks {
			if i > a.full {
				return
			}
			if i == a.full {
				chunk = chunk[:a.used]
			}
			for j := range chunk {
				if !yield(&chunk[j]) {
					return
				}
			}
		}
	}
}

func (a *arena[T]) clear() {
	for i := 0; i <= a.full && i < len(a.chunks); i++ {
		clear(a.chunks[i])
	}
	if len(a.chunks) > maxChunks {
		a.chunks = append([][]T(nil), a.chunks[:maxChunks]...)
	}
	a.full, a.used = 0, 0
}
