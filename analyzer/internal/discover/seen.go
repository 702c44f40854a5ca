package discover

import (
	"slices"
	"strings"
)

// Seen is what a walk saw in the folders that it read, whatever it left out: a manifest that is looked for in all folders
// is in few of them. Each folder, named like [File.Rel], has the names in it one after the other: that of a folder ends
// with a slash, that of a file with a zero byte, neither of which is part of a name. A folder with anything else in it,
// as links, is not among them.
type Seen map[string]string

// A presence is what Seen knows of a path.
type presence uint8

const (
	unseen presence = iota
	seenNothing
	seenFile
	seenFolder
)

// A sight is an entry of Seen.
type sight struct{ folder, names string }

// see takes down what is in the folder at hand.
func (w *worker) see(d *folder) {
	w.buffer = w.buffer[:0]
	for _, e := range w.list.entries {
		w.buffer = append(w.buffer, w.list.name(e)...)
		switch e.kind {
		case kindFile:
			w.buffer = append(w.buffer, 0)
		case kindFolder:
			w.buffer = append(w.buffer, '/')
		default:
			return
		}
	}
	w.seen = append(w.seen, sight{w.rel(d.abs), string(w.buffer)})
}

// at tells what is at a path.
func (s Seen) at(rel string) presence {
	folder, name := ".", rel
	if i := strings.LastIndexByte(rel, '/'); i >= 0 {
		folder, name = rel[:i], rel[i+1:]
	}
	names, known := s[folder]
	if !known || name == "" || name == "." || name == ".." {
		return unseen
	}
	for end := 0; ; {
		i := strings.Index(names[end:], name)
		if i < 0 {
			return seenNothing
		}
		start := end + i
		end = start + len(name)
		if start > 0 && !isNameEnd(names[start-1]) {
			continue
		}
		switch names[end] {
		case 0:
			return seenFile
		case '/':
			return seenFolder
		}
	}
}

func isNameEnd(c byte) bool { return c == 0 || c == '/' }

// list gives the names of the files in a folder, or of its folders, sorted.
func (s Seen) list(folder string, folders bool) (found []string, known bool) {
	names, known := s[folder]
	for names != "" {
		end := strings.IndexAny(names, "\x00/")
		if (names[end] == '/') == folders {
			found = append(found, names[:end])
		}
		names = names[end+1:]
	}
	slices.Sort(found)
	return found, known
}
