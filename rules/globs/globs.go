// Package globs says which globs can be used: those of keyvet.yaml, and those of flags.
package globs

import "github.com/bmatcuk/doublestar/v4"

// MaxAlternatives is how many globs the braces of one may stand for: "{a,b}/{c,d}" are four. The matcher tries each of
// them for each name, so that thirty pairs of braces would take years.
const MaxAlternatives = 256

// Problem tells what is wrong with a glob, "" if nothing is.
func Problem(glob string) string {
	switch {
	case glob == "":
		return "it is empty"
	case glob[0] == '!':
		return `a leading "!" does not negate; write \! for a name that begins with it`
	case !doublestar.ValidatePattern(glob):
		return "unbalanced brackets or braces, or a backslash at the end"
	case alternatives(glob) > MaxAlternatives:
		return "its braces stand for more than 256 globs; write several globs"
	}
	return ""
}

// alternatives counts the globs that the braces of a valid one stand for, up to some number over the limit. A brace or
// comma in a bracket or behind a backslash may be counted too: that is rare, and errs to the safe side.
func alternatives(glob string) int {
	type group struct{ sum, last int } // of the alternatives ended by a comma, and of the one at hand
	groups := []group{{last: 1}}
	for _, c := range glob {
		top := &groups[len(groups)-1]
		switch {
		case c == '{':
			groups = append(groups, group{last: 1})
		case c == ',' && len(groups) > 1:
			top.sum, top.last = top.sum+top.last, 1
		case c == '}' && len(groups) > 1:
			inside := top.sum + top.last
			groups = groups[:len(groups)-1]
			top = &groups[len(groups)-1]
			top.last = min(top.last*inside, MaxAlternatives+1)
		}
		if len(groups) > MaxAlternatives || groups[len(groups)-1].sum > MaxAlternatives {
			return MaxAlternatives + 1
		}
	}
	return groups[0].last
}
