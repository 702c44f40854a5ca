package config

import (
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/rules/internal/schema"
)

var update = flag.Bool("update", false, "write the schema")

const updateCommand = "go generate ./rules/config"

// TestSchema makes the JSON Schema that editors check a keyvet.yaml with.
func TestSchema(t *testing.T) {
	docs, err := schema.Docs("config.go")
	if err != nil {
		t.Fatal(err)
	}
	list := func(of string) schema.Object {
		return schema.Object{"type": "array", "items": schema.Object{"$ref": of}}
	}
	s := schema.Schema{Spec: spec, Docs: docs, Definitions: schema.Object{}, Elsewhere: map[string]schema.Object{
		"clients":  list("client.schema.json"),
		"families": list("family.schema.json"),
		"rules":    list("rules.schema.json#/definitions/Rule"),
	}}
	want, err := s.Text(s.Of(reflect.TypeFor[Values]()), "keyvet.yaml", updateCommand)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("..", "schema", "config.schema.json")
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run: %s", err, updateCommand)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is not what the types say; run: %s\n%s", file, updateCommand, diff)
	}
}
