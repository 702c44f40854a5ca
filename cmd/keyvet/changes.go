package main

import (
	"context"
	"fmt"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/cmd/keyvet/internal/changes"
)

// changes finds out what has changed, nil if nobody asked.
func (s *scan) changes(ctx context.Context) (*changes.Changes, error) {
	switch {
	case s.since != "" && s.staged:
		return nil, usage("--since and --staged exclude each other")
	case s.staged:
		return changes.Staged(ctx)
	case s.since != "":
		c, err := changes.Since(ctx, s.since)
		if err != nil {
			return nil, fmt.Errorf("--since: %w", err)
		}
		return c, nil
	case s.command.Flags().Changed("since"):
		return nil, usage("--since: the name of the revision is empty")
	}
	return nil, nil
}

// narrow takes out what the changes have not brought.
func (s *scan) narrow(r *report.Report, c *changes.Changes) error {
	if c == nil {
		return nil
	}
	elsewhere, err := c.Narrow(r, analyzer.ReadSource)
	if err == nil && elsewhere > 0 && s.shard.Of <= 1 { // the parts would each count their own
		r.Notes = append(r.Notes, fmt.Sprintf("%s left out that the changes have not brought", count(elsewhere, "finding")))
	}
	return err
}
