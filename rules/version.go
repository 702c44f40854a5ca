package rules

import (
	"cmp"
	"strconv"
	"strings"
)

// compareVersions orders versions by their numbers; what is missing at the end
// of one counts as 0, so "9.1" is "9.1.0". Marks like "-rc1" are not looked at.
func compareVersions(a, b string) int {
	for a != "" || b != "" {
		var x, y int
		x, a = nextNumber(a)
		y, b = nextNumber(b)
		if c := cmp.Compare(x, y); c != 0 {
			return c
		}
	}
	return 0
}

func nextNumber(version string) (number int, rest string) {
	part, rest, _ := strings.Cut(version, ".")
	end := 0
	for end < len(part) && part[end] >= '0' && part[end] <= '9' {
		end++
	}
	number, _ = strconv.Atoi(part[:end]) // too long a number is as good as 0
	return number, rest
}

// isVersion tells whether a text is numbers with dots between them.
func isVersion(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		if part == "" || len(part) > 9 {
			return false
		}
		for _, c := range []byte(part) {
			if c < '0' || c > '9' {
				return false
			}
		}
	}
	return true
}

// inSeries tells whether a version belongs to a series, or is it: 1.2.1 to 1.2.
func inSeries(version, series string) bool {
	return compareVersions(version, series) == 0 || strings.HasPrefix(version, series+".")
}

// shortVersion leaves out a patch level of 0: "9.0.0" is said as "9.0".
func shortVersion(v string) string {
	if strings.Count(v, ".") == 2 {
		return strings.TrimSuffix(v, ".0")
	}
	return v
}

// A span is the versions from since on, up to but without end, if there is one.
type span struct{ since, end string }

// parseSpan reads what a [By] says of a provider: "8.4.0", "1.0.0..2.0.0", "*".
func parseSpan(text string) (s span, ok bool) {
	if text == "*" {
		return span{since: "0"}, true
	}
	since, end, ends := strings.Cut(text, "..")
	return span{since, end}, isVersion(since) && (!ends || isVersion(end) && compareVersions(since, end) < 0)
}

func (s span) holds(version string) bool {
	return compareVersions(version, s.since) >= 0 && !s.over(version)
}

// over tells that the span lies before a version.
func (s span) over(version string) bool {
	return s.end != "" && compareVersions(version, s.end) >= 0
}
