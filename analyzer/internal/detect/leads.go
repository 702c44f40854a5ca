package detect

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// minLead is the least length of a name that is worth looking for in other files.
const minLead = 3

// A LeadKind says what a lead's name stands for.
type LeadKind uint8

// The kinds of leads.
const (
	// WrapperLead: a function that sends the command it is given.
	WrapperLead LeadKind = iota
	// CommandLead: a constant that holds a command.
	CommandLead
	// ClientLead: a variable that holds a client, a function that gives one.
	ClientLead
)

// follow notes names of a file that make other files worth reading.
func (f *finder) follow(file *link.File) {
	top := &file.Functions[0]
	for i := range top.Bindings {
		b := &top.Bindings[i]
		if b.Target == nil || b.Target.Kind != languages.Name {
			continue
		}
		if b.Value != nil && b.Value.Kind == languages.Text && f.isCommandText(b.Value.Text) {
			f.lead(CommandLead, b.Target.Text, file)
		} else if b.Value != nil && f.importsClient(file) {
			f.followValue(b, file)
		}
	}
	for i := range file.Types {
		t := &file.Types[i]
		for j := range t.Fields {
			if v := t.Fields[j].Value; v != nil && v.Kind == languages.Text && f.isCommandText(v.Text) {
				f.memberLead(CommandLead, t.Fields[j].Name, t, file)
			}
		}
	}
	for i := range file.Types {
		if file.Traits.PackageScope {
			break // who has a client of a type names the type
		}
		for _, name := range f.clientMembers(link.TypeID{File: file, Index: i}) {
			f.memberLead(ClientLead, name, &file.Types[i], file)
		}
	}
	if !f.importsClient(file) {
		return
	}
	k := f.knowledge.of(file.Language)
	for i := range file.Functions {
		fn := &file.Functions[i]
		for j := range fn.Bindings {
			if b := &fn.Bindings[j]; b.Target != nil && b.Target.Kind == languages.Member && k.mentionsMember(b.Value, 0) {
				f.followMember(b, &env{file: file, fn: i})
			}
		}
		switch {
		case i == 0 || fn.Name == "" || fn.Parent != 0 || fn.Owner >= 0 && file.Traits.PackageScope:
			// Where a package is a scope, who has a client of a type names the type.
		case !f.givesClient(file, i):
		case fn.Owner >= 0:
			f.memberLead(ClientLead, fn.Name, &file.Types[fn.Owner], file)
		default:
			f.lead(ClientLead, fn.Name, file)
		}
	}
	for _, e := range file.Exports {
		f.followExport(e.Name, e.Value, file)
	}
}

// clientMembers gives the names of a type's members that hold clients, its bases' too.
// Classes derived from it elsewhere use them, and who has an object of it: neither need
// name a library.
func (f *finder) clientMembers(id link.TypeID) []string {
	if names, known := f.holding[id]; known {
		return names
	}
	f.holding[id] = nil // a type may be its own base
	quiet := f.project.Quiet
	f.project.Quiet = true
	var names []string
	for _, base := range f.project.Bases(id) {
		names = append(names, f.clientMembers(base)...)
	}
	f.project.Quiet = quiet
	if file, t := id.File, id.Decl(); f.importsClient(file) {
		for i := range t.Fields {
			if v := t.Fields[i].Value; v != nil && f.holdsClient(v, &env{file: file, fn: t.Function}) {
				names = append(names, t.Fields[i].Name)
			}
		}
		for _, method := range t.Methods {
			for i := range file.Functions[method].Bindings {
				b := &file.Functions[method].Bindings[i]
				if b.Target != nil && b.Target.Kind == languages.Member && b.Value != nil &&
					file.IsSelf(link.MemberBinding{File: file, Function: method, Binding: b}) && f.holdsClient(b.Value, &env{file: file, fn: method}) {
					names = append(names, b.Target.Text)
				}
			}
		}
	}
	slices.Sort(names)
	f.holding[id] = slices.Compact(names)
	return f.holding[id]
}

// followExport notes what a file offers under a name: a client, a function that gives
// one, or several of them. The file itself may be all of these.
func (f *finder) followExport(name string, x *languages.Expr, file *link.File) {
	switch {
	case x == nil:
	case x.Kind == languages.Record:
		for _, item := range x.Items() {
			f.followExport(item.Name, item.Value, file)
		}
	case f.offersClient(x, file):
		if name == "=" || name == "default" {
			name = importWord(file)
		}
		f.lead(ClientLead, name, file)
	}
}

// offersClient tells whether an expression is a client, or a function that gives one.
func (f *finder) offersClient(x *languages.Expr, file *link.File) bool {
	switch x.Kind {
	case languages.Lambda:
		return f.givesClient(file, int(x.Declared))
	case languages.Choice:
		return slices.ContainsFunc(x.Items(), func(item languages.Item) bool {
			return item.Value != nil && f.offersClient(item.Value, file)
		})
	case languages.Name:
		for _, d := range f.project.Lookup(file, 0, x.Text) {
			if d.Kind == link.BindingDefinition && d.Binding.Value != nil && d.Binding.Value.Kind == languages.Lambda {
				return f.givesClient(file, int(d.Binding.Value.Declared))
			}
		}
	}
	return f.holdsClient(x, &env{file: file})
}

// givesClient tells whether a function returns a client.
func (f *finder) givesClient(file *link.File, fn int) bool {
	at := &env{file: file, fn: fn}
	return slices.ContainsFunc(file.Functions[fn].Returns, func(x *languages.Expr) bool { return f.holdsClient(x, at) })
}

