package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/keyvet/keyvet/analyzer/baseline"
	"github.com/keyvet/keyvet/analyzer/report"
)

// defaultBaseline is where the baseline commands look if nothing else is said.
const defaultBaseline = "keyvet-baseline.txt"

const aboutBaseline = `A baseline is a file that lists the findings that are known and left for later.
With keyvet --baseline FILE only new ones fail.

A finding is recognized by its file, rule, command, function and the text of the
call, not by its line: it stays known when lines move, when the code is formatted,
when its function or its file is renamed, and when an argument of the call changes
in the same function. Two calls where there was one are one new finding.

The file is sorted text, one finding a line. When git finds a conflict in it, keep
the lines of both sides.`

func baselineCommand(s streams) *cobra.Command {
	c := &cobra.Command{
		Use:   "baseline",
		Short: "Leave the findings that there are for later, and fail on new ones",
		Long:  aboutBaseline,
		Example: "  keyvet baseline create\n  keyvet --baseline " + defaultBaseline + "\n" +
			"  keyvet baseline check\n  keyvet baseline update --prune",
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	prune := false
	update := baselineVerb(s, "update", func(ctx context.Context, s *scan, paths []string) error {
		return s.updateBaseline(ctx, paths, prune)
	})
	update.Short = "Write down the findings that there are now"
	update.Long = "Write down the findings that there are now: new ones are added, fixed ones removed,\n" +
		"renamed files followed. Entries of files that are not scanned are kept."
	update.Flags().BoolVar(&prune, "prune", false, "only remove what is fixed")
	create := baselineVerb(s, "create", func(ctx context.Context, s *scan, paths []string) error { return s.createBaseline(ctx, paths) })
	create.Short = "Begin a baseline with all findings that there are"
	check := baselineVerb(s, "check", func(ctx context.Context, s *scan, paths []string) error { return s.checkBaseline(ctx, paths) })
	check.Short = "Show new findings, and entries that can go; fail if there are any"
	c.AddCommand(create, update, check)
	return c
}

// baselineVerb makes a command with the flags of a scan that change what is found.
func baselineVerb(s streams, verb string, do func(context.Context, *scan, []string) error) *cobra.Command {
	f := newScanFlags()
	c := &cobra.Command{
		Use: verb + " [flags] [path ...]", Args: cobra.ArbitraryArgs, DisableFlagsInUseLine: true, Long: aboutBaseline,
		RunE: func(c *cobra.Command, paths []string) error {
			scan := &scan{scanFlags: f, streams: s, command: c}
			if err := scan.findBaseline(c.Context(), paths); err != nil {
				return err
			}
			return do(c.Context(), scan, paths)
		},
	}
	f.register(c)
	if err := c.Flags().Set("baseline", defaultBaseline); err != nil {
		panic(err)
	}
	c.Flags().Lookup("baseline").DefValue = defaultBaseline
	c.Flags().Lookup("baseline").Changed = false
	for _, name := range []string{"format", "output", "category", "show-suppressed", "strict", "since", "staged"} {
		if flag := c.Flags().Lookup(name); flag != nil {
			flag.Hidden = true
		}
	}
	return c
}

// findBaseline takes the baseline that the configuration names, unless a flag
// does.
func (s *scan) findBaseline(ctx context.Context, paths []string) error {
	if s.command.Flags().Changed("baseline") {
		return nil
	}
	roots, err := s.roots(ctx, paths)
	if err != nil {
		return err
	}
	conf, err := s.load(s.configured(roots))
	if err != nil {
		return err
	}
	return s.command.Flags().Set("baseline", cmp.Or(conf.BaselinePath(), defaultBaseline))
}

func (s *scan) createBaseline(ctx context.Context, paths []string) error {
	if _, err := os.Lstat(s.baseline); err == nil {
		return usage("there is a %s already; keyvet baseline update brings it up to date", s.baseline)
	}
	r, err := s.look(ctx, paths)
	if err != nil {
		return err
	}
	s.gate(r)
	return s.writeBaseline(baseline.Of(r, s.place()))
}

func (s *scan) updateBaseline(ctx context.Context, paths []string, prune bool) error {
	entries, err := readBaseline(s.baseline)
	if err != nil {
		return err
	}
	r, err := s.look(ctx, paths)
	if err != nil {
		return err
	}
	out := baseline.Apply(r, entries, s.baseline, s.place(), s.gone)
	s.gate(r)
	fresh := baseline.Of(r, s.place())
	if prune {
		fresh = nil
	}
	known := s.knownNow(r, out)
	s.say("%s added, %s removed", count(len(fresh), "finding"), report.Thousands(len(out.Fixed)))
	return s.writeBaseline(baseline.Sorted(append(known, fresh...)))
}

// knownNow are the entries as they are today: of findings that are known by their
// present names, and of files that were not scanned as they were.
func (s *scan) knownNow(r *report.Report, out baseline.Outcome) []baseline.Entry {
	known := *r
	known.Findings = nil
	for _, f := range r.Findings {
		if f.Suppressed != nil && f.Suppressed.Kind == report.External {
			f.Suppressed = nil
			known.Findings = append(known.Findings, f)
		}
	}
	return append(baseline.Of(&known, s.place()), out.Unseen...)
}

func (s *scan) checkBaseline(ctx context.Context, paths []string) error {
	entries, err := readBaseline(s.baseline)
	if err != nil {
		return err
	}
	r, err := s.look(ctx, paths)
	if err != nil {
		return err
	}
	out := baseline.Apply(r, entries, s.baseline, s.place(), s.gone)
	dropped := s.gate(r)
	text, _ := report.Lookup("text")
	if err := text.Write(s.out, r, report.Options{Color: s.colored(s.streams)}); err != nil {
		return cannotWrite("standard output", err)
	}
	for _, e := range out.Fixed {
		if _, err := fmt.Fprintf(s.out, "fixed: %s\n", e); err != nil {
			return cannotWrite("standard output", err)
		}
	}
	err = s.finish(r, dropped)
	if len(out.Fixed) > 0 {
		s.say("%s of %s can go: keyvet baseline update --prune", count(len(out.Fixed), "line"), s.baseline)
		return exitError(exitFindings)
	}
	return err
}

func readBaseline(name string) ([]baseline.Entry, error) {
	src, err := readInput(name, maxInput)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage("there is no baseline %q; keyvet baseline create begins one", name)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the baseline %q: %w", name, cause(err))
	}
	entries, err := baseline.Read(name, src)
	if err != nil {
		return nil, usage("%w", err)
	}
	return entries, nil
}

