package golangci

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"
	"gopkg.in/yaml.v3"
)

// TestRegistered: golangci-lint finds the plugin under the linter's name.
func TestRegistered(t *testing.T) {
	if _, err := register.GetPlugin("keyvet"); err != nil {
		t.Error(err)
	}
}

// TestNames: the linter keeps its name, and what golangci-lint kept before is of no
// use once a file has changed.
func TestNames(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "go.mod", "module shop\n")
	bare := names(t, nil)
	put(t, "keyvet.yaml", "target: redis-8.4\n")
	first := names(t, nil)
	put(t, "keyvet.yaml", "target: redis-8.2\n")
	second := names(t, map[string]any{"severity": "note"})
	if bare == first || first == second || bare == second {
		t.Errorf("%q, %q, %q", bare, first, second)
	}
	if again := names(t, nil); again != second {
		t.Errorf("%q, then %q with the same files", second, again)
	}
}

// names gives the name of the analyzer that finds.
func names(t *testing.T, settings any) string {
	t.Helper()
	p, err := New(settings)
	if err != nil {
		t.Fatal(err)
	}
	if mode := p.GetLoadMode(); mode != register.LoadModeTypesInfo {
		t.Errorf("load mode %s", mode)
	}
	analyzers, err := p.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	if err := analysis.Validate(analyzers); err != nil {
		t.Error(err)
	}
	if len(analyzers) != 2 || analyzers[0].Name != "keyvet" {
		t.Fatalf("%v", analyzers)
	}
	return analyzers[1].Name
}

// TestSettings: mistakes are told before anything is linted.
func TestSettings(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "go.mod", "module shop\n")
	put(t, "broken.yaml", "targt: x\n")
	for _, test := range []struct {
		settings map[string]any
		want     string
	}{
		{map[string]any{"targets": "x"}, `unknown field "targets"`},
		{map[string]any{"target": "valkey-9.7"}, `the nearest lower one is "valkey-9.2"`},
		{map[string]any{"config": "broken.yaml"}, `broken.yaml:1:1: unknown key "targt"; did you mean "target"?`},
		{map[string]any{"rules": []string{"nowhere"}}, "nowhere: no such file or folder"},
		{map[string]any{"certainty": "surely"}, "it must be one of possible, likely, certain"},
	} {
		if _, err := New(test.settings); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: %v", test.settings, err)
		}
	}
}

// TestDocumented: docs/go.md names all settings, and no others.
func TestDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../../docs/go.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(doc), "# .golangci.yml\n")
	block, _, _ = strings.Cut(block, "```")
	var file struct {
		Linters struct {
			Settings struct {
				Custom map[string]struct{ Settings map[string]any }
			}
		}
	}
	if err := yaml.Unmarshal([]byte(block), &file); err != nil {
		t.Fatal(err)
	}
	shown := file.Linters.Settings.Custom["keyvet"].Settings
	if _, err := register.DecodeSettings[Settings](shown); err != nil {
		t.Error(err)
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Settings]()) {
		if _, ok := shown[f.Tag.Get("json")]; !ok {
			t.Errorf("%s is not shown", f.Tag.Get("json"))
		}
	}
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
