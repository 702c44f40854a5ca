package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/analyzer/baseline"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/languages/builtin"
	"github.com/keyvet/keyvet/rules"
	"github.com/keyvet/keyvet/rules/config"
)

func scanCommand(s streams, use string) *cobra.Command {
	f := newScanFlags()
	c := &cobra.Command{
		Use: use, Args: cobra.ArbitraryArgs, DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, paths []string) error {
			return (&scan{scanFlags: f, streams: s, command: c}).run(c.Context(), paths)
		},
	}
	f.register(c)
	return c
}

// A scan is one run over files, from flags to an exit code.
type scan struct {
	*scanFlags
	streams
	command *cobra.Command

	allComments bool // read every file that holds an ignore comment
}

func (s *scan) run(ctx context.Context, paths []string) error {
	roots, err := s.roots(ctx, paths)
	if err != nil {
		return err
	}
	p, err := s.prepare(ctx, roots)
	if err != nil {
		return err
	}
	defer p.close()
	var known []baseline.Entry
	if s.baseline != "" {
		if known, err = readBaseline(s.baseline); err != nil {
			return err
		}
	}
	delta, err := s.changes(ctx)
	if err != nil {
		return err
	}
	// The output is opened before the work, so that nobody waits for a result
	// that cannot be kept.
	out, err := openOutput(s.output, s.out)
	if err != nil {
		return err
	}
	defer out.discard()
	r, err := p.report(ctx)
	if err != nil {
		return s.explain(err, paths)
	}
	s.known(r, known)
	dropped := s.gate(r)
	if err := s.narrow(r, delta); err != nil {
		return err
	}
	if err := s.write(ctx, r, out); err != nil {
		return err
	}
	return s.finish(r, dropped)
}

func languageNames() (names []string) {
	for _, l := range builtin.Languages() {
		names = append(names, l.Name())
	}
	return names
}

// roots are the paths given, with a list from standard input in the place of "-".
func (s *scan) roots(ctx context.Context, paths []string) ([]string, error) {
	if len(paths) == 0 {
		return []string{"."}, nil
	}
	var roots []string
	listed := false
	for _, path := range paths {
		if path != "-" {
			roots = append(roots, path)
			continue
		}
		if listed {
			return nil, usage("- is given twice, but there is one standard input")
		}
		listed = true
		names, err := readList(ctx, s.in)
		if err != nil {
			return nil, err
		}
		roots = append(roots, names...)
	}
	return roots, nil
}

// A prepared scan knows what to do, or what came of it the last time.
type prepared struct {
	*scan
	cache    *analyzer.Cache
	memo     *analyzer.Memo
	recalled *report.Report
	roots    []string
	config   *config.Config
	target   *rules.Target
}

// prepare finds out what holds for the roots. Nothing of it is needed if an earlier
// scan had the same to do.
func (s *scan) prepare(ctx context.Context, roots []string) (*prepared, error) {
	if err := s.chooseContext(roots); err != nil {
		return nil, err
	}
	p := &prepared{scan: s, cache: s.openCache(s.streams), roots: roots}
	p.memo = s.memo(p.cache, roots)
	if r, ok := s.recall(p.memo); ok {
		p.recalled = r
		return p, nil
	}
	var err error
	if p.config, err = s.configure(roots); err != nil {
		return nil, err
	}
	p.target, err = resolveTarget(ctx, s.streams, p.config.Set, s.target, split(s.with))
	return p, err
}

func (p *prepared) report(ctx context.Context) (*report.Report, error) {
	if p.recalled != nil {
		return p.recalled, nil
	}
	r, err := p.analyze(ctx)
	if err == nil {
		p.keep(p.memo, p.config, r)
	}
	return r, err
}

func (p *prepared) close() { p.closeCache(p.streams, p.cache) }

// chooseContext finds out what the roots are a part of.
func (s *scan) chooseContext(roots []string) error {
	if s.noContext && s.context != "" {
		return usage("--context and --no-context exclude each other")
	}
	if s.context == "" && !s.noContext && partOfMore(roots) {
		s.context = "."
	}
	return nil
}

