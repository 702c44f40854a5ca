package dependencies

import (
	"bytes"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/manifest/bounded"
	"github.com/keyvet/keyvet/rules"
)

var reference = regexp.MustCompile(`\$\{?([\w.\-]+)\}?`)

// interpolate fills in properties, some levels deep; "" where one is not known.
func interpolate(text string, value func(string) string) string {
	for range 5 {
		if len(text) > maxVersionText {
			return ""
		}
		if !strings.Contains(text, "$") {
			return text
		}
		text = reference.ReplaceAllStringFunc(text, func(m string) string {
			inserted := value(strings.Trim(m, "${}"))
			if len(inserted) > maxVersionText {
				return ""
			}
			return inserted
		})
	}
	return ""
}

var (
	gradleShort = regexp.MustCompile(`["']([\w.\-]+:[\w.\-]+)(?::([^"'@:]+))?(?:[:@][^"']*)?["']`)
	gradleLong  = regexp.MustCompile(`group\s*[:=]\s*["']([\w.\-]+)["']\s*,\s*name\s*[:=]\s*["']([\w.\-]+)["'](?:\s*,\s*version\s*[:=]\s*["']?([^"'\s,)]+)["']?)?`)
	gradleValue = regexp.MustCompile(`([\w.\-]+)["']?\]?\s*(?:=|,|by extra\()\s*["'](\d[\w.+\-]*)["']`)
	propertyRow = regexp.MustCompile(`(?m)^\s*([\w.\-]+)\s*[=:]\s*(\S+)\s*$`)
	// lookup is how Kotlin, and careful Groovy, put a property into a text.
	lookup = regexp.MustCompile(`\$\{(?:\w+\.)*(?:property|findProperty|extra|ext)[(\[]["']([\w.\-]+)["'][)\]](?: as String)?\}`)
)

// gradleBuild reads the coordinates that a build script writes out. It is a
// program; what it computes is not known.
func (s *scan) gradleBuild(rel string) {
	data := s.text(rel)
	if !s.speaks(data) {
		return
	}
	var all []Dependency
	value := func(name string) string { return s.gradleValue(path.Dir(rel), name) }
	text := lookup.ReplaceAllString(string(data), "$${$1}")
	for number, line := range strings.Split(text, "\n") {
		if !s.names([]byte(line)) || strings.HasPrefix(strings.TrimSpace(line), "//") {
			continue
		}
		found := func(name, version string) {
			if d := (Dependency{Name: name, Text: interpolate(version, value), Path: rel, Line: number + 1}); s.wants(name) {
				if d.Text != "" {
					d.Versions = javaRange(d.Text)
				}
				all = append(all, d)
			}
		}
		for _, m := range gradleLong.FindAllStringSubmatch(line, -1) {
			if m[3] != "" && !strings.ContainsAny(m[3][:1], "0123456789[($") {
				m[3] = "$" + m[3] // a variable
			}
			found(m[1]+":"+m[2], m[3])
		}
		for _, m := range gradleShort.FindAllStringSubmatch(line, -1) {
			found(m[1], m[2])
		}
	}
	s.gradleAdd(all, path.Dir(rel), text)
}

// gradleAdd adds what a build script or a catalogue declares, and what comes with
// it unless the text says to leave that out.
func (s *scan) gradleAdd(all []Dependency, folder, text string) {
	if len(all) == 0 {
		return
	}
	direct := make(map[string]bool)
	for _, d := range all {
		direct[d.Name] = true
	}
	platforms := s.gradlePlatforms(folder)
	for _, d := range all {
		s.gradleManage(&d, folder, platforms)
		s.add(d, nil, 0)
		for _, b := range s.brought(d, platforms) {
			if direct[b.Name] || leavesOut(text, b.Name) {
				continue
			}
			own := Dependency{Name: b.Name}
			if s.gradleManage(&own, folder, platforms); own.Text != "" {
				b.Text, b.Versions, b.By = own.Text, own.Versions, own.By
			}
			if b.Text != "" {
				s.add(b, nil, 0)
			}
		}
	}
}

// gradleManage gives a dependency without a version the one that a property for
// this purpose, or else the platform, has for it.
func (s *scan) gradleManage(d *Dependency, folder string, platforms []given) {
	if d.Text != "" {
		return
	}
	for _, g := range platforms {
		property := g.platform.Overrides[d.Name]
		if property == "" {
			continue
		}
		if d.Text = s.gradleLook(folder, property); d.Text != "" {
			d.Versions = javaRange(d.Text)
			return
		}
	}
	manage(d, platforms)
}

