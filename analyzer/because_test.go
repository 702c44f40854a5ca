package analyzer_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/analyzer"
)

// TestBecause checks that what explains one use does not depend on which others were
// looked at before.
func TestBecause(t *testing.T) {
	dir := t.TempDir()
	err := os.WriteFile(filepath.Join(dir, "shop.ts"), []byte(`import { createClient } from "redis";

export class Shop {
    private readonly options = { url: "redis://store" };
    private readonly client = createClient(this.options);

    find(name: string) {
        return this.client.ft.search("articles", name);
    }

    read(id: string) {
        return this.client.json.get(id);
    }
}
`), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"imports createClient from redis", "makes a client of node-redis", "held in client"}
	uses := run(t, analyzer.Options{Base: dir, Roots: []string{dir}}).Uses
	if len(uses) != 2 {
		t.Errorf("%d uses, want 2", len(uses))
	}
	for _, u := range uses {
		var got []string
		for _, step := range u.Because {
			got = append(got, step.Message)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s is explained otherwise (-want +got):\n%s", u.Command, diff)
		}
	}
}
