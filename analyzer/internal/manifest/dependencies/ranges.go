package dependencies

import (
	"regexp"
	"strings"

	"github.com/keyvet/keyvet/rules"
)

// maxVersionText bounds, in bytes, what is read as a version or range, and what properties make of one: a few that name
// one another many times would fill the memory, and a range of a million parts takes hours.
const maxVersionText = 1000

// pythonRange reads a PEP 440 specifier, ">=5,<9", "~=7.1", "==7.*", or one of
// Poetry, "^5.0", "~5.1", "5.*".
func pythonRange(text string) rules.Versions {
	if len(text) > maxVersionText {
		return rules.Versions{}
	}
	text = strings.Trim(strings.TrimSpace(text), "()")
	if text == "" || text == "*" {
		return rules.AllVersions()
	}
	var any rules.Versions
	for alternative := range strings.SplitSeq(text, "||") {
		set := rules.AllVersions()
		for part := range strings.SplitSeq(alternative, ",") {
			part = strings.TrimSpace(part)
			rest := strings.TrimLeft(part, "<>=!~^")
			operator, version := part[:len(part)-len(rest)], strings.TrimSpace(rest)
			one, ok := oneRange(operator, version)
			if !ok {
				return rules.Versions{}
			}
			set = set.And(one)
		}
		any = any.Or(set)
	}
	return any
}

// oneRange reads one relation in the signs that package managers share.
func oneRange(operator, version string) (rules.Versions, bool) {
	trimmed, star := trimStar(version)
	switch {
	case star && trimmed == "":
		return rules.AllVersions(), true
	case star && (operator == "" || operator == "=" || operator == "==" || operator == "^" || operator == "~"):
		if operator == "^" {
			return caret(trimmed), true
		}
		return rules.Series(trimmed), true
	case star && operator == "!=":
		below, ok := rules.Compared("<", trimmed)
		above, _ := rules.Compared(">=", next(trimmed))
		return below.Or(above), ok
	}
	switch operator {
	case "^":
		return caret(version), true
	case "~":
		return tilde(version, 2), true
	case "~=": // all but the last number may not change
		return tilde(version, max(1, strings.Count(version, "."))), true
	}
	return rules.Compared(operator, trimmed)
}

// trimStar cuts ".*", ".x" and what follows off a version.
func trimStar(version string) (string, bool) {
	parts := strings.Split(version, ".")
	for i, part := range parts {
		if part == "*" || part == "x" || part == "X" {
			return strings.Join(parts[:i], "."), true
		}
	}
	return version, false
}

// next gives the first version behind a series: "6" for "5", "9.2" for "9.1".
func next(series string) string {
	_, end, _ := strings.Cut(rules.Series(series).String(), "<")
	return end
}

// caret allows what does not change the first number that is not 0.
func caret(version string) rules.Versions {
	keep := 1
	for i, part := range strings.Split(version, ".") {
		if part != "0" {
			keep = i + 1
			break
		}
	}
	return tilde(version, keep)
}

// tilde allows what is not below a version and does not change its first numbers.
func tilde(version string, keep int) rules.Versions {
	parts := strings.Split(version, ".")
	from, ok := rules.Compared(">=", version)
	if !ok {
		return rules.Versions{}
	}
	return from.And(rules.Series(strings.Join(parts[:min(keep, len(parts))], ".")))
}

var hyphenRange = regexp.MustCompile(`^\s*(\S+)\s+-\s+(\S+)\s*$`)

// nodeRange reads a range of npm: "^5.1.0 || >=6 <7", "4.x", "1 - 2". It is empty
// for what names no version: a tag, a file, a repository, a workspace.
func nodeRange(text string) rules.Versions {
	if len(text) > maxVersionText {
		return rules.Versions{}
	}
	text = strings.TrimSpace(text)
	for _, prefix := range []string{"workspace:", "npm:"} {
		text = strings.TrimPrefix(text, prefix)
	}
	if i := strings.LastIndexByte(text, '@'); i >= 0 {
		text = text[i+1:] // npm:acme@^4
	}
	if text == "" || text == "*" || text == "latest" {
		return rules.AllVersions()
	}
	var any rules.Versions
	for alternative := range strings.SplitSeq(text, "||") {
		if m := hyphenRange.FindStringSubmatch(alternative); m != nil {
			alternative = ">=" + m[1] + " <=" + m[2]
		}
		set := rules.AllVersions()
		for _, part := range strings.Fields(joinOperators.ReplaceAllString(alternative, "$1")) {
			rest := strings.TrimLeft(part, "<>=~^")
			one, ok := nodeOne(part[:len(part)-len(rest)], rest)
			if !ok {
				return rules.Versions{}
			}
			set = set.And(one)
		}
		any = any.Or(set)
	}
	return any
}

var joinOperators = regexp.MustCompile(`([<>=~^])\s+`)

// nodeOne reads one relation; a version with fewer than three numbers is a series.
func nodeOne(operator, version string) (rules.Versions, bool) {
	version = strings.TrimPrefix(version, "v")
	if version == "" || !strings.ContainsRune("0123456789*xX", rune(version[0])) {
		return rules.Versions{}, false
	}
	short := strings.Count(version, ".") < 2
	switch {
	case operator == "" && short, operator == "=" && short:
		trimmed, _ := trimStar(version)
		if trimmed == "" {
			return rules.AllVersions(), true
		}
		return rules.Series(trimmed), true
	case operator == "~" && !strings.Contains(version, "."):
		return rules.Series(version), true
	case operator == "<=" && short:
		return rules.Compared("<", next(version))
	case operator == ">" && short:
		return rules.Compared(">=", next(version))
	}
	return oneRange(operator, version)
}

// javaRange reads a version of Maven or Gradle: "5.1.0", "[5,6)", "5.+".
func javaRange(text string) rules.Versions {
	if len(text) > maxVersionText {
		return rules.Versions{}
	}
	text = strings.TrimSuffix(strings.TrimSpace(text), "!!")
	switch {
	case strings.HasPrefix(text, "latest."), text == "+", text == "LATEST", text == "RELEASE":
		return rules.AllVersions()
	case strings.HasSuffix(text, ".+"):
		return rules.Series(strings.TrimSuffix(text, ".+"))
	case !strings.ContainsAny(text, "[](),"):
		return rules.OneVersion(text)
	}
	var any rules.Versions
	for _, m := range mavenRange.FindAllStringSubmatch(text, -1) {
		any = any.Or(mavenSpan(m[1], m[2], m[3]))
	}
	return any
}

var mavenRange = regexp.MustCompile(`([\[(\]])([^\[\]()]*)([\])\[])`)

func mavenSpan(open, inside, end string) rules.Versions {
	from, to, pair := strings.Cut(inside, ",")
	if !pair {
		return rules.OneVersion(inside)
	}
	set := rules.AllVersions()
	if from = strings.TrimSpace(from); from != "" {
		one, _ := rules.Compared(map[bool]string{true: ">=", false: ">"}[open == "["], from)
		set = set.And(one)
	}
	if to = strings.TrimSpace(to); to != "" {
		one, _ := rules.Compared(map[bool]string{true: "<=", false: "<"}[end == "]"], to)
		set = set.And(one)
	}
	return set
}