// followWrappers notes the functions whose callers decide what is sent. What
// makes an object is known by its type's name. It tells whether there are any.
func (f *finder) followWrappers() bool {
	some := len(f.asked) > 0
	for fn := range f.asked {
		if f.isLibrary(fn.File) {
			continue // its catalogue says what a call of it sends
		}
		f.decided[fn] = true
		for _, name := range f.project.CallNames(fn) {
			f.lead(WrapperLead, name, fn.File)
		}
		if f.project.Nameless(fn) {
			f.lead(WrapperLead, importWord(fn.File), fn.File)
		}
	}
	clear(f.asked)
	return some
}

// callersDecide lists the functions whose callers decide what is sent, in the
// order of places.
func (f *finder) callersDecide() []link.FunctionID {
	maps.Copy(f.decided, f.asked)
	return slices.SortedFunc(maps.Keys(f.decided), func(a, b link.FunctionID) int {
		return cmp.Or(cmp.Compare(a.File.Order, b.File.Order), cmp.Compare(a.Index, b.Index))
	})
}

// NamesCommand tells whether a text is a command that not every server has.
func (d *Detector) NamesCommand(text string) bool {
	f := &finder{detector: d}
	return f.isCommandText(firstWord(text))
}

// isCommandText tells whether a constant's text is a command worth following. One
// of the core must be in upper case: in lower case they are words of English.
func (f *finder) isCommandText(text string) bool {
	return f.familyCommand(text) || text == strings.ToUpper(text) && f.detector.rules.Watched(text)
}

// followValue notes a name that holds a client, or a member of one that sends:
// the file that calls it need not say so.
func (f *finder) followValue(b *languages.Binding, file *link.File) {
	at := &env{file: file}
	if f.holdsClient(b.Value, at) {
		f.lead(ClientLead, b.Target.Text, file)
	} else if b.Value.Kind == languages.Call || b.Value.Kind == languages.Member {
		f.followMember(b, at)
	}
}

// followMember notes a name, or a member's name, that stands for a client's member.
func (f *finder) followMember(b *languages.Binding, at *env) {
	for _, v := range f.ask(b.Value, at).values {
		if v.kind == memberValue && !v.binder && (v.member.sends != "" || len(v.member.raws) > 0) {
			f.lead(WrapperLead, b.Target.Text, at.file)
		}
	}
}

// importsClient tells whether a file has clients at hand: it imports a library of
// them, or belongs to one.
func (f *finder) importsClient(file *link.File) bool {
	k := f.knowledge.of(file.Language)
	if f.ownLibrary(file) != nil {
		return true
	}
	for i := range file.Imports {
		for _, c := range k.clientsOf(file.Imports[i].Module) {
			if !c.Mock && len(c.types) > 0 {
				return true
			}
		}
	}
	return false
}

// holdsClient tells whether an expression is known to be a client. What makes one has
// been read for what it holds: nothing more is read to find out.
func (f *finder) holdsClient(x *languages.Expr, at *env) bool {
	if x.Kind == languages.Text || x.Kind == languages.Number || x.Kind == languages.Lambda {
		return false
	}
	quiet := f.project.Quiet
	f.project.Quiet = true
	defer func() { f.project.Quiet = quiet }()
	s := f.ask(x, at)
	for i := range s.values {
		if s.values[i].kind == instanceValue && !s.values[i].weak {
			return true
		}
	}
	return false
}

func (f *finder) lead(kind LeadKind, name string, file *link.File) {
	f.addLead(Lead{Kind: kind, Name: name, Module: importWord(file)}, file)
}

// memberLead notes a member of a type that holds a command, or gives a client. Who uses
// it names the type, unless importers call that as they like, or get one that is made.
func (f *finder) memberLead(kind LeadKind, name string, t *languages.Type, file *link.File) {
	lead := Lead{Kind: kind, Name: name, Module: importWord(file), Owner: t.Name}
	for _, e := range file.Exports {
		if e.Value != nil && (e.Value.Text == t.Name && e.Name != t.Name || makes(e.Value, t)) {
			lead.Owner = ""
		}
	}
	for i := range file.Functions[0].Bindings {
		if makes(file.Functions[0].Bindings[i].Value, t) {
			lead.Owner = ""
		}
	}
	f.addLead(lead, file)
}

// makes tells whether an expression makes a value of a type of the same file.
func makes(x *languages.Expr, t *languages.Type) bool {
	return x != nil && x.Kind == languages.Call && x.Base != nil && x.Base.Kind == languages.Name && x.Base.Text == t.Name
}

func (f *finder) addLead(lead Lead, file *link.File) {
	if len(lead.Name) < minLead {
		return
	}
	if unexported := file.Traits.Unexported; unexported != nil && unexported(lead.Name) {
		lead.Folder = path.Dir(file.Path)
	}
	lead.Test = link.IsTest(file.Path)
	if f.leads[file.Language] == nil {
		f.leads[file.Language] = make(map[Lead]bool)
	}
	f.leads[file.Language][lead] = true
}

// importWord is the word by which importers name a file: its own name, or its
// folder's where the file is the folder's front or the folder is the package.
func importWord(file *link.File) string {
	stem := moduleStem(file.Path)
	folder := path.Base(path.Dir(file.Path))
	switch {
	case file.Traits.PackageScope && file.Traits.ImplicitMembers:
		return stem
	case file.Traits.PackageScope:
		return file.Package
	case link.IsFront(file.Path):
		if folder == "." {
			return ""
		}
		return folder
	}
	return stem
}
