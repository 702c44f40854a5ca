package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func testStreams(in io.Reader) (streams, *bytes.Buffer, *bytes.Buffer) {
	var out, errs bytes.Buffer
	return streams{in: in, out: &out, err: &errs, env: func(name string) string { return map[string]string{cacheVariable: cacheOff}[name] }}, &out, &errs
}

// TestCanceledOutput: a scan that ends early leaves neither the file nor a part.
func TestCanceledOutput(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(signalError{syscall.SIGINT})
	s, _, errs := testStreams(strings.NewReader(""))
	root := newRoot(s)
	root.SetArgs([]string{"-o", filepath.Join(dir, "out.json"), dir})
	command, err := root.ExecuteContextC(ctx)
	if code := verdict(ctx, s, command, err); code != 130 {
		t.Errorf("exit code %d: %s", code, errs)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestProgress is painted only for those who wait, and erased.
func TestProgress(t *testing.T) {
	var b bytes.Buffer
	p := startProgress(&b, true)
	p.stop()
	if b.Len() > 0 {
		t.Errorf("painted %q at once", b.String())
	}
	p = startProgress(&b, true)
	p.update(512, 2048)
	time.Sleep(progressAfter + 2*progressEvery)
	p.stop()
	if got := b.String(); !strings.HasPrefix(got, "\r\x1b[Kkeyvet: 512 of 2,048 files ...") || !strings.HasSuffix(got, "\r\x1b[K") {
		t.Errorf("painted %q", got)
	}
}

// TestBrokenPipe: a reader that leaves is no error, and findings are findings.
func TestBrokenPipe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.py")
	if err := os.WriteFile(file, []byte("import redis\nredis.Redis().ft('i').search('x')\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s, _, errs := testStreams(strings.NewReader(""))
	s.out = brokenPipe{}
	if code := run([]string{file}, s); code != exitFindings || strings.Contains(errs.String(), "write") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

type brokenPipe struct{}

// Write fails as a pipe does that nobody reads.
func (brokenPipe) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Err: syscall.EPIPE}
}

func TestSize(t *testing.T) {
	for text, want := range map[string]size{"1": 1, "500K": 500 << 10, "2M": 2 << 20, "2MiB": 2 << 20, "2mb": 2 << 20, "1g": 1 << 30} {
		var s size
		if err := s.Set(text); err != nil || s != want {
			t.Errorf("%s: %d, %v", text, s, err)
		}
	}
	for _, text := range []string{"", "0", "-1", "M", "1KK", "1X", "9999G", "99999999999999999999", "1.5M"} {
		var s size
		if err := s.Set(text); err == nil {
			t.Errorf("%q: %d", text, s)
		}
	}
}
