package treesitter

import (
	"context"
	"errors"
	"time"

	sitter "github.com/smacker/go-tree-sitter"
)

// dumpPortable is the dumper that needs nothing but smacker's Go methods. It is
// compiled on every system, for the tests hold the native one against it.
func (g *Grammar) dumpPortable(src []byte, l limits) ([]node, error) {
	start := time.Now()
	parser := sitter.NewParser()
	defer parser.Close()
	parser.SetLanguage(g.language)
	parser.SetOperationLimit(int(l.micros()))
	tree, err := parser.ParseCtx(context.Background(), nil, src)
	if errors.Is(err, sitter.ErrOperationLimit) {
		return nil, errTime(l)
	}
	if err != nil {
		return nil, err
	}
	defer tree.Close()

	cursor := sitter.NewTreeCursor(tree.RootNode())
	defer cursor.Close()
	return g.walkPortable(cursor, l, start)
}

// walkPortable does what keyvet_dump in native.c does.
func (g *Grammar) walkPortable(cursor *sitter.TreeCursor, l limits, start time.Time) ([]node, error) {
	ids := make(map[string]uint16, len(g.fields))
	for id, field := range g.fields {
		ids[field] = uint16(id)
	}
	var nodes []node
	parent := int32(-1)
	for {
		if len(nodes) == l.nodes {
			return nil, errNodes(l)
		}
		if len(nodes)%64 == 0 && l.time > 0 && time.Since(start) > l.time {
			return nil, errTime(l)
		}
		at := int32(len(nodes))
		nodes = append(nodes, portableNode(cursor.CurrentNode(), ids[cursor.CurrentFieldName()], parent))
		if cursor.GoToFirstChild() {
			parent = at
			continue
		}
		nodes[at].last = at + 1
		for !cursor.GoToNextSibling() {
			if !cursor.GoToParent() {
				return nodes, nil
			}
			nodes[parent].last = int32(len(nodes))
			parent = nodes[parent].parent
		}
	}
}

func portableNode(n *sitter.Node, field uint16, parent int32) node {
	return node{
		start:  n.StartByte(),
		end:    n.EndByte(),
		parent: parent,
		symbol: uint16(n.Symbol()),
		field:  field,
		flags: bit(flagNamed, n.IsNamed()) |
			bit(flagError, n.IsError()) |
			bit(flagMissing, n.IsMissing()) |
			bit(flagHasError, n.HasError()) |
			bit(flagExtra, n.IsExtra()),
	}
}

func bit(flag uint8, set bool) uint8 {
	if set {
		return flag
	}
	return 0
}