// leavesOut tells whether a build script excludes the group of a package.
func leavesOut(text, name string) bool {
	group, _, _ := strings.Cut(name, ":")
	for line := range strings.SplitSeq(text, "\n") {
		if strings.Contains(line, "exclude") && (strings.Contains(line, `"`+group+`"`) || strings.Contains(line, "'"+group+"'")) {
			return true
		}
	}
	return false
}

// gradleScripts are the files, beside and above, that settle versions.
var gradleScripts = []string{
	"build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", "gradle.properties",
	"gradle/dependencies.gradle", "gradle/versions.gradle",
}

// gradleValue looks for a variable's value. A name with dots may be that of an
// object's field, so its last part counts.
func (s *scan) gradleValue(folder, name string) string {
	return s.gradleLook(folder, anyOwner+name[strings.LastIndexByte(name, '.')+1:])
}

// anyOwner stands before the last part of a variable's name, for whatever it
// belongs to.
const anyOwner = "*."

// gradleLook looks for the value of a variable in the scripts and properties of a
// folder and of those above.
func (s *scan) gradleLook(folder, name string) string {
	for ; ; folder = path.Dir(folder) {
		for _, file := range gradleScripts {
			if value, ok := s.variables(path.Join(folder, file))[name]; ok {
				return value
			}
		}
		if folder == "." || folder == "/" {
			return ""
		}
	}
}

// variables gives the values that a build script or a file of properties gives to variables, by their names and by the
// last part of these. Of several the first one counts.
func (s *scan) variables(rel string) map[string]string {
	if values, known := s.values[rel]; known {
		return values
	}
	rows := gradleValue
	if path.Ext(rel) == ".properties" {
		rows = propertyRow
	}
	values := make(map[string]string)
	for _, m := range rows.FindAllSubmatch(s.text(rel), -1) {
		name := string(m[1])
		for _, key := range []string{name, anyOwner + name[strings.LastIndexByte(name, '.')+1:]} {
			if _, twice := values[key]; !twice {
				values[key] = string(m[2])
			}
		}
	}
	s.values[rel] = values
	return values
}

var (
	gradlePlugin = regexp.MustCompile(`\bid[\s(]+["']([\w.\-]+)["']\s*\)?\s*version[\s(]*["']?([\w.$\{\}\-]+)`)
	gradleTriple = regexp.MustCompile(`["']([\w.$\{\}\-]+:[\w.$\{\}\-]+):([\w.$\{\}\-]+)["']`)
)

// gradlePlatforms lists the platforms that the scripts of a folder and of those
// above use, the nearest first.
func (s *scan) gradlePlatforms(folder string) []given {
	if known, ok := s.gradles[folder]; ok {
		return known
	}
	var all []given
	value := func(name string) string { return s.gradleValue(folder, name) }
	for _, file := range gradleScripts {
		text := lookup.ReplaceAllString(string(s.text(path.Join(folder, file))), "$${$1}")
		if path.Ext(file) == ".properties" {
			all = append(all, s.platformProperties(text)...)
			continue
		}
		for _, m := range gradlePlugin.FindAllStringSubmatch(text, -1) {
			version := m[2]
			if !strings.ContainsAny(version[:1], "0123456789$") {
				version = "$" + version
			}
			all = s.plugin(all, m[1], interpolate(version, value))
		}
		for line := range strings.SplitSeq(text, "\n") {
			if strings.Count(line, ":") < 2 {
				continue // as most
			}
			for _, m := range gradleTriple.FindAllStringSubmatch(line, -1) {
				if name := interpolate(m[1], value); s.isPlatform(name) {
					if g, ok := s.platform(name, interpolate(m[2], value)); ok {
						all = append(all, g)
					}
				}
			}
		}
	}
	for _, rel := range s.catalogueFiles(folder) {
		all = append(all, s.cataloguePlatforms(rel)...)
	}
	if folder != "." && folder != "/" {
		all = append(all, s.gradlePlatforms(path.Dir(folder))...)
	}
	if s.gradles == nil {
		s.gradles = make(map[string][]given)
	}
	s.gradles[folder] = all
	return all
}

// plugin adds the platform whose version a plugin of the build tool has.
func (s *scan) plugin(all []given, id, version string) []given {
	for _, p := range s.platforms {
		if v := javaRange(version); slices.Contains(p.Plugins, id) && !v.Empty() {
			all = append(all, given{p, version, v})
		}
	}
	return all
}

