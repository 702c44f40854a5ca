package strict

import (
	"strconv"

	"gopkg.in/yaml.v3"
)

// resolve gives the node that an alias stands for.
func resolve(n *Node) *Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// IsMapping tells whether n holds keys and values.
func IsMapping(n *Node) bool { return n != nil && n.Kind == yaml.MappingNode }

// IsList tells whether n is a list.
func IsList(n *Node) bool { return n != nil && n.Kind == yaml.SequenceNode }

// IsText tells whether n is a single value.
func IsText(n *Node) bool {
	return n != nil && n.Kind == yaml.ScalarNode && n.ShortTag() != "!!null"
}

// Items gives the members of a list.
func Items(n *Node) []*Node {
	if !IsList(n) {
		return nil
	}
	items := make([]*Node, len(n.Content))
	for i, c := range n.Content {
		items[i] = resolve(c)
	}
	return items
}

// Keys gives the keys of a mapping.
func Keys(n *Node) []string {
	var keys []string
	if IsMapping(n) {
		for i := 0; i+1 < len(n.Content); i += 2 {
			keys = append(keys, resolve(n.Content[i]).Value)
		}
	}
	return keys
}

// Get gives the value of a key of a mapping, or nil.
func Get(n *Node, key string) *Node {
	if _, value := entry(n, key); value != nil {
		return resolve(value)
	}
	return nil
}

// Find follows keys, and positions in lists, from n. Where the file has no such
// place, it gives the nearest one around it.
func Find(n *Node, path ...string) *Node {
	for _, step := range path {
		next := child(n, step)
		if next == nil {
			break
		}
		n = next
	}
	return n
}

// Lookup is Find, but gives nil where the file has no such place.
func Lookup(n *Node, path ...string) *Node {
	for _, step := range path {
		if n = child(n, step); n == nil {
			return nil
		}
	}
	return n
}

// FindKey is Find, but gives the last key itself rather than its value.
func FindKey(n *Node, path ...string) *Node {
	last := len(path) - 1
	parent := Find(n, path[:last]...)
	if key, _ := entry(parent, path[last]); key != nil {
		return key
	}
	return parent
}

func child(n *Node, step string) *Node {
	if IsList(n) {
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Content) {
			return resolve(n.Content[i])
		}
		return nil
	}
	return Get(n, step)
}

func entry(n *Node, key string) (k, v *Node) {
	if !IsMapping(n) {
		return nil, nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if k := resolve(n.Content[i]); k.Kind == yaml.ScalarNode && k.Value == key {
			return k, n.Content[i+1]
		}
	}
	return nil, nil
}

// kind names what a node is, for people.
func kind(n *Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.ShortTag() {
	case "!!null":
		return "nothing"
	case "!!bool":
		return n.Value
	case "!!int", "!!float":
		return "the number " + n.Value
	}
	return "a text"
}
