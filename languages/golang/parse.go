package golang

import (
	"bytes"
	"cmp"
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/languages/internal/build"
)

// A piece is a stretch of the file that was parsed by itself: the whole file,
// if nothing is wrong with it, else each of its declarations.
type piece struct {
	file   *ast.File
	base   int   // what to take from a position to get an offset
	errors []int // offsets, in order
	from   int   // where it begins and ends
	to     int
}

const mode = parser.AllErrors | parser.SkipObjectResolution

// parse reads src as a whole.
func parse(src []byte, comments bool) *piece {
	m := mode
	if comments {
		m |= parser.ParseComments
	}
	return parseAs(src, 0, len(src), "", "", m)
}

// parseAs parses src[from:to] as a file that has a text before it and one after.
func parseAs(src []byte, from, to int, before, after string, m parser.Mode) *piece {
	text := src[from:to]
	if before != "" {
		text = slices.Concat([]byte(before), text, []byte(after))
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", text, m)
	p := &piece{file: file, base: files.Base() - 1 - len(text) + len(before) - from, from: from, to: to}
	var list scanner.ErrorList
	if errors.As(err, &list) {
		for _, e := range list {
			p.errors = append(p.errors, min(max(e.Pos.Offset-len(before)+from, from), to))
		}
	}
	slices.Sort(p.errors)
	return p
}

// A recovery is how a broken file is read. The parser loses its way at the first
// error and finds it again at some later declaration or keyword. So what must
// not be there is made blank, each declaration that begins a line is parsed by
// itself, and what the parser leaves out of one is tried again as statements.
type recovery struct {
	x      *extractor
	src    []byte // as it is parsed
	tokens []lexeme
	damage [][2]int

	salvaged int // stretches so far
}

// A lexeme is a token of the source.
type lexeme struct {
	at, end int
	kind    token.Token
}

// recover reads a broken file, of which whole is what the parser makes of it.
func (x *extractor) recover(whole *piece) {
	r := &recovery{x: x, src: bytes.Clone(x.src)}
	r.blankMarks()
	pieces := []*piece{whole}
	if len(r.damage) > 0 {
		pieces[0] = parse(r.src, false)
	}
	r.scan()
	from := 0
	if len(pieces[0].errors) > 0 {
		if parts := r.split(); len(parts) > 0 {
			r.damagedLines(pieces[0].errors[:1])
			pieces = parts
			from = parts[0].from
		}
	}
	for _, p := range pieces {
		x.heads(p)
	}
	r.salvage(r.afterPackage(), from, &piece{}, -1, 0)
	for _, p := range pieces {
		x.bodies(p)
		r.damagedLines(p.errors)
		if len(p.errors) > 0 {
			r.salvageLost(p, p.from, 0)
		}
	}
	r.report()
}

// scan splits the source into tokens, and notes the comments on the way.
func (r *recovery) scan() {
	files := token.NewFileSet()
	file := files.AddFile("", -1, len(r.src))
	var s scanner.Scanner
	s.Init(file, r.src, func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, kind, text := s.Scan()
		at := int(pos) - file.Base()
		switch {
		case kind == token.EOF:
			return
		case kind == token.COMMENT:
			r.x.comment(at, min(at+len(text), len(r.src)), text)
		case kind != token.SEMICOLON || text == ";":
			if text == "" {
				text = kind.String()
			}
			r.tokens = append(r.tokens, lexeme{at, min(at+len(text), len(r.src)), kind})
		}
	}
}

// split parses each declaration that begins a line by itself.
func (r *recovery) split() []*piece {
	var starts []int
	for _, t := range r.tokens {
		switch t.kind {
		case token.FUNC, token.TYPE, token.VAR, token.CONST, token.IMPORT:
			if t.at == 0 || r.src[t.at-1] == '\n' {
				starts = append(starts, t.at)
			}
		}
	}
	var pieces []*piece
	for i, from := range starts {
		to := len(r.src)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		pieces = append(pieces, parseAs(r.src, from, to, "package p;", "", mode))
	}
	return pieces
}

// afterPackage reads the package clause and returns where it ends.
func (r *recovery) afterPackage() int {
	if len(r.tokens) < 2 || r.tokens[0].kind != token.PACKAGE || r.tokens[1].kind != token.IDENT {
		return 0
	}
	name := r.tokens[1]
	r.x.b.File.Package = string(r.src[name.at:name.end])
	return name.end
}

const (
	maxTries    = 16   // how often the rest of a stretch is tried again
	maxSalvaged = 1000 // stretches of a file
)

// salvageLost reads the runs of tokens that the parser left out of a piece, which
// is a part of the declaration at home.
func (r *recovery) salvageLost(p *piece, home, tries int) {
	kept := make(map[int]bool)
	ast.Inspect(p.file, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Ident, *ast.BasicLit:
			kept[int(n.Pos())-p.base] = true
		}
		return true
	})
	from, to := -1, -1
	for _, t := range r.between(p.from, p.to) {
		isWord := t.kind == token.IDENT || t.kind.IsLiteral()
		switch {
		case isWord && !kept[t.at]:
			if from < 0 {
				from = t.at
			}
			to = t.end
		case isWord || t.kind == token.FUNC:
			r.salvage(from, to, p, home, tries)
			from = -1
		case from >= 0: // punctuation and keywords between
			to = t.end
		}
	}
	r.salvage(from, to, p, home, tries)
}

