// Package java reads Java source: classes, interfaces, enums and records with
// what their methods do.
//
// # What it knows
//
// The language up to records, patterns, switch expressions, text blocks and
// compact source files, and the small part of the standard library without
// which Java cannot write down a value: String.format and join, StringBuilder
// in one chain, List.of and its relatives, new ArrayList, Map.of, Objects.
// What Lombok's annotations add to a class (constructors and getters) is
// there as if it was written, because the code around it calls it.
//
// # What it does not know
//
// It resolves nothing: whether a bare name is a local of an enclosing method,
// a member, or imported is for the analyzer. A StringBuilder that is filled in
// several statements is no text. Text methods with a result of their own
// (replace, substring, repeat) and MessageFormat are plain calls. What happens
// in annotation processors other than Lombok's is not seen.
//
// # How Java's shapes become facts
//
//   - Field initializers and initializer blocks belong to a made-up method
//     "<init>", one for each type that has any, with that type as its Owner.
//     An enum constant is a field whose value is a New call of the enum; this
//     call is in "<init>" too. Values of fields are in Type.Fields only.
//   - A record has the constructor and the accessors that Java makes for it.
//   - Calls that are no more than a value (List.of, String.format, "x".getBytes)
//     stand in Calls like all others; as a value they are the List or text. A
//     text that became part of a longer one is Unknown among the call's items.
//   - Annotations are expressions, but no calls.
package java

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/keyvet/keyvet/languages"
	"github.com/keyvet/keyvet/languages/internal/treesitter"
)

const (
	name         = "java"
	defaultLimit = 2 * time.Second
)

// errEncoding is for the one kind of text that people have, and that can be
// told from Java for certain.
var errEncoding = errors.New("text is UTF-16, not UTF-8")

type language struct{}

// New returns the language Java. It has no state.
func New() languages.Language { return language{} }

func (language) Name() string           { return name }
func (language) Extensions() []string   { return []string{".java"} }
func (language) Interpreters() []string { return []string{"java", "jshell"} }

func (language) Traits() languages.Traits {
	return languages.Traits{
		ImplicitMembers: true,
		StaticTypes:     true,
		PackageScope:    true,
		EntryMembers:    map[string]bool{"get": true, "getOrDefault": true, "remove": true},
		EnumMembers: map[string]languages.EnumMember{
			"name":     languages.EnumName,
			"toString": languages.EnumName,
			"valueOf":  languages.EnumAny,
			"values":   languages.EnumAny,
		},
		TextMembers: map[string]languages.TextChange{
			"getBytes":    languages.SameText,
			"toString":    languages.SameText,
			"toCharArray": languages.SameText,
			"intern":      languages.SameText,
			"trim":        languages.SameText,
			"strip":       languages.SameText,
			"split":       languages.SameText,
			"toUpperCase": languages.UpperText,
			"toLowerCase": languages.LowerText,
		},
	}
}

func (language) Extract(ctx context.Context, path string, src []byte) (*languages.File, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return nil, fmt.Errorf("read %s: %w", path, errEncoding)
	}
	limit := defaultLimit
	if deadline, ok := ctx.Deadline(); ok {
		if limit = time.Until(deadline); limit == 0 {
			limit = -1 // zero would be no limit
		}
	}
	tree, err := treesitter.Java().Parse(mend(src), limit)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	defer tree.Free()
	return extract(path, src, tree), nil
}

// mend makes a text of the same length, with the same names at the same
// places, that the grammar can read. Its gaps would lose whole declarations:
//
//   - a first line "#!..." and "import module a.b;" become blanks;
//   - annotations in front of dots, T @NonNull... x, do too;
//   - super(...) and this(...), which since Java 25 may follow statements, become
//     calls of a method "$uper", "$his".
//
// What it does inside of comments and literals is of no matter: names and texts
// are read from src.
func mend(src []byte) []byte {
	m := mender{src: src, out: src}
	if bytes.HasPrefix(src, []byte("#!")) {
		line, _, _ := bytes.Cut(src, []byte("\n"))
		m.blank(0, len(line))
	}
	m.each("import module ", func(at int) {
		end := at + len("import module ")
		for end < len(src) && (isLetter(src[end]) || src[end] == '.') {
			end++
		}
		if end < len(src) && src[end] == ';' && (at == 0 || isBlank(src[at-1])) {
			m.blank(at, end+1)
		}
	})
	m.each("...", func(at int) {
		for {
			start, end := annotationBefore(m.out, at)
			if start == end {
				return
			}
			m.blank(start, end)
			at = start
		}
	})
	for _, word := range []string{"super", "this"} {
		m.each(word, func(at int) {
			if isConstructorCall(src, at, at+len(word)) {
				m.own()
				m.out[at] = '$'
			}
		})
	}
	return m.out
}

// A mender copies the source before it first changes it.
type mender struct{ src, out []byte }

func (m *mender) own() {
	if len(m.src) > 0 && &m.out[0] == &m.src[0] {
		m.out = bytes.Clone(m.src)
	}
}

func (m *mender) blank(start, end int) {
	m.own()
	for i := start; i < end; i++ {
		m.out[i] = ' '
	}
}

// each calls f for every place where the source has the text.
func (m *mender) each(text string, f func(at int)) {
	for at := 0; ; at += len(text) {
		next := bytes.Index(m.src[at:], []byte(text))
		if next < 0 {
			return
		}
		at += next
		f(at)
	}
}

// annotationBefore finds an annotation without arguments that ends before at,
// blanks aside. It does not look far: a file may be all dots.
func annotationBefore(src []byte, at int) (start, end int) {
	const far = 200
	end = at
	for end > max(at-far, 0) && isBlank(src[end-1]) {
		end--
	}
	start = end
	for start > max(end-far, 0) && (isLetter(src[start-1]) || src[start-1] == '.') {
		start--
	}
	if start == end || start == 0 || src[start-1] != '@' {
		return 0, 0
	}
	return start - 1, end
}

func isConstructorCall(src []byte, start, end int) bool {
	for end < len(src) && isBlank(src[end]) {
		end++
	}
	if end == len(src) || src[end] != '(' || start > 0 && isLetter(src[start-1]) {
		return false
	}
	for start > 0 && isBlank(src[start-1]) {
		start--
	}
	return start == 0 || src[start-1] != '.' && src[start-1] != ':'
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func isLetter(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 ||
		'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
