package dependencies

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/rules"
)

var wanted = map[string][]string{
	"go":    {"github.com/redis/go-redis/v9"},
	"pypi":  {"redis", "redis-om"},
	"npm":   {"redis", "@redis/client", "ioredis"},
	"maven": {"redis.clients:jedis", "io.lettuce:lettuce-core", "io.vertx:vertx-redis-client", "org.redisson:redisson"},
}

// read lays files out and gives what the resolver says of a source file:
// "versions, path:line".
func read(t *testing.T, files map[string]string, source, ecosystem, name string) (string, []string) {
	t.Helper()
	base := t.TempDir()
	for rel, text := range files {
		full := filepath.Join(base, rel)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := Read(Input{Tree: discover.Tree{Base: base}, Files: map[string][]string{ecosystem: {source}}, Wanted: wanted, Manifests: manifestsOf(files), Platforms: platforms(t)})
	d, ok := r.Find(source, ecosystem, []string{name})
	if !ok {
		return "", r.Notes()
	}
	by := ""
	if d.By != "" {
		by = " by " + d.By
	}
	return fmt.Sprintf("%s, %s:%d%s", d.Versions, d.Path, d.Line, by), r.Notes()
}

func manifestsOf(files map[string]string) (names []string) {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if Ecosystem(name) != "" {
			names = append(names, name)
		}
	}
	return names
}

// platforms are those that the rules know.
func platforms(t testing.TB) []*rules.Platform {
	t.Helper()
	set, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	return set.Platforms
}

var builtin = sync.OnceValues(rules.Builtin)

