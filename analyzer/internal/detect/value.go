package detect

import (
	"slices"

	"github.com/keyvet/keyvet/analyzer/internal/link"
	"github.com/keyvet/keyvet/languages"
)

// A kind is a kind of abstract value.
type kind uint8

const (
	textValue     kind = iota // text, or its beginning
	numberValue               // text holds the digits
	boolValue                 // text is "true" or "false"
	noneValue                 // null
	listValue                 // expr: a List or Tuple; more items may have been added
	recordValue               // expr: a Record
	instanceValue             // a value of a client's type
	memberValue               // a client type's member, not called yet
	moduleValue               // a module outside of the project
	symbolValue               // a name of such a module
	opaqueValue               // something made by such a module
	filesValue                // a module of the project
	functionValue             // a function of the project, maybe bound to self
	classValue                // a type of the project
	objectValue               // an object of a type of the project
	superValue                // the same, seen as its base
)

// A value is one thing that an expression may be.
type value struct {
	kind   kind
	weak   bool   // it rests on a guess
	prefix bool   // text is only the beginning
	boxed  bool   // wrapped in a container whose members are not known
	binder bool   // not the function or member itself, but what a call of gives it
	opened bool   // got from such a container, or one like it
	text   string // text; symbol's dotted name; enum member's name
	module string // module, symbol, opaque; files: the folder that is a package
	typ    *typ
	member *member
	// client is the catalogue of a module or symbol, if it has one.
	client *client
	fn     link.FunctionID
	class  link.TypeID
	// expr is the list, the record, or the call that made an instance or an
	// object; env is where it stands.
	expr *languages.Expr
	env  *env
	self *value // the object a function is bound to
	// site is where the value entered, as an argument, the function that uses it.
	site    *site
	because *step
	rare    *rare
}

// rare is what few values have. Values are copied all the time, and their copies
// share it, so it is never changed.
type rare struct {
	files []*link.File // that a module of the project means
	// extra holds what was added to a list or a record after it was made.
	extra []addition
	// narrowed is what is known of an object's members from cases around it.
	narrowed *narrowing
}

// noRarity is what values without any have.
var noRarity rare

func (v *value) rarity() *rare {
	if v.rare == nil {
		return &noRarity
	}
	return v.rare
}

// withExtra gives a list or a record to which something was added after it was made.
func (v value) withExtra(extra []addition) value {
	if len(extra) == 0 {
		return v
	}
	r := *v.rarity()
	if r.extra == nil {
		r.extra = slices.Clip(extra)
	} else {
		r.extra = slices.Concat(r.extra, extra)
	}
	v.rare = &r
	return v
}

// filesOf is a module of the project.
func filesOf(files []*link.File, folder string) value {
	return value{kind: filesValue, module: folder, rare: &rare{files: files}}
}

// An addition is an element appended to a list or, with a key, assigned to a
// place of a list or an entry of a record.
type addition struct {
	key    *languages.Expr
	expr   *languages.Expr
	env    *env
	spread bool // a list of elements
	site   *site
	weak   bool
}

// A site is an argument of a call.
type site struct {
	file *link.File
	call *languages.Expr
	item languages.Range
}

// A step explains, in words and with a place, how a value came about.
type step struct {
	prev    *step
	file    *link.File
	at      languages.Range
	message string
}

func (v value) explain(file *link.File, at languages.Range, message string) value {
	if v.because != nil && v.because.file == file && v.because.at == at {
		return v
	}
	v.because = &step{v.because, file, at, message}
	return v
}

// guessed gives a value that rests on a guess.
func (v value) guessed() value {
	v.weak = true
	return v
}

// A set is what an expression may be. It is small; what does not fit, and what
// is not known, makes it incomplete. Sets share their values: none is changed where
// it stands, see with, and room behind them is cut off where they are handed on, so
// that what is added to one set does not reach another.
type set struct {
	values     []value
	incomplete bool
}

// maxValues bounds the number of values of a set. More of them, maxEntered, may
// have entered a function as arguments: each is another call of a wrapper, to be
// reported there, and a wrapper may have many.
const (
	maxValues  = 24
	maxEntered = 240
)

func unknown() set { return set{incomplete: true} }

func one(v value) set { return set{values: []value{v}} }

func (s *set) add(v value) { s.addWithin(v, maxValues) }

func (s *set) addWithin(v value, limit int) {
	for i := range s.values {
		if same(&s.values[i], &v) {
			if s.values[i].weak && !v.weak {
				s.values = slices.Clone(s.values)
				s.values[i] = v
			}
			return
		}
	}
	if len(s.values) >= limit {
		s.incomplete = true
		return
	}
	s.values = append(s.values, v)
}

func (s *set) merge(other set) { s.mergeWithin(other, maxValues) }

func (s *set) mergeWithin(other set, limit int) {
	s.incomplete = s.incomplete || other.incomplete
	if len(s.values) == 0 { // a set holds nothing twice
		s.values = slices.Clip(other.values)
		return
	}
	for i := range other.values {
		s.addWithin(other.values[i], limit)
	}
}

