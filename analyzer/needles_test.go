package analyzer

import (
	"fmt"
	"testing"

	"github.com/keyvet/keyvet/rules"
)

// TestNeedlesOrder: needles that are the same look the same, for what is kept of files
// is kept for them.
func TestNeedlesOrder(t *testing.T) {
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	languages := make(map[string]bool)
	for _, c := range set.Clients {
		languages[c.Language] = true
	}
	for language := range languages {
		first := fmt.Sprint(needlesOf(set, language))
		for range 8 {
			if again := fmt.Sprint(needlesOf(set, language)); again != first {
				t.Fatalf("%s: needles come in another order each time", language)
			}
		}
	}
}

func TestImportName(t *testing.T) {
	for _, test := range []struct{ symbol, want string }{
		{"Client", "Client"},
		{"Field.of", "Field"},
		{"Args.Builder.once", "Args"},
		{"annotation.Command", "Command"},
		{"reducers.collect", "collect"},
	} {
		if got := importName(test.symbol); got != test.want {
			t.Errorf("importName(%q) = %q, want %q", test.symbol, got, test.want)
		}
	}
}
