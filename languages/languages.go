// Package languages says what source code does, in facts that no longer tell
// which language they came from: imports, functions, types, bindings, calls,
// and expressions as far as they can be known without running the code.
//
// It knows nothing of servers, commands or client libraries. Those are data
// of package rules; the two meet in the analyzer. It also resolves nothing: a
// name stays a name. What a name means, in this file or another, is worked out
// by the analyzer, on demand.
//
// The model is deliberately small. It is no syntax tree: control flow is gone,
// both branches of a conditional are possible values, a loop variable is an
// element of what it ranges over. Whatever an extractor cannot express is an
// [Unknown], never a guess.
package languages

import (
	"context"
	"iter"
)

// A Language turns the text of one file into facts.
type Language interface {
	// Name is the language's name in reports and rule files: "go", "python",
	// "javascript" (TypeScript and JSX among it), "java", "lua".
	Name() string
	// Extensions lists the file name endings it reads, with their dot.
	Extensions() []string
	// Interpreters lists the programs that, named in a "#!" line, mark a
	// script as this language: "python3", "node".
	Interpreters() []string
	// Traits says how names behave in the language.
	Traits() Traits
	// Extract reads src, the whole content of the file at path; path only
	// chooses between dialects by its extension. The result never refers to
	// src's memory as a whole. Broken source is no error: what could be read is
	// in the File, what could not is in File.Damage. An error means that there
	// are no facts at all: a time limit, or a text that is no source.
	Extract(ctx context.Context, path string, src []byte) (*File, error)
}

// Traits are the few ways in which languages differ that matter to whoever
// resolves names.
type Traits struct {
	// ImplicitMembers: a bare name inside a method may be a member of the
	// enclosing type (Java).
	ImplicitMembers bool
	// PackageScope: top-level names of one package are visible in all of its
	// files, so File.Package takes part in name lookup (Go, Java).
	PackageScope bool
	// ClassScope: names bound in a class body are not visible inside its
	// methods without a receiver (Python).
	ClassScope bool
	// ExplicitExports: importers see only what File.Exports lists (JavaScript).
	ExplicitExports bool
	// StaticTypes: the declared type of a variable, a field or a result holds for
	// whatever it is given (Java).
	StaticTypes bool
	// EnumMembers names the members that every enum has: name, valueOf.
	EnumMembers map[string]EnumMember
	// TextMembers names the members that, called on or read from a text, give
	// that text in another dress: encode, getBytes, upper, trim.
	TextMembers map[string]TextChange
	// EntryMembers names the members of a record that, called with a key, give its
	// entry, or else the next argument: get, getOrDefault.
	EntryMembers map[string]bool
	// Enters names the methods that an object which is entered (Python's with) may have
	// to give another in its place. Extractors call the first one on what is entered.
	Enters []string
	// HandsOn tells by a look at its bytes whether a source may offer names that it
	// does not spell out: all those of others. Nil: any may.
	HandsOn func(src []byte) bool
	// PackageOf gives the name of the package that a source says it belongs to, ""
	// if it says none. Like Declared it only looks at bytes. Nil where importers
	// know a package's name without it.
	PackageOf func(src []byte) string
	// Declared gives the names that a source seems to declare for all files of its
	// package, "Owner.Name" for a method. It leaves none out, though it may give
	// more. A name is only good until the next one is asked for. Nil where a
	// package's files have no names in common, or files are found by the names
	// that they declare.
	Declared func(src []byte) iter.Seq[[]byte]
	// Unexported tells of a name that a package's file declares whether only files of
	// the package can use it. Nil where that cannot be told.
	Unexported func(name string) bool
}

// An EnumMember is what a member that every enum has gives.
type EnumMember uint8

// The members of enums.
const (
	EnumName EnumMember = iota + 1 // of one of its members, the name
	EnumAny                        // of the enum itself, one or all of its members
)

// A TextChange is what a text member does to its text.
type TextChange uint8

// The text changes.
const (
	SameText  TextChange = iota // same letters: encode, toString, trim; split, whose list the text stands for
	UpperText                   // upper case
	LowerText                   // lower case
)

