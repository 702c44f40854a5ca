package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/keyvet/keyvet/rules/internal/pack"
)

var update = flag.Bool("update", false, "write what is generated: builtin.bin and schema/")

const updateCommand = "go generate ./rules"

// yamlSources reads the YAML that the built-in data are made of.
func yamlSources(t testing.TB) []Source {
	t.Helper()
	var all []Source
	for _, dir := range []string{"clients", "commands", "packages", "platforms", "ruleset", "targets"} {
		sources, broken := readDir(dir)
		if err := mistakesOf(broken); err != nil {
			t.Fatal(err)
		}
		all = append(all, sources...)
	}
	return all
}

// fromYAML loads the YAML of this folder.
func fromYAML(t testing.TB, sources []Source) (*knowledge, *Set) {
	t.Helper()
	l := loader{known: &knowledge{}, languages: languages}
	l.layer(sources)
	set, err := l.finish()
	if err != nil {
		t.Fatalf("the built-in YAML has mistakes:\n%v", err)
	}
	return l.known, set
}

func hashOf(sources []Source) string {
	h := sha256.New()
	for _, s := range sources {
		fmt.Fprintf(h, "%s %d\n", filepath.ToSlash(s.Name), len(s.Data))
		h.Write(s.Data)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestBuiltinIsFresh(t *testing.T) {
	sources := yamlSources(t)
	known, set := fromYAML(t, sources)
	body := fmt.Sprintf("%s\n%s\n%s\n%s", shape(), hashOf(sources), set.Hash(), pack.Marshal(known))
	if *update {
		writeFile(t, "builtin.bin", []byte(body))
		return
	}
	if builtin != body {
		t.Fatalf("builtin.bin is not what the YAML says; run: %s", updateCommand)
	}
}

func TestBuiltinIsTheYAML(t *testing.T) {
	if *update {
		t.Skip("builtin.bin was embedded before it was written")
	}
	sources := yamlSources(t)
	var head blobHead
	if err := readBuiltin(&knowledge{}, &head); err != nil {
		t.Fatal(err)
	}
	if head.sources != hashOf(sources) {
		t.Skipf("builtin.bin is stale; run: %s", updateCommand)
	}
	_, want := fromYAML(t, sources)
	got, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Set{}), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	if got.Hash() != want.Hash() {
		t.Errorf("hash %s, expected %s", got.Hash(), want.Hash())
	}
}

func TestClientsLieInTheFolderOfTheirLanguage(t *testing.T) {
	for _, source := range yamlSources(t) {
		var p layer
		p.file(source)
		for _, c := range p.clients {
			if folder := filepath.Base(filepath.Dir(source.Name)); folder != c.value.Language {
				t.Errorf("%s: language %q", source.Name, c.value.Language)
			}
		}
	}
}

// writeFile replaces a file in one step: others may be reading it.
func writeFile(t testing.TB, name string, data []byte) {
	t.Helper()
	temporary := name + ".new"
	if err := os.WriteFile(temporary, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(temporary, name); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkBuiltin(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Builtin(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoadYAML(b *testing.B) {
	sources := yamlSources(b)
	for b.Loop() {
		fromYAML(b, sources)
	}
}
