package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// IsSARIF tells a SARIF file from one of the format "json".
func IsSARIF(data []byte) bool {
	var log struct {
		Runs json.RawMessage `json:"runs"`
	}
	return json.Unmarshal(data, &log) == nil && log.Runs != nil
}

// MergeJSON makes one report of several, those of a scan's shards for instance: the
// result is that of the scan as a whole. What two files hold comes once; their counts
// of files are added up. The files must come from one folder and one version.
func MergeJSON(w io.Writer, files []Written) (Merged, error) {
	m := jsonMerger{uses: make(map[string]int), seen: make(map[string]bool)}
	m.report.Files.Left = make(map[string]int)
	for i, f := range files {
		if err := m.add(f, i == 0); err != nil {
			return Merged{}, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	r := &m.report
	r.SortUses()
	slices.SortStableFunc(r.Suppressions, func(a, b Suppression) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	slices.SortStableFunc(r.Clients, func(a, b Client) int {
		return cmp.Or(cmp.Compare(a.Language, b.Language), cmp.Compare(a.Client, b.Client), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	m.counts.Results = len(r.Findings)
	return m.counts, writeJSON(w, r, Options{})
}

type jsonMerger struct {
	report Report
	uses   map[string]int // by their JSON form
	seen   map[string]bool
	counts Merged
}

func (m *jsonMerger) add(f Written, first bool) error {
	var r Report
	decoder := json.NewDecoder(bytes.NewReader(f.Data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return fmt.Errorf("not a report of this version of keyvet: %w", err)
	}
	if first {
		m.report.Version = r.Version
	}
	if r.Version != m.report.Version {
		return fmt.Errorf("written by keyvet %q, those before it by %q", r.Version, m.report.Version)
	}
	m.addCounts(r.Files)
	place := make([]int, len(r.Uses))
	for i, u := range r.Uses {
		key := textIn(u)
		at, known := m.uses[key]
		if !known {
			at = len(m.report.Uses)
			m.uses[key] = at
			m.report.Uses = append(m.report.Uses, u)
		}
		place[i] = at
	}
	for _, finding := range r.Findings {
		if finding.Use >= len(place) || finding.Use < 0 && finding.Place == nil {
			return errors.New("a finding is about a use that is not there")
		}
		if finding.Use >= 0 {
			finding.Use = place[finding.Use]
		}
		before := len(m.report.Findings)
		if m.report.Findings = appendOnce(m, m.report.Findings, finding); len(m.report.Findings) == before {
			m.counts.Twice++
		}
	}
	for _, s := range r.Skipped {
		m.report.Skipped = appendOnce(m, m.report.Skipped, s)
	}
	for _, note := range r.Notes {
		m.report.Notes = appendOnce(m, m.report.Notes, note)
	}
	for _, s := range r.Suppressions {
		m.report.Suppressions = appendOnce(m, m.report.Suppressions, s)
	}
	for _, client := range r.Clients {
		m.report.Clients = appendOnce(m, m.report.Clients, client)
	}
	return nil
}

func (m *jsonMerger) addCounts(n Counts) {
	all := &m.report.Files
	all.Found += n.Found
	all.Passed += n.Passed
	all.Read += n.Read
	all.Damaged += n.Damaged
	all.Skipped += n.Skipped
	all.Manifests += n.Manifests
	all.Context += n.Context
	for reason, left := range n.Left {
		all.Left[reason] += left
	}
}

func appendOnce[T any](m *jsonMerger, list []T, item T) []T {
	key := fmt.Sprintf("%T %s", item, textIn(item))
	if m.seen[key] {
		return list
	}
	m.seen[key] = true
	return append(list, item)
}

func textIn(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprintf("%+v", value) // it was read a moment ago
	}
	return string(text)
}
