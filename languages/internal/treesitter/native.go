//go:build !windows && !treesitter_portable

package treesitter

/*
// The runtime is in another package's objects, so the link that cgo tries with
// this package's alone leaves its symbols undefined. ELF linkers take that for
// weak symbols, Apple's has to be told.
#cgo darwin LDFLAGS: -Wl,-undefined,dynamic_lookup
#include <stdlib.h>
#include "native.h"
*/
import "C"

import (
	"errors"
	"runtime"
	"sync"
	"time"
	"unsafe"
)

// native keeps parsers for their next use, with the memory they have got. A
// channel holds no more of them than fit, and needs no finalizer.
type native struct {
	language *C.TSLanguage
	parsers  chan *C.TSParser
}

func newNative(name string) native {
	cName := C.CString(name)
	defer C.free(unsafe.Pointer(cName))
	return native{
		language: C.keyvet_language(cName),
		parsers:  make(chan *C.TSParser, runtime.GOMAXPROCS(0)),
	}
}

// A C compiler and the Go compiler have to agree on the layout of a node; where
// they do not, one of these arrays gets a length that does not fit.
var (
	_ [unsafe.Sizeof(node{})]struct{}         = [C.sizeof_keyvet_node]struct{}{}
	_ [unsafe.Offsetof(node{}.end)]struct{}   = [unsafe.Offsetof(C.keyvet_node{}.end)]struct{}{}
	_ [unsafe.Offsetof(node{}.last)]struct{}  = [unsafe.Offsetof(C.keyvet_node{}.last)]struct{}{}
	_ [unsafe.Offsetof(node{}.field)]struct{} = [unsafe.Offsetof(C.keyvet_node{}.field)]struct{}{}
	_ [unsafe.Offsetof(node{}.flags)]struct{} = [unsafe.Offsetof(C.keyvet_node{}.flags)]struct{}{}

	_ = [1]struct{}{}[flagExtra-C.KEYVET_EXTRA]
)

var (
	errNotLinked = errors.New("the tree-sitter runtime is not linked, or does not know the grammar's version")
	errCount     = errors.New("the tree has more nodes than it claims to have")
)

// dump is the [dumper] of Parse. The source is lent to C for the parse, and the
// slice of nodes to be filled.
func (g *Grammar) dump(src []byte, l limits) ([]node, error) {
	parser := g.native.parser()
	if parser == nil {
		return nil, errNotLinked
	}
	start := time.Now()
	tree := C.keyvet_parse(parser, (*C.char)(unsafe.Pointer(unsafe.SliceData(src))),
		C.uint32_t(len(src)), C.uint64_t(l.micros()))
	g.native.release(parser)
	defer trimLater() // when the tree is gone, too
	if tree == nil {
		return nil, errTime(l)
	}
	defer C.keyvet_tree_delete(tree)

	count := C.keyvet_count(tree)
	if uint64(count) > uint64(l.nodes) {
		return nil, errNodes(l)
	}
	nodes := takeNodes(int(count))
	switch written := C.keyvet_dump(tree, (*C.keyvet_node)(unsafe.Pointer(unsafe.SliceData(nodes))),
		count, C.uint64_t(l.since(start).micros())); {
	case written < count:
		return nil, errTime(l)
	case written > count:
		return nil, errCount
	}
	return nodes, nil
}

// quiet is how long nothing is parsed before the memory that C has freed goes back to
// the system: by itself the C library keeps most of it until the program ends.
const quiet = 100 * time.Millisecond

var trimming = sync.OnceValue(func() *time.Timer {
	return time.AfterFunc(quiet, func() { C.keyvet_trim() })
})

func trimLater() { trimming().Reset(quiet) }

func (n native) parser() *C.TSParser {
	select {
	case p := <-n.parsers:
		return p
	default:
		return C.keyvet_parser_new(n.language)
	}
}

func (n native) release(p *C.TSParser) {
	select {
	case n.parsers <- p:
	default:
		C.keyvet_parser_delete(p)
	}
}
