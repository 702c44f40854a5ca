package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// A tally counts findings or uses that have something in common.
type tally struct {
	key   [2]string
	count int
	files int
	last  string // path; uses are in the order of their paths
}

// tallies counts by key, in the order given by compare, else by key.
func tallies(each func(count func(a, b string, u *Use)), compare func(a, b tally) int) []tally {
	byKey := make(map[[2]string]*tally)
	each(func(a, b string, u *Use) {
		t := byKey[[2]string{a, b}]
		if t == nil {
			t = &tally{key: [2]string{a, b}}
			byKey[t.key] = t
		}
		t.count++
		if t.files == 0 || t.last != u.Path {
			t.files++
			t.last = u.Path
		}
	})
	all := make([]tally, 0, len(byKey))
	for _, t := range byKey {
		all = append(all, *t)
	}
	slices.SortFunc(all, func(a, b tally) int {
		return cmp.Or(compare(a, b), strings.Compare(a.key[0], b.key[0]), strings.Compare(a.key[1], b.key[1]))
	})
	return all
}

// byRule counts findings by rule and severity, the worst first.
func byRule(r *Report) []tally {
	return tallies(func(count func(a, b string, u *Use)) {
		for _, f := range r.Findings {
			if u := r.use(f); u != nil && f.Suppressed == nil {
				count(f.Rule, f.Severity, u)
			}
		}
	}, func(a, b tally) int { return cmp.Compare(rank(a.key[1]), rank(b.key[1])) })
}

// byFamily counts the uses that findings judge by what they are about and the
// client that they go through. A use that two rules judge counts once.
func byFamily(r *Report) []tally {
	return tallies(func(count func(a, b string, u *Use)) {
		seen := make([]bool, len(r.Uses))
		for _, f := range r.Findings {
			u := r.use(f)
			if u == nil || u.Kind == "" || u.Kind == SuppressionUse || f.Suppressed != nil || seen[f.Use] {
				continue
			}
			seen[f.Use] = true
			count(u.family(), cmp.Or(u.Client, "not known"), u)
		}
	}, func(a, b tally) int { return 0 })
}

// family is what stands for a group of commands in a summary: "FT.*".
func (u *Use) family() string {
	if prefix, _, dotted := strings.Cut(u.Command, "."); u.Kind != SettingUse && dotted {
		return prefix + ".*"
	}
	return u.Subject()
}

// Summary words how many findings there are, and of which severities:
// "3 findings (2 errors, 1 warning)". Those that are excused do not count.
func (r *Report) Summary() string {
	counts, all := make(map[string]int), 0
	for _, f := range r.Findings {
		if f.Suppressed == nil {
			counts[severities()[rank(f.Severity)]]++
			all++
		}
	}
	var parts []string
	for _, s := range severities() {
		if counts[s] > 0 {
			parts = append(parts, Count(counts[s], s))
		}
	}
	if len(parts) == 0 {
		return "no findings"
	}
	return Count(all, "finding") + " (" + strings.Join(parts, ", ") + ")"
}

// Count words a number of things: "1 file", "1,234 files".
func Count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return Thousands(n) + " " + thing
}

// Thousands writes a number with commas between groups of three digits.
func Thousands(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}