// A Range is a stretch of a file, as byte offsets: Start is the first byte, End
// the byte after the last. [File.Position] turns an offset into line and column.
type Range struct{ Start, End int32 }

// A Position is a place in a file for people.
type Position struct {
	Line   int // from 1
	Column int // from 1, in bytes
}

// A File is what one source file does.
type File struct {
	Path     string // as given to Extract
	Language string
	// Package is the package that the file declares: Go's package clause,
	// Java's package. Empty where the language declares none.
	Package string
	Imports []Import
	// Functions holds every function, method and function literal. Functions[0]
	// is the file itself: its statements outside of any function.
	Functions []Function
	Types     []Type
	// Exports are the names that importers see, where the language says so
	// explicitly (JavaScript). Empty elsewhere: every top-level name is seen.
	Exports []Export
	// Texts are all texts, literal or folded from literals, that are long
	// enough to hold a program of their own (see [MinScript]): an embedded
	// script is looked for in them.
	Texts []*Expr
	// Comments are those that speak to tools: the text holds a "word:ignore".
	Comments []Comment
	Damage   []Range // stretches that the parser could not read
	// Lines holds the offset of the first byte of each line; Lines[0] is 0.
	Lines []int32
}

// MinScript is the least length, in bytes, of a text that [File.Texts] lists.
const MinScript = 12

// An Import brings a name from elsewhere into the file's scope.
type Import struct {
	// Module as written: "acme.asyncio", ".db" (Python relative, with its
	// dots), "./db.js", "github.com/a/b/v2", "com.example.Store" for a Java
	// class (module "com.example", symbol "Store").
	Module string
	// Symbol is the imported name; "" the module itself; "*" every name;
	// "default" JavaScript's default export.
	Symbol string
	// Local is the name in this file. Empty for "*", for an import without a
	// name, and for a Go import without an alias, whose name only the
	// imported package knows.
	Local string
	// Static marks Java's static imports: Module is then the class.
	Static bool
	// Reexport marks JavaScript's "export * from": the names are handed on.
	Reexport bool
	// Function is the index of the function in whose scope the name holds.
	Function int
	Range    Range
}

// An Export is a name that a file offers to those who import it.
type Export struct {
	// Name as importers write it; "default"; "=" for the whole module
	// (module.exports = value).
	Name  string
	Value *Expr
}

// A Function is a function, a method, a function literal, or (index 0) the file.
type Function struct {
	Name   string // "" for a literal
	Parent int    // index of the enclosing function; -1 for the file
	Owner  int    // index of the type whose method it is; -1 for none
	// Receiver is the name that stands for the object inside the method:
	// "self", "this", Go's receiver name. Empty for functions and static methods.
	Receiver string
	// ClassReceiver: Receiver stands for the class (Python's cls).
	ClassReceiver bool
	Constructor   bool // __init__, constructor, a Java constructor
	Params        []Param
	Results       []TypeRef // declared result types, in order
	Annotations   []*Expr   // decorators, annotations: a Name, Member or Call
	Bindings      []Binding
	Calls         []*Expr // every call in it, outer before inner, not those of nested functions
	Records       []*Expr // every record in it, likewise
	Returns       []*Expr // values returned (or yielded); several results make a Tuple
	Cases         []Case
	Range         Range
}

// A Case is a stretch of a function in which a name or a member is known to be
// one of a few values: a case of a switch, what stands behind a comparison.
type Case struct {
	Subject *Expr // a Name, or a Member of one
	Values  []*Expr
	Range   Range
}

// A Param is a parameter. The receiver is none.
type Param struct {
	Name     string
	Type     TypeRef
	Default  *Expr // nil without one
	Variadic bool  // takes the remaining positional arguments as a list
	Keywords bool  // takes the remaining named arguments as a record
	// Pattern holds the names of a destructured parameter ({client, key}):
	// field name of the argument to local name. Name is then empty.
	Pattern     map[string]string
	Annotations []*Expr
	Range       Range
}

