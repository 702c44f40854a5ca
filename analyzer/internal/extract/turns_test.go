package extract

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/languages"
)

// slow is a language whose files say how often they come too late.
type slow struct {
	languages.Language
	tries atomic.Int64
}

func (l *slow) Extract(ctx context.Context, path string, src []byte) (*languages.File, error) {
	switch n := l.tries.Add(1); string(src) {
	case "always":
		<-ctx.Done()
		return nil, fmt.Errorf("after %v: %w", time.Now(), ctx.Err())
	case "once":
		if n == 1 {
			<-ctx.Done()
			return nil, ctx.Err()
		}
	case "broken":
		return nil, fmt.Errorf("broken")
	}
	return &languages.File{Path: path}, nil
}

func TestTooLate(t *testing.T) {
	for _, test := range []struct {
		files  []string
		tries  int64
		reason string // of the last one
	}{
		{[]string{"fine"}, 1, ""},
		{[]string{"broken"}, 1, "broken"},
		{[]string{"once"}, 2, ""},
		{[]string{"always"}, 2, "parsing it takes longer than 10ms"},
		{[]string{"always", "always", "always", "always", "always"}, 8, "parsing it takes longer than 10ms"},
	} {
		dir := t.TempDir()
		var files []discover.File
		for i, text := range test.files {
			name := filepath.Join(dir, fmt.Sprint(i))
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			files = append(files, discover.File{Path: name, Rel: fmt.Sprint(i), Language: "slow"})
		}
		l := &slow{}
		r := New(files, Options{Languages: map[string]languages.Language{"slow": l}, Workers: 64, TimeLimit: 10 * time.Millisecond, Minified: true})
		err := r.each(context.Background(), r.Sources, nil, func(ctx context.Context, s *Source, src []byte) { r.parse(ctx, s, src) })
		if err != nil {
			t.Fatal(err)
		}
		last := r.Sources[len(r.Sources)-1]
		if name := strings.Join(test.files, " "); l.tries.Load() != test.tries || last.Reason != test.reason || (last.Facts == nil) == (test.reason == "") {
			t.Errorf("%s: %d tries, want %d; %q, want %q", name, l.tries.Load(), test.tries, last.Reason, test.reason)
		}
	}
}

func TestTimeLimit(t *testing.T) {
	for size, want := range map[int]time.Duration{0: 2, 1: 2, 1 << 20: 2, 1<<20 + 1: 4, 10 << 20: 20} {
		if got := timeLimit(2, size); got != want {
			t.Errorf("%d bytes: %d, want %d", size, got, want)
		}
	}
}
