package rules

import "testing"

func TestVersionSets(t *testing.T) {
	for _, test := range []struct{ a, b, and string }{
		{"*", "<8", "<8.0.0"},
		{">=5, <8", ">=7.1", ">=7.1.0, <8.0.0"},
		{"<8", ">=8", ""},
		{"<=8", ">=8", "8.0.0"},
		{"!=8.0.0", ">=7, <9", ">=7.0.0, <8.0.0 or >8.0.0, <9.0.0"},
	} {
		a, err := ParseVersions(test.a)
		if err != nil {
			t.Fatal(err)
		}
		b, err := ParseVersions(test.b)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.And(b).String(); got != test.and {
			t.Errorf("%s and %s: got %q, want %q", test.a, test.b, got, test.and)
		}
		if !a.And(b).In(a) || !a.In(a.Or(b)) {
			t.Errorf("%s and %s: the parts are not in the whole", test.a, test.b)
		}
	}
	for text, major := range map[string]int{"8.1.0": 8, "v9.7.0": 9, "7.7.0.RELEASE": 7, "8.0.0-beta1": 8, "6.2.0rc2": 6} {
		if got, ok := OneVersion(text).Major(); !ok || got != major {
			t.Errorf("major of %s: got %d, %v", text, got, ok)
		}
	}
	if major, ok := Series("7").Major(); !ok || major != 7 {
		t.Errorf("major of 7.*: got %d, %v", major, ok)
	}
	if s := OneVersion("latest"); !s.Empty() {
		t.Errorf("latest: got %s", s)
	}
	if _, err := ParseVersions("latest"); err == nil {
		t.Error("latest is no set of versions")
	}
}