// A Binding gives a name, a member or an element a value. Every binding in a
// scope is possible; their order means nothing.
type Binding struct {
	// Target is a Name, a Member (self.x, options.Protocol), or an Index.
	Target *Expr
	Type   TypeRef // declared type, if any
	Value  *Expr   // nil for a declaration alone
	// Append: the value is added to what the target holds (append, push, +=).
	Append bool
	// Declares: the name is one of its own from here on to where the function declares it
	// again, in another block (Go, Java).
	Declares bool
	// Nonlocal: the name belongs to an enclosing scope (Python's global and
	// nonlocal; plain assignment in JavaScript and Go).
	Nonlocal bool
	Range    Range
}

// A TypeKind is a kind of type declaration.
type TypeKind uint8

// The kinds of types.
const (
	ClassType     TypeKind = iota // class, struct, record
	InterfaceType                 // interface, protocol
	EnumType                      // its Fields are the members
	AliasType                     // Bases[0] is what it stands for
)

// A Type is a declared type. An anonymous class has the name "".
type Type struct {
	Name        string
	Kind        TypeKind
	Function    int // index of the function in whose scope it is declared
	Outer       int // index of the enclosing type; -1 for none
	Bases       []TypeRef
	Fields      []Field
	Methods     []int // indexes into File.Functions
	Params      []string
	Annotations []*Expr
	Range       Range
}

// A Field is a field, a class variable or an enum member.
type Field struct {
	Name string
	Type TypeRef
	// Value is its initial value: for an enum member the value it stands for,
	// or a Call of the enum with the member's arguments (Java).
	Value       *Expr
	Embedded    bool // a Go embedded struct or interface
	Annotations []*Expr
	Range       Range
}

// A TypeRef is a type as written: a dotted name and its arguments. Pointers,
// references, "const", nullability and array-ness of variadics are stripped.
// A union is Name "|" with its members as Args; a list, array or slice of T is
// Name "[]" with T as its only argument; "map" has key and value; "func" has
// its results; "typeof" (TypeScript) has Name "typeof" and one argument whose
// name is the dotted expression. The zero TypeRef is "not declared".
type TypeRef struct {
	Name string
	Args []TypeRef
}

// A Comment is a comment that speaks to tools.
type Comment struct {
	Text  string // without the comment marks and surrounding blanks
	Range Range
	// Trailing: code stands before it on its line.
	Trailing bool
}

// A Kind is a kind of expression.
type Kind uint8

// The kinds of expressions, with the fields of Expr that each one uses.
const (
	// Unknown: nothing is known. Items may hold what is inside, for whoever
	// looks for calls; it has no value.
	Unknown Kind = iota
	// Text: a known text. Text.
	Text
	// Number: an integer. Text is its decimal form.
	Number
	// Bool: Text is "true" or "false".
	Bool
	// None: null, nil, None, undefined.
	None
	// Name: a name. Text.
	Name
	// Member: Base.Text.
	Member
	// Index: Base[Items[0]].
	Index
	// Call: Base called with Items as arguments; an Item's Name is a keyword
	// argument's name. New marks "new T(...)". A tagged template is a call.
	// Declared, if not -1, is the index of the anonymous class's Type.
	Call
	// Module: the module named Text, as an expression: require("x"), import("x").
	Module
	// List: a list, array, slice, set or byte-less sequence. Items.
	List
	// Tuple: several results of a function. Items.
	Tuple
	// Record: a dict, map, object or struct literal. Items, with Name for a
	// known key, else Key. Type is the struct's type, if written. Base, if there is
	// one, is a list of the same as pairs: it is gone through in place of the values,
	// and members do not stand for entries.
	Record
	// Concat: texts joined in order; an Item that is no text leaves a hole.
	// Also formatted texts: Sprintf, f-strings, templates, str.format, %.
	Concat
	// Choice: one of Items: a conditional, a fallback (a or b, a ?? b), a switch.
	Choice
	// Each: an element of Base: a loop variable.
	Each
	// Result: result number Items[0] (a Number) of Base, a call with several.
	Result
	// Lambda: a function literal or a nested function as a value.
	// Declared is the index of the function.
	Lambda
	// Cast: Base, said to be of Type.
	Cast
	// Super: the enclosing object seen as its base class.
	Super
)

