package report

import (
	"strconv"
	"strings"
)

const (
	maxSnippet = 1000 // bytes
	maxSteps   = 100  // of a chain; GitHub shows no more of some of its lists
)

func (s *sarif) result(f Finding) sarifResult {
	u := s.report.use(f)
	place := sarifLocation{Physical: physical(u)}
	out := sarifResult{
		RuleID: f.Rule, RuleIndex: s.ruleIndex[f.Rule], Level: level(f.Severity),
		Locations: []sarifLocation{place},
		Properties: sarifResultProperties{
			Certainty: u.Certainty, Command: u.Command, Setting: u.Setting, Value: u.Value, Client: u.Client,
		},
	}
	if f.Suppressed != nil {
		out.Suppressions = []sarifSuppression{{f.Suppressed.Kind, Printable(f.Suppressed.Justification)}}
	}
	steps := u.Because[:min(len(u.Because), maxSteps)]
	out.Message.Text = sentence(escapeLinks(f.Message))
	for i, step := range steps {
		related := stepLocation(step)
		related.ID = i + 1
		out.Related = append(out.Related, related)
		out.Message.Text += link(i, len(steps), related.ID, step.Message)
	}
	if len(steps) > 0 {
		place.Message = &sarifText{Text: sentence(f.Message)}
		out.CodeFlows = []sarifCodeFlow{{[]sarifThreadFlow{{flow(steps, place)}}}}
	}
	if hash := s.lineHash(u); hash != "" {
		out.Fingerprints = map[string]string{"primaryLocationLineHash": hash}
	}
	return out
}

// link makes the part of a message that leads to a step. GitHub only shows
// related locations that the message links.
func link(i, n, id int, message string) string {
	before, after := " ", ";"
	if i == 0 {
		before = " Because: "
	}
	if i == n-1 {
		after = "."
	}
	return before + "[" + escapeBrackets(Printable(message)) + "](" + strconv.Itoa(id) + ")" + after
}

var brackets = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`)

func escapeBrackets(s string) string { return brackets.Replace(s) }

// escapeLinks keeps what looks like a link in a message from being one.
func escapeLinks(s string) string {
	if strings.Contains(s, "](") {
		return escapeBrackets(s)
	}
	return s
}

func flow(steps []Step, last sarifLocation) []sarifFlowLocation {
	var all []sarifFlowLocation
	for _, step := range steps {
		all = append(all, sarifFlowLocation{stepLocation(step)})
	}
	return append(all, sarifFlowLocation{last})
}

// stepLocation has no columns: the step's source line is not at hand, and bytes
// are not what they count.
func stepLocation(step Step) sarifLocation {
	return sarifLocation{
		Physical: sarifPhysical{File: fileLocation(step.Path), Region: &sarifRegion{StartLine: max(step.Range.Start.Line, 1)}},
		Message:  &sarifText{Text: sentence(step.Message)},
	}
}

// physical is the first line of a use, in UTF-16 columns. A mark at the start of
// the file (BOM) is not counted: what shows the file does not, either.
func physical(u *Use) sarifPhysical {
	out := sarifPhysical{File: fileLocation(u.Path)}
	out.Region = &sarifRegion{StartLine: max(u.Range.Start.Line, 1)}
	if len(u.Lines) == 0 {
		return out
	}
	line, start, end := firstLine(u)
	if mark := len("\ufeff"); strings.HasPrefix(line, "\ufeff") && start >= mark {
		line, start, end = line[mark:], start-mark, end-mark
	}
	out.Region.EndLine = out.Region.StartLine
	out.Region.StartColumn = 1 + utf16Len(line[:start])
	out.Region.EndColumn = out.Region.StartColumn + utf16Len(line[start:end])
	if text := line[start:end]; text != "" && len(text) <= maxSnippet {
		out.Region.Snippet = &sarifText{Text: text}
	}
	return out
}

// lineHash is GitHub's fingerprint of the line of a use, if its file can be
// opened. Uses come in the order of their paths: one file's hashes are kept.
func (s *sarif) lineHash(u *Use) string {
	if s.options.Open == nil {
		return ""
	}
	if s.hashed != u.Path || u.Path == "" {
		s.hashed, s.hashes = u.Path, nil
		if src, err := s.options.Open(u.Path); err == nil {
			s.hashes = LineHashes(src)
		}
	}
	if line := u.Range.Start.Line; line >= 1 && line <= len(s.hashes) {
		return s.hashes[line-1]
	}
	return ""
}

// fileLocation names a file by its path as the report has it.
func fileLocation(path string) sarifLocationOfFile {
	path = strings.ReplaceAll(path, "\x00", "")
	switch {
	case strings.HasPrefix(path, "/"):
		return sarifLocationOfFile{URI: "file://" + escapePath(path)}
	case len(path) > 2 && path[1] == ':' && path[2] == '/': // a drive of Windows
		return sarifLocationOfFile{URI: "file:///" + path[:2] + escapePath(path[2:])}
	case path == "" || path == ".":
		return sarifLocationOfFile{URI: "./", URIBaseID: srcRoot}
	}
	return sarifLocationOfFile{URI: escapePath(path), URIBaseID: srcRoot}
}

// escapePath escapes all that has a meaning in a URI, the colon too: before it a
// reader would see a scheme.
func escapePath(path string) string {
	const safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/!$&'()*+,;=@"
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(path) {
		if c := path[i]; strings.IndexByte(safe, c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		}
	}
	return b.String()
}
