package dependencies

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/discover"
	"github.com/keyvet/keyvet/analyzer/internal/manifest/bounded"
	"github.com/keyvet/keyvet/rules"
)

func (s *scan) javaFolder(folder string) {
	s.mavenProject(path.Join(folder, "pom.xml"))
	for _, name := range []string{"build.gradle", "build.gradle.kts"} {
		s.gradleBuild(path.Join(folder, name))
	}
	for _, name := range discover.ManifestNames(s.witness, s.base, path.Join(folder, "gradle")) {
		if strings.HasSuffix(name, ".toml") {
			s.catalogue(path.Join(folder, "gradle", name), folder)
		}
	}
	s.gradleLock(path.Join(folder, "gradle.lockfile"))
}

// A pom is what a pom.xml says, as far as it bears on versions.
type pom struct {
	Version string `xml:"version"`
	Parent  struct {
		Version      string  `xml:"version"`
		RelativePath *string `xml:"relativePath"`
	} `xml:"parent"`
	Properties   properties        `xml:"properties"`
	Dependencies []mavenDependency `xml:"dependencies>dependency"`
	Managed      []mavenDependency `xml:"dependencyManagement>dependencies>dependency"`
	Profiles     []struct {
		Dependencies []mavenDependency `xml:"dependencies>dependency"`
	} `xml:"profiles>profile"`
}

type mavenDependency struct {
	Group    string `xml:"groupId"`
	Artifact string `xml:"artifactId"`
	Version  string `xml:"version"`
}

// properties are elements whose names are the keys.
type properties map[string]string

// UnmarshalXML reads the children of an element, whatever they are called.
func (p *properties) UnmarshalXML(d *xml.Decoder, _ xml.StartElement) error {
	*p = make(properties)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) || err == nil && token == nil {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			var text string
			if err := d.DecodeElement(&text, &t); err != nil {
				return err
			}
			(*p)[t.Name.Local] = strings.TrimSpace(text)
		case xml.EndElement:
			return nil
		}
	}
}

// pom reads a pom.xml, nil if there is none or it is broken.
func (s *scan) pom(rel string) *pom {
	if p, known := s.poms[rel]; known {
		return p
	}
	if s.poms == nil {
		s.poms = make(map[string]*pom)
	}
	s.poms[rel] = nil
	data := s.text(rel)
	if data == nil {
		return nil
	}
	p := &pom{}
	decoder := xml.NewDecoder(strings.NewReader(string(data)))
	decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // names and versions are ASCII
	if err := decoder.Decode(p); err != nil {
		s.note(rel, "cannot be parsed: "+err.Error())
		return nil
	}
	s.poms[rel] = p
	return p
}

// maxParents bounds the chain of a project's parents.
const maxParents = 16

// family gives a project and its parents, as far as they are in the tree.
func (s *scan) family(rel string) []*pom {
	var chain []*pom
	for len(chain) < maxParents {
		p := s.pom(rel)
		if p == nil {
			break
		}
		chain = append(chain, p)
		if p.Parent.Version == "" {
			break
		}
		up := "../pom.xml"
		if r := p.Parent.RelativePath; r != nil {
			if up = strings.TrimSpace(*r); up == "" {
				break
			}
			if !strings.HasSuffix(up, ".xml") {
				up = path.Join(up, "pom.xml")
			}
		}
		if rel = path.Join(path.Dir(rel), up); strings.HasPrefix(rel, "../") {
			break
		}
	}
	return chain
}

// mavenProject adds what a project depends on, with the versions that it, or a
// parent, manages.
func (s *scan) mavenProject(rel string) {
	data := s.text(rel)
	if !s.speaks(data) {
		return
	}
	chain := s.family(rel)
	if len(chain) == 0 {
		return
	}
	all := chain[0].Dependencies
	for _, profile := range chain[0].Profiles {
		all = append(all, profile.Dependencies...)
	}
	for _, m := range append(all, chain[0].Managed...) {
		d := Dependency{Name: strings.TrimSpace(m.Group) + ":" + strings.TrimSpace(m.Artifact), Path: rel}
		if !s.wants(d.Name) {
			continue
		}
		version := strings.TrimSpace(m.Version)
		if version == "" {
			version = managed(chain, m)
		}
		if d.Text = interpolate(version, func(name string) string { return property(chain, name) }); d.Text != "" {
			d.Versions = javaRange(d.Text)
		}
		s.add(d, data, 0)
	}
}