func TestFind(t *testing.T) {
	for _, test := range []struct {
		name, source, ecosystem, pkg, want string
		files                              map[string]string
	}{
		{"go.mod", "a/x.go", "go", "github.com/redis/go-redis/v9", "9.7.0, go.mod:2", map[string]string{
			"go.mod": "module m\nrequire github.com/redis/go-redis/v9 v9.7.0\n",
		}},
		{"go.mod with replace", "x.go", "go", "github.com/redis/go-redis/v9", "9.6.1, go.mod:2", map[string]string{
			"go.mod": "module m\nrequire github.com/redis/go-redis/v9 v9.7.0\nreplace github.com/redis/go-redis/v9 => github.com/me/go-redis/v9 v9.6.1\n",
		}},
		{"go.sum alone", "x.go", "go", "github.com/redis/go-redis/v9", "9.0.5, go.sum:1", map[string]string{
			"go.mod": "module m\n", "go.sum": "github.com/redis/go-redis/v9 v9.0.5 h1:abc=\ngithub.com/redis/go-redis/v9 v9.0.5/go.mod h1:abc=\n",
		}},
		{"module border", "sub/x.go", "go", "github.com/redis/go-redis/v9", "", map[string]string{
			"go.mod": "module m\nrequire github.com/redis/go-redis/v9 v9.7.0\n", "sub/go.mod": "module m/sub\n",
		}},
		{"requirements", "app/x.py", "pypi", "redis", ">=5.0.0, <9.0.0, requirements.txt:2", map[string]string{
			"requirements.txt": "# comment\nredis[hiredis] >=5,<9 ; python_version >= '3.9'\nredis-py-cluster==2\n",
		}},
		{"requirements folder", "x.py", "pypi", "redis", "7.1.0, requirements/base.txt:1", map[string]string{
			"requirements/base.txt": "redis==7.1.0 \\\n    --hash=sha256:abc\n",
		}},
		{"pyproject", "src/x.py", "pypi", "redis", ">=5.2.0, pyproject.toml:3", map[string]string{
			"pyproject.toml": "[project]\nname = \"x\"\ndependencies = [\"redis>=5.2\"]\n",
		}},
		{"poetry", "src/x.py", "pypi", "redis", ">=5.0.0, <6.0.0, pyproject.toml:3", map[string]string{
			"pyproject.toml": "[tool.poetry.dependencies]\npython = \"^3.9\"\nredis = { version = \"^5.0\", extras = [\"hiredis\"] }\n",
		}},
		{"poetry.lock", "src/x.py", "pypi", "redis", "5.2.1, poetry.lock:2", map[string]string{
			"pyproject.toml": "[tool.poetry.dependencies]\nredis = \"^5.0\"\n",
			"poetry.lock":    "[[package]]\nname = \"redis\"\nversion = \"5.2.1\"\ndescription = \"x\"\n\n[package.dependencies]\nname = \"no\"\n",
		}},
		{"uv.lock beats a range", "src/x.py", "pypi", "redis", "8.1.0, uv.lock:4", map[string]string{
			"pyproject.toml": "[project]\ndependencies = [\"redis>=5\"]\n",
			"uv.lock":        "version = 1\n\n[[package]]\nname = \"redis\"\nversion = \"8.1.0\"\nsource = { registry = \"x\" }\n",
		}},
		{"a lock outside of the range is not used", "src/x.py", "pypi", "redis", ">=8.0.0, src/requirements.txt:1", map[string]string{
			"src/requirements.txt": "redis>=8\n", "poetry.lock": "[[package]]\nname = \"redis\"\nversion = \"5.2.1\"\n",
		}},
		{"Pipfile.lock", "x.py", "pypi", "redis", "4.6.0, Pipfile.lock:3", map[string]string{
			"Pipfile.lock": "{\n \"default\": {\n  \"redis\": {\"version\": \"==4.6.0\"}}}",
		}},
		{"setup.cfg", "x.py", "pypi", "redis", ">=4.0.0, <6.0.0, setup.cfg:3", map[string]string{
			"setup.cfg": "[options]\ninstall_requires =\n    redis >=4,<6\n",
		}},
		{"setup.py", "x.py", "pypi", "redis", ">=4.5.0, setup.py:2", map[string]string{
			"setup.py": "EXTRAS = ['redis', 'sqs']\nsetup(install_requires=['redis>=4.5'])\n",
		}},
		{"package.json", "src/x.ts", "npm", "redis", ">=5.1.0, <7.0.0, package.json:2", map[string]string{
			"package.json": "{\"name\": \"redis\", \"dependencies\": {\n \"redis\": \"^5.1.0 || ^6\"}}",
		}},
		{"package-lock", "x.js", "npm", "redis", "6.3.1, package-lock.json:2", map[string]string{
			"package.json":      "{\"dependencies\": {\"redis\": \">=5\"}}",
			"package-lock.json": "{\"packages\": {\"\": {\"name\": \"x\"},\n\"node_modules/redis\": {\"version\": \"6.3.1\"},\n\"node_modules/a/node_modules/redis\": {\"version\": \"4.0.0\"}}}",
		}},
		{"workspace", "apps/web/x.js", "npm", "redis", "5.0.1, package-lock.json:3", map[string]string{
			"apps/web/package.json": "{\"dependencies\": {\"redis\": \"^5\"}}",
			"package-lock.json":     "{\"packages\": {\n\"node_modules/redis\": {\"version\": \"6.3.1\"},\n\"apps/web/node_modules/redis\": {\"version\": \"5.0.1\"}}}",
		}},
		{"pnpm", "apps/web/x.js", "npm", "@redis/client", "1.5.8, pnpm-lock.yaml:9", map[string]string{
			"pnpm-lock.yaml": "lockfileVersion: '9.0'\nimporters:\n\n  apps/web:\n    dependencies:\n      '@x/y':\n        version: 1.0.0\n      '@redis/client':\n        version: 1.5.8(x@1)\n\npackages:\n\n  '@redis/client@1.6.0':\n    resolution: {}\n",
		}},
		{"yarn 1", "x.js", "npm", "redis", "4.6.7, yarn.lock:2", map[string]string{
			"package.json": "{\"dependencies\": {\"redis\": \"^4.0.0\"}}",
			"yarn.lock":    "# yarn\nredis@^4.0.0, redis@^4.6.0:\n  version \"4.6.7\"\n\nredis@^3.0.0:\n  version \"3.1.2\"\n",
		}},
		{"yarn berry", "x.js", "npm", "redis", "4.6.7, yarn.lock:1", map[string]string{
			"yarn.lock": "\"redis@npm:^4.0.0\":\n  version: 4.6.7\n  dependencies:\n    \"@redis/client\": 1.5.8\n",
		}},
		{"bun", "x.js", "npm", "redis", "6.0.0, bun.lock:2", map[string]string{
			"bun.lock": "{ \"packages\": { // x\n \"redis\": [\"redis@6.0.0\", \"\", {}, \"sha\"],\n \"a/redis\": [\"redis@4.0.0\"], }, }",
		}},
		{"a catalogue of pnpm", "packages/b/x.js", "npm", "redis", ">=4.6.0, <5.0.0, packages/b/package.json:1", map[string]string{
			"pnpm-workspace.yaml":     "packages: [packages/*]\ncatalog:\n  redis: ^5.8.0\ncatalogs:\n  old:\n    redis: ^4.6.0\n",
			"packages/b/package.json": "{\"dependencies\": {\"redis\": \"catalog:old\"}}",
		}},
		{"a catalogue of Bun", "packages/a/x.js", "npm", "redis", ">=5.8.0, <6.0.0, packages/a/package.json:1", map[string]string{
			"package.json":            "{\"workspaces\": {\"packages\": [\"packages/*\"], \"catalog\": {\"redis\": \"^5.8.0\"}}}",
			"packages/a/package.json": "{\"dependencies\": {\"redis\": \"catalog:\"}}",
		}},
		{"a catalogue of Yarn", "packages/a/x.js", "npm", "redis", ">=5.8.0, <6.0.0, packages/a/package.json:1", map[string]string{
			".yarnrc.yml":             "nodeLinker: node-modules\ncatalog:\n  redis: npm:^5.8.0\n",
			"packages/a/package.json": "{\"dependencies\": {\"redis\": \"catalog:\"}}",
		}},
		{"a catalogue that is not there", "x.js", "npm", "redis", "", map[string]string{
			"package.json": "{\"dependencies\": {\"redis\": \"catalog:gone\"}}",
		}},
		{"overrides of npm, and a lock outside of the range", "a/x.js", "npm", "ioredis", "4.30.1, package-lock.json:1", map[string]string{
			"package.json":      "{\"workspaces\": [\"a\"], \"overrides\": {\"other\": {\"ioredis\": \"1.0.0\"}, \"ioredis\": \"4.30.1\"}}",
			"a/package.json":    "{\"dependencies\": {\"ioredis\": \"^5.0.0\"}}",
			"package-lock.json": "{\"packages\": {\"node_modules/ioredis\": {\"version\": \"4.30.1\"}}}",
		}},
		{"resolutions of Yarn", "x.js", "npm", "ioredis", "4.30.1, package.json:1", map[string]string{
			"package.json": "{\"dependencies\": {\"ioredis\": \"^5.0.0\"}, \"resolutions\": {\"bull/ioredis\": \"1.0.0\", \"**/ioredis\": \"4.30.1\"}}",
		}},
		{"overrides of pnpm", "a/x.js", "npm", "ioredis", "5.6.0, a/package.json:1", map[string]string{
			"pnpm-workspace.yaml": "overrides:\n  bull>ioredis: 1.0.0\n  ioredis@^5: 5.6.0\n",
			"a/package.json":      "{\"dependencies\": {\"ioredis\": \"^5.0.0\"}}",
		}},
		{"another name", "x.js", "npm", "redis", ">=3.1.0, <4.0.0, package.json:1", map[string]string{
			"package.json": "{\"dependencies\": {\"old\": \"npm:redis@^3.1.0\"}}",
		}},
		{"another name, in pnpm's lock", "packages/c/x.js", "npm", "redis", "3.1.2, pnpm-lock.yaml:7", map[string]string{
			"pnpm-lock.yaml": "lockfileVersion: '9.0'\nimporters:\n  packages/c:\n    dependencies:\n      old:\n        specifier: npm:redis@^3.1.0\n        version: redis@3.1.2\n",
		}},
		{"another name, in Bun's lock", "packages/b/x.js", "npm", "redis", "3.1.2, bun.lock:5", map[string]string{
			"bun.lock": "{\n\"workspaces\": {\"packages/b\": {\"name\": \"b\", \"dependencies\": {\"redis\": \"^4.6.0\"}}},\n\"packages\": {\n\"redis\": [\"redis@5.12.1\"],\n\"b/redis\": [\"redis@3.1.2\"],\n\"x/redis\": [\"redis@1.0.0\"]}}",
		}},
		{"a package of the workspace", "b/x.js", "npm", "@redis/client", "5.9.0, b/package.json:1", map[string]string{
			"a/package.json": "{\"name\": \"@redis/client\", \"version\": \"5.9.0\"}",
			"b/package.json": "{\"dependencies\": {\"@redis/client\": \"workspace:^\"}}",
		}},
		{"pom", "src/X.java", "maven", "redis.clients:jedis", "5.1.0, pom.xml:4", map[string]string{
			"pom.xml": "<project>\n<properties><jedis.version>5.1.0</jedis.version></properties>\n<dependencies><dependency><groupId>redis.clients</groupId>\n<artifactId>jedis</artifactId><version>${jedis.version}</version></dependency></dependencies></project>",
		}},
		{"pom with a parent", "m/src/X.java", "maven", "redis.clients:jedis", "4.4.8, m/pom.xml:2", map[string]string{
			"pom.xml":   "<project><properties><jv>4.4.8</jv></properties><dependencyManagement><dependencies><dependency><groupId>redis.clients</groupId><artifactId>jedis</artifactId><version>${jv}</version></dependency></dependencies></dependencyManagement></project>",
			"m/pom.xml": "<project><parent><version>1</version></parent><dependencies><dependency><groupId>redis.clients</groupId>\n<artifactId>jedis</artifactId></dependency></dependencies></project>",
		}},
		{"gradle", "app/src/X.java", "maven", "redis.clients:jedis", "5.2.0, app/build.gradle:2", map[string]string{
			"app/build.gradle":  "dependencies {\n  implementation \"redis.clients:jedis:$jedisVersion\"\n}\n",
			"gradle.properties": "jedisVersion=5.2.0\n",
		}},
		{"version catalogue", "app/src/X.java", "maven", "redis.clients:jedis", "7.0.0, gradle/libs.versions.toml:4", map[string]string{
			"gradle/libs.versions.toml": "[versions]\njedis = \"7.0.0\"\n[libraries]\njedis = { module = \"redis.clients:jedis\", version.ref = \"jedis\" }\n",
		}},
		{"gradle.lockfile", "src/X.java", "maven", "redis.clients:jedis", "5.1.5, gradle.lockfile:2", map[string]string{
			"gradle.lockfile": "# x\nredis.clients:jedis:5.1.5=runtimeClasspath\nempty=\n",
			"build.gradle":    "dependencies { implementation('redis.clients:jedis:5.+') }\n",
		}},
		{"Spring's parent", "src/X.java", "maven", "redis.clients:jedis", ">=5.2.0, <=6.0.0, pom.xml:3 by spring-boot 3.5.3", map[string]string{
			"pom.xml": "<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.5.3</version><relativePath/></parent>\n<dependencies><dependency><groupId>redis.clients</groupId>\n<artifactId>jedis</artifactId></dependency></dependencies></project>",
		}},
		{"a starter brings a client", "src/X.java", "maven", "io.lettuce:lettuce-core", ">=6.1.8, <=6.1.10, pom.xml:2 by spring-boot 2.7.3", map[string]string{
			"pom.xml": "<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>2.7.3</version></parent><dependencies><dependency><groupId>org.springframework.boot</groupId>\n<artifactId>spring-boot-starter-data-redis</artifactId></dependency></dependencies></project>",
		}},
		{"a starter without the client", "src/X.java", "maven", "io.lettuce:lettuce-core", "", map[string]string{
			"pom.xml": "<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>2.7.3</version></parent><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-redis</artifactId><exclusions><exclusion><groupId>io.lettuce</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency></dependencies></project>",
		}},
		{"a property beats Spring's parent", "src/X.java", "maven", "io.lettuce:lettuce-core", "6.0.2, pom.xml:1", map[string]string{
			"pom.xml": "<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>2.7.3</version></parent><properties><lettuce.version>6.0.2.RELEASE</lettuce.version></properties><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-redis</artifactId></dependency></dependencies></project>",
		}},
		{"an imported BOM, in the parent", "app/src/X.java", "maven", "redis.clients:jedis", "5.0.2, app/pom.xml:2 by spring-boot 3.3.1", map[string]string{
			"pom.xml":     "<project><artifactId>all</artifactId><properties><boot>3.3.1</boot></properties><dependencyManagement><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-dependencies</artifactId><version>${boot}</version><type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement></project>",
			"app/pom.xml": "<project><parent><artifactId>all</artifactId><version>1</version></parent><dependencies><dependency><groupId>redis.clients</groupId>\n<artifactId>jedis</artifactId></dependency></dependencies></project>",
		}},
		{"a BOM of the tree", "app/src/X.java", "maven", "org.redisson:redisson", "3.24.1, app/pom.xml:2", map[string]string{
			"bom/pom.xml": "<project><groupId>shop</groupId><artifactId>shop-bom</artifactId><version>7</version><dependencyManagement><dependencies><dependency><groupId>org.redisson</groupId><artifactId>redisson</artifactId><version>3.24.1</version></dependency></dependencies></dependencyManagement></project>",
			"app/pom.xml": "<project><dependencyManagement><dependencies><dependency><groupId>shop</groupId><artifactId>shop-bom</artifactId><version>7</version><type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement><dependencies><dependency><groupId>org.redisson</groupId>\n<artifactId>redisson</artifactId></dependency></dependencies></project>",
		}},
		{"Quarkus", "src/X.java", "maven", "io.vertx:vertx-redis-client", ">=4.5.3, <=4.5.18, pom.xml:2 by quarkus 3.15.1", map[string]string{
			"pom.xml": "<project><properties><group>io.quarkus.platform</group><artifact>quarkus-bom</artifact><q>3.15.1</q></properties><dependencyManagement><dependencies><dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${q}</version><type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement><dependencies><dependency><groupId>io.quarkus</groupId>\n<artifactId>quarkus-redis-client</artifactId></dependency></dependencies></project>",
		}},
		{"a parent elsewhere that nobody knows", "src/X.java", "maven", "redis.clients:jedis", "", map[string]string{
			"pom.xml": "<project><parent><groupId>corp</groupId><artifactId>corp-parent</artifactId><version>1</version></parent><dependencies><dependency><groupId>redis.clients</groupId><artifactId>jedis</artifactId></dependency></dependencies></project>",
		}},
		{"Gradle with Spring's plugin", "app/src/X.java", "maven", "io.lettuce:lettuce-core", ">=6.8.1, <=6.8.2, app/build.gradle.kts:3 by spring-boot 4.0.6", map[string]string{
			"build.gradle.kts":     "plugins {\n  id(\"org.springframework.boot\") version \"4.0.6\" apply false\n}\n",
			"app/build.gradle.kts": "plugins { id(\"org.springframework.boot\") }\ndependencies {\n  implementation(\"org.springframework.boot:spring-boot-starter-data-redis\")\n}\n",
		}},
		{"Gradle with Spring's plugin on the class path", "src/X.java", "maven", "redis.clients:jedis", ">=3.6.0, <=3.6.3, build.gradle:4 by spring-boot 2.5.3", map[string]string{
			"gradle.properties": "bootVersion=2.5.3\n",
			"build.gradle":      "buildscript {\n  dependencies { classpath \"org.springframework.boot:spring-boot-gradle-plugin:$bootVersion\" }\n}\ndependencies { compile 'redis.clients:jedis' }\n",
		}},
		{"Gradle with a platform", "src/X.java", "maven", "redis.clients:jedis", "5.2.0, build.gradle.kts:3 by spring-boot 3.4.1", map[string]string{
			"build.gradle.kts":  "dependencies {\n  implementation(platform(\"org.springframework.boot:spring-boot-dependencies:${property(\"boot\")}\"))\n  implementation(\"redis.clients:jedis\")\n}\n",
			"gradle.properties": "boot=3.4.1\n",
		}},
		{"Gradle without the client", "src/X.java", "maven", "io.lettuce:lettuce-core", "", map[string]string{
			"build.gradle": "plugins { id 'org.springframework.boot' version '3.4.1' }\ndependencies {\n  implementation('org.springframework.boot:spring-boot-starter-data-redis') {\n    exclude group: 'io.lettuce', module: 'lettuce-core'\n  }\n}\n",
		}},
		{"Gradle with another version than Spring's", "src/X.java", "maven", "io.lettuce:lettuce-core", "6.2.3, build.gradle:3", map[string]string{
			"build.gradle": "plugins { id 'org.springframework.boot' version '3.4.1' }\next['lettuce.version'] = '6.2.3.RELEASE'\nimplementation 'org.springframework.boot:spring-boot-starter-data-redis'\n",
		}},
		{"a catalogue with a plugin", "app/src/X.java", "maven", "io.lettuce:lettuce-core", ">=6.5.5, <=6.6.0, gradle/libs.versions.toml:4 by spring-boot 3.5.0", map[string]string{
			"gradle/libs.versions.toml": "[versions]\nboot = \"3.5.0\"\n[libraries]\nredis = { module = \"org.springframework.boot:spring-boot-starter-data-redis\" }\n[plugins]\nboot = { id = \"org.springframework.boot\", version.ref = \"boot\" }\n",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, notes := read(t, test.files, test.source, test.ecosystem, test.pkg)
			if got != test.want || len(notes) > 0 {
				t.Errorf("got %q, want %q; notes %q", got, test.want, notes)
			}
		})
	}
}

