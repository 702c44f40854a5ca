// Package schema makes the JSON Schemas of what package strict decodes, from the
// same Go types and Spec, and from the comments of the types. Only tests use it:
// the schemas are committed.
package schema

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"reflect"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// An Object is one of JSON.
type Object = map[string]any

// Text completes a schema that Of gave, and writes it. The command is the one
// that makes the file anew.
func (s Schema) Text(top Object, title, command string) ([]byte, error) {
	top["$schema"] = "http://json-schema.org/draft-07/schema#"
	top["$comment"] = "Generated from the Go types by: " + command
	top["title"] = title
	top["definitions"] = s.Definitions
	text, err := json.MarshalIndent(top, "", "  ")
	return append(text, '\n'), err
}

// A Schema is one in the making.
type Schema struct {
	Spec        *strict.Spec
	Docs        map[string]string // by type ("Raw") and field ("Raw.Members"); see Docs
	Elsewhere   map[string]Object // what the keys are whose values someone else decodes
	Definitions Object
}

// Of describes a type, and the structs in it among the Definitions.
func (s Schema) Of(t reflect.Type) Object {
	switch t.Kind() {
	case reflect.Pointer:
		return s.Of(t.Elem())
	case reflect.Struct:
		if _, known := s.Definitions[t.Name()]; !known {
			s.Definitions[t.Name()] = nil
			s.Definitions[t.Name()] = s.structure(t)
		}
		return Object{"$ref": "#/definitions/" + t.Name()}
	case reflect.Map:
		return Object{"type": "object", "additionalProperties": s.Of(t.Elem())}
	case reflect.Slice:
		return Object{"type": "array", "items": s.Of(t.Elem())}
	case reflect.Bool:
		return Object{"type": "boolean"}
	case reflect.Int:
		return Object{"type": "integer"}
	}
	return Object{"type": []string{"string", "number", "boolean"}}
}

func (s Schema) structure(t reflect.Type) Object {
	properties := Object{}
	for _, field := range strict.Fields(t) {
		property, elsewhere := maps.Clone(s.Elsewhere[field.Key]), field.Type == reflect.TypeFor[strict.Elsewhere]()
		if !elsewhere {
			property = s.Of(field.Type)
		}
		if values := s.Spec.Values[t][field.Key]; values != nil {
			property = restrict(property, values)
		}
		if doc := s.Docs[field.Owner.Name()+"."+field.Name]; doc != "" {
			if property["$ref"] != nil { // what stands beside a $ref is ignored
				property = Object{"allOf": []any{property}}
			}
			property["description"] = doc
		}
		properties[field.Key] = property
	}
	out := Object{"type": "object", "additionalProperties": false, "properties": properties}
	if doc := s.Docs[t.Name()]; doc != "" {
		out["description"] = doc
	}
	if required := s.Spec.Required[t]; required != nil {
		out["required"] = required
	}
	if keys := s.Spec.OneOf[t]; keys != nil {
		var choices []any
		for _, key := range keys {
			choices = append(choices, Object{"required": []string{key}})
		}
		out["oneOf"] = choices
	}
	return out
}

// restrict allows only some texts, for a value or for those of a mapping.
func restrict(property Object, values []string) Object {
	if property["additionalProperties"] != nil {
		return Object{"type": "object", "additionalProperties": Object{"enum": values}}
	}
	if property["items"] != nil {
		return Object{"type": "array", "items": Object{"enum": values}}
	}
	return Object{"enum": values}
}

// Docs gives the comments of types ("Raw") and their fields ("Raw.Members").
func Docs(files ...string) (map[string]string, error) {
	docs := map[string]string{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			return nil, err
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
	return docs, nil
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