func (s *scan) platformProperties(text string) (all []given) {
	for _, m := range propertyRow.FindAllStringSubmatch(text, -1) {
		for _, p := range s.platforms {
			if v := javaRange(m[2]); slices.Contains(p.Properties, m[1]) && !v.Empty() {
				all = append(all, given{p, m[2], v})
			}
		}
	}
	return all
}

// A tomlCatalogue is a version catalogue.
type tomlCatalogue struct {
	Versions  map[string]any `toml:"versions"`
	Libraries map[string]any `toml:"libraries"`
	Plugins   map[string]any `toml:"plugins"`
}

// library reads an entry: "group:artifact:version", or a table.
func (c *tomlCatalogue) library(entry any) (name, version string) {
	switch entry := entry.(type) {
	case string:
		if i := strings.LastIndexByte(entry, ':'); i > 0 {
			return entry[:i], entry[i+1:]
		}
	case map[string]any:
		if name, _ = entry["module"].(string); name == "" {
			group, _ := entry["group"].(string)
			artifact, _ := entry["name"].(string)
			name = group + ":" + artifact
		}
		return name, catalogueVersion(entry["version"], c.Versions)
	}
	return "", ""
}

// openCatalogue reads a version catalogue, nil if it is broken.
func (s *scan) openCatalogue(rel string) *tomlCatalogue {
	if c, known := s.catalogues[rel]; known {
		return c
	}
	c := &tomlCatalogue{}
	if err := bounded.TOML(s.text(rel), c); err != nil {
		s.note(rel, "cannot be parsed: "+firstLine(err.Error()))
		c = nil
	}
	if s.catalogues == nil {
		s.catalogues = make(map[string]*tomlCatalogue)
	}
	s.catalogues[rel] = c
	return c
}

// cataloguePlatforms lists the platforms that a version catalogue names.
func (s *scan) cataloguePlatforms(rel string) (all []given) {
	c := s.openCatalogue(rel)
	if c == nil {
		return nil
	}
	for _, alias := range slices.Sorted(maps.Keys(c.Plugins)) {
		switch entry := c.Plugins[alias].(type) {
		case string:
			id, version, _ := strings.Cut(entry, ":")
			all = s.plugin(all, id, version)
		case map[string]any:
			id, _ := entry["id"].(string)
			all = s.plugin(all, id, catalogueVersion(entry["version"], c.Versions))
		}
	}
	for _, alias := range slices.Sorted(maps.Keys(c.Libraries)) {
		if g, ok := s.platform(c.library(c.Libraries[alias])); ok {
			all = append(all, g)
		}
	}
	return all
}

// catalogue reads a version catalogue.
func (s *scan) catalogue(rel, scope string) {
	data := s.text(rel)
	if !s.speaks(data) {
		return
	}
	c := s.openCatalogue(rel)
	if c == nil {
		return
	}
	var all []Dependency
	for _, alias := range slices.Sorted(maps.Keys(c.Libraries)) {
		d := Dependency{Path: rel, scope: scope}
		if d.Name, d.Text = c.library(c.Libraries[alias]); !s.wants(d.Name) {
			continue
		}
		if d.Text != "" {
			d.Versions = javaRange(d.Text)
		}
		d.Line = lineOf(data, d.Name[strings.LastIndexByte(d.Name, ':')+1:], max(0, bytes.Index(data, []byte("[libraries]"))))
		all = append(all, d)
	}
	s.gradleAdd(all, scope, "")
}

// catalogueVersion reads a version: a text, a reference, or a rich one.
func catalogueVersion(v any, versions map[string]any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		if ref, ok := v["ref"].(string); ok {
			return catalogueVersion(versions[ref], nil)
		}
		for _, k := range []string{"strictly", "require", "prefer"} {
			if text, ok := v[k].(string); ok {
				return text
			}
		}
	}
	return ""
}

func (s *scan) gradleLock(rel string) {
	for number, line := range strings.Split(string(s.lock(rel)), "\n") {
		coordinates, _, _ := strings.Cut(strings.TrimSpace(line), "=")
		i := strings.LastIndexByte(coordinates, ':')
		if i <= 0 || strings.HasPrefix(line, "#") {
			continue
		}
		s.add(Dependency{
			Name: coordinates[:i], Text: coordinates[i+1:], Versions: rules.OneVersion(coordinates[i+1:]),
			Locked: true, Path: rel, Line: number + 1,
		}, nil, 0)
	}
}
