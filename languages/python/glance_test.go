package python

import "testing"

func TestHandsOn(t *testing.T) {
	for src, want := range map[string]bool{
		"from .db import *":      true,
		"from .db import  *\n":   true,
		"from .db import client": false,
		"import db\nx = 2 * 3":   false,
		"important = [*args]":    false,
	} {
		if got := handsOn([]byte(src)); got != want {
			t.Errorf("handsOn(%q) = %v", src, got)
		}
	}
}
