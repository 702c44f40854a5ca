package analyzer_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/keyvet/keyvet/analyzer"
	"github.com/keyvet/keyvet/analyzer/report"
)

// FuzzScan scans a hostile file beside one that makes a client, with the real catalogues and rules: from bytes to
// reports, through everything that lies between.
func FuzzScan(f *testing.F) {
	ends := []string{".py", ".js", ".ts", ".tsx", ".go", ".java", ".lua", ".mjs", ".vue"}
	beside := map[string]string{
		"db.py":    "import redis\nr = redis.Redis(protocol=3)\ndef run(c, *a): return r.execute_command(c, *a)\n",
		"db.js":    "const redis = require('redis');\nexports.r = redis.createClient({RESP: 3});\n",
		"db.go":    "package p\n\nimport \"github.com/redis/go-redis/v9\"\n\nvar rdb = redis.NewClient(&redis.Options{Protocol: 3})\n",
		"Db.java":  "import redis.clients.jedis.JedisPooled;\nclass Db { static JedisPooled r = new JedisPooled(); }\n",
		"base.lua": "local function f(k) return redis.call('JSON.GET', k) end\n",
	}
	seen := make(map[string]int)
	err := filepath.WalkDir("../testdata", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		end := filepath.Ext(path)
		if i := slices.Index(ends, end); i >= 0 && seen[end] < 40 {
			src, err := os.ReadFile(path)
			if err != nil || len(src) > 4000 {
				return err
			}
			seen[end]++
			f.Add(uint8(i), src)
		}
		return nil
	})
	if err != nil {
		f.Fatal(err)
	}
	top := f.TempDir()
	for name, text := range beside {
		end := filepath.Ext(name)
		if err := os.MkdirAll(filepath.Join(top, family(end)), 0o755); err != nil {
			f.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(top, family(end), name), []byte(text), 0o644); err != nil {
			f.Fatal(err)
		}
	}
	f.Fuzz(func(t *testing.T, index uint8, src []byte) {
		end := ends[int(index)%len(ends)]
		dir := filepath.Join(top, family(end))
		name := filepath.Join(dir, "x"+end)
		if err := os.WriteFile(name, src, 0o644); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(name)
		r := run(t, analyzer.Options{Base: dir, Roots: []string{dir}, Everything: true, Generated: true, Minified: true})
		lines := bytes.Count(src, []byte("\n")) + 1
		for _, skip := range r.Skipped {
			if strings.Contains(skip.Reason, "internal fault") {
				t.Errorf("%s: %s", skip.Path, skip.Reason)
			}
		}
		for _, finding := range r.Findings {
			if u := r.Judged(finding); u.Path == filepath.Base(name) && (u.Range.Start.Line < 1 || u.Range.Start.Line > lines || u.Range.Start.Column < 1) {
				t.Errorf("%s at %+v of %d lines", finding.Rule, u.Range, lines)
			}
		}
		for _, format := range report.Formats() {
			if err := format.Write(new(bytes.Buffer), r, report.Options{}); err != nil {
				t.Errorf("%s: %v", format.Name, err)
			}
		}
	})
}

// family is the folder for files that may import one another: those of one language.
func family(end string) string {
	if end == ".py" || end == ".go" || end == ".java" || end == ".lua" {
		return end[1:]
	}
	return "js"
}