// TestMalformed checks that a broken manifest is a note that names it, and nothing else.
func TestMalformed(t *testing.T) {
	for file, ecosystem := range map[string]string{
		"go.mod": "go", "pyproject.toml": "pypi", "Pipfile": "pypi", "Pipfile.lock": "pypi", "package.json": "npm",
		"package-lock.json": "npm", "bun.lock": "npm", "pom.xml": "maven", "gradle/libs.versions.toml": "maven",
	} {
		source := map[string]string{"go": "x.go", "pypi": "x.py", "npm": "x.js", "maven": "X.java"}[ecosystem]
		got, notes := read(t, map[string]string{file: "<<{[ redis jedis = = \x00"}, source, ecosystem, wanted[ecosystem][0])
		if got != "" || len(notes) != 1 || !strings.HasPrefix(notes[0], file+": ") {
			t.Errorf("%s: got %q, notes %q", file, got, notes)
		}
	}
	_, notes := read(t, map[string]string{"yarn.lock": "a:\n<<<<<<< ours\nredis@^4:\n  version \"4.0.0\"\n"}, "x.js", "npm", "redis")
	if len(notes) != 1 || !strings.Contains(notes[0], "merge conflict") {
		t.Errorf("notes %q", notes)
	}
}

// samples are manifests and lockfiles of each format that speak of a wanted package.
var samples = []struct{ file, ecosystem, name, text string }{
	{"go.mod", "go", "github.com/redis/go-redis/v9", "module m\n\nrequire (\n\tgithub.com/redis/go-redis/v9 v9.7.0\n)\n"},
	{"go.sum", "go", "github.com/redis/go-redis/v9", "github.com/redis/go-redis/v9 v9.0.5 h1:abc=\n"},
	{"requirements.txt", "pypi", "redis", "redis[hiredis]>=5,<9 ; python_version >= '3.9' \\\n  --hash=sha256:0\n"},
	{"pyproject.toml", "pypi", "redis", "[project]\ndependencies = [\"redis>=5\"]\n[tool.poetry.group.dev.dependencies]\nredis = {version = \"^5\", extras = [\"hiredis\"]}\n"},
	{"setup.cfg", "pypi", "redis", "[options]\ninstall_requires =\n    redis >=4,<6\n"},
	{"setup.py", "pypi", "redis", "setup(name='x', install_requires=['redis>=4.5'])\n"},
	{"Pipfile", "pypi", "redis", "[packages]\nredis = \">=5\"\n"},
	{"Pipfile.lock", "pypi", "redis", "{\"default\": {\"redis\": {\"version\": \"==4.6.0\"}}}"},
	{"poetry.lock", "pypi", "redis", "[[package]]\nname = \"redis\"\nversion = \"5.2.1\"\n"},
	{"uv.lock", "pypi", "redis", "[[package]]\nname = \"redis\"\nversion = \"5.2.1\"\nsource = { registry = \"x\" }\n"},
	{"package.json", "npm", "redis", "{\"dependencies\": {\"redis\": \"^5.1.0 || 1 - 2\"}, \"overrides\": {\"redis\": \"5\"}, \"workspaces\": {\"catalog\": {\"redis\": \"5\"}}}"},
	{"package-lock.json", "npm", "redis", "{\"packages\": {\"\": {}, \"node_modules/redis\": {\"version\": \"6.3.1\"}}}"},
	{"pnpm-lock.yaml", "npm", "redis", "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      redis:\n        specifier: ^5\n        version: 5.8.0(x@1)\n"},
	{"pnpm-workspace.yaml", "npm", "redis", "packages: ['a']\ncatalog:\n  redis: ^5\noverrides: {redis: 5}\n"},
	{"yarn.lock", "npm", "redis", "redis@^4.0.0, \"redis@npm:^4.6.0\":\n  version \"4.6.7\"\n"},
	{"bun.lock", "npm", "redis", "{ \"workspaces\": {\"\": {\"name\": \"x\"}}, \"packages\": {\"redis\": [\"redis@6.0.0\", \"\", {}]}, }"},
	{"pom.xml", "maven", "redis.clients:jedis", "<project><parent><artifactId>p</artifactId><version>1</version></parent><properties><v>5</v></properties><dependencies><dependency><groupId>redis.clients</groupId><artifactId>jedis</artifactId><version>${v}</version></dependency></dependencies></project>"},
	{"build.gradle", "maven", "redis.clients:jedis", "plugins { id 'org.springframework.boot' version '3.4.1' }\ndependencies { implementation \"redis.clients:jedis:$v\" }\n"},
	{"build.gradle.kts", "maven", "redis.clients:jedis", "dependencies { implementation(\"redis.clients:jedis:${property(\"v\")}\") }\n"},
	{"gradle/libs.versions.toml", "maven", "redis.clients:jedis", "[versions]\nv = \"5\"\n[libraries]\njedis = {module = \"redis.clients:jedis\", version.ref = \"v\"}\n"},
	{"gradle.lockfile", "maven", "redis.clients:jedis", "redis.clients:jedis:5.1.5=runtimeClasspath\n"},
}

