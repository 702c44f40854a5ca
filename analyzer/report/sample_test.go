package report

import (
	"errors"
	"strings"
)

func span(line, from, to int) Range { return Range{Position{line, from}, Position{line, to}} }

// on gives the range of a text in a line.
func on(line int, source, text string) Range {
	from := strings.Index(source, text) + 1
	return span(line, from, from+len(text))
}

// sample holds an everyday finding, and all that may go wrong with others.
func sample() *Report {
	return &Report{
		Version: "v1.2.3",
		Files: Counts{Found: 1234, Passed: 1220, Read: 11, Damaged: 1, Skipped: 3,
			Left: map[string]int{"ignored": 12, "vendored": 2}},
		Rules: []Rule{
			{ID: "search-command", Title: "RediSearch command", Severity: "error",
				Why:     "Valkey answers `ERR unknown command`.\nAnd so on.",
				Instead: "Use [valkey-search](https://github.com/valkey-io/valkey-search).",
				Sources: []string{"https://valkey.io/commands/ft.search/"},
				Page:    "https://github.com/keyvet/keyvet/blob/main/docs/rules/search-command.md"},
			{ID: "resp3-enabled", Title: "protocol set to RESP3", Severity: "note", Why: "It matters."},
			{ID: "own_rule", Severity: "warning"},
		},
		Uses:     sampleUses(),
		Findings: sampleFindings(),
		Skipped: []Skip{
			{"big file.js", "1,234,567 bytes, over the limit of 1,048,576"},
			{"dir/evil\x1b[31m\n.py", "cannot be read: permission denied"},
			{"/outside/x.go", "UTF-16; convert it to UTF-8 to have it read"},
		},
		Clients: []Client{
			{Client: "redis-py", Language: "python", Package: "redis", Version: ">=5.0.0, <9.0.0", Path: "requirements.txt", Line: 3,
				Settings: []ClientSetting{{Setting: "resp", Default: []string{"2", "3"}, Set: []string{"2"}}}},
			{Client: "lettuce", Language: "java", Package: "io.lettuce:lettuce-core", Version: "6.8.1", Platform: "spring-boot 4.0.0",
				Path: "app|x/pom.xml", Line: 12, Settings: []ClientSetting{{Setting: "resp", Default: []string{"3"}, Set: []string{}}}},
			{Client: "own\x1b[31m", Language: "go", Settings: []ClientSetting{}},
		},
		Notes: []string{`the glob "*.pyx" matched nothing`},
		Suppressions: []Suppression{
			{Path: "app/search.py", Line: 8, Form: "line", Rules: []string{"search-command"},
				Reason: "served by `x` <b>\x1b[31m", Until: "2027-01-31", Findings: 1},
			{Path: "app/search.py", Line: 12, Form: "file", Rules: []string{}, Problem: "it names no rule"},
		},
	}
}

func sampleUses() []Use {
	call := `    return r.ft("idx").search(q)`
	evil := "\ufeff// \x1b]0;x\x07 \xff\xfe \u202e é😀 c.Search(q) \u009b"
	wide := "\u5909\u6570 = \"\u6f22\u5b57\u6f22\".client()"
	return []Use{
		{Kind: CommandUse, Command: "FT.SEARCH", Client: "redis-py", Language: "python", Certainty: Certain,
			Path: "app/search.py", Range: on(3, call, `r.ft("idx").search(q)`), Lines: []string{call},
			Because: []Step{{"imports redis", "app/db.py", span(1, 1, 13)}, {"makes a client [of redis-py]", "app/db.py", span(2, 5, 18)}}},
		{Kind: CommandUse, Command: "FT.*", Client: "redis-py", Language: "python", Certainty: Likely,
			Path: "app/search.py", Range: Range{Position{5, 2}, Position{7, 3}},
			Lines: []string{"\tr.execute_command(\t# 漢字 é 😀", "\t\t\"FT.\" + x,", "\t)"}},
		{Kind: CommandUse, Command: "JSON.SET", Client: "redis-py", Language: "python", Certainty: Possible,
			Path: "app/search.py", Range: span(9, 1, 9), Lines: []string{"json.set"}},
		{Kind: CommandUse, Command: "FT.SEARCH", Language: "javascript", Certainty: Certain,
			Path: "dist/a b,c:d%[x]#é.min.js", Range: span(1, 2001, 2015),
			Lines: []string{strings.Repeat("x=y;", 500) + "c.ft.search(q)" + strings.Repeat(";z=1", 100_000)}},
		{Kind: CommandUse, Command: "FT.SEARCH", Client: "go-redis", Language: "go", Certainty: Certain,
			Path: "evil\x1b[31m\n\xff`|@me.go", Range: on(1, evil, "c.Search(q)"), Lines: []string{evil}},
		{Kind: SettingUse, Setting: "resp", Value: "3", Client: "jedis", Language: "java", Certainty: Certain,
			Path: "src/Cache.java", Range: span(40, 7, 17)},
		{Kind: SettingUse, Setting: "resp", Value: "?", Client: "jedis", Language: "java", Certainty: Certain,
			Path: "src/Wide.java", Range: on(2, wide, "client()"), Lines: []string{wide}},
	}
}

func sampleFindings() []Finding {
	text := "FT.SEARCH is a RediSearch command"
	return []Finding{
		{Rule: "search-command", Severity: "error", Message: text, Use: 0},
		{Rule: "search-command", Severity: "error", Message: "the family is all that is known of FT.* | <b>&", Use: 1},
		{Rule: "own_rule", Severity: "warning", Message: "see [this](1) and @you, #12 or https://example.com", Use: 1},
		{Rule: "search-command", Severity: "error", Message: text, Use: 3},
		{Rule: "search-command", Severity: "error", Message: text + " \x1b[31m\u202e", Use: 4},
		{Rule: "resp3-enabled", Severity: "note", Message: "the client is set to RESP3", Use: 5},
		{Rule: "search-command", Severity: "error", Message: text, Use: 2, Suppressed: &Suppressed{
			Kind: InSource, Justification: "served by `x` <b>\x1b[31m", Line: 8, Until: "2027-01-31"}},
		{Rule: "resp3-enabled", Severity: "note", Message: "the client is set to RESP3", Use: 5, Suppressed: &Suppressed{
			Kind: External, Justification: "in the baseline"}},
		{Rule: "unlisted", Severity: "warning", Message: "the value is computed", Use: 6},
		{Rule: "unlisted", Severity: "note", Message: "the package needs a module", Use: -1, Place: &Place{
			Path: "web/package.json", Range: span(12, 1, 20), Certainty: Certain, Because: []Step{}, Lines: []string{`    "redis-om": "^0.4",`},
		}},
	}
}

func sampleOptions() Options {
	return Options{
		Category:       "nightly",
		VersionControl: &VersionControl{"https://github.com/example/shop", "0123456789abcdef0123456789abcdef01234567", "main"},
		Open: func(path string) ([]byte, error) {
			if path == "app/search.py" {
				return []byte("import redis\n\n    return r.ft(\"idx\").search(q)\n\n\tr.execute_command(\n\t\t\"FT.\" + x,\n\t)\n\njson.set\n"), nil
			}
			return nil, errors.New("not there")
		},
	}
}