// salvage reads src[from:to], which was left out of p, as statements of the
// function that it stands in.
func (r *recovery) salvage(from, to int, p *piece, home, tries int) {
	if from < 0 || tries > maxTries || r.salvaged == maxSalvaged {
		return
	}
	tokens := r.between(from, to)
	if len(tokens) > 0 && from == p.from && to == p.to { // no way forward but over a token
		tokens = tokens[1:]
	}
	if len(tokens) == 0 {
		return // blanks and comments
	}
	from = tokens[0].at
	r.salvaged++
	r.damaged(from, to)
	part := parseAs(r.src, from, to, "package p;func _(){", "\n}", mode)
	x := r.x
	x.in(part)
	x.fn, x.damaged = x.functionAt(from, home), true
	for _, d := range part.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			x.block(f.Body)
		}
	}
	x.fn, x.damaged = 0, false
	r.salvageLost(part, home, tries+1)
}

// functionAt is the innermost function at an offset, or, where none is, the one
// that is declared at home.
func (x *extractor) functionAt(at, home int) int {
	inside, declared := 0, 0
	for i := range x.b.File.Functions[1:] {
		r := x.b.File.Functions[i+1].Range
		if int(r.Start) == home {
			declared = i + 1
		}
		if int(r.Start) <= at && at < int(r.End) {
			inside = i + 1
		}
	}
	return cmp.Or(inside, declared)
}

// blankMarks makes what belongs to another program blank: the marks of a merge,
// the actions of a template.
func (r *recovery) blankMarks() {
	for at := 0; at < len(r.src); {
		end := r.lineEnd(at)
		switch line := r.src[at:end]; {
		case isMergeMark(line):
			r.blank(at, end, ' ')
		case bytes.Contains(line, []byte("{{")):
			r.blankActions(at, end)
		}
		at = end + 1
	}
}

func (r *recovery) lineEnd(at int) int {
	if i := bytes.IndexByte(r.src[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(r.src)
}

func isMergeMark(line []byte) bool {
	for _, mark := range []string{"<<<<<<< ", "||||||| ", ">>>>>>> "} {
		if bytes.HasPrefix(line, []byte(mark)) {
			return true
		}
	}
	return string(bytes.TrimSpace(line)) == "======="
}

// blankActions replaces the template actions of a line: by a name, if the action
// gives a text, by blanks, if it does something.
func (r *recovery) blankActions(at, end int) {
	for {
		line := r.src[at:end]
		open := bytes.Index(line, []byte("{{"))
		if open < 0 {
			return
		}
		length := bytes.Index(line[open:], []byte("}}"))
		if length < 0 {
			return
		}
		action := string(bytes.Trim(line[open+2:open+length], "- \t"))
		from, to := at+open, at+open+length+2
		switch {
		case isTemplateWord(action):
			r.blank(from, to, ' ')
		case strings.HasPrefix(action, ".") || strings.HasPrefix(action, "$"):
			r.blank(from, to, '_')
		}
		at = to
	}
}

func isTemplateWord(action string) bool {
	switch word, _, _ := strings.Cut(action, " "); word {
	case "if", "else", "end", "range", "with", "define", "block", "template":
		return true
	}
	return strings.HasPrefix(action, "/*")
}

func (r *recovery) blank(from, to int, by byte) {
	for i := from; i < to; i++ {
		r.src[i] = by
	}
	r.damaged(from, to)
}

// between is the tokens of a stretch.
func (r *recovery) between(from, to int) []lexeme {
	position := func(t lexeme, at int) int { return cmp.Compare(t.at, at) }
	first, _ := slices.BinarySearchFunc(r.tokens, from, position)
	end, _ := slices.BinarySearchFunc(r.tokens, max(from, to), position)
	return r.tokens[first:end]
}

// damagedLines notes the lines of errors.
func (r *recovery) damagedLines(errors []int) {
	end := -1
	for _, at := range errors {
		if at > end {
			end = r.lineEnd(at)
			r.damaged(bytes.LastIndexByte(r.src[:at], '\n')+1, end)
		}
	}
}

func (r *recovery) damaged(from, to int) { r.damage = append(r.damage, [2]int{from, max(from, to)}) }

// report writes down what was damaged, each stretch once.
func (r *recovery) report() {
	slices.SortFunc(r.damage, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
	for i := 0; i < len(r.damage); {
		from, to := r.damage[i][0], r.damage[i][1]
		for i++; i < len(r.damage) && r.damage[i][0] <= to; i++ {
			to = max(to, r.damage[i][1])
		}
		r.x.b.Damage(from, to)
	}
}

// comments reads the comments of a file that is whole.
func (x *extractor) comments(p *piece) {
	x.in(p)
	for _, group := range p.file.Comments {
		for _, c := range group.List {
			start, end := x.span(c)
			x.comment(start, end, c.Text)
		}
	}
}

// comment reads one comment, given with its marks.
func (x *extractor) comment(start, end int, text string) {
	if e, ok := embedOf(text, end); ok {
		x.embeds = append(x.embeds, e)
	}
	if text[1] == '*' {
		x.b.Comment(start, end, "/*", "*/")
	} else {
		x.b.Comment(start, end, "//", "")
	}
}

// speaksToTools reports whether any comment of src can be of interest.
func speaksToTools(src []byte) bool {
	return bytes.Contains(src, []byte(build.IgnoreMark)) || bytes.Contains(src, []byte("go:embed "))
}