func managed(chain []*pom, m mavenDependency) string {
	for _, p := range chain {
		for _, x := range p.Managed {
			if x.Group == m.Group && x.Artifact == m.Artifact {
				return strings.TrimSpace(x.Version)
			}
		}
	}
	return ""
}

func property(chain []*pom, name string) string {
	for _, p := range chain {
		if text, ok := p.Properties[name]; ok {
			return text
		}
	}
	switch name {
	case "project.version", "version", "revision":
		if chain[0].Version != "" {
			return chain[0].Version
		}
		return chain[0].Parent.Version
	case "project.parent.version":
		return chain[0].Parent.Version
	}
	return ""
}

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
)

// gradleBuild reads the coordinates that a build script writes out. It is a
// program; what it computes is not known.
func (s *scan) gradleBuild(rel string) {
	data := s.text(rel)
	if !s.speaks(data) {
		return
	}
	value := func(name string) string { return s.gradleValue(path.Dir(rel), name) }
	for number, line := range strings.Split(string(data), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "//") {
			continue
		}
		d := Dependency{Path: rel, Line: number + 1}
		for _, m := range gradleLong.FindAllStringSubmatch(line, -1) {
			d.Name, d.Text = m[1]+":"+m[2], m[3]
			if d.Text != "" && !strings.ContainsAny(d.Text[:1], "0123456789[($") {
				d.Text = "$" + d.Text // a variable
			}
			s.gradleAdd(d, value)
		}
		for _, m := range gradleShort.FindAllStringSubmatch(line, -1) {
			d.Name, d.Text = m[1], m[2]
			s.gradleAdd(d, value)
		}
	}
}

func (s *scan) gradleAdd(d Dependency, value func(string) string) {
	if !s.wants(d.Name) {
		return
	}
	if d.Text = interpolate(d.Text, value); d.Text != "" {
		d.Versions = javaRange(d.Text)
	}
	s.add(d, nil, 0)
}

// gradleValue looks for a variable's value in the scripts and properties of a
// folder and of those above.
func (s *scan) gradleValue(folder, name string) string {
	short := name[strings.LastIndexByte(name, '.')+1:]
	for ; ; folder = path.Dir(folder) {
		for _, file := range []string{"gradle.properties", "build.gradle", "build.gradle.kts", "settings.gradle", "gradle/dependencies.gradle", "gradle/versions.gradle"} {
			if value, ok := s.variables(path.Join(folder, file))[short]; ok {
				return value
			}
		}
		if folder == "." || folder == "/" {
			return ""
		}
	}
}

// variables gives the values that a build script or a file of properties gives to variables, by the last part of their
// names. Of several the first one counts.
func (s *scan) variables(rel string) map[string]string {
	if values, known := s.values[rel]; known {
		return values
	}
	rows := gradleValue
	if path.Base(rel) == "gradle.properties" {
		rows = propertyRow
	}
	var values map[string]string
	for _, m := range rows.FindAllSubmatch(s.text(rel), -1) {
		name := string(m[1][bytes.LastIndexByte(m[1], '.')+1:])
		if _, twice := values[name]; !twice {
			if values == nil {
				values = make(map[string]string)
			}
			values[name] = string(m[2])
		}
	}
	s.values[rel] = values
	return values
}

// catalogue reads a version catalogue.
func (s *scan) catalogue(rel, scope string) {
	data := s.text(rel)
	if !s.speaks(data) {
		return
	}
	var file struct {
		Versions  map[string]any `toml:"versions"`
		Libraries map[string]any `toml:"libraries"`
	}
	if err := bounded.TOML(data, &file); err != nil {
		s.note(rel, "cannot be parsed: "+firstLine(err.Error()))
		return
	}
	for _, alias := range slices.Sorted(maps.Keys(file.Libraries)) {
		d := Dependency{Path: rel, scope: scope}
		switch library := file.Libraries[alias].(type) {
		case string:
			if i := strings.LastIndexByte(library, ':'); i > 0 {
				d.Name, d.Text = library[:i], library[i+1:]
			}
		case map[string]any:
			d.Name, _ = library["module"].(string)
			if d.Name == "" {
				group, _ := library["group"].(string)
				name, _ := library["name"].(string)
				d.Name = group + ":" + name
			}
			d.Text = catalogueVersion(library["version"], file.Versions)
		}
		if d.Text != "" {
			d.Versions = javaRange(d.Text)
		}
		s.add(d, data, max(0, strings.Index(string(data), "[libraries]")))
	}
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