// An Expr is one expression.
type Expr struct {
	Kind     Kind
	New      bool
	Optional bool // a?.b, a?.()
	Damaged  bool // the parser was not sure here
	// Declared is the index of what the expression declares: the function of a
	// Lambda; the anonymous class of a Call, -1 for none, which only means
	// something when New.
	Declared int32
	Text     string
	Base     *Expr
	// Parts is nil where there are none: three expressions of four are names, texts
	// and the like. See Items, Type and Static.
	Parts *Parts
	// Range is the whole expression; for a Member from its base's start.
	Range Range
	// At is where the name of a Name or Member stands, and for a Call where
	// its member's name stands; equal to Range where there is none.
	At Range
}

// Parts are what few expressions have. A copy of an expression shares them: those that
// are there are never changed.
type Parts struct {
	Items  []Item
	Typing *Typing // nil where nothing is known of the expression's type
}

// Items are what the expression's kind says of them.
func (x *Expr) Items() []Item {
	if x.Parts == nil {
		return nil
	}
	return x.Parts.Items
}

// SetItems gives the expression other items.
func (x *Expr) SetItems(items []Item) { x.consistOf(items, x.Typing()) }

// Typing is nil where nothing is known of the expression's type: in most places.
func (x *Expr) Typing() *Typing {
	if x.Parts == nil {
		return nil
	}
	return x.Parts.Typing
}

// SetTyping gives the expression the type of another one.
func (x *Expr) SetTyping(t *Typing) { x.consistOf(x.Items(), t) }

func (x *Expr) consistOf(items []Item, t *Typing) {
	x.Parts = nil
	if items != nil || t != nil {
		x.Parts = &Parts{items, t}
	}
}

// A Typing is what the source, and a type checker, say of an expression's type.
type Typing struct {
	Written TypeRef // of a Cast, of a Record and of what else is made of a type
	// Static is what a type checker knows of a Member, and of a Record; nil without
	// one.
	Static *Static
}

// Type is the type written in the expression, the zero TypeRef if there is none.
func (x *Expr) Type() TypeRef {
	if t := x.Typing(); t != nil {
		return t.Written
	}
	return TypeRef{}
}

// SetType notes the type written in the expression.
func (x *Expr) SetType(t TypeRef) { x.know(Typing{t, x.Static()}) }

// Static is what a type checker knows of the expression, nil if nothing.
func (x *Expr) Static() *Static {
	if t := x.Typing(); t != nil {
		return t.Static
	}
	return nil
}

// SetStatic notes what a type checker knows of the expression.
func (x *Expr) SetStatic(s *Static) { x.know(Typing{x.Type(), s}) }

// know never changes a Typing that is there: a copy of the expression may hold it.
func (x *Expr) know(t Typing) {
	if t.Written.Name == "" && t.Written.Args == nil && t.Static == nil {
		x.SetTyping(nil)
		return
	}
	known := t // most expressions have none, and then nothing is allocated
	x.SetTyping(&known)
}

// A Static is what a type checker knows of an expression. Names are whole: the path
// of a package, a dot, and the name of what it declares ("example.com/kv.Store").
type Static struct {
	// Types are, of Base.Text, the type of the base and, behind it, those of the
	// embedded fields through which the member is reached; of a record its type.
	// Those that have no name are left out.
	Types []string
	// Interface: the base is of an interface that none of the packages asked for
	// declares. It may hold anything that has its methods; Types are those types of
	// the packages asked for that do.
	Interface bool
	// Foreign: the member takes or gives something that one of the packages asked
	// for declares.
	Foreign bool
	// Object is the function or method that the member is, "" for anything else.
	Object string
}

// An Item is an argument, an element, an entry, or a part of a text.
type Item struct {
	Name   string // keyword or known key
	Key    *Expr  // key that is no plain name or text: {[cmd]: x}
	Value  *Expr
	Spread bool // *args, ...args, **kwargs, args... ; a keyword spread has Name "**"
	Range  Range
}
