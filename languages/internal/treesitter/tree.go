package treesitter

import (
	"iter"
	"sort"
	"sync"
)

// A Tree is the syntax tree of one source, in Go memory. It never changes, so
// that many goroutines may read it.
type Tree struct {
	// Source is the text that was parsed; all offsets point into it.
	Source []byte

	grammar *Grammar
	nodes   []node // parents before their children; never empty
}

// A node is a record of 24 bytes, laid out as keyvet_node in native.h.
type node struct {
	start, end uint32 // byte offsets
	parent     int32  // index, -1 for the root
	last       int32  // index after the last descendant
	symbol     uint16
	field      uint16 // in the parent; 0 for none
	flags      uint8
}

// The bits of node.flags, as KEYVET_* in native.h.
const (
	flagNamed = 1 << iota
	flagError
	flagMissing
	flagHasError
	flagExtra
)

// maxErrors bounds Tree.Errors: more than that tells nobody anything.
const maxErrors = 1000

// spareNodes holds what trees were made of that are of no more use.
var spareNodes sync.Pool

// maxSpare bounds the number of nodes for which memory is kept: 6 MB of it.
const maxSpare = 256 << 10

// Free lets the next tree have the memory of this one. Nobody may use the tree or
// one of its nodes any more; who does meets a fault.
func (t *Tree) Free() {
	nodes := t.nodes
	t.nodes = nil
	if 0 < cap(nodes) && cap(nodes) <= maxSpare {
		spareNodes.Put(&nodes)
	}
}

// takeNodes returns room for so many nodes, which may hold those of another tree.
func takeNodes(count int) []node {
	if spare, ok := spareNodes.Get().(*[]node); ok && cap(*spare) >= count {
		return (*spare)[:count]
	}
	return make([]node, count)
}

// Root returns the node of the whole source. It may be an ERROR itself. In
// most grammars it starts after the white space at the start of the source.
func (t *Tree) Root() Node {
	return Node{t, 0}
}

// At returns the smallest node that covers the byte at offset, or no node where
// not even the root does. It takes logarithmic time, save for the climb from
// the leaf before offset when that one ends too early.
func (t *Tree) At(offset int) Node {
	after := sort.Search(len(t.nodes), func(i int) bool { return int(t.nodes[i].start) > offset })
	i := int32(after - 1)
	for i >= 0 && int(t.nodes[i].end) <= offset {
		i = t.nodes[i].parent
	}
	return t.node(i)
}

// Errors returns the ranges of what did not fit the grammar: of the outermost
// ERROR nodes, and empty ones where something is missing. They are in order and
// at most 1000.
func (t *Tree) Errors() [][2]int {
	var errors [][2]int
	for i := int32(0); int(i) < len(t.nodes) && len(errors) < maxErrors; {
		n := &t.nodes[i]
		switch {
		case n.flags&(flagError|flagMissing) != 0:
			errors = append(errors, [2]int{int(n.start), int(n.end)})
			i = n.last
		case n.flags&flagHasError == 0:
			i = n.last
		default:
			i++
		}
	}
	return errors
}

// node makes a Node of an index, where a negative one stands for none.
func (t *Tree) node(i int32) Node {
	if i < 0 {
		return Node{}
	}
	return Node{t, i}
}

// each calls yield for the children of node i until it returns false. With
// named, tokens and comments are left out.
func (t *Tree) each(i int32, named bool, yield func(i int32) bool) {
	end := t.nodes[i].last
	for c := i + 1; c < end; c = t.nodes[c].last {
		if named && !t.isNamed(c) {
			continue
		}
		if !yield(c) {
			return
		}
	}
}

func (t *Tree) isNamed(i int32) bool {
	return t.nodes[i].flags&flagNamed != 0 && !t.grammar.isComment(t.nodes[i].symbol)
}

// A Node is one node of a [Tree], a small value to pass around and to compare
// with ==. The zero Node is "no node": it is not Valid, all its methods return
// zero values, and so a chain of calls needs one check at its end.
type Node struct {
	t *Tree
	i int32
}

// noNode is what the zero Node reads.
var noNode node

func (n Node) node() *node {
	if n.t == nil {
		return &noNode
	}
	return &n.t.nodes[n.i]
}

// Valid reports whether there is a node at all.
func (n Node) Valid() bool { return n.t != nil }