func (s *scan) writeBaseline(entries []baseline.Entry) error {
	if err := writeWhole(s.baseline, s.out, baseline.Format(entries)); err != nil {
		return err
	}
	s.say("wrote %s with %s", s.baseline, count(len(entries), "finding"))
	return nil
}

// place names files as seen from the folder of the baseline, so that it means the
// same wherever keyvet runs.
func (s *scan) place() baseline.Place {
	folder := realFolder(filepath.Dir(s.baseline))
	here := realFolder(".")
	return func(path string) string {
		abs := filepath.FromSlash(path)
		if !filepath.IsAbs(abs) {
			abs = filepath.Join(here, abs)
		}
		rel, err := filepath.Rel(folder, abs)
		if err != nil {
			return path
		}
		return filepath.ToSlash(rel)
	}
}

func (s *scan) gone(path string) bool {
	_, err := os.Lstat(filepath.Join(filepath.Dir(s.baseline), filepath.FromSlash(path)))
	return errors.Is(err, fs.ErrNotExist)
}

// realFolder is where a folder is, links followed.
func realFolder(name string) string {
	abs, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	return abs
}

// known takes what is in the baseline out of what fails.
func (s *scan) known(r *report.Report, entries []baseline.Entry) {
	if s.baseline == "" {
		return
	}
	out := baseline.Apply(r, entries, s.baseline, s.place(), s.gone)
	if n := len(out.Fixed); n > 0 && s.shard.Of <= 1 { // the parts would each count their own
		r.Notes = append(r.Notes, fmt.Sprintf("%s of the baseline %s can go: keyvet baseline update --prune", count(n, "line"), s.baseline))
	}
}
