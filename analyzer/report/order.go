package report

import (
	"cmp"
	"slices"
	"strings"
)

// severities, the worst first.
func severities() []string { return []string{"error", "warning", "note"} }

// rank puts severities in order, the worst first. One that is not known counts
// as a warning.
func rank(severity string) int {
	if i := slices.Index(severities(), severity); i >= 0 {
		return i
	}
	return 1
}

func certaintyRank(c Certainty) int {
	return slices.Index([]Certainty{Certain, Likely, Possible}, c)
}

// worstFirst gives the indices of the findings, the most severe first, of those
// the surest, else in the report's order. Findings of no use are left out.
func worstFirst(r *Report) []int {
	order := make([]int, 0, len(r.Findings))
	for i, f := range r.Findings {
		if r.use(f) != nil {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		fa, fb := r.Findings[a], r.Findings[b]
		return cmp.Or(
			cmp.Compare(rank(fa.Severity), rank(fb.Severity)),
			cmp.Compare(certaintyRank(r.use(fa).Certainty), certaintyRank(r.use(fb).Certainty)),
		)
	})
	return order
}

func (r *Report) use(f Finding) *Use { return r.Judged(f) }

// Subject names what a use is about: "FT.SEARCH", "resp=2"; nothing where it
// stands for a place.
func (u *Use) Subject() string {
	switch u.Kind {
	case SettingUse:
		return u.Setting + "=" + u.Value
	case SuppressionUse:
		return "suppression=" + u.Value
	}
	return u.Command
}

// SortUses puts the uses in order, and the findings, whose indices follow them.
func (r *Report) SortUses() {
	order := make([]int, len(r.Uses))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return compareUses(&r.Uses[i], &r.Uses[j]) })
	uses, place := make([]Use, len(order)), make([]int, len(order))
	for to, from := range order {
		uses[to], place[from] = r.Uses[from], to
	}
	r.Uses = uses
	for i := range r.Findings {
		if use := r.Findings[i].Use; use >= 0 {
			r.Findings[i].Use = place[use]
		}
	}
	r.SortFindings()
}

func compareUses(a, b *Use) int {
	return cmp.Or(strings.Compare(a.Path, b.Path),
		a.Range.Start.Compare(b.Range.Start), a.Range.End.Compare(b.Range.End),
		strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.Command, b.Command))
}

// Compare tells which position comes first, as cmp.Compare does.
func (p Position) Compare(q Position) int {
	return cmp.Or(cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}