// Kind returns the grammar's name for the node, such as "call_expression", or
// the text of a token, such as "(". It does not allocate.
func (n Node) Kind() string {
	if n.t == nil {
		return ""
	}
	return n.t.grammar.kind(n.t.nodes[n.i].symbol)
}

// Field returns the name of the field that the node is in its parent's, or "".
func (n Node) Field() string {
	if n.t == nil {
		return ""
	}
	return n.t.grammar.fields[n.t.nodes[n.i].field]
}

// IsNamed reports whether the grammar has a rule for the node; the others are
// tokens such as "(" and "func". A comment is named too.
func (n Node) IsNamed() bool { return n.node().flags&flagNamed != 0 }

// IsError reports whether the node holds what did not fit the grammar.
func (n Node) IsError() bool { return n.node().flags&flagError != 0 }

// IsMissing reports whether the parser invented the node, which is then empty.
func (n Node) IsMissing() bool { return n.node().flags&flagMissing != 0 }

// HasError reports whether the node is, or contains, an error or a missing node.
func (n Node) HasError() bool { return n.node().flags&flagHasError != 0 }

// IsExtra reports whether the node may stand anywhere, as comments do.
func (n Node) IsExtra() bool { return n.node().flags&flagExtra != 0 }

// Start returns the offset of the node's first byte.
func (n Node) Start() int { return int(n.node().start) }

// End returns the offset after the node's last byte.
func (n Node) End() int { return int(n.node().end) }

// Text returns a copy of the node's source, which does not keep the rest of the
// source alive. For a comparison, string(n.Bytes()) == "x" does not allocate.
func (n Node) Text() string { return string(n.Bytes()) }

// Bytes returns the node's part of Tree.Source; it must not be changed.
func (n Node) Bytes() []byte {
	if n.t == nil {
		return nil
	}
	d := n.node()
	return n.t.Source[d.start:d.end:d.end]
}

// Parent returns the node around n, or no node for the root.
func (n Node) Parent() Node {
	if n.t == nil {
		return Node{}
	}
	return n.t.node(n.node().parent)
}

// FirstChild returns the first child, be it named or not.
func (n Node) FirstChild() Node {
	if n.t == nil || n.node().last == n.i+1 {
		return Node{}
	}
	return Node{n.t, n.i + 1}
}

// NextSibling returns the next child of the same parent, be it named or not.
func (n Node) NextSibling() Node {
	d := n.node()
	if n.t == nil || d.parent < 0 || d.last >= n.t.nodes[d.parent].last {
		return Node{}
	}
	return Node{n.t, d.last}
}

// Child returns the first child that is the field of the given name.
func (n Node) Child(field string) Node {
	for c := range n.ChildrenByField(field) {
		return c
	}
	return Node{}
}

// NamedChild returns the child with index i among the named ones, comments left
// out. It counts from the first, so use [Node.NamedChildren] to visit them all.
func (n Node) NamedChild(i int) Node {
	for c := range n.NamedChildren() {
		if i == 0 {
			return c
		}
		i--
	}
	return Node{}
}

// NamedChildCount returns the number of named children, comments left out.
func (n Node) NamedChildCount() int {
	count := 0
	for range n.NamedChildren() {
		count++
	}
	return count
}

// LastNamedChild returns the last named child that is no comment.
func (n Node) LastNamedChild() Node {
	var last Node
	for c := range n.NamedChildren() {
		last = c
	}
	return last
}

// Children iterates over all children: named ones, tokens and comments.
func (n Node) Children() iter.Seq[Node] {
	return n.children(false)
}

// NamedChildren iterates over the named children that are no comments. ERROR
// nodes are among them.
func (n Node) NamedChildren() iter.Seq[Node] {
	return n.children(true)
}

// ChildrenByField iterates over the children that are the field of the given
// name. Where a list is a field, its separators often are so too.
func (n Node) ChildrenByField(field string) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		if n.t == nil || field == "" {
			return
		}
		n.t.each(n.i, false, func(i int32) bool {
			return n.t.grammar.fields[n.t.nodes[i].field] != field || yield(Node{n.t, i})
		})
	}
}

// Descendants iterates over all nodes below n, parents before their children.
func (n Node) Descendants() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		if n.t == nil {
			return
		}
		for i := n.i + 1; i < n.node().last; i++ {
			if !yield(Node{n.t, i}) {
				return
			}
		}
	}
}

func (n Node) children(named bool) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		if n.t == nil {
			return
		}
		n.t.each(n.i, named, func(i int32) bool { return yield(Node{n.t, i}) })
	}
}
