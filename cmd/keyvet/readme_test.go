package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadme: what README.md shows of a run is what the run says.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile("(?s)\n```text\n(.*?)```").FindSubmatch(readme)
	if shown == nil {
		t.Fatal("README.md shows no run")
	}
	t.Chdir("../..")
	s, out, errs := testStreams(strings.NewReader(""))
	if code := run([]string{"testdata/demo"}, s); code != exitFindings {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	if !strings.Contains(out.String(), string(shown[1])) {
		t.Errorf("README.md shows\n%s\nbut the run says\n%s", shown[1], out)
	}
	for _, file := range regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`).FindAllSubmatch(readme, -1) {
		if _, err := os.Stat(string(file[1])); err != nil {
			t.Errorf("README.md links to %s: %v", file[1], err)
		}
	}
}