// hostile changes a file in ways that happen, or that somebody may try.
var hostile = map[string]func(text string) string{
	"NUL":              func(text string) string { return text[:len(text)/2] + "\x00" + text[len(text)/2:] },
	"broken UTF-8":     func(text string) string { return "\xff\xfe" + text },
	"byte order mark":  func(text string) string { return "\xef\xbb\xbf" + text },
	"carriage returns": func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") },
	"merge conflict": func(text string) string {
		return "\n<<<<<<< ours\n" + text + "\n=======\n" + text + "\n>>>>>>> theirs\n"
	},
	"twice":         func(text string) string { return text + text },
	"deep":          func(text string) string { return strings.Repeat("[{", 20_000) + text },
	"deep behind":   func(text string) string { return text + strings.Repeat("<a>{[", 20_000) },
	"one long line": func(text string) string { return strings.ReplaceAll(text, "\n", strings.Repeat(" ", 100_000)) },
	"long name":     func(text string) string { return strings.ReplaceAll(text, "redis", strings.Repeat("redis", 10_000)) },
	"large numbers": func(text string) string { return strings.ReplaceAll(text, "5", strings.Repeat("9", 400)) },
	"circular":      func(text string) string { return strings.ReplaceAll(text, "5", "${v}") },
}

// TestDamaged: whatever a manifest holds, it is read or a note names it. A file
// that is cut off anywhere is one of these.
func TestDamaged(t *testing.T) {
	sources := map[string]string{"go": "x.go", "pypi": "x.py", "npm": "x.js", "maven": "X.java"}
	for _, sample := range samples {
		try := func(what, text string) {
			files := map[string]string{sample.file: text}
			if sample.file == "go.sum" {
				files["go.mod"] = "module m\n"
			}
			_, notes := read(t, files, sources[sample.ecosystem], sample.ecosystem, sample.name)
			for _, note := range notes {
				if !strings.HasPrefix(note, sample.file+":") || strings.Contains(note, "\n") || len(note) > 300 {
					t.Errorf("%s, %s: note %.300q", sample.file, what, note)
				}
			}
		}
		if got, notes := read(t, map[string]string{sample.file: sample.text, "go.mod": "module m\n"}, sources[sample.ecosystem], sample.ecosystem, sample.name); len(notes) > 0 || got == "" && !slices.Contains([]string{"pnpm-workspace.yaml", "go.mod"}, sample.file) && !strings.Contains(sample.text, "$v") && !strings.Contains(sample.text, "property") {
			t.Errorf("%s: %q, notes %q", sample.file, got, notes)
		}
		for cut := 0; cut < len(sample.text); cut += 7 {
			try(fmt.Sprintf("cut at %d", cut), sample.text[:cut])
		}
		for _, what := range slices.Sorted(maps.Keys(hostile)) {
			try(what, hostile[what](sample.text))
		}
	}
}

