package craft

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/keyvet/keyvet/rules"
)

// Lint says what is missing in the rules that do not come with keyvet. What is
// wrong in them was found when they were loaded.
func Lint(set, builtin *rules.Set) rules.Mistakes {
	var remarks rules.Mistakes
	for _, r := range set.Rules {
		at := set.Place(r.ID)
		if at.File == "" {
			continue
		}
		for _, problem := range ruleProblems(builtin, r) {
			remarks = append(remarks, rules.Mistake{File: at.File, Line: at.Line, Column: at.Column, Message: problem + " [" + r.ID + "]"})
		}
	}
	slices.SortStableFunc(remarks, func(a, b rules.Mistake) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return remarks
}

func ruleProblems(builtin *rules.Set, r *rules.Rule) (problems []string) {
	if old := builtin.Rule(r.ID); old != nil {
		if old.Title != r.Title {
			problems = append(problems, "the id is that of the built-in rule \""+old.Title+"\", which this changes")
		}
		return problems
	}
	for _, need := range []struct {
		missing bool
		problem string
	}{
		{r.Why == "", `no "why": why does it matter that this is found?`},
		{r.Instead == "", `no "instead": what is to be done?`},
		{len(r.Examples) == 0, `no "examples": nothing shows that it finds what it should, and nothing else`},
		{len(r.Sources) == 0, `no "sources": where do the facts come from?`},
		{strings.HasSuffix(r.Message, "."), "the message ends in a period"},
		{shouts(r.Message), "the message begins with a capital letter"},
	} {
		if need.missing {
			problems = append(problems, need.problem)
		}
	}
	return problems
}

// shouts tells "Do not" from "RESP3 is" and "{command} is".
func shouts(message string) bool {
	first, width := utf8.DecodeRuneInString(message)
	second, _ := utf8.DecodeRuneInString(message[width:])
	return unicode.IsUpper(first) && unicode.IsLower(second)
}
