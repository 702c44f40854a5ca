package analyzer

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages"
)

// functions are those of a file that have a name, for finding the one around a place.
type functions struct {
	file *languages.File
	all  []named // by where they begin, the outer ones first
}

// A named function, and the index of the one around it, -1 for none.
type named struct {
	index, outer int
	start, end   int32
}

// functionsOf takes nil for a file without functions.
func functionsOf(f *languages.File) functions {
	fs := functions{file: f}
	if f == nil {
		return fs
	}
	for i := 1; i < len(f.Functions); i++ {
		if fn := &f.Functions[i]; fn.Name != "" {
			fs.all = append(fs.all, named{index: i, start: fn.Range.Start, end: fn.Range.End})
		}
	}
	slices.SortStableFunc(fs.all, func(a, b named) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	for i := range fs.all {
		fs.all[i].outer = fs.holding(i-1, fs.all[i].start)
	}
	return fs
}

// holding goes outwards from a function to one that holds a place.
func (fs functions) holding(i int, offset int32) int {
	for i >= 0 && offset >= fs.all[i].end {
		i = fs.all[i].outer
	}
	return i
}

// around names the innermost function around a place, with the type whose method it is; "" for none.
func (fs functions) around(at report.Position) string {
	f := fs.file
	if f == nil || at.Line < 1 || at.Line > len(f.Lines) {
		return ""
	}
	offset := f.Lines[at.Line-1] + int32(at.Column) - 1
	behind := sort.Search(len(fs.all), func(i int) bool { return fs.all[i].start > offset })
	best := fs.holding(behind-1, offset)
	if best < 0 {
		return ""
	}
	fn := &f.Functions[fs.all[best].index]
	name := fn.Name
	if owner := fn.Owner; owner >= 0 && owner < len(f.Types) && f.Types[owner].Name != "" {
		name = f.Types[owner].Name + "." + name
	}
	return strings.Clone(name)
}