// TestStaleLock: a lock that the manifest beside it has left behind is said.
func TestStaleLock(t *testing.T) {
	_, notes := read(t, map[string]string{
		"pyproject.toml": "[project]\ndependencies = [\"redis>=8\"]\n", "uv.lock": "[[package]]\nname = \"redis\"\nversion = \"5.2.1\"\n",
	}, "x.py", "pypi", "redis")
	want := []string{"uv.lock:2: has redis 5.2.1, which pyproject.toml:2 does not allow (>=8); not used"}
	if diff := cmp.Diff(want, notes); diff != "" {
		t.Error(diff)
	}
}

func TestRanges(t *testing.T) {
	got := map[string]string{}
	for _, text := range []string{">=5,<9", "~=7.1", "~=7.1.2", "==7.*", "^5.0", "!=8.0.0", "*", "^0.2", "git+https"} {
		got["python "+text] = pythonRange(text).String()
	}
	for _, text := range []string{"^5.1.0", "~5.1", "~5", "5.x", "5", ">=6 <7", ">= 6", "1.2.3 - 2.3.4", "npm:redis@^4.0.0", "workspace:*", "next", "<=5", "v5.0.0"} {
		got["node "+text] = nodeRange(text).String()
	}
	for _, text := range []string{"5.1.0", "[5,6)", "[5,)", "(,5]", "5.+", "latest.release", "7.7.0.RELEASE"} {
		got["java "+text] = javaRange(text).String()
	}
	want := map[string]string{
		"python >=5,<9": ">=5.0.0, <9.0.0", "python ~=7.1": ">=7.1.0, <8.0.0", "python ~=7.1.2": ">=7.1.2, <7.2.0",
		"python ==7.*": ">=7.0.0, <8.0.0", "python ^5.0": ">=5.0.0, <6.0.0", "python !=8.0.0": "<8.0.0 or >8.0.0", "python *": "*",
		"python ^0.2": ">=0.2.0, <0.3.0", "python git+https": "",
		"node ^5.1.0": ">=5.1.0, <6.0.0", "node ~5.1": ">=5.1.0, <5.2.0", "node ~5": ">=5.0.0, <6.0.0", "node 5.x": ">=5.0.0, <6.0.0",
		"node 5": ">=5.0.0, <6.0.0", "node >=6 <7": ">=6.0.0, <7.0.0", "node >= 6": ">=6.0.0", "node 1.2.3 - 2.3.4": ">=1.2.3, <=2.3.4",
		"node npm:redis@^4.0.0": ">=4.0.0, <5.0.0", "node workspace:*": "*", "node next": "", "node <=5": "<6.0.0", "node v5.0.0": "5.0.0",
		"java 5.1.0": "5.1.0", "java [5,6)": ">=5.0.0, <6.0.0", "java [5,)": ">=5.0.0", "java (,5]": "<=5.0.0",
		"java 5.+": ">=5.0.0, <6.0.0", "java latest.release": "*", "java 7.7.0.RELEASE": "7.7.0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ranges differ (-want +got):\n%s", diff)
	}
}

