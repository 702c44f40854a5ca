package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// A Written is a file that keyvet wrote.
type Written struct {
	Name string // for errors
	Data []byte
}

// Merged says what became of the results of several files.
type Merged struct{ Results, Twice, Cut int }

// MergeSARIF makes one SARIF file with one run of several, for code scanning
// refuses several of one tool and category. What is in two files comes once; over
// GitHub's limit the worst are kept, and the cut is said in the file. The category
// is that of the files, if they have the same, unless one is given.
//
// Results keep whatever they hold. Paths stay as they are: the files must come
// from one folder.
func MergeSARIF(w io.Writer, files []Written, category string) (Merged, error) {
	m := merger{seen: make(map[string]bool), rules: make(map[string]json.RawMessage)}
	for i, f := range files {
		if err := m.add(f, i == 0); err != nil {
			return Merged{}, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	m.order()
	if category != "" {
		m.category = strings.TrimSuffix(category, "/") + "/"
	}
	return m.counts, m.write(w)
}

type merger struct {
	driver        map[string]json.RawMessage // of the first file
	bases         json.RawMessage
	provenance    json.RawMessage
	category      string
	rules         map[string]json.RawMessage
	results       []mergedResult
	notifications []json.RawMessage
	seen          map[string]bool
	counts        Merged
}

type mergedResult struct {
	fields map[string]json.RawMessage
	rule   string
	level  string
	uri    string
	region sarifRegion
}

// sarifLog is as much of a file as merging must know.
type sarifLog struct {
	Version string `json:"version"`
	Runs    []struct {
		Tool struct {
			Driver map[string]json.RawMessage `json:"driver"`
		} `json:"tool"`
		Bases      json.RawMessage `json:"originalUriBaseIds"`
		Columns    string          `json:"columnKind"`
		Provenance json.RawMessage `json:"versionControlProvenance"`
		Details    struct {
			ID string `json:"id"`
		} `json:"automationDetails"`
		Invocations []struct {
			Notifications []json.RawMessage `json:"toolExecutionNotifications"`
		} `json:"invocations"`
		Results []map[string]json.RawMessage `json:"results"`
	} `json:"runs"`
}

func (m *merger) add(f Written, first bool) error {
	var log sarifLog
	if err := json.Unmarshal(f.Data, &log); err != nil {
		return fmt.Errorf("not a SARIF file: %w", err)
	}
	if log.Version != "2.1.0" {
		return fmt.Errorf("SARIF version %q, expected 2.1.0", log.Version)
	}
	for _, run := range log.Runs {
		if name := textOf(run.Tool.Driver["name"]); name != "keyvet" {
			return fmt.Errorf("written by %q; only files of keyvet can be merged", name)
		}
		if run.Columns != "utf16CodeUnits" {
			return fmt.Errorf("columns are counted in %q, expected utf16CodeUnits", run.Columns)
		}
		if first {
			m.driver, m.bases, m.provenance, m.category = run.Tool.Driver, run.Bases, run.Provenance, run.Details.ID
			first = false
		}
		if run.Details.ID != m.category {
			m.category = ""
		}
		if !bytes.Equal(compact(run.Provenance), compact(m.provenance)) {
			m.provenance = nil // it is not one commit
		}
		if err := m.addRules(run.Tool.Driver["rules"]); err != nil {
			return err
		}
		for _, i := range run.Invocations {
			for _, n := range i.Notifications {
				m.once("notification", n, func() { m.notifications = append(m.notifications, n) })
			}
		}
		for _, r := range run.Results {
			m.addResult(r)
		}
	}
	return nil
}

func (m *merger) addRules(list json.RawMessage) error {
	var rules []json.RawMessage
	if err := json.Unmarshal(list, &rules); err != nil {
		return fmt.Errorf("its rules cannot be read: %w", err)
	}
	for _, r := range rules {
		var rule struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(r, &rule); err == nil && m.rules[rule.ID] == nil {
			m.rules[rule.ID] = compact(r)
		}
	}
	return nil
}

func (m *merger) addResult(fields map[string]json.RawMessage) {
	delete(fields, "ruleIndex") // it is another one from now on
	key, err := json.Marshal(fields)
	if err != nil {
		return // it was read a moment ago
	}
	before := len(m.results)
	m.once("result", key, func() {
		r := mergedResult{fields: fields, rule: textOf(fields["ruleId"]), level: textOf(fields["level"])}
		var places []sarifLocation
		if json.Unmarshal(fields["locations"], &places) == nil && len(places) > 0 {
			r.uri = places[0].Physical.File.URI
			if places[0].Physical.Region != nil {
				r.region = *places[0].Physical.Region
			}
		}
		m.results = append(m.results, r)
	})
	if len(m.results) == before {
		m.counts.Twice++
	}
}

func (m *merger) once(kind string, value []byte, do func()) {
	if key := kind + string(compact(value)); !m.seen[key] {
		m.seen[key] = true
		do()
	}
}

// order keeps the worst, and puts them in the order of their places.
func (m *merger) order() {
	slices.SortStableFunc(m.results, func(a, b mergedResult) int { return cmp.Compare(rank(a.level), rank(b.level)) })
	m.counts.Cut = max(len(m.results)-maxResults, 0)
	m.results = m.results[:len(m.results)-m.counts.Cut]
	m.counts.Results = len(m.results)
	slices.SortStableFunc(m.results, func(a, b mergedResult) int {
		return cmp.Or(cmp.Compare(a.uri, b.uri), cmp.Compare(a.region.StartLine, b.region.StartLine),
			cmp.Compare(a.region.StartColumn, b.region.StartColumn), cmp.Compare(a.rule, b.rule))
	})
}

func (m *merger) write(w io.Writer) error {
	p := newPrinter(w)
	index := make(map[string]int)
	rules := []json.RawMessage{}
	for _, id := range slices.Sorted(maps.Keys(m.rules)) {
		index[id] = len(rules)
		rules = append(rules, m.rules[id])
	}
	driver := map[string]any{"rules": rules}
	for key, value := range m.driver {
		if key != "rules" {
			driver[key] = value
		}
	}
	p.print("{\n\"$schema\": ")
	p.json(sarifSchema)
	p.print(",\n\"version\": \"2.1.0\",\n\"runs\": [{\n\"tool\": ")
	p.json(map[string]any{"driver": driver})
	p.optional("originalUriBaseIds", m.bases)
	p.print(",\n\"columnKind\": \"utf16CodeUnits\"")
	if m.category != "" {
		p.print(",\n\"automationDetails\": ")
		p.json(map[string]string{"id": m.category})
	}
	p.optional("versionControlProvenance", m.provenance)
	m.writeNotifications(p)
	p.print(",\n\"results\": [")
	for i, r := range m.results {
		if p.failed() {
			break
		}
		if n, known := index[r.rule]; known {
			r.fields["ruleIndex"] = json.RawMessage(number(n))
		}
		p.print(separator(i) + "\n")
		p.json(r.fields)
	}
	p.print("\n]\n}]\n}\n")
	return p.flush()
}

func (m *merger) writeNotifications(p *printer) {
	if m.counts.Cut > 0 {
		all := m.counts.Cut + m.counts.Results
		cut, err := json.Marshal(sarifNotification{Level: "note", Message: sarifText{Text: cutNote(all, m.counts.Results)}})
		if err == nil {
			m.notifications = append(m.notifications, cut)
		}
	}
	p.print(",\n\"invocations\": [{\"executionSuccessful\": true, \"toolExecutionNotifications\": [")
	for i, n := range m.notifications {
		p.print(separator(i) + "\n")
		p.json(n)
	}
	p.print("]}]")
}

// cutNote says that there was more than GitHub takes.
func cutNote(all, written int) string {
	return sentence(fmt.Sprintf("of %s findings, the worst %s are written, for code scanning takes no more",
		Thousands(all), Thousands(written)))
}

func (p *printer) optional(key string, value json.RawMessage) {
	if len(value) > 0 {
		p.print(",\n\"" + key + "\": ")
		p.json(value)
	}
}

func textOf(value json.RawMessage) string {
	var s string
	_ = json.Unmarshal(value, &s) // what is no text is none
	return s
}

// compact takes the layout out of JSON.
func compact(value []byte) []byte {
	var b bytes.Buffer
	if json.Compact(&b, value) != nil {
		return value
	}
	return b.Bytes()
}
