package suppress

import (
	"iter"

	"github.com/keyvet/keyvet/analyzer/report"
)

// reaches finds the comments of a file that may speak of a use, without asking each: a file may hold thousands.
type reaches struct {
	near map[int][]*Comment // those that reach a few lines, by each of them
	far  []*Comment         // of blocks and of the whole file
}

func (r *reaches) add(c *Comment) {
	if c.form != lineForm {
		r.far = append(r.far, c)
		return
	}
	for line := c.first; line > 0 && line <= c.last; line++ {
		r.near[line] = append(r.near[line], c)
	}
	if c.trailing && (c.line < c.first || c.line > c.last) {
		r.near[c.line] = append(r.near[c.line], c)
	}
}

// of gives those that may speak of a use: by the line it begins in, by the one it ends in, and the far ones.
func (r *reaches) of(u *report.Use) iter.Seq[*Comment] {
	return func(yield func(*Comment) bool) {
		if r == nil {
			return
		}
		lists := [][]*Comment{r.near[u.Range.Start.Line], nil, r.far}
		if u.Range.End.Line != u.Range.Start.Line {
			lists[1] = r.near[u.Range.End.Line]
		}
		for _, list := range lists {
			for _, c := range list {
				if !yield(c) {
					return
				}
			}
		}
	}
}
