package link

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/keyvet/keyvet/languages"
)

var traits = map[string]languages.Traits{
	"python":     {ClassScope: true},
	"javascript": {ExplicitExports: true},
	"go":         {PackageScope: true},
	"java":       {PackageScope: true, ImplicitMembers: true},
}

// TestResolve checks which files an import means, by paths alone. None of them
// was read, so all are wanted, but for Go's: few files of a package matter.
func TestResolve(t *testing.T) {
	paths := []string{
		"app/__init__.py", "app/db.py", "app/cache/__init__.py", "app/cache/redis.py", "src/shop/__init__.py",
		"src/shop/db.py", "services/a/db.py", "services/b/db.py", "tools/run.py",
		"web/src/db.ts", "web/src/lib/index.ts", "web/src/app.ts", "packages/store/src/index.ts", "packages/store/src/client.ts",
		"cmd/main.go", "internal/store/store.go", "internal/store/store_test.go", "internal/store/keys.go",
		"api/src/main/java/com/acme/Store.java", "api/src/main/java/com/acme/App.java", "lib/src/main/java/com/acme/Keys.java",
	}
	layout := NewLayout(paths, Manifests{
		GoModules:    map[string]string{".": "example.com/acme"},
		NodePackages: map[string]NodePackage{"packages/store": {Name: "@acme/store", Entries: map[string][]string{".": {"dist/index.js"}}}},
		Aliases:      []Alias{{Folder: "web", Prefix: "@/", Star: true, Targets: []string{"web/src/*"}}},
	})
	for _, test := range []struct {
		name, language, from string
		im                   languages.Import
		want                 []string
	}{
		{"an absolute module", "python", "tools/run.py", languages.Import{Module: "app.db"}, []string{"app/db.py"}},
		{"a package", "python", "tools/run.py", languages.Import{Module: "app.cache"}, []string{"app/cache/__init__.py"}},
		{"a module below src", "python", "tools/run.py", languages.Import{Module: "shop.db"}, []string{"src/shop/db.py"}},
		{"a relative module", "python", "app/cache/redis.py", languages.Import{Module: "..db"}, []string{"app/db.py"}},
		{"a relative package's module", "python", "app/cache/redis.py", languages.Import{Module: "..", Symbol: "db"}, []string{"app/__init__.py"}},
		{"a neighbour", "python", "services/a/main.py", languages.Import{Module: "db"}, []string{"services/a/db.py"}},
		{"two that are equally near", "python", "services/main.py", languages.Import{Module: "services.c"}, nil},
		{"a library, though a module deep inside has its name", "python", "tools/run.py", languages.Import{Module: "redis"}, nil},
		{"a relative file", "javascript", "web/src/app.ts", languages.Import{Module: "./db"}, []string{"web/src/db.ts"}},
		{"a file by what the compiler writes", "javascript", "web/src/app.ts", languages.Import{Module: "./db.js"}, []string{"web/src/db.ts"}},
		{"a folder's index", "javascript", "web/src/app.ts", languages.Import{Module: "./lib"}, []string{"web/src/lib/index.ts"}},
		{"an alias", "javascript", "web/src/app.ts", languages.Import{Module: "@/db"}, []string{"web/src/db.ts"}},
		{"an alias elsewhere", "javascript", "packages/store/src/client.ts", languages.Import{Module: "@/db"}, nil},
		{"a package of the project", "javascript", "web/src/app.ts", languages.Import{Module: "@acme/store"}, []string{"packages/store/src/index.ts"}},
		{"a file of a package", "javascript", "web/src/app.ts", languages.Import{Module: "@acme/store/client"}, []string{"packages/store/src/client.ts"}},
		{"a package from a registry", "javascript", "web/src/app.ts", languages.Import{Module: "redis"}, nil},
		{"a Go package, without its tests", "go", "cmd/main.go", languages.Import{Module: "example.com/acme/internal/store"},
			[]string{"internal/store/keys.go", "internal/store/store.go"}},
		{"another module", "go", "cmd/main.go", languages.Import{Module: "example.com/other/internal/store"}, nil},
		{"a class", "java", "api/src/main/java/com/acme/App.java", languages.Import{Module: "com.acme", Symbol: "Store"},
			[]string{"api/src/main/java/com/acme/Store.java"}},
		{"a class of another module", "java", "api/src/main/java/com/acme/App.java", languages.Import{Module: "com.acme", Symbol: "Keys"},
			[]string{"lib/src/main/java/com/acme/Keys.java"}},
		{"a nested class", "java", "api/src/main/java/com/acme/App.java", languages.Import{Module: "com.acme.Store", Symbol: "Inner"},
			[]string{"api/src/main/java/com/acme/Store.java"}},
		{"a static member", "java", "api/src/main/java/com/acme/App.java", languages.Import{Module: "com.acme.Keys", Symbol: "SEARCH", Static: true},
			[]string{"lib/src/main/java/com/acme/Keys.java"}},
	} {
		file := &languages.File{Path: test.from, Language: test.language, Functions: []languages.Function{{Parent: -1, Owner: -1}}}
		p := New([]*languages.File{file}, traits, layout)
		if diff := cmp.Diff(test.want, p.ImportPaths(p.Files[0], &test.im)); diff != "" {
			t.Errorf("%s: %q from %s (-want +got):\n%s", test.name, test.im.Module, test.from, diff)
		}
		wanted := test.want
		if test.language == "go" {
			wanted = nil
		}
		p.Resolve(p.Files[0], &test.im)
		if diff := cmp.Diff(wanted, p.Wanted(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: wanted (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestTriesOut(t *testing.T) {
	for _, test := range []struct {
		path string
		want bool
	}{
		{"src/client.py", false}, {"tests/client.py", true}, {"src/test_client.py", true}, {"client_test.go", true},
		{"lib/SET.spec.ts", true}, {"src/test/java/A.java", true}, {"src/main/java/Latest.java", false},
		{"example/main.go", true}, {"doctests/search.py", true},
	} {
		if got := TriesOut(test.path); got != test.want {
			t.Errorf("TriesOut(%q) = %v", test.path, got)
		}
	}
}

// TestCycles asks for the ancestors of types whose names are declared several
// times, each derived from all the others: every path is a cycle.
func TestCycles(t *testing.T) {
	file := &languages.File{Path: "a.py", Language: "python", Functions: []languages.Function{{Parent: -1, Owner: -1}}}
	names := []string{"A", "B", "C", "D", "E", "F"}
	for range 5 {
		for _, name := range names {
			declared := languages.Type{Name: name, Outer: -1}
			for _, base := range names {
				declared.Bases = append(declared.Bases, languages.TypeRef{Name: base})
			}
			file.Types = append(file.Types, declared)
		}
	}
	file.Types = append(file.Types, languages.Type{Name: "Other", Outer: -1})
	p := New([]*languages.File{file}, traits, NewLayout(nil, Manifests{}))
	first, other := TypeID{p.Files[0], 0}, TypeID{p.Files[0], len(file.Types) - 1}
	if p.Extends(first, other) || !p.Extends(first, TypeID{p.Files[0], 7}) {
		t.Error("Extends is wrong in a cycle")
	}
	if p.HasMember(first, "missing") {
		t.Error("HasMember is wrong in a cycle")
	}
}
