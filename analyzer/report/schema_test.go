package report

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const schemaFile = "report.schema.json"

// enums are the values of types and fields that take few.
var enums = map[string][]string{
	"UseKind":          {"command", "setting", "suppression"},
	"SuppressionKind":  {"inSource", "external"},
	"Suppression.Form": {"line", "block", "file"},
	"Certainty":        {"certain", "likely", "possible"},
	"Finding.Severity": severities(),
}

// TestSchema makes the JSON Schema from the types and their comments.
func TestSchema(t *testing.T) {
	s := schema{docs: typeDocs(t, "report.go", "suppression.go"), definitions: map[string]any{}}
	top := s.structure(reflect.TypeFor[Report]())
	top["$schema"] = "http://json-schema.org/draft-07/schema#"
	top["$comment"] = "Generated from the Go types by: " + updateCommand
	top["title"] = "keyvet report"
	top["definitions"] = s.definitions
	want, err := json.MarshalIndent(top, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatalf("%v; run: %s", err, updateCommand)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is not what the types say; run: %s\n%s", schemaFile, updateCommand, diff)
	}
}

type schema struct {
	docs        map[string]string // of "Type" and "Type.Field"
	definitions map[string]any
}

func (s schema) of(t reflect.Type) map[string]any {
	switch {
	case enums[t.Name()] != nil:
		return map[string]any{"enum": enums[t.Name()]}
	case t.Kind() == reflect.Pointer:
		return s.of(t.Elem())
	case t.Kind() == reflect.Struct:
		if _, known := s.definitions[t.Name()]; !known {
			s.definitions[t.Name()] = nil
			s.definitions[t.Name()] = s.structure(t)
		}
		return map[string]any{"$ref": "#/definitions/" + t.Name()}
	case t.Kind() == reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": s.of(t.Elem())}
	case t.Kind() == reflect.Slice:
		return map[string]any{"type": "array", "items": s.of(t.Elem())}
	case t.Kind() == reflect.Int:
		return map[string]any{"type": "integer", "minimum": 0}
	}
	return map[string]any{"type": "string"}
}

// structure lets other properties be: later versions may have more.
func (s schema) structure(t reflect.Type) map[string]any {
	properties := map[string]any{}
	var required []string
	for field := range t.Fields() {
		key, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if key == "-" {
			continue
		}
		name := t.Name() + "." + field.Name
		property := s.of(field.Type)
		if values := enums[name]; values != nil {
			property = map[string]any{"enum": values}
		}
		if name == "Finding.Use" {
			property["minimum"] = -1
		}
		if doc := s.docs[name]; doc != "" {
			if property["$ref"] != nil { // what stands beside a $ref is ignored
				property = map[string]any{"allOf": []any{property}}
			}
			property["description"] = doc
		}
		properties[key] = property
		if options == "" {
			required = append(required, key)
		}
	}
	return map[string]any{"type": "object", "description": s.docs[t.Name()], "properties": properties, "required": required}
}

// typeDocs gives the comments of types and fields, each on one line.
func typeDocs(t *testing.T, files ...string) map[string]string {
	t.Helper()
	docs := map[string]string{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			general, ok := n.(*ast.GenDecl)
			if ok {
				addDocs(docs, general)
			}
			return !ok
		})
	}
	return docs
}

func addDocs(docs map[string]string, general *ast.GenDecl) {
	for _, spec := range general.Specs {
		typ, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		docs[typ.Name.Name] = words(general.Doc)
		if structure, ok := typ.Type.(*ast.StructType); ok {
			for _, field := range structure.Fields.List {
				for _, name := range field.Names {
					docs[typ.Name.Name+"."+name.Name] = strings.TrimSpace(words(field.Doc) + " " + words(field.Comment))
				}
			}
		}
	}
}

func words(group *ast.CommentGroup) string { return strings.Join(strings.Fields(group.Text()), " ") }
