package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/analyzer/report"
	"github.com/keyvet/keyvet/cmd/keyvet/internal/live"
	"github.com/keyvet/keyvet/rules/config"
)

// The environment variables that the cache's flags have for those who cannot give flags.
const (
	cacheVariable = "KEYVET_CACHE" // a folder, or "off"
	cacheOff      = "off"
)

// cacheFlags say where the cache is, if there is one.
type cacheFlags struct {
	cache     string
	noCache   bool
	cacheSize size
}

func (f *cacheFlags) register(flags *pflag.FlagSet) {
	f.cacheSize = analyzer.DefaultCacheLimit
	flags.StringVar(&f.cache, "cache", "", "keep what scans find out in `DIR` (default: $KEYVET_CACHE, or keyvet in the\nuser's folder for caches)")
	flags.BoolVar(&f.noCache, "no-cache", false, "keep nothing, and use nothing that was kept")
	flags.Var(&f.cacheSize, "cache-size", "how large the cache may grow: bytes, or with K, M or G behind")
}

// folder is where the cache is, "" if there is none. Given says that somebody named it.
func (f *cacheFlags) folder(s streams) (dir string, given bool) {
	switch env := s.env(cacheVariable); {
	case f.noCache:
		return "", false
	case f.cache != "":
		return f.cache, true
	case env == cacheOff:
		return "", false
	case env != "":
		return env, true
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", false
	}
	return filepath.Join(dir, "keyvet"), false
}

// openCache opens the cache, nil if there is none.
func (f *cacheFlags) openCache(s streams) *analyzer.Cache {
	dir, _ := f.folder(s)
	if dir == "" {
		return nil
	}
	return analyzer.OpenCache(dir, int64(f.cacheSize))
}

// closeCache ends the use of a cache. That it cannot be written is only said to those who
// named it: all others need not know that there is one.
func (f *cacheFlags) closeCache(s streams, c *analyzer.Cache) {
	err := c.Close()
	if dir, given := f.folder(s); err != nil && given {
		complain(s, "note: nothing is kept in the cache %q: %v", dir, cause(err))
	}
}

// bystanders are the flags that the analysis does not depend on.
var bystanders = []string{
	"format", "output", "severity", "certainty", "strict", "since", "staged", "baseline", "show-suppressed", "inventory", "category",
	"jobs", "quiet", "color", "no-color", "cache", "no-cache", "cache-size",
}

// memo is what the analysis of the roots can be found by in the cache; nil if it cannot
// be kept, because it depends on a server, or on files that nobody takes down.
func (s *scan) memo(c *analyzer.Cache, roots []string) *analyzer.Memo {
	if c == nil || len(s.rules) > 0 || s.elsewhere() {
		return nil
	}
	question := append([]string{time.Now().Format(time.DateOnly), strconv.FormatBool(s.allComments), strconv.Itoa(len(roots))}, roots...)
	s.command.Flags().VisitAll(func(f *pflag.Flag) {
		for _, name := range bystanders {
			if f.Name == name {
				return
			}
		}
		question = append(question, f.Name, f.Value.String())
	})
	question = append(question, s.context)
	path := s.config
	if path == "" && !s.noLocal {
		found, err := config.Find(s.configured(roots))
		if err != nil {
			return nil // configure says it
		}
		path = found
	}
	if path != "" {
		text, err := config.ReadText(path)
		if err != nil {
			return nil
		}
		question = append(question, path, string(text))
	}
	return c.Memo(question...)
}

// elsewhere tells whether the target comes from a server or a file.
func (s *scan) elsewhere() bool {
	return live.IsURL(s.target) || live.IsFile(s.target)
}

// recall gives the report of an earlier scan of the same, and takes over what the
// configuration says about what is done with it.
func (s *scan) recall(m *analyzer.Memo) (*report.Report, bool) {
	r, notes, ok := m.Recall(s.workersWanted())
	if !ok || len(notes) != len(s.judged()) {
		return nil, false
	}
	for i, flag := range s.judged() {
		if notes[i] != "" && !s.command.Flags().Changed(flag.Name) && flag.Value.Set(notes[i]) != nil {
			return nil, false
		}
	}
	return r, true
}

// keep keeps a report for recall.
func (s *scan) keep(m *analyzer.Memo, c *config.Config, r *report.Report) {
	if m == nil || len(c.RulesDirs) > 0 || s.elsewhere() {
		return
	}
	if s.target != "" {
		m.DependsOn(s.target) // a file of that name would be the target
	}
	var notes []string
	for _, flag := range s.judged() {
		note := ""
		if !flag.Changed && c.Given(flag.Name) != "" {
			note = flag.Value.String()
		}
		notes = append(notes, note)
	}
	m.Keep(r, notes)
}

// judged are the flags that say what is done with a report. The configuration may say
// it, too.
func (s *scan) judged() (flags []*pflag.Flag) {
	for _, name := range []string{"format", "severity", "certainty", "strict", "baseline"} {
		if flag := s.command.Flags().Lookup(name); flag != nil {
			flags = append(flags, flag)
		}
	}
	return flags
}

func cacheCommand(s streams) *cobra.Command {
	c := &cobra.Command{
		Use: "cache", Short: "Show or clean the cache", Args: noArgs,
		Long: `keyvet keeps what scans find out, so that the next one is fast where nothing has
changed. The reports are the same with and without. What is kept is found by the
content of files, the options and the build of keyvet; what is damaged or cannot
be written is done without. The folder may be removed at any time.

It is keyvet in the user's folder for caches, or what --cache or $` + cacheVariable + ` names.
` + cacheVariable + `=` + cacheOff + ` or --no-cache does without.`,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(cacheShowCommand(s), cacheCleanCommand(s))
	return c
}

func cacheShowCommand(s streams) *cobra.Command {
	return cacheVerb(s, "show", "Show where the cache is and how much it holds", func(dir string) error {
		entries, bytes := analyzer.CacheSize(dir)
		_, err := fmt.Fprintf(s.out, "%s\n%s entries, %s KiB\n", printable(dir), report.Thousands(entries), report.Thousands(int((bytes+1023)/1024)))
		return err
	})
}

func cacheCleanCommand(s streams) *cobra.Command {
	return cacheVerb(s, "clean", "Remove what the cache holds", func(dir string) error {
		if err := analyzer.ClearCache(dir); err != nil {
			return fmt.Errorf("cannot clean the cache %q: %w", dir, cause(err))
		}
		return nil
	})
}

func cacheVerb(s streams, verb, short string, do func(dir string) error) *cobra.Command {
	f := &cacheFlags{}
	c := &cobra.Command{
		Use: verb, Short: short, Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			dir, _ := f.folder(s)
			if dir == "" {
				return errors.New("there is no cache: it is switched off, or the user has no folder for caches")
			}
			return do(dir)
		},
	}
	c.Flags().StringVar(&f.cache, "cache", "", "the cache is `DIR` (default: $KEYVET_CACHE, or keyvet in the user's folder for caches)")
	return c
}