// manifestFiles are the names of all files that are read, and whose they are.
var manifestFiles = []struct{ name, ecosystem string }{
	{"go.mod", "go"}, {"go.sum", "go"},
	{"requirements.txt", "pypi"}, {"pyproject.toml", "pypi"}, {"setup.cfg", "pypi"}, {"setup.py", "pypi"}, {"Pipfile", "pypi"},
	{"Pipfile.lock", "pypi"}, {"poetry.lock", "pypi"}, {"uv.lock", "pypi"}, {"pdm.lock", "pypi"},
	{"package.json", "npm"}, {"package-lock.json", "npm"}, {"npm-shrinkwrap.json", "npm"}, {"pnpm-lock.yaml", "npm"},
	{"yarn.lock", "npm"}, {"bun.lock", "npm"},
	{"pom.xml", "maven"}, {"build.gradle", "maven"}, {"build.gradle.kts", "maven"}, {"gradle.properties", "maven"},
	{"gradle/libs.versions.toml", "maven"}, {"gradle.lockfile", "maven"},
}

// FuzzManifests reads two hostile files at a time: some are read only where
// another one asks for it. What is said must be of a wanted package, in a line that the file has.
func FuzzManifests(f *testing.F) {
	file := func(name string) uint8 {
		for i, m := range manifestFiles {
			if m.name == name {
				return uint8(i)
			}
		}
		f.Fatal(name)
		return 0
	}
	for _, seed := range []struct{ name, text, other, otherText string }{
		{"go.mod", "module m\nrequire github.com/redis/go-redis/v9 v9.7.0\nreplace github.com/redis/go-redis/v9 => ../x v1.0.0\n", "go.sum", "github.com/redis/go-redis/v9 v9.0.5 h1:abc=\n"},
		{"requirements.txt", "redis[hiredis] >=5,<9 ; python_version >= '3.9'\nredis~=4.1,!=4.*\n", "poetry.lock", "[[package]]\nname = \"redis\"\nversion = \"5.0.1\"\n"},
		{"pyproject.toml", "[project]\ndependencies=[\"redis>=5\"]\n[tool.poetry.dependencies]\nredis = {version=\"^5\"}\n[dependency-groups]\na=[\"redis\"]\n", "Pipfile.lock", `{"default":{"redis":{"version":"==5.0"}}}`},
		{"setup.py", "setup(install_requires=['redis>=4', \"redis-om ~= 1\"])", "setup.cfg", "[options]\ninstall_requires =\n  redis>=4\n"},
		{"Pipfile", "[packages]\nredis = \"*\"\n", "uv.lock", "[[package]]\nname = \"redis\"\nversion = \"5.0.1\"\n"},
		{"package.json", `{"dependencies":{"redis":"^4.6.0 || >=5 <6 || 1 - 2","@redis/client":"npm:redis@~4"}}`, "yarn.lock", "\"redis@^4, redis@npm:^4\":\n  version \"4.6.7\"\n"},
		{"package.json", `{"dependencies":{"redis":"5.x"}}`, "package-lock.json", `{"packages":{"a/node_modules/redis":{"version":"4.6.7"}},"dependencies":{"redis":{"version":"1"}}}`},
		{"package.json", `{"dependencies":{"redis":"*"}}`, "pnpm-lock.yaml", "importers:\n  .:\n    dependencies:\n      redis:\n        version: 4.6.7(x@1)\npackages:\n  /redis@4.6.7:\n"},
		{"package.json", `{}`, "bun.lock", `{"packages":{"redis":["redis@4.6.7",],},}`},
		{"pom.xml", "<project><parent><version>1</version><relativePath>.</relativePath></parent><properties><v>${w}</v><w>[5,6)</w></properties><dependencies><dependency><groupId>redis.clients</groupId><artifactId>jedis</artifactId><version>${v}</version></dependency></dependencies></project>", "gradle.lockfile", "redis.clients:jedis:5.1.0=a\n"},
		{"build.gradle", "implementation 'redis.clients:jedis:$v'\nimplementation group: 'redis.clients', name: 'jedis', version: w\next.v = '5.+'", "gradle.properties", "w=5.1.0\n"},
		{"build.gradle.kts", "implementation(libs.jedis)", "gradle/libs.versions.toml", "[versions]\nj={strictly=\"5\"}\n[libraries]\njedis={module=\"redis.clients:jedis\",version.ref=\"j\"}\na=\"redis.clients:jedis:1\""},
	} {
		f.Add(file(seed.name), seed.text, file(seed.other), seed.otherText)
	}
	f.Fuzz(func(t *testing.T, first uint8, text string, second uint8, otherText string) {
		base := t.TempDir()
		if err := os.Mkdir(filepath.Join(base, "gradle"), 0o755); err != nil {
			t.Fatal(err)
		}
		files := make(map[string]string)
		a, b := manifestFiles[int(first)%len(manifestFiles)], manifestFiles[int(second)%len(manifestFiles)]
		files[a.name] = text
		if _, twice := files[b.name]; !twice {
			files[b.name] = otherText
		}
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(base, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		for _, ecosystem := range []string{a.ecosystem, b.ecosystem} {
			r := Read(Input{Tree: discover.Tree{Base: base}, Files: map[string][]string{ecosystem: {"x"}}, Wanted: wanted, Manifests: manifestsOf(files), Platforms: platforms(t)})
			for _, name := range wanted[ecosystem] {
				r.Find("x", ecosystem, []string{name})
			}
			for _, d := range r.Declared() {
				if lines := 1 + strings.Count(files[d.Path], "\n"); d.Line < 1 || d.Line > lines {
					t.Errorf("%s has no line %d", d.Path, d.Line)
				}
				if !slices.Contains(wanted[ecosystem], d.Name) {
					t.Errorf("nobody asked for %q", d.Name)
				}
			}
		}
	})
}
