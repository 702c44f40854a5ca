// Package pack turns Go values into a compact form and back, fast enough to
// be read at every start: texts are kept once and shared, and reading them
// copies nothing. It knows structs, pointers to them and to numbers, maps with
// text keys, slices, texts, whole numbers and truth values.
//
// The form says nothing of the types. Shape does, and whoever keeps packed
// data keeps the shape beside it.
package pack

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Marshal packs a value, or what a pointer leads to. Equal values give equal bytes.
func Marshal(v any) []byte {
	w := writer{ids: map[string]uint64{}}
	w.value(reflect.Indirect(reflect.ValueOf(v)))
	out := binary.AppendUvarint(nil, uint64(len(w.texts)))
	for _, s := range w.texts {
		out = binary.AppendUvarint(out, uint64(len(s)))
	}
	for _, s := range w.texts {
		out = append(out, s...)
	}
	return append(out, w.body...)
}

type writer struct {
	ids   map[string]uint64
	texts []string
	body  []byte
}

func (w *writer) number(n uint64) { w.body = binary.AppendUvarint(w.body, n) }

func (w *writer) text(s string) {
	id, known := w.ids[s]
	if !known {
		id = uint64(len(w.texts))
		w.ids[s] = id
		w.texts = append(w.texts, s)
	}
	w.number(id)
}

func (w *writer) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			w.number(0)
			return
		}
		w.number(1)
		w.value(v.Elem())
	case reflect.Struct:
		for _, i := range exported(v.Type()) {
			w.value(v.Field(i))
		}
	case reflect.Map:
		w.number(uint64(v.Len()))
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, k := range keys {
			w.text(k.String())
			w.value(v.MapIndex(k))
		}
	case reflect.Slice:
		w.number(uint64(v.Len()))
		for i := range v.Len() {
			w.value(v.Index(i))
		}
	case reflect.String:
		w.text(v.String())
	case reflect.Int:
		w.body = binary.AppendVarint(w.body, v.Int())
	case reflect.Bool:
		if v.Bool() {
			w.number(1)
		} else {
			w.number(0)
		}
	default:
		panic("pack: a " + v.Type().String() + " cannot be packed")
	}
}

// errBroken is what Unmarshal says of bytes that Marshal did not make.
var errBroken = errors.New("packed data are broken")

// Unmarshal unpacks data into a pointer. Texts share the memory of data.
func Unmarshal(data string, into any) (err error) {
	r := reader{rest: data, fields: map[reflect.Type][]int{}}
	defer func() {
		if p := recover(); p != nil {
			if p != any(errBroken) {
				panic(p)
			}
			err = errBroken
		}
	}()
	r.readTexts()
	r.value(reflect.ValueOf(into).Elem())
	if r.rest != "" {
		return errBroken
	}
	return nil
}

type reader struct {
	rest   string
	texts  []string
	fields map[reflect.Type][]int
}

func (r *reader) number() uint64 {
	var n uint64
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64; i++ {
		b := r.rest[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	panic(errBroken)
}

// count reads a number of things that take at least one byte each.
func (r *reader) count() int {
	n := r.number()
	if n > uint64(len(r.rest)) {
		panic(errBroken)
	}
	return int(n)
}

func (r *reader) text() string {
	id := r.number()
	if id >= uint64(len(r.texts)) {
		panic(errBroken)
	}
	return r.texts[id]
}

func (r *reader) readTexts() {
	r.texts = make([]string, r.count())
	lengths := make([]int, len(r.texts))
	for i := range lengths {
		lengths[i] = r.count()
	}
	for i, n := range lengths {
		if n > len(r.rest) {
			panic(errBroken)
		}
		r.texts[i], r.rest = r.rest[:n], r.rest[n:]
	}
}

func (r *reader) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if r.number() != 0 {
			v.Set(reflect.New(v.Type().Elem()))
			r.value(v.Elem())
		}
	case reflect.Struct:
		t := v.Type()
		fields, known := r.fields[t]
		if !known {
			fields = exported(t)
			r.fields[t] = fields
		}
		for _, i := range fields {
			r.value(v.Field(i))
		}
	case reflect.Map:
		r.mapping(v)
	case reflect.Slice:
		if n := r.count(); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				r.value(v.Index(i))
			}
		}
	case reflect.String:
		v.SetString(r.text())
	case reflect.Int:
		n := r.number()
		v.SetInt(int64(n>>1) ^ -int64(n&1))
	case reflect.Bool:
		v.SetBool(r.number() != 0)
	}
}

func (r *reader) mapping(v reflect.Value) {
	n := r.count()
	if n == 0 {
		return
	}
	if texts, ok := v.Addr().Interface().(*map[string]string); ok { // most of all data
		m := make(map[string]string, n)
		for range n {
			key := r.text()
			m[key] = r.text()
		}
		*texts = m
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), n))
	for range n {
		key := r.text()
		entry := reflect.New(v.Type().Elem()).Elem()
		r.value(entry)
		v.SetMapIndex(reflect.ValueOf(key), entry)
	}
}

func exported(t reflect.Type) []int {
	var fields []int
	for i := range t.NumField() {
		if t.Field(i).IsExported() {
			fields = append(fields, i)
		}
	}
	return fields
}

// Shape describes a type as far as packing sees it. Data packed from a type of
// another shape cannot be unpacked.
func Shape(t reflect.Type) string {
	var b strings.Builder
	describe(&b, t, map[reflect.Type]bool{})
	return b.String()
}

func describe(b *strings.Builder, t reflect.Type, seen map[reflect.Type]bool) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		fmt.Fprintf(b, "%s ", t.Kind())
		describe(b, t.Elem(), seen)
	case reflect.Struct:
		b.WriteString(t.Name())
		if seen[t] {
			return
		}
		seen[t] = true
		b.WriteString("{")
		for _, i := range exported(t) {
			b.WriteString(t.Field(i).Name + " ")
			describe(b, t.Field(i).Type, seen)
			b.WriteString(";")
		}
		b.WriteString("}")
	default:
		b.WriteString(t.Kind().String())
	}
}
