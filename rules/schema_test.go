package rules

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// TestSchema makes the JSON Schemas from the same types and spec that files are
// decoded with, and from the comments of the types.
func TestSchema(t *testing.T) {
	docs := fieldDocs(t, "client.go", "rules.go", "target.go")
	for name, root := range map[string]reflect.Type{
		"client":  reflect.TypeFor[Client](),
		"family":  reflect.TypeFor[Family](),
		"rules":   reflect.TypeFor[ruleFile](),
		"targets": reflect.TypeFor[targetFile](),
		"modules": reflect.TypeFor[moduleFile](),
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

type object = map[string]any

func schemaText(t *testing.T, docs map[string]string, name string, root reflect.Type) []byte {
	s := schema{docs: docs, definitions: object{}}
	top := s.of(root)
	if name == "rules" { // a plain list does as well
		list := object{"type": "array", "items": s.of(reflect.TypeFor[Rule]())}
		top = object{"anyOf": []any{list, top}}
	}
	top["$schema"] = "http://json-schema.org/draft-07/schema#"
	top["$comment"] = "Generated from the Go types by: " + updateCommand
	top["title"] = "keyvet " + name
	top["definitions"] = s.definitions
	text, err := json.MarshalIndent(top, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(text, '\n')
}

type schema struct {
	docs        map[string]string
	definitions object
}

func (s schema) of(t reflect.Type) object {
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Struct:
		if _, known := s.definitions[t.Name()]; !known {
			s.definitions[t.Name()] = nil
			s.definitions[t.Name()] = s.structure(t)
		}
		return object{"$ref": "#/definitions/" + t.Name()}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Slice:
		return object{"type": "array", "items": s.of(t.Elem())}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int:
		return object{"type": "integer"}
	}
	return object{"type": []string{"string", "number", "boolean"}}
}

func (s schema) structure(t reflect.Type) object {
	properties := object{}
	for _, field := range strict.Fields(t) {
		property := s.of(field.Type)
		if values := spec.Values[t][field.Key]; values != nil {
			property = object{"enum": values}
		}
		if doc := s.docs[field.Owner.Name()+"."+field.Name]; doc != "" {
			if property["$ref"] != nil { // what stands beside a $ref is ignored
				property = object{"allOf": []any{property}}
			}
			property["description"] = doc
		}
		properties[field.Key] = property
	}
	out := object{"type": "object", "additionalProperties": false, "properties": properties}
	if doc := s.docs[t.Name()]; doc != "" {
		out["description"] = doc
	}
	if required := spec.Required[t]; required != nil {
		out["required"] = required
	}
	if keys := spec.OneOf[t]; keys != nil {
		var choices []any
		for _, key := range keys {
			choices = append(choices, object{"required": []string{key}})
		}
		out["oneOf"] = choices
	}
	return out
}

// fieldDocs gives the comments of types ("Raw") and their fields ("Raw.Members").
func fieldDocs(t *testing.T, files ...string) map[string]string {
	t.Helper()
	docs := map[string]string{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			general, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range general.Specs {
				if typ, ok := spec.(*ast.TypeSpec); ok {
					docs[typ.Name.Name] = paragraph(general.Doc)
					addFieldDocs(docs, typ)
				}
			}
		}
	}
	return docs
}

func addFieldDocs(docs map[string]string, typ *ast.TypeSpec) {
	structure, ok := typ.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, field := range structure.Fields.List {
		for _, name := range field.Names {
			doc := paragraph(field.Doc)
			if doc == "" {
				doc = paragraph(field.Comment)
			}
			docs[typ.Name.Name+"."+name.Name] = doc
		}
	}
}

// paragraph puts each paragraph of a comment on one line.
func paragraph(group *ast.CommentGroup) string {
	paragraphs := strings.Split(strings.TrimSpace(group.Text()), "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.Join(strings.Fields(p), " ")
	}
	return strings.Join(paragraphs, "\n\n")
}