// with gives a set with its values as change makes them.
func (s set) with(change func(value) value) set {
	s.values = slices.Clip(s.values)
	shared := true
	for i := range s.values {
		v := change(s.values[i])
		if v == s.values[i] {
			continue
		}
		if shared {
			s.values, shared = slices.Clone(s.values), false
		}
		s.values[i] = v
	}
	return s
}

func same(a, b *value) bool {
	if a.kind != b.kind || a.binder != b.binder || a.text != b.text || a.prefix != b.prefix || a.typ != b.typ || a.module != b.module ||
		a.fn != b.fn || a.class != b.class || a.member != b.member || a.rarity().narrowed != b.rarity().narrowed ||
		a.boxed != b.boxed || a.opened != b.opened {
		return false
	}
	if a.expr != b.expr {
		return a.kind == listValue && sameElements(a, b)
	}
	if a.kind == listValue && !sameFrame(a.env, b.env) {
		return false // the results of two calls of one function
	}
	if a.kind == textValue || a.kind == numberValue || a.kind == memberValue {
		return siteCall(a) == siteCall(b)
	}
	if a.kind == filesValue {
		x, y := a.rarity().files, b.rarity().files
		return len(x) == len(y) && (len(x) == 0 || x[0] == y[0])
	}
	return true
}

func sameFrame(a, b *env) bool {
	return a == b || a != nil && b != nil && a.frame == b.frame
}

// sameElements tells whether two lists were made of the same elements: the rest
// of the arguments of a call, handed on by a function that calls itself.
func sameElements(a, b *value) bool {
	x, y := a.rarity().extra, b.rarity().extra
	if len(x) != len(y) || len(a.expr.Items()) != len(b.expr.Items()) {
		return false
	}
	for i := range x {
		if x[i].expr != y[i].expr {
			return false
		}
	}
	for i := range a.expr.Items() {
		if a.expr.Items()[i].Value != b.expr.Items()[i].Value {
			return false
		}
	}
	return true
}

func siteCall(v *value) *languages.Expr {
	if v.site == nil {
		return nil
	}
	return v.site.call
}

// An env is where an expression is evaluated.
type env struct {
	file *link.File
	fn   int
	// frame binds the parameters of a function to the arguments of one call.
	frame *frame
	// self is the object whose method this is, if known.
	self *value
	// body is the type whose body this is, where its fields are visible by name.
	body *link.TypeID
}

type frame struct {
	fn    link.FunctionID
	items []languages.Item
	env   *env // where the arguments stand
	call  *languages.Expr
	outer *env // where a function literal was made
	depth int
	// summary marks the frame in which a function is looked at once for all its
	// calls; touched says that a parameter was asked for, so that calls differ.
	summary, touched bool
	// result marks the frame of a call whose result is looked at: what enters it
	// comes out again, and is sent elsewhere.
	result bool
}

// A frameKey tells calls apart whose answers may differ.
type frameKey struct {
	fn            link.FunctionID
	call          *languages.Expr
	caller, outer *frame
	self          link.TypeID
	made          *languages.Expr
}

// summaryFrame gives the frame in which a function is looked at for all calls.
func (e *evaluator) summaryFrame(fn link.FunctionID, self *value, outer *env) *frame {
	key := frameKey{fn: fn}
	if outer != nil {
		key.outer = outer.frame
	}
	if self != nil {
		key.self, key.made = self.class, self.expr
	}
	if f := e.frames[key]; f != nil {
		return f
	}
	f := &frame{fn: fn, outer: outer, summary: true}
	e.frames[key] = f
	return f
}

// newFrame gives the frame of a call; the same one for the same call, so that
// what is remembered of it is found again.
func (e *evaluator) newFrame(fn link.FunctionID, call *languages.Expr, at, outer *env) *frame {
	key := frameKey{fn: fn, call: call, caller: at.frame}
	if outer != nil {
		key.outer = outer.frame
	}
	if at.self != nil {
		key.self, key.made = at.self.class, at.self.expr
	}
	if f := e.frames[key]; f != nil {
		return f
	}
	f := &frame{fn: fn, items: call.Items(), env: at, call: call, outer: outer, depth: at.depth() + 1}
	e.frames[key] = f
	return f
}

// frameOf finds the frame of a function in the chain of frames.
func (e *env) frameOf(fn link.FunctionID) *frame {
	for depth := 0; e != nil && e.frame != nil && depth < maxFrames; depth++ {
		if e.frame.fn == fn {
			return e.frame
		}
		e = e.frame.outer
	}
	return nil
}

// maxCalls bounds how many calls deep a value is followed through results that
// depend on arguments, maxFrames every other walk along references.
const (
	maxCalls  = 4
	maxFrames = 8
)

func (e *env) depth() int {
	if e.frame == nil {
		return 0
	}
	return e.frame.depth
}
