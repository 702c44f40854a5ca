package rules

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/rules/internal/schema"
)

// TestSchema makes the JSON Schemas from the same types and spec that files are
// decoded with, and from the comments of the types.
func TestSchema(t *testing.T) {
	docs, err := schema.Docs("client.go", "rules.go", "target.go", "dependent.go", "platform.go")
	if err != nil {
		t.Fatal(err)
	}
	for name, root := range map[string]reflect.Type{
		"client":     reflect.TypeFor[Client](),
		"family":     reflect.TypeFor[Family](),
		"rules":      reflect.TypeFor[ruleFile](),
		"targets":    reflect.TypeFor[targetFile](),
		"modules":    reflect.TypeFor[moduleFile](),
		"platform":   reflect.TypeFor[Platform](),
		"dependents": reflect.TypeFor[dependentFile](),
	} {
		file := filepath.Join("schema", name+".schema.json")
		want := schemaText(t, docs, name, root)
		if *update {
			if err := os.MkdirAll("schema", 0o755); err != nil {
				t.Fatal(err)
			}
			writeFile(t, file, want)
			continue
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Errorf("%v; run: %s", err, updateCommand)
		} else if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is not what the types say; run: %s\n%s", file, updateCommand, diff)
		}
	}
}

func schemaText(t *testing.T, docs map[string]string, name string, root reflect.Type) []byte {
	s := schema.Schema{Spec: spec, Docs: docs, Definitions: schema.Object{}}
	top := s.Of(root)
	if name == "rules" { // a plain list does as well
		list := schema.Object{"type": "array", "items": s.Of(reflect.TypeFor[Rule]())}
		top = schema.Object{"anyOf": []any{list, top}}
	}
	text, err := s.Text(top, "keyvet "+name, updateCommand)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
