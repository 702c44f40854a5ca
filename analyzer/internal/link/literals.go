package link

import (
	"strings"

	"github.com/keyvet/keyvet/languages"
)

// A Literal is what a literal of a written type gives one of its fields.
type Literal struct {
	File     *File
	Function int
	Type     string // as written
	Item     *languages.Item
}

func (p *Project) indexLiterals(f *File) {
	for i := range f.Functions {
		for _, record := range f.Functions[i].Records {
			if record.Type().Name == "" {
				continue
			}
			for j := range record.Items() {
				item := &record.Items()[j]
				if item.Name != "" && item.Value != nil && !item.Spread {
					key := fieldName{f.Language, typeTail(record.Type().Name), item.Name}
					p.literals[key] = append(p.literals[key], Literal{f, i, record.Type().Name, item})
				}
			}
		}
	}
}

func typeTail(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// Literals returns what literals of types of that name, wherever they are
// declared, give a field.
func (p *Project) Literals(language, name, field string) []Literal {
	return p.literals[fieldName{language, name, field}]
}

// MembersNamed returns the file's assignments to a member of that name.
func (f *File) MembersNamed(name string) []MemberBinding {
	return equal(f.self, name, func(m *MemberBinding) string { return m.Binding.Target.Text })
}
