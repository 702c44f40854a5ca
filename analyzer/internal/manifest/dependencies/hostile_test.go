package dependencies

import (
	"fmt"
	"strings"
	"testing"
)

// TestHostile reads manifests that were made to take all time or memory. A test that does not end has failed.
func TestHostile(t *testing.T) {
	const n = 20_000
	numbered := func(format string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(format, "#", fmt.Sprint(i)))
		}
		return b.String()
	}
	const jedis = "<dependency><groupId>redis.clients</groupId><artifactId>jedis</artifactId><version>${a}</version></dependency>"
	for _, test := range []struct {
		name, source, ecosystem, pkg, want, note string
		files                                    map[string]string
	}{
		{"properties that name one another many times", "X.java", "maven", "redis.clients:jedis", "", "", map[string]string{
			"pom.xml": "<project><properties><a>" + strings.Repeat("${b}", n) + "</a><b>" + strings.Repeat("${a}", n) + "</b></properties><dependencies>" + jedis + "</dependencies></project>",
		}},
		{"a variable that is itself", "X.java", "maven", "redis.clients:jedis", "", "", map[string]string{
			"pom.xml": "<project><properties><a>${a}${a}</a></properties><dependencies>" + jedis + "</dependencies></project>",
		}},
		{"many dependencies, many managed ones", "X.java", "maven", "redis.clients:jedis", "5.1.0, pom.xml:1", "", map[string]string{
			"pom.xml": "<project><properties><a>5.1.0</a></properties><dependencies>" + numbered("<dependency><groupId>g</groupId><artifactId>a#</artifactId></dependency>") + jedis +
				"</dependencies><dependencyManagement><dependencies>" + numbered("<dependency><groupId>g</groupId><artifactId>b#</artifactId></dependency>") + "</dependencies></dependencyManagement></project>",
		}},
		{"many variables", "X.java", "maven", "redis.clients:jedis", "5.1.0, build.gradle:20002", "", map[string]string{
			"build.gradle": numbered("implementation \"g:a#:$v#\"\n") + "ext.v = '5.1.0'\nimplementation \"redis.clients:jedis:$v\"\n",
		}},
		{"many versions", "x.py", "pypi", "redis", ">=1.198.0, requirements.txt:200", "requirements.txt: names redis more than 200 times; only the first ones are used", map[string]string{
			"requirements.txt": "redis>=1\n" + numbered("redis>=1.#\n"),
		}},
		{"a range of many parts", "x.js", "npm", "redis", "", "", map[string]string{
			"package.json": `{"dependencies":{"redis":"` + numbered("1.# || ") + `2"}}`,
		}},
		{"many replacements", "x.go", "go", "github.com/redis/go-redis/v9", "9.7.0, go.mod:20002", "", map[string]string{
			"go.mod": "module m\n" + numbered("require g/a# v1.0.0\n") + "require github.com/redis/go-redis/v9 v9.7.0\n" + numbered("replace g/a# v1.0.0 => g/b v1.0.0\n"),
		}},
		{"brackets", "x.py", "pypi", "redis", "", "pyproject.toml: cannot be parsed: nested too deeply", map[string]string{
			"pyproject.toml": "redis = " + strings.Repeat("[", 2_000_000),
		}},
		{"braces", "x.js", "npm", "redis", "", "bun.lock: cannot be parsed: nested too deeply", map[string]string{
			"bun.lock": "\"redis\"" + strings.Repeat("{", 2_000_000),
		}},
		{"elements", "X.java", "maven", "redis.clients:jedis", "", "pom.xml: cannot be parsed: XML syntax error on line 1: unexpected EOF", map[string]string{
			"pom.xml": "<project>jedis" + strings.Repeat("<a>", n),
		}},
		{"too large", "x.py", "pypi", "redis", "", "requirements.txt: larger than 8 MiB", map[string]string{
			"requirements.txt": "redis>=1" + strings.Repeat("\n", maxManifest),
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, notes := read(t, test.files, test.source, test.ecosystem, test.pkg)
			if note := strings.Join(notes, "\n"); got != test.want || note != test.note {
				t.Errorf("%q, want %q; notes %q, want %q", got, test.want, note, test.note)
			}
		})
	}
}
