//go:build bench && linux

package bench

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// publish prints what was measured. If KEYVET_PAGE names a file, it takes the place of what that file has between the
// comments <!-- NAME --> and <!-- /NAME -->.
func publish(t *testing.T, name, text string) {
	t.Helper()
	fmt.Printf("\n%s\n", text)
	page := os.Getenv("KEYVET_PAGE")
	if page == "" {
		return
	}
	old, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, opened := strings.Cut(string(old), "<!-- "+name+" -->\n")
	_, after, closed := strings.Cut(rest, "<!-- /"+name+" -->\n")
	if !opened || !closed {
		t.Fatalf("%s has no place for %s", page, name)
	}
	whole := fmt.Sprintf("%s<!-- %s -->\n\n%s\n<!-- /%s -->\n%s", before, name, text, name, after)
	if err := os.WriteFile(page, []byte(whole), 0o644); err != nil {
		t.Fatal(err)
	}
}