// configured are the paths whose configuration holds.
func (s *scan) configured(roots []string) []string {
	if s.context != "" {
		return []string{s.context}
	}
	return roots
}

// configure reads what holds for the roots besides flags.
func (s *scan) configure(roots []string) (*config.Config, error) {
	c, err := s.load(s.configured(roots))
	if err == nil {
		s.adopt(c, s.command.Flags())
	}
	return c, err
}

func (s *scan) workersWanted() int { return min(int(s.workers), 64*runtime.NumCPU()) }

func (p *prepared) analyze(ctx context.Context) (*report.Report, error) {
	s, c := p.scan, p.config
	progress := startProgress(s.err, s.errTerminal && !s.quiet && s.env("TERM") != "dumb")
	defer progress.stop()
	o := analyzer.Options{
		Roots: p.roots, Include: s.include, Exclude: s.exclude, Standing: s.standing,
		Ignored: s.notIgnored, Vendored: s.vendored, Generated: s.generated, Minified: s.minified,
		Rules: c.Set, Target: p.target, Severity: severityBy(c), Languages: builtin.Languages(),
		Workers: s.workersWanted(), MaxSize: int64(s.maxSize),
		NoComments: s.noSuppress, RequireUntil: s.requireUntil, AllComments: s.allComments,
		Progress: progress.update, Version: moduleVersion(), Cache: p.cache, Memo: p.memo, Shard: s.shard.Shard,
	}
	if s.context != "" {
		o.Context = []string{s.context}
	}
	if s.config == "" && !s.noLocal {
		o.ConfigName, o.Config = config.Name, c.Path
	}
	r, err := analyzer.Run(ctx, o)
	if err == nil {
		addPages(r, c.Set)
	}
	return r, err
}

// severityBy gives the severity of findings by their place, as the configuration
// has it. Reports name files as seen from the working directory.
func severityBy(c *config.Config) func(rule, path string, severity rules.Severity) rules.Severity {
	if len(c.Overrides) == 0 {
		return nil
	}
	cwd, err := os.Getwd()
	if err == nil {
		cwd, err = filepath.EvalSymlinks(cwd)
	}
	if err != nil {
		return nil
	}
	return func(rule, path string, severity rules.Severity) rules.Severity {
		if path = filepath.FromSlash(path); !filepath.IsAbs(path) {
			path = filepath.Join(cwd, path)
		}
		return c.Severity(rule, path, severity)
	}
}

// explain adds what could be meant to an error about a path.
func (s *scan) explain(err error, paths []string) error {
	if len(paths) > 0 && paths[0] != "" {
		if _, missing := os.Lstat(paths[0]); os.IsNotExist(missing) {
			if near := s.command.Root().SuggestionsFor(paths[0]); len(near) > 0 {
				return usage("%w\ndid you mean the command %q?", err, near[0])
			}
		}
	}
	return err
}

// gate takes out the findings that are not certain enough, and says how many.
// Their uses stay: they are observations.
func (s *scan) gate(r *report.Report) (dropped int) {
	before := len(r.Findings)
	r.Findings = slices.DeleteFunc(r.Findings, func(f report.Finding) bool {
		return !s.sure(r.Judged(f).Certainty)
	})
	return before - len(r.Findings)
}

func (s *scan) sure(c report.Certainty) bool {
	return slices.Index(s.certainty.allowed, string(c)) <= slices.Index(s.certainty.allowed, s.certainty.value)
}

func (s *scan) write(ctx context.Context, r *report.Report, out *output) error {
	format, _ := report.Lookup(s.format.value)
	err := format.Write(contextWriter{ctx, out}, r, report.Options{
		Color: s.colored(s.streams), Category: s.category, Open: analyzer.ReadSource, ShowSuppressed: s.showSuppressed, Inventory: s.inventory,
		VersionControl: commit(),
	})
	if errors.Is(err, syscall.EPIPE) {
		return nil // whoever read it has seen enough
	}
	if err != nil {
		return out.failed(err)
	}
	return out.commit()
}

// A contextWriter stops writing when the work is canceled.
type contextWriter struct {
	ctx context.Context
	w   io.Writer
}

// Write writes, or says why not any more.
func (c contextWriter) Write(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(b)
}
