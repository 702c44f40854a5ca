package report

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"
	"strings"
)

type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

// writeGitLab writes the subset of Code Climate's format that GitLab reads.
// GitLab compares fingerprints to tell new issues from old ones.
func writeGitLab(w io.Writer, r *Report, _ Options) error {
	p := newPrinter(w)
	seen := make(map[string]int)
	p.print("[")
	n := 0
	for _, f := range r.Findings {
		u := r.use(f)
		if u == nil || p.failed() {
			continue
		}
		p.print(separator(n) + "\n")
		n++
		p.json(gitlabIssue{
			Description: Printable(f.Message),
			CheckName:   f.Rule,
			Fingerprint: fingerprint(seen, f, u),
			Severity:    [...]string{"major", "minor", "info"}[rank(f.Severity)],
			Location:    gitlabLocation{u.Path, gitlabLines{max(u.Range.Start.Line, 1)}},
		})
	}
	p.print("\n]\n")
	return p.flush()
}

// fingerprint identifies a finding by its rule, file and code, not by its line,
// so that it stays the same when other lines come and go. Of findings that are
// alike the n-th one is told by its number.
func fingerprint(seen map[string]int, f Finding, u *Use) string {
	line, _, _ := firstLine(u)
	key := strings.Join([]string{f.Rule, u.Path, u.Subject(), strings.Join(strings.Fields(line), " ")}, "\x00")
	sum := sha256.Sum256([]byte(key))
	short := hex.EncodeToString(sum[:16])
	seen[short]++
	if n := seen[short]; n > 1 {
		sum = sha256.Sum256([]byte(key + "\x00" + strconv.Itoa(n)))
		short = hex.EncodeToString(sum[:16])
	}
	return short
}
