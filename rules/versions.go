package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Versions is a set of versions of a library, as stretches without gaps, in
// order. The zero value is the empty set. Versions are compared by their
// numbers alone, four of them at most: what a catalogue says of 8 holds for
// 8.0.0-beta1 too.
type Versions struct{ spans []stretch }

// A stretch is what lies between two cuts.
type stretch struct{ from, to cut }

// A cut lies right before a version, or right after it.
type cut struct {
	at    [4]int
	after bool
}

// noLimit is more than any number of a version.
const noLimit = 1 << 30

var (
	lowest  = cut{}
	highest = cut{at: [4]int{noLimit}}
)

// AllVersions is the set that holds every version.
func AllVersions() Versions { return Versions{[]stretch{{lowest, highest}}} }

// OneVersion is the set of one version: "8.1.0", "v9.7.0", "7.7.0.RELEASE". It is
// empty where the text begins with no number.
func OneVersion(text string) Versions {
	v, n := numbers(text)
	if n == 0 {
		return Versions{}
	}
	return Versions{[]stretch{{cut{at: v}, cut{at: v, after: true}}}}
}

// Series is the set of versions that begin with the numbers of text: those of
// "9.1" are 9.1.0 and all before 9.2.
func Series(text string) Versions {
	v, n := numbers(text)
	if n == 0 {
		return Versions{}
	}
	next := v
	next[n-1]++
	return Versions{[]stretch{{cut{at: v}, cut{at: next}}}}
}

// numbers reads the leading numbers of a version and counts them.
func numbers(text string) (v [4]int, n int) {
	text = strings.TrimLeft(strings.TrimSpace(text), "vV=")
	for n < len(v) {
		end := 0
		for end < len(text) && text[end] >= '0' && text[end] <= '9' {
			end++
		}
		number, err := strconv.Atoi(text[:end])
		if err != nil || number >= noLimit {
			return v, n
		}
		v[n] = number
		n++
		if end == len(text) || text[end] != '.' {
			return v, n
		}
		text = text[end+1:]
	}
	return v, n
}

// ParseVersions reads a set as catalogues write it: "*", "<8", ">=6.0, <7".
func ParseVersions(text string) (Versions, error) {
	set := AllVersions()
	if strings.TrimSpace(text) == "*" {
		return set, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		operator := part[:len(part)-len(strings.TrimLeft(part, "<>=!"))]
		one, ok := Compared(operator, part[len(operator):])
		if !ok {
			return Versions{}, fmt.Errorf(`expected "*" or versions like "<8" or ">=6.0, <7", found %q`, text)
		}
		set = set.And(one)
	}
	return set, nil
}

// Compared gives the versions that stand in a relation to one: ">=" and "8".
func Compared(operator, version string) (Versions, bool) {
	v, n := numbers(version)
	if n == 0 {
		return Versions{}, false
	}
	before, after := cut{at: v}, cut{at: v, after: true}
	switch operator {
	case "<":
		return Versions{[]stretch{{lowest, before}}}, true
	case "<=":
		return Versions{[]stretch{{lowest, after}}}, true
	case ">":
		return Versions{[]stretch{{after, highest}}}, true
	case ">=":
		return Versions{[]stretch{{before, highest}}}, true
	case "=", "==", "===", "":
		return Versions{[]stretch{{before, after}}}, true
	case "!=":
		return Versions{[]stretch{{lowest, before}, {after, highest}}}, true
	}
	return Versions{}, false
}

// And gives the versions that are in both sets.
func (s Versions) And(o Versions) Versions {
	var out Versions
	for _, a := range s.spans {
		for _, b := range o.spans {
			from, to := later(a.from, b.from), earlier(a.to, b.to)
			if from.compare(to) < 0 {
				out.spans = append(out.spans, stretch{from, to})
			}
		}
	}
	return out
}

// Or gives the versions that are in one of the sets.
func (s Versions) Or(o Versions) Versions {
	all := append(slices.Clone(s.spans), o.spans...)
	slices.SortFunc(all, func(a, b stretch) int { return a.from.compare(b.from) })
	var out Versions
	for _, a := range all {
		if n := len(out.spans); n > 0 && a.from.compare(out.spans[n-1].to) <= 0 {
			out.spans[n-1].to = later(out.spans[n-1].to, a.to)
			continue
		}
		out.spans = append(out.spans, a)
	}
	return out
}

// Empty tells whether the set holds no version.
func (s Versions) Empty() bool { return len(s.spans) == 0 }

// All tells whether the set holds every version.
func (s Versions) All() bool { return len(s.spans) == 1 && s.spans[0] == stretch{lowest, highest} }

// In tells whether every version of the set is in another one.
func (s Versions) In(o Versions) bool {
	both := s.And(o)
	return slices.Equal(s.spans, both.spans)
}

// Major gives the major number that all versions of the set have in common.
func (s Versions) Major() (int, bool) {
	if s.Empty() {
		return 0, false
	}
	first, last := s.spans[0].from.at, s.spans[len(s.spans)-1].to
	end := last.at[0]
	if !last.after && last.at == [4]int{end} {
		end-- // right before N.0.0 is N-1
	}
	return first[0], first[0] == end
}

// String writes the set as catalogues do: "8.1.0", ">=5.0.0, <8.0.0".
func (s Versions) String() string {
	var parts []string
	for _, a := range s.spans {
		var part []string
		switch {
		case a == stretch{lowest, highest}:
			part = append(part, "*")
		case !a.from.after && a.to == cut{a.from.at, true}:
			part = append(part, dots(a.from.at))
		default:
			if a.from != lowest {
				part = append(part, map[bool]string{false: ">=", true: ">"}[a.from.after]+dots(a.from.at))
			}
			if a.to != highest {
				part = append(part, map[bool]string{false: "<", true: "<="}[a.to.after]+dots(a.to.at))
			}
		}
		parts = append(parts, strings.Join(part, ", "))
	}
	return strings.Join(parts, " or ")
}

// dots writes three numbers, or four where the last is not 0.
func dots(v [4]int) string {
	text := fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2])
	if v[3] != 0 {
		text += fmt.Sprintf(".%d", v[3])
	}
	return text
}

func (c cut) compare(o cut) int {
	if d := slices.Compare(c.at[:], o.at[:]); d != 0 {
		return d
	}
	switch {
	case c.after == o.after:
		return 0
	case c.after:
		return 1
	}
	return -1
}

func later(a, b cut) cut {
	if a.compare(b) < 0 {
		return b
	}
	return a
}

func earlier(a, b cut) cut {
	if a.compare(b) < 0 {
		return a
	}
	return b
}
