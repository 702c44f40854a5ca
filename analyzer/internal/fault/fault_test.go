package fault

import (
	"regexp"
	"testing"
)

func TestOf(t *testing.T) {
	var none []int
	var nowhere *struct{ field int }
	for _, test := range []struct {
		name, want string
		do         func()
	}{
		{"well", `^$`, func() {}},
		{"panic", `^no such kind \(fault_test.go:\d+\)$`, func() { panic("no such kind") }},
		{"index", `^runtime error: index out of range \[0\] with length 0 \(fault_test.go:\d+\)$`, func() { _ = none[0] }},
		{"nil", `^runtime error: invalid memory address or nil pointer dereference \(fault_test.go:\d+\)$`, func() { _ = nowhere.field }},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Of(test.do); !regexp.MustCompile(test.want).MatchString(got) {
				t.Errorf("%q does not match %q", got, test.want)
			}
		})
	}
}
