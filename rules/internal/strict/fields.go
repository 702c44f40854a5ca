package strict

import (
	"reflect"
	"strings"
)

// A Field is a key that a struct has in YAML.
type Field struct {
	Key   string
	Name  string       // of the Go field
	Owner reflect.Type // the struct that declares it, which may be embedded
	Type  reflect.Type
	Index []int
}

// Fields lists the keys of a struct, those of inlined structs among them.
func Fields(t reflect.Type) []Field {
	var fields []Field
	for i := range t.NumField() {
		field := t.Field(i)
		if !field.IsExported() {
			continue
		}
		key, option, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		if option == "inline" {
			for _, inner := range Fields(field.Type) {
				inner.Index = append([]int{i}, inner.Index...)
				fields = append(fields, inner)
			}
			continue
		}
		if key != "" && key != "-" {
			fields = append(fields, Field{key, field.Name, t, field.Type, []int{i}})
		}
	}
	return fields
}
